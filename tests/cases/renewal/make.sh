#!/bin/bash
# Made against pebble, a test server of ACME on the loopback address, by certbot
# 2.1.0, lego 4.9.1 and caddy 2.6.2; no name here is looked up. Only what names
# no key is kept; want.txt: file, key of the certificate, by openssl.
#
# acmesh.conf, acmesh-account.conf and odd.conf are written by hand: acme.sh is
# packaged by nobody whose packages are used here. Their form is that of its
# functions _savedomainconf and _saveaccountconf.
set -eu
cd "$(dirname "$0")"
here=$PWD
work=$(mktemp -d)
cd "$work"
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; rm -rf "$work"' EXIT
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
	-addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
	-keyout srv.key -out srv.pem 2>/dev/null
cat >pebble.json <<PEBBLE
{"pebble": {"listenAddress": "127.0.0.1:14000",
  "managementListenAddress": "127.0.0.1:15000",
  "certificate": "$work/srv.pem", "privateKey": "$work/srv.key",
  "httpPort": 15002, "tlsPort": 15001, "ocspResponderURL": "",
  "externalAccountBindingRequired": false}}
PEBBLE
PEBBLE_VA_ALWAYS_VALID=1 PEBBLE_VA_NOSLEEP=1 PEBBLE_WFE_NONCEREJECT=0 \
	pebble -config pebble.json >pebble.log 2>&1 &
pids+=($!)
sleep 2
acme=https://localhost:14000/dir
mkdir -p www
REQUESTS_CA_BUNDLE=$work/srv.pem /usr/bin/certbot certonly -n --agree-tos \
	-m pki@example.com --server $acme --webroot -w www -d www.example.com \
	-d example.com --config-dir le --work-dir le-work --logs-dir le-log \
	--deploy-hook 'systemctl reload nginx' >certbot.log 2>&1 || cat certbot.log
LEGO_CA_CERTIFICATES=$work/srv.pem lego --server $acme --accept-tos \
	--email ops@example.com --domains shop.example.com --http \
	--http.port 127.0.0.1:15002 --path lego run >lego.log 2>&1 || cat lego.log
cat >Caddyfile <<CADDY
{
	admin off
	email web@example.com
	acme_ca $acme
	acme_ca_root $work/srv.pem
	http_port 15002
	https_port 15001
	storage file_system $work/caddy
}
files.example.com {
	bind 127.0.0.1
}
CADDY
HOME=$work XDG_DATA_HOME=$work caddy run --config Caddyfile >caddy.log 2>&1 &
pids+=($!)
for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
	ls caddy/certificates/*/*/*.crt >/dev/null 2>&1 && break
	sleep 1
done
find le/renewal le/accounts lego caddy -type f >&2
cp le/renewal/*.conf "$here/certbot.conf"
cp "$(find le/accounts -name regr.json)" "$here/certbot-regr.json"
cp le/archive/*/cert1.pem "$here/certbot.pem"
cp lego/certificates/shop.example.com.json "$here/lego.json"
cp lego/certificates/shop.example.com.crt "$here/lego.pem"
cp caddy/certificates/*/files.example.com/files.example.com.json "$here/caddy.json"
cp caddy/certificates/*/files.example.com/files.example.com.crt "$here/caddy.pem"
sed -i "s,$work/le,/etc/letsencrypt,; s,$work,/var,; s,localhost:14000/dir,acme.example.net/directory,; s,localhost:14000,acme.example.net," \
	"$here"/certbot.conf "$here"/*.json
cd "$here"
for f in *.pem; do
	echo "$f x509:$(openssl x509 -in "$f" -outform DER | sha256sum | cut -d ' ' -f 1)"
done >want.txt
