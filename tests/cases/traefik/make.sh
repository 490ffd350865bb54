#!/bin/sh
# Made with OpenSSL 3.0, in the form of Traefik's storage (it has no package
# here): acme.json as versions 2 and 3 write it, v1.json as version 1 did, and
# want.txt: file, key, by openssl. The keys open nothing.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
hash() { sha256sum | cut -d ' ' -f 1; }
one() { base64 -w 0 <"$1"; }
pair() { # pair NAME KIND...
	n=$1
	shift
	openssl req -x509 -newkey "$@" -nodes -days 3650 -subj "/CN=$n.example.com" \
		-addext "subjectAltName=DNS:$n.example.com" \
		-addext basicConstraints=critical,CA:FALSE \
		-keyout "$work/$n.key" -out "$work/$n.crt" 2>/dev/null
}
want() { # want FILE NAME
	echo "$1 x509:$(openssl x509 -in "$work/$2.crt" -outform DER | hash)"
	echo "$1 spki:$(openssl pkey -in "$work/$2.key" -pubout -outform DER | hash)"
}
pair shop rsa:2048
pair blog ec -pkeyopt ec_paramgen_curve:P-256
pair old rsa:2048
openssl rsa -in "$work/shop.key" -traditional -out "$work/shop.pkcs1" 2>/dev/null
openssl ec -in "$work/blog.key" -out "$work/blog.sec1" 2>/dev/null
openssl genrsa -traditional 2048 2>/dev/null >"$work/account.key"
openssl rsa -in "$work/account.key" -traditional -outform DER -out "$work/account.der" 2>/dev/null
cat >acme.json <<JSON
{
  "letsencrypt": {
    "Account": {
      "Email": "proxy@example.com",
      "Registration": {
        "body": {"status": "valid"},
        "uri": "https://acme-v02.api.letsencrypt.org/acme/acct/1"
      },
      "PrivateKey": "$(one "$work/account.der")",
      "KeyType": "4096"
    },
    "Certificates": [
      {
        "domain": {"main": "shop.example.com"},
        "certificate": "$(one "$work/shop.crt")",
        "key": "$(one "$work/shop.pkcs1")",
        "Store": "default"
      },
      {
        "domain": {"main": "blog.example.com"},
        "certificate": "$(one "$work/blog.crt")",
        "key": "$(one "$work/blog.sec1")",
        "Store": "default"
      }
    ]
  },
  "unused": {"Account": null, "Certificates": null}
}
JSON
cat >v1.json <<JSON
{"Account": {"Email": "", "PrivateKey": ""}, "Certificates": [{"Domain":
{"Main": "old.example.com", "SANs": null}, "Certificate": "$(one "$work/old.crt")",
"Key": "$(one "$work/old.key")"}], "HTTPChallenges": {}}
JSON
{
	want acme.json shop
	want acme.json blog
	echo "acme.json spki:$(openssl pkey -in "$work/account.key" -pubout -outform DER | hash)"
	want v1.json old
} >want.txt
printf '{"r": {"Certificates": [{"certificate": "%%", "key": "AAAA"}]}}\n' >bad.json
printf '{"name": "acme", "version": "1.0.0", "dependencies": {}}\n' >near.json
