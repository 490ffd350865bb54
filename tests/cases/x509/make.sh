#!/bin/sh
# tests/cases/x509/make.sh: make the certificates of this directory anew, each
# NAME.pem with a NAME.expect that holds what openssl says of it. The keys are
# thrown away: they were made for these tests and open nothing.
set -eu
cd "$(dirname "$0")"
rm -f ./*.pem ./*.expect ./*.der
work=$(mktemp -d)
trap 'tail -n 5 "$work/log"; rm -rf "$work"' EXIT

cat >"$work/conf" <<'CONF'
[req]
distinguished_name = dn
prompt = no
string_mask = utf8only
[dn]
CN = unused
[ca]
default_ca = one
[one]
policy = any
new_certs_dir = .
database = index
rand_serial = yes
default_md = sha256
[any]
commonName = supplied
CONF

# self NAME SUBJECT KEY [option ...]: a self-signed certificate.
self() {
	name=$1 subject=$2 key=$3
	shift 3
	case $key in
	rsa:*) set -- -newkey "$key" "$@" ;;
	ec:*) set -- -newkey ec -pkeyopt "ec_paramgen_curve:${key#ec:}" "$@" ;;
	pss:*)
		set -- -newkey rsa-pss -pkeyopt "rsa_keygen_bits:${key#pss:}" \
			"$@" ;;
	*) set -- -newkey "$key" "$@" ;;
	esac
	openssl req -x509 -config "$work/conf" -nodes -utf8 -subj "$subject" \
		-days 3650 -keyout "$work/$name.key" -out "$name.pem" "$@" \
		2>>"$work/log"
	echo "self yes" >"$name.expect"
}

# issued NAME SUBJECT EXTENSIONS CA: a leaf of an EC key, signed by CA.
issued() {
	openssl req -new -config "$work/conf" -nodes -utf8 -subj "$2" \
		-newkey ec -pkeyopt ec_paramgen_curve:P-256 \
		-keyout "$work/$1.key" -out "$work/$1.csr" 2>>"$work/log"
	printf '%b' "$3" >"$work/ext"
	openssl x509 -req -in "$work/$1.csr" -CA "$4.pem" \
		-CAkey "$work/$4.key" -days 3650 -extfile "$work/ext" \
		-set_serial "0x$(openssl rand -hex 8)" -out "$1.pem" 2>>"$work/log"
	echo "self no" >"$1.expect"
}

# dated NAME START END: self-signed, from START to END (YYYYMMDDHHMMSSZ).
dated() {
	openssl req -new -config "$work/conf" -nodes -subj "/CN=$1.example.com" \
		-newkey ec -pkeyopt ec_paramgen_curve:P-256 \
		-keyout "$work/$1.key" -out "$work/$1.csr" 2>>"$work/log"
	(cd "$work" && : >index && openssl ca -batch -config conf -selfsign \
		-keyfile "$1.key" -in "$1.csr" -startdate "$2" -enddate "$3" \
		-notext -out "$1.pem" 2>>"$work/log")
	cp "$work/$1.pem" "$1.pem"
	echo "self yes" >"$1.expect"
}

leaf='basicConstraints=critical,CA:FALSE'
root='basicConstraints=critical,CA:TRUE'
self rsa2048 '/CN=www.example.com/O=Example Ltd/C=GB' rsa:2048 \
	-addext "$leaf" -addext 'subjectAltName=DNS:www.example.com,DNS:example.com'
self rsa512 '/CN=weak.example.com' rsa:512 -addext "$leaf"
self rsa4096ca '/CN=Example Root/O=Example Ltd' rsa:4096 -sha384 \
	-addext "$root" \
	-addext 'keyUsage=critical,keyCertSign,cRLSign'
self p256 '/CN=p256.example.com' ec:P-256 -addext "$leaf"
self p384 '/CN=p384.example.com' ec:P-384 -sha512 -addext "$leaf"
self ed25519 '/CN=ed.example.com' ed25519 -addext "$leaf"
self ed448 '/CN=ed448.example.com' ed448 -addext "$leaf"
self pss '/CN=pss.example.com' pss:2048 -addext "$leaf" \
	-sigopt rsa_padding_mode:pss -sha384
self sha1 '/CN=old.example.com' rsa:1024 -sha1 -addext "$leaf"
self md5 '/CN=older.example.com' rsa:1024 -md5 -addext "$leaf"
self negative '/CN=negative.example.com' ec:P-256 -set_serial -5 -addext "$leaf"
self zero '/CN=zero.example.com' ec:P-256 -set_serial 0 -addext "$leaf"
self hostile "$(printf '/CN=a\033[31mred\\\\back, "quote" \\+ <b>\342\200\256x')" \
	ec:P-256 -addext "$leaf"
self utf8 '/CN=Größe übergroß 東京/O=Café' ec:P-256 -addext "$leaf"
self names '/CN=Names' ec:P-256 -addext "$leaf" -addext \
	'subjectAltName=DNS:*.Example.COM,DNS:a.example.com,DNS:A.example.com,IP:192.0.2.7,IP:2001:db8::1,email:Ada@example.com,URI:spiffe://example.org/svc'
self nocn '/O=Nobody/OU=Nothing' ec:P-256 -addext "$leaf"
self twocn '/CN=first/CN=second.example.com' ec:P-256 -addext "$leaf"
self signer '/CN=Code Signer' ec:P-256 -addext "$leaf" \
	-addext 'extendedKeyUsage=codeSigning,timeStamping'
self strange '/CN=strange.example.com' ec:P-256 -addext "$leaf" \
	-addext 'extendedKeyUsage=serverAuth,1.2.3.4.5'
self many '/CN=many.example.com' ec:P-256 -addext "$leaf" -addext \
	"subjectAltName=$(seq -f 'DNS:host%04g.example.com' -s , 2000)"
openssl req -new -config "$work/conf" -nodes -subj '/CN=v1.example.com' \
	-newkey rsa:1024 -keyout "$work/v1.key" -out "$work/v1.csr" 2>>"$work/log"
openssl x509 -req -in "$work/v1.csr" -signkey "$work/v1.key" -days 3650 \
	-out v1.pem 2>>"$work/log"
echo "self yes" >v1.expect

self chainroot '/CN=Chain Root' ec:P-256 -addext "$root" \
	-addext 'subjectKeyIdentifier=hash'
issued server '/CN=server.example.com' 'basicConstraints=CA:FALSE
extendedKeyUsage=serverAuth
subjectAltName=DNS:server.example.com,DNS:server.internal\n' chainroot
issued client '/CN=robot 7/O=Example Ltd' 'basicConstraints=CA:FALSE
extendedKeyUsage=clientAuth
subjectAltName=otherName:1.3.6.1.4.1.311.20.2.3;UTF8:robot7@corp.example\n' \
	chainroot
issued both '/CN=both.example.com' 'basicConstraints=CA:FALSE
extendedKeyUsage=serverAuth,clientAuth
subjectAltName=DNS:both.example.com\n' chainroot
issued middle '/CN=Chain Middle' 'basicConstraints=critical,CA:TRUE,pathlen:0
keyUsage=keyCertSign\n' chainroot
issued rollover '/CN=Chain Root' 'basicConstraints=CA:TRUE
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid\n' chainroot

dated forever 20240101000000Z 99991231235959Z
dated ancient 19500101000000Z 20491231235959Z
dated expired 20100101000000Z 20110101000000Z
dated later 20300101000000Z 20510101000000Z

python3 - <<'PY'
"""What openssl says of each certificate, in the words of x509_test.c."""
import calendar, glob, hashlib, ipaddress, re, subprocess, time

def openssl(*words, data=None):
    return subprocess.run(["openssl", *words], input=data, check=True,
                          capture_output=True).stdout

def text(out):
    return out.decode("utf-8", "surrogateescape").rstrip("\n")

USES = {"TLS Web Server Authentication": "server_auth",
        "TLS Web Client Authentication": "client_auth",
        "Code Signing": "code_signing", "Time Stamping": "time_stamping"}
ALGS = {"rsaEncryption": "rsa", "rsassaPss": "rsa", "id-ecPublicKey": "ec",
        "ED25519": "ed25519", "ED448": "ed448"}
BITS = {"ED25519": "256", "ED448": "456"}
PREFIX = {"DNS": "", "email": "email:", "URI": "uri:", "othername": "upn:"}

def one(kind, value):
    if kind == "IP Address":
        return str(ipaddress.ip_address(value.strip().lower()))
    return PREFIX[kind] + value.removeprefix(" UPN::").lower()

for name in sorted(glob.glob("*.pem")):
    pem = open(name, "rb").read()
    der = openssl("x509", "-outform", "DER", data=pem)
    pub = openssl("x509", "-pubkey", "-noout", data=pem)
    spki = openssl("pkey", "-pubin", "-outform", "DER", data=pub)
    full = text(openssl("x509", "-noout", "-text", data=pem))
    out = [("sha256", hashlib.sha256(der).hexdigest()),
           ("spki", hashlib.sha256(spki).hexdigest())]
    for what in ("subject", "issuer"):
        line = text(openssl("x509", "-noout", "-" + what, "-nameopt",
                            "RFC2253,-esc_msb", data=pem))
        out.append((what, line.partition("=")[2]))
    out.append(("serial", text(openssl("x509", "-noout", "-serial",
                data=pem)).partition("=")[2].lower()))
    for what, flag in (("not_before", "-startdate"), ("not_after", "-enddate")):
        line = text(openssl("x509", "-noout", flag, data=pem))
        at = time.strptime(line.partition("=")[2], "%b %d %H:%M:%S %Y %Z")
        out.append((what, str(calendar.timegm(at))))
    alg = re.search(r"Public Key Algorithm: (\S+)", full)[1]
    bits = re.search(r"Public-Key: \((\d+) bit", full)
    out += [("alg", ALGS[alg]), ("bits", bits[1] if bits else BITS[alg])]
    sig = re.search(r"Signature Algorithm: (\S+)", full)[1]
    if sig == "rsassaPss":
        sig = re.search(r"Hash Algorithm: (\S+)", full)[1]
    out.append(("sig", re.search(r"sha\d+|md5|ed\d+", sig.lower())[0]))
    out.append(("v1", "yes" if "Version: 1 " in full else "no"))
    ca = re.search(r"CA:(TRUE|FALSE)", full)
    out.append(("ca", {"TRUE": "yes", "FALSE": "no"}[ca[1]] if ca else
                "unknown" if "Version: 1 " in full else "no"))
    uses = re.search(r"Extended Key Usage:[^\n]*\n *([^\n]*)", full)
    out.append(("usage", " ".join(USES.get(u, u) for u in uses[1].split(", "))
                if uses else ""))
    alt = re.search(r"Subject Alternative Name:[^\n]*\n *([^\n]*)", full)
    names = [one(*v.split(":", 1)) for v in alt[1].split(", ")] if alt else []
    if not names:
        line = text(openssl("x509", "-noout", "-subject", "-nameopt",
                            "utf8,sep_multiline,sname", data=pem))
        names = [n.strip().lower() for n in
                 re.findall(r"^ *CN=(.*)$", line, re.M)[-1:]]
    if name != "hostile.pem":
        out += [("name", n) for n in sorted(set(names))]
    with open(name.replace(".pem", ".expect"), "a",
              errors="surrogateescape") as f:
        for k, v in out:
            print(k, v, file=f)
PY
