#include "store/resolve.h"

#include "base/mem.h"
#include "store/context.h"
#include "store/record.h"

#define RESOLVE_MAX ((size_t)1 << 22)

/* "This identity is that one": from a row to a row. */
struct resolve_link {
	int64_t from, to;
};

/* A certificate authority's certificate that wants an identity. */
struct resolve_ca {
	int64_t credential;
	struct str spki, subject, asset;
};

struct resolve {
	struct ingest *g;
	struct arena *job;
	struct map *to;    /* id to the id that it is, one step */
	struct map *final; /* id to the id that it is in the end */
	VEC(struct resolve_link) links;
	VEC(int64_t) path;
	VEC(struct resolve_ca) cas;
};

static void
resolve_auto(struct resolve *w)
{

	arena_free(w->job);
	map_free(w->to);
	map_free(w->final);
	vec_free(&w->links);
	vec_free(&w->path);
	vec_free(&w->cas);
}

static void
resolve_init(struct resolve *w, struct ingest *g)
{

	*w = (struct resolve){ .g = g };
	w->job = arena_new(INGEST_KEEP_MAX);
	w->to = map_new(RESOLVE_MAX);
	w->final = map_new(RESOLVE_MAX);
}

static int
resolve_full(struct err *e)
{

	return err_set(e, MU_ELIMIT, "more than %zu identities to join",
	    RESOLVE_MAX);
}

/* The authorities whose certificate has no identity but the store's own. CROSS
 * JOIN keeps SQLite to the order written: certificates are the fewest. */
static int
resolve_find_cas(struct resolve *w, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;
	struct resolve_ca ca;
	int r;

	TRY(db_stmt(w->g->s,
	    "SELECT c.id, c.spki, c.subject, min(a.key) FROM credentials c "
	    "LEFT JOIN identities i ON i.id = c.identity_id "
	    "CROSS JOIN credentials k CROSS JOIN sightings s "
	    "CROSS JOIN assets a "
	    "WHERE c.kind = 'x509' AND c.ca = 2 AND c.spki <> '' "
	    "AND c.gone_at IS NULL "
	    "AND k.spki = c.spki AND k.gone_at IS NULL "
	    "AND s.credential_id = k.id "
	    "AND s.role = 'private' AND s.gone_at IS NULL "
	    "AND a.id = s.asset_id "
	    "AND (i.id IS NULL OR i.kind = 'internal_ca') "
	    "GROUP BY c.id, c.spki, c.subject ORDER BY c.key",
	    &st, e));
	for (;;) {
		TRY(r = db_step(w->g->s, st, e));
		if (r == 0)
			return MU_OK;
		ca.credential = db_get_int(st, 0);
		TRY(arena_str(w->job, db_get_str(st, 1), &ca.spki, e));
		TRY(arena_str(w->job, db_get_str(st, 2), &ca.subject, e));
		TRY(arena_str(w->job, db_get_str(st, 3), &ca.asset, e));
		if (!vec_push(&w->cas, RESOLVE_MAX, ca))
			return resolve_full(e);
	}
}

int
resolve_authorities(struct ingest *g, struct err *e)
{
	AUTO(resolve) struct resolve w;
	struct rec r;
	int64_t id;
	size_t i;

	resolve_init(&w, g);
	TRY(resolve_find_cas(&w, e));
	for (i = 0; i < w.cas.n; i++) {
		arena_reset(g->job);
		rec_init(&r, REC_IDENTITY);
		TRY(arena_fmt(w.job, &r.identity.key, e, "tls:spki:" STR_FMT,
		    STR_ARG(w.cas.v[i].spki)));
		r.identity.kind = ID_INTERNAL_CA;
		r.identity.name = w.cas.v[i].subject;
		r.identity.asset = w.cas.v[i].asset;
		TRY(record_noun(g, &r, &id, e));
		TRY(db_ints(g->s,
		    "UPDATE credentials SET identity_id = ? "
		    "WHERE id = ? AND identity_id IS NULL",
		    (int64_t[]){ id, w.cas.v[i].credential }, 2, e));
	}
	return MU_OK;
}

static struct str
resolve_id(const int64_t *id)
{

	return str_of(id, sizeof(*id));
}

static bool
resolve_get(const struct map *m, int64_t id, int64_t *to)
{
	uint64_t v;

	if (!map_get(m, resolve_id(&id), &v))
		return false;
	*to = (int64_t)v;
	return true;
}

