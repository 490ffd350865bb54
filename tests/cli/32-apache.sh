# Goal of this test: which certificate Apache serves under which name. A real
# Apache runs with the configuration on loopback, and what it shows to openssl is
# what the scan has to say. What it does not serve is not in use.
. "$(dirname "$0")/lib.sh" || exit 1
apache=/usr/sbin/apache2 modules=/usr/lib/apache2/modules
r=$tmp/root conf=$tmp/root/etc/apache2
[ -x $apache ] || { wrong "no $apache: tools/install-deps check"; exit 1; }

make_root "$r"
printf 'www-data:x:33:33::/var/www:/usr/sbin/nologin\n' >>"$r/etc/passwd"
mkdir -p "$conf"/{tls,mods,conf-enabled,sites-available,sites-enabled} "$tmp/run"
for name in www wild inherited alone off old later; do
	certificate "$conf/tls/$name.crt" "/CN=$name.example.org" \
		20261101000000Z 20271101000000Z
	cp "$tmp/ca/leaf" "$conf/tls/$name.key"
done
read -r p q plain < <(python3 - <<'E'
import socket
s = [socket.socket() for _ in range(3)]
for one in s:
    one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in s))
E
)
# ServerRoot is where the test lies; on a real machine it is /etc/apache2, and
# the scan takes the folder of the file where nothing is said.
cat >"$conf/apache2.conf" <<E
DefaultRuntimeDir $tmp/run
PidFile $tmp/run/pid
ErrorLog $tmp/run/log
User www-data
Group www-data
ServerName main.example.org
IncludeOptional mods/*.load
Listen 127.0.0.1:$p https
Listen 127.0.0.1:$q http
Listen 127.0.0.1:$plain
Define TLS tls
<IfModule ssl_module>
	SSLCertificateFile \${TLS}/inherited.crt
	SSLCertificateKeyFile \${TLS}/inherited.key
	SSLSessionCache none
</IfModule>
IncludeOptional conf-enabled/*.conf
IncludeOptional sites-enabled/*.conf
# <VirtualHost *:$p> SSLCertificateFile tls/old.crt
E
for m in mpm_event ssl authn_core authn_file authz_core authz_user auth_basic headers; do
	echo "LoadModule ${m}_module $modules/mod_$m.so"
done >"$conf/mods/all.load"
cat >"$conf/sites-available/www.conf" <<E
<VirtualHost 127.0.0.1:$p>
	ServerName www.example.org
	ServerAlias example.org \\
		*.www.example.org
	Include conf-enabled/tls.inc
</VirtualHost>
<VirtualHost 127.0.0.1:$p>
	ServerName wild.example.org
	ServerAlias *.wild.example.org
	SSLEngine on
	SSLCertificateFile "tls/wild.crt"
	SSLCertificateKeyFile "tls/wild.key"
</VirtualHost>
<VirtualHost 127.0.0.1:$p>
	ServerName inherited.example.org
</VirtualHost>
<VirtualHost 127.0.0.1:$q>
	ServerName alone.example.org
	SSLEngine on
	SSLCertificateFile tls/alone.crt
	SSLCertificateKeyFile tls/alone.key
	<Location "/">
		AuthType Basic
		AuthName "staff"
		AuthUserFile htpasswd
		Require valid-user
		RequestHeader set Authorization "Basic $(printf 'ada:canary-of-apache' | base64)"
	</Location>
</VirtualHost>
<VirtualHost 127.0.0.1:$plain>
	ServerName off.example.org
	SSLEngine off
	SSLCertificateFile tls/off.crt
	SSLCertificateKeyFile tls/off.key
</VirtualHost>
E
printf 'SSLCertificateFile tls/www.crt\nSSLCertificateKeyFile tls/www.key\n' \
	>"$conf/conf-enabled/tls.inc"
printf '<VirtualHost 127.0.0.1:%s>\nServerName later.example.org\nSSLEngine on\nSSLCertificateFile tls/later.crt\nSSLCertificateKeyFile tls/later.key\n</VirtualHost>\n' \
	"$p" >"$conf/sites-available/later.conf"
ln -s ../sites-available/www.conf "$conf/sites-enabled/www.conf"
htpasswd -cbB "$conf/htpasswd" ada hello 2>/dev/null
htpasswd -bm "$conf/htpasswd" bob hello 2>/dev/null

# --- what Apache says and does ------------------------------------------------
apache() { $apache -d "$conf" -f "$conf/apache2.conf" "$@"; }
apache -t -D DUMP_VHOSTS -D DUMP_INCLUDES >"$tmp/T" 2>"$tmp/log" ||
	wrong "apache2 -t: $(cat "$tmp/log")"
# shellcheck disable=SC2086
(exec $apache -d "$conf" -f "$conf/apache2.conf" -D FOREGROUND) >"$tmp/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || :; finish' EXIT
for _ in $(seq 200); do
	(: <"/dev/tcp/127.0.0.1/$q") 2>/dev/null && break
	sleep 0.05
done
# came NAME PORT: the hash of the certificate that comes.
came() {
	openssl s_client -connect "127.0.0.1:$2" -servername "$1" </dev/null \
		2>/dev/null | openssl x509 -outform DER 2>/dev/null |
		sha256sum | cut -d ' ' -f 1
}
asked=()
for name in www.example.org example.org wild.example.org inherited.example.org; do
	asked+=("$name=$(came $name "$p")")
done
asked+=("*.www.example.org=$(came a.www.example.org "$p")"
	"*.wild.example.org=$(came a.wild.example.org "$p")"
	"alone.example.org=$(came alone.example.org "$q")")
is 'a site that is not enabled' "$(came later.example.org "$p")" \
	"$(came nobody.example.org "$p")"
is 'a site without TLS' "$(came off.example.org "$plain")" \
	"$(: | sha256sum | cut -d ' ' -f 1)"
kill "$server"
wait "$server" 2>/dev/null
! (: <"/dev/tcp/127.0.0.1/$q") 2>/dev/null || wrong 'Apache runs on'

# --- what Muster says -----------------------------------------------------------
run 0 scan --root "$r"
python3 "$(dirname "$0")/served.py" "$out" Apache "${asked[@]}" >"$tmp/said" 2>&1 ||
	wrong "what is served: $(cat "$tmp/said")"
grep -o '"locator":"etc/apache2/[^":]*:[0-9]*","role":"in_use"' "$out" |
	cut -d '"' -f 4 | cut -d : -f 1 | sort -u >"$tmp/files"
while read -r file; do
	grep -qF "$(basename "$file")" "$tmp/T" || wrong "Apache does not read $file"
done <"$tmp/files"
has 'an include chain' "$tmp/files" etc/apache2/conf-enabled/tls.inc
is 'users' "$(grep -c '"type":"grant".*htpasswd://' "$out")" 2
is 'a header with a secret' \
	"$(grep -c '"role":"private".*"detail":"Authorization"' "$out")" 1
hasnot 'a secret' "$out" canary-of-apache
is 'gaps' "$(grep '"type":"gap"' "$out" | grep -c '"place":"web\.')" 0

rm "$conf/tls/alone.crt"
apache -t >"$tmp/log" 2>&1 && wrong 'Apache takes a certificate that is not there'
run 0 scan --root "$r"
has 'a certificate that is gone' "$out" \
	'etc/apache2/tls/alone.crt is not there; Apache serves alone.example.org'
