#include "assess/assess.h"
#include "assess/checkfile.h"
#include "base/embed.h"
#include "base/mem.h"

/* Most checks, and the room for their texts: 280 are planned, users add some. */
#define LIST_MAX   1024
#define LIST_BYTES ((size_t)1 << 26)

/* Written by tools/embed.py from checks/. */
extern const struct embed_file embed_checks[];

/*
 * The list lives as long as the process. What is compiled in is read once; a
 * file of it that cannot be read is a fault of ours, which the unit tests find.
 */
static struct {
	struct check v[LIST_MAX];
	size_t n;
	struct arena *texts;
} list;

static void
list_fill(void)
{
	const struct embed_file *f;
	struct err e;

	if (list.texts != NULL)
		return;
	list.texts = arena_new(LIST_BYTES);
	for (f = embed_checks; f->name != NULL; f++) {
		MU_ASSERT(list.n < LIST_MAX);
		MU_ASSERT(checkfile_parse(f->name, str_of(f->text, f->n),
			      list.texts, &list.v[list.n], &e) == MU_OK);
		list.v[list.n++].guarded = false;
	}
}

const struct check *
assess_checks(size_t *n)
{

	list_fill();
	*n = list.n;
	return list.v;
}

static struct check *
list_find(struct str id)
{
	size_t i;

	list_fill();
	for (i = 0; i < list.n; i++)
		if (str_eq(list.v[i].id, id))
			return &list.v[i];
	return NULL;
}

/* A user's check has an id of its own, which is also its file's name. */
static int
list_id(const struct check *c, struct err *e)
{
	struct str base = str_from(c->file);
	size_t slash = str_rchr(base, '/');

	if (slash != SIZE_MAX)
		base = str_skip(base, slash + 1);
	if (str_starts(c->id, STR("MUS-")))
		return err_set(e, MU_EFORMAT,
		    "%s:1: ids that begin with MUS- are Muster's own", c->file);
	if (list_find(c->id) != NULL)
		return err_set(e, MU_EFORMAT,
		    "%s:1: another check has the id '" STR_FMT "'", c->file,
		    STR_ARG(c->id));
	if (!str_starts(base, c->id) ||
	    !str_eq(str_skip(base, c->id.n), STR(".sql")))
		return err_set(e, MU_EFORMAT,
		    "%s:1: the file of this check is to be named " STR_FMT
		    ".sql",
		    c->file, STR_ARG(c->id));
	return MU_OK;
}

int
assess_add(const char *name, struct str text, struct err *e)
{
	struct str file, mine;
	struct check c;
	size_t at;

	list_fill();
	if (list.n == LIST_MAX)
		return err_set(e, MU_ELIMIT, "%s: more than %d checks", name,
		    LIST_MAX);
	TRY(arena_fmt(list.texts, &file, e, "%s", name));
	TRY(arena_str(list.texts, text, &mine, e));
	TRY(checkfile_parse(file.p, mine, list.texts, &c, e));
	TRY(list_id(&c, e));
	for (at = list.n; at > 0 && str_cmp(list.v[at - 1].id, c.id) > 0; at--)
		list.v[at] = list.v[at - 1];
	list.v[at] = c;
	list.n++;
	return MU_OK;
}

int
assess_set(struct str check, struct str param, int64_t value, struct err *e)
{
	struct check *c = list_find(check);
	size_t i;

	if (c == NULL)
		return err_set(e, MU_ENOTFOUND,
		    "there is no check '" STR_FMT "'", STR_ARG(check));
	if (value < -CHECK_PARAM_MAX || value > CHECK_PARAM_MAX)
		return err_set(e, MU_EFORMAT, "'" STR_FMT "' is more than %lld",
		    STR_ARG(param), (long long)CHECK_PARAM_MAX);
	for (i = 0; i < c->n_params; i++)
		if (str_eq(c->params[i].name, param)) {
			c->params[i].value = value;
			return MU_OK;
		}
	if (c->n_params == 0)
		return err_set(e, MU_ENOTFOUND, STR_FMT " has no parameters",
		    STR_ARG(check));
	return err_set(e, MU_ENOTFOUND,
	    STR_FMT " has no parameter '" STR_FMT "'; its first is '" STR_FMT
		    "'",
	    STR_ARG(check), STR_ARG(param), STR_ARG(c->params[0].name));
}

int
assess_try(struct err *e)
{
	AUTO(store) struct store *s = NULL;
	struct assess_summary ignored;
	struct check *own;
	size_t i, n = 0;
	int r;

	list_fill();
	own = mem_new(list.n, sizeof(*own));
	for (i = 0; i < list.n; i++)
		if (list.v[i].guarded)
			own[n++] = list.v[i];
	r = n == 0 ? MU_OK : store_open("", STORE_MEMORY, &s, e);
	if (r >= 0 && n != 0)
		r = assess_run_checks(s, own, n, 0, &ignored, e);
	mem_free(own);
	return r;
}
