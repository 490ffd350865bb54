#include "decode/cmdword.h"

#include "base/mem.h"
#include "decode/unitline.h"

/* Where a shell's line stands. */
struct cmdword_scan {
	struct str s;
	size_t i;
	struct cmdwords *out;
	bool in_word, begins;
	enum cmdword_style style;
};

static bool
cmdword_name(char c, bool first)
{

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (!first && c >= '0' && c <= '9');
}

static char
cmdword_at(const struct cmdword_scan *c, size_t ahead)
{

	return c->i + ahead < c->s.n ? c->s.p[c->i + ahead] : '\0';
}

static void
cmdword_open(struct cmdword_scan *c)
{
	struct cmdwords *w = c->out;

	if (c->in_word || w->n == CMDWORD_MAX)
		return;
	c->in_word = true;
	w->v[w->n++] = (struct cmdword){ w->b->n, 0, c->begins };
	c->begins = false;
}

static void
cmdword_add(struct cmdword_scan *c, char ch)
{

	cmdword_open(c);
	if (c->in_word)
		buf_addc(c->out->b, ch);
}

static void
cmdword_close(struct cmdword_scan *c)
{
	struct cmdwords *w = c->out;

	if (c->in_word)
		w->v[w->n - 1].n = w->b->n - w->v[w->n - 1].at;
	c->in_word = false;
}

/* Past what closes the parenthesis, or the back quote, at ${i}. */
static size_t
cmdword_closing(struct str s, size_t i)
{
	char open = s.p[i++], close = open == '`' ? '`' :
				      open == '{' ? '}' :
						    ')';
	size_t depth = 1;

	for (; i < s.n && depth != 0; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == close)
			depth--;
		else if (s.p[i] == open)
			depth++;
	}
	return i < s.n ? i : s.n;
}

/* "$NAME", "${...}", "$(...)", "$1": a hole; a "$" before all else is one. */
static void
cmdword_dollar(struct cmdword_scan *c)
{
	char next = cmdword_at(c, 1);

	if (next == '{' || next == '(') {
		c->i = cmdword_closing(c->s, c->i + 1);
	} else if (cmdword_name(next, true)) {
		for (c->i++; cmdword_name(cmdword_at(c, 0), false);)
			c->i++;
	} else if (next != '\0' &&
		   str_chr(STR("0123456789@*#?$!-"), next) != SIZE_MAX) {
		c->i += 2;
	} else {
		c->i++;
		cmdword_add(c, '$');
		return;
	}
	cmdword_add(c, CMDWORD_HOLE);
}

/* What means the same within double quotes and without; false for the rest. */
static bool
cmdword_common(struct cmdword_scan *c)
{
	char ch = c->s.p[c->i];

	if (ch == '$') {
		cmdword_dollar(c);
	} else if (ch == '`') {
		c->i = cmdword_closing(c->s, c->i);
		cmdword_add(c, CMDWORD_HOLE);
	} else if (c->style == CMDWORD_CRON && ch == '\\' &&
		   cmdword_at(c, 1) == '%') {
		cmdword_add(c, '%');
		c->i += 2;
	} else {
		return false;
	}
	return true;
}

static void
cmdword_quoted(struct cmdword_scan *c)
{
	char quote = c->s.p[c->i++], ch, next;

	cmdword_open(c);
	while (c->i < c->s.n && c->s.p[c->i] != quote) {
		ch = c->s.p[c->i];
		next = cmdword_at(c, 1);
		if (quote == '"' && cmdword_common(c))
			continue;
		if (ch == '\\' && next == '%' && c->style == CMDWORD_CRON) {
			c->i++;
		} else if (quote == '"' && ch == '\\' && next != '\0' &&
			   str_chr(STR("$`\"\\"), next) != SIZE_MAX) {
			c->i++;
		}
		cmdword_add(c, c->s.p[c->i++]);
	}
	c->i += c->i < c->s.n;
}

