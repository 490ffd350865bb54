# Goal of this test: an audit of the running system names the certificates that
# are served on loopback and joins them to their files, the services that run,
# and the names, never the values, of secrets in environments; servers that are
# silent, babble or speak something else cost it nothing; a witness that is
# killed costs one gap.
#
# All of it runs in namespaces of its own: a root, processes and a network in
# which nothing listens but what the test starts.
. "$(dirname "$0")/lib.sh" || exit 1

if [ "${WITNESS_INSIDE:-}" != yes ]; then
	if ! unshare -m -n -p -f true 2>/dev/null; then
		echo 'skipped: no right to make namespaces'
		exit 0
	fi
	WITNESS_INSIDE=yes unshare -m -n -p -f --mount-proc bash "$0"
	code=$?
	bad=0
	exit $code
fi

nginx=$(command -v nginx || echo /usr/sbin/nginx)
[ -x "$nginx" ] || wrong 'no nginx: tools/install-deps check'
ip link set lo up || exit 1
root=$tmp/root
started=() slice=$tmp/cg/muster-$RANDOM.slice
leave() {
	local code=$?
	for p in "${started[@]}"; do kill "$p" 2>/dev/null; done
	wait 2>/dev/null
	rmdir "$slice"/* "$slice" 2>/dev/null
	umount -l "$root/proc" "$tmp/cg" 2>/dev/null
	if mountpoint -q "$root/proc" || mountpoint -q "$tmp/cg"; then
		exit 1
	fi
	(exit "$code")
	finish
}
trap leave EXIT
make_root "$root"
mkdir -p "$root/proc" "$root/tmp" "$root/dev" "$root/opt/m" "$root/etc/app"
mount -t proc proc "$root/proc" || exit 1
mknod -m 666 "$root/dev/null" c 1 3
printf 'shop:x:950:950::/:/usr/sbin/nologin\n' >>"$root/etc/passwd"

# The program and what it is linked to.
cp "$muster" "$root/opt/m/muster"
ldd "$muster" | grep -oE '/[^ ]+' | while read -r lib; do
	mkdir -p "$root$(dirname "$lib")"
	cp -L "$lib" "$root$lib"
done
here() { # here WANT ARGUMENT...: muster where the test's root is "/"
	local want=$1 got
	shift
	# shellcheck disable=SC2016
	chroot "$root" /opt/m/muster "$@" >"$out" 2>"$err" </dev/null
	got=$?
	[ "$got" = "$want" ] ||
		wrong "muster $*: exit code $got, want $want; $(head -c 600 "$err")"
}

# Two certificates: one on the disk of that root too, with its key.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
	-subj /CN=shop.example.org -addext subjectAltName=DNS:shop.example.org \
	-keyout "$root/etc/app/tls.key" -out "$root/etc/app/tls.crt" 2>/dev/null
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=hidden.example.org \
	-addext subjectAltName=DNS:hidden.example.org \
	-keyout "$tmp/hidden.key" -out "$tmp/hidden.crt" 2>/dev/null
# The shop reads them as its own user.
chmod 755 "$tmp" && chmod 644 "$tmp/hidden.key"
sum() { openssl x509 -in "$1" -outform DER | sha256sum | cut -c 1-64; }
shop=$(sum "$root/etc/app/tls.crt") hidden=$(sum "$tmp/hidden.crt")

mkdir -p "$root/etc/systemd/system"
printf '[Service]\nUser=shop\nEnvironment=DB_PASSWORD=canary1-in-a-file\n' \
	>"$root/etc/systemd/system/shop.service"

# Services in control groups like those of systemd.
group() { # group NAME COMMAND...: run it in that unit; its pid in $!
	local dir=$slice/$1
	shift
	mkdir -p "$dir"
	(
		sh -c 'echo $PPID' >"$dir/cgroup.procs"
		exec "$@"
	) >/dev/null 2>&1 </dev/null &
}
mkdir -p "$tmp/cg"
mount -t cgroup2 none "$tmp/cg" || exit 1
mkdir -p "$tmp/nginx"
cat >"$tmp/nginx/nginx.conf" <<-EOF
	daemon off;
	pid $tmp/nginx/pid;
	error_log stderr;
	events {}
	http {
	  access_log off;
	  server {
	    listen 0.0.0.0:8443 ssl;
	    listen [::]:8443 ssl;
	    ssl_certificate $root/etc/app/tls.crt;
	    ssl_certificate_key $root/etc/app/tls.key;
	  }
	}
EOF
group web.service "$nginx" -p "$tmp/nginx" -c "$tmp/nginx/nginx.conf"
started+=($!)
DB_PASSWORD=canary1-in-a-file DB_PASSWORD_FILE=/etc/pw \
	group shop.service setpriv --reuid 950 --clear-groups \
	openssl s_server -accept 127.0.0.1:8444 -quiet \
	-cert "$tmp/hidden.crt" -key "$tmp/hidden.key"
started+=($!)
openssl s_server -accept 127.0.0.1:8445 -quiet -tls1_3 \
	-cert "$tmp/hidden.crt" -key "$tmp/hidden.key" </dev/null >/dev/null 2>&1 &
started+=($!)
cat >"$tmp/odd.py" <<-'EOF'
	import socket, threading, time
	def serve(port, work, family=socket.AF_INET, host="127.0.0.1"):
	    s = socket.socket(family)
	    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
	    s.bind((host, port))
	    s.listen(8)
	    def run():
	        while True:
	            c, _ = s.accept()
	            threading.Thread(target=work, args=(c,), daemon=True).start()
	    threading.Thread(target=run, daemon=True).start()
	def silent(c):
	    time.sleep(600)
	def babble(head):
	    def work(c):
	        try:
	            c.sendall(head)
	            while True:
	                c.sendall(b"x" * 65536)
	        except OSError:
	            pass
	    return work
	def half(c):
	    c.sendall(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03\x03")
	    time.sleep(600)
	serve(9001, silent)
	serve(9002, babble(b"\x16\x03\x03\x40\x00\x02"))
	serve(9003, babble(b"220 hello\r\n"))
	serve(9004, half)
	serve(9005, lambda c: c.close())
	time.sleep(600)
EOF
python3 "$tmp/odd.py" </dev/null >/dev/null 2>&1 &
started+=($!)
AWS_SECRET_ACCESS_KEY=canary2 sleep 600 </dev/null >/dev/null 2>&1 &
started+=($!)
bash -c 'export API_TOKEN=canary3; sleep 600 & wait' </dev/null >/dev/null 2>&1 &
started+=($!)
for _ in $(seq 100); do
	[ "$(grep -c ' 0A ' /proc/net/tcp)" -ge 8 ] &&
		[ "$(grep -c ' 0A ' /proc/net/tcp6)" -ge 1 ] && break
	sleep 0.1
done
is 'the servers are up' "$(grep -c ' 0A ' /proc/net/tcp)" 8

begun=$(date +%s%N)
here 0 scan / --as-of "$now"
took=$((($(date +%s%N) - begun) / 1000000))
[ "$took" -lt 8000 ] || wrong "a silent server held the scan up: $took ms"
cp "$out" "$tmp/first"
served() { grep '"role":"served"' "$tmp/first" | grep -c "$1"; }
is 'nginx, IPv4' "$(served "x509:$shop.*\"locator\":\"0.0.0.0:8443\".*\"detail\":\"nginx, web.service\"")" 1
is 'nginx, IPv6' "$(served "x509:$shop.*\"locator\":\"\[::\]:8443\"")" 1
is 'openssl' "$(served "x509:$hidden.*\"locator\":\"127.0.0.1:8444\".*shop.service\"")" 1
is 'all that is served' "$(served .)" 3
is 'the same certificate in its file' \
	"$(grep -c "\"credential\":\"x509:$shop\".*\"locator\":\"etc/app/tls.crt#1\"" "$tmp/first")" 1
has 'run by' "$tmp/first" '"kind":"runs_as","src":"unit:host:'
is 'nginx runs as root, its workers do not count' \
	"$(grep '"runs_as"' "$tmp/first" | grep 'web.service"' | sed 's/.*"dst":"[^"]*:\([a-z-]*\)".*/\1/' | tr '\n' ' ')" 'root '
is 'the shop runs as shop' \
	"$(grep '"runs_as"' "$tmp/first" | grep 'shop.service"' | sed 's/.*"dst":"[^"]*:\([a-z-]*\)".*/\1/' | sort -u | tr '\n' ' ')" 'shop '
