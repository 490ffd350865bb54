#include "decode/sshdload.h"

#include "decode/peek.h"

struct sshdload {
	sshdload_fn fn;
	void *cookie;
	bool loud;
	size_t files;
};

static int sshdload_file(struct sshdload *s, const struct decode_in *in,
    struct sshdload_block *block, int depth, struct err *e);

static bool
sshdload_blank(char c)
{

	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The keyword: to a blank or one "=", which is taken too. */
static struct str
sshdload_keyword(struct str *line)
{
	struct str word, s = str_trim(*line);
	bool equals;
	size_t n = 0;

	while (n < s.n && !sshdload_blank(s.p[n]) && s.p[n] != '=')
		n++;
	word = str_head(s, n);
	s = str_skip(s, n);
	equals = s.n != 0 && s.p[0] == '=';
	s = str_trim(str_skip(s, equals));
	if (!equals && str_starts(s, STR("=")))
		s = str_skip(s, 1);
	*line = s;
	/* A keyword may stand in quotes. */
	if (word.n >= 2 && word.p[0] == '"' && word.p[word.n - 1] == '"')
		word = str_head(str_skip(word, 1), word.n - 2);
	return word;
}

/* One word's bytes into ${p}; returns how many of ${s} it took, or SIZE_MAX. */
static size_t
sshdload_word(struct str s, char *p, size_t *n)
{
	char quote = '\0', c, next;
	size_t i;

	for (i = 0; i < s.n; i++) {
		c = s.p[i];
		next = i + 1 < s.n ? s.p[i + 1] : '\0';
		if (c == '\\' && (next == '"' || next == '\'' || next == '\\' ||
				     (quote == '\0' && next == ' ')))
			p[(*n)++] = s.p[++i];
		else if (quote == '\0' && sshdload_blank(c))
			break;
		else if (quote == '\0' && (c == '"' || c == '\''))
			quote = c;
		else if (quote != '\0' && c == quote)
			quote = '\0';
		else
			p[(*n)++] = c;
	}
	return quote == '\0' ? i : SIZE_MAX;
}

/*
 * The words of ${line}, quotes undone, to a "#" that begins one. Returns 1 for
 * quotes that do not close.
 */
static int
sshdload_split(struct str line, struct arena *a, struct sshdload_words *out,
    struct err *e)
{
	size_t took, n;
	char *p;

	out->n = 0;
	p = arena_take(a, line.n, 1);
	if (p == NULL)
		return err_set(e, MU_ELIMIT, "no room for a line");
	for (;;) {
		line = str_trim(line);
		if (line.n == 0 || line.p[0] == '#' ||
		    out->n == SSHDLOAD_WORDS_MAX)
			return MU_OK;
		n = 0;
		took = sshdload_word(line, p, &n);
		if (took == SIZE_MAX)
			return 1;
		out->v[out->n++] = str_of(p, n);
		p += n;
		line = str_skip(line, took);
	}
}

/* One file that a pattern of Include stands for. */
static int
sshdload_one(struct sshdload *s, struct lines *from, struct str path,
    struct sshdload_block *block, int depth, struct err *e)
{
	struct err why = { 0 };
	struct decode_in in;
	int r = peek_file(from->in, path, SSHDLOAD_BYTES_MAX, &in, &why);

	if (r < 0 && s->loud)
		return lines_gap(from, from->at, peek_reason(r),
		    "files are included that are not read", e);
	if (r <= 0)
		return MU_OK;
	if (depth == SSHDLOAD_DEPTH_MAX || s->files++ == SSHDLOAD_FILES_MAX)
		return err_set(e, MU_ELIMIT,
		    "files include deeper than %d, or more than %d",
		    SSHDLOAD_DEPTH_MAX, SSHDLOAD_FILES_MAX);
	return sshdload_file(s, &in, block, depth + 1, e);
}

static int
sshdload_include(struct sshdload *s, const struct sshdload_line *l, int depth,
    struct err *e)
{
	struct err why = { 0 };
	struct str path, *paths;
	size_t i, k, n;
	int r;

	for (i = 0; i < l->words.n; i++) {
		path = l->words.v[i];
		if (!str_starts(path, STR("/")))
			TRY(arena_fmt(l->lines->in->job, &path, e,
			    "/etc/ssh/" STR_FMT, STR_ARG(path)));
		r = peek_glob(l->lines->in, path, &paths, &n, &why);
		if (r < 0 && s->loud)
			TRY(lines_gap(l->lines, l->lines->at, peek_reason(r),
			    "files are included that are not read", e));
		for (k = 0; r >= 0 && k < n; k++)
			TRY(sshdload_one(s, l->lines, paths[k], l->block, depth,
			    e));
	}
	return MU_OK;
}

/* Take ${text} apart into ${l}; false for a blank line or a comment. */
static int
sshdload_parse(struct str text, struct sshdload_line *l, struct err *e)
{
	int bad;

	l->keyword = sshdload_keyword(&text);
	if (l->keyword.n == 0 || l->keyword.p[0] == '#')
		return 0;
	l->bad = GAP_REASONS;
	l->words.n = 0;
	if (text.n > SSHDLOAD_LINE_MAX) {
		l->bad = GAP_LIMIT;
		return 1;
	}
	TRY(bad = sshdload_split(text, l->lines->in->job, &l->words, e));
	if (bad || l->words.n == 0)
		l->bad = GAP_MALFORMED;
	return 1;
}

static int
sshdload_file(struct sshdload *s, const struct decode_in *in,
    struct sshdload_block *block, int depth, struct err *e)
{
	struct sshdload_block match;
	struct sshdload_line *l;
	struct lines lines;
	struct str text;
	int got;

	l = arena_take(in->job, 1, sizeof(*l));
	if (l == NULL)
		return err_set(e, MU_ELIMIT, "no room for a line");
	lines_init(&lines, in);
	l->lines = &lines;
	l->block = block;
	while (lines_next(&lines, &text)) {
		TRY(got = sshdload_parse(text, l, e));
		if (got == 0)
			continue;
		if (str_eq_nocase(l->keyword, STR("Match"))) {
			match = (struct sshdload_block){ .keyfiles = false };
			l->block = &match;
		}
		if (l->bad == GAP_REASONS &&
		    str_eq_nocase(l->keyword, STR("Include")))
			TRY(sshdload_include(s, l, depth, e));
		else
			TRY(s->fn(s->cookie, l, e));
	}
	return s->loud ? lines_done(&lines, e) : MU_OK;
}

int
sshdload_each(const struct decode_in *in, bool loud, sshdload_fn fn,
    void *cookie, struct err *e)
{
	struct sshdload s = { .fn = fn, .cookie = cookie, .loud = loud };
	struct sshdload_block block = { .keyfiles = false };

	return sshdload_file(&s, in, &block, 0, e);
}
