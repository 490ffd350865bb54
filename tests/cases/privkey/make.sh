#!/bin/sh
# tests/cases/privkey/make.sh: make the keys of this directory anew, each
# NAME.pem with a NAME.expect: the hash of the public half as `openssl pkey
# -pubout` gives it, its algorithm and bits; "sealed" for one that a passphrase
# closes. The keys were made for these tests and open nothing.
set -eu
cd "$(dirname "$0")"
rm -f ./*.pem ./*.expect

# expect NAME ALG BITS [-pubin]: of NAME.pem.
expect() {
	openssl pkey -in "$1.pem" ${4:-} -pubout -outform DER >tmp.der
	echo "spki $(sha256sum <tmp.der | cut -d ' ' -f 1)" >"$1.expect"
	printf 'alg %s\nbits %s\n' "$2" "$3" >>"$1.expect"
	rm -f tmp.der
}

gen() {
	name=$1
	shift
	openssl genpkey -quiet -out "$name.pem" "$@" 2>/dev/null ||
		openssl genpkey -out "$name.pem" "$@" 2>/dev/null
}

gen rsa2048 -algorithm RSA -pkeyopt rsa_keygen_bits:2048
expect rsa2048 rsa 2048
gen pss -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:1024
expect pss rsa 1024
openssl genrsa -traditional -out rsa512_old.pem 512 2>/dev/null
expect rsa512_old rsa 512
gen primes -algorithm RSA -pkeyopt rsa_keygen_bits:2048 \
	-pkeyopt rsa_keygen_primes:3
expect primes rsa 2048
gen p256 -algorithm EC -pkeyopt ec_paramgen_curve:P-256
expect p256 ec 256
gen p256_explicit -algorithm EC -pkeyopt ec_paramgen_curve:P-256 \
	-pkeyopt ec_param_enc:explicit
expect p256_explicit ec 256
openssl ecparam -name secp384r1 -genkey -out p384_old.pem
expect p384_old ec 384
openssl ecparam -name secp521r1 -genkey -noout |
	openssl ec -no_public -out p521_nopub_old.pem 2>/dev/null
expect p521_nopub_old ec 521
openssl ec -in p256.pem -no_public 2>/dev/null |
	openssl pkcs8 -topk8 -nocrypt -out p256_nopub.pem
expect p256_nopub ec 256
openssl ec -in p256.pem -conv_form compressed -out p256_compressed_old.pem \
	2>/dev/null
expect p256_compressed_old ec 256
gen k256 -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1
expect k256 ec 256
gen brainpool -algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP320r1
expect brainpool ec 320
for kind in ed25519:256 ed448:456 x25519:256 x448:448; do
	gen "${kind%:*}" -algorithm "${kind%:*}"
	expect "${kind%:*}" "${kind%:*}" "${kind#*:}"
done
openssl dsaparam -genkey 1024 2>/dev/null |
	openssl dsa -out dsa_old.pem 2>/dev/null
expect dsa_old dsa 1024
openssl pkcs8 -topk8 -nocrypt -in dsa_old.pem -out dsa.pem
expect dsa dsa 1024
gen dh -algorithm DH -pkeyopt group:ffdhe2048
echo secret >dh.expect

openssl pkcs8 -topk8 -in p256.pem -passout pass:test -out sealed.pem
echo sealed >sealed.expect
openssl rsa -in rsa2048.pem -traditional -aes128 -passout pass:test \
	-out sealed_old.pem 2>/dev/null
echo sealed >sealed_old.expect

openssl pkey -in p256.pem -pubout -out p256_pub.pem
expect p256_pub ec 256 -pubin
openssl rsa -in rsa2048.pem -RSAPublicKey_out -out rsa2048_pub.pem 2>/dev/null
expect rsa2048_pub rsa 2048 -pubin
