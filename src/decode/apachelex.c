#include "decode/apachelex.h"

#include "base/buf.h"

void
apachelex_init(struct apachelex *l, struct str text, struct arena *a)
{

	*l = (struct apachelex){ .rest = text, .next = 1, .a = a };
}

/* Lines that end in a backslash go on, comments too. */
static int
apachelex_joined(struct apachelex *l, struct str *line, struct err *e)
{
	AUTO(buf) struct buf b = { 0 };
	struct str one;

	if (!str_line(&l->rest, line))
		return 0;
	l->at = l->next++;
	if (line->n > APACHELEX_LINE_MAX)
		return err_set(e, MU_ELIMIT, "a line has more than %d bytes",
		    APACHELEX_LINE_MAX);
	if (!str_ends(*line, STR("\\")))
		return 1;
	buf_init(&b, APACHELEX_LINE_MAX);
	buf_add(&b, str_head(*line, line->n - 1));
	while (str_line(&l->rest, &one)) {
		l->next++;
		if (!str_ends(one, STR("\\"))) {
			buf_add(&b, one);
			break;
		}
		buf_add(&b, str_head(one, one.n - 1));
	}
	TRY(buf_check(&b, "a line", e));
	TRY(arena_str(l->a, buf_str(&b), line, e));
	return 1;
}

int
apachelex_line(struct apachelex *l, struct str *line, struct err *e)
{
	int r;

	do {
		TRY(r = apachelex_joined(l, line, e));
		if (r == 0)
			return 0;
		*line = str_trim(*line);
	} while (line->n == 0 || line->p[0] == '#');
	return 1;
}

bool
apachelex_word(struct str *line, struct str *word)
{
	size_t i;
	char quote;

	*line = str_trim(*line);
	if (line->n == 0)
		return false;
	quote = line->p[0];
	if (quote != '"' && quote != '\'')
		return str_word(line, word);
	for (i = 1; i < line->n && line->p[i] != quote; i++)
		if (line->p[i] == '\\' && i + 1 < line->n &&
		    (line->p[i + 1] == '\\' || line->p[i + 1] == quote))
			i++;
	*word = str_skip(str_head(*line, i), 1);
	*line = str_skip(*line, i + 1);
	return true;
}

void
apachelex_start(struct apachelex_vars *v)
{

	*v = (struct apachelex_vars){ .names = map_new(APACHELEX_VARS_MAX) };
}

void
apachelex_free(struct apachelex_vars *v)
{

	map_free(v->names);
	v->names = NULL;
	vec_free(&v->values);
}

int
apachelex_define(struct apachelex_vars *v, struct str name, struct str value,
    struct err *e)
{

	if (map_put(v->names, name, v->values.n, NULL) < 0 ||
	    !vec_push(&v->values, (size_t)APACHELEX_VARS_MAX * 4, value))
		return err_set(e, MU_ELIMIT, "more than %d variables",
		    APACHELEX_VARS_MAX);
	return MU_OK;
}

int
apachelex_resolve(const struct apachelex_vars *v, struct str s, struct arena *a,
    struct str *out, struct err *e)
{
	AUTO(buf) struct buf b = { 0 };
	struct str name, rest;
	uint64_t n;
	size_t at;

	*out = s;
	if (str_find(s, STR("${")) == SIZE_MAX)
		return MU_OK;
	buf_init(&b, APACHELEX_LINE_MAX);
	while ((at = str_find(s, STR("${"))) != SIZE_MAX) {
		buf_add(&b, str_head(s, at));
		s = str_skip(s, at);
		if (str_cut(str_skip(s, 2), '}', &name, &rest) &&
		    map_get(v->names, name, &n)) {
			buf_add(&b, v->values.v[n]);
			s = rest;
		} else {
			buf_add(&b, str_head(s, 2));
			s = str_skip(s, 2);
		}
	}
	buf_add(&b, s);
	TRY(buf_check(&b, "a line", e));
	return arena_str(a, buf_str(&b), out, e);
}
