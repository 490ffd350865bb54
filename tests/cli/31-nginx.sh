# Goal of this test: which certificate nginx serves under which name. A real
# nginx runs with the configuration on loopback, and what it shows to openssl is
# what the scan has to say. What it does not serve is not in use.
. "$(dirname "$0")/lib.sh" || exit 1
nginx=/usr/sbin/nginx
r=$tmp/root conf=$tmp/root/etc/nginx
[ -x $nginx ] || { wrong "no $nginx: tools/install-deps check"; exit 1; }

make_root "$r"
printf 'www-data:x:33:33::/var/www:/usr/sbin/nologin\n' >>"$r/etc/passwd"
mkdir -p "$conf"/{tls,conf.d,snippets,sites-available,sites-enabled} "$tmp/run"
for name in www wild inherited second default plain old later gone; do
	certificate "$conf/tls/$name.crt" "/CN=$name.example.org" \
		20261101000000Z 20271101000000Z
	cp "$tmp/ca/leaf" "$conf/tls/$name.key"
done
# www has one of RSA as well, self-made: the default site's is like it.
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$conf/tls/rsa.key" \
	-out "$conf/tls/rsa.crt" -subj /CN=www.example.org -days 30 2>/dev/null
read -r p q plain < <(python3 - <<'E'
import socket
s = [socket.socket() for _ in range(3)]
for one in s:
    one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in s))
