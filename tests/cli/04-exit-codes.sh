# Goal of this test: each exit code means one thing.
. "$(dirname "$0")/lib.sh" || exit 1

make_root "$tmp/root"
audit
run 0 list --data "$tmp/data"

# 1: could not finish.
run 1 list --data "$tmp/none"
has 'no register' "$err" 'muster audit'
run 1 show nosuchthing --data "$tmp/data"
run 1 import "$tmp/nofile" --data "$tmp/data2"
printf 'not a record\n' >"$tmp/bad.ndjson"
run 1 import "$tmp/bad.ndjson" --data "$tmp/data2"
has 'a bad line' "$err" 'bad.ndjson:1'
mkdir -p "$tmp/broken/default"
printf 'this is no register, and long enough to be looked at as one\n' >"$tmp/broken/default/muster.db"
run 1 list --data "$tmp/broken"

# 3: check found something, and says what; without findings it is quiet.
run 3 check --data "$tmp/data" --fail-on info --as-of "$now"
[ -s "$out" ] || wrong 'check found something and printed nothing'
run 3 audit --root "$tmp/root" --data "$tmp/data" --fail-on info --as-of "$now"
mkdir -p "$tmp/empty"
run 0 audit --root "$tmp/empty" --data "$tmp/data3" --as-of "$now"
run 0 check --data "$tmp/data3" --fail-on info --as-of "$now"
is 'check without findings' "$(cat "$out")" ''
run 0 check --data "$tmp/data3" --fail-on info --format json
has 'check in json' "$out" '"findings":[]'

# 4: a right is missing.
if [ "$(id -u)" = 0 ]; then
	chmod 711 "$tmp"
	install -d -m 700 "$tmp/locked"
	setpriv --reuid=65534 --regid=65534 --clear-groups \
		"$muster" list --data "$tmp/locked" >"$out" 2>"$err"
	is 'another account reads the register' $? 4
fi
chmod 644 "$tmp/data/default/workspace.key"
run 4 audit --root "$tmp/root" --data "$tmp/data"
has 'a key for all' "$err" 'chmod 600'

# 130: interrupted.
sleep 3 | timeout --preserve-status -s INT 1 "$muster" import - --data "$tmp/data4" >"$out" 2>"$err"
is 'interrupted' "${PIPESTATUS[1]}" 130
run 0 list --data "$tmp/data4"
