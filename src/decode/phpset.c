#include "decode/phpset.h"

#include "decode/pick.h"

/* What one token of the language is; all that is of no use here is OTHER. */
enum kind {
	KIND_END,
	KIND_TEXT,  /* a quoted text, undone */
	KIND_NAME,  /* a word, or a variable without its "$" */
	KIND_ARROW, /* => */
	KIND_MARK,  /* one byte: what it is stands in ${text} */
};

struct token_php {
	enum kind kind;
	struct str text;
	size_t line;
};

/* The last four tokens, the newest last. */
#define PHPSET_WINDOW 5

struct phpset {
	const struct decode_in *in;
	struct str s;
	size_t line;
	struct token_php t[PHPSET_WINDOW];
};

static bool
phpset_word(char c)
{

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0;
}

/* Past ${n} bytes, lines counted. */
static void
phpset_skip(struct phpset *p, size_t n)
{
	size_t i;

	for (i = 0; i < n && i < p->s.n; i++)
		p->line += p->s.p[i] == '\n';
	p->s = str_skip(p->s, n);
}

static void
phpset_to(struct phpset *p, struct str mark)
{
	size_t at = str_find(p->s, mark);

	phpset_skip(p, at == SIZE_MAX ? p->s.n : at + mark.n);
}

/* Blanks and comments. */
static void
phpset_gap(struct phpset *p)
{

	for (;;) {
		if (p->s.n == 0)
			return;
		if (str_starts(p->s, STR("/*")))
			phpset_to(p, STR("*/"));
		else if (str_starts(p->s, STR("//")) || p->s.p[0] == '#')
			phpset_to(p, STR("\n"));
		else if (str_chr(STR(" \t\r\n\f\v"), p->s.p[0]) != SIZE_MAX)
			phpset_skip(p, 1);
		else
			return;
	}
}

/* A backslash before a quote of its own kind, or before another, goes. */
static int
phpset_text(struct phpset *p, struct token_php *t, struct err *e)
{
	char mark = p->s.p[0], *to;
	size_t i, n = 0, end;

	for (end = 1; end < p->s.n && p->s.p[end] != mark; end++)
		if (p->s.p[end] == '\\')
			end++;
	if (end > p->s.n)
		end = p->s.n;
	to = arena_take(p->in->job, end + 1, 1);
	if (to == NULL)
		return err_set(e, MU_ELIMIT, "no room for a text");
	for (i = 1; i < end; i++) {
		if (p->s.p[i] == '\\' && i + 1 < end &&
		    (p->s.p[i + 1] == mark || p->s.p[i + 1] == '\\' ||
			(mark == '"' && p->s.p[i + 1] == '$')))
			i++;
		to[n++] = p->s.p[i];
	}
	t->kind = KIND_TEXT;
	t->text = str_of(to, n);
	phpset_skip(p, end + 1);
	return MU_OK;
}

static int
phpset_next(struct phpset *p, struct token_php *t, struct err *e)
{
	size_t n = 0;

	phpset_gap(p);
	*t = (struct token_php){ .kind = KIND_END, .line = p->line };
	if (p->s.n == 0)
		return MU_OK;
	if (p->s.p[0] == '\'' || p->s.p[0] == '"')
		return phpset_text(p, t, e);
	if (p->s.p[0] == '$')
		p->s = str_skip(p->s, 1);
	while (n < p->s.n && phpset_word(p->s.p[n]))
		n++;
	t->kind = KIND_NAME;
	if (n == 0 && str_starts(p->s, STR("=>"))) {
		t->kind = KIND_ARROW;
		n = 2;
	} else if (n == 0 && p->s.n != 0) {
		t->kind = KIND_MARK;
		n = 1;
	}
	t->text = str_head(p->s, n);
	phpset_skip(p, n);
	return MU_OK;
}

static bool
phpset_mark(const struct token_php *t, char c)
{

	return t->kind == KIND_MARK && t->text.p[0] == c;
}

/* What the newest token, a text, is given to; "" where to nothing. */
static struct str
phpset_name(const struct token_php t[PHPSET_WINDOW])
{

	if (t[3].kind == KIND_ARROW && t[2].kind == KIND_TEXT)
		return t[2].text;
	if (phpset_mark(&t[3], '=') && t[2].kind == KIND_NAME)
		return t[2].text;
	if (phpset_mark(&t[3], '=') && phpset_mark(&t[2], ']') &&
	    t[1].kind == KIND_TEXT)
		return t[1].text;
	if (phpset_mark(&t[3], ',') && t[2].kind == KIND_TEXT &&
	    phpset_mark(&t[1], '(') && t[0].kind == KIND_NAME &&
	    str_eq_nocase(t[0].text, STR("define")))
		return t[2].text;
	return STR_NONE;
}

static int
phpset_read(const struct decode_in *in, struct err *e)
{
	AUTO(pick) struct pick_list list = { 0 };
	struct phpset p = { .in = in, .s = in->bytes, .line = 1 };
	struct token_php *last = &p.t[PHPSET_WINDOW - 1];
	struct str name;
	size_t i;

	do {
		for (i = 1; i < PHPSET_WINDOW; i++)
			p.t[i - 1] = p.t[i];
		TRY(phpset_next(&p, last, e));
		if (last->kind != KIND_TEXT)
			continue;
		name = phpset_name(p.t);
		if (name.n != 0 && str_chr(name, PICK_SEP) == SIZE_MAX)
			TRY(pick_add(&list, name, last->text, last->line, e));
	} while (last->kind != KIND_END);
	return pick_run(in, &list, e);
}

const struct decoder decode_phpset = {
	.name = "phpset",
	.place = NULL,
	.sees = "Values by name in settings written in PHP",
	.source = "docs/formats/place.md",
	.max_bytes = (size_t)1 << 20,
	.read = phpset_read,
};
