#!/usr/bin/env bash
# make.sh DIR: lay a machine's root out in DIR/root with real tools, and write
# what is on it to DIR/expected.tsv from those tools' own output:
#
#	identity kind, credential or identity key, locator, role, expiry or -
#
# DIR/near-misses.tsv lists what lies there and is no finding: locator, why.
# Keys are made afresh each time and are worth nothing.
set -eu -o pipefail
here=$(cd "$(dirname "$0")" && pwd)
dir=$(realpath -m "$1")
root=$dir/root
work=$dir/work
mkdir -p "$root" "$work"
: >"$dir/expected.tsv"
: >"$dir/near-misses.tsv"
umask 022

expect() { printf '%s\t%s\t%s\t%s\t%s\n' "$@" >>"$dir/expected.tsv"; }
miss() { printf '%s\t%s\n' "$@" >>"$dir/near-misses.tsv"; }
hash() { sha256sum | cut -d ' ' -f 1; }
seconds() { date -u -d "$1" +%s; }

# --- the machine ----------------------------------------------------------
machine_id=5f1c2a9d0b7e4c3f8a6d1e2b3c4d5e6f
mkdir -p "$root"/{etc,root,home,srv,opt,tmp,run,dev,proc,sys} \
	"$root"/usr/{bin,sbin,lib,share,local} "$root"/var/{lib,log,spool,www}
echo $machine_id >"$root/etc/machine-id"
echo web1 >"$root/etc/hostname"
printf 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n' \
	>"$root/etc/os-release"
cp /usr/share/base-passwd/passwd.master "$root/etc/passwd"
cp /usr/share/base-passwd/group.master "$root/etc/group"
sed 's/^\([^:]*\):.*/\1:*:19700:0:99999:7:::/' "$root/etc/passwd" \
	>"$root/etc/shadow"
chmod 0640 "$root/etc/shadow"
cp /etc/login.defs "$root/etc/login.defs"
printf '/bin/sh\n/bin/bash\n/usr/bin/bash\n' >"$root/etc/shells"
host=host:$(printf '%smuster' $machine_id | hash | cut -c 1-16)
echo "$host" >"$dir/host"
while IFS=: read -r name _; do
	[ "$name" = root ] || miss "account:$host:$name" \
		'a system account that nobody can sign in to'
done <"$root/etc/passwd"

user() { useradd --prefix "$root" --key MAIL_DIR=/nonexistent "$@" 2>/dev/null; }

# --- people and service accounts -------------------------------------------
for person in ada grace linus; do
	user -m -k /nonexistent -s /bin/bash -p '$6$x$'"$(printf %086d 7)" $person
	miss "account:$host:$person" 'a person'
	mkdir -p "$root/home/$person"
done
service() { # service NAME OPTION...
	local name=$1
	shift
	user -r "$@" "$name"
	expect service_account "account:$host:$name" etc/passwd - -
}
service backup-agent -m -k /nonexistent -d /var/lib/backup-agent -s /bin/bash
service deploy -m -k /nonexistent -d /srv/deploy -s /bin/sh -p '$6$y$'"$(printf %086d 8)"
service reporting -d /nonexistent -s /bin/bash -p '$y$j9T$abc$'"$(printf %043d 9)"
service ci-runner -d /opt/ci -s /bin/bash -p '!'
user -u 1500 -d /opt/intranet -s /usr/sbin/nologin -p '*' intranet
expect service_account "account:$host:intranet" etc/passwd - -
usermod --prefix "$root" -aG sudo deploy 2>/dev/null
expect service_account "account:$host:root" etc/passwd - -
mkdir -p "$root"/var/lib/backup-agent "$root"/srv/deploy "$root"/opt/ci
user -r -d /nonexistent -s /usr/sbin/nologin -p '*' _metrics
miss "account:$host:_metrics" 'a system account that nobody can sign in to'

