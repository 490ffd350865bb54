# Goal of this test: the completions of each shell know every command and option,
# and bash can use its own.
. "$(dirname "$0")/lib.sh" || exit 1

run 0 help
verbs=$(sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' "$out")
for shell in bash zsh fish; do
	run 0 completion $shell
	cp "$out" "$tmp/$shell"
	for verb in $verbs; do
		has "$shell" "$tmp/$shell" "$verb"
		run 0 help "$verb"
		for o in $(grep -oE '^  (-[a-z], |    )--[a-z-]+' "$out" | grep -oE -- '--[a-z-]+'); do
			has "$shell: $verb" "$tmp/$shell" "${o#--}"
		done
	done
done
bash -n "$tmp/bash" || wrong 'bash: it does not parse'
ask() { # ask WORD...: what bash offers for the last word
	bash -c '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _muster
		printf "%s " "${COMPREPLY[@]}"' "$tmp/bash" "$@"
}
is 'a command' "$(ask muster aud)" 'audit '
is 'an option' "$(ask muster audit --no-s)" '--no-save '
is 'a value' "$(ask muster list --format ma)" 'markdown '
