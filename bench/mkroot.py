#!/usr/bin/env python3
"""Make a root for the speed bars: bench/mkroot.py DIR [FILES [PLANTED]]

FILES regular files (200,000) of the kinds that a server holds, and among them
PLANTED identities (2,000), a third of them in files whose name and extension
tell nothing. The same numbers give the same names and sizes; the keys are new
each time. DIR must not exist. What was planted is listed in DIR.planted, one
line each: path, kind.
"""

import base64
import os
import random
import struct
import subprocess
import sys
import tempfile

WORDS = ("the of and server config value listen port error warning user group "
         "begin end certificate key token password option enable disable path "
         "return static const void int include define if else while for open "
         "close read write memory buffer request response header body").split()
TELLING = {"cert": "etc/ssl/certs/site{n}.pem",
           "key": "etc/ssl/private/site{n}.key",
           "ssh": "home/user{u}/.ssh/authorized_keys",
           "pub": "srv/keys/id_ed25519_{n}.pub"}
BLANK = ("srv/data/{a}/blob{n}", "var/lib/app/{a}/{n}", "opt/x/{a}/file.{n}")


def pool(rnd, size):
    """Text to cut files from: prose, settings, code, and near misses."""
    out = []
    n = 0
    while n < size:
        k = rnd.randrange(20)
        if k < 10:
            line = " ".join(rnd.choices(WORDS, k=rnd.randrange(3, 14)))
        elif k < 14:
            line = "%s_%s = %d" % (*rnd.choices(WORDS, k=2), rnd.random() * 1e6)
        elif k < 17:
            line = "\t%s(%s, %s);" % tuple(rnd.choices(WORDS, k=3))
        elif k < 18:
            line = "-" * rnd.randrange(3, 60)
        elif k < 19:
            line = base64.b64encode(rnd.randbytes(45)).decode()
        else:
            line = "# BEGIN %s section, see ssh-rsa in the manual" % \
                rnd.choice(WORDS)
        out.append(line)
        n += len(line) + 1
    return "\n".join(out).encode()


def ssh_line(rnd, n):
    blob = (struct.pack(">I", 11) + b"ssh-ed25519" + struct.pack(">I", 32) +
            rnd.randbytes(32))
    return b"ssh-ed25519 %s job%d@bench\n" % (base64.b64encode(blob), n)


def certificates(count):
    """`count` key pairs with certificates, by OpenSSL; (key, cert) each."""
    with tempfile.TemporaryDirectory() as d:
        for n in range(count):
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes",
                 "-keyout", f"{d}/{n}.key", "-out", f"{d}/{n}.pem", "-days",
                 "90", "-subj", f"/CN=site{n}.bench.example"],
                check=True, capture_output=True)
        for n in range(count):
            with open(f"{d}/{n}.key", "rb") as k, open(f"{d}/{n}.pem", "rb") as c:
                yield k.read(), c.read()


def put(root, path, text, made):
    full = os.path.join(root, path)
    folder = os.path.dirname(full)
    if folder not in made:
        os.makedirs(folder, exist_ok=True)
        made.add(folder)
    with open(full, "ab") as f:
        f.write(text)


def plant(root, rnd, planted, made):
    listed = []

    def one(kind, n, text):
        where = TELLING[kind]
        if n % 3 == 2:
            where = BLANK[n % len(BLANK)]
        path = where.format(n=f"{kind}{n}" if n % 3 == 2 else n, u=n % 50,
                            a=n % 97)
        put(root, path, text, made)
        listed.append(f"{path}\t{kind}\n")

    pairs = planted // 8
    for n, (key, cert) in enumerate(certificates(pairs)):
        one("cert", n, cert)
        one("key", n, key)
    rest = planted - 2 * pairs
    for n in range(rest):
        one("ssh" if n % 2 else "pub", n, ssh_line(rnd, n))
    return listed


def filler(root, rnd, count, made):
    text = pool(rnd, 4 << 20)
    noise = rnd.randbytes(1 << 20)
    tops = ["usr/lib", "usr/share", "usr/share/doc", "var/lib", "srv/www",
            "home/user{}", "opt/app", "etc"]
    ends = [".txt", ".conf", ".py", ".js", ".so", ".json", ".html", "", ".h"]
    for n in range(count):
        top = tops[n % len(tops)].format(n % 50)
        end = rnd.choice(ends)
        size = min(int(rnd.lognormvariate(7.4, 1.3)), 262144)
        source = noise if end == ".so" else text
        at = rnd.randrange(len(source) - size)
        put(root, f"{top}/d{n // 400}/f{n}{end}", source[at:at + size], made)


def main():
    if not 2 <= len(sys.argv) <= 4:
        sys.exit("usage: mkroot.py DIR [FILES [PLANTED]]")
    root = sys.argv[1]
    files = int(sys.argv[2]) if len(sys.argv) > 2 else 200000
    planted = int(sys.argv[3]) if len(sys.argv) > 3 else 2000
    rnd = random.Random(20261121)
    os.makedirs(root)
    made = set()
    put(root, "etc/machine-id", b"0123456789abcdef0123456789abcdef\n", made)
    put(root, "etc/passwd", b"root:x:0:0:root:/root:/bin/bash\n" + b"".join(
        b"user%d:x:%d:%d::/home/user%d:/bin/bash\n" % (u, 1000 + u, 1000 + u, u)
        for u in range(50)), made)
    listed = plant(root, rnd, planted, made)
    filler(root, rnd, files - len(listed), made)
    with open(root.rstrip("/") + ".planted", "w") as f:
        f.writelines(listed)


main()