static int
resolve_set(struct map *m, int64_t from, int64_t to, struct err *e)
{

	if (map_put(m, resolve_id(&from), (uint64_t)to, NULL) < 0)
		return resolve_full(e);
	return MU_OK;
}

/* Rows (from, to): the first `to` of each `from` counts. */
static int
resolve_links(struct resolve *w, const char *sql, bool keep, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;
	struct resolve_link l;
	int64_t had;
	int r;

	TRY(db_stmt(w->g->s, sql, &st, e));
	for (;;) {
		TRY(r = db_step(w->g->s, st, e));
		if (r == 0)
			return MU_OK;
		l = (struct resolve_link){ db_get_int(st, 0),
			db_get_int(st, 1) };
		if (resolve_get(w->to, l.from, &had))
			continue;
		TRY(resolve_set(w->to, l.from, l.to, e));
		if (keep && !vec_push(&w->links, RESOLVE_MAX, l))
			return resolve_full(e);
	}
}

/* The one of a circle that stands for all: the lowest key. */
static int
resolve_circle(struct resolve *w, size_t from, int64_t *out, struct err *e)
{
	AUTO(buf) struct buf best;
	size_t i;
	int r;

	buf_init(&best, REC_LINE_MAX);
	for (i = from; i < w->path.n; i++) {
		AUTO(db_use) sqlite3_stmt *st = NULL;

		TRY(db_stmt(w->g->s, "SELECT key FROM identities WHERE id = ?",
		    &st, e));
		db_int(st, 1, w->path.v[i]);
		TRY(r = db_step(w->g->s, st, e));
		if (r == 0 || (i != from && str_cmp(db_get_str(st, 0),
						buf_str(&best)) >= 0))
			continue;
		buf_reset(&best);
		buf_add(&best, db_get_str(st, 0));
		*out = w->path.v[i];
	}
	return MU_OK;
}

/* Follow the links from ${id} to their end and write it down for all passed. */
static int
resolve_follow(struct resolve *w, int64_t id, struct err *e)
{
	AUTO(map) struct map *at = map_new(RESOLVE_MAX);
	int64_t end = id, next, place;
	size_t i;

	w->path.n = 0;
	for (;; end = next) {
		if (resolve_get(w->final, end, &next)) {
			end = next;
			break;
		}
		if (resolve_get(at, end, &place)) {
			TRY(resolve_circle(w, (size_t)place, &end, e));
			break;
		}
		TRY(resolve_set(at, end, (int64_t)w->path.n, e));
		if (!vec_push(&w->path, RESOLVE_MAX, end))
			return resolve_full(e);
		if (!resolve_get(w->to, end, &next))
			break;
	}
	for (i = 0; i < w->path.n; i++)
		TRY(resolve_set(w->final, w->path.v[i], end, e));
	return MU_OK;
}

/* Write same_as where it is not what the links say. */
static int
resolve_store(struct resolve *w, struct err *e)
{
	size_t at = 0;
	struct str key;
	uint64_t to;
	int64_t id;

	w->path.n = 0;
	TRY(db_exec(w->g->s,
	    "CREATE TEMP TABLE IF NOT EXISTS joined ("
	    "id INTEGER PRIMARY KEY, same_as INTEGER);"
	    "DELETE FROM temp.joined",
	    e));
	while (map_next(w->final, &at, &key, &to)) {
		mem_copy(&id, sizeof(id), key.p, key.n);
		TRY(db_ints(w->g->s, "INSERT INTO temp.joined VALUES (?, ?)",
		    (int64_t[]){ id, (int64_t)to }, 2, e));
	}
	return db_exec(w->g->s,
	    "UPDATE identities SET same_as = coalesce((SELECT j.same_as "
	    "FROM temp.joined j WHERE j.id = identities.id), id) "
	    "WHERE same_as <> coalesce((SELECT j.same_as "
	    "FROM temp.joined j WHERE j.id = identities.id), id)",
	    e);
}

