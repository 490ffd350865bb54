#!/usr/bin/env python3
"""The same rows in SQLite and PostgreSQL, the same questions, the same answers.

parity.sh starts the PostgreSQL that PGHOST and PGUSER point to. Rows come from
a fixed seed: words of the closed lists, texts that sort differently by locale,
NULLs, empty texts, times round `now`. Checks are compared row by row in their
own order, views as sets.
"""

import glob
import os
import random
import re
import sqlite3
import subprocess
import sys

NOW = 1_800_000_000
DAY = 86_400
SEEDS = (1, 2, 3)

ID_KINDS = """person tls_cert client_cert ssh_key host_key api_key token oauth_app
service_account cloud_identity cloud_access_key iot_credential webhook_secret
db_credential workload ai_agent internal_ca signing_key vpn_peer
network_secret""".split() + "tls_cert ssh_key service_account ai_agent".split() * 4
CRED_KINDS = "x509 x509 keypair keypair ssh_cert password token".split()
ROLES = "private public authorized trusted in_use stored served".split()
BY = "none in_band api registry birth mtime vcs first_seen".split()
ALGS = ["", "rsa", "rsa", "ec", "ed25519", "dsa"]
TEXTS = ["", "a", "B", "b", "Zed", "\u00c9t\u00e9", "\u00e9t\u00e9", "_x", "x y",
         "it's", "100%", "back\\slash", "tab\there", "\u20ac"]
PLACES = """ssh.authorized_keys ssh.private tls.files sys.passwd sys.sudoers
agent.mcp dev.env log.auth""".split()
LOCATORS = ["etc/a.pem#1", "root/.ssh/authorized_keys:1", "home/ada/.mcp.json",
            "home/ada/p/.vscode/mcp.json", "home/ada/Dropbox/k", "srv/web/.env:3",
            "home/ada/.ssh/id_rsa", "etc/ssl/private/k.key"]
CAPS = "unknown none metadata data_read data_write data_admin".split()
EDGES = """authenticates_as runs_as member_of can_assume issued_by trusts
consumed_by owned_by replaces same_as""".split()
SIGS = ["", "sha256WithRSAEncryption", "sha1WithRSAEncryption", "md5WithRSA",
        "ecdsa-with-SHA1", "ssh-rsa", "ED25519"]
HASHES = ["", "md5", "sha512", "yescrypt", "des", "sha1", "plain"]
WEAK = "none blank default same_as_user common".split()


def some(r, one, chance=0.3):
    """None by chance, else what one() gives."""
    return None if r.random() < chance else one()


def when(r):
    return NOW + r.choice([-4000, -800, -400, -366, -365, -90, -31, -14, -1, 0,
                           1, 3, 13, 14, 29, 30, 31, 364, 400]) * DAY + \
        r.choice([-1, 0, 1])


