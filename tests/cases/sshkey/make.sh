#!/bin/sh
# tests/cases/sshkey/make.sh: make the keys of this directory anew, and want.tsv
# with what ssh-keygen and openssl say of them: name, bits, fingerprint, hash
# of the SubjectPublicKeyInfo ("-" where the type has none), comment. The keys
# are of no use: they were made for these tests and open nothing.
set -eu
cd "$(dirname "$0")"
rm -f ./*_key ./*.pub want.tsv

key() {
	name=$1
	shift
	ssh-keygen -q -f "$name" "$@"
}

key rsa1024_key -t rsa -b 1024 -N '' -C 'rsa1024@example'
key rsa2048_key -t rsa -b 2048 -N '' -C ''
key rsa3072_enc_key -t rsa -b 3072 -N 'a passphrase' -C 'hidden comment'
key rsa4096_key -t rsa -b 4096 -N '' -C 'backup robot'
key dsa_key -t dsa -N '' -C 'old@example'
key ec256_key -t ecdsa -b 256 -N '' -C 'ec256@example'
key ec384_key -t ecdsa -b 384 -N '' -C 'ec384@example'
key ec521_key -t ecdsa -b 521 -N '' -C 'ec521@example'
key ed25519_key -t ed25519 -N '' -C 'ada@laptop'
key ed25519_enc_key -t ed25519 -N 'a passphrase' -C 'hidden comment' \
	-Z aes256-gcm@openssh.com
key ca_key -t ed25519 -N '' -C 'the authority'

# The public halves of security keys, written as PROTOCOL.u2f has them: no
# device is at hand, but any point of the curve is a public key.
python3 - ec256_key.pub ed25519_key.pub <<'PY'
import base64, struct, sys

def s(b):
    return struct.pack(">I", len(b)) + b

def take(blob):
    out = []
    while blob:
        n = struct.unpack(">I", blob[:4])[0]
        out.append(blob[4:4 + n])
        blob = blob[4 + n:]
    return out

def put(name, kind, *parts):
    blob = s(kind) + b"".join(s(p) for p in parts)
    with open(name, "w") as f:
        print(kind.decode(), base64.b64encode(blob).decode(), "token", file=f)

ec = take(base64.b64decode(open(sys.argv[1]).read().split()[1]))
ed = take(base64.b64decode(open(sys.argv[2]).read().split()[1]))
put("sk_ec_key.pub", b"sk-ecdsa-sha2-nistp256@openssh.com", ec[1], ec[2],
    b"ssh:")
put("sk_ed25519_key.pub", b"sk-ssh-ed25519@openssh.com", ed[1], b"ssh:")
PY

# ssh-keygen does not export Ed25519 as PKCS#8, so openssl derives the public
# half again from the seed in the private key.
ed25519_spki() {
	plain=$(mktemp)
	cp "$1" "$plain"
	ssh-keygen -q -p -P "$2" -N '' -f "$plain" >/dev/null
	python3 - "$plain" <<'PY' | openssl pkey -inform DER -pubout -outform DER
import base64, struct, sys

lines = open(sys.argv[1]).read().split("\n")
raw = base64.b64decode("".join(l for l in lines if l and l[0] != "-"))
at = raw.rindex(b"ssh-ed25519") + 11
pub = struct.unpack(">I", raw[at:at + 4])[0]
at += 4 + pub + 4
head = bytes.fromhex("302e020100300506032b657004220420")
sys.stdout.buffer.write(head + raw[at:at + 32])
PY
	rm -f "$plain"
}

spki() {
	case $1 in
	sk_*) ;;
	ed25519_enc_key) ed25519_spki "$1" 'a passphrase' ;;
	ed25519_key | ca_key) ed25519_spki "$1" '' ;;
	*) ssh-keygen -e -m PKCS8 -f "$1.pub" |
		openssl pkey -pubin -outform DER ;;
	esac | sha256sum | cut -d ' ' -f 1
}

for pub in *_key.pub; do
	name=${pub%.pub}
	line=$(ssh-keygen -l -E sha256 -f "$pub")
	bits=${line%% *}
	fp=$(printf '%s\n' "$line" | cut -d ' ' -f 2)
	hash=$(spki "$name")
	# What sha256sum says of nothing at all.
	[ "${hash%%44298*}" != e3b0c ] || hash=-
	comment=$(cut -s -d ' ' -f 3- "$pub")
	printf '%s\t%s\t%s\t%s\t%s\n' "$name" "$bits" "$fp" "$hash" "$comment"
done >want.tsv

# No ssh-keygen knows ed448 yet: the key is openssl's, and so is its hash.
openssl genpkey -algorithm ed448 -outform DER |
	openssl pkey -inform DER -pubout -outform DER >ed448.der
python3 - <<'PY'
import base64, hashlib, struct

der = open("ed448.der", "rb").read()
blob = b"".join(struct.pack(">I", len(b)) + b
    for b in (b"ssh-ed448", der[-57:]))
fp = base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")
with open("ed448_key.pub", "w") as f:
    print("ssh-ed448", base64.b64encode(blob).decode(), "goldilocks", file=f)
with open("want.tsv", "a") as f:
    print("ed448_key", 456, "SHA256:" + fp, hashlib.sha256(der).hexdigest(),
        "goldilocks", sep="\t", file=f)
PY
rm ed448.der

# Certificates of both kinds, and what ssh-keygen reads in them.
sign() {
	name=$1
	from=$2
	shift 2
	cp "$from.pub" "$name.pub"
	ssh-keygen -q -s ca_key "$@" "$name.pub"
	rm "$name.pub"
}

sign user ed25519_key -I 'ada until spring' -n ada,backup -z 42 \
	-V 20260101000000Z:20260401000000Z -O clear -O permit-pty
sign host ec256_key -h -I 'web1' -n web1.example.org,web1 -z 7 \
	-V always:forever
sign rsa rsa2048_key -I 'no principals' -V always:forever
sign sk sk_ed25519_key -I 'token' -n ada -V always:20300101000000Z
for cert in *-cert.pub; do
	TZ=UTC ssh-keygen -L -f "$cert"
done >certs.txt
