#include "decode/blocks.h"

#include "base/map.h"
#include "decode/pick.h"

struct blocks {
	const struct decode_in *in;
	struct str s; /* what is left */
	size_t line;  /* of what is left, from 1 */
	struct buf path;
	size_t mark[BLOCKS_DEPTH_MAX]; /* lengths of the paths around */
	size_t depth;
	struct map *heads; /* path of a block -> how many there are */
};

/* What ends a statement. */
enum stop {
	STOP_LINE,
	STOP_OPEN,
	STOP_CLOSE,
	STOP_END,
};

static bool
blocks_blank(char c)
{

	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' ||
	       c == '\v';
}

/* Whether the byte at ${i} has a blank, or nothing, after or before it. */
static bool
blocks_before_blank(struct str s, size_t i)
{

	return i + 1 >= s.n || blocks_blank(s.p[i + 1]) || s.p[i + 1] == '#';
}

static bool
blocks_after_blank(struct str s, size_t i)
{

	return i == 0 || blocks_blank(s.p[i - 1]) || s.p[i - 1] == ';';
}

static size_t
blocks_line_end(struct str s, size_t i)
{

	while (i < s.n && s.p[i] != '\n')
		i++;
	return i;
}

/* Past the quoted text at ${i}, which a line's end closes too. */
static size_t
blocks_quoted(struct str s, size_t i)
{
	char mark = s.p[i];

	for (i++; i < s.n && s.p[i] != mark && s.p[i] != '\n'; i++)
		if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] != '\n')
			i++;
	return i < s.n && s.p[i] == mark ? i + 1 : i;
}

static bool
blocks_comment(struct str s, size_t i)
{

	return blocks_after_blank(s, i) &&
	       (s.p[i] == '#' ||
		   (s.p[i] == '/' && i + 1 < s.n && s.p[i + 1] == '/'));
}

/* Whether a value begins at ${i}: quotes within a word are part of it. */
static bool
blocks_opens_quote(struct str s, size_t i)
{

	return (s.p[i] == '"' || s.p[i] == '\'') &&
	       (blocks_after_blank(s, i) || s.p[i - 1] == '=');
}

/* Take one statement off: what stands before a brace, ";" or line's end. */
static enum stop
blocks_statement(struct blocks *b, struct str *out)
{
	enum stop stop = STOP_END;
	struct str s = b->s;
	size_t i = 0, end;

	while (i < s.n && stop == STOP_END) {
		end = i;
		if (blocks_comment(s, i)) {
			*out = str_head(s, end);
			b->s = str_skip(s, blocks_line_end(s, i));
			return STOP_LINE;
		}
		if (blocks_opens_quote(s, i)) {
			i = blocks_quoted(s, i);
			continue;
		}
		if (s.p[i] == '\n' ||
		    (s.p[i] == ';' && blocks_before_blank(s, i)))
			stop = STOP_LINE;
		else if (s.p[i] == '{' && blocks_before_blank(s, i))
			stop = STOP_OPEN;
		else if (s.p[i] == '}' && blocks_after_blank(s, i))
			stop = STOP_CLOSE;
		i++;
	}
	*out = str_head(s, stop == STOP_END ? i : i - 1);
	b->s = str_skip(s, i);
	if (i != 0 && s.p[i - 1] == '\n' && stop == STOP_LINE)
		b->line++;
	return stop;
}

/* The path so far with ${part} after it; false where it is too long. */
static bool
blocks_add(struct blocks *b, struct str part)
{

	if (part.n + b->path.n + 1 > BLOCKS_PATH_MAX)
		return false;
	if (b->path.n != 0)
		buf_addc(&b->path, PICK_SEP);
	buf_add(&b->path, part);
	return true;
}

/* The words of a head with one blank between. */
static int
blocks_head(const struct blocks *b, struct str s, struct str *out,
    struct err *e)
{
	char *to = arena_take(b->in->job, s.n + 1, 1);
	size_t i, n = 0;

	if (to == NULL)
		return err_set(e, MU_ELIMIT, "no room for a block");
	for (i = 0; i < s.n; i++) {
		if (blocks_blank(s.p[i]) || s.p[i] == '=' || s.p[i] == ':') {
			if (n != 0 && to[n - 1] != ' ')
				to[n++] = ' ';
		} else if (s.p[i] != '"' && s.p[i] != '\'' &&
			   s.p[i] != PICK_SEP) {
			to[n++] = s.p[i];
		}
	}
	*out = str_trim(str_of(to, n));
	return MU_OK;
}

