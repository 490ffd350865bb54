# Goal of this test: the first audit is the baseline; the second says that
# nothing changed; the third names what did.
. "$(dirname "$0")/lib.sh" || exit 1

make_root "$tmp/root"
audit
has 'the first audit' "$out" 'the baseline'
run 0 audit --root "$tmp/root" --data "$tmp/data" --as-of 2026-11-22
has 'the second audit' "$out" 'No change since 21 Nov 2026'
run 0 changes --data "$tmp/data"
has 'changes of the second' "$out" 'found no change'
rm "$tmp/root/etc/ssl/old.pem"
certificate "$tmp/root/etc/ssl/fresh.pem" /CN=fresh.example.org 20261101000000Z 20270101000000Z
run 0 audit --root "$tmp/root" --data "$tmp/data" --as-of 2026-11-23
has 'the third audit' "$out" '1 new, 1 gone since 22 Nov 2026'
run 0 changes --data "$tmp/data" --format csv
is 'new' "$(grep -c ',new,identity,.*fresh.example.org' "$out")" 1
is 'gone' "$(grep -c ',gone,identity,.*old.example.org' "$out")" 1
run 0 changes --data "$tmp/data" --since 2026-11-24
has 'since then' "$out" 'No change since then'

# Two clients do not see each other.
run 0 audit --root "$tmp/root" --data "$tmp/data" --client acme --as-of "$now"
[ -f "$tmp/data/clients/acme/muster.db" ] || wrong 'no register for the client'
run 1 list --data "$tmp/data" --client other
cmp -s "$tmp/data/default/workspace.key" "$tmp/data/clients/acme/workspace.key" &&
	wrong 'two clients have one key'
is 'rights of the data directory' "$(stat -c %a "$tmp/data" "$tmp/data/default" | sort -u)" 700
is 'rights of the key' "$(stat -c '%a %s' "$tmp/data/default/workspace.key")" '600 32'
