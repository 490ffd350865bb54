#include "collect/placefile.h"

#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <libfyaml.h>
#include <unistd.h>

#include "base/fd.h"
#include "collect/dirents.h"
#include "decode/testimony.h"

#define PLACEFILE_ARENA_BYTES (8 * PLACEFILE_BYTES_MAX)
#define PLACEFILE_NAME_MAX    1024
#define PLACEFILE_MSG_MAX     160

enum member {
	AT_ID,
	AT_ROW,
	AT_TITLE,
	AT_SEES,
	AT_FILES,
	AT_RIGHTS,
	AT_DECODER,
	AT_KIND,
	AT_SAMPLE,
	AT_SOURCE,
	AT_PICK,
	MEMBERS,
};

static const struct {
	const char *name;
	bool needed;
} members[MEMBERS] = {
	[AT_ID] = { "id", true },
	[AT_ROW] = { "row", true },
	[AT_TITLE] = { "title", true },
	[AT_SEES] = { "sees", true },
	[AT_FILES] = { "files", false },
	[AT_RIGHTS] = { "rights", true },
	[AT_DECODER] = { "decoder", true },
	[AT_KIND] = { "kind", false },
	[AT_SAMPLE] = { "sample", false },
	[AT_SOURCE] = { "source", false },
	[AT_PICK] = { "pick", false },
};

/* One file being read: the parser, and the place that it is in. */
struct reading {
	struct placefile *to;
	const char *name;
	struct fy_parser *y;
	struct fy_diag *diag;
	size_t nodes;
	int line; /* of the last event */
	bool seen[MEMBERS];
	struct str files[PLACE_GLOBS_MAX];
	size_t n_files;
	struct pick picks[PLACEFILE_PICKS_MAX + 1];
	size_t n_picks;
	struct str text[MEMBERS];
	int first; /* line of the place's first member */
};

static inline void
fyparser_auto(struct fy_parser **y)
{

	if (*y != NULL)
		fy_parser_destroy(*y);
}

static inline void
fydiag_auto(struct fy_diag **d)
{

	if (*d != NULL)
		fy_diag_destroy(*d);
}

void
placefile_init(struct placefile *p)
{

	*p = (struct placefile){ .a = arena_new(PLACEFILE_ARENA_BYTES) };
}

void
placefile_free(struct placefile *p)
{

	arena_free(p->a);
	p->a = NULL;
	vec_free(&p->rows);
}

/* What libfyaml has to say, or that it says nothing. */
static int
broken(struct reading *r, struct err *e)
{
	struct fy_diag_error *d;
	void *at = NULL;

	d = fy_diag_errors_iterate(r->diag, &at);
	if (d == NULL || d->msg == NULL)
		return err_set(e, MU_EFORMAT, "%s:%d: this is no YAML", r->name,
		    r->line);
	return err_set(e, MU_EFORMAT, "%s:%d: %.*s", r->name, d->line,
	    PLACEFILE_MSG_MAX, d->msg);
}

/* The next event's type, its text in ${s} where it is a scalar. */
static int
next(struct reading *r, struct str *s, struct err *e)
{
	struct fy_event *ev = fy_parser_parse(r->y);
	const struct fy_mark *mark;
	enum fy_event_type type;
	const char *p;
	size_t n = 0;
	int ok = MU_OK;

	if (ev == NULL)
		return broken(r, e);
	type = ev->type;
	mark = fy_event_start_mark(ev);
	if (mark != NULL)
		r->line = mark->line + 1;
	*s = STR_NONE;
	if (type == FYET_SCALAR) {
		p = fy_token_get_text(ev->scalar.value, &n);
		ok = arena_str(r->to->a, str_of(p, p != NULL ? n : 0), s, e);
	}
	fy_parser_event_free(r->y, ev);
	TRY(ok);
	if (type == FYET_ALIAS)
		return err_set(e, MU_EFORMAT, "%s:%d: aliases are not for here",
		    r->name, r->line);
	if (++r->nodes > PLACEFILE_NODES_MAX)
		return err_set(e, MU_ELIMIT, "%s: more than %d nodes", r->name,
		    PLACEFILE_NODES_MAX);
	if (str_has_nul(*s))
		return err_set(e, MU_EFORMAT, "%s:%d: a zero byte in a text",
		    r->name, r->line);
	return (int)type;
}

