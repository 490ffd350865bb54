# Goal of this test: a command line that is wrong ends with code 2, does
# nothing, prints nothing on standard output, and names what was meant.
. "$(dirname "$0")/lib.sh" || exit 1

usage() { # usage WANTED-TEXT ARGUMENT...
	local text=$1
	shift
	run 2 "$@"
	is "muster $*: standard output" "$(cat "$out")" ''
	has "muster $*" "$err" "$text"
}
usage 'no command was given'
usage "did you mean 'version'?" versoin
usage "unknown command 'frobnicate'" frobnicate
usage "did you mean '--format'?" list --fromat json
usage "did you mean '--format'?" --fromat json list
usage "unknown option '--nonsense'" list --nonsense
usage "unknown option '-z'" list -z
usage '--format needs a FORMAT' list --format
usage '--format takes one of' list --format yaml
usage '--quiet takes no value' list --quiet=yes
usage '--expiring takes a whole number' list --expiring soon
usage '--expiring takes a whole number' list --expiring -1
usage '--as-of takes a time' list --as-of yesterday
usage '--as-of takes a time' list --as-of 2026-02-30
usage '--client takes a name' list --client ../other
usage "did you mean 'ssh_key'?" list --kind shh_key
usage 'show needs ID' show
usage "does not know what to do with 'b'" show a b
usage "completion knows bash, zsh and fish" completion tcsh
usage "there is no check 'MUS-NON-999'" explain MUS-NON-999
usage 'there is no directory' audit --no-save --root "$tmp/nowhere"
usage 'is no directory' audit --no-save --root /etc/passwd
usage "tells no format" audit --no-save --root "$HOME" -o report.pdf
[ ! -e "$XDG_DATA_HOME" ] || wrong 'a wrong command line made a data directory'