# --- certificates -----------------------------------------------------------
cat >"$work/ca.cnf" <<'EOF'
[ca]
default_ca = d
[d]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = p
copy_extensions = copy
unique_subject = no
email_in_dn = no
[p]
countryName = optional
organizationName = optional
organizationalUnitName = optional
commonName = optional
emailAddress = optional
[leaf]
basicConstraints = critical,CA:FALSE
[server]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = serverAuth
[client]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = clientAuth
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
EOF
cd "$work"
: >index.txt
echo 1000 >serial

# key NAME KIND: a private key in NAME.key
key() {
	case $2 in
	rsa:*) openssl genrsa -out "$1.key" "${2#rsa:}" 2>/dev/null ;;
	ec:*) openssl ecparam -name "${2#ec:}" -genkey -noout -out "$1.key" ;;
	*) openssl genpkey -algorithm "$2" -out "$1.key" 2>/dev/null ;;
	esac
}

# cert NAME KEYKIND SUBJECT SANS FROM TO EXTENSIONS [ISSUER [DIGEST]]
cert() {
	local name=$1 kind=$2 subject=$3 sans=$4 from=$5 to=$6 ext=$7 ca=${8:-}
	local md=${9:-sha256} san=() sign
	key "$name" "$kind"
	[ -z "$sans" ] || san=(-addext "subjectAltName=$sans")
	openssl req -new -utf8 -key "$name.key" -subj "$subject" "${san[@]}" -out "$name.csr"
	if [ -n "$ca" ]; then
		sign=(-cert "$ca.crt" -keyfile "$ca.key")
	else
		sign=(-selfsign -keyfile "$name.key")
	fi
	[ "$kind" = ed25519 ] && [ -z "$ca" ] && md=null
	openssl ca -batch -notext -config ca.cnf -md "$md" -extensions "$ext" \
		-startdate "$from" -enddate "$to" "${sign[@]}" -in "$name.csr" \
		-out "$name.crt" >/dev/null 2>"$name.log" || { cat "$name.log" >&2; exit 1; }
}

x509_key() { echo "x509:$(openssl x509 -in "$1" -outform DER | hash)"; }
x509_end() { seconds "$(openssl x509 -in "$1" -noout -enddate | cut -d = -f 2)"; }
spki_key() { echo "spki:$(openssl pkey -in "$1" -pubout -outform DER | hash)"; }

# put FILE LOCATOR [MODE]
put() {
	mkdir -p "$root/$(dirname "$2")"
	cat "$1" >"$root/$2"
	chmod "${3:-0644}" "$root/$2"
}
# leaf KIND NAME LOCATOR [#BLOCK]: lay the certificate down and expect it
leaf() {
	put "$2.crt" "$3"
	expect "$1" "$(x509_key "$2.crt")" "$3${4:-#1}" public "$(x509_end "$2.crt")"
}
# secret NAME LOCATOR [MODE]: lay its private key down and expect it
secret() {
	put "$1.key" "$2" "${3:-0600}"
	expect tls_cert "$(spki_key "$1.key")" "$2#1" private -
}

cert root-ca rsa:2048 '/O=Example Works/CN=Example Works Root CA' '' \
	20200101000000Z 20400101000000Z authority
cert issuing-ca ec:prime256v1 '/O=Example Works/CN=Example Works Issuing CA' '' \
	20210101000000Z 20310101000000Z authority root-ca
put root-ca.crt usr/local/share/ca-certificates/example-works.crt
miss usr/local/share/ca-certificates/example-works.crt 'a trust anchor without its key'
put issuing-ca.crt etc/ssl/private-ca/ca.crt
put issuing-ca.key etc/ssl/private-ca/ca.key 0600
expect internal_ca "$(x509_key issuing-ca.crt)" 'etc/ssl/private-ca/ca.crt#1' trusted "$(x509_end issuing-ca.crt)"
expect internal_ca "$(spki_key issuing-ca.key)" 'etc/ssl/private-ca/ca.key#1' private -