const char *
placefile_glob(struct str glob)
{
	struct str part, rest = glob;

	if (str_starts(rest, STR("~/")))
		rest = str_skip(rest, 2);
	if (rest.n == 0)
		return "names nothing";
	if (rest.p[0] == '/')
		return "begins with a slash: globs are relative to the root";
	if (rest.p[rest.n - 1] == '/')
		return "ends with a slash";
	while (rest.n != 0) {
		(void)str_cut(rest, '/', &part, &rest);
		if (part.n == 0)
			return "has an empty component";
		if (str_eq(part, STR(".")) || str_eq(part, STR("..")))
			return "has a component of dots";
		if (part.p[0] == '~')
			return "has a ~ that is not at its start";
		if (!str_eq(part, STR("**")) &&
		    str_find(part, STR("**")) != SIZE_MAX)
			return "has a ** that is not a component of its own";
		if (str_chr(part, '[') != SIZE_MAX ||
		    str_chr(part, '{') != SIZE_MAX)
			return "has a bracket, which globs here do not know";
	}
	return NULL;
}

static int
add_file(struct reading *r, struct str glob, struct err *e)
{
	const char *why = placefile_glob(glob);

	if (why != NULL)
		return err_set(e, MU_EFORMAT,
		    "%s:%d: the glob '" STR_FMT "' %s", r->name, r->line,
		    STR_ARG(glob), why);
	if (r->n_files == PLACE_GLOBS_MAX)
		return err_set(e, MU_ELIMIT, "%s:%d: more than %d globs",
		    r->name, r->line, PLACE_GLOBS_MAX);
	r->files[r->n_files++] = glob;
	return MU_OK;
}

static int
read_files(struct reading *r, struct err *e)
{
	struct str s;
	int type;

	TRY(type = next(r, &s, e));
	if (type != FYET_SEQUENCE_START)
		return err_set(e, MU_EFORMAT, "%s:%d: files is a list", r->name,
		    r->line);
	for (;;) {
		TRY(type = next(r, &s, e));
		if (type == FYET_SEQUENCE_END)
			return MU_OK;
		if (type != FYET_SCALAR)
			return err_set(e, MU_EFORMAT,
			    "%s:%d: files is a list of globs", r->name,
			    r->line);
		TRY(add_file(r, s, e));
	}
}

/* The members of one rule, and of the mappings inside it. */
static const struct {
	const char *inside, *name;
	size_t at;
} pick_members[] = {
	{ "", "secret", offsetof(struct pick, secret) },
	{ "", "name", offsetof(struct pick, name) },
	{ "login", "scheme", offsetof(struct pick, scheme) },
	{ "login", "user", offsetof(struct pick, user) },
	{ "login", "host", offsetof(struct pick, host) },
	{ "login", "port", offsetof(struct pick, port) },
	{ "login", "db", offsetof(struct pick, db) },
	{ "id", "prefix", offsetof(struct pick, id_prefix) },
	{ "id", "from", offsetof(struct pick, id) },
};

static int
read_pick_kind(struct reading *r, struct pick *p, struct err *e)
{
	struct str s;
	int v;

	TRY(next(r, &s, e));
	v = word_find(&word_id_kind, s);
	if (v < 0)
		return err_set(e, MU_EFORMAT, "%s:%d: no kind '" STR_FMT "'",
		    r->name, r->line, STR_ARG(s));
	p->kind = (enum id_kind)v;
	return MU_OK;
}

static int
read_pick_text(struct reading *r, struct pick *p, const char *inside,
    struct str name, struct err *e)
{
	struct str s;
	size_t i;
	int type;

	for (i = 0; i < MU_COUNT(pick_members); i++)
		if (strcmp(pick_members[i].inside, inside) == 0 &&
		    str_eq(name, str_from(pick_members[i].name)))
			break;
	if (i == MU_COUNT(pick_members))
		return err_set(e, MU_EFORMAT,
		    "%s:%d: a pick has no '" STR_FMT "'", r->name, r->line,
		    STR_ARG(name));
	TRY(type = next(r, &s, e));
	if (type != FYET_SCALAR || s.n == 0)
		return err_set(e, MU_EFORMAT,
		    "%s:%d: '" STR_FMT "' wants a text", r->name, r->line,
		    STR_ARG(name));
	*(const char **)(void *)((char *)p + pick_members[i].at) = s.p;
	return MU_OK;
}

