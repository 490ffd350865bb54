#include "store/tuple.h"

#include "base/mem.h"
#include "model/key.h"

/* Step to the row of ${p}, if there is one. */
static int
tuple_step(struct store *s, enum noun noun, struct prep *p, struct tuple *out,
    struct err *e)
{
	sqlite3_stmt *st = out->st = p->st;
	size_t i;
	int r;

	TRY(r = db_step(s, st, e));
	if (r == 0)
		return 0;
	out->id = db_get_int(st, 0);
	out->run_id = db_get_int(st, 1);
	out->gone_at = db_get_int(st, 2);
	for (i = 0; i < noun_defs[noun].n; i++)
		out->cells[i] = db_get_cell(st, (int)i + 3);
	return 1;
}

int
tuple_by_id(struct ingest *g, enum noun noun, int64_t id, struct tuple *out,
    struct err *e)
{
	struct prep *p = &g->st[noun].by_id;

	TRY(prep_get(g->s, &g->sql[noun].by_id, p, e));
	(void)sqlite3_reset(p->st);
	prep_int(p, 1, id);
	return tuple_step(g->s, noun, p, out, e);
}

static bool
tuple_has_key(enum noun noun, const struct tuple *t,
    const struct store_cell *cells)
{
	size_t i;

	for (i = 0; i < noun_defs[noun].n_key; i++)
		if (!noun_cell_eq(&t->cells[i], &cells[i]))
			return false;
	return true;
}

static int
tuple_find_hashed(struct ingest *g, enum noun noun,
    const struct store_cell *cells, struct tuple *out, struct err *e)
{
	size_t at = 0;
	int64_t id;
	int r;

	g->hash = bulk_hash(noun, cells);
	while (bulk_find(g->bulk, g->hash, &at, &id)) {
		TRY(r = tuple_by_id(g, noun, id, out, e));
		if (r == 0)
			return err_set(e, MU_EBUG, "a row is lost");
		if (tuple_has_key(noun, out, cells))
			return 1;
	}
	return 0;
}

int
tuple_find(struct ingest *g, enum noun noun, const struct store_cell *cells,
    struct tuple *out, struct err *e)
{
	struct prep *p = &g->st[noun].select;
	size_t i;

	if (g->bulk != NULL)
		return tuple_find_hashed(g, noun, cells, out, e);
	TRY(prep_get(g->s, &g->sql[noun].select, p, e));
	for (i = 0; i < noun_defs[noun].n_key; i++)
		prep_cell(p, (int)i + 1, &cells[i]);
	return tuple_step(g->s, noun, p, out, e);
}

static void
tuple_last(struct ingest *g, enum noun noun, struct str key, int64_t id)
{
	struct ingest_last *last = &g->last[noun];

	last->id = 0;
	if (key.n > sizeof(last->key))
		return;
	mem_copy(last->key, sizeof(last->key), key.p, key.n);
	last->n = key.n;
	last->id = id;
}

void
tuple_named(struct ingest *g, enum noun noun, struct str key, int64_t id)
{
	uint64_t hash;

	tuple_last(g, noun, key, id);
	if (g->bulk != NULL)
		return;
	hash = map_hash(key);
	g->cache[noun][hash % INGEST_CACHE_SLOTS] =
	    (struct ingest_slot){ hash, id };
}

static int
tuple_ref_stored(struct ingest *g, enum noun noun, struct str key, int64_t *id,
    struct err *e)
{
	static const char *const sql[] = {
		[NOUN_IDENTITY] = "SELECT id FROM identities WHERE key = ?",
		[NOUN_CREDENTIAL] = "SELECT id FROM credentials WHERE key = ?",
	};
	AUTO(db_use) sqlite3_stmt *st = NULL;
	uint64_t hash = map_hash(key);
	struct ingest_slot *slot = &g->cache[noun][hash % INGEST_CACHE_SLOTS];
	int r;

