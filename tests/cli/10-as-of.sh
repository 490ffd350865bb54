# Goal of this test: the same register and the same --as-of give the same bytes,
# and another --as-of gives another judgement.
. "$(dirname "$0")/lib.sh" || exit 1

make_root "$tmp/root"
audit
for verb in 'list --rank' 'list --expiring 90' 'check --fail-on info' gaps places changes; do
	for f in table json csv html; do
		for i in 1 2; do
			time=(--as-of "$now")
			case $verb in gaps | places | changes) time=() ;; esac
			# shellcheck disable=SC2086
			"$muster" $verb --data "$tmp/data" --format $f "${time[@]}" >"$tmp/$i" 2>&1
		done
		cmp -s "$tmp/1" "$tmp/2" || wrong "$verb --format $f differs"
	done
done
for f in table json html markdown csv ndjson; do
	"$muster" audit --root "$tmp/root" --no-save --as-of "$now" --format $f >"$tmp/1"
	"$muster" audit --root "$tmp/root" --no-save --as-of "$now" --format $f >"$tmp/2"
	cmp -s "$tmp/1" "$tmp/2" || wrong "audit --format $f differs: $(diff "$tmp/1" "$tmp/2" | head -n 4)"
done
run 0 list --data "$tmp/data" --expiring 10 --as-of 2026-11-21 --format csv www.example.org
is 'ten days before' "$(wc -l <"$out")" 1
run 0 list --data "$tmp/data" --expiring 10 --as-of 2026-12-28 --format csv www.example.org
is 'four days before' "$(wc -l <"$out")" 2
