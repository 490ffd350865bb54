#!/bin/sh
# Made with OpenSSL 3.0: a root, a server's own certificate that somebody put
# there to trust it, and want.txt: file, key, by openssl.
set -eu
cd "$(dirname "$0")"
openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -keyout /dev/null \
	-subj '/O=Example Works/CN=Proxy Inspection CA' \
	-addext basicConstraints=critical,CA:TRUE -out root.pem 2>/dev/null
openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -keyout /dev/null \
	-subj /CN=nas.example.lan -addext subjectAltName=DNS:nas.example.lan \
	-out pinned.pem 2>/dev/null
openssl x509 -in root.pem -outform DER -out root.der
for f in root.pem pinned.pem root.der; do
	echo "$f x509:$(openssl x509 -in $f -outform DER | sha256sum | cut -d ' ' -f 1)"
done >want.txt
echo 'Put certificates here and run update-ca-certificates.' >near.txt
