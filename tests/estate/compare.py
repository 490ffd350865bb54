#!/usr/bin/env python3
"""compare.py EXPECTED NEAR-MISSES SCAN LIST: hold what Muster found on the
estate against what the tools that made it said. Each row is a test."""
import csv
import fnmatch
import json
import sys

expected_path, misses_path, scan_path, list_path = sys.argv[1:5]
passed = failed = 0


def test(ok, what):
    global passed, failed
    if ok:
        passed += 1
    else:
        failed += 1
        print("FAILED:", what)


def rows(path):
    with open(path, newline="") as f:
        return list(csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE))


def like(value, pattern):
    if pattern.endswith("*"):
        return value.startswith(pattern[:-1])
    return value == pattern


records = {}
for line in open(scan_path, encoding="utf-8"):
    r = json.loads(line)
    records.setdefault(r["type"], []).append(r)
sightings = records.get("sighting", [])
identities = {r["key"]: r for r in records.get("identity", [])}
credentials = {}
for r in records.get("credential", []):
    credentials.setdefault(r["key"], {}).update(r)

listed = json.load(open(list_path, encoding="utf-8"))
live = {r["key"]: r for r in listed["identities"]}
wanted = rows(expected_path)

# Every expected row is found, with place, role, expiry and kind.
explained = set()
for kind, key, locator, role, expiry in wanted:
    what = f"{kind} {key} at {locator} ({role})"
    if role == "-":
        found = [i for k, i in live.items() if like(k, key) and i["kind"] == kind]
        test(found, what + ": not listed")
        explained.update(i["key"] for i in found)
        continue
    hits = [s for s in sightings if like(s["credential"], key)
            and like(s["locator"], locator) and s["role"] == role]
    test(hits, what + ": no sighting")
    if not hits:
        continue
    # A scan has a fingerprint key of its own: a secret is known by its kind.
    owners = [i for i in live.values() if i["kind"] == kind
              and any(c.startswith("secret:") for c in i["credentials"])
              ] if key.endswith("*") else [
              i for i in live.values()
              if hits[0]["credential"] in i["credentials"]]
    test(owners and owners[0]["kind"] == kind, f"{what}: listed as "
         f"{owners[0]['kind'] if owners else 'nothing'}")
    explained.update(i["key"] for i in owners)
    if expiry != "-":
        got = credentials[hits[0]["credential"]].get("expires", {}).get("at")
        test(str(got) == expiry, f"{what}: expires {got}, want {expiry}")

# Nothing else is listed.
for key, i in sorted(live.items()):
    test(key in explained, f"listed without cause: {i['kind']} {key} {i['name']}")

# No near miss is listed: as an identity, or by a sighting of one.
live_credentials = {c for i in live.values() for c in i.get("credentials", [])}
for locator, why in rows(misses_path):
    hits = [s for s in sightings if s["locator"].split("#")[0] == locator
            or s["locator"] == locator]
    wrong = [s for s in hits if s["credential"] in live_credentials
             and s["role"] not in ("public", "trusted")]
    test(locator not in live and not wrong, f"near miss reported: {locator} ({why})")

print(f"{passed} passed, {failed} failed")
sys.exit(failed != 0)