E
)
cat >"$conf/nginx.conf" <<E
user www-data;
events { }
http {
	access_log off;
	client_body_temp_path $tmp/run/b; proxy_temp_path $tmp/run/p;
	fastcgi_temp_path $tmp/run/f; uwsgi_temp_path $tmp/run/u;
	scgi_temp_path $tmp/run/s;
	ssl_certificate tls/inherited.crt;
	ssl_certificate_key tls/inherited.key;
	include conf.d/*.conf;
	include sites-enabled/*;
	# server { listen 127.0.0.1:$p ssl; ssl_certificate tls/old.crt; }
}
E
cat >"$conf/conf.d/default.conf" <<E
server {
	listen 127.0.0.1:$p ssl default_server;
	server_name _;
	ssl_certificate "tls/default.crt";
	ssl_certificate_key 'tls/default.key';
}
server { listen 127.0.0.1:$plain; server_name plain.example.org;
	ssl_certificate tls/plain.crt; ssl_certificate_key tls/plain.key; }
E
cat >"$conf/sites-available/www" <<E
server {
	server_name www.example.org
		example.org;
	include snippets/tls-www.conf;
}
server {
	listen 127.0.0.1:$p;	# with TLS all the same: by the address
	server_name *.wild.example.org;
	ssl_certificate tls/wild.crt; ssl_certificate_key tls/wild.key;
}
server { listen 127.0.0.1:$q ssl; server_name inherited.example.org; }
server {
	listen 127.0.0.1:$q ssl; server_name second.example.org;
	ssl_certificate tls/second.crt; ssl_certificate_key tls/second.key;
	location / {
		auth_basic "staff";
		auth_basic_user_file htpasswd;
		proxy_set_header Authorization "Basic $(printf 'ada:canary-of-nginx' | base64)";
		proxy_set_header X-Api-Key canary-of-nginx;
		proxy_pass http://127.0.0.1:9/;
	}
}
E
printf 'include snippets/tls-on.conf;\nssl_certificate tls/www.crt;\nssl_certificate_key tls/www.key;\nssl_certificate tls/rsa.crt;\nssl_certificate_key tls/rsa.key;\n' \
	>"$conf/snippets/tls-www.conf"
printf 'listen 127.0.0.1:%s ssl;\n' "$p" >"$conf/snippets/tls-on.conf"
printf 'server { listen 127.0.0.1:%s ssl; server_name later.example.org;\n ssl_certificate tls/later.crt; ssl_certificate_key tls/later.key; }\n' \
	"$p" >"$conf/sites-available/later"
ln -s ../sites-available/www "$conf/sites-enabled/www"
htpasswd -cbB "$conf/htpasswd" ada hello 2>/dev/null
htpasswd -bm "$conf/htpasswd" bob hello 2>/dev/null

# --- what nginx says and does -------------------------------------------------
nginx() { $nginx -p "$conf/" -c "$conf/nginx.conf" "$@"; }
nginx -g "pid $tmp/nginx.pid; error_log $tmp/nginx.log;" -T >"$tmp/T" 2>"$tmp/log" ||
	wrong "nginx -T: $(cat "$tmp/log")"
# shellcheck disable=SC2086
(exec $nginx -p "$conf/" -c "$conf/nginx.conf" \
	-g "pid $tmp/nginx.pid; error_log $tmp/nginx.log; daemon off; master_process off;") \
	>"$tmp/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || :; finish' EXIT
for _ in $(seq 100); do
	(: <"/dev/tcp/127.0.0.1/$q") 2>/dev/null && break
	sleep 0.05
done
# came NAME PORT [OPTION...]: the hash of the certificate that comes.
came() {
	openssl s_client -connect "127.0.0.1:$2" -servername "$1" "${@:3}" \
		</dev/null 2>/dev/null | openssl x509 -outform DER 2>/dev/null |
		sha256sum | cut -d ' ' -f 1
}
rsa='-tls1_2 -cipher ECDHE-RSA-AES256-GCM-SHA384'
ec='-tls1_2 -cipher ECDHE-ECDSA-AES256-GCM-SHA384'
asked=()
for name in www.example.org example.org; do
	# shellcheck disable=SC2086
	asked+=("$name=$(came $name "$p" $rsa)" "$name=$(came $name "$p" $ec)")
done
asked+=("*.wild.example.org=$(came a.wild.example.org "$p")"
	"-=$(came nobody.example.org "$p")"
	"inherited.example.org=$(came inherited.example.org "$q")"
	"second.example.org=$(came second.example.org "$q")")
is 'a site that is not enabled' "$(came later.example.org "$p")" \
	"$(came nobody.example.org "$p")"
kill "$server"
wait "$server" 2>/dev/null
! kill -0 "$server" 2>/dev/null && ! (: <"/dev/tcp/127.0.0.1/$q") 2>/dev/null ||
	wrong 'nginx runs on'

# --- what Muster says -----------------------------------------------------------
run 0 scan --root "$r"
python3 "$(dirname "$0")/served.py" "$out" nginx "${asked[@]}" >"$tmp/said" 2>&1 ||
	wrong "what is served: $(cat "$tmp/said")"
grep -o '"locator":"etc/nginx/[^":]*:[0-9]*","role":"in_use"' "$out" |
	cut -d '"' -f 4 | cut -d : -f 1 | sort -u >"$tmp/files"
while read -r file; do
	grep -qF "$(basename "$file")" "$tmp/T" || wrong "nginx does not read $file"
done <"$tmp/files"
has 'an include chain' "$tmp/files" etc/nginx/snippets/tls-www.conf
is 'users' "$(grep -c '"type":"grant".*htpasswd://' "$out")" 2
is 'headers with a secret' \
	"$(grep -c '"role":"private".*"detail":"\(Authorization\|X-Api-Key\)"' "$out")" 2
hasnot 'a secret' "$out" canary-of-nginx
is 'gaps' "$(grep '"type":"gap"' "$out" | grep -c '"place":"web\.')" 0

# A year on, those that are served have expired, and so has one that nobody uses.
run 0 audit --root "$r" --data "$tmp/data" --as-of 2027-12-01 --format markdown
has 'expired, in the audit' "$out" "in use: nginx serves \*.wild.example.org on $p"
for name in '*.wild' old; do
	run 0 list --data "$tmp/data" --format csv "${name#\*.}.example.org"
	sed -n 2p "$out" | cut -d, -f1 >>"$tmp/ids"
done
run 0 show "$(sed -n 1p "$tmp/ids")" --data "$tmp/data" --as-of 2027-12-01
tr -s ' \n' ' ' <"$out" >"$tmp/shown"
has 'in use, in show' "$tmp/shown" \
	"Certificate has expired (in use: nginx serves *.wild.example.org on $p)"
has 'who uses it' "$tmp/shown" \
	'is used by nginx.service ('
run 0 show "$(sed -n 2p "$tmp/ids")" --data "$tmp/data" --as-of 2027-12-01
tr -s ' \n' ' ' <"$out" >"$tmp/shown"
has 'a relic, in show' "$tmp/shown" \
	'Certificate has expired (a relic: nothing was found that uses it)'

# A certificate that is gone: nginx refuses to start, Muster says who wants it.
rm "$conf/tls/second.crt"
nginx -t >"$tmp/log" 2>&1 && wrong 'nginx takes a certificate that is not there'
run 0 scan --root "$r"
has 'a certificate that is gone' "$out" \
	'etc/nginx/tls/second.crt is not there; nginx serves second.example.org'
