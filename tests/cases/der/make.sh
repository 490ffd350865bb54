#!/bin/sh
# tests/cases/der/make.sh: the samples of ../x509, ../privkey and ../pkcs in
# DER, by openssl. Their hashes stand in the .expect files there.
set -eu
cd "$(dirname "$0")"
rm -f ./*.der
for name in server chainroot; do
	openssl x509 -in "../x509/$name.pem" -outform DER -out "$name.der"
done
for name in ed25519 p256 rsa2048; do
	openssl pkcs8 -topk8 -nocrypt -in "../privkey/$name.pem" \
		-outform DER -out "$name.der"
done
openssl rsa -in ../privkey/rsa2048.pem -traditional -outform DER \
	-out rsa2048_old.der 2>/dev/null
openssl ec -in ../privkey/p256.pem -outform DER -out p256_old.der 2>/dev/null
openssl pkcs8 -in ../privkey/sealed.pem -topk8 -passin pass:test \
	-passout pass:test -outform DER -out sealed.der
openssl pkcs7 -in ../pkcs/bundle.pem -outform DER -out bundle.der
openssl req -in ../pkcs/request.pem -outform DER -out request.der
