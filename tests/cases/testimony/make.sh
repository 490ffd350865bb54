#!/bin/sh
# tests/cases/testimony/make.sh: testimonies as docs/formats/testimony.md has
# them, written by that page and not by the witness; flights are those of
# ../tlsflight.
set -eu
cd "$(dirname "$0")"
rm -f ./*.bin
python3 - <<'P'
import socket, struct
MAGIC = b"muster.testimony/1\n"
NONE = 0xffffffff
flight = lambda name: open(f"../tlsflight/{name}.bin", "rb").read()
frame = lambda t, b: t + struct.pack(">I", len(b)) + b
W = lambda kind, name: frame(b"W", kind + name)
R = lambda w, uid: frame(b"R", struct.pack(">II", w, uid))
V = lambda w, name: frame(b"V", struct.pack(">I", w) + name)
G = lambda place, why: frame(b"G", bytes([place]) + why)
E = lambda *n: frame(b"E", struct.pack(">III", *n))


def S(address, port, answer, w, program=b"", said=b""):
    v6 = ":" in address
    raw = socket.inet_pton(socket.AF_INET6 if v6 else socket.AF_INET, address)
    return frame(b"S", (b"6" if v6 else b"4") + raw.ljust(16, b"\0") +
                 struct.pack(">H", port) + answer + struct.pack(">I", w) +
                 program + b"\0" + said)


write = lambda name, *b: open(name + ".bin", "wb").write(b"".join(b))
units = [W(b"u", b"nginx.service"), W(b"u", b"shop.service"),
         W(b"c", b"0123456789ab"), W(b"p", b"sleep")]
write("whole", MAGIC, *units, R(0, 0), R(1, 950), R(1, 4242),
      V(1, b"DB_PASSWORD"), V(2, b"API_TOKEN"), V(3, b"AWS_SECRET_ACCESS_KEY"),
      S("0.0.0.0", 443, b"t", 0, b"nginx", flight("rsa")),
      S("127.0.0.1", 6379, b"n", 1, b"redis-server"),
      S("127.0.0.1", 8443, b"t", NONE, b"openssl", flight("only13")),
      S("::", 443, b"t", 0, b"nginx", flight("chain")), E(4, 2, 30))
write("gaps", MAGIC, *[G(p, w) for p in range(3) for w in
                       (b"d", b"l", b"t", b"u")],
      S("127.0.0.1", 1, b"o", NONE), S("127.0.0.1", 2, b"r", NONE),
      S("10.0.0.1", 3, b"a", NONE), S("127.0.0.1", 4, b"l", NONE),
      S("127.0.0.1", 5, b"o", NONE, b"x", flight("cut")),
      S("127.0.0.1", 6, b"c", NONE, b"x", flight("cut")),
      S("127.0.0.1", 7, b"t", NONE, b"x", flight("cut")),
      S("127.0.0.1", 8, b"t", NONE, b"x", flight("junk")),
      S("127.0.0.1", 9, b"t", NONE, b"x", flight("garbage")),
      S("127.0.0.1", 10, b"t", NONE, b"x", flight("refused")),
      S("127.0.0.1", 11, b"t", NONE, b"x", b"SSH-2.0-x\r\n"),
      S("127.0.0.1", 12, b"t", NONE, b"x", flight("empty")), E(0, 0, 0))
whole = open("whole.bin", "rb").read()
write("half", whole[:200])
write("magic", b"muster.testimony/2\n")
write("nobody", MAGIC, R(0, 0))
write("stranger", MAGIC, S("127.0.0.1", 1, b"n", 7))
write("name", MAGIC, W(b"u", b"a b.service"))
write("value", MAGIC, W(b"p", b"x"), V(0, b"TOKEN=canary"))
write("type", MAGIC, frame(b"X", b""))
write("long", MAGIC, b"W" + struct.pack(">I", 0xffffffff) + b"u")
write("answer", MAGIC, S("127.0.0.1", 1, b"?", NONE))
write("family", MAGIC, frame(b"S", b"5" + b"\0" * 24))
write("place", MAGIC, G(9, b"d"))
P