/* A mapping: the rule itself, or its login or id. */
static int
read_pick(struct reading *r, struct pick *p, const char *inside, struct err *e)
{
	struct str s, none;
	int type;

	for (;;) {
		TRY(type = next(r, &s, e));
		if (type == FYET_MAPPING_END)
			return MU_OK;
		if (inside[0] == '\0' && str_eq(s, STR("kind"))) {
			TRY(read_pick_kind(r, p, e));
		} else if (inside[0] == '\0' &&
			   (str_eq(s, STR("login")) || str_eq(s, STR("id")))) {
			TRY(type = next(r, &none, e));
			if (type != FYET_MAPPING_START)
				return err_set(e, MU_EFORMAT,
				    "%s:%d: '" STR_FMT "' is a mapping",
				    r->name, r->line, STR_ARG(s));
			TRY(read_pick(r, p, s.p, e));
		} else {
			TRY(read_pick_text(r, p, inside, s, e));
		}
	}
}

static int
read_picks(struct reading *r, struct err *e)
{
	struct pick *p;
	struct str s;
	int type;

	TRY(type = next(r, &s, e));
	if (type != FYET_SEQUENCE_START)
		return err_set(e, MU_EFORMAT, "%s:%d: pick is a list", r->name,
		    r->line);
	for (;;) {
		TRY(type = next(r, &s, e));
		if (type == FYET_SEQUENCE_END)
			return MU_OK;
		if (type != FYET_MAPPING_START)
			return err_set(e, MU_EFORMAT,
			    "%s:%d: a pick is a mapping", r->name, r->line);
		if (r->n_picks == PLACEFILE_PICKS_MAX)
			return err_set(e, MU_ELIMIT,
			    "%s:%d: more than %d picks", r->name, r->line,
			    PLACEFILE_PICKS_MAX);
		p = &r->picks[r->n_picks++];
		*p = (struct pick){ .kind = ID_TOKEN };
		TRY(read_pick(r, p, "", e));
		if (p->secret == NULL || (p->id != NULL && !p->id_prefix))
			return err_set(e, MU_EFORMAT,
			    "%s:%d: a pick wants 'secret', and an id 'from' "
			    "wants 'prefix'",
			    r->name, r->line);
	}
}

static int
read_member(struct reading *r, struct str name, struct err *e)
{
	size_t i;
	int type;

	for (i = 0; i < MEMBERS; i++)
		if (str_eq(name, str_from(members[i].name)))
			break;
	if (i == MEMBERS)
		return err_set(e, MU_EFORMAT,
		    "%s:%d: a place has no '" STR_FMT "'", r->name, r->line,
		    STR_ARG(name));
	if (r->seen[i])
		return err_set(e, MU_EFORMAT, "%s:%d: '%s' for the second time",
		    r->name, r->line, members[i].name);
	r->seen[i] = true;
	if (i == AT_FILES)
		return read_files(r, e);
	if (i == AT_PICK)
		return read_picks(r, e);
	TRY(type = next(r, &r->text[i], e));
	if (type != FYET_SCALAR || r->text[i].n == 0)
		return err_set(e, MU_EFORMAT, "%s:%d: '%s' wants a text",
		    r->name, r->line, members[i].name);
	return MU_OK;
}

static bool
id_is_sane(struct str id)
{
	size_t i;
	char c;

	for (i = 0; i < id.n; i++) {
		c = id.p[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
		    c != '_' && c != '.')
			return false;
	}
	return str_chr(id, '.') != SIZE_MAX && id.p[0] != '.' &&
	       id.p[id.n - 1] != '.';
}

static int
set_words(struct reading *r, struct place *p, struct err *e)
{
	static const char *const rights[] = { "any", "owner", "root" };
	const struct word_list list = { "rights", rights, MU_COUNT(rights) };
	int v;

	v = word_find(&list, r->text[AT_RIGHTS]);
	if (v < 0)
		return err_set(e, MU_EFORMAT,
		    "%s:%d: rights are any, owner or root", r->name, r->first);
	p->rights = (enum rights)v;
	p->kind = ID_KINDS;
	if (!r->seen[AT_KIND])
		return MU_OK;
	v = word_find(&word_id_kind, r->text[AT_KIND]);
	if (v < 0)
		return err_set(e, MU_EFORMAT, "%s:%d: no kind '" STR_FMT "'",
		    r->name, r->first, STR_ARG(r->text[AT_KIND]));
	p->kind = (enum id_kind)v;
	return MU_OK;
}

