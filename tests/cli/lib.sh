# tests/cli/lib.sh: what every scenario begins with. A scenario sources it, calls
# its checks, and ends; the exit code says whether all of them held.
# shellcheck shell=bash disable=SC2034
set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
muster=${MUSTER:-$top/build/muster}
tmp=$(mktemp -d)
bad=0
finish() {
	local code=$?
	rm -rf "$tmp"
	[ "$bad" = 0 ] || code=1
	exit "$code"
}
trap finish EXIT
export HOME=$tmp/home XDG_DATA_HOME=$tmp/xdg LC_ALL=C.UTF-8
unset NO_COLOR TERM || :
mkdir -p "$HOME"
now=2026-11-21T12:00:00Z

# wrong WHAT...: a check that did not hold.
wrong() {
	bad=$((bad + 1))
	printf '  %s\n' "$*"
}

# is WHAT GOT WANT
is() { [ "$2" = "$3" ] || wrong "$1: got '$2', want '$3'"; }

# has WHAT FILE PATTERN: FILE holds a line that matches the fixed text PATTERN.
has() { grep -qF -- "$3" "$2" || wrong "$1: '$3' is not in: $(head -c 600 "$2")"; }
hasnot() { ! grep -qF -- "$3" "$2" || wrong "$1: '$3' is in the output"; }

# run WANT ARGUMENT...: run muster; its exit code is WANT; out and err hold what
# it printed.
out=$tmp/out err=$tmp/err
run() {
	local want=$1 got
	shift
	"$muster" "$@" >"$out" 2>"$err" </dev/null
	got=$?
	[ "$got" = "$want" ] ||
		wrong "muster $*: exit code $got, want $want; $(head -c 600 "$err")"
}

# A root with a few identities: two people, a service, a key that may log in, a
# certificate for 90 days and one that has expired, a secret in a file.
make_root() { # make_root DIR
	local r=$1
	mkdir -p "$r"/etc/ssl "$r"/root/.ssh "$r"/home/ada/.ssh
	printf '%s\n' 'root:x:0:0:root:/root:/bin/bash' \
		'daemon:x:1:1::/usr/sbin:/usr/sbin/nologin' \
		'ada:x:1000:1000:Ada:/home/ada:/bin/bash' \
		'grace:x:1001:1001:Grace:/home/grace:/bin/bash' >"$r/etc/passwd"
	printf '%s\n' 'root:x:0:' 'daemon:x:1:' 'ada:x:1000:' 'grace:x:1001:' >"$r/etc/group"
	# shellcheck disable=SC2016
	printf '%s\n' 'root:*:20000:0:99999:7:::' 'daemon:*:20000:0:99999:7:::' \
		'ada:$6$abcdefgh$0123456789:20000:0:99999:7:::' \
		'grace:$6$abcdefgh$0123456789:20000:0:99999:7:::' >"$r/etc/shadow"
	printf 'test01\n' >"$r/etc/hostname"
	printf '0123456789abcdef0123456789abcdef\n' >"$r/etc/machine-id"
	printf 'PRETTY_NAME="Test Linux 1"\n' >"$r/etc/os-release"
	ssh-keygen -q -t ed25519 -N '' -C deploy@ci -f "$tmp/k" </dev/null
	cp "$tmp/k.pub" "$r/root/.ssh/authorized_keys"
	rm -f "$tmp/k" "$tmp/k.pub"
	chmod 600 "$r/root/.ssh/authorized_keys" "$r/etc/shadow"
	certificate "$r/etc/ssl/www.pem" /CN=www.example.org 20261101000000Z 20270101000000Z
	certificate "$r/etc/ssl/old.pem" /CN=old.example.org 20240101000000Z 20250101000000Z
}

# certificate FILE SUBJECT FROM UNTIL: one of a small authority that stays outside
# of the root, without its key.
certificate() {
	if [ ! -d "$tmp/ca" ]; then
		mkdir -p "$tmp/ca"
		: >"$tmp/ca/index.txt"
		printf '%s\n' '[ca]' 'default_ca = d' '[d]' "database = $tmp/ca/index.txt" \
			"new_certs_dir = $tmp/ca" 'rand_serial = yes' \
			'default_md = sha256' 'policy = p' 'string_mask = utf8only' \
			'unique_subject = no' 'x509_extensions = x' \
			'[p]' 'commonName = optional' '[x]' \
			'basicConstraints = CA:false' >"$tmp/ca/cnf"
		openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
			-keyout "$tmp/ca/key" -out "$tmp/ca/crt" -subj '/CN=Test CA' \
			-days 9000 2>/dev/null
	fi
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -utf8 \
		-keyout "$tmp/ca/leaf" -out "$tmp/ca/csr" -subj "$2" 2>/dev/null
	openssl ca -batch -utf8 -config "$tmp/ca/cnf" -keyfile "$tmp/ca/key" \
		-cert "$tmp/ca/crt" -in "$tmp/ca/csr" -startdate "$3" -enddate "$4" \
		-notext -out "$1" >"$tmp/ca/log" 2>&1 ||
		wrong "openssl ca: $(tail -n 3 "$tmp/ca/log")"
	chmod 644 "$1"
}

# audit ARGUMENT...: an audit of the root above, as of now.
audit() { run 0 audit --root "$tmp/root" --data "$tmp/data" --as-of "$now" "$@"; }
