#include "decode/nginxlex.h"

void
nginxlex_init(struct nginxlex *l, struct str text, struct arena *a)
{

	*l = (struct nginxlex){ .rest = text, .line = 1, .at = 1, .a = a };
	if (str_starts(text, STR("\xef\xbb\xbf")))
		l->rest = str_skip(text, 3);
}

static bool
nginxlex_blank(char c)
{

	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Take ${n} bytes off, and count the lines in them. */
static void
nginxlex_take(struct nginxlex *l, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		l->line += l->rest.p[i] == '\n';
	l->rest = str_skip(l->rest, n);
}

static enum nginxlex_what
nginxlex_bad(struct nginxlex *l, const char *fault, enum gap_reason reason)
{

	l->fault = fault;
	l->reason = reason;
	return NGINXLEX_BAD;
}

/* Blanks, and comments, which begin where a word could. */
static void
nginxlex_pass(struct nginxlex *l)
{
	size_t n;

	for (;;) {
		n = 0;
		while (n < l->rest.n && nginxlex_blank(l->rest.p[n]))
			n++;
		nginxlex_take(l, n);
		if (l->rest.n == 0 || l->rest.p[0] != '#')
			return;
		n = str_chr(l->rest, '\n');
		nginxlex_take(l, n == SIZE_MAX ? l->rest.n : n);
	}
}

/* The bytes that "\t" and the like stand for; others keep the backslash. */
static char
nginxlex_escape(char c)
{

	return c == 't' ? '\t' : c == 'r' ? '\r' : c == 'n' ? '\n' : c;
}

/* ${raw} with its escapes undone. */
static bool
nginxlex_undo(struct nginxlex *l, struct str raw, struct str *word)
{
	size_t i, n = 0;
	char *p;

	*word = raw;
	if (str_chr(raw, '\\') == SIZE_MAX)
		return true;
	p = arena_take(l->a, raw.n + 1, 1);
	if (p == NULL)
		return false;
	for (i = 0; i < raw.n; i++) {
		if (raw.p[i] == '\\' && i + 1 < raw.n &&
		    str_chr(STR("\"'\\trn"), raw.p[i + 1]) != SIZE_MAX)
			p[n++] = nginxlex_escape(raw.p[++i]);
		else
			p[n++] = raw.p[i];
	}
	*word = str_of(p, n);
	return true;
}

/* How long a word without quotes is: "${" keeps its brace. */
static size_t
nginxlex_bare(struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '\\') {
			i++;
			continue;
		}
		if (nginxlex_blank(s.p[i]) || s.p[i] == ';')
			return i;
		if (s.p[i] == '{' && (i == 0 || s.p[i - 1] != '$'))
			return i;
	}
	return s.n;
}

/* Where the closing quote of ${s} stands, which begins behind the other. */
static size_t
nginxlex_quoted(struct str s, char quote)
{
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == quote)
			return i;
	}
	return SIZE_MAX;
}

static enum nginxlex_what
nginxlex_word(struct nginxlex *l, struct str *word)
{
	char c = l->rest.p[0];
	struct str raw, s = str_skip(l->rest, 1);
	bool quoted = c == '"' || c == '\'';
	size_t n;

	n = quoted ? nginxlex_quoted(s, c) : nginxlex_bare(l->rest);
	if (n == SIZE_MAX)
		return nginxlex_bad(l, "a quote is not closed", GAP_MALFORMED);
	if (n > NGINXLEX_WORD_MAX)
		return nginxlex_bad(l, "a word has more than 4096 bytes",
		    GAP_LIMIT);
	raw = str_head(quoted ? s : l->rest, n);
	nginxlex_take(l, quoted ? n + 2 : n);
	if (!nginxlex_undo(l, raw, word))
		return nginxlex_bad(l, "the file needs too much memory",
		    GAP_LIMIT);
	if (quoted && l->rest.n != 0 && !nginxlex_blank(l->rest.p[0]) &&
	    str_chr(STR(";{)"), l->rest.p[0]) == SIZE_MAX)
		return nginxlex_bad(l, "a quote ends within a word",
		    GAP_MALFORMED);
	return NGINXLEX_WORD;
}

enum nginxlex_what
nginxlex_next(struct nginxlex *l, struct str *word)
{
	char c;

	nginxlex_pass(l);
	l->at = l->line;
	if (l->rest.n == 0)
		return NGINXLEX_EOF;
	c = l->rest.p[0];
	if (c != ';' && c != '{' && c != '}')
		return nginxlex_word(l, word);
	nginxlex_take(l, 1);
	return c == ';' ? NGINXLEX_END :
	       c == '{' ? NGINXLEX_OPEN :
			  NGINXLEX_CLOSE;
}

/* How long the string, comment or other byte is that Lua's ${s} begins with. */
static size_t
nginxlex_lua_piece(struct str s)
{
	size_t n;

	if (s.p[0] == '"' || s.p[0] == '\'') {
		n = nginxlex_quoted(str_skip(s, 1), s.p[0]);
		return n == SIZE_MAX ? s.n : n + 2;
	}
	if (str_starts(s, STR("[[")) || str_starts(s, STR("--[["))) {
		n = str_find(s, STR("]]"));
		return n == SIZE_MAX ? s.n : n + 2;
	}
	if (str_starts(s, STR("--"))) {
		n = str_chr(s, '\n');
		return n == SIZE_MAX ? s.n : n;
	}
	return 1;
}

bool
nginxlex_lua(struct nginxlex *l)
{
	size_t depth = 1, n;

	while (l->rest.n != 0) {
		depth += l->rest.p[0] == '{';
		depth -= l->rest.p[0] == '}';
		n = nginxlex_lua_piece(l->rest);
		nginxlex_take(l, n);
		if (depth == 0)
			return true;
	}
	return false;
}
