# Keystores, ledgers and what renews certificates; sourced by make.sh, whose
# functions it uses. Samples that were made once, by programs that are heavy to
# install, come from tests/cases/ with the list that those programs gave.
# shellcheck shell=bash disable=SC2154

cases=$here/../cases

# --- Java keystores: keytool listed what is in them ---------------------------
jks() { # jks SAMPLE LOCATOR: expect its key entries; anchors are near misses
	local file alias kind x509 spki n=0
	mkdir -p "$root/$(dirname "$2")"
	cp "$cases/jks/$1" "$root/$2"
	chmod 0640 "$root/$2"
	while read -r file alias kind _ x509 spki; do
		[ "$file" = "$1" ] || continue
		case $kind in
		PrivateKeyEntry)
			expect tls_cert "$x509" "$2#*" public -
			expect tls_cert "$spki" "$2#*" private -
			;;
		SecretKeyEntry) expect signing_key 'secret:*' "$2#*" private - ;;
		trustedCertEntry)
			[ "$1" != trust.jks ] || miss "$2" "a trust anchor, alias $alias"
			;;
		esac
	done <"$cases/jks/want.txt"
}
jks default.jks opt/tomcat/conf/store
jks default.jceks opt/wildfly/vault
jks trust.jks opt/tomcat/conf/truststore
near opt/tomcat/lib/Main.class 'a class of Java' <"$cases/jks/near.class"

# --- Kerberos: klist listed what is in it ----------------------------------------
put "$cases/keytab/mit.keytab" etc/krb5.keytab 0600
put "$cases/keytab/old-big.keytab" opt/solaris/http.kt 0600 # no telling name
while read -r number _ _ principal _; do
	p=${principal%@*} r=${principal##*@}
	expect service_account "login:kerberos://$p@${r,,}" 'etc/krb5.keytab#*' - -
done < <(sed -n '/^= mit/,/^= hole/p' "$cases/keytab/want.txt" | grep -v '^=')
expect service_account 'secret:*' 'opt/solaris/http.kt#1' private -
near opt/app/blob.bin 'bytes that begin like a keytab' <"$cases/keytab/near.bin"

# --- a private authority's ledger, by openssl ca ------------------------------------
mkdir -p "$work/issuer/demoCA/newcerts"
cd "$work/issuer"
: >demoCA/index.txt
echo 4001 >demoCA/serial
cp ../issuing-ca.crt demoCA/cacert.pem
issue() {
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
		-keyout "$1.key" -subj "/O=Example Works/CN=$1.example.com" \
		-addext "subjectAltName=DNS:$1.example.com" -out "$1.csr" 2>/dev/null
	openssl ca -batch -notext -policy policy_anything -md sha256 -days 700 \
		-keyfile ../issuing-ca.key -cert demoCA/cacert.pem -in "$1.csr" \
		-out "$1.crt" -config <(sed 's/^#.*copy_ext/copy_ext/' /etc/ssl/openssl.cnf) 2>/dev/null
}
for n in ledger-kept ledger-gone ledger-away; do issue $n; done
openssl ca -revoke ledger-gone.crt -crl_reason superseded \
	-keyfile ../issuing-ca.key -cert demoCA/cacert.pem 2>/dev/null
rm demoCA/newcerts/4003.pem # valid, and not here: a gap
(cd demoCA && find . -type f) | while read -r f; do
	put "demoCA/$f" "opt/authority/demoCA/${f#./}"
done
for n in 1 2; do
	c=demoCA/newcerts/400$n.pem
	expect tls_cert "$(x509_key $c)" "opt/authority/demoCA/index.txt:$n" stored "$(x509_end $c)"
	expect tls_cert "$(x509_key $c)" "opt/authority/demoCA/newcerts/400$n.pem#1" public -
done
miss opt/authority/demoCA/index.txt.old 'what the ledger was one line ago'
near opt/stock/parts.tsv 'a table of parts' <"$cases/caindex/near.tsv"
cd "$work"

# --- what renews certificates: certbot, lego, Caddy by themselves; acme.sh --------
renewed() { # renewed SAMPLE LOCATOR CERTIFICATE-LOCATOR
	local c=$cases/renewal/$1
	put "$c.pem" "$3"
	expect tls_cert "$(x509_key "$c.pem")" "$3#1" public "$(x509_end "$c.pem")"
	expect tls_cert "$(x509_key "$c.pem")" "$2" stored -
}
le=etc/letsencrypt
put "$cases/renewal/certbot.conf" $le/renewal/www.example.com.conf
put "$cases/renewal/certbot-regr.json" "$le/accounts/acme.example.net/directory/528e1cc528c6285fd4bebae014693621/regr.json"
renewed certbot $le/renewal/www.example.com.conf $le/archive/www.example.com/cert1.pem
mkdir -p "$root/$le/live/www.example.com"
ln -s ../../archive/www.example.com/cert1.pem "$root/$le/live/www.example.com/cert.pem"
put "$cases/renewal/lego.json" etc/lego/certificates/shop.example.com.json
renewed lego etc/lego/certificates/shop.example.com.json etc/lego/certificates/shop.example.com.crt
caddy=var/lib/caddy/.local/share/caddy
put "$cases/renewal/caddy.json" $caddy/certificates/ca/files.example.com/files.example.com.json
renewed caddy $caddy/certificates/ca/files.example.com/files.example.com.json \
	$caddy/certificates/ca/files.example.com/files.example.com.crt
put "$cases/renewal/acmesh-account.conf" root/.acme.sh/account.conf 0600
expect api_key 'secret:*' 'root/.acme.sh/account.conf#*' private -
near opt/caddy/certificates/a/b/notes.json 'JSON that is no renewal' <<<'{"sans": []}'
near etc/letsencrypt/renewal/empty.conf 'a renewal that was never filled in' </dev/null

# --- Traefik's store: openssl said what is in it -------------------------------------
put "$cases/traefik/acme.json" srv/traefik/acme.json 0600
grep '^acme.json' "$cases/traefik/want.txt" | head -n 4 | while read -r _ k; do
	role=public
	[ "${k%%:*}" = x509 ] || role=private
	expect tls_cert "$k" 'srv/traefik/acme.json#*' $role -
done
expect signing_key "$(sed -n 's/^acme.json //p' "$cases/traefik/want.txt" | tail -n 1)" \
	'srv/traefik/acme.json#1' private -
near srv/app/acme.json 'JSON of another thing' <"$cases/traefik/near.json"

# --- roots added to the machine's own, and keys that sign mail -----------------------
put "$cases/anchors/pinned.pem" usr/local/share/ca-certificates/nas.crt
miss usr/local/share/ca-certificates/nas.crt "a server's own certificate, put there to be trusted"
put "$cases/anchors/root.pem" usr/local/share/ca-certificates/proxy/inspection.crt
miss usr/local/share/ca-certificates/proxy/inspection.crt 'a trust anchor without its key'
near usr/local/share/ca-certificates/README 'words' <"$cases/anchors/near.txt"
while read -r f k; do
	put "$cases/dkim/$f" "etc/opendkim/keys/example.com/$f" 0600
	expect signing_key "$k" "etc/opendkim/keys/example.com/$f#1" private -
done <"$cases/dkim/want.txt"
near etc/opendkim/keys/example.com/mail2026.txt 'the public half, for the DNS' <"$cases/dkim/mail2026.txt"
