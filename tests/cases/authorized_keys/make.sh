#!/bin/sh
# tests/cases/authorized_keys/make.sh: write `sample` from the keys beside it,
# and sample.want with the fingerprints that ssh-keygen finds in it.
set -eu
cd "$(dirname "$0")"
k() {
	cut -d ' ' -f 1,2 "../sshkey/$1_key.pub"
}
{
	echo '# Keys of the estate'
	echo
	echo "$(k ed25519) ada@laptop"
	printf '%s\tbackup robot\r\n' "$(k rsa2048)"
	echo "from=\"10.0.0.0/8,*.example.org\",no-pty $(k ec256) from the office"
	echo "command=\"/usr/bin/rrsync -ro \\\"/srv/my data\\\"\",restrict $(k ec384) root@nas"
	echo "   expiry-time=\"20270101\",expiry-time=\"202612312359Z\" $(k ec521)"
	echo "environment=\"TOKEN=canary-7d1f\",X11-forwarding $(k rsa1024) eve@mallory.example"
	echo "cert-authority,principals=\"ada,backup\" $(k ca) the authority"
	echo "$(k sk_ed25519) a token"
	echo "from=\"*\",NO-PTY,future-option=\"x\" $(k dsa) old"
	echo "1024 65537 1230598743 protocol one"
	echo "command=\"never closed $(k rsa4096) lost"
	echo "command=unquoted $(k rsa4096) lost"
	echo "ssh-rsa AAAAB3Nz cut short"
	echo "prose that somebody pasted"
	echo "from=\"*\"no-pty $(k rsa4096) no comma"
	echo "expiry-time=\"20261399\" $(k rsa4096) no such month"
	echo "$(k rsa3072_enc) last"
} >sample
ssh-keygen -l -E sha256 -f sample 2>/dev/null | cut -d ' ' -f 2 >sample.want
