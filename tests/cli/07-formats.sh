# Goal of this test: each format is what it says, also with nothing in it, and
# --output takes the format from the name of the file.
. "$(dirname "$0")/lib.sh" || exit 1

make_root "$tmp/root"
audit
rows() { python3 - "$1" "$2" <<'EOF'
import csv, json, sys
how, name = sys.argv[1:]
text = open(name, newline="", encoding="utf-8").read()
if how == "json":
    d = json.loads(text)
    assert d["schema"].startswith("muster.") and d["schema"].endswith("/1"), d["schema"]
    print(len(d[d["schema"][7:-2]]))
elif how == "ndjson":
    print(len([json.loads(l) for l in text.split("\n") if l]))
elif how == "csv":
    assert "\n" not in text.replace("\r\n", ""), "a bare line end"
    t = list(csv.reader(text.split("\r\n")[:-1]))
    assert len({len(r) for r in t}) == 1, "rows of several lengths"
    print(len(t) - 1)
elif how == "markdown":
    print(max(0, len([l for l in text.split("\n") if l.startswith("|")]) - 2))
elif how == "html":
    print(max(0, text.count("<tr>") - 1))
EOF
}
for verb in list changes gaps places; do
	run 0 $verb --data "$tmp/data" --format json
	n=$(rows json "$out")
	for f in ndjson csv markdown html; do
		run 0 $verb --data "$tmp/data" --format $f
		is "$verb: rows of $f" "$(rows $f "$out")" "$n"
	done
done
run 0 list --data "$tmp/data" nothing-is-called-so --format json
is 'no rows' "$(rows json "$out")" 0
for f in ndjson csv markdown html; do
	run 0 list --data "$tmp/data" nothing-is-called-so --format $f
	is "no rows of $f" "$(rows $f "$out")" 0
done
for e in json ndjson csv md html; do
	run 0 list --data "$tmp/data" -o "$tmp/list.$e"
	is "standard output beside -o" "$(cat "$out")" ''
	is "mode of list.$e" "$(stat -c %a "$tmp/list.$e")" 600
	f=$e
	[ $e != md ] || f=markdown
	run 0 list --data "$tmp/data" --format $f
	cmp -s "$out" "$tmp/list.$e" || wrong "-o list.$e differs from --format $f"
done
run 0 list --data "$tmp/data" -o "$tmp/a.csv" -o "$tmp/b.json"
[ -s "$tmp/a.csv" ] && [ -s "$tmp/b.json" ] || wrong '-o twice'
run 0 list --data "$tmp/data" --format csv -o /dev/null
[ -c /dev/null ] || wrong '-o /dev/null replaced the device'
