#!/bin/sh
# Made with openssl ca of OpenSSL 3.0 and easyrsa 3.1.0: two ledgers, the
# certificates that lie beside them, and want.txt: file, key, by openssl.
set -eu
cd "$(dirname "$0")"
here=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -f ./*.txt ./*.pem ./*.crt
cd "$work"
mkdir -p demoCA/newcerts
: >demoCA/index.txt
echo 01 >demoCA/serial
openssl req -x509 -newkey rsa:2048 -nodes -days 3650 \
	-subj '/O=Example Works/CN=Works CA' -keyout ca.key \
	-out demoCA/cacert.pem 2>/dev/null
ca() {
	openssl ca -batch -policy policy_anything -md sha256 -keyfile ca.key \
		-cert demoCA/cacert.pem "$@" 2>/dev/null
}
for n in gone kept away far; do
	openssl req -newkey rsa:2048 -nodes -keyout k -out csr 2>/dev/null \
		-subj "/C=GB/O=Example Works/CN=$n.example.com/emailAddress=pki@example.com"
	ca -days 3650 -in csr -out $n.crt
done
ca -revoke gone.crt -crl_reason keyCompromise
cp demoCA/index.txt "$here/openssl.txt"
cp demoCA/newcerts/01.pem demoCA/newcerts/02.pem "$here"
export EASYRSA_BATCH=1
e() { /usr/share/easy-rsa/easyrsa "$@" >/dev/null 2>&1; }
e init-pki
EASYRSA_REQ_CN='Works VPN CA' e build-ca nopass
e build-server-full vpn.example.com nopass
e build-client-full laptop nopass
e revoke laptop
cp pki/index.txt "$here/easyrsa.txt"
cp pki/certs_by_serial/*.pem "$here/easyrsa.pem"
cp pki/revoked/certs_by_serial/*.crt "$here/easyrsa-revoked.pem"
cd "$here"
for f in *.pem; do
	echo "$f x509:$(openssl x509 -in "$f" -outform DER | sha256sum | cut -d ' ' -f 1)"
done >want.txt
# Near misses: a table of other things, and a ledger's line without its tabs.
printf 'V\t2026-11-22\tparts\t01\tunknown\tbolts\n' >near.tsv
printf 'V 291122023226Z 02 unknown /CN=b.example.com\n' >near.txt
