# Goal of this test: no check says that all is well where a file that it needs
# could not be read, and no place that holds secrets is forgotten.
. "$(dirname "$0")/lib.sh" || exit 1

# Each place with rules for secrets stands in the check for secrets at rest.
python3 - "$top" >"$tmp/forgotten" <<'END'
import pathlib, re, sys
top = pathlib.Path(sys.argv[1])
head = (top / "checks/MUS-SEC-002.sql").read_text()
needs = re.search(r"-- needs: ((?:.*\n--     )*.*)", head)[1].replace("--", "").split()
for f in sorted(top.glob("places/*.yaml")):
    for place in re.split(r"^---$", f.read_text(), flags=re.M):
        if re.search("^pick:", place, re.M):
            name = re.search(r"^id: (\S+)", place, re.M)[1]
            if name not in needs:
                print(name)
END
is 'places that are forgotten' "$(cat "$tmp/forgotten")" ''

root=$tmp/root
make_root "$root"
state() { # state: of MUS-SEC-002 after an audit of the root
	rm -rf "$tmp/data"
	run 0 audit --root "$root" --data "$tmp/data" --as-of "$now"
	sqlite3 "$tmp/data/default/muster.db" "SELECT state FROM check_results WHERE check_id = 'MUS-SEC-002'"
}
mkdir -p "$root/root/.config/gh"
printf 'github.com:\n    oauth_token: gho_exampleexample0001\n' >"$root/root/.config/gh/hosts.yml"
chmod 600 "$root/root/.config/gh/hosts.yml"
whole=$(state)
printf 'github.com: [ broken\n' >"$root/root/.config/gh/hosts.yml"
broken=$(state)
is 'a place that was read' "$whole" pass
is 'a place that was not' "$broken" not_assessed