def values(r, table, column, i, n):
    """A value for one column; n says how many rows each table has."""
    special = {
        "id": lambda: i,
        "run_id": lambda: r.randint(0, n["runs"]),
        "asset_id": lambda: r.randint(1, n["assets"]),
        "src_id": lambda: (i * 7) % n["identities"] + 1,
        "dst_id": lambda: (i * 11) % n["identities"] + 1,
        "same_as": lambda: i if r.random() < 0.8 else
        r.randint(1, n["identities"]),
        "identity_id": lambda: i if table == "risks" else
        r.randint(1, n["identities"]),
        "credential_id": lambda: r.randint(1, n["credentials"]),
        "sighting_id": lambda: r.randint(1, n["sightings"]),
        "noun_id": lambda: r.randint(1, 50),
        "gone_at": lambda: some(r, lambda: when(r), 0.85),
        "context": lambda: r.choice([""] * 9 + ["package:x"]),
        "derived": lambda: r.choice([""] * 9 + ["sample:x"]),
        "kind": lambda: r.choice({"identities": ID_KINDS,
                                  "credentials": CRED_KINDS,
                                  "edges": EDGES}.get(table, ["host"])),
        "noun": lambda: r.choice(["identity", "credential", "sighting"]),
        "what": lambda: r.choice(["new", "gone", "changed", "back"]),
        "role": lambda: r.choice(ROLES),
        "readers": lambda: r.choice(["unknown", "owner", "group", "world"]),
        "place": lambda: PLACES[i % len(PLACES)] if table == "coverage" else
        r.choice(PLACES),
        "locator": lambda: r.choice(LOCATORS) + "~%d" % i
        if r.random() < 0.5 else r.choice(LOCATORS),
        "capability": lambda: r.choice(CAPS),
        "alg": lambda: r.choice(ALGS),
        "bits": lambda: some(r, lambda: r.choice([256, 521, 1024, 2048, 4096])),
        "sig": lambda: r.choice(SIGS),
        "hash": lambda: r.choice(HASHES),
        "weak": lambda: r.choice(WEAK),
        "fp": lambda: r.choice(["", "", "f1", "f2", "f3"]),
        "spki": lambda: r.choice(["", "s1", "s2", "s3", "s4"]),
        "ssh_fp": lambda: r.choice(["", "SHA256:1", "SHA256:2"]),
        "mode": lambda: some(r, lambda: r.choice([0o600, 0o640, 0o644])),
        "uid": lambda: some(r, lambda: r.choice([0, 33, 1000])),
        "state": lambda: {"identities": lambda: r.choice(["new", "known",
                                                          "retired"]),
                          "coverage": lambda: r.choice(["read", "partly",
                                                        "unread", "absent"]),
                          }.get(table, lambda: r.choice(["open", "fixed"]))(),
        "severity": lambda: r.choice(["low", "high", "critical"]),
        "reason": lambda: r.choice(["denied", "limit"]),
        "account": lambda: r.choice(["", "k-identities-%d" %
                                     r.randint(1, n["identities"])]),
        "target": lambda: r.choice(["", "k-identities-%d" %
                                    r.randint(1, n["identities"]),
                                    "t%d" % i]),
        "key": lambda: "k-%s-%d" % (table, i),
        "fid": lambda: "f%d" % i,
        "check_id": lambda: "MUS-%d" % i,
    }
    if column in special:
        return special[column]()
    if column.endswith("_at") or column in ("first_seen", "last_seen", "at"):
        return when(r)
    if column.endswith("_by"):
        return r.choice(BY)
    return None


# Columns for which values() may mean a NULL.
NULLABLE = {"gone_at", "bits", "mode", "uid"}


