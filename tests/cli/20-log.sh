# Goal of this test: a key that may log in is dormant only where logs that reach
# back 90 days say so: MUS-LIF-001 is not assessed without logs, with logs that
# are young, stale, packed or silent; then it fails for the key that was not
# used and for no other, and passes when it was.
. "$(dirname "$0")/lib.sh" || exit 1

make_root "$tmp/root"
log=$tmp/root/var/log
mkdir -p "$log"
keys=$tmp/root/root/.ssh/authorized_keys
ssh-keygen -q -t ed25519 -N '' -C idle@ci -f "$tmp/idle"
ssh-keygen -q -t rsa -N '' -C busy@ci -f "$tmp/busy"
cat "$tmp/idle.pub" "$tmp/busy.pub" >"$keys"
fp() { ssh-keygen -lf "$tmp/$1.pub" | cut -d ' ' -f 2; }
# lines DATE WHAT: one line of sshd (or of cron) of that day, at noon
line() {
	case $2 in
	cron) printf '%sT12:00:00+00:00 test01 CRON[7]: pam_unix(cron:session): session opened\n' "$1" ;;
	*) printf '%sT12:00:00+00:00 test01 sshd[9]: Accepted publickey for root from 192.0.2.7 port 40022 ssh2: KEY %s\n' \
		"$1" "$(fp "$2")" ;;
	esac
}
stamp() { touch -d "$2T12:00:01Z" "$log/$1"; }
weekly() { # weekly FROM TO: a line of cron each week
	local at=$1
	while [[ $at < $2 ]]; do
		line "$at" cron
		at=$(date -u -d "$at + 7 days" +%F)
	done
}
state() { sqlite3 "$tmp/data/default/muster.db" "SELECT state FROM check_results WHERE check_id = 'MUS-LIF-001'"; }
found() {
	sqlite3 "$tmp/data/default/muster.db" "SELECT i.name || ' ' || f.detail FROM findings f
		JOIN identities i ON i.id = f.identity_id
		WHERE f.check_id = 'MUS-LIF-001' AND f.state = 'open' ORDER BY 1"
}
used() { sqlite3 "$tmp/data/default/muster.db" "SELECT date(c.last_used_at, 'unixepoch') FROM identities i
	JOIN credentials c ON c.identity_id = i.id WHERE i.name = '$1@ci'"; }
gap() { sqlite3 "$tmp/data/default/muster.db" "SELECT detail FROM gaps WHERE place = 'log.auth'"; }
audit() { run 0 audit --root "$tmp/root" --data "$tmp/data" --as-of "$1"; }

audit 2026-08-01T12:00:00Z
is 'without logs' "$(state)" not_assessed

{ weekly 2026-10-01 2026-11-21; line 2026-11-20 busy; } >"$log/auth.log"
stamp auth.log 2026-11-20
audit 2026-11-21T12:00:00Z
is 'with a young log' "$(state)" not_assessed
is 'the gap of a young log' "$(gap)" 'the logs do not reach back 90 days without a hole: what was not used before is not known'
is 'a use is known all the same' "$(used busy)" 2026-11-20
hasnot 'a use is no news' "$out" 'new credential'

line 2026-08-01 idle >"$log/auth.log.1"
weekly 2026-08-02 2026-10-01 >>"$log/auth.log.1"
stamp auth.log.1 2026-09-30
audit 2026-11-21T12:00:00Z
is 'with logs of 90 days' "$(state)" fail
is 'who is dormant' "$(found)" 'idle@ci last use'
is 'the last use of the idle key' "$(used idle)" 2026-08-01
is 'gaps of good logs' "$(gap)" ''

sed -i '/Accepted/d' "$log/auth.log.1"
sed -i 's/^2026-10-01/2026-09-29/' "$log/auth.log"
rm -r "$tmp/data"
audit 2026-08-01T12:00:00Z
audit 2026-11-21T12:00:00Z
is 'a key that was never used' "$(found)" 'idle@ci never used'

line 2026-11-20 idle >>"$log/auth.log"
audit 2026-11-21T12:00:00Z
is 'when it was used' "$(state)" pass
is 'nobody is dormant' "$(found)" ''

audit 2026-12-05T12:00:00Z
is 'with a stale log' "$(state)" not_assessed
audit 2026-11-21T12:00:00Z
gzip -c "$log/auth.log.1" >"$log/auth.log.2.gz"
audit 2026-11-21T12:00:00Z
is 'with a packed log' "$(state)" not_assessed
has 'which is a gap' <(gap) 'a packed log is not read yet'
rm "$log/auth.log.2.gz"
sed -i '/Accepted/d' "$log"/auth.log*
stamp auth.log 2026-11-20
audit 2026-11-21T12:00:00Z
is 'with logs that are silent' "$(state)" not_assessed

# Exported and read again, the same bytes come out.
run 0 export --data "$tmp/data"
cp "$out" "$tmp/first"
run 0 import "$tmp/first" --data "$tmp/again"
run 0 export --data "$tmp/again"
cmp -s "$tmp/first" "$out" || wrong 'the export of an export differs'
