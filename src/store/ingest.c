#include "store/ingest.h"

#include "base/mem.h"
#include "store/record.h"
#include "store/resolve.h"
#include "store/settle.h"
#include "store/tuple.h"

#define INGEST_OLDS_MAX ((size_t)1 << 24)

static int
ingest_put(struct sink *sink, const struct rec *r, struct err *e)
{
	/* The sink is the first member. */
	struct ingest *g = (struct ingest *)(void *)sink;

	arena_reset(g->job);
	return record_put(g, r, e);
}

void
ingest_free(struct ingest *g)
{
	size_t i;

	if (g == NULL)
		return;
	bulk_free(g->bulk);
	for (i = 0; i < NOUNS; i++) {
		noun_sql_free(&g->sql[i]);
		mem_free(g->cache[i]);
	}
	arena_free(g->job);
	arena_free(g->keep);
	map_free(g->run.covers);
	map_free(g->run.gaps);
	buf_free(&g->run.asset);
	buf_free(&g->run.sources);
	map_free(g->old_ids);
	vec_free(&g->olds);
	mem_free(g);
}

struct ingest *
ingest_new(struct store *s)
{
	struct ingest *g = mem_new(1, sizeof(*g));
	size_t i;

	g->sink.put = ingest_put;
	g->s = s;
	g->job = arena_new(INGEST_RECORD_MAX);
	g->keep = arena_new(INGEST_KEEP_MAX);
	g->old_ids = map_new(INGEST_OLDS_MAX);
	g->bulk_max = BULK_SLOTS_MAX;
	for (i = 0; i < NOUNS; i++)
		noun_sql_make((enum noun)i, &g->sql[i]);
	for (i = NOUN_IDENTITY; i <= NOUN_CREDENTIAL; i++)
		g->cache[i] = mem_new(INGEST_CACHE_SLOTS, sizeof(*g->cache[i]));
	return g;
}

struct sink *
ingest_sink(struct ingest *g)
{

	return &g->sink;
}

bool
ingest_passing(struct str key)
{

	return str_starts(key, STR("secret:ephemeral:"));
}

/* A value as the history shows it. */
static struct str
ingest_shown(struct ingest *g, const struct store_cell *c, struct err *e)
{
	struct str s = STR_NONE;

	if (c == NULL || c->kind == STORE_NULL)
		return s;
	if (c->kind == STORE_TEXT)
		return c->s;
	if (arena_fmt(g->job, &s, e, "%lld", (long long)c->i) < 0)
		return STR_NONE;
	return s;
}

