#!/bin/sh
# tests/cases/pkcs/make.sh: make a certificate request, bundles of certificates
# and a revocation list anew, and want.txt with what openssl says of them. The
# keys were made for these tests and open nothing.
set -eu
cd "$(dirname "$0")"
rm -f ./*.pem want.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

openssl req -new -nodes -newkey rsa:2048 -keyout "$work/key" \
	-subj '/O=Example Ltd/CN=next.example.com' -out request.pem 2>/dev/null
openssl req -in request.pem -noout -pubkey |
	openssl pkey -pubin -outform DER |
	sha256sum | sed 's/^\([0-9a-f]*\).*/request \1/' >want.txt

openssl crl2pkcs7 -nocrl -certfile ../x509/server.pem \
	-certfile ../x509/middle.pem -out bundle.pem
openssl crl2pkcs7 -nocrl -out empty.pem
for name in server middle; do
	openssl x509 -in ../x509/$name.pem -outform DER | sha256sum |
		sed 's/^\([0-9a-f]*\).*/bundle \1/' >>want.txt
done

openssl req -x509 -nodes -newkey rsa:1024 -keyout "$work/ca.key" \
	-subj '/CN=Revoker' -out "$work/ca.pem" 2>/dev/null
: >"$work/index"
cat >"$work/conf" <<CONF
[ca]
default_ca = one
[one]
database = $work/index
default_md = sha256
default_crl_days = 30
CONF
openssl ca -config "$work/conf" -gencrl -cert "$work/ca.pem" \
	-keyfile "$work/ca.key" -out crl.pem 2>/dev/null
