#include "assess/work.h"

#include "model/key.h"

/* Texts of findings and names of identities, bytes. */
#define WORK_BYTES ((size_t)4 << 30)

int64_t
work_int(const struct store_cell *c)
{

	return c->kind == STORE_INT ? c->i : REC_NO_INT;
}

struct str
work_str(const struct store_cell *c)
{

	return c->kind == STORE_TEXT ? c->s : STR_NONE;
}

/* Index of ${id} among rows of ${size} bytes that begin with their id. */
static size_t
by_id(const void *rows, size_t n, size_t size, int64_t id)
{
	size_t low = 0, high = n, mid;
	int64_t at;

	while (low < high) {
		mid = low + (high - low) / 2;
		at = *(const int64_t *)(const void *)((const char *)rows +
						      mid * size);
		if (at == id)
			return mid;
		if (at < id)
			low = mid + 1;
		else
			high = mid;
	}
	return WORK_NONE;
}

size_t
work_asset(const struct work *w, int64_t id)
{

	return by_id(w->assets.v, w->assets.n, sizeof(w->assets.v[0]), id);
}

size_t
work_identity(const struct work *w, int64_t id)
{

	return by_id(w->identities.v, w->identities.n,
	    sizeof(w->identities.v[0]), id);
}

struct work_result *
work_result(const struct work *w, size_t check, size_t asset)
{

	return &w->results[check * w->assets.n + asset];
}

size_t
work_check(const struct work *w, struct str id)
{
	size_t i;

	for (i = 0; i < w->n_checks; i++)
		if (str_eq(w->checks[i].id, id))
			return i;
	return WORK_NONE;
}

static int
row_asset(void *cookie, const struct store_cell *c, size_t n, struct err *e)
{
	struct work *w = cookie;
	struct work_asset a = { .id = work_int(&c[0]),
		.baseline_at = work_int(&c[1]) };

	(void)n;
	if (!vec_push(&w->assets, WORK_ASSETS_MAX, a))
		return err_set(e, MU_ELIMIT, "more than %d assets",
		    WORK_ASSETS_MAX);
	return MU_OK;
}

static int
row_identity(void *cookie, const struct store_cell *c, size_t n, struct err *e)
{
	struct work *w = cookie;
	struct work_identity i = { .id = work_int(&c[0]),
		.asset_id = work_int(&c[2]),
		.first_seen = work_int(&c[3]),
		.privileged = (enum tri)work_int(&c[4]),
		.internet = (enum tri)work_int(&c[5]),
		.owned = work_str(&c[6]).n != 0,
		.baseline = work_int(&c[7]) == 1,
		.last_used = CLOCK_NONE };
	int kind = word_find(&word_id_kind, work_str(&c[1]));

	(void)n;
	if (kind < 0)
		return err_set(e, MU_EFORMAT,
		    "the register has an unknown identity kind");
	i.kind = (enum id_kind)kind;
	i.home = work_asset(w, i.asset_id);
	if (i.home != WORK_NONE)
		w->assets.v[i.home].kinds |= 1u << kind;
	if (!vec_push(&w->identities, WORK_ITEMS_MAX, i))
		return err_set(e, MU_ELIMIT, "more than %d identities",
		    WORK_ITEMS_MAX);
	return MU_OK;
}

/* A kind that was seen on an asset. */
static int
row_kind(void *cookie, const struct store_cell *c, size_t n, struct err *e)
{
	struct work *w = cookie;
	size_t asset = work_asset(w, work_int(&c[0]));
	int kind = word_find(&word_id_kind, work_str(&c[1]));

	(void)n;
	(void)e;
	if (asset != WORK_NONE && kind >= 0)
		w->assets.v[asset].kinds |= 1u << kind;
	return MU_OK;
}

