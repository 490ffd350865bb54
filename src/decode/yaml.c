#include "decode/yaml.h"

#include <libfyaml.h>

#include "base/mem.h"

/* Most marks in one line that begin a token; most lines that begin with "%". */
#define YAML_MARKS_MAX      100000
#define YAML_DIRECTIVES_MAX 64

struct yaml {
	struct fy_parser *parser;
	struct fy_diag *diag;
	struct arena *a;
	size_t nodes, depth;
	size_t line; /* of the last event, from 1 */
};

void
yaml_free(struct yaml *y)
{

	if (y == NULL)
		return;
	if (y->parser != NULL)
		fy_parser_destroy(y->parser);
	if (y->diag != NULL)
		fy_diag_destroy(y->diag);
	mem_free(y);
}

/* The first bytes tell the encoding: YAML 1.2.2, 5.2. */
static int
yaml_encoding(struct str *text, struct err *e)
{

	if (str_starts(*text, STR("\xff\xfe")) ||
	    str_starts(*text, STR("\xfe\xff")) ||
	    str_starts(*text, STR("\0\0\xfe\xff")) ||
	    (text->n >= 2 && (text->p[0] == '\0') != (text->p[1] == '\0')))
		return err_set(e, MU_EUNSUPPORTED,
		    "UTF-16 and UTF-32 are not read");
	if (str_has_nul(*text))
		return err_set(e, MU_EFORMAT,
		    "a zero byte, so this is no YAML");
	if (!str_utf8(*text))
		return err_set(e, MU_EFORMAT, "not UTF-8, so this is no YAML");
	if (str_starts(*text, STR("\xef\xbb\xbf")))
		*text = str_skip(*text, 3);
	return MU_OK;
}

/*
 * libfyaml holds all of a line of flow style until the line ends, 350 bytes and
 * more for each mark, and looks through all directives at each new one.
 */
static int
yaml_measure(struct str text, struct err *e)
{
	static const char marks[] = "[]{},:?&*!\"'";
	size_t n, directives = 0, i, at = 0;
	struct str line;

	while (str_line(&text, &line)) {
		at++;
		if (str_starts(line, STR("%")) &&
		    ++directives > YAML_DIRECTIVES_MAX)
			return err_set(e, MU_ELIMIT,
			    "line %zu: more than %d directives", at,
			    YAML_DIRECTIVES_MAX);
		for (i = n = 0; i < line.n; i++)
			n +=
			    memchr(marks, line.p[i], sizeof(marks) - 1) != NULL;
		if (n > YAML_MARKS_MAX)
			return err_set(e, MU_ELIMIT,
			    "line %zu: more than %d marks in one line", at,
			    YAML_MARKS_MAX);
	}
	return MU_OK;
}

static int
yaml_start(struct yaml *y, struct str text, struct err *e)
{
	struct fy_parse_cfg cfg = { .flags = FYPCF_QUIET | FYPCF_JSON_NONE };
	struct fy_diag_cfg dcfg;

	fy_diag_cfg_default(&dcfg);
	dcfg.fp = NULL;
	y->diag = fy_diag_create(&dcfg);
	if (y->diag == NULL)
		return err_set(e, MU_ESYSTEM, "libfyaml does not start");
	fy_diag_set_collect_errors(y->diag, true);
	cfg.diag = y->diag;
	y->parser = fy_parser_create(&cfg);
	if (y->parser == NULL ||
	    fy_parser_set_string(y->parser, text.p, text.n) != 0)
		return err_set(e, MU_ESYSTEM, "libfyaml does not start");
	return MU_OK;
}

int
yaml_new(struct str text, struct arena *a, struct yaml **out, struct err *e)
{
	AUTO(yaml) struct yaml *y = NULL;

	if (text.n > YAML_BYTES_MAX)
		return err_set(e, MU_ELIMIT, "longer than %zu bytes",
		    YAML_BYTES_MAX);
	TRY(yaml_encoding(&text, e));
	TRY(yaml_measure(text, e));
	/* libfyaml takes a length of zero for a C string's. */
	if (text.n == 0)
		text = STR("\n");
	y = mem_new(1, sizeof(*y));
	*y = (struct yaml){ .a = a, .line = 1 };
	TRY(yaml_start(y, text, e));
	*out = y;
	y = NULL;
	return MU_OK;
}