y1=20260301000000Z y2=20270301000000Z
cert shop rsa:2048 '/CN=shop.example.com' 'DNS:shop.example.com,DNS:www.shop.example.com' $y1 $y2 server issuing-ca
leaf tls_cert shop etc/nginx/tls/shop.crt
secret shop etc/nginx/tls/shop.key
cert mail ec:prime256v1 '/CN=mail.example.com' 'DNS:mail.example.com' 20250901000000Z 20261001000000Z server issuing-ca
leaf tls_cert mail etc/postfix/cert # expired, no extension
secret mail etc/postfix/key 0640
cert soon rsa:2048 '/CN=soon.example.org' 'DNS:soon.example.org' 20260915000000Z 20261214000000Z server issuing-ca
leaf tls_cert soon srv/app/conf/bundle
cert vpn ed25519 '/CN=vpn.example.net' 'DNS:vpn.example.net,IP:192.0.2.7' $y1 $y2 server issuing-ca
leaf tls_cert vpn etc/openvpn/server.crt
secret vpn etc/openvpn/server.key 0644
cert wild rsa:3072 '/CN=*.example.com' 'DNS:*.example.com,DNS:example.com' $y1 $y2 leaf issuing-ca
leaf tls_cert wild opt/proxy/wild.pem
leaf tls_cert wild srv/copy/of/wild # the same certificate twice
cert db ec:secp384r1 '/CN=db.internal' 'DNS:db.internal' $y1 $y2 server issuing-ca
leaf tls_cert db var/lib/postgresql/server.crt
cert legacy rsa:1024 '/CN=legacy.example.com' 'DNS:legacy.example.com' 20180101000000Z 20280101000000Z leaf root-ca sha1
leaf tls_cert legacy opt/legacy/tls/legacy.cer
cert snake1 rsa:2048 '/CN=web1' '' 20230101000000Z 20330101000000Z leaf
leaf tls_cert snake1 etc/ssl/certs/ssl-cert-snakeoil.pem
secret snake1 etc/ssl/private/ssl-cert-snakeoil.key 0640
cert snake2 rsa:2048 '/CN=web1' '' 20230101000000Z 20330101000000Z leaf
leaf tls_cert snake2 opt/other/snakeoil.pem
cert utf8 ec:prime256v1 '/O=Bäckerei Müller/CN=kasse.example.de' 'DNS:kasse.example.de' $y1 $y2 server issuing-ca
leaf tls_cert utf8 home/ada/kasse.txt
cert robot ec:prime256v1 '/O=Example Works/CN=backup robot' 'email:backup@example.com' $y1 $y2 client issuing-ca
leaf client_cert robot var/lib/backup-agent/client.pem
put robot.key var/lib/backup-agent/client.key 0600
expect client_cert "$(spki_key robot.key)" 'var/lib/backup-agent/client.key#1' private -
cert meter ed25519 '/CN=meter-0042' '' 20200101000000Z 20230101000000Z client issuing-ca
leaf client_cert meter opt/meters/0042

# What everybody's first certificate is: openssl's own default, CA:TRUE.
openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=nas.example.lan \
	-addext subjectAltName=DNS:nas.example.lan -keyout quick.key -out quick.crt 2>/dev/null
leaf tls_cert quick opt/nas/cert.pem
secret quick opt/nas/key.pem
openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=old.example.lan \
	-keyout quick2.key -out quick2.crt 2>/dev/null
leaf tls_cert quick2 opt/nas/cert2.pem

