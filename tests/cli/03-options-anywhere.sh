# Goal of this test: options stand before or after the command, with a blank or
# "=", and "--" ends them.
. "$(dirname "$0")/lib.sh" || exit 1

make_root "$tmp/root"
audit
run 0 list --data "$tmp/data" --format csv
cp "$out" "$tmp/want"
[ "$(wc -l <"$tmp/want")" -gt 3 ] || wrong "the list is too short: $(cat "$tmp/want")"
for order in "--data $tmp/data --format csv list" "--format csv list --data $tmp/data" \
	"--data=$tmp/data list --format=csv" "-f csv --data $tmp/data list" \
	"list -f=csv --data $tmp/data"; do
	# shellcheck disable=SC2086
	run 0 $order
	cmp -s "$out" "$tmp/want" || wrong "muster $order differs"
done
run 0 list --data "$tmp/data" --format json -- --quiet
has 'after --' "$out" '"identities":[]'
