"""served.py SCAN PRODUCT NAME=SHA256...: hold what a scan says a web server
serves against what it did serve.

SCAN holds lines of muster.observation/1. Each NAME (or "-", any other name)
was asked for, and the certificate with that hash came; a name may stand there
twice. Every certificate in use has to have come, and no other.
"""
import json
import re
import sys

scan, product, *asked = sys.argv[1:]
came = {}
for pair in asked:
    name, hash_ = pair.rsplit("=", 1)
    came.setdefault(name, set()).add("x509:" + hash_)

said = {}
edges, identities, units = set(), {}, set()
for line in open(scan, encoding="utf-8"):
    r = json.loads(line)
    if r["type"] == "sighting" and r["role"] == "in_use":
        m = re.fullmatch(product + " serves (.*?)(?: on [0-9, ]+)?", r["detail"])
        if m is None:
            continue
        for name in m.group(1).split(", "):
            name = "-" if name == "any other name" else name
            said.setdefault(name, set()).add(r["credential"])
    elif r["type"] == "edge" and r["kind"] == "consumed_by":
        edges.add((r["src"], r["dst"]))
    elif r["type"] == "credential" and "identity" in r:
        identities[r["key"]] = r["identity"]
    elif r["type"] == "identity" and r["kind"] == "workload":
        units.add(r["key"])

bad = [f"{n}: said {sorted(said.get(n, ()))}, came {sorted(came.get(n, ()))}"
       for n in sorted(set(said) | set(came)) if said.get(n) != came.get(n)]
for key in set().union(*came.values()):
    if not any(src == identities.get(key) and dst in units for src, dst in edges):
        bad.append(f"no service consumes {key}")
if bad:
    sys.exit("\n".join(bad))
