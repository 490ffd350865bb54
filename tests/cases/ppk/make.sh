#!/bin/sh
# tests/cases/ppk/make.sh: convert keys of ../sshkey with puttygen (package
# putty-tools), in both versions of the format; the passphrase is of no use.
set -eu
cd "$(dirname "$0")"
gen=${PUTTYGEN:-puttygen}
pass=$(mktemp)
none=$(mktemp)
trap 'rm -f "$pass" "$none"' EXIT
echo 'a passphrase' >"$pass"
ppk() {
	from=$1
	to=$2
	shift 2
	"$gen" "../sshkey/$from" -O private -o "$to" "$@"
}
ppk ed25519_key ed25519-3-enc.ppk --old-passphrase "$none" \
	--new-passphrase "$pass"
ppk ed25519_key ed25519-2-enc.ppk --old-passphrase "$none" \
	--new-passphrase "$pass" --ppk-param version=2
ppk rsa1024_key rsa1024-3.ppk
ppk ec384_key ec384-2.ppk --ppk-param version=2
ppk dsa_key dsa-3.ppk
ppk rsa2048_key rsa2048-no-comment.ppk
ppk ed25519_key ed25519-cert.ppk --certificate ../sshkey/user-cert.pub