# A chain in one file, key and certificate in one file, DER, PKCS#7, PKCS#12.
cert chain rsa:2048 '/CN=api.example.com' 'DNS:api.example.com' $y1 $y2 server issuing-ca
cat chain.crt issuing-ca.crt root-ca.crt >chain.all
put chain.all etc/apache2/api-fullchain.pem
expect tls_cert "$(x509_key chain.crt)" 'etc/apache2/api-fullchain.pem#1' public "$(x509_end chain.crt)"
miss 'etc/apache2/api-fullchain.pem#3' 'a trust anchor without its key'
cert both rsa:2048 '/CN=haproxy.example.com' 'DNS:haproxy.example.com' $y1 $y2 server issuing-ca
{ echo 'Bag Attributes: none'; cat both.key; echo; cat both.crt; } >both.pem
put both.pem etc/haproxy/site.pem 0600
expect tls_cert "$(spki_key both.key)" 'etc/haproxy/site.pem#1' private -
expect tls_cert "$(x509_key both.crt)" 'etc/haproxy/site.pem#2' public "$(x509_end both.crt)"
cert der ec:prime256v1 '/CN=der.example.com' 'DNS:der.example.com' $y1 $y2 server issuing-ca
openssl x509 -in der.crt -outform DER -out der.der
put der.der srv/der/certificate
expect tls_cert "$(x509_key der.crt)" srv/der/certificate public "$(x509_end der.crt)"
cert crlf ec:prime256v1 '/CN=crlf.example.com' 'DNS:crlf.example.com' $y1 $y2 server issuing-ca
sed 's/$/\r/' crlf.crt >crlf.pem
put crlf.pem srv/windows/site.cer
expect tls_cert "$(x509_key crlf.crt)" 'srv/windows/site.cer#1' public "$(x509_end crlf.crt)"
cert p7 ec:prime256v1 '/CN=p7.example.com' 'DNS:p7.example.com' $y1 $y2 server issuing-ca
openssl crl2pkcs7 -nocrl -certfile p7.crt -out p7.p7b
put p7.p7b srv/p7/chain.p7b
expect tls_cert "$(x509_key p7.crt)" 'srv/p7/chain.p7b#1' public "$(x509_end p7.crt)"
cert p12 rsa:2048 '/CN=p12.example.com' 'DNS:p12.example.com' $y1 $y2 server issuing-ca
openssl pkcs12 -export -inkey p12.key -in p12.crt -passout pass: -out p12.p12
put p12.p12 opt/java/site.pfx 0600
expect tls_cert "$(x509_key p12.crt)" opt/java/site.pfx public "$(x509_end p12.crt)"

# Private keys that stand alone, in every shape openssl writes.
alone() { # alone LOCATOR MODE FILE
	put "$3" "$1" "$2"
	expect signing_key "$(spki_key "$4")" "$1#1" private -
}
key lone1 rsa:2048
openssl rsa -in lone1.key -traditional -out lone1.pkcs1 2>/dev/null
alone opt/signing/app 0600 lone1.pkcs1 lone1.key
key lone2 ec:secp521r1
openssl pkcs8 -topk8 -nocrypt -in lone2.key -out lone2.pkcs8
alone srv/app/jwt 0644 lone2.pkcs8 lone2.key
key lone3 ed25519
alone home/grace/notes/old-key.txt 0600 lone3.key lone3.key

# --- SSH ---------------------------------------------------------------------
ssh_key() { # ssh_key NAME TYPE COMMENT [PASSPHRASE]
	local bits=()
	[ "${2#*:}" = "$2" ] || bits=(-b "${2#*:}")
	ssh-keygen -q -t "${2%:*}" "${bits[@]}" -N "${4:-}" -C "$3" -f "$1"
}
# ssh_spki PUB: its credential key. ssh-keygen converts all but Ed25519, whose
# SubjectPublicKeyInfo is RFC 8410's twelve bytes and the last 32 of the blob.
ssh_spki() {
	case $(cut -d ' ' -f 1 "$1") in
	ssh-ed25519)
		{ printf '\060\052\060\005\006\003\053\145\160\003\041\000'
		cut -d ' ' -f 2 "$1" | base64 -d | tail -c 32; } |
			openssl pkey -pubin -inform DER -pubout -outform DER
		;;
	*) ssh-keygen -e -m PKCS8 -f "$1" | openssl pkey -pubin -outform DER ;;
	esac | hash | sed 's/^/spki:/'
}
authorize() { # authorize FILE(locator) LINE-NUMBER NAME
	expect ssh_key "$(ssh_spki "$3.pub")" "$1:$2" authorized -
}
mkdir -p "$root"/root/.ssh "$root"/home/{ada,grace,linus}/.ssh \
	"$root"/srv/deploy/.ssh "$root"/var/lib/backup-agent/.ssh "$root"/etc/ssh