/* One byte that stands outside quotes. */
static void
cmdword_plain(struct cmdword_scan *c)
{
	char ch = c->s.p[c->i++];

	if (ch == ' ' || (ch >= '\t' && ch <= '\r' && ch != '\n')) {
		cmdword_close(c);
	} else if (str_chr(STR(";&|()\n"), ch) != SIZE_MAX) {
		cmdword_close(c);
		c->begins = true;
	} else if (ch == '<' || ch == '>') {
		cmdword_close(c);
		/* ">&" joins no commands. */
		if (cmdword_at(c, 0) == '&')
			c->i++;
	} else if (ch == '#' && !c->in_word) {
		while (c->i < c->s.n && c->s.p[c->i] != '\n')
			c->i++;
	} else if (ch == '\\') {
		if (c->i < c->s.n && c->s.p[c->i] != '\n')
			cmdword_add(c, c->s.p[c->i]);
		c->i += c->i < c->s.n;
	} else {
		cmdword_add(c, ch);
	}
}

static void
cmdword_shell(struct str text, enum cmdword_style style, struct cmdwords *out)
{
	struct cmdword_scan c = {
		.s = text, .out = out, .begins = true, .style = style
	};
	char ch;

	while (c.i < text.n && !out->b->bad) {
		ch = text.p[c.i];
		/* What follows goes to the command's standard input. */
		if (ch == '%' && style == CMDWORD_CRON)
			break;
		if (cmdword_common(&c))
			continue;
		if (ch == '"' || ch == '\'')
			cmdword_quoted(&c);
		else
			cmdword_plain(&c);
	}
	cmdword_close(&c);
}

/* systemd's own marks, before words are made: "%n", "${X}", "$X", "$$". */
static void
cmdword_marks(struct str s, struct buf *b)
{
	size_t i = 0;

	while (i < s.n) {
		if (s.p[i] == '%' && i + 1 < s.n && s.p[i + 1] != '%') {
			buf_addc(b, CMDWORD_HOLE);
			i += 2;
		} else if (s.p[i] == '%' && i + 1 < s.n) {
			buf_adds(b, "%%");
			i += 2;
		} else if (s.p[i] == '$' && i + 1 < s.n && s.p[i + 1] == '$') {
			buf_addc(b, '$');
			i += 2;
		} else if (s.p[i] == '$' && i + 1 < s.n && s.p[i + 1] == '{') {
			buf_addc(b, CMDWORD_HOLE);
			i = cmdword_closing(s, i + 1);
		} else if (s.p[i] == '$' && i + 1 < s.n &&
			   cmdword_name(s.p[i + 1], true)) {
			buf_addc(b, CMDWORD_HOLE);
			for (i++; i < s.n && cmdword_name(s.p[i], false);)
				i++;
		} else {
			buf_addc(b, s.p[i++]);
		}
	}
}

static void
cmdword_systemd(struct str text, struct cmdwords *out)
{
	AUTO(buf) struct buf marked = { 0 };
	AUTO(buf) struct buf word = { 0 };
	bool begins = true;
	struct str rest, w;

	while (text.n != 0 && str_chr(STR("@-:|+!"), text.p[0]) != SIZE_MAX)
		text = str_skip(text, 1);
	buf_init(&marked, UNITLINE_LINE_MAX);
	buf_init(&word, UNITLINE_LINE_MAX);
	cmdword_marks(text, &marked);
	rest = buf_str(&marked);
	while (out->n < CMDWORD_MAX && !marked.bad && rest.n != 0 &&
	       unitline_word(&rest, &word)) {
		w = buf_str(&word);
		if (str_eq(w, STR(";"))) {
			begins = true;
			continue;
		}
		out->v[out->n++] = (struct cmdword){ out->b->n, w.n, begins };
		buf_add(out->b, w);
		begins = false;
	}
	if (marked.p != NULL)
		mem_wipe(marked.p, marked.room);
	if (word.p != NULL)
		mem_wipe(word.p, word.room);
}

void
cmdword_split(struct str text, enum cmdword_style style, struct buf *b,
    struct cmdwords *out)
{

	buf_reset(b);
	out->b = b;
	out->n = 0;
	if (style == CMDWORD_SYSTEMD)
		cmdword_systemd(text, out);
	else
		cmdword_shell(text, style, out);
	if (b->bad)
		out->n = 0;
}

struct str
cmdword_str(const struct cmdwords *w, size_t i)
{

	if (i >= w->n)
		return STR_NONE;
	return str_head(str_skip(buf_str(w->b), w->v[i].at), w->v[i].n);
}
