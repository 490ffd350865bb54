# Goal of this test: colour is for terminals alone, NO_COLOR turns it off when it
# is not empty, --color says the last word; the words are the same without it.
. "$(dirname "$0")/lib.sh" || exit 1

make_root "$tmp/root"
audit
esc=$(printf '\033')
# tty COMMAND...: run it with a terminal as its output.
tty() {
	script -qec "$(printf '%q ' "$@")" /dev/null </dev/null >"$out" 2>/dev/null
}
list=("$muster" list --data "$tmp/data")
run 0 list --data "$tmp/data"
hasnot 'into a file' "$out" "$esc["
run 0 list --data "$tmp/data" --color always
has '--color always' "$out" "$esc["
TERM=xterm tty "${list[@]}"
has 'on a terminal' "$out" "$esc["
NO_COLOR=1 TERM=xterm tty "${list[@]}"
hasnot 'NO_COLOR=1' "$out" "$esc["
NO_COLOR='' TERM=xterm tty "${list[@]}"
has 'NO_COLOR=' "$out" "$esc["
TERM=dumb tty "${list[@]}"
hasnot 'TERM=dumb' "$out" "$esc["
TERM=xterm tty "${list[@]}" --color never
hasnot '--color never' "$out" "$esc["
NO_COLOR=1 run 0 list --data "$tmp/data" --color always
has 'NO_COLOR=1 and --color always' "$out" "$esc["
run 0 list --data "$tmp/data" --color always
sed "s/$esc\[[0-9;]*m//g" "$out" >"$tmp/bare"
run 0 list --data "$tmp/data"
cmp -s "$tmp/bare" "$out" || wrong 'colour changes the words'
