# Goal of this test: --no-save and scan leave nothing behind, and say so.
. "$(dirname "$0")/lib.sh" || exit 1

make_root "$tmp/root"
run 0 audit --root "$tmp/root" --no-save --as-of "$now"
has 'what --no-save says' "$out" 'Nothing was kept'
[ ! -e "$XDG_DATA_HOME" ] || wrong '--no-save made a data directory'
is 'what is in the home directory' "$(find "$HOME" -mindepth 1)" ''
run 0 scan "$tmp/root"
[ ! -e "$XDG_DATA_HOME" ] || wrong 'scan made a data directory'
is 'first record' "$(head -n 1 "$out" | cut -c1-13)" '{"type":"run"'
is 'last record' "$(tail -n 1 "$out" | cut -c1-13)" '{"type":"end"'
has 'its key dies with it' "$out" '"ephemeral":true'

# A scan without a key of its own cannot be compared, one with a key can.
printf '%064d' 7 >"$tmp/fp"
chmod 600 "$tmp/fp"
run 0 scan "$tmp/root" --fp-key "$tmp/fp" --as-of "$now"
hasnot 'a key that stays' "$out" '"ephemeral":true'
chmod 644 "$tmp/fp"
run 4 scan "$tmp/root" --fp-key "$tmp/fp"
printf short >"$tmp/fp2"
chmod 600 "$tmp/fp2"
run 1 scan "$tmp/root" --fp-key "$tmp/fp2"
