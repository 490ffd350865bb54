# Goal of this test: muster.conf changes the limits of checks, and checks and
# places of one's own beside it work as those that are compiled in; a wrong line
# ends with code 2, file, line and cause before anything is done, and a file that
# others may write with code 4.
. "$(dirname "$0")/lib.sh" || exit 1

etc=$tmp/etc conf=$tmp/etc/muster.conf
mkdir -p "$etc/checks.d" "$etc/places.d" "$etc/muster.conf.d"
chmod 755 "$etc" "$etc"/*
put() { # put FILE: from standard input, with rights that Muster accepts
	cat >"$etc/$1"
	chmod 644 "$etc/$1"
}
judge() { # judge: what the checks find at ${later}, as "CHECK NAME" lines
	run 3 check --data "$tmp/data" --as-of "$later" --fail-on info \
		--format ndjson "$@"
	sed 's/.*"name":"\([^"]*\)".*"check":"\([^"]*\)".*/\2 \1/' "$out" | sort
}
make_root "$tmp/root"
mkdir -p "$tmp/root/etc/shop"
printf '[api]\nkey = zq81-4471-9903-hidden\n' >"$tmp/root/etc/shop/shop.ini"
later=2027-03-01T00:00:00Z
audit
judge >"$tmp/before"
hasnot 'a key of 100 days' "$tmp/before" MUS-ROT-003

# The file that was asked for by name must be there.
run 2 check --data "$tmp/data" --config "$conf"
has 'no file' "$err" "$conf"

# A limit; a drop-in has the last word.
printf '; ours\n\n[check.MUS-ROT-003]\r\n  fail_days =  30 \n' | put muster.conf
judge --config "$conf" >"$tmp/after"
is 'with a limit of 30 days' "$(diff "$tmp/before" "$tmp/after" | grep '^[<>]')" \
	'> MUS-ROT-003 deploy@ci'
run 0 explain MUS-ROT-003 --config "$conf"
has 'the limit is shown' "$out" 'fail_days = 30 '
printf '[check.MUS-ROT-003]\nfail_days = 400\n' | put muster.conf.d/50-ours.conf
judge --config "$conf" >"$tmp/after"
cmp -s "$tmp/before" "$tmp/after" || wrong 'the drop-in has not the last word'

# A check of one's own, beside the others in every way.
put checks.d/OWN-001.sql <<'SQL'
-- id: OWN-001
-- title: A key by which somebody deploys
-- kinds: ssh_key
-- severity: low
-- param: least = 0  (systems that it opens)
-- trigger: There is one.
-- why: They are to be signed for.
-- remedy: Ask the release manager.
SELECT i.id AS identity_id, NULL AS credential_id, NULL AS sighting_id,
	NULL AS since_at, :least AS value, 'one of ours' AS detail
FROM live_identities i WHERE i.kind = 'ssh_key' ORDER BY i.id
SQL
judge --config "$conf" >"$tmp/after"
is 'an own check' "$(diff "$tmp/before" "$tmp/after" | grep '^[<>]')" \
	'> OWN-001 deploy@ci'
has 'its evidence' "$out" 'one of ours'
run 0 explain own-001 --config "$conf"
has 'an own check explained' "$out" 'Ask the release manager.'
run 0 show deploy@ci --data "$tmp/data" --config "$conf"
has 'an own check in show' "$out" 'A key by which somebody deploys'
printf '[check.OWN-001]\nleast = 7\n' | put muster.conf
run 0 explain OWN-001 --config "$conf"
has 'its limit' "$out" 'least = 7 '

