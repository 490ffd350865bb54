# Goal of this test: nothing that Muster prints of itself promises what only an
# assessor can, and the page is one file that refers to nothing.
. "$(dirname "$0")/lib.sh" || exit 1

make_root "$tmp/root"
audit -o "$tmp/report.html" -o "$tmp/report.md" -o "$tmp/report.json"
audit
cp "$out" "$tmp/report.txt"
"$muster" help >>"$tmp/report.txt"
for word in compliant compliance certified; do
	for f in html md json txt; do
		! grep -qiw "$word" "$tmp/report.$f" || wrong "report.$f says '$word'"
	done
done
first=$(head -n 1 "$tmp/report.txt")
[[ $first =~ ^[0-9,]+\ machine\ identit(y|ies),\ 2\ people:\ [0-9,]+\ to\ 1\ on\ test01$ ]] ||
	wrong "the first line: $first"
hasnot 'the page' "$tmp/report.html" '<script'
hasnot 'the page' "$tmp/report.html" ' style='
hasnot 'the page' "$tmp/report.html" 'src='
hasnot 'the page' "$tmp/report.html" 'http://'
hasnot 'the page' "$tmp/report.html" 'https://'
has 'the page' "$tmp/report.html" '<html lang="en-GB">'
has 'the page' "$tmp/report.html" "default-src 'none'"
# The policy names the hash of the style, and openssl agrees.
hash=$(python3 - "$tmp/report.html" <<'EOF' | openssl dgst -sha256 -binary | base64
import re, sys
sys.stdout.write(re.search(r"<style>(.*?)</style>", open(sys.argv[1]).read(), re.S)[1])
EOF
)
has 'the hash of the style' "$tmp/report.html" "style-src 'sha256-$hash'"
# Coverage comes before any number or finding.
python3 - "$tmp/report.html" <<'EOF' || wrong 'the order of the page'
import re, sys
from html.parser import HTMLParser
text = open(sys.argv[1]).read()
heads = re.findall(r"<h2[^>]*>(.*?)</h2>", text)
assert heads[0] == "What was looked at", heads
assert heads.index("What to do first") < heads.index("All findings"), heads
void = {"meta", "rect", "line", "br", "link"}
class P(HTMLParser):
    def __init__(s):
        super().__init__()
        s.open = []
    def handle_starttag(s, t, a):
        if t not in void:
            s.open.append(t)
    def handle_startendtag(s, t, a):
        assert t in void, t
    def handle_endtag(s, t):
        assert s.open and s.open[-1] == t, (t, s.open, s.getpos())
        s.open.pop()
p = P()
p.feed(text)
assert p.open == [], p.open
for t in re.findall(r"<th\b[^>]*>", text):
    assert "scope=" in t, t
EOF
