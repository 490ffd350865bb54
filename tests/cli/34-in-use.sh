# Goal of this test: services without a decoder of their own for all they do
# name their certificates; each is one identity with the file that is named,
# leads to the service, and leaves no gap behind.
. "$(dirname "$0")/lib.sh" || exit 1

root=$tmp/root
make_root "$root"
mkdir -p "$root"/etc/{haproxy,postfix,dovecot/conf.d,openvpn/server,mosquitto,pki}
for name in proxy mail imap vpn mqtt; do
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
		-subj "/CN=$name.example.org" -addext "subjectAltName=DNS:$name.example.org" \
		-keyout "$root/etc/pki/$name.key" -out "$root/etc/pki/$name.pem" 2>"$err" ||
		wrong "openssl: $(cat "$err")"
done
chmod 600 "$root"/etc/pki/*.key
printf 'frontend www\n\tbind :443 ssl crt /etc/pki/proxy.pem\n' >"$root/etc/haproxy/haproxy.cfg"
printf 'smtpd_tls_cert_file = /etc/pki/mail.pem\n' >"$root/etc/postfix/main.cf"
printf 'ssl_cert = </etc/pki/imap.pem\n' >"$root/etc/dovecot/conf.d/10-ssl.conf"
printf 'port 1194\nserver 10.8.0.0 255.255.255.0\ncert /etc/pki/vpn.pem\n' >"$root/etc/openvpn/server/office.conf"
printf 'listener 8883\ncertfile /etc/pki/mqtt.pem\n' >"$root/etc/mosquitto/mosquitto.conf"

run 0 audit --root "$root" --data "$tmp/data" --as-of "$now"
run 0 gaps --data "$tmp/data" --format json
is 'gaps' "$(grep -c '"reason"' "$out")" 0
db=$(find "$tmp/data" -name muster.db)
got=$(sqlite3 "$db" "SELECT s.name || ' ' || d.name FROM edges e
	JOIN identities s ON s.id = e.src_id JOIN identities d ON d.id = e.dst_id
	WHERE e.kind = 'consumed_by' ORDER BY 1")
is 'who uses what' "$got" "imap.example.org dovecot.service
mail.example.org postfix@.service
mqtt.example.org mosquitto.service
proxy.example.org haproxy.service
vpn.example.org openvpn-server@.service"
