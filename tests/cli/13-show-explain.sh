# Goal of this test: one identity is shown in full, found by id, beginning, key or
# name; a check, a finding and an identity are explained.
. "$(dirname "$0")/lib.sh" || exit 1

make_root "$tmp/root"
audit
run 0 list --data "$tmp/data" --format csv old.example.org
id=$(sed -n 2p "$out" | cut -d, -f1)
key=$(sed -n 2p "$out" | awk -F, '{ sub(/\r/, ""); print $NF }')
run 0 show "$id" --data "$tmp/data" --as-of "$now"
cp "$out" "$tmp/want"
has 'show' "$out" '/etc/ssl/old.pem'
has 'show' "$out" 'has expired'
has 'show: when' "$out" '(1 Jan 2025)'
for word in "${id:0:5}" "$key"; do
	run 0 show "$word" --data "$tmp/data" --as-of "$now"
	cmp -s "$out" "$tmp/want" || wrong "show $word differs"
done
run 0 show "$id" --data "$tmp/data" --format json
python3 - "$out" "$id" <<'EOF' || wrong 'show: the JSON'
import json, sys
d = json.load(open(sys.argv[1]))
assert d["schema"] == "muster.identity/1" and d["id"] == sys.argv[2]
assert d["credentials"][0]["expires"] == {"at": "2025-01-01T00:00:00Z", "by": "in_band"}, d
assert d["sightings"][0]["where"].startswith("etc/ssl/old.pem"), d
EOF
run 0 explain "$id" --data "$tmp/data"
has 'explain an identity' "$out" 'MUS-CRT-001'
fid=$(grep -o '\[[a-z0-9]*\] MUS-CRT-001' "$out" | tr -d '[]' | cut -d' ' -f1)
run 0 explain "$fid" --data "$tmp/data"
has 'explain a finding' "$out" "[$fid] MUS-CRT-001"
run 0 explain MUS-CRT-001
has 'explain a check' "$out" 'Certificate has expired'
run 0 explain mus-crt-001 --data "$tmp/none"
run 1 show zzzzzzzz --data "$tmp/data"