for t in rsa:3072 ecdsa:256 ed25519; do
	n=ssh_host_${t%:*}_key
	ssh_key "$n" $t root@web1
	put "$n" "etc/ssh/$n" 0600
	put "$n.pub" "etc/ssh/$n.pub"
	expect host_key "$(ssh_spki "$n.pub")" "etc/ssh/$n#1" private -
done
ssh_key k-ada ed25519 ada@laptop
ssh_key k-deploy ed25519 deploy@ci.example.com
ssh_key k-backup rsa:3072 backup@nas.example.com
ssh_key k-old rsa:1024 old-supplier
ssh_key k-root ecdsa:384 'ops emergency'
ssh_key k-quoted ed25519 'key with a "quoted" comment'
ssh_key k-locked ed25519 locked@web1 hunter2
ssh_key k-shared ecdsa:521 monitoring@example.com
cat k-ada.pub >"$root/home/ada/.ssh/authorized_keys"
authorize home/ada/.ssh/authorized_keys 1 k-ada
{
	echo '# people who may help'
	echo
	cat k-root.pub
	printf 'from="10.0.0.0/8",command="/usr/bin/rsync --server" '
	cat k-backup.pub
} >"$root/root/.ssh/authorized_keys"
authorize root/.ssh/authorized_keys 3 k-root
authorize root/.ssh/authorized_keys 4 k-backup
miss root/.ssh/authorized_keys:1 'a comment'
{
	cat k-deploy.pub
	printf 'no-pty,command="echo \\"hi, there\\" # no" '
	cat k-quoted.pub
	cat k-shared.pub
} >"$root/srv/deploy/.ssh/authorized_keys"
authorize srv/deploy/.ssh/authorized_keys 1 k-deploy
authorize srv/deploy/.ssh/authorized_keys 2 k-quoted
authorize srv/deploy/.ssh/authorized_keys 3 k-shared
sed 's/$/\r/' k-old.pub >"$root/home/grace/.ssh/authorized_keys"
cat k-shared.pub >>"$root/home/grace/.ssh/authorized_keys"
echo '# ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFake retired' >>"$root/home/grace/.ssh/authorized_keys"
authorize home/grace/.ssh/authorized_keys 1 k-old
authorize home/grace/.ssh/authorized_keys 2 k-shared
miss home/grace/.ssh/authorized_keys:3 'a line that is commented out'
private() { # private NAME LOCATOR
	put "$1" "$2" 0600
	expect ssh_key "$(ssh_spki "$1.pub")" "$2#1" private -
}
private k-deploy opt/ci/deploy-key # no telling name
private k-locked home/linus/.ssh/id_ed25519
private k-backup var/lib/backup-agent/.ssh/id_rsa
put k-locked.pub home/linus/.ssh/id_ed25519.pub
ssh-keygen -q -H -f "$work/none" >/dev/null 2>&1 || true
printf 'git.example.com %s\n' "$(cut -d ' ' -f 1,2 <ssh_host_ed25519_key.pub)" >"$work/kh"
ssh_key other-host ed25519 git
printf 'git.example.com %s\n' "$(cut -d ' ' -f 1,2 other-host.pub)" >"$root/home/ada/.ssh/known_hosts"
miss home/ada/.ssh/known_hosts:1 'a server that is known, not a login'

# --- jobs and services -----------------------------------------------------------
unit() { # unit FILE: standard input is the unit
	mkdir -p "$root/etc/systemd/system"
	cat >"$root/etc/systemd/system/$1"
	expect workload "unit:$host:$1" "etc/systemd/system/$1" - -
}
unit intranet.service <<'EOF'
[Unit]
Description=Intranet of Example Works

[Service]
User=intranet
Environment=PORT=8080 SESSION_SECRET=3f9a0c77d1e24b5588aa90ef12cd3467
ExecStart=/opt/intranet/bin/serve \
    --port 8080
