#!/bin/sh
# Made with opendkim-genkey 2.11.0: two keys, and want.txt: file, key, by
# openssl. They sign nobody's mail.
set -eu
cd "$(dirname "$0")"
opendkim-genkey -b 2048 -d example.com -s mail2026
opendkim-genkey -b 1024 -d example.org -s old
for s in mail2026 old; do
	echo "$s.private spki:$(openssl pkey -in $s.private -pubout -outform DER | sha256sum | cut -d ' ' -f 1)"
done >want.txt
chmod 644 ./*.private