/* The edge that says why a key pair is its certificate's identity. */
static int
resolve_edges(struct resolve *w, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;
	int64_t id;
	size_t i;

	TRY(db_exec(w->g->s,
	    "DELETE FROM edges WHERE kind = 'same_as' AND run_id = 0 "
	    "AND NOT EXISTS (SELECT 1 FROM credentials k JOIN credentials x "
	    "ON x.spki = k.spki AND x.kind = 'x509' AND x.gone_at IS NULL "
	    "WHERE k.identity_id = src_id AND x.identity_id = dst_id "
	    "AND k.kind = 'keypair' AND k.gone_at IS NULL "
	    "AND k.spki <> '')",
	    e));
	TRY(db_stmt(w->g->s,
	    "INSERT INTO edges (id, kind, src_id, dst_id, evidence, run_id, "
	    "first_seen, last_seen, extra) VALUES (?, 'same_as', ?, ?, "
	    "'the certificate holds this key', 0, ?, ?, '') "
	    "ON CONFLICT DO NOTHING",
	    &st, e));
	for (i = 0; i < w->links.n; i++) {
		TRY(db_next(w->g->s, DB_EDGES, &id, e));
		db_int(st, 1, id);
		db_int(st, 2, w->links.v[i].from);
		db_int(st, 3, w->links.v[i].to);
		db_int(st, 4, w->g->run.at);
		db_int(st, 5, w->g->run.at);
		TRY(db_run(w->g->s, st, e));
		(void)sqlite3_reset(st);
	}
	return MU_OK;
}

/*
 * A key pair is the identity of the certificate that holds it, of the one with
 * the lowest key where there are several; a key pair that has a certificate of
 * its own in its identity is one already. Then come the edges that streams
 * gave, from the higher key to the lower.
 */
static int
resolve_same(struct resolve *w, struct err *e)
{
	struct str key;
	uint64_t to;
	size_t at = 0;
	int64_t id;

	TRY(resolve_links(w,
	    "SELECT k.identity_id, x.identity_id FROM credentials x "
	    "CROSS JOIN credentials k CROSS JOIN identities i "
	    "CROSS JOIN identities f "
	    "WHERE x.kind = 'x509' AND x.spki <> '' AND x.gone_at IS NULL "
	    "AND k.spki = x.spki AND k.kind = 'keypair' "
	    "AND k.gone_at IS NULL "
	    "AND i.id = x.identity_id AND i.gone_at IS NULL "
	    "AND f.id = k.identity_id "
	    "AND k.identity_id <> x.identity_id AND NOT EXISTS "
	    "(SELECT 1 FROM credentials o WHERE o.identity_id = f.id "
	    "AND o.kind = 'x509' AND o.gone_at IS NULL) "
	    "ORDER BY f.key, i.key",
	    true, e));
	TRY(resolve_links(w,
	    "SELECT CASE WHEN a.key > b.key THEN a.id ELSE b.id END, "
	    "CASE WHEN a.key > b.key THEN b.id ELSE a.id END "
	    "FROM edges e JOIN identities a ON a.id = e.src_id "
	    "JOIN identities b ON b.id = e.dst_id "
	    "WHERE e.kind = 'same_as' AND e.run_id <> 0 "
	    "AND e.gone_at IS NULL AND a.id <> b.id "
	    "ORDER BY CASE WHEN a.key > b.key THEN a.key ELSE b.key END, "
	    "CASE WHEN a.key > b.key THEN b.key ELSE a.key END",
	    false, e));
	while (map_next(w->to, &at, &key, &to)) {
		mem_copy(&id, sizeof(id), key.p, key.n);
		TRY(resolve_follow(w, id, e));
	}
	TRY(resolve_store(w, e));
	return resolve_edges(w, e);
}

/* The keys that a log can name, as a range of the index. */
#define RESOLVE_USED                                    \
	"key >= 'ssh:SHA256:' AND key < 'ssh:SHA256;' " \
	"AND ssh_fp <> '' AND last_used_at IS NOT NULL "

int
resolve_uses(struct ingest *g, struct err *e)
{
	int64_t any;

	TRY(db_one(g->s,
	    "SELECT EXISTS (SELECT 1 FROM credentials WHERE " RESOLVE_USED ")",
	    NULL, 0, &any, e));
	if (any == 0)
		return MU_OK;
	return db_exec(g->s,
	    "UPDATE credentials SET last_used_at = u.at, last_used_by = u.by "
	    "FROM (SELECT ssh_fp AS fp, max(last_used_at) AS at, "
	    "last_used_by AS by FROM credentials "
	    "WHERE " RESOLVE_USED "GROUP BY ssh_fp) u "
	    "WHERE credentials.ssh_fp = u.fp "
	    "AND (credentials.last_used_at IS NULL "
	    "OR credentials.last_used_at < u.at)",
	    e);
}

int
resolve_run(struct ingest *g, struct err *e)
{
	AUTO(resolve) struct resolve w;

	resolve_init(&w, g);
	TRY(resolve_same(&w, e));
	return context_run(g, e);
}
