#!/usr/bin/env bash
# make.sh DIR: run an sshd on the loopback, sign in with a key of each kind and
# with a certificate, and leave in DIR what sshd says (said) and what ssh-keygen
# says of the keys (keys). What stands here was made by it, by OpenSSH 9.2; the
# times and the name of the host before each line were put there by hand.
set -eu
dir=$(realpath -m "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$dir" /run/sshd
cd "$work"
umask 077
for t in ed25519 rsa ecdsa; do ssh-keygen -q -t $t -N '' -f k-$t -C $t; done
ssh-keygen -q -t ed25519 -N '' -f ca -C ca
ssh-keygen -q -t ed25519 -N '' -f signed -C signed
ssh-keygen -q -s ca -I 'ada id' -n root -z 7 signed.pub
ssh-keygen -q -t ed25519 -N '' -f host
cat k-*.pub >authorized
printf '%s\n' 'ListenAddress 127.0.0.1:42222' "HostKey $work/host" \
	"AuthorizedKeysFile $work/authorized" "TrustedUserCAKeys $work/ca.pub" \
	'PidFile none' 'StrictModes no' 'UsePAM no' 'PermitRootLogin yes' \
	'PasswordAuthentication no' >conf
/usr/sbin/sshd -D -e -f "$work/conf" 2>"$dir/said" &
pid=$!
sleep 1
knock() { # knock KEY DESTINATION
	ssh -o BatchMode=yes -o StrictHostKeyChecking=no -o IdentityAgent=none \
		-o UserKnownHostsFile=/dev/null -o IdentitiesOnly=yes -i "$1" \
		-p 42222 "$2@127.0.0.1" true </dev/null >/dev/null 2>&1 || :
}
for k in k-ed25519 k-rsa k-ecdsa signed; do knock $k root; done
knock none 'Accepted publickey for root from 192.0.2.1 port 1 ssh2: RSA SHA256:x'
sleep 1
kill $pid
for f in *.pub; do ssh-keygen -lf "$f"; done >"$dir/keys"
