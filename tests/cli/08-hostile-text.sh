# Goal of this test: what an attacker writes into a certificate reaches no
# terminal as a command, no spreadsheet as a formula and no page as markup.
. "$(dirname "$0")/lib.sh" || exit 1

make_root "$tmp/root"
certificate "$tmp/root/etc/ssl/esc.pem" \
	"$(printf '/CN=evil\033[31m\033]0;title\007\302\233end')" 20261101000000Z 20270101000000Z
certificate "$tmp/root/etc/ssl/formula.pem" '/CN=@SUM(1,9)*cmd' 20261101000000Z 20270101000000Z
certificate "$tmp/root/etc/ssl/markup.pem" '/CN=<script>alert(1)<\/script>' 20261101000000Z 20270101000000Z
certificate "$tmp/root/etc/ssl/bidi.pem" "$(printf '/CN=a\342\200\256gpj.exe')" 20261101000000Z 20270101000000Z
printf '%s evil\033[32m\302\233key\n' "$(cut -d' ' -f1-2 "$tmp/root/root/.ssh/authorized_keys")" \
	>"$tmp/root/root/.ssh/authorized_keys"
printf 'e\033[33mvil:x:998:998::/:/bin/sh\n' >>"$tmp/root/etc/passwd"
audit

# The names must be there at all, or the rest proves nothing.
run 0 list --data "$tmp/data" --format table
has 'the name with a direction' "$out" 'xe2\\x80\\xaegpj'
has 'the comment of a key' "$out" 'evil\x1b[32m'
for verb in list changes gaps places 'check --fail-on info' export; do
	for f in table csv markdown html json ndjson; do
		# shellcheck disable=SC2086
		if [ "$verb" = export ]; then
			[ $f = table ] || continue
			"$muster" export --data "$tmp/data" >"$out" 2>&1
		else
			"$muster" $verb --data "$tmp/data" --format $f >"$out" 2>&1
		fi
		if LC_ALL=C grep -qP '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]' "$out"; then
			wrong "$verb --format $f: a control byte came through"
		fi
	done
done
for f in table html markdown csv json; do
	run 0 audit --root "$tmp/root" --no-save --as-of "$now" --format $f
	if LC_ALL=C grep -qP '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]' "$out"; then
		wrong "audit --format $f: a control byte came through"
	fi
done
id=$("$muster" list --data "$tmp/data" --format csv evil | sed -n 2p | cut -d, -f1)
for verb in show explain; do
	run 0 $verb "$id" --data "$tmp/data"
	if LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]' "$out"; then
		wrong "$verb: a control byte came through"
	fi
done
run 0 list --data "$tmp/data" --format csv
python3 - "$out" <<'EOF' || wrong 'csv: a formula came through'
import csv, sys
rows = list(csv.reader(open(sys.argv[1], newline="", encoding="utf-8")))
assert any(c.startswith("'@SUM") for r in rows for c in r), "the name is not there"
for row in rows:
    for cell in row:
        assert not cell.startswith(("=", "+", "-", "@", "\t")), cell
EOF
for f in html; do
	run 0 audit --root "$tmp/root" --no-save --as-of "$now" --format $f
	hasnot 'markup' "$out" '<script'
	has 'markup, escaped' "$out" '&lt;script&gt;'
done
# An error quotes what was typed, and that too is made safe.
"$muster" show "$(printf 'x\033[31m')" --data "$tmp/data" 2>"$err"
hasnot 'an error' "$err" "$(printf '\033')"
