#!/bin/sh
# Goal of this test: every migration, every view and every check gives the same
# rows on SQLite and on PostgreSQL 15.
#
# usage: tests/sql/parity.sh
#
# It makes a cluster of its own in a temporary directory, reachable by a unix
# socket alone, and stops it by its process id. The rows are made by parity.py
# from a fixed seed.
set -eu
cd "$(dirname "$0")/../.."

bin=
for d in /usr/lib/postgresql/*/bin; do
	[ -x "$d/initdb" ] && bin=$d
done
if [ -z "$bin" ] || ! command -v psql >/dev/null 2>&1; then
	echo 'skipped: no postgresql'
	exit 0
fi

tmp=$(mktemp -d)
as=
if [ "$(id -u)" = 0 ]; then
	if ! id postgres >/dev/null 2>&1; then
		echo 'skipped: no user postgres, and root may not run it'
		rm -r "$tmp"
		exit 0
	fi
	as='runuser -u postgres --'
	chown postgres "$tmp"
fi

stop() {
	if [ -f "$tmp/data/postmaster.pid" ]; then
		pid=$(head -n 1 "$tmp/data/postmaster.pid")
		kill -INT "$pid" 2>/dev/null || :
		for _ in 1 2 3 4 5 6 7 8 9 10; do
			kill -0 "$pid" 2>/dev/null || break
			sleep 0.3
		done
	fi
	rm -rf "$tmp"
}
trap stop EXIT
trap 'exit 1' INT TERM

cd "$tmp" # a directory that the other user may enter
if ! $as "$bin/initdb" -D "$tmp/data" -E UTF8 --locale=C -A trust -U muster \
	>"$tmp/log" 2>&1 ||
	! $as "$bin/pg_ctl" -D "$tmp/data" -w -t 60 -l "$tmp/data/log" \
		-o "-c listen_addresses= -c unix_socket_directories=$tmp -F" \
		start >>"$tmp/log" 2>&1
then
	cat "$tmp/log" >&2
	exit 1
fi
cd "$OLDPWD"
PGHOST=$tmp PGUSER=muster PGDATABASE=postgres \
	python3 tests/sql/parity.py "$@"
