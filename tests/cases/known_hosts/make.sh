#!/bin/sh
# tests/cases/known_hosts/make.sh: write `sample` with keys of ../sshkey, and
# sample.want with the fingerprints that ssh-keygen finds in it.
set -eu
cd "$(dirname "$0")"
k() {
	cut -d ' ' -f 1,2 "../sshkey/$1_key.pub"
}
rm -f hashed
echo "secret-host.example.org $(k ed25519)" >hashed
ssh-keygen -q -H -f hashed >/dev/null 2>&1
{
	echo '# servers'
	echo "web1.example.org,192.0.2.7 $(k ec256) a comment"
	printf '[git.example.org]:2222\t%s\r\n' "$(k rsa2048)"
	cat hashed
	echo "@cert-authority *.example.org $(k ca)"
	echo "@revoked old.example.org $(k rsa1024)"
	echo "@marker-of-tomorrow x.example.org $(k ec521)"
	echo "no-key.example.org"
	echo "one.example.org 1024 65537 1230598743"
	echo "last.example.org $(k ec384)"
} >sample
rm -f hashed hashed.old
ssh-keygen -l -E sha256 -f sample 2>/dev/null | cut -d ' ' -f 2 >sample.want
