/*
 * muster places: where Muster looks, and how it went.
 */

#include "cli/config.h"
#include "cli/register.h"
#include "collect/atlas.h"
#include "store/read.h"

extern const struct cmd cmd_places;

#define PLACES_TEXT_MAX 65536

static const struct table_col cols[] = {
	{ "place", "Place", CELL_ID, false },
	{ "title", "What is there", CELL_TEXT, true },
	{ "state", "Last time", CELL_TEXT, false },
	{ "files", "Files", CELL_INT, false },
	{ "gaps", "Gaps", CELL_INT, false },
	{ "rights", "Needs", CELL_TEXT, false },
	{ "row", NULL, CELL_TEXT, false },
	{ "sees", NULL, CELL_TEXT, false },
	{ "decoder", NULL, CELL_TEXT, false },
	{ "globs", "Where", CELL_TEXT, true },
};

struct places {
	struct cli *c;
	struct table t;
	VEC(struct read_coverage) seen;
};

static int
places_seen(void *cookie, const struct read_coverage *r, struct err *e)
{
	struct read_coverage m = *r;
	struct places *p = cookie;

	TRY(arena_str(p->c->arena, r->place, &m.place, e));
	if (!vec_push(&p->seen, 1 << 20, m))
		return err_set(e, MU_ELIMIT, "too many rows of coverage");
	return MU_OK;
}

/* Of several hosts, the worst state counts: read is better than partly. */
static bool
places_find(const struct places *p, const char *id, struct read_coverage *out)
{
	bool found = false;
	size_t i;

	for (i = 0; i < p->seen.n; i++) {
		if (!str_eq(p->seen.v[i].place, str_from(id)))
			continue;
		if (!found) {
			*out = p->seen.v[i];
		} else {
			out->files += p->seen.v[i].files;
			out->gaps += p->seen.v[i].gaps;
			if (out->state == COVER_ABSENT ||
			    (p->seen.v[i].state != COVER_ABSENT &&
				p->seen.v[i].state > out->state))
				out->state = p->seen.v[i].state;
		}
		found = true;
	}
	return found;
}

static int
places_row(struct places *p, const struct place *at, struct err *e)
{
	static const char *const rights[] = { "any account", "its owner",
		"root" };
	struct read_coverage cover = { .files = 0 };
	AUTO(buf) struct buf globs;
	struct str where;
	bool seen;
	size_t i;

	buf_init(&globs, PLACES_TEXT_MAX);
	for (i = 0; at->globs != NULL && at->globs[i] != NULL; i++)
		buf_addf(&globs, "%s%s%s", i != 0 ? " " : "",
		    at->globs[i][0] == '~' ? "" : "/", at->globs[i]);
	if (at->live)
		buf_adds(&globs, "the running system");
	else if (globs.n == 0)
		buf_adds(&globs, "anywhere, by content");
	TRY(arena_str(p->c->arena, buf_str(&globs), &where, e));
	seen = places_find(p, at->id, &cover);
	return table_row(&p->t,
	    (struct table_cell[]){ CELL_S(str_from(at->id)),
		CELL_S(str_from(at->title)),
		seen ? CELL_S(str_from(word_of(&word_cover_state,
			   (int)cover.state))) :
		       CELL_NONE,
		seen ? CELL_I(cover.files) : CELL_NONE,
		seen ? CELL_I(cover.gaps) : CELL_NONE,
		CELL_S(str_from(rights[at->rights])), CELL_S(str_from(at->row)),
		CELL_S(str_from(at->sees)), CELL_S(str_from(at->decoder)),
		CELL_S(where) },
	    e);
}

/* Without a register the list says where Muster looks, and no more. */
static int
places_read(struct places *p, struct err *e)
{
	AUTO(store) struct store *s = NULL;
	const struct read_filter all = { 0 };
	int r;

	r = register_open(p->c, STORE_READ, &s, e);
	if (r == MU_ENOTFOUND)
		return MU_OK;
	TRY(r);
	return read_coverages(s, &all, places_seen, p, e);
}

static int
places_run(struct cli *c, struct err *e)
{
	AUTO(atlas) struct atlas all = { .n_finders = 0 };
	struct places p = { .c = c };
	size_t i;
	int r;

	TRY(config_use(c, e));
	TRY(atlas_load(&all, c->places_dir, e));
	r = places_read(&p, e);
	table_init(&p.t, "places", cols, MU_COUNT(cols), "No place is known.");
	for (i = 0; r >= 0 && i < all.rows.n; i++)
		r = places_row(&p, &all.rows.v[i].place, e);
	if (r >= 0)
		r = cmd_table(c, &p.t, e);
	table_done(&p.t);
	vec_free(&p.seen);
	return r < 0 ? r : CMD_OK;
}

const struct cmd cmd_places = {
	.name = "places",
	.line = "list where Muster looks, and what became of it last time",
	.args = "",
	.about = "Lists every kind of place that Muster knows, what is there, "
		 "which right it takes to\nread it, and what the last audit "
		 "made of it: read, partly, unread, or absent from\nthis "
		 "machine.",
	.examples = "  muster places\n  muster places --format markdown\n",
	.uses = CMD_STORE | CMD_FORMAT | CMD_CONFIG,
	.exits = "0 1 2 4",
	.run = places_run,
};
