#!/usr/bin/env python3
"""docs/formats/observation.schema.json against lines of muster.observation/1.

    schema.py                    validate standard input, a line a record
    schema.py --test PROGRAM     PROGRAM is tests/unit/decode/obs_lines: what the
                                 schema and obs_read() say of a line must be the
                                 same, for right records and for spoilt ones
"""
import copy
import json
import pathlib
import subprocess
import sys

import jsonschema

PATH = (pathlib.Path(__file__).resolve().parent.parent /
        "docs/formats/observation.schema.json")
SCHEMA = json.loads(PATH.read_text())
jsonschema.Draft202012Validator.check_schema(SCHEMA)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

failed = 0


def fault(record):
    """The first thing wrong with a record, or None."""
    for error in VALIDATOR.iter_errors(record):
        return "/".join(map(str, error.path)) + ": " + error.message[:200]
    return None


def validate():
    n = bad = 0
    for n, line in enumerate(sys.stdin.buffer, 1):
        why = None
        if len(line) > 1 << 20:
            why = "longer than 1 MiB"
        else:
            try:
                why = fault(json.loads(line))
            except ValueError as error:
                why = f"no JSON: {error}"
        if why is not None:
            bad += 1
            print(f"line {n}: {why}")
    print(f"{n - bad} right, {bad} wrong")
    return 1 if bad or n == 0 else 0


def expect(what, ok):
    global failed
    if not ok:
        failed += 1
        print("FAILED:", what)


def output(program, how, lines=()):
    done = subprocess.run([program, how], input="".join(lines), text=True,
                          encoding="utf-8", stdout=subprocess.PIPE, check=True)
    return done.stdout.splitlines()


def must(record):
    """The members that the schema wants of a record."""
    return SCHEMA["$defs"]["record_" + record["type"]]["required"]


def properties(record):
    return SCHEMA["$defs"]["record_" + record["type"]]["properties"]


# Values that fit some member; each is put into every member of every record.
VALUES = ["", "x", "zzz", "unknown", "none", "no", "0644", "644", "0f" * 8,
          "0f" * 32, "0F" * 32, "SHA256:" + "a" * 43, "SHA256:" + "a" * 42,
          "a\0b", "muster.observation/1", -1, 0, 1, 100, 101, 1048576, 1048577,
          4294967295, 4294967296, 1099511627776, 1099511627777,
          253402300799, 253402300800, -62135596800, -62135596801,
          9007199254740991, 9007199254740992, 1.5, True, False, None, [], {},
          ["a", "b"], ["a", 1], ["a\0"], [""], ["a"] * 4096, ["a"] * 4097,
          {"at": 1, "by": "api"}, {"at": 1, "by": "none"}, {"at": 1},
          {"by": "api"}, {"at": "1", "by": "api"},
          {"at": 1, "by": "api", "x": 1}, {"at": 253402300800, "by": "vcs"},
          {"run": 1, "later": 2}, {"run": -1}, {"run": "1"},
          "k" * 8192, "k" * 8193, "k" * 65536, "k" * 65537]


def spoilt(record):
    """Records one step from a right one, some of them still right."""
    for name in record:
        without = copy.deepcopy(record)
        del without[name]
        yield without
        for value in VALUES:
            if name == "type" and isinstance(value, str) and not value:
                continue
            yield dict(record, **{name: value})
    yield dict(record, later={"x": [1, None]})
    yield dict(record, Type="run")
    yield {name: record[name] for name in must(record)}
    yield {name: record[name] for name in reversed(list(record))}


def test_words(program):
    for line in output(program, "words"):
        name, *words = line.split()
        if name == "when_by":
            words.remove("none")
        if name == "rec_type":
            have = SCHEMA["properties"]["type"]["enum"]
        else:
            have = SCHEMA["$defs"].get(name, {}).get("enum")
        expect(f"list {name} of the schema is {have}", have == words)


def test_page(program):
    """Every word and every member stands in the page as well."""
    page = (PATH.parent / "observation.md").read_text()
    lists = page.split("\n## Words\n")[1].split("\n## ")[0].splitlines()
    for line in output(program, "words"):
        name, *words = line.split()
        row = [r for r in lists if r.startswith(f"| `{name}` |")]
        if name != "rec_type":
            words = [w for w in words if name != "when_by" or w != "none"]
            expect(f"list {name} of the page",
                   len(row) == 1 and row[0].split("|")[2].split() ==
                   [f"`{w}`" for w in words])
    for kind in SCHEMA["properties"]["type"]["enum"]:
        record = SCHEMA["$defs"]["record_" + kind]
        part = page.split(f"\n### {kind}\n")[1].split("\n#")[0]
        for name in record["properties"]:
            rows = [r.split("|")[1] for r in part.splitlines()
                    if r.startswith("| `")]
            rows = [r for r in rows if f"`{name}`" in r]
            expect(f"member {name} of {kind} in the page", len(rows) == 1)
            expect(f"member {name} of {kind}: the mark of what must be there",
                   bool(rows) and ("!" in rows[0]) == (name in record["required"]))


def test_records(program):
    records = [json.loads(line) for line in output(program, "records")]
    expect("one record of each type", [r["type"] for r in records] ==
           SCHEMA["properties"]["type"]["enum"])
    trials = []
    for record in records:
        expect(f"the record {record['type']}: {fault(record)}",
               fault(record) is None)
        expect(f"{record['type']} has every member, in the schema's order",
               list(record) == list(properties(record)))
        for name in must(record):
            expect(f"{record['type']} without {name} is wrong",
                   fault({k: v for k, v in record.items() if k != name}))
        trials += spoilt(record)
    lines = [json.dumps(t) + "\n" for t in trials]
    lines += [json.dumps(t) + "\n" for t in ([], "x", 1, {}, {"type": 1})]
    answers = output(program, "read", lines)
    expect("an answer a line", len(answers) == len(lines))
    right = 0
    for line, answer in zip(lines, answers):
        why = fault(json.loads(line))
        right += why is None
        expect(f"schema: {why}; obs_read: {answer}; {line[:300].strip()}",
               (why is None) == (answer == "ok"))
    expect("right and wrong ones among them", 100 < right < len(lines) - 1000)
    print(f"{len(lines)} lines, {right} of them right")


def test_command(program):
    """The program itself: what it says of standard input."""
    lines = output(program, "records")
    for name, text, want in (
            ("right lines", lines, 0),
            ("nothing", [], 1),
            ("no JSON", lines + ["{"], 1),
            ("an unknown type", ['{"type":"secret"}'], 1),
            ("an unknown word",
             [line.replace('"denied"', '"unwilling"') for line in lines], 1),
            ("a member that must be there and is not",
             [line.replace('"reason"', '"season"') for line in lines], 1),
            ("a member that nobody knows",
             [line.replace("{", '{"later":1,', 1) for line in lines], 0)):
        done = subprocess.run([sys.executable, __file__], text=True,
                              input="".join(line + "\n" for line in text),
                              stdout=subprocess.PIPE)
        expect(f"{name}: {done.stdout}", done.returncode == want)


def test(program):
    test_command(program)
    test_words(program)
    test_page(program)
    test_records(program)
    print(f"{failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--test":
        sys.exit(test(sys.argv[2]))
    if len(sys.argv) != 1:
        sys.exit(__doc__)
    sys.exit(validate())