static int
row_dates(void *cookie, const struct store_cell *c, size_t n, struct err *e)
{
	struct work *w = cookie;
	size_t at = work_identity(w, work_int(&c[0]));

	(void)n;
	(void)e;
	if (at == WORK_NONE)
		return MU_OK;
	w->identities.v[at].credentialed = true;
	w->identities.v[at].dated = work_int(&c[1]) > 0;
	if (c[2].kind == STORE_INT)
		w->identities.v[at].last_used = c[2].i;
	return MU_OK;
}

/* A key that may log in as someone who is privileged is privileged. */
static int
row_reach(void *cookie, const struct store_cell *c, size_t n, struct err *e)
{
	struct work *w = cookie;
	size_t at = work_identity(w, work_int(&c[0]));

	(void)n;
	(void)e;
	if (at != WORK_NONE)
		w->identities.v[at].privileged = TRI_YES;
	return MU_OK;
}

static int
row_coverage(void *cookie, const struct store_cell *c, size_t n, struct err *e)
{
	struct work *w = cookie;
	AUTO(buf) struct buf b = { 0 };
	int state = word_find(&word_cover_state, work_str(&c[2]));

	(void)n;
	if (state < 0)
		return err_set(e, MU_EFORMAT,
		    "the register has an unknown state of coverage");
	buf_init(&b, REC_LINE_MAX);
	buf_addf(&b, "%lld ", (long long)work_int(&c[0]));
	buf_add(&b, work_str(&c[1]));
	if (map_put(w->coverage, buf_str(&b), (uint64_t)state, NULL) < 0)
		return err_set(e, MU_ELIMIT, "too many rows of coverage");
	return MU_OK;
}

static const struct load {
	const char *sql;
	store_row *row;
} loads[] = {
	{ "SELECT a.id, COALESCE((SELECT MAX(r.at) FROM runs r"
	  " WHERE r.asset_id = a.id AND r.baseline = 1), a.first_seen)"
	  " FROM assets a ORDER BY a.id",
	    row_asset },
	{ "SELECT id, kind, asset_id, first_seen, privileged, internet, owner,"
	  " baseline FROM live_identities ORDER BY id",
	    row_identity },
	/* Those seen elsewhere than where they belong; the first and the last
	 * asset of an index tell most apart without reading a sighting. */
	{ "SELECT DISTINCT s.asset_id, c.identity_kind FROM live_credentials c"
	  " CROSS JOIN identities i CROSS JOIN live_sightings s"
	  " WHERE i.id = c.identity_id AND s.credential_id = c.id"
	  " AND (i.asset_id IS NULL OR i.asset_id <> (SELECT MIN(a.asset_id)"
	  " FROM sightings a WHERE a.credential_id = c.id)"
	  " OR i.asset_id <> (SELECT MAX(a.asset_id)"
	  " FROM sightings a WHERE a.credential_id = c.id))",
	    row_kind },
	{ "SELECT DISTINCT g.asset_id, g.identity_kind FROM live_grants g",
	    row_kind },
	{ "SELECT c.identity_id, COUNT(c.created_at), MAX(c.last_used_at)"
	  " FROM live_credentials c GROUP BY c.identity_id",
	    row_dates },
	{ "SELECT DISTINCT g.identity_id FROM live_grants g"
	  " JOIN identities a ON a.key = g.target"
	  " WHERE a.privileged = 2 OR a.uid = 0",
	    row_reach },
	{ "SELECT asset_id, place, state FROM coverage", row_coverage },
};

int
work_load(struct work *w, struct err *e)
{
	size_t i;

	w->a = arena_new(WORK_BYTES);
	w->coverage = map_new(WORK_ITEMS_MAX);
	for (i = 0; i < MU_COUNT(loads); i++)
		TRY(store_query(w->s, loads[i].sql, NULL, 0, loads[i].row, w,
		    e));
	w->results =
	    mem_new(w->n_checks * w->assets.n + 1, sizeof(w->results[0]));
	return MU_OK;
}

void
work_free(struct work *w)
{

	vec_free(&w->assets);
	vec_free(&w->identities);
	vec_free(&w->found);
	mem_free(w->results);
	map_free(w->coverage);
	arena_free(w->a);
}