	*id = slot->id;
	if (slot->id != 0 && slot->hash == hash)
		return 1;
	TRY(db_stmt(g->s, sql[noun], &st, e));
	db_text(st, 1, key);
	TRY(r = db_step(g->s, st, e));
	if (r == 0)
		return 0;
	*id = db_get_int(st, 0);
	*slot = (struct ingest_slot){ hash, *id };
	return 1;
}

int
tuple_ref(struct ingest *g, enum noun noun, struct str key, int64_t *id,
    struct err *e)
{
	const struct ingest_last *last = &g->last[noun];
	struct store_cell cell = { STORE_TEXT, 0, key };
	size_t at = 0;
	int r;

	if (last->id != 0 && str_eq(key, str_of(last->key, last->n))) {
		*id = last->id;
		return 1;
	}
	if (g->bulk == NULL)
		TRY(r = tuple_ref_stored(g, noun, key, id, e));
	else /* 64 bits under a secret seed: no other key has them */
		r = bulk_find(g->bulk, bulk_hash(noun, &cell), &at, id);
	if (r != 0)
		tuple_last(g, noun, key, *id);
	return r;
}

int
tuple_index(struct ingest *g, struct err *e)
{
	int r = bulk_end(g->s, g->bulk, e);

	bulk_free(g->bulk);
	g->bulk = NULL;
	return r;
}

/* The columns of an identity that no record holds. */
static void
tuple_bind_own(struct ingest *g, struct str key, int64_t id,
    char shown[KEY_ID_BYTES], struct prep *p, int at)
{

	key_id(key, shown);
	prep_text(p, at, str_of(shown, KEY_ID_CHARS));
	prep_text(p, at + 1, STR_NONE);
	prep_text(p, at + 2, STR("new"));
	prep_int(p, at + 3, id);
	prep_int(p, at + 4, g->run.baseline);
}

int
tuple_insert(struct ingest *g, enum noun noun, const struct store_cell *cells,
    int64_t run_id, int64_t *id, struct err *e)
{
	const struct noun_def *d = &noun_defs[noun];
	AUTO(prep) struct prep *p = &g->st[noun].insert;
	char shown[KEY_ID_BYTES];
	int at = 1;
	size_t i;

	TRY(prep_get(g->s, &g->sql[noun].insert, p, e));
	TRY(db_next(g->s, d->table, id, e));
	prep_int(p, at++, *id);
	for (i = 0; i < d->n; i++)
		prep_cell(p, at++, &cells[i]);
	prep_int(p, at++, run_id);
	prep_int(p, at++, g->run.at);
	prep_int(p, at++, g->run.at);
	if (noun == NOUN_IDENTITY)
		tuple_bind_own(g, cells[0].s, *id, shown, p, at);
	TRY(db_run(g->s, p->st, e));
	if (g->bulk != NULL && !bulk_add(g->bulk, g->hash, *id))
		return tuple_index(g, e);
	return MU_OK;
}

int
tuple_write(struct ingest *g, enum noun noun, const struct store_cell *cells,
    int64_t id, struct err *e)
{
	const struct noun_def *d = &noun_defs[noun];
	AUTO(prep) struct prep *p = &g->st[noun].update;
	int at = 1;
	size_t i;

	TRY(prep_get(g->s, &g->sql[noun].update, p, e));
	for (i = d->n_key; i < d->n; i++)
		prep_cell(p, at++, &cells[i]);
	prep_int(p, at++, g->run.id);
	prep_int(p, at++, g->run.at);
	prep_int(p, at, id);
	return db_run(g->s, p->st, e);
}

int
tuple_touch(struct ingest *g, enum noun noun, int64_t id, struct err *e)
{
	AUTO(prep) struct prep *p = &g->st[noun].touch;

	TRY(prep_get(g->s, &g->sql[noun].touch, p, e));
	prep_int(p, 1, g->run.id);
	prep_int(p, 2, g->run.at);
	prep_int(p, 3, id);
	return db_run(g->s, p->st, e);
}