static int
blocks_open(struct blocks *b, struct str head, struct err *e)
{
	char number[24];
	uint64_t n = 0;

	if (b->depth == BLOCKS_DEPTH_MAX)
		return err_set(e, MU_EFORMAT,
		    "blocks nest deeper than %d at line %zu", BLOCKS_DEPTH_MAX,
		    b->line);
	TRY(blocks_head(b, head, &head, e));
	b->mark[b->depth++] = b->path.n;
	if (!blocks_add(b, head))
		return err_set(e, MU_ELIMIT,
		    "the heads of blocks are longer than %d bytes at line %zu",
		    BLOCKS_PATH_MAX, b->line);
	(void)map_get(b->heads, buf_str(&b->path), &n);
	if (map_put(b->heads, buf_str(&b->path), ++n, NULL) < 0)
		return err_set(e, MU_ELIMIT, "more than %d blocks", BLOCKS_MAX);
	(void)snprintf(number, sizeof(number), "#%llu", (unsigned long long)n);
	if (n > 1)
		buf_adds(&b->path, number);
	return MU_OK;
}

/* Quotes taken off, and a backslash before a quote or another of its kind. */
static int
blocks_value(const struct blocks *b, struct str s, struct str *out,
    struct err *e)
{
	char mark, *to;
	size_t i, n = 0;

	*out = s = str_trim(s);
	if (s.n == 0 || (s.p[0] != '"' && s.p[0] != '\''))
		return MU_OK;
	mark = s.p[0];
	to = arena_take(b->in->job, s.n, 1);
	if (to == NULL)
		return err_set(e, MU_ELIMIT, "no room for a value");
	for (i = 1; i < s.n && s.p[i] != mark; i++) {
		if (s.p[i] == '\\' && i + 1 < s.n &&
		    (s.p[i + 1] == mark || s.p[i + 1] == '\\'))
			i++;
		to[n++] = s.p[i];
	}
	*out = str_of(to, n);
	return MU_OK;
}

/* "name = value", or "name value" where no "=" stands after the name. */
static bool
blocks_split(struct str s, struct str *name, struct str *value)
{
	size_t i;

	s = str_trim(s);
	for (i = 0; i < s.n && s.p[i] != '=' && !blocks_blank(s.p[i]);)
		i++;
	*name = str_head(s, i);
	*value = str_trim(str_skip(s, i));
	if (value->n != 0 && value->p[0] == '=')
		*value = str_skip(*value, 1);
	return name->n != 0 && i < s.n;
}

static int
blocks_setting(struct blocks *b, struct str s, size_t line,
    int (*each)(void *cookie, const struct blocks_item *item, struct err *e),
    void *cookie, struct err *e)
{
	struct blocks_item item = { .line = line };
	size_t was = b->path.n;
	struct str name, value;
	bool fits;

	if (!blocks_split(s, &name, &value) ||
	    str_chr(name, PICK_SEP) != SIZE_MAX)
		return MU_OK;
	TRY(blocks_value(b, value, &item.value, e));
	fits = blocks_add(b, name);
	if (fits)
		TRY(arena_str(b->in->job, buf_str(&b->path), &item.path, e));
	buf_cut(&b->path, was);
	return fits ? each(cookie, &item, e) : MU_OK;
}

static int
blocks_walk(struct blocks *b,
    int (*each)(void *cookie, const struct blocks_item *item, struct err *e),
    void *cookie, struct err *e)
{
	struct str s, head = STR_NONE;
	enum stop stop;
	size_t line;

	do {
		line = b->line;
		stop = blocks_statement(b, &s);
		/* A brace on a line of its own opens what stood before it. */
		if (stop == STOP_OPEN) {
			TRY(blocks_open(b, str_trim(s).n != 0 ? s : head, e));
			head = STR_NONE;
			continue;
		}
		if (str_trim(s).n != 0) {
			head = s;
			TRY(blocks_setting(b, s, line, each, cookie, e));
		}
		if (stop == STOP_CLOSE && b->depth != 0)
			buf_cut(&b->path, b->mark[--b->depth]);
	} while (stop != STOP_END);
	return MU_OK;
}

int
blocks_each(const struct decode_in *in,
    int (*each)(void *cookie, const struct blocks_item *item, struct err *e),
    void *cookie, struct err *e)
{
	AUTO(map) struct map *heads = map_new(BLOCKS_MAX);
	struct blocks b = {
		.in = in, .s = in->bytes, .line = 1, .heads = heads
	};
	int code;

	buf_init(&b.path, 2 * (size_t)BLOCKS_PATH_MAX);
	code = blocks_walk(&b, each, cookie, e);
	buf_free(&b.path);
	return code;
}

static int
blocks_pick(void *cookie, const struct blocks_item *item, struct err *e)
{

	return pick_add(cookie, item->path, item->value, item->line, e);
}

static int
blocks_read(const struct decode_in *in, struct err *e)
{
	AUTO(pick) struct pick_list list = { 0 };

	TRY(blocks_each(in, blocks_pick, &list, e));
	return pick_run(in, &list, e);
}

const struct decoder decode_blocks = {
	.name = "blocks",
	.place = NULL,
	.sees = "Values by name in blocks with braces",
	.source = "docs/formats/place.md",
	.max_bytes = (size_t)4 << 20,
	.read = blocks_read,
};
