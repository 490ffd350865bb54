# Goal of this test: standard output is data alone; a full disk is a sentence
# and code 1; a reader that goes away is quiet and leaves the exit code alone.
. "$(dirname "$0")/lib.sh" || exit 1

make_root "$tmp/root"
audit
for f in json ndjson csv markdown html table; do
	run 0 list --data "$tmp/data" --format $f
	is "list --format $f: standard error" "$(cat "$err")" ''
done
run 0 list --data "$tmp/data" --format json
python3 -m json.tool "$out" >/dev/null || wrong 'list is no JSON'
run 0 audit --root "$tmp/root" --no-save --as-of "$now" --format json
python3 -m json.tool "$out" >/dev/null || wrong 'audit is no JSON'

for verb in "list --data $tmp/data" "scan $tmp/root" version help; do
	# shellcheck disable=SC2086
	"$muster" $verb >/dev/full 2>"$err"
	is "muster $verb on a full disk" $? 1
	has "muster $verb on a full disk" "$err" 'standard output could not be written'
	# shellcheck disable=SC2086
	"$muster" $verb >&- 2>"$err"
	is "muster $verb without standard output" $? 1
done
"$muster" scan "$tmp/root" 2>"$err" | head -n 1 >"$out"
is 'a reader that goes away' "${PIPESTATUS[0]}" 0
is 'a reader that goes away: standard error' "$(cat "$err")" ''
"$muster" check --data "$tmp/data" --fail-on info 2>"$err" | :
is 'check, with a reader that goes away' "${PIPESTATUS[0]}" 3
"$muster" list --data "$tmp/data" 0<&- 2>&- >"$out"
is 'without standard input and error' $? 0
