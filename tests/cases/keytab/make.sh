#!/bin/sh
# Made with ktutil of krb5-user 1.20.1: keytabs, and want.txt, which is what
# klist says of each, its dates in UTC. The keys open nothing.
set -eu
cd "$(dirname "$0")"
rm -f ./*.keytab want.txt
hex() { od -An -tx1 -N "$1" /dev/urandom | tr -d ' \n'; }
add() { # add PRINCIPAL KVNO ENCTYPE BYTES
	printf 'addent -key -p %s -k %s -e %s\n%s\n' "$1" "$2" "$3" "$(hex "$4")"
}
{
	add host/web1.example.com@EXAMPLE.COM 3 aes256-cts-hmac-sha1-96 32
	add host/web1.example.com@EXAMPLE.COM 3 arcfour-hmac 16
	add HTTP/intranet.example.com@EXAMPLE.COM 300 aes128-cts-hmac-sha1-96 16
	add 'WEB1$@AD.EXAMPLE.COM' 7 aes256-cts-hmac-sha384-192 32
	add backup@EXAMPLE.COM 1 camellia256-cts-cmac 32
	add krbtgt/EXAMPLE.COM@EXAMPLE.COM 2 aes256-cts-hmac-sha1-96 32
	echo wkt mit.keytab
} | ktutil >/dev/null
# The second entry removed as libkrb5 does it: its size turned round, its bytes
# zero. And the first one in version 1, of a little-endian and of a big-endian
# machine; klist here reads the former alone.
python3 - <<'PY'
import struct
b = open("mit.keytab", "rb").read()
at, entries = 2, []
while at < len(b):
    n = struct.unpack(">i", b[at:at + 4])[0]
    entries.append(b[at + 4:at + 4 + n])
    at += 4 + n
with open("hole.keytab", "wb") as f:
    f.write(b"\x05\x02")
    for i, e in enumerate(entries):
        if i == 1:
            f.write(struct.pack(">i", -len(e)) + bytes(len(e)))
        else:
            f.write(struct.pack(">i", len(e)) + e)
def old(e, o):
    n, = struct.unpack(">H", e[:2])
    out, at = struct.pack(o + "H", n + 1), 2
    for _ in range(n + 1):
        l, = struct.unpack(">H", e[at:at + 2])
        out += struct.pack(o + "H", l) + e[at + 2:at + 2 + l]
        at += 2 + l
    at += 4
    time, kvno, kind, l = struct.unpack(">IBHH", e[at:at + 9])
    out += struct.pack(o + "IBHH", time, kvno, kind, l) + e[at + 9:at + 9 + l]
    return struct.pack(o + "i", len(out)) + out
for name, o in (("old-little", "<"), ("old-big", ">")):
    with open(name + ".keytab", "wb") as f:
        f.write(b"\x05\x01" + old(entries[0], o))
PY
for f in mit hole old-little; do
	echo "= $f"
	TZ=UTC LC_ALL=C klist -kte $f.keytab | tail -n +4
done >want.txt
head -c 100 mit.keytab >cut.keytab
printf '\005\002' >empty.keytab
printf '\005\002\000\000\000\377 binary that only begins like one' >near.bin
