# Goal of this test: a file that kills or hangs the reader costs one gap, by
# name, and all else is found, by scan and in the register; so does a reader
# that is killed from outside.
. "$(dirname "$0")/lib.sh" || exit 1

hooks=${MUSTER_HOOKS:-}
if [ -z "$hooks" ] || [ ! -x "$hooks" ]; then
	echo 'no build with -Dtest_hooks=true in MUSTER_HOOKS'
	exit 1
fi
make_root "$tmp/root"
muster=$hooks
run 0 scan --root "$tmp/root" --as-of "$now"
whole=$(grep -c '"type":"identity"' "$out")
[ "$whole" -ge 5 ] || wrong "only $whole identities without a crash"
printf 'MUSTER-CRASH-TEST segv\n' >"$tmp/root/etc/a-first"
printf 'MUSTER-CRASH-TEST abort\n' >"$tmp/root/home/ada/crash"
printf 'MUSTER-CRASH-TEST loop\n' >"$tmp/root/zz-last"
run 0 scan --root "$tmp/root" --as-of "$now"
is 'identities beside crashes' "$(grep -c '"type":"identity"' "$out")" "$whole"
is 'gaps' "$(sed -n 's/.*"type":"gap".*"locator":"\([^"]*\)","reason":"\([^"]*\)".*/\1 \2/p' "$out" | tr '\n' ' ')" \
	'etc/a-first crashed home/ada/crash crashed zz-last timeout '
is 'the stream is whole' "$(tail -n 1 "$out" | grep -c '"type":"end"')" 1
find "$tmp" /tmp -maxdepth 1 -name 'core*' -newer "$tmp/root/zz-last" | grep -q . &&
	wrong 'a core was left behind'
run 0 audit --root "$tmp/root" --data "$tmp/data" --as-of "$now"
has 'the audit says so' "$out" 'Could not see'
run 0 gaps --data "$tmp/data" --format csv
is 'gap rows in the register' "$(grep -cE ',(crashed|timeout),' "$out")" 3

# Killed from outside, while it reads a file that never ends.
"$muster" scan --root "$tmp/root" >"$tmp/killed" 2>"$err" &
parent=$!
for _ in $(seq 100); do
	child=$(pgrep -P "$parent" | head -n 1)
	[ -n "$child" ] && break
	sleep 0.02
done
sleep 1
child=$(pgrep -P "$parent" | head -n 1)
[ -n "$child" ] && kill -9 "$child"
wait "$parent"
is 'exit code' $? 0
is 'identities after a kill' "$(grep -c '"type":"identity"' "$tmp/killed")" "$whole"
is 'the killed stream is whole' "$(tail -n 1 "$tmp/killed" | grep -c '"type":"end"')" 1
