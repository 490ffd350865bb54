#!/bin/sh
# Made with keytool of OpenJDK 17.0.21 and OpenSSL 3.0: the keystores here, and
# want.txt from keytool's own listing, a line an entry:
#
#	file alias kind day x509-key spki-key
#
# The keys are worth nothing, and a second run makes others.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
hash() { sha256sum | cut -d ' ' -f 1; }
k() { LC_ALL=C keytool "$@" 2>/dev/null; }

openssl req -x509 -newkey rsa:2048 -nodes -days 3650 \
	-subj '/O=Example Works/CN=Example Works Root CA' \
	-addext basicConstraints=critical,CA:TRUE \
	-keyout "$work/ca.key" -out "$work/ca.crt" 2>/dev/null

pair() { # pair FILE TYPE PASSWORD: a key, signed by the root, and the root
	rm -f "$1"
	k -genkeypair -alias shop -keyalg EC -groupname secp256r1 \
		-dname 'CN=shop.example.com, O=Example Works' -validity 3650 \
		-keystore "$1" -storetype "$2" -storepass "$3" -keypass "$3"
	k -certreq -alias shop -keystore "$1" -storepass "$3" -file "$work/csr"
	printf 'subjectAltName=DNS:shop.example.com\nextendedKeyUsage=serverAuth\n' \
		>"$work/ext"
	openssl x509 -req -in "$work/csr" -CA "$work/ca.crt" \
		-CAkey "$work/ca.key" -CAcreateserial -days 3650 \
		-extfile "$work/ext" -out "$work/crt" 2>/dev/null
	trust "$1" "$2" "$3"
	k -importcert -noprompt -alias shop -file "$work/crt" -keystore "$1" \
		-storetype "$2" -storepass "$3" -keypass "$3"
}
trust() {
	k -importcert -noprompt -alias works-root -file "$work/ca.crt" \
		-keystore "$1" -storetype "$2" -storepass "$3"
}
list() { # list FILE TYPE PASSWORD
	k -list -v -keystore "$1" -storetype "$2" -storepass "$3" |
		sed -n 's/^Alias name: /A /p; s/^Creation date: /D /p; s/^Entry type: /T /p' |
		while read -r what text; do
			case $what in
			A) alias=$text ;;
			D) day=$(date -d "$text" +%F) ;;
			T)
				x509=- spki=-
				if [ "$text" != SecretKeyEntry ]; then
					k -exportcert -alias "$alias" -keystore "$1" \
						-storetype "$2" -storepass "$3" >"$work/der"
					x509=x509:$(hash <"$work/der")
					spki=spki:$(openssl x509 -inform DER -in "$work/der" -noout -pubkey |
						openssl pkey -pubin -outform DER | hash)
				fi
				echo "$1 $alias $text $day $x509 $spki"
				;;
			esac
		done
}
pair default.jks JKS changeit
pair own.jks JKS kX8-frost-lamp
pair default.jceks JCEKS changeit
k -genseckey -alias token-key -keyalg AES -keysize 256 -keystore default.jceks \
	-storetype JCEKS -storepass changeit -keypass changeit
rm -f trust.jks
trust trust.jks JKS changeit
{
	list default.jks JKS changeit
	list own.jks JKS kX8-frost-lamp
	list default.jceks JCEKS changeit
	list trust.jks JKS changeit
} >want.txt
# Near misses: a class file, words, another version, and one that is cut off.
printf '\312\376\272\276\000\000\000\075\000\003' >near.class
echo 'FEEDFEED is what a keystore begins with' >near.txt
printf '\376\355\376\355\000\000\000\011\000\000\000\001' >version9.jks
head -c 700 default.jks >cut.jks
