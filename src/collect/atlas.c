#include "collect/atlas.h"

#include "collect/collect.h"
#include "collect/crashtest.h"

static const char *const no_globs[] = { NULL };

void
atlas_free(struct atlas *a)
{

	vec_free(&a->rows);
	placefile_free(&a->own);
}

static int
add(struct atlas *a, const struct place *p, const struct decoder *d,
    struct err *e)
{
	struct atlas_row row = { *p, d };

	if (d == NULL)
		return err_set(e, MU_EBUG, "the place '%s' has no decoder",
		    p->id);
	if (!vec_push(&a->rows, ATLAS_MAX, row))
		return err_set(e, MU_ELIMIT, "more than %d places", ATLAS_MAX);
	return MU_OK;
}

static bool
has(const struct atlas *a, const char *id)
{
	size_t i;

	for (i = 0; i < a->rows.n; i++)
		if (strcmp(a->rows.v[i].place.id, id) == 0)
			return true;
	return false;
}

/* A decoder finds by content what no row has: it is a place of its own. */
static int
add_finder(struct atlas *a, const struct decoder *d, struct err *e)
{
	struct place p = { .id = d->place,
		.row = "",
		.title = d->sees,
		.sees = d->sees,
		.decoder = d->name,
		.kind = ID_KINDS,
		.globs = no_globs };

	if (d->place == NULL || has(a, d->place))
		return MU_OK;
	return add(a, &p, d, e);
}

static int
row_cmp(const void *x, const void *y)
{
	const struct atlas_row *a = x, *b = y;

	return strcmp(a->place.id, b->place.id);
}

/* Each decoder that sniffs, and the row that its place has after sorting. */
static void
index_finder(struct atlas *a, const struct decoder *d)
{
	uint32_t i;

	if (d->sniff == NULL || d->place == NULL)
		return;
	MU_ASSERT(a->n_finders < ATLAS_FINDERS_MAX);
	for (i = 0; i < a->rows.n; i++)
		if (strcmp(a->rows.v[i].place.id, d->place) == 0)
			a->finders[a->n_finders++] =
			    (struct atlas_finder){ d, i };
}

static int
add_places(struct atlas *a, const char *dir, struct err *e)
{
	const struct place *p;
	size_t i;

	for (p = collect_places; p->id != NULL; p++)
		TRY(add(a, p, decode_find(str_from(p->decoder)), e));
	if (dir != NULL) {
		TRY(placefile_dir(&a->own, dir, e));
		TRY(placefile_sort(&a->own, e));
		TRY(placefile_check(&a->own, e));
	}
	for (i = 0; i < a->own.rows.n; i++) {
		p = &a->own.rows.v[i].place;
		if (p->live)
			return err_set(e, MU_EFORMAT,
			    "%s:%d: what the witness sees is not for places "
			    "of your own",
			    a->own.rows.v[i].file, a->own.rows.v[i].line);
		if (has(a, p->id))
			return err_set(e, MU_EFORMAT,
			    "%s:%d: the place '%s' is one of Muster's own",
			    a->own.rows.v[i].file, a->own.rows.v[i].line,
			    p->id);
		TRY(add(a, p, decode_find(str_from(p->decoder)), e));
	}
	return MU_OK;
}

int
atlas_load(struct atlas *a, const char *dir, struct err *e)
{
	size_t i;

	*a = (struct atlas){ .n_finders = 0 };
	placefile_init(&a->own);
	TRY(add_places(a, dir, e));
	for (i = 0; decode_list[i] != NULL; i++)
		TRY(add_finder(a, decode_list[i], e));
	for (i = 0; crashtest_list[i] != NULL; i++)
		TRY(add_finder(a, crashtest_list[i], e));
	if (a->rows.n != 0)
		qsort(a->rows.v, a->rows.n, sizeof(*a->rows.v), row_cmp);
	for (i = 0; decode_list[i] != NULL; i++)
		index_finder(a, decode_list[i]);
	for (i = 0; crashtest_list[i] != NULL; i++)
		index_finder(a, crashtest_list[i]);
	return MU_OK;
}