def fill(db, seed):
    """Rows for every table of the schema, by its own columns."""
    r = random.Random(seed)
    n = {"meta": 3, "assets": 3, "runs": 5, "identities": 200,
         "credentials": 700, "sightings": 1500, "grants": 400, "edges": 200,
         "coverage": 24}
    tables = [t for (t,) in db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    for table in tables:
        info = db.execute("PRAGMA table_info(%s)" % table).fetchall()
        for i in range(1, n.get(table, 20) + 1):
            row = []
            for _, name, kind, notnull, _, _ in info:
                v = values(r, table, name, i, n)
                if v is None and (notnull or name not in NULLABLE):
                    v = {"text": lambda: r.choice(TEXTS),
                         "bigint": lambda: r.randint(0, 40),
                         "smallint": lambda: r.randint(0, 2),
                         }[kind.lower()]()
                elif not notnull and name != "gone_at" and r.random() < 0.2:
                    v = None
                row.append(v)
            db.execute("INSERT OR IGNORE INTO %s VALUES (%s)" %
                       (table, ",".join("?" * len(row))), row)
    return tables


def psql(text):
    p = subprocess.run(["psql", "-X", "-q", "-At", "-F", "\x1f", "-R", "\x1e",
                        "-P", "null=\\N", "-v", "ON_ERROR_STOP=1"],
                       input=text.encode(), stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE, check=False)
    if p.returncode != 0:
        sys.exit("parity: PostgreSQL: %s" % p.stderr.decode().strip())
    out = p.stdout.decode()
    if out.endswith("\n"):
        out = out[:-1]
    return [tuple(x.split("\x1f")) for x in out.split("\x1e")] if out else []


def copy(db, tables):
    """All rows, by COPY."""
    out = ["BEGIN;"]
    for table in tables:
        out.append("COPY %s FROM stdin;" % table)
        for row in db.execute("SELECT * FROM %s" % table):
            out.append("\t".join("\\N" if v is None else
                                 str(v).replace("\\", "\\\\")
                                 .replace("\t", "\\t").replace("\n", "\\n")
                                 for v in row))
        out.append("\\.")
    out.append("COMMIT;\nANALYZE;")
    psql("\n".join(out) + "\n")


def plain(rows):
    return [tuple("\\N" if v is None else str(v) for v in row) for row in rows]


TOKEN = re.compile(r"'(?:[^']|'')*'|--[^\n]*|:([a-z_][a-z0-9_]*)")


def numbered(sql):
    """`:name` outside texts and comments becomes $n."""
    names = []

    def one(m):
        if m.group(1) is None:
            return "" if m.group(0).startswith("--") else m.group(0)
        if m.group(1) not in names:
            names.append(m.group(1))
        return "$%d" % (names.index(m.group(1)) + 1)
    return TOKEN.sub(one, sql), names


def ask(sql, params):
    """One prepared statement on PostgreSQL, parameters of type bigint."""
    text, names = numbered(sql)
    if not names:
        return psql(text + ";\n")
    return psql("PREPARE q (%s) AS %s;\nEXECUTE q (%s);\n" %
                (", ".join(["bigint"] * len(names)), text,
                 ", ".join(str(params[x]) for x in names)))


def differ(what, a, b):
    print("not the same: %s: SQLite %d rows, PostgreSQL %d" %
          (what, len(a), len(b)))
    for x, y in zip(a, b):
        if x != y:
            print("  SQLite     %r\n  PostgreSQL %r" % (x, y))
            break
    return 1


def one_seed(seed, seen):
    db = sqlite3.connect(":memory:")
    psql("DROP SCHEMA public CASCADE; CREATE SCHEMA public;")
    for path in sorted(glob.glob("src/store/migrations/*.sql")):
        text = open(path, encoding="utf-8").read()
        db.executescript(text)
        psql(text)
    copy(db, fill(db, seed))
    bad = 0
    for kind in ("table", "view"):
        for (name,) in db.execute("SELECT name FROM sqlite_master "
                                  "WHERE type = ? ORDER BY name", (kind,)):
            a = sorted(plain(db.execute("SELECT * FROM %s" % name)))
            b = sorted(psql("SELECT * FROM %s;" % name))
            seen[name] = seen.get(name, 0) + len(a)
            if a != b:
                bad += differ(name, a, b)
    for path in sorted(glob.glob("checks/*.sql")):
        sql = open(path, encoding="utf-8").read()
        params = {"now": NOW}
        for m in re.finditer(r"^-- param: *(\w+) *= *(-?\d+)", sql, re.M):
            params[m.group(1)] = int(m.group(2))
        name = os.path.basename(path)
        a = plain(db.execute(sql, params))
        b = ask(sql, params)
        seen[name] = seen.get(name, 0) + len(a)
        if a != b:
            bad += differ(name, a, b)
    return bad


def main():
    seen = {}
    bad = sum(one_seed(seed, seen) for seed in SEEDS)
    idle = sorted(k for k, n in seen.items() if n == 0)
    for name in idle:
        print("no rows to compare: %s" % name)
    print("%d compared, %d differ" % (len(seen) * len(SEEDS), bad))
    sys.exit(1 if bad or idle else 0)


if __name__ == "__main__":
    main()