EOF
unit backup.service <<'EOF'
[Service]
Type=oneshot
ExecStart=/usr/local/bin/backup
EOF
unit report-mailer.service <<'EOF'
[Service]
User=reporting
ExecStart=/opt/report/mail
EOF
unit 'worker@.service' <<'EOF'
[Service]
DynamicUser=yes
ExecStart=/opt/worker/run %i
EOF
unit api-gateway.service <<'EOF'
# comment
[Service]
User=
User=deploy
ExecStart=/srv/app/gateway
EOF
cron() { expect workload "cron:$host:$1:*" "$1" - -; }
mkdir -p "$root"/etc/cron.d "$root"/etc/cron.daily "$root"/var/spool/cron/crontabs
cat >"$root/etc/crontab" <<'EOF'
SHELL=/bin/sh
MAILTO=ops@example.com
# m h dom mon dow user command
17 * * * * root /usr/local/bin/rotate-logs
EOF
cron etc/crontab
cat >"$root/etc/cron.d/sync" <<'EOF'
*/5 * * * * deploy /srv/app/bin/sync --all
@reboot backup-agent /usr/local/bin/announce
EOF
cron etc/cron.d/sync
cron etc/cron.d/sync
printf '30 2 * * 1-5 /home/ada/bin/nightly\n' >"$root/var/spool/cron/crontabs/ada"
cron var/spool/cron/crontabs/ada
printf '#!/bin/sh\nexec /usr/local/bin/prune\n' >"$root/etc/cron.daily/prune"
chmod 0755 "$root/etc/cron.daily/prune"
cron etc/cron.daily/prune

# --- logins and tokens in files -----------------------------------------------------
mkdir -p "$root/root/.docker" "$root/srv/deploy/.docker" "$root/home/ada/.cursor"
cat >"$root/root/.docker/config.json" <<EOF
{"auths": {"registry.example.com": {"auth": "$(printf 'puller:kept:safe' | base64)"},
  "https://index.docker.io/v1/": {"auth": "$(printf 'exampleworks:hub-password' | base64)"}}}
EOF
expect token 'login:https://puller@registry.example.com' root/.docker/config.json - -
expect token 'login:https://exampleworks@index.docker.io*' root/.docker/config.json - -
printf '{"auths": {"ghcr.io": {}}, "credsStore": "pass"}\n' \
	>"$root/srv/deploy/.docker/config.json"
miss srv/deploy/.docker/config.json 'the password is in a store elsewhere'
cat >"$root/home/ada/.cursor/mcp.json" <<'EOF'
{ // servers of the editor
  "mcpServers": {
    "tickets": {"command": "npx", "args": ["tickets-mcp"],
      "env": {"TICKETS_TOKEN": "tk-5b1f0c9e7a3d42668f10", "TICKETS_URL": "https://tickets.example.com"}},
    "ledger": {"command": "ledger-mcp", "env": {"LEDGER_API_KEY": "${LEDGER_API_KEY}"}},
  }
}
EOF
expect ai_agent 'agent:*' home/ada/.cursor/mcp.json - -
expect token 'secret:*' 'home/ada/.cursor/mcp.json*' private -

chmod 0700 "$root/root" "$root/home/linus"
# --- near misses -------------------------------------------------------------
near() { # near LOCATOR WHY: standard input is the file
	mkdir -p "$root/$(dirname "$1")"
	cat >"$root/$1"
	miss "$1" "$2"
}
near usr/share/doc/howto.pem 'prose' <<'EOF'
To install a certificate, copy everything from the line that says
BEGIN CERTIFICATE to the line that says END CERTIFICATE into a file.
-----BEGIN: what follows is only talk-----
EOF
near srv/docs/guide.md 'an armour line without a body' <<'EOF'
The file starts with `-----BEGIN CERTIFICATE-----` and ends with
`-----END CERTIFICATE-----`; keep it safe.
EOF
openssl dhparam -dsaparam -out dh.pem 2048 2>/dev/null
near etc/ssl/dhparam.pem 'Diffie-Hellman parameters' <dh.pem
openssl ecparam -name prime256v1 -out ecp.pem
near etc/ssl/ecparam.pem 'curve parameters' <ecp.pem
openssl pkey -in shop.key -pubout -out pub.pem
near srv/app/public.pem 'a public key alone' <pub.pem
near srv/app/request.csr 'a certificate request' <shop.csr
openssl ca -gencrl -config ca.cnf -cert root-ca.crt -keyfile root-ca.key -crldays 30 -out crl.pem 2>/dev/null
near etc/ssl/root.crl 'a revocation list' <crl.pem
near srv/app/notes.txt 'words about ssh-ed25519' <<'EOF'
Use ssh-ed25519 keys. A line looks like: ssh-ed25519 AAAAC3Nza... comment
EOF
near home/ada/.gnupg/key.asc 'an OpenPGP block' <<'EOF'
-----BEGIN PGP PUBLIC KEY BLOCK-----

