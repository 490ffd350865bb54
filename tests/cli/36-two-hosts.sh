# Goal of this test: a key that two machines have is told with its reason in the
# audit of each, and where it lies says on which of them.
. "$(dirname "$0")/lib.sh" || exit 1

for host in one two; do
	make_root "$tmp/$host"
	printf '%s\n' "$host" >"$tmp/$host/etc/hostname"
	printf '%s\n' "$host" | sha256sum | cut -c 1-32 >"$tmp/$host/etc/machine-id"
	mkdir -p "$tmp/$host/etc/ssl"
done
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 \
	-subj /CN=www.example.org -addext subjectAltName=DNS:www.example.org \
	-keyout "$tmp/one/etc/ssl/www.key" -out "$tmp/one/etc/ssl/www.pem" 2>"$err" ||
	wrong "openssl: $(cat "$err")"
chmod 644 "$tmp/one/etc/ssl/www.key"
cp -p "$tmp/one/etc/ssl/"* "$tmp/two/etc/ssl/"

run 0 audit --root "$tmp/one" --data "$tmp/data" --as-of "$now"
has 'the first host' "$out" 'Why    Private key file exposed'
run 0 audit --root "$tmp/two" --data "$tmp/data" --as-of "$now"
has 'the second host' "$out" 'Why    Private key file exposed'
hasnot 'a reason is there' "$out" 'Why    ;'
has 'which of them' "$out" ' on one and '
