#include "decode/sudogrant.h"

#include "base/map.h"

/* What a later rule for all commands says of them: no password is asked, one
 * is, or they are not allowed. */
enum {
	SUDOGRANT_OPEN,
	SUDOGRANT_ASKS,
	SUDOGRANT_ENDS,
};

void
sudogrant_free(struct sudogrants *g)
{

	vec_free(&g->list);
}

int
sudogrant_add(struct sudogrants *g, const struct sudogrant *one, struct err *e)
{

	if (!vec_push(&g->list, SUDOGRANT_MAX, *one))
		return err_set(e, MU_ELIMIT,
		    "the rules make more than %d grants", SUDOGRANT_MAX);
	return MU_OK;
}

/* From the last rule to the first: what later ones decide for an account and
 * its target. */
static int
sudogrant_settle(struct sudogrants *g, const struct sudoload *load,
    struct err *e)
{
	AUTO(map) struct map *later = map_new(SUDOGRANT_MAX);
	const struct decode_in *in = &load->files[0];
	struct sudogrant *f;
	struct str pair;
	uint64_t has, now;
	size_t i;

	for (i = g->list.n; i-- > 0;) {
		f = &g->list.v[i];
		TRY(arena_fmt(in->job, &pair, e, "%zu " STR_FMT,
		    (size_t)(f->from - in->host->accounts), STR_ARG(f->to)));
		if (map_get(later, pair, &has)) {
			f->open = f->open && has != SUDOGRANT_ASKS;
			if (has == SUDOGRANT_ENDS)
				f->capability = CAP_NONE;
			continue;
		}
		now = f->wipes ? SUDOGRANT_ENDS :
		      f->open  ? SUDOGRANT_OPEN :
				 SUDOGRANT_ASKS;
		if (f->decides && map_put(later, pair, now, NULL) < 0)
			return err_set(e, MU_ELIMIT, "too many grants");
	}
	return MU_OK;
}

static int
sudogrant_one(const struct sudogrant *f, const struct decode_in *in,
    struct err *e)
{
	struct rec g;

	rec_init(&g, REC_GRANT);
	g.grant.identity = f->from->key;
	g.grant.target = f->to;
	g.grant.asset = in->host->key;
	g.grant.place = in->place;
	g.grant.capability = f->capability;
	g.grant.command_limited = f->limited;
	if (f->open)
		g.extra = STR("\"nopasswd\":true");
	TRY(arena_fmt(in->job, &g.grant.locator, e, STR_FMT ":%zu",
	    STR_ARG(in->file->path), f->line->at));
	return decode_put(in, &g, e);
}

int
sudogrant_put(struct sudogrants *g, const struct sudoload *load, struct err *e)
{
	const struct sudogrant *f;
	size_t i;

	TRY(sudogrant_settle(g, load, e));
	for (i = 0; i < g->list.n; i++) {
		f = &g->list.v[i];
		if (f->capability != CAP_NONE)
			TRY(sudogrant_one(f, &load->files[f->line->file], e));
	}
	return MU_OK;
}
