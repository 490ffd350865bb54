#include "decode/jtext.h"

const char jtext_deep[] = "nesting too deep";

struct scan {
	struct str s;
	size_t i;
	unsigned depth;
	char close[JTEXT_DEPTH_MAX];
};

static bool
scan_blank(char c)
{

	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The byte at hand, or 0 at the end; a zero byte is right nowhere in JSON. */
static char
scan_peek(const struct scan *c)
{

	return c->i < c->s.n ? c->s.p[c->i] : '\0';
}

static char
scan_next(struct scan *c)
{

	while (c->i < c->s.n && scan_blank(c->s.p[c->i]))
		c->i++;
	return scan_peek(c);
}

/* Four hexadecimal digits; -1, at the byte that is none. */
static int
scan_hex4(struct scan *c)
{
	int v = 0, k;
	char ch;

	for (k = 0; k < 4; k++, c->i++) {
		ch = scan_peek(c);
		if (ch >= '0' && ch <= '9')
			v = v * 16 + (ch - '0');
		else if (ch >= 'a' && ch <= 'f')
			v = v * 16 + (ch - 'a' + 10);
		else if (ch >= 'A' && ch <= 'F')
			v = v * 16 + (ch - 'A' + 10);
		else
			return -1;
	}
	return v;
}

/*= RFC 8259 section 7: what may follow a backslash. */
static const char *
scan_escape(struct scan *c)
{
	static const char shorts[] = "\"\\/bfnrt";
	static const char half[] = "half a surrogate pair in a string";
	char ch = scan_peek(c);
	int v;

	if (ch != 'u') {
		if (ch == '\0' || strchr(shorts, ch) == NULL)
			return "an unknown escape in a string";
		c->i++;
		return NULL;
	}
	c->i++;
	v = scan_hex4(c);
	if (v < 0)
		return "an escape in a string without four hex digits";
	if (v < 0xd800 || v > 0xdfff)
		return NULL;
	if (v > 0xdbff || !str_starts(str_skip(c->s, c->i), STR("\\u")))
		return half;
	c->i += 2;
	v = scan_hex4(c);
	return v >= 0xdc00 && v <= 0xdfff ? NULL : half;
}

/* One character beyond ASCII. */
static const char *
scan_wide(struct scan *c)
{
	struct str rest = str_skip(c->s, c->i);
	size_t n;

	for (n = 2; n <= 4 && n <= rest.n; n++)
		if (str_utf8(str_head(rest, n))) {
			c->i += n;
			return NULL;
		}
	return "bytes that are no UTF-8";
}

static const char *
scan_string(struct scan *c)
{
	const char *why = NULL;
	unsigned char ch;

	if (scan_peek(c) != '"')
		return "a string is missing";
	for (c->i++; why == NULL && c->i < c->s.n;) {
		ch = (unsigned char)c->s.p[c->i];
		if (ch == '"') {
			c->i++;
			return NULL;
		}
		if (ch >= 0x80) {
			why = scan_wide(c);
			continue;
		}
		if (ch < 0x20)
			return "a control character in a string";
		c->i++;
		if (ch == '\\')
			why = scan_escape(c);
	}
	return why != NULL ? why : "a string without its end";
}

static bool
scan_digits(struct scan *c)
{
	size_t from = c->i;

	while (scan_peek(c) >= '0' && scan_peek(c) <= '9')
		c->i++;
	return c->i != from;
}

/*= RFC 8259 section 6: minus, int, frac, exp. */
static bool
scan_number(struct scan *c)
{

	if (scan_peek(c) == '-')
		c->i++;
	if (scan_peek(c) == '0')
		c->i++;
	else if (!scan_digits(c))
		return false;
	if (scan_peek(c) == '.') {
		c->i++;
		if (!scan_digits(c))
			return false;
	}
	if (scan_peek(c) != 'e' && scan_peek(c) != 'E')
		return true;
	c->i++;
	if (scan_peek(c) == '+' || scan_peek(c) == '-')
		c->i++;
	return scan_digits(c);
}

static const char *
scan_scalar(struct scan *c)
{
	static const struct str words[] = { { "true", 4 }, { "false", 5 },
		{ "null", 4 } };
	size_t k, from = c->i;
	char ch = scan_peek(c);

	if (ch == '"')
		return scan_string(c);
	for (k = 0; k < MU_COUNT(words); k++)
		if (str_starts(str_skip(c->s, c->i), words[k]))
			c->i += words[k].n;
	if (c->i == from && ch != '-' && (ch < '0' || ch > '9'))
		return "a value is missing";
	if (c->i == from && !scan_number(c))
		return "a malformed number";
	ch = scan_peek(c);
	if (c->i < c->s.n && !scan_blank(ch) &&
	    (ch == '\0' || strchr(",:[]{}", ch) == NULL))
		return "a malformed word or number";
	return NULL;
}

static const char *
scan_name(struct scan *c)
{
	const char *why;

	(void)scan_next(c);
	if ((why = scan_string(c)) != NULL)
		return why;
	if (scan_next(c) != ':')
		return "a colon is missing";
	c->i++;
	return NULL;
}

/*
 * What begins here: a scalar is passed whole; of a container only the opening,
 * and of an object the first name, so that the next value is due (*due).
 */
static const char *
scan_value(struct scan *c, bool *due)
{
	char ch = scan_next(c), close = ch == '{' ? '}' : ']';

	*due = false;
	if (ch != '{' && ch != '[')
		return scan_scalar(c);
	c->i++;
	if (scan_next(c) == close) {
		c->i++;
		return NULL;
	}
	if (c->depth == JTEXT_DEPTH_MAX)
		return jtext_deep;
	c->close[c->depth++] = close;
	*due = true;
	return close == '}' ? scan_name(c) : NULL;
}

/* What follows a value: closing brackets, then a comma or the end. */
static const char *
scan_after(struct scan *c, bool *due)
{
	char ch;

	*due = false;
	while (c->depth != 0) {
		ch = scan_next(c);
		if (ch == ',') {
			c->i++;
			*due = true;
			return c->close[c->depth - 1] == '}' ? scan_name(c) :
							       NULL;
		}
		if (ch != c->close[c->depth - 1])
			return "a comma or a closing bracket is missing";
		c->i++;
		c->depth--;
	}
	(void)scan_next(c);
	return c->i < c->s.n ? "more text after the value" : NULL;
}

const char *
jtext_check(struct str text, size_t *at)
{
	struct scan c = { .s = text };
	const char *why = NULL;
	bool due = true;

	while (due && why == NULL) {
		why = scan_value(&c, &due);
		if (why == NULL && !due)
			why = scan_after(&c, &due);
	}
	*at = c.i;
	return why;
}

size_t
jtext_line(struct str text, size_t at)
{
	size_t i, line = 1;

	for (i = 0; i < at && i < text.n; i++)
		line += text.p[i] == '\n';
	return line;
}

/* The end of the string that begins at ${i}, or ${n}. */
static size_t
lax_string(const char *p, size_t i, size_t n)
{

	for (i++; i < n && p[i] != '"'; i++)
		if (p[i] == '\\')
			i++;
	return i < n ? i + 1 : n;
}

/* Blank the comment that begins at ${i}; return its end. */
static size_t
lax_comment(char *p, size_t i, size_t n)
{
	bool block = p[i + 1] == '*';
	size_t k, end = i + 2;

	if (block) {
		while (end + 1 < n && (p[end] != '*' || p[end + 1] != '/'))
			end++;
		end = end + 1 < n ? end + 2 : n;
	} else {
		while (end < n && p[end] != '\n' && p[end] != '\r')
			end++;
	}
	for (k = i; k < end; k++)
		if (p[k] != '\n' && p[k] != '\r')
			p[k] = ' ';
	return end;
}

void
jtext_lax(char *p, size_t n)
{
	size_t i = 0, comma = SIZE_MAX;
	char before = '\0'; /* the last byte that counts */

	while (i < n) {
		if (p[i] == '/' && i + 1 < n &&
		    (p[i + 1] == '/' || p[i + 1] == '*')) {
			i = lax_comment(p, i, n);
			continue;
		}
		if (scan_blank(p[i])) {
			i++;
			continue;
		}
		if (comma != SIZE_MAX && (p[i] == '}' || p[i] == ']'))
			p[comma] = ' ';
		comma = p[i] == ',' && before != '\0' &&
				strchr("[{,:", before) == NULL ?
			    i :
			    SIZE_MAX;
		before = p[i];
		i = p[i] == '"' ? lax_string(p, i, n) : i + 1;
	}
}

/* The length of the value that ${s} begins with. */
static size_t
member_value(struct str s)
{
	size_t i = 0, depth = 0;

	do {
		if (s.p[i] == '"') {
			i = lax_string(s.p, i, s.n);
			continue;
		}
		if (s.p[i] == '{' || s.p[i] == '[')
			depth++;
		else if (s.p[i] == '}' || s.p[i] == ']')
			depth--;
		i++;
	} while (i < s.n &&
		 (depth != 0 ||
		     (!scan_blank(s.p[i]) && s.p[i] != ',' && s.p[i] != '}')));
	return i;
}

bool
jtext_member(struct str *rest, struct str *name, struct str *value)
{
	struct str s = str_trim(*rest);
	size_t n;

	if (s.n == 0 || (s.p[0] != '{' && s.p[0] != ','))
		return false;
	s = str_trim(str_skip(s, 1));
	if (s.n == 0 || s.p[0] != '"')
		return false;
	n = lax_string(s.p, 0, s.n);
	*name = str_head(s, n);
	s = str_trim(str_skip(s, n));
	s = str_trim(str_skip(s, 1)); /* the colon */
	if (s.n == 0)
		return false;
	n = member_value(s);
	*value = str_head(s, n);
	*rest = str_skip(s, n);
	return true;
}
