#!/bin/sh
# tests/cases/pkcs12/make.sh: make the keystores of this directory anew, and
# want.txt: the keystore, what is in it, and its hash by openssl. The keys were
# made for these tests and open nothing.
set -eu
cd "$(dirname "$0")"
rm -f ./*.p12 want.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

openssl req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 \
	-subj '/CN=store.example.com' -days 3650 -keyout "$work/key" \
	-out "$work/cert" -addext basicConstraints=CA:FALSE 2>/dev/null
spki=$(openssl pkey -in "$work/key" -pubout -outform DER | sha256sum |
	cut -d ' ' -f 1)
x509=$(openssl x509 -in "$work/cert" -outform DER | sha256sum |
	cut -d ' ' -f 1)
root=$(openssl x509 -in ../x509/chainroot.pem -outform DER | sha256sum |
	cut -d ' ' -f 1)

# store NAME PASSWORD WHAT [option ...]
store() {
	name=$1 password=$2 what=$3
	shift 3
	openssl pkcs12 -export -inkey "$work/key" -in "$work/cert" \
		-certfile ../x509/chainroot.pem -passout "pass:$password" \
		-out "$name.p12" "$@"
	for w in $what; do
		case $w in
		key) echo "$name spki:$spki" ;;
		certs) printf '%s\n' "$name x509:$x509" "$name x509:$root" ;;
		esac
	done >>want.txt
}

store blank '' 'key certs'
store blank_old '' 'key certs' -certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES \
	-macalg sha1
store plain '' 'key certs' -certpbe NONE -keypbe NONE -nomac
store unsealed '' 'key certs' -nomac
store closed 'a password' ''
store closed_key 'a password' certs -certpbe NONE
store slow '' '' -iter 3000000
openssl pkcs12 -export -nokeys -in ../x509/chainroot.pem -passout pass: \
	-out trust.p12
echo "trust x509:$root" >>want.txt
