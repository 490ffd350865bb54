#!/bin/sh
# tests/cases/tlsflight/make.sh: the first flights of real servers, recorded from
# openssl s_server on loopback, and what follows from them by cutting and
# joining. The certificates are those of ../x509; their hashes are of
#	openssl x509 -in FILE -outform DER | sha256sum
set -eu
cd "$(dirname "$0")"
rm -f ./*.bin
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
for kind in rsa:2048 ec; do
	openssl req -x509 -newkey "$kind" -pkeyopt "$([ $kind = ec ] &&
		echo ec_paramgen_curve:P-256 || echo rsa_keygen_bits:2048)" \
		-nodes -days 9000 -keyout "$tmp/$kind.key" -out "$tmp/$kind.crt" \
		-subj "/CN=$kind.example.org" 2>/dev/null
done
openssl x509 -in "$tmp/rsa:2048.crt" -outform DER | sha256sum |
	cut -c 1-64 >rsa.want
openssl x509 -in "$tmp/ec.crt" -outform DER | sha256sum |
	cut -c 1-64 >chain.want
sha() { openssl x509 -in "$1" -outform DER | sha256sum | cut -c 1-64; }
sha ../x509/chainroot.pem >>chain.want

# record NAME OPTION...: what a server says to hello.hex.
record() {
	name=$1
	shift
	openssl s_server -accept 127.0.0.1:24499 -quiet "$@" \
		</dev/null >/dev/null 2>&1 &
	server=$!
	python3 - "$name.bin" <<-'P'
		import socket, sys, time
		hello = bytes.fromhex(open("hello.hex").read())
		for _ in range(100):
		    try:
		        s = socket.create_connection(("127.0.0.1", 24499))
		        break
		    except OSError:
		        time.sleep(0.05)
		s.settimeout(0.5)
		s.sendall(hello)
		said = b""
		try:
		    while True:
		        more = s.recv(65536)
		        if not more:
		            break
		        said += more
		except OSError:
		    pass
		open(sys.argv[1], "wb").write(said)
	P
	kill "$server"
	wait "$server" 2>/dev/null || :
}

record rsa -cert "$tmp/rsa:2048.crt" -key "$tmp/rsa:2048.key"
record chain -cert "$tmp/ec.crt" -key "$tmp/ec.key" \
	-cert_chain ../x509/chainroot.pem
record asks -cert "$tmp/rsa:2048.crt" -key "$tmp/rsa:2048.key" -Verify 1
record only13 -cert "$tmp/rsa:2048.crt" -key "$tmp/rsa:2048.key" -tls1_3
record refused -nocert -cipher 'aNULL:@SECLEVEL=0'

python3 - <<'P'
import struct
rsa = open("rsa.bin", "rb").read()


def body(flight):
    out = b""
    while flight:
        n = struct.unpack(">H", flight[3:5])[0]
        out += flight[5:5 + n]
        flight = flight[5 + n:]
    return out


def records(messages, size):
    out = b""
    while messages:
        out += b"\x16\x03\x03" + struct.pack(">H", len(messages[:size]))
        out += messages[:size]
        messages = messages[size:]
    return out


def message(kind, text):
    return bytes([kind]) + struct.pack(">I", len(text))[1:] + text


whole = body(rsa)
at = 4 + struct.unpack(">I", b"\0" + whole[1:4])[0]
hello = whole[:at]
write = lambda name, b: open(name + ".bin", "wb").write(b)
write("slivers", records(whole, 7))
write("cut", rsa[:-400])
write("nothing", rsa[:9])
write("length", records(hello + message(11, b"\0\0\x09\0\0\x05abcd"), 9000))
write("breaks", records(hello + message(11, b"\0\0\x09\0\0\x07abcdef"), 9000))
write("empty", records(hello + message(11, b"\0\0\0") + message(14, b""), 9000))
write("zero", records(hello + message(11, b"\0\0\x03\0\0\0"), 9000))
write("many", records(hello + message(11, b"\0\0\xa4" + b"\0\0\x01x" * 41),
                      9000))
write("junk", records(hello + message(11, b"\0\0\x07\0\0\x04junk") +
                      message(14, b""), 9000))
write("garbage", b"\x16\x03" + bytes(range(256)) * 40)
write("strange", records(hello + message(99, b"x"), 9000))
write("twice", rsa[:-9] + rsa[-9:-9] + records(whole[at:], 9000))
P
