# Goal of this test: every command has help, by each of the ways to ask for it,
# on standard output and with code 0; it names the exit codes.
. "$(dirname "$0")/lib.sh" || exit 1

run 0 help
cp "$out" "$tmp/all"
run 0 --help
cmp -s "$out" "$tmp/all" || wrong '--help differs from help'
run 0 -h
cmp -s "$out" "$tmp/all" || wrong '-h differs from help'
verbs=$(sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' "$tmp/all")
is 'commands in order' "$verbs" "$(printf '%s\n' $verbs | sort)"
[ "$(printf '%s\n' $verbs | wc -l)" -ge 14 ] || wrong "only: $verbs"
for verb in $verbs; do
	run 0 help "$verb"
	cp "$out" "$tmp/one"
	has "$verb" "$out" "Usage: muster $verb"
	has "$verb" "$out" 'Exit codes: 0'
	is "$verb: standard error" "$(cat "$err")" ''
	run 0 "$verb" --help
	cmp -s "$out" "$tmp/one" || wrong "$verb --help differs from help $verb"
	run 0 -h "$verb"
	cmp -s "$out" "$tmp/one" || wrong "-h $verb differs from help $verb"
	awk -v v="$verb" 'length > 110 { print "  " v ": a line of the help is too long: " $0 }' "$tmp/one"
done
run 2 help nosuch
run 0 version
cp "$out" "$tmp/version"
run 0 --version
cmp -s "$out" "$tmp/version" || wrong '--version differs from version'
