# Goal of this test: what scan prints and what export prints can be imported, and
# export, import, export gives the same records.
. "$(dirname "$0")/lib.sh" || exit 1

make_root "$tmp/root"
run 0 scan "$tmp/root" --as-of "$now"
cp "$out" "$tmp/scan.ndjson"
run 0 import "$tmp/scan.ndjson" --data "$tmp/a" --as-of "$now"
has 'what import says' "$err" 'Took in'
run 0 list --data "$tmp/a" --format csv --as-of "$now"
cp "$out" "$tmp/list"
has 'the list after an import' "$out" 'www.example.org'
"$muster" import - --data "$tmp/b" --as-of "$now" <"$tmp/scan.ndjson" 2>"$err"
is 'import from standard input' $? 0
run 0 list --data "$tmp/b" --format csv --as-of "$now"
cmp -s "$out" "$tmp/list" || wrong 'import - differs from import FILE'

run 0 export --data "$tmp/a"
cp "$out" "$tmp/export1"
run 0 import "$tmp/export1" --data "$tmp/c" --as-of "$now"
run 0 export --data "$tmp/c"
diff <(grep -v '"type":"\(run\|end\)"' "$tmp/export1") \
	<(grep -v '"type":"\(run\|end\)"' "$out") >"$tmp/diff" ||
	wrong "export after an import differs: $(head -c 400 "$tmp/diff")"

# A stream that breaks off is kept, marked, and code 5; a wrong line is not kept.
head -n -1 "$tmp/scan.ndjson" >"$tmp/cut.ndjson"
run 5 import "$tmp/cut.ndjson" --data "$tmp/d" --as-of "$now"
has 'a stream that broke off' "$err" 'broke off'
{ head -n 4 "$tmp/scan.ndjson"; echo '{"type":"identity"}'; } >"$tmp/wrong.ndjson"
run 1 import "$tmp/wrong.ndjson" --data "$tmp/e" --as-of "$now"
has 'a wrong line' "$err" 'wrong.ndjson:5'
run 0 list --data "$tmp/e" --format json
has 'nothing of it was kept' "$out" '"identities":[]'
: >"$tmp/empty.ndjson"
run 1 import "$tmp/empty.ndjson" --data "$tmp/f"
