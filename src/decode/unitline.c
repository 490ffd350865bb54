#include "decode/unitline.h"

#include "base/digest.h"
#include "base/mem.h"

void
unitline_init(struct unitline *u, const struct decode_in *in, size_t cap)
{

	*u = (struct unitline){ .at = 0 };
	lines_init(&u->lines, in);
	buf_init(&u->joined, cap);
}

void
unitline_wipe(struct unitline *u)
{

	if (u->joined.p != NULL)
		mem_wipe(u->joined.p, u->joined.room);
	buf_free(&u->joined);
}

/* Whether an odd number of backslashes ends ${line}. */
static bool
unitline_continued(struct str line)
{
	size_t n = 0;

	while (n < line.n && line.p[line.n - 1 - n] == '\\')
		n++;
	return n % 2 == 1;
}

static bool
unitline_comment(struct str line)
{

	line = str_trim(line);
	return line.n != 0 && (line.p[0] == '#' || line.p[0] == ';');
}

/* Blanks before a line say nothing; after it they keep a backslash from
 * joining. */
static struct str
unitline_left(struct str line)
{

	while (line.n != 0 && (line.p[0] == ' ' || line.p[0] == '\t'))
		line = str_skip(line, 1);
	return line;
}

/* Join what follows ${line}, which ends in a backslash; comments drop out. */
static int
unitline_join(struct unitline *u, struct str *line, struct err *e)
{
	struct str part = *line;
	bool more = true;

	if (u->joined.p != NULL)
		mem_wipe(u->joined.p, u->joined.room);
	buf_reset(&u->joined);
	while (more) {
		buf_add(&u->joined, str_head(part, part.n - 1));
		buf_addc(&u->joined, ' ');
		part = STR_NONE;
		do {
			more = lines_next(&u->lines, &part);
		} while (more && unitline_comment(part));
		part = more ? unitline_left(part) : STR_NONE;
		more = unitline_continued(part);
	}
	buf_add(&u->joined, part);
	TRY(buf_check(&u->joined, "a line", e));
	*line = buf_str(&u->joined);
	return MU_OK;
}

/* A section's head, or "name = value"; false for what is neither. */
static bool
unitline_parse(struct unitline *u, struct str line)
{
	size_t i;

	u->name = STR_NONE;
	if (line.p[0] == '[') {
		if (line.p[line.n - 1] != ']' ||
		    line.n - 2 >= UNITLINE_SECTION_MAX)
			return false;
		for (i = 0; i + 2 < line.n; i++)
			u->section[i] = line.p[i + 1];
		u->section[i] = '\0';
		return true;
	}
	if (!str_cut(line, '=', &u->name, &u->value)) {
		u->name = STR_NONE;
		return false;
	}
	u->name = str_trim(u->name);
	u->value = str_trim(u->value);
	return u->name.n != 0;
}

int
unitline_next(struct unitline *u, bool report, struct err *e)
{
	struct str line;

	while (lines_next(&u->lines, &line)) {
		u->at = u->lines.at;
		line = unitline_left(line);
		if (unitline_comment(line))
			continue;
		if (unitline_continued(line))
			TRY(unitline_join(u, &line, e));
		line = str_trim(line);
		if (line.n == 0)
			continue;
		if (unitline_parse(u, line))
			return 1;
		if (report)
			TRY(lines_gap(&u->lines, u->at, GAP_MALFORMED,
			    "no line of systemd.syntax(7)", e));
	}
	return 0;
}

/* A character after a backslash; false where it stands for none. */
static bool
unitline_escape(char c, char *out)
{
	static const char from[] = "abfnrtv\\\"'s";
	static const char to[] = "\a\b\f\n\r\t\v\\\"' ";
	size_t at = str_chr(STR(from), c);

	if (at == SIZE_MAX)
		return false;
	*out = to[at];
	return true;
}

/* What a backslash at the head of ${s} makes; returns the bytes it took. */
static size_t
unitline_unescape(struct str s, struct buf *out)
{
	unsigned char byte = 0;
	char c = '\0';
	size_t i;

	if (s.n >= 2 && unitline_escape(s.p[1], &c)) {
		buf_addc(out, c);
		return 2;
	}
	if (s.n >= 4 && s.p[1] == 'x' &&
	    digest_unhex(str_head(str_skip(s, 2), 2), &byte, 1) == 1) {
		buf_addc(out, (char)byte);
		return 4;
	}
	for (i = 1; i < 4 && i < s.n && s.p[i] >= '0' && s.p[i] <= '7'; i++)
		byte = (unsigned char)(byte * 8 + (s.p[i] - '0'));
	if (i == 4) {
		buf_addc(out, (char)byte);
		return 4;
	}
	buf_addc(out, '\\');
	return 1;
}

bool
unitline_word(struct str *text, struct buf *out)
{
	struct str s = str_trim(*text);
	char quote = '\0', c;
	size_t i;

	buf_reset(out);
	for (i = 0; i < s.n;) {
		c = s.p[i];
		if (quote == '\0' && (c == ' ' || (c >= '\t' && c <= '\r')))
			break;
		if (c == '\\') {
			i += unitline_unescape(str_skip(s, i), out);
			continue;
		}
		if (quote == '\0' && (c == '"' || c == '\''))
			quote = c;
		else if (quote != '\0' && c == quote)
			quote = '\0';
		else
			buf_addc(out, c);
		i += c == '%' && i + 1 < s.n && s.p[i + 1] == '%' ? 2 : 1;
	}
	*text = str_skip(s, i);
	return i != 0 && quote == '\0' && !out->bad;
}

void
unitline_plain(struct str text, struct buf *out)
{
	size_t i = 0;

	buf_reset(out);
	while (i < text.n) {
		if (text.p[i] == '\\')
			i += unitline_unescape(str_skip(text, i), out);
		else
			buf_addc(out, text.p[i++]);
	}
}

bool
unitline_yes(struct str value)
{
	static const char *const words[] = { "1", "yes", "y", "true", "t",
		"on" };
	size_t i;

	for (i = 0; i < MU_COUNT(words); i++)
		if (str_eq_nocase(value, str_from(words[i])))
			return true;
	return false;
}

bool
unitline_no(struct str value)
{
	static const char *const words[] = { "0", "no", "n", "false", "f",
		"off" };
	size_t i;

	for (i = 0; i < MU_COUNT(words); i++)
		if (str_eq_nocase(value, str_from(words[i])))
			return true;
	return false;
}
