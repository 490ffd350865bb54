#include "decode/columns.h"

#include "decode/lines.h"
#include "decode/pick.h"

static bool
columns_blank(char c)
{

	return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

/* A quoted word, its end being the mark again; one that is left open goes to
 * the line's end. */
static int
columns_quoted(struct str *line, struct arena *a, struct str *word,
    struct err *e)
{
	struct str s = *line;
	char mark = s.p[0], *to;
	size_t i, n = 0;

	to = arena_take(a, s.n, 1);
	if (to == NULL)
		return err_set(e, MU_ELIMIT, "no room for a word");
	for (i = 1; i < s.n && s.p[i] != mark; i++) {
		if (mark == '"' && s.p[i] == '\\' && i + 1 < s.n)
			i++;
		to[n++] = s.p[i];
	}
	*word = str_of(to, n);
	*line = str_skip(s, i + 1);
	return 1;
}

int
columns_next(struct str *line, struct arena *a, struct str *word, struct err *e)
{
	size_t n = 0;

	while (line->n != 0 && columns_blank(line->p[0]))
		*line = str_skip(*line, 1);
	if (line->n == 0 || line->p[0] == '#')
		return 0;
	if (line->p[0] == '"' || line->p[0] == '\'')
		return columns_quoted(line, a, word, e);
	while (n < line->n && !columns_blank(line->p[n]))
		n++;
	*word = str_head(*line, n);
	*line = str_skip(*line, n);
	return 1;
}

static int
columns_add(const struct decode_in *in, struct pick_list *list,
    struct str first, size_t n, struct str value, size_t line, struct err *e)
{
	struct str path;

	if (n == 0)
		TRY(arena_fmt(in->job, &path, e, STR_FMT "%crest",
		    STR_ARG(first), PICK_SEP));
	else
		TRY(arena_fmt(in->job, &path, e, STR_FMT "%c%zu",
		    STR_ARG(first), PICK_SEP, n));
	return pick_add(list, path, value, line, e);
}

static int
columns_line(const struct decode_in *in, struct pick_list *list,
    struct str line, size_t at, struct err *e)
{
	struct str first, word;
	size_t n;
	int got;

	if (str_starts(str_trim(line), STR(";")))
		return MU_OK;
	TRY(got = columns_next(&line, in->job, &first, e));
	if (got == 0 || str_chr(first, PICK_SEP) != SIZE_MAX)
		return MU_OK;
	line = str_trim(line);
	if (line.n != 0 && line.p[0] != '"' && line.p[0] != '\'')
		TRY(columns_add(in, list, first, 0, line, at, e));
	for (n = 2; n <= COLUMNS_LINE_MAX; n++) {
		TRY(got = columns_next(&line, in->job, &word, e));
		if (got == 0)
			return MU_OK;
		TRY(columns_add(in, list, first, n, word, at, e));
	}
	return MU_OK;
}

static int
columns_read(const struct decode_in *in, struct err *e)
{
	AUTO(pick) struct pick_list list = { 0 };
	struct str line;
	struct lines l;

	lines_init(&l, in);
	while (lines_next(&l, &line))
		TRY(columns_line(in, &list, line, l.at, e));
	return pick_run(in, &list, e);
}

const struct decoder decode_columns = {
	.name = "columns",
	.place = NULL,
	.sees = "Values by the first word of a line and their number",
	.source = "docs/formats/place.md",
	.max_bytes = (size_t)4 << 20,
	.read = columns_read,
};