static int
set_source(struct reading *r, struct place *p, struct err *e)
{
	static const char *const sources[] = { "reader", "witness" };
	const struct word_list list = { "source", sources, MU_COUNT(sources) };
	int v = r->seen[AT_SOURCE] ? word_find(&list, r->text[AT_SOURCE]) : 0;

	if (v < 0)
		return err_set(e, MU_EFORMAT,
		    "%s:%d: the source is reader or witness", r->name,
		    r->first);
	p->live = v == 1;
	if (p->live && (r->seen[AT_FILES] || r->seen[AT_PICK]))
		return err_set(e, MU_EFORMAT,
		    "%s:%d: what the witness sees has no files", r->name,
		    r->first);
	return MU_OK;
}

static int
set_globs(struct reading *r, struct place *p, struct err *e)
{
	const char **list;
	size_t i;

	list = arena_take(r->to->a, r->n_files + 1, sizeof(*list));
	if (list == NULL)
		return err_set(e, MU_ELIMIT, "%s: too many globs", r->name);
	for (i = 0; i < r->n_files; i++)
		list[i] = r->files[i].p;
	p->globs = list;
	return MU_OK;
}

static int
set_picks(struct reading *r, struct place *p, struct err *e)
{
	struct pick *list;
	size_t i;

	p->picks = NULL;
	if (r->n_picks == 0)
		return MU_OK;
	list = arena_take(r->to->a, r->n_picks + 1, sizeof(*list));
	if (list == NULL)
		return err_set(e, MU_ELIMIT, "%s: too many picks", r->name);
	for (i = 0; i < r->n_picks; i++)
		list[i] = r->picks[i];
	p->picks = list;
	return MU_OK;
}

static int
end_place(struct reading *r, struct err *e)
{
	struct placefile_row row = { .line = r->first };
	struct str name;
	size_t i;

	for (i = 0; i < MEMBERS; i++)
		if (members[i].needed && !r->seen[i])
			return err_set(e, MU_EFORMAT,
			    "%s:%d: this place wants '%s'", r->name, r->first,
			    members[i].name);
	if (!id_is_sane(r->text[AT_ID]))
		return err_set(e, MU_EFORMAT,
		    "%s:%d: the id '" STR_FMT
		    "' is not two or more words of a-z, 0-9 and _ with dots",
		    r->name, r->first, STR_ARG(r->text[AT_ID]));
	row.place = (struct place){ .id = r->text[AT_ID].p,
		.row = r->text[AT_ROW].p,
		.title = r->text[AT_TITLE].p,
		.sees = r->text[AT_SEES].p,
		.decoder = r->text[AT_DECODER].p };
	TRY(set_words(r, &row.place, e));
	TRY(set_source(r, &row.place, e));
	TRY(set_globs(r, &row.place, e));
	TRY(set_picks(r, &row.place, e));
	row.sample = r->seen[AT_SAMPLE] ? r->text[AT_SAMPLE].p : NULL;
	TRY(arena_str(r->to->a, str_from(r->name), &name, e));
	row.file = name.p;
	if (!vec_push(&r->to->rows, PLACEFILE_PLACES_MAX, row))
		return err_set(e, MU_ELIMIT, "%s: more than %d places", r->name,
		    PLACEFILE_PLACES_MAX);
	return MU_OK;
}

static int
read_place(struct reading *r, struct err *e)
{
	struct str s;
	size_t i;
	int type;

	for (i = 0; i < MEMBERS; i++) {
		r->seen[i] = false;
		r->text[i] = STR_NONE;
	}
	r->n_files = 0;
	r->n_picks = 0;
	TRY(type = next(r, &s, e));
	r->first = r->line;
	if (type == FYET_SCALAR && s.n == 0)
		return MU_OK; /* an empty document */
	if (type != FYET_MAPPING_START)
		return err_set(e, MU_EFORMAT, "%s:%d: a place is a mapping",
		    r->name, r->line);
	for (;;) {
		TRY(type = next(r, &s, e));
		if (type == FYET_MAPPING_END)
			return end_place(r, e);
		if (type != FYET_SCALAR)
			return err_set(e, MU_EFORMAT,
			    "%s:%d: a member's name is a text", r->name,
			    r->line);
		TRY(read_member(r, s, e));
	}
}

static int
read_stream(struct reading *r, struct err *e)
{
	struct str s;
	int type;

	for (;;) {
		TRY(type = next(r, &s, e));
		if (type == FYET_STREAM_END)
			return MU_OK;
		if (type == FYET_DOCUMENT_START)
			TRY(read_place(r, e));
	}
}