# A place of one's own.
put places.d/shop.yaml <<'YAML'
id: own.shop
row: D28
title: Our shop
sees: The key of our shop
files: [etc/shop/*.ini]
rights: root
decoder: ini
pick:
  - secret: api.key
    kind: api_key
    name: Key of the shop
YAML
run 0 places --data "$tmp/data" --config "$conf" --format csv
has 'an own place' "$out" 'own.shop,Our shop,'
run 0 scan "$tmp/root" --as-of "$now" --config "$conf"
has 'what is there' "$out" '"locator":"etc/shop/shop.ini:2"'
hasnot 'its value' "$out" zq81-4471
run 0 audit --root "$tmp/root" --data "$tmp/new" --as-of "$now" --config "$conf"
run 0 list --data "$tmp/new" --format csv
has 'in the register' "$out" 'Key of the shop'
run 0 scan "$tmp/root" --as-of "$now"
hasnot 'without the configuration' "$out" etc/shop

# Doctor says what was read.
run 0 doctor --data "$tmp/data" --config "$conf" --format csv
has 'doctor: file' "$out" "ok,configuration,$conf,"
has 'doctor: drop-ins' "$out" "ok,more configuration,1 in $etc/muster.conf.d,"
has 'doctor: checks' "$out" "ok,checks of your own,1 in $etc/checks.d,"
has 'doctor: places' "$out" "ok,places of your own,1 in $etc/places.d,"
has 'doctor: limits' "$out" 'ok,thresholds,2 set by the configuration,'

# refuse CODE WORDS: an audit ends so, has done nothing, and doctor says it too.
refuse() {
	run "$1" audit --root "$tmp/root" --data "$tmp/none" --config "$conf"
	has "$2" "$err" "$2"
	[ ! -e "$tmp/none" ] || wrong "$2: something was done"
	run 1 doctor --data "$tmp/data" --config "$conf"
	has "doctor: $2" "$out" 'put it right: muster.conf(5)'
}
wrong_conf() { # wrong_conf TEXT WORDS
	# shellcheck disable=SC2059 # the text holds \n
	printf "$1" | put muster.conf
	refuse 2 "muster.conf:$2"
}
wrong_conf '\n[check.MUS-ROT-999]\n' "2: there is no check 'MUS-ROT-999'"
wrong_conf '[check.MUS-ROT-003]\nfail_day = 3\n' \
	"2: MUS-ROT-003 has no parameter 'fail_day'; its first is 'fail_days'"
wrong_conf '[check.MUS-AGT-001]\nx = 3\n' '2: MUS-AGT-001 has no parameters'
wrong_conf '[check.MUS-ROT-003]\nfail_days = soon\n' \
	"2: the value of 'fail_days' is no whole number"
wrong_conf 'fail_days = 3\n' '1: a value before the first [section]'
wrong_conf '[paths]\n' "1: '[paths]' is no section; one is [check.ID]"
wrong_conf '[check.MUS-ROT-003\n' "1: '[check.MUS-ROT-003' is no section"
wrong_conf '[check.MUS-ROT-003]\nfail_days\n' \
	'2: this is neither [section] nor name = value'
wrong_conf '[check.MUS-ROT-003]\nfail_days = 1\377\n' '2: this is no text'
rm "$conf"
run 2 audit --config "$conf" --data "$tmp/none"
: | put muster.conf
printf '[check.OWN-001]\nleast = 1e3\n' | put muster.conf.d/50-ours.conf
refuse 2 "50-ours.conf:2: the value of 'least' is no whole number"
rm "$etc/muster.conf.d/50-ours.conf"

# Checks that are none.
cp "$etc/checks.d/OWN-001.sql" "$tmp/good.sql"
wrong_check() { # wrong_check SED WORDS
	sed "$1" "$tmp/good.sql" | put checks.d/OWN-001.sql
	refuse 2 "$2"
}
wrong_check 's/live_identities/live_idents/' 'OWN-001.sql:11: '
wrong_check 's/live_identities i/sqlite_master i/' 'OWN-001.sql:'
wrong_check 's/ AS value//;s/:least/:least + hex(zeroblob(9))/' 'OWN-001.sql:'
wrong_check 's/^SELECT/DELETE/' 'OWN-001.sql:9: '
wrong_check '/severity/s/low/lowly/' 'OWN-001.sql:4: '
wrong_check '/id: /s/OWN/MUS-OWN/' "ids that begin with MUS- are Muster's own"
wrong_check '/id: /s/OWN/OUR/' 'is to be named OUR-001.sql'
cp "$tmp/good.sql" "$etc/checks.d/OWN-001.sql"

# A place that is none.
cp "$etc/places.d/shop.yaml" "$tmp/good.yaml"
sed 's/decoder: ini/decoder: inni/' "$tmp/good.yaml" | put places.d/shop.yaml
refuse 2 'shop.yaml:'
sed 's/own.shop/agent.mcp/' "$tmp/good.yaml" | put places.d/shop.yaml
refuse 2 "the place 'agent.mcp' is one of Muster's own"
cp "$tmp/good.yaml" "$etc/places.d/shop.yaml"
run 0 places --data "$tmp/data" --config "$conf"

# What others may write is not believed.
for f in muster.conf checks.d/OWN-001.sql places.d/shop.yaml checks.d places.d; do
	chmod g+w "$etc/$f"
	refuse 4 "$etc/$f: must belong to root or to you"
	chmod g-w "$etc/$f"
done
run 0 places --data "$tmp/data" --config "$conf"