int
ingest_change(struct ingest *g, enum noun noun, int64_t id, const char *what,
    const char *field, const struct store_cell *old,
    const struct store_cell *new, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;
	int64_t row;

	if (g->run.baseline)
		return MU_OK;
	TRY(db_next(g->s, DB_CHANGES, &row, e));
	TRY(db_stmt(g->s,
	    "INSERT INTO changes (id, run_id, at, noun, noun_id, what, field, "
	    "old_value, new_value) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    &st, e));
	db_int(st, 1, row);
	db_int(st, 2, g->run.id);
	db_int(st, 3, g->run.at);
	db_text(st, 4, str_from(noun_defs[noun].word));
	db_int(st, 5, id);
	db_text(st, 6, str_from(what));
	db_text(st, 7, str_from(field));
	db_text(st, 8, ingest_shown(g, old, e));
	db_text(st, 9, ingest_shown(g, new, e));
	return db_run(g->s, st, e);
}

/* Count what is new; gone and changed are counted where they are found. */
static void
ingest_count_new(struct ingest *g, enum noun noun)
{

	if (g->run.baseline)
		return;
	g->delta.identities_new += noun == NOUN_IDENTITY;
	g->delta.credentials_new += noun == NOUN_CREDENTIAL;
	g->delta.sightings_new += noun == NOUN_SIGHTING;
}

/* What a log tells of a key: its fingerprint and its last use, and no identity.
 * The columns are those of noun_defs. */
static bool
ingest_is_use(enum noun noun, const struct store_cell *cells)
{
	size_t i;

	if (noun != NOUN_CREDENTIAL || cells[1].kind != STORE_NULL ||
	    !str_starts(cells[0].s, STR("ssh:SHA256:")))
		return false;
	for (i = 0; i < noun_defs[noun].n; i++)
		if (strcmp(noun_defs[noun].columns[i].name, "last_used_at") ==
		    0)
			return cells[i].kind == STORE_INT;
	return false;
}

/* An identity or a credential under a passing key is never news, and neither
 * is that a key was used. */
static bool
ingest_is_news(enum noun noun, const struct store_cell *cells)
{

	return (noun > NOUN_CREDENTIAL || !ingest_passing(cells[0].s)) &&
	       !ingest_is_use(noun, cells);
}

static int
ingest_news(struct ingest *g, enum noun noun, const struct store_cell *cells,
    int64_t id, const char *what, struct err *e)
{

	g->touched = true;
	if (!ingest_is_news(noun, cells))
		return MU_OK;
	ingest_count_new(g, noun);
	return ingest_change(g, noun, id, what, "", NULL, NULL, e);
}

int
ingest_hollow(struct ingest *g, enum noun noun, const struct store_cell *cells,
    int64_t *id, struct err *e)
{

	g->hollows++;
	g->hash = bulk_hash(noun, cells);
	return tuple_insert(g, noun, cells, 0, id, e);
}

/* Keep what a row was before this transaction, once. */
static int
ingest_keep(struct ingest *g, enum noun noun, int64_t id,
    const struct store_cell *cells, struct err *e)
{
	struct ingest_old old = { noun, id, g->run.id, NULL };
	const struct noun_def *d = &noun_defs[noun];
	int64_t key[2] = { (int64_t)noun, id };
	size_t i;
	int r;

	r = map_put(g->old_ids, str_of(key, sizeof(key)), 1, NULL);
	if (r == 0)
		return MU_OK;
	old.cells = arena_take(g->keep, d->n, sizeof(*old.cells));
	if (r < 0 || old.cells == NULL ||
	    !vec_push(&g->olds, INGEST_OLDS_MAX, old))
		return err_set(e, MU_ELIMIT, "too many rows changed at once");
	for (i = 0; i < d->n; i++) {
		old.cells[i] = cells[i];
		TRY(arena_str(g->keep, cells[i].s, &old.cells[i].s, e));
	}
	return MU_OK;
}

/* Whether the stored row is a hollow row: it has no kind. */
static bool
ingest_is_hollow(enum noun noun, const struct tuple *was)
{
	size_t kind = noun == NOUN_IDENTITY ? 1 : 2;

	return noun <= NOUN_CREDENTIAL && was->cells[kind].s.n == 0;
}

static int
ingest_fill_hollow(struct ingest *g, enum noun noun,
    const struct store_cell *cells, int64_t id, struct err *e)
{

	g->hollows--;
	TRY(tuple_write(g, noun, cells, id, e));
	if (noun == NOUN_IDENTITY)
		TRY(db_ints(g->s,
		    "UPDATE identities SET baseline = ? WHERE id = ?",
		    (int64_t[]){ g->run.baseline, id }, 2, e));
	return ingest_news(g, noun, cells, id, "new", e);
}

/* Merge a record into the row that is there. */
static int
ingest_merge(struct ingest *g, enum noun noun, const struct tuple *was,
    const struct store_cell *cells, struct err *e)
{
	struct store_cell now[NOUN_COLUMNS_MAX];
	const struct noun_def *d = &noun_defs[noun];
	bool same = true, changed = false;
	size_t i;

	if (ingest_is_hollow(noun, was))
		return ingest_fill_hollow(g, noun, cells, was->id, e);
	noun_merge(noun, was->cells, cells, was->run_id == g->run.id, now);
	for (i = d->n_key; i < d->n; i++) {
		same = same && noun_cell_eq(&was->cells[i], &now[i]);
		changed = changed || noun_changed(noun, i, was->cells, now);
	}
	g->touched = g->touched || changed;
	/* What this run brought is new, and nothing more. */
	changed = changed && was->id < g->run.first[noun];
	if (changed)
		TRY(ingest_keep(g, noun, was->id, was->cells, e));
	if (was->gone_at != REC_NO_INT)
		TRY(ingest_news(g, noun, cells, was->id, "back", e));
	if (!same)
		return tuple_write(g, noun, now, was->id, e);
	if (was->run_id == g->run.id && was->gone_at == REC_NO_INT)
		return MU_OK;
	return tuple_touch(g, noun, was->id, e);
}

int
ingest_row(struct ingest *g, enum noun noun, const struct store_cell *cells,
    int64_t *id, struct err *e)
{
	AUTO(tuple) struct tuple was = { .st = NULL };
	int r;

	TRY(r = tuple_find(g, noun, cells, &was, e));
	if (r != 0) {
		*id = was.id;
		return ingest_merge(g, noun, &was, cells, e);
	}
	TRY(tuple_insert(g, noun, cells, g->run.id, id, e));
	return ingest_news(g, noun, cells, *id, "new", e);
}

int
ingest_gap(struct ingest *g, int64_t run_id, int64_t asset_id,
    const struct rec_gap *gap, struct str extra, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;
	int64_t id;

	TRY(db_next(g->s, DB_GAPS, &id, e));
	TRY(db_stmt(g->s,
	    "INSERT INTO gaps (id, run_id, asset_id, place, locator, reason, "
	    "detail, extra) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
	    &st, e));
	db_int(st, 1, id);
	db_int(st, 2, run_id);
	db_int(st, 3, asset_id);
	db_text(st, 4, gap->place);
	db_text(st, 5, gap->locator);
	db_text(st, 6, str_from(word_of(&word_gap_reason, (int)gap->reason)));
	db_text(st, 7, gap->detail);
	db_text(st, 8, extra);
	return db_run(g->s, st, e);
}

/* Write the history of one row that differs from what it was. */
static int
ingest_compare(struct ingest *g, const struct ingest_old *old, struct err *e)
{
	const struct noun_def *d = &noun_defs[old->noun];
	AUTO(tuple) struct tuple now = { .st = NULL };
	bool any = false;
	size_t i;
	int r;

	TRY(r = tuple_by_id(g, old->noun, old->id, &now, e));
	if (r == 0)
		return MU_OK;
	if (!ingest_is_news(old->noun, now.cells))
		return MU_OK;
	for (i = d->n_key; i < d->n; i++) {
		if (!noun_changed(old->noun, i, old->cells, now.cells))
			continue;
		any = true;
		arena_reset(g->job);
		TRY(ingest_change(g, old->noun, old->id, "changed",
		    d->columns[i].name, &old->cells[i], &now.cells[i], e));
	}
	if (g->run.baseline)
		any = false;
	g->delta.identities_changed += any && old->noun == NOUN_IDENTITY;
	g->delta.credentials_changed += any && old->noun == NOUN_CREDENTIAL;
	g->delta.sightings_changed += any && old->noun == NOUN_SIGHTING;
	return MU_OK;
}

/* Forget what the run before this one changed. */
static void
ingest_forget(struct ingest *g)
{

	vec_free(&g->olds);
	map_free(g->old_ids);
	g->old_ids = map_new(INGEST_OLDS_MAX);
	arena_reset(g->keep);
}

int
ingest_finish(struct ingest *g, bool last, struct err *e)
{
	size_t i;

	TRY(tuple_index(g, e));
	TRY(settle_run(g, e));
	if (last && g->hollows > 0)
		TRY(settle_hollows(g, e));
	if (g->touched)
		TRY(resolve_run(g, e));
	TRY(resolve_uses(g, e));
	for (i = 0; i < g->olds.n; i++)
		TRY(ingest_compare(g, &g->olds.v[i], e));
	ingest_forget(g);
	g->touched = false;
	g->delta.partial = g->delta.partial || !g->run.ended;
	g->delta.baseline = g->run.baseline;
	return MU_OK;
}

int
ingest_end(struct ingest *g, struct store_delta *delta, struct err *e)
{

	if (!g->run.open)
		return err_set(e, MU_EFORMAT, "the stream holds no run");
	TRY(ingest_finish(g, true, e));
	/* An asset that was named and never described keeps its key. */
	TRY(db_exec(g->s,
	    "UPDATE assets SET kind = 'unknown', name = key WHERE kind = ''",
	    e));
	*delta = g->delta;
	return MU_OK;
}