mDMEZ
-----END PGP PUBLIC KEY BLOCK-----
EOF
# The distribution's roots: a package's files, and the bundle made from them.
package() { # package NAME: its files on standard input, with their md5sums
	mkdir -p "$root/var/lib/dpkg/info"
	while read -r f; do
		echo "/$f" >>"$root/var/lib/dpkg/info/$1.list"
		(cd "$root" && md5sum "$f") >>"$root/var/lib/dpkg/info/$1.md5sums"
	done
}
mkdir -p "$root/usr/share/ca-certificates/mozilla"
i=0
for f in /usr/share/ca-certificates/mozilla/*.crt; do
	[ $i -lt 25 ] || break
	i=$((i + 1))
	put "$f" "usr/share/ca-certificates/mozilla/$(basename "$f")"
	cat "$f" >>bundle.crt
	echo "usr/share/ca-certificates/mozilla/$(basename "$f")"
	miss "usr/share/ca-certificates/mozilla/$(basename "$f")" 'a public root'
done | package ca-certificates
[ ! -f bundle.crt ] || near etc/ssl/certs/ca-certificates.crt "the distribution's bundle" <bundle.crt
cert pkgtest rsa:2048 '/CN=localhost' 'DNS:localhost' 20150101000000Z 20160101000000Z leaf
put pkgtest.crt usr/share/doc/libexample/tests/expired.pem
put pkgtest.key usr/share/doc/libexample/tests/expired.key
printf '%s\n' usr/share/doc/libexample/tests/expired.{pem,key} | package libexample-dev
miss usr/share/doc/libexample/tests/expired.pem "a package's test certificate"
miss usr/share/doc/libexample/tests/expired.key "a package's test key"
cert modtest ec:prime256v1 '/CN=test.example.com' 'DNS:test.example.com' 20150101000000Z 20160101000000Z leaf
put modtest.crt usr/lib/python3/dist-packages/thing/tests/cert.pem
put modtest.key usr/lib/python3/dist-packages/thing/tests/key.pem
put modtest.key opt/site/node_modules/agent/test/fixtures/key.pem
miss usr/lib/python3/dist-packages/thing/tests/cert.pem "a library's test certificate"
miss usr/lib/python3/dist-packages/thing/tests/key.pem "a library's test key"
miss opt/site/node_modules/agent/test/fixtures/key.pem "a library's test key"
head -c 400 shop.crt | near srv/broken/cut.pem 'a certificate that is cut off: a gap, not an identity'
{ printf '\060\202\004\000'; head -c 2000 /dev/zero; } | near srv/app/data.bin 'bytes that begin like DER'
head -c 300000 /dev/zero | tr '\0' 'A' | near srv/app/long.line 'one long line'
mkfifo "$root/srv/fifo.pem"
miss srv/fifo.pem 'a FIFO'
ln -s /etc/shadow "$root/srv/link.pem"
ln -s .. "$root/srv/loop"
miss srv/link.pem 'a symbolic link'
mkdir "$root/home/ada/.ssh/id_rsa"
miss home/ada/.ssh/id_rsa 'a directory with the name of a key'
# shellcheck source=tests/estate/family-a.sh
. "$here/family-a.sh"
# shellcheck source=tests/estate/across.sh
. "$here/across.sh"
# shellcheck source=tests/estate/family-login.sh
. "$here/family-login.sh"
truncate -s 3G "$root/srv/sparse.img"
miss srv/sparse.img 'a sparse file'