int
placefile_add(struct placefile *p, const char *name, struct str text,
    struct err *e)
{
	struct fy_parse_cfg cfg = { .flags = FYPCF_QUIET };
	AUTO(fydiag) struct fy_diag *diag = NULL;
	AUTO(fyparser) struct fy_parser *y = NULL;
	struct fy_diag_cfg dcfg;
	struct reading r = { .to = p, .name = name, .line = 1 };
	size_t before = p->rows.n;
	int ok;

	if (text.n > PLACEFILE_BYTES_MAX)
		return err_set(e, MU_ELIMIT, "%s: longer than %d bytes", name,
		    PLACEFILE_BYTES_MAX);
	fy_diag_cfg_default(&dcfg);
	dcfg.fp = NULL;
	diag = fy_diag_create(&dcfg);
	if (diag == NULL)
		return err_set(e, MU_ESYSTEM, "libfyaml does not start");
	fy_diag_set_collect_errors(diag, true);
	cfg.diag = diag;
	y = fy_parser_create(&cfg);
	if (y == NULL || fy_parser_set_string(y, text.p, text.n) != 0)
		return err_set(e, MU_ESYSTEM, "libfyaml does not start");
	r.y = y;
	r.diag = diag;
	ok = text.n != 0 ? read_stream(&r, e) : MU_OK;
	if (ok < 0)
		p->rows.n = before;
	return ok;
}

static int
row_cmp(const void *a, const void *b)
{
	const struct placefile_row *x = a, *y = b;

	return strcmp(x->place.id, y->place.id);
}

int
placefile_sort(struct placefile *p, struct err *e)
{
	const struct placefile_row *x;
	size_t i;

	if (p->rows.n == 0)
		return MU_OK;
	qsort(p->rows.v, p->rows.n, sizeof(*p->rows.v), row_cmp);
	for (i = 1; i < p->rows.n; i++) {
		x = &p->rows.v[i - 1];
		if (strcmp(x->place.id, x[1].place.id) == 0)
			return err_set(e, MU_EFORMAT,
			    "%s:%d: the place '%s' is also in %s:%d", x[1].file,
			    x[1].line, x->place.id, x->file, x->line);
	}
	return MU_OK;
}

int
placefile_check(const struct placefile *p, struct err *e)
{
	const struct placefile_row *x;
	const struct decoder *d;
	size_t i;

	for (i = 0; i < p->rows.n; i++) {
		x = &p->rows.v[i];
		d = decode_find(str_from(x->place.decoder));
		if (d == NULL)
			return err_set(e, MU_EFORMAT, "%s:%d: no decoder '%s'",
			    x->file, x->line, x->place.decoder);
		if (x->place.live != (d == &decode_testimony))
			return err_set(e, MU_EFORMAT,
			    "%s:%d: the decoder of the witness is 'testimony', "
			    "and of nothing else",
			    x->file, x->line);
		if (x->place.globs[0] != NULL || x->place.live)
			continue;
		if (d->sniff == NULL || d->place == NULL ||
		    strcmp(d->place, x->place.id) != 0)
			return err_set(e, MU_EFORMAT,
			    "%s:%d: '%s' wants files: the decoder '%s' does "
			    "not find it by content",
			    x->file, x->line, x->place.id, x->place.decoder);
	}
	return MU_OK;
}

/* Whether only root and the caller can have written what ${st} is of. */
static int
read_overlay(struct placefile *p, int dir, const char *path, const char *name,
    struct err *e)
{
	AUTO(buf) struct buf text = { 0 };
	char full[PLACEFILE_NAME_MAX];

	buf_init(&text, PLACEFILE_BYTES_MAX);
	(void)snprintf(full, sizeof(full), "%s/%s", path, name);
	TRY(fd_read_ours(dir, name, full, &text, e));
	return placefile_add(p, full, buf_str(&text), e);
}

int
placefile_dir(struct placefile *p, const char *path, struct err *e)
{
	AUTO(dirents) struct dirents list = { 0 };
	AUTO(fd) int dir = -1;
	size_t i;

	dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0 && errno == ENOENT)
		return MU_OK;
	if (dir < 0)
		return err_sys(e, errno, "%s", path);
	TRY(fd_is_ours(dir, path, e));
	if (dirents_read(&list, dir, e) < 0)
		return err_wrap(e, "%s", path);
	for (i = 0; i < list.n; i++)
		if (str_ends(str_from(dirents_name(&list, i)), STR(".yaml")))
			TRY(read_overlay(p, dir, path, dirents_name(&list, i),
			    e));
	return MU_OK;
}
