#!/usr/bin/env python3
"""search.py CANARIES FILE...: look for every canary (one a line, hexadecimal)
in every file, plain, in base64 (at each of the three offsets), in hexadecimal
and in UTF-16. Prints what it found; exit 1 where it found one."""
import base64
import sys


def forms(raw):
    yield "plain", raw
    yield "hex", raw.hex().encode()
    yield "HEX", raw.hex().upper().encode()
    for skip in range(3):
        # What does not depend on the bytes before and after.
        cut = raw[skip:len(raw) - (len(raw) - skip) % 3]
        if len(cut) >= 9:
            yield f"base64+{skip}", base64.b64encode(cut)
    if all(32 <= b < 127 for b in raw):
        yield "utf-16", raw.decode("ascii").encode("utf-16-le")


canaries = [bytes.fromhex(l.strip()) for l in open(sys.argv[1]) if l.strip()]
needles = [(n, how, f) for n, raw in enumerate(canaries, 1)
           for how, f in forms(raw)]
found = 0
for path in sys.argv[2:]:
    with open(path, "rb") as f:
        data = f.read()
    for n, how, needle in needles:
        if needle in data:
            print(f"canary {n} ({how}) in {path}")
            found += 1
sys.exit(found != 0)
