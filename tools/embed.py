#!/usr/bin/env python3
"""Turn files into C: tools/embed.py NAME FILE... > out.c

The output defines `const struct embed_file NAME[]` of base/embed.h: one row a
file, in the order given, a row of NULL at the end. The bytes are kept as they
are, whatever they are.
"""

import os
import sys

SHORT = {0x09: "\\t", 0x0A: "\\n", 0x22: '\\"', 0x3F: "\\?", 0x5C: "\\\\"}


def quote(line):
    """One C string literal for the bytes of one line."""
    out = []
    for c in line:
        if c in SHORT:
            out.append(SHORT[c])
        elif 0x20 <= c < 0x7F:
            out.append(chr(c))
        else:
            # Three octal digits: the next character can not join them.
            out.append("\\%03o" % c)
    return '"' + "".join(out) + '"'


def row(path):
    with open(path, "rb") as f:
        text = f.read()
    lines = [quote(x) for x in text.splitlines(keepends=True)] or ['""']
    name = quote(os.fsencode(os.path.basename(path)))
    return "\t{ %s,\n\t  %s,\n\t  %d },\n" % (name, "\n\t  ".join(lines),
                                            len(text))


def main():
    if len(sys.argv) < 2:
        sys.exit("embed.py: usage: embed.py NAME FILE...")
    name = sys.argv[1]
    rows = "".join(row(path) for path in sys.argv[2:])
    sys.stdout.write('/* Written by tools/embed.py: do not edit. */\n'
                     '#include "base/embed.h"\n\n'
                     "extern const struct embed_file %s[];\n"
                     "const struct embed_file %s[] = {\n"
                     "%s\t{ NULL, NULL, 0 },\n};\n" % (name, name, rows))


if __name__ == "__main__":
    main()