is 'which service a certificate is for' \
	"$(sed -n 's/.*"consumed_by","src":"\(tls\):.*"dst":"unit:[^"]*:\([a-z]*.service\)".*/\1 \2/p' "$tmp/first" | sort -u | tr '\n' ' ')" \
	'tls shop.service tls web.service '
is 'names in environments' \
	"$(sed -n 's/.*"type":"identity","key":"var:host:[0-9a-f]*:\([^"]*\)".*/\1/p' "$tmp/first" | sort | tr '\n' ' ')" \
	'shop.service:DB_PASSWORD shop.service:DB_PASSWORD sleep:API_TOKEN sleep:AWS_SECRET_ACCESS_KEY '
gap() { grep '"type":"gap"' "$tmp/first" | grep "127.0.0.1:$1\"" | sed 's/.*"reason":"\([^"]*\)".*/\1/'; }
is 'TLS 1.3 alone' "$(gap 8445)" unsupported
is 'silent' "$(gap 9001)" ''
is 'babbling TLS' "$(gap 9002)" malformed
is 'babbling' "$(gap 9003)" ''
is 'half an answer' "$(gap 9004)" timeout
is 'closing' "$(gap 9005)" ''
grep -q canary "$tmp/first" && wrong 'a value came out'
for place in sockets:partly units:read environ:read; do
	is "coverage of ${place%:*}" \
		"$(sed -n "s/.*\"coverage\",\"place\":\"proc.${place%:*}\".*\"state\":\"\([a-z]*\)\".*/\1/p" "$tmp/first")" \
		"${place#*:}"
done
has 'sources' "$tmp/first" '"sources":"reader witness"'

# Once more: the same words, but for the run's own id.
here 0 scan / --as-of "$now"
same() { grep -E '"(proc\.|unit:|var:|tls:)|witness' "$1" | grep -vE '"type":"run"|"secret:'; }
cmp -s <(same "$tmp/first") <(same "$out") ||
	wrong "the second look differs: $(diff <(same "$tmp/first") <(same "$out") | head -n 4)"

# In the register: one identity, seen in its file and on its sockets.
here 0 audit --data /tmp/data --as-of "$now"
here 0 audit --data /tmp/data --as-of "$now"
has 'a second audit' "$out" 'No change'
here 0 list --data /tmp/data --format csv
is 'one identity for a certificate' "$(grep -c 'shop.example.org' "$out")" 1
out2=$tmp/list
cp "$out" "$out2"
id=$(grep 'shop.example.org' "$out" | cut -d, -f1)
here 0 show "$id" --data /tmp/data
for where in 0.0.0.0:8443 etc/app/tls.crt etc/app/tls.key; do
	has 'where it is' "$out" "$where"
done
is 'one identity for a secret of a unit' "$(grep -c 'DB_PASSWORD of shop.service' "$out2")" 1
here 0 show "$(grep 'DB_PASSWORD of shop.service' "$out2" | cut -d, -f1)" --data /tmp/data
for where in etc/systemd/system/shop.service proc/shop.service; do
	has 'where the secret is' "$out" "$where"
done
here 0 places --data /tmp/data --format csv
has 'places' "$out" 'proc.sockets'
grep -rq 'canary[123]' "$root/tmp/data" && wrong 'a value is in the register'

# Without a witness nothing of it is lost, and nothing new is said.
here 0 audit --data /tmp/data --as-of "$now" --no-witness
has 'without a witness' "$out" 'No change'
here 0 scan / --no-witness --as-of "$now"
hasnot 'without a witness' "$out" '"proc.'
hasnot 'without a witness' "$out" 'reader witness'
run 0 scan --root "$root/etc" --as-of "$now"
hasnot 'another root' "$out" '"proc.'

# Killed half way: one gap, and the audit goes on.
chroot "$root" /opt/m/muster scan / >"$tmp/killed" 2>"$err" &
parent=$!
for _ in $(seq 200); do
	child=$(pgrep -P "$parent" muster-witness | head -n 1)
	[ -n "$child" ] && break
	sleep 0.01
done
if [ -n "$child" ]; then kill -9 "$child"; else wrong 'no witness was seen'; fi
wait "$parent"
is 'exit code with a killed witness' $? 5
is 'gaps of it' "$(grep '"type":"gap"' "$tmp/killed" | grep -c 'the witness died: Killed')" 1
is 'no more gaps' "$(grep -c '"type":"gap"' "$tmp/killed")" 1
has 'files all the same' "$tmp/killed" '"locator":"etc/app/tls.crt#1"'
is 'the killed stream is whole' "$(tail -n 1 "$tmp/killed" | grep -c '"type":"end"')" 1
is 'nothing is claimed to be read' \
	"$(grep '"coverage","place":"proc\.' "$tmp/killed" | grep -c '"state":"\(read\|absent\)"')" 0