static int
yaml_broken(struct yaml *y, struct err *e)
{
	struct fy_diag_error *d;
	void *at = NULL;

	d = fy_diag_errors_iterate(y->diag, &at);
	if (d != NULL && d->line >= 0)
		y->line = (size_t)d->line + (d->line == 0);
	return err_set(e, MU_EFORMAT, "line %zu: this is no YAML", y->line);
}

static int
yaml_text(struct yaml *y, struct fy_token *t, struct str *out, struct err *e)
{
	const char *p;
	size_t n = 0;

	*out = STR_NONE;
	if (t == NULL)
		return MU_OK;
	p = fy_token_get_text(t, &n);
	if (p == NULL)
		return MU_OK;
	return arena_str(y->a, str_of(p, n), out, e);
}

/* What there is to say of the event; its type was set. */
static int
yaml_fill(struct yaml *y, struct fy_event *f, struct yaml_event *ev,
    struct err *e)
{
	const struct fy_mark *mark = fy_event_start_mark(f);

	if (mark != NULL && mark->line >= 0)
		y->line = (size_t)mark->line + 1;
	ev->line = y->line;
	ev->text = ev->tag = STR_NONE;
	if (ev->type == YAML_SCALAR)
		TRY(yaml_text(y, f->scalar.value, &ev->text, e));
	if (ev->type == YAML_SCALAR || ev->type == YAML_SEQ ||
	    ev->type == YAML_MAP)
		TRY(yaml_text(y, fy_event_get_tag_token(f), &ev->tag, e));
	return MU_OK;
}

static int
yaml_type(enum fy_event_type t)
{
	static const struct {
		enum fy_event_type from;
		enum yaml_type to;
	} types[] = {
		{ FYET_STREAM_END, YAML_END },
		{ FYET_DOCUMENT_START, YAML_DOC },
		{ FYET_DOCUMENT_END, YAML_DOC_END },
		{ FYET_SCALAR, YAML_SCALAR },
		{ FYET_ALIAS, YAML_ALIAS },
		{ FYET_SEQUENCE_START, YAML_SEQ },
		{ FYET_MAPPING_START, YAML_MAP },
		{ FYET_SEQUENCE_END, YAML_CLOSE },
		{ FYET_MAPPING_END, YAML_CLOSE },
	};
	size_t i;

	for (i = 0; i < MU_COUNT(types); i++)
		if (types[i].from == t)
			return (int)types[i].to;
	return -1; /* the start of the stream */
}

static int
yaml_count(struct yaml *y, enum yaml_type type, struct err *e)
{

	if (++y->nodes > YAML_NODES_MAX)
		return err_set(e, MU_ELIMIT, "line %zu: more than %d nodes",
		    y->line, YAML_NODES_MAX);
	if (type == YAML_CLOSE && y->depth > 0)
		y->depth--;
	if ((type == YAML_SEQ || type == YAML_MAP) &&
	    ++y->depth > YAML_DEPTH_MAX)
		return err_set(e, MU_ELIMIT, "line %zu: deeper than %d levels",
		    y->line, YAML_DEPTH_MAX);
	return MU_OK;
}

int
yaml_next(struct yaml *y, struct yaml_event *ev, struct err *e)
{
	struct fy_event *f;
	int type, r;

	do {
		f = fy_parser_parse(y->parser);
		if (f == NULL)
			return yaml_broken(y, e);
		type = yaml_type(f->type);
		ev->type = type < 0 ? YAML_END : (enum yaml_type)type;
		r = yaml_fill(y, f, ev, e);
		fy_parser_event_free(y->parser, f);
		TRY(r);
	} while (type < 0);
	return yaml_count(y, ev->type, e);
}
