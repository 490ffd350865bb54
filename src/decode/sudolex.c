#include "decode/sudolex.h"

static bool
sudolex_is_blank(char c)
{

	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
sudolex_digit(char c)
{

	return c >= '0' && c <= '9';
}

/*
 * Whether the "#" at ${i} begins a comment: it does not where digits follow it
 * and a name may stand there, nor in an include of the old spelling.
 */
static bool
sudolex_comment(struct str s, size_t i)
{
	size_t k = i + 1;
	char c = i != 0 ? s.p[i - 1] : ' ';

	if (i == 0 && str_starts(s, STR("#include")))
		return false;
	if (k < s.n && s.p[k] == '-')
		k++;
	if (k >= s.n || !sudolex_digit(s.p[k]))
		return true;
	return !sudolex_is_blank(c) && str_chr(STR(",(!%:="), c) == SIZE_MAX;
}

/* One physical line without its comment; ${more}: it ends in a backslash. */
static struct str
sudolex_strip(struct str line, bool *more)
{
	bool quoted = false;
	size_t i;

	*more = false;
	line = str_trim(line);
	for (i = 0; i < line.n; i++) {
		if (line.p[i] == '\\') {
			if (i + 1 == line.n) {
				*more = true;
				return str_head(line, i);
			}
			i++;
		} else if (line.p[i] == '"') {
			quoted = !quoted;
		} else if (line.p[i] == '#' && !quoted &&
			   sudolex_comment(line, i)) {
			return str_head(line, i);
		}
	}
	return line;
}

static int
sudolex_join(struct lines *l, struct str *line, struct err *e)
{
	AUTO(buf) struct buf b = { 0 };
	struct str part;
	bool more = true;

	buf_init(&b, SUDOLEX_LINE_MAX);
	buf_add(&b, *line);
	while (more && lines_next(l, &part)) {
		buf_addc(&b, ' ');
		buf_add(&b, sudolex_strip(part, &more));
	}
	TRY(buf_check(&b, "a line", e));
	return arena_str(l->in->job, buf_str(&b), line, e);
}

int
sudolex_line(struct lines *l, struct str *line, size_t *at, struct err *e)
{
	bool more;

	while (lines_next(l, line)) {
		*at = l->at;
		*line = sudolex_strip(*line, &more);
		if (more)
			TRY(sudolex_join(l, line, e));
		*line = str_trim(*line);
		if (line->n != 0)
			return 1;
	}
	return 0;
}

void
sudolex_blank(struct str *s)
{

	while (s->n != 0 && sudolex_is_blank(s->p[0]))
		*s = str_skip(*s, 1);
}

bool
sudolex_take(struct str *s, char c)
{

	sudolex_blank(s);
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = str_skip(*s, 1);
	return true;
}

/* How many bytes of ${s} come before a byte of ${stop}, or a blank. */
static size_t
sudolex_span(struct str s, const char *stop, bool blanks)
{
	bool quoted = false;
	size_t i;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '\\')
			i++;
		else if (s.p[i] == '"')
			quoted = !quoted;
		else if (!quoted &&
			 ((blanks && sudolex_is_blank(s.p[i])) ||
			     str_chr(str_from(stop), s.p[i]) != SIZE_MAX))
			return i;
	}
	return s.n;
}

bool
sudolex_word(struct str *s, const char *stop, struct str *word)
{
	size_t n;

	sudolex_blank(s);
	n = sudolex_span(*s, stop, true);
	*word = str_head(*s, n);
	*s = str_skip(*s, n);
	return n != 0;
}

void
sudolex_until(struct str *s, const char *stop, struct str *text)
{
	size_t n = sudolex_span(*s, stop, false);

	*text = str_trim(str_head(*s, n));
	*s = str_skip(*s, n);
}

bool
sudolex_item(struct str *list, const char *stop, struct sudolex_item *item)
{

	item->negated = false;
	while (sudolex_take(list, '!'))
		item->negated = !item->negated;
	return sudolex_word(list, stop, &item->word);
}

int
sudolex_plain(struct str word, struct arena *job, struct str *out,
    struct err *e)
{
	size_t i, n = 0;
	char *p;

	*out = word;
	if (str_chr(word, '\\') == SIZE_MAX && str_chr(word, '"') == SIZE_MAX)
		return MU_OK;
	p = arena_take(job, word.n, 1);
	if (p == NULL)
		return err_set(e, MU_ELIMIT, "no room for a name");
	for (i = 0; i < word.n; i++) {
		if (word.p[i] == '"')
			continue;
		if (word.p[i] == '\\' && i + 1 < word.n)
			i++;
		p[n++] = word.p[i];
	}
	*out = str_of(p, n);
	return MU_OK;
}

bool
sudolex_alias(struct str word)
{
	size_t i;
	char c;

	for (i = 0; i < word.n; i++) {
		c = word.p[i];
		if (!(c >= 'A' && c <= 'Z') &&
		    (i == 0 || (!sudolex_digit(c) && c != '_')))
			return false;
	}
	return word.n != 0;
}
