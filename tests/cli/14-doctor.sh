# Goal of this test: doctor says ok, warn or fail of each thing, with what to do,
# and ends with 1 where one is fail.
. "$(dirname "$0")/lib.sh" || exit 1

state() { # state WHAT: of the last doctor --format csv
	grep "^[a-z]*,$1," "$out" | cut -d, -f1 | sort -u | tr '\n' ' '
}
run 0 doctor --data "$tmp/data" --format csv
is 'no data directory yet' "$(state 'data directory')" 'warn '
is 'no register yet' "$(state register)" 'warn '
make_root "$tmp/root"
audit
run 0 doctor --data "$tmp/data" --format csv
is 'the data directory' "$(state 'data directory')" 'ok '
is 'the register' "$(state register)" 'ok '
is 'the key' "$(state 'workspace key')" 'ok '
chmod 755 "$tmp/data/default"
run 0 doctor --data "$tmp/data" --format csv
is 'a directory for all' "$(state 'data directory')" 'warn '
has 'a directory for all' "$out" "chmod 700 $tmp/data/default"
chmod 700 "$tmp/data/default"
chmod 640 "$tmp/data/default/workspace.key"
run 1 doctor --data "$tmp/data" --format csv
is 'a key for all' "$(state 'workspace key')" 'fail '
chmod 600 "$tmp/data/default/workspace.key"
dd if=/dev/zero of="$tmp/data/default/muster.db" bs=1 seek=0 count=64 conv=notrunc status=none
rm -f "$tmp"/data/default/muster.db-*
run 1 doctor --data "$tmp/data" --format csv
is 'a damaged register' "$(state register)" 'fail '
run 1 doctor --data "$tmp/data" --format json
python3 -m json.tool "$out" >/dev/null || wrong 'doctor is no JSON'
