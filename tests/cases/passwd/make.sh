#!/bin/sh
# Make the samples useradd.passwd, useradd.shadow and useradd.group again: a
# root of Debian's own master files, filled by the tools of the package passwd.
# Needs root (chroot). Salts are random, so hashes change with each run.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/etc" "$root/home"
cp /usr/share/base-passwd/passwd.master "$root/etc/passwd"
cp /usr/share/base-passwd/group.master "$root/etc/group"
sed -i 's/:\*:/:x:/' "$root/etc/passwd"
sed 's/:.*/:*:19700:0:99999:7:::/' "$root/etc/passwd" >"$root/etc/shadow"
cp /etc/login.defs "$root/etc/"

groupadd -R "$root" -g 990 docker
useradd -R "$root" -u 1000 -c 'Ada Sample,Room 1,,' -s /bin/bash ada
useradd -R "$root" -u 1001 -c 'Nightly backup to the store' -s /bin/sh backupbot
useradd -R "$root" -r -u 900 -c 'Continuous integration' -s /usr/sbin/nologin \
	-G docker ci
useradd -R "$root" -r -u 901 -d /var/lib/queue -s /bin/bash queue
useradd -R "$root" -o -u 0 -g 0 -M -d /root -s /bin/bash toor
useradd -R "$root" -u 1002 -s /bin/sh kiosk
printf 'root:correct horse\nada:battery staple\n' |
	chpasswd -R "$root" -c YESCRYPT
printf 'queue:tr0ub4dor\n' | chpasswd -R "$root" -c SHA512
printf 'toor:swordfish\n' | chpasswd -R "$root" -c MD5
usermod -R "$root" -p '' kiosk
usermod -R "$root" -L ada
usermod -R "$root" -U ada
for a in root ada backupbot ci queue toor kiosk; do
	chage -R "$root" -d 2026-02-03 "$a"
done
chage -R "$root" -d 2024-05-06 -E 2026-12-31 queue
chage -R "$root" -d 0 kiosk
for f in passwd shadow group; do
	mkdir -p "$here/$f"
	cp "$root/etc/$f" "$here/$f/useradd.$f"
	chmod 0644 "$here/$f/useradd.$f"
done
# What the tools say of it, for tests/unit/decode/shadow_test.c.
for a in root ada backupbot ci queue toor kiosk; do
	printf '%s ' "$a"
	passwd -R "$root" -S "$a"
	chage -R "$root" -l "$a" | grep -E '^(Last password|Account)'
done
