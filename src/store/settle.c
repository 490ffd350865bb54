#include "store/settle.h"

#include "store/resolve.h"
#include "store/stream.h"

#define SETTLE_MAX ((size_t)1 << 24)

/* A row to look at: its id, and whose it is. */
struct settle_row {
	int64_t id, owner;
	bool passing;
};

struct settle {
	struct ingest *g;
	VEC(struct settle_row) rows;
	VEC(int64_t) owners; /* to look at next */
};

static void
settle_auto(struct settle *w)
{

	vec_free(&w->rows);
	vec_free(&w->owners);
}

static int
settle_full(struct err *e)
{

	return err_set(e, MU_ELIMIT, "more than %zu rows are gone at once",
	    SETTLE_MAX);
}

static uint64_t
settle_gaps(const struct ingest *g, char mark, struct str what)
{
	AUTO(buf) struct buf b;
	uint64_t n = 0;

	buf_init(&b, REC_LINE_MAX);
	buf_addc(&b, mark);
	buf_add(&b, what);
	(void)map_get(g->run.gaps, buf_str(&b), &n);
	return n;
}

/* Whether a gap of this run lies on the path or on a directory above it. */
static bool
settle_hidden(const struct ingest *g, struct str locator)
{
	struct str path = stream_path(locator);
	size_t slash;

	while (path.n != 0) {
		if (settle_gaps(g, 'l', path) != 0)
			return true;
		slash = str_rchr(path, '/');
		path = str_head(path, slash == SIZE_MAX ? 0 : slash);
	}
	return settle_gaps(g, 'l', STR_NONE) != 0;
}

/*
 * Whether this run would have seen what is at ${locator} of ${place}: it read
 * the place wholly, or partly with every gap told and none of them there.
 */
static bool
settle_looked(const struct ingest *g, struct str place, struct str locator)
{
	uint64_t state;

	if (!map_get(g->run.covers, place, &state))
		return false;
	switch ((enum cover_state)(state & 0xff)) {
	case COVER_READ:
	case COVER_ABSENT:
		return true;
	case COVER_PARTLY:
		return settle_gaps(g, 'p', place) >= state >> 8 &&
		       !settle_hidden(g, locator);
	case COVER_UNREAD:
	case COVER_STATES:
		break;
	}
	return false;
}

static int
settle_gone(struct ingest *g, enum noun noun, const struct settle_row *row,
    struct err *e)
{
	static const char *const sql[NOUNS] = {
		"UPDATE identities SET gone_at = ? WHERE id = ?",
		"UPDATE credentials SET gone_at = ? WHERE id = ?",
		"UPDATE sightings SET gone_at = ? WHERE id = ?",
		"UPDATE grants SET gone_at = ? WHERE id = ?",
		"UPDATE edges SET gone_at = ? WHERE id = ?",
	};

	g->touched = true;
	TRY(db_ints(g->s, sql[noun], (int64_t[]){ g->run.at, row->id }, 2, e));
	if (row->passing || g->run.baseline)
		return MU_OK;
	g->delta.identities_gone += noun == NOUN_IDENTITY;
	g->delta.credentials_gone += noun == NOUN_CREDENTIAL;
	g->delta.sightings_gone += noun == NOUN_SIGHTING;
	return ingest_change(g, noun, row->id, "gone", "", NULL, NULL, e);
}

/* Sightings and grants know their place: what was looked at and is not there
 * is gone. Their credentials and identities are looked at next. */
static int
settle_located(struct settle *w, enum noun noun, const char *sql, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;
	struct ingest *g = w->g;
	struct settle_row row;
	size_t i;
	int r;

	w->rows.n = 0;
	TRY(db_stmt(g->s, sql, &st, e));
	db_int(st, 1, g->run.asset_id);
	db_int(st, 2, g->run.id);
	for (;;) {
		TRY(r = db_step(g->s, st, e));
		if (r == 0)
			break;
		if (!settle_looked(g, db_get_str(st, 2), db_get_str(st, 3)))
			continue;
		row = (struct settle_row){ db_get_int(st, 0), db_get_int(st, 1),
			ingest_passing(db_get_str(st, 4)) };
		if (!vec_push(&w->rows, SETTLE_MAX, row) ||
		    !vec_push(&w->owners, SETTLE_MAX, row.owner))
			return settle_full(e);
	}
	for (i = 0; i < w->rows.n; i++)
		TRY(settle_gone(g, noun, &w->rows.v[i], e));
	return MU_OK;
}

/* The row of one query bound to an id and this run, if it has one. */
static int
settle_ask(struct ingest *g, const char *sql, int64_t id,
    struct settle_row *row, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;
	int r;

	TRY(db_stmt(g->s, sql, &st, e));
	db_int(st, 1, id);
	db_int(st, 2, g->run.id);
	TRY(r = db_step(g->s, st, e));
	if (r == 0)
		return 0;
	*row = (struct settle_row){ id, db_get_int(st, 0),
		ingest_passing(db_get_str(st, 1)) };
	return 1;
}

/* A credential is gone with the last of its sightings. */
static int
settle_credentials(struct settle *w, struct err *e)
{
	struct settle_row row;
	size_t i, n = w->owners.n;
	int r;

	for (i = 0; i < n; i++) {
		TRY(r = settle_ask(w->g,
			"SELECT identity_id, key FROM credentials "
			"WHERE id = ? AND run_id <> ? AND gone_at IS NULL "
			"AND NOT EXISTS (SELECT 1 FROM sightings s "
			"WHERE s.credential_id = credentials.id "
			"AND s.gone_at IS NULL)",
			w->owners.v[i], &row, e));
		if (r == 0)
			continue;
		TRY(settle_gone(w->g, NOUN_CREDENTIAL, &row, e));
		if (row.owner != REC_NO_INT &&
		    !vec_push(&w->owners, SETTLE_MAX, row.owner))
			return settle_full(e);
	}
	/* From here on the owners are identities. */
	for (i = n; i < w->owners.n; i++)
		w->owners.v[i - n] = w->owners.v[i];
	w->owners.n -= n;
	return MU_OK;
}

/*
 * Identities that this asset's earlier runs saw and this one did not. A run of
 * other sources says nothing about them: what listens on sockets sees no
 * accounts.
 */
static int
settle_missed(struct settle *w, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;
	int64_t id;
	int r;

	TRY(db_stmt(w->g->s,
	    "SELECT id FROM identities WHERE gone_at IS NULL AND run_id <> ?1 "
	    "AND run_id IN (SELECT id FROM runs WHERE asset_id = ?2 "
	    "AND instr(?3, sources) > 0) ORDER BY id",
	    &st, e));
	db_int(st, 1, w->g->run.id);
	db_int(st, 2, w->g->run.asset_id);
	db_text(st, 3, buf_str(&w->g->run.sources));
	for (;;) {
		TRY(r = db_step(w->g->s, st, e));
		if (r == 0)
			return MU_OK;
		id = db_get_int(st, 0);
		if (!vec_push(&w->owners, SETTLE_MAX, id))
			return settle_full(e);
	}
}

/* A credential that never had a sighting goes with its identity. */
static int
settle_unseen(struct ingest *g, int64_t identity, struct err *e)
{
	struct settle_row row;
	int64_t id;
	int r;

	for (;;) {
		TRY(db_one(g->s,
		    "SELECT id FROM credentials WHERE identity_id = ? "
		    "AND run_id <> ? AND gone_at IS NULL AND NOT EXISTS "
		    "(SELECT 1 FROM sightings s "
		    "WHERE s.credential_id = credentials.id) ORDER BY id",
		    (int64_t[]){ identity, g->run.id }, 2, &id, e));
		if (id == REC_NO_INT)
			return MU_OK;
		TRY(r = settle_ask(g,
			"SELECT identity_id, key FROM credentials "
			"WHERE id = ? AND run_id <> ?",
			id, &row, e));
		if (r != 0)
			TRY(settle_gone(g, NOUN_CREDENTIAL, &row, e));
	}
}

/*
 * An identity that the run did not see is gone when all that ever told of it
 * is gone. One of which no sighting and no grant ever told is gone when the
 * run was blind to nothing. A grant that this run saw does not count: what it
 * names is not there any more.
 */
static int
settle_identities(struct settle *w, struct err *e)
{
	struct ingest *g = w->g;
	bool blind = g->run.blind || map_count(g->run.covers) == 0;
	struct settle_row row;
	size_t i;
	int r;

	for (i = 0; i < w->owners.n; i++) {
		TRY(r = settle_ask(g,
			"SELECT (SELECT count(*) FROM credentials c "
			"JOIN sightings s ON s.credential_id = c.id "
			"WHERE c.identity_id = i.id) + "
			"(SELECT count(*) FROM grants g "
			"WHERE g.identity_id = i.id), i.key FROM identities i "
			"WHERE i.id = ?1 AND i.run_id <> ?2 "
			"AND i.gone_at IS NULL AND NOT EXISTS "
			"(SELECT 1 FROM credentials c "
			"JOIN sightings s ON s.credential_id = c.id "
			"WHERE c.identity_id = i.id AND s.gone_at IS NULL) "
			"AND NOT EXISTS (SELECT 1 FROM grants g "
			"WHERE g.identity_id = i.id AND g.gone_at IS NULL "
			"AND g.run_id <> ?2)",
			w->owners.v[i], &row, e));
		if (r == 0 || (row.owner == 0 && blind))
			continue;
		TRY(settle_gone(g, NOUN_IDENTITY, &row, e));
		TRY(settle_unseen(g, row.id, e));
	}
	return MU_OK;
}

/* An edge is gone with either end, or when its source was seen without it. */
static int
settle_edges(struct settle *w, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;
	struct settle_row row = { 0, 0, false };
	size_t i;
	int r;

	w->rows.n = 0;
	TRY(db_stmt(w->g->s,
	    "SELECT e.id FROM edges e JOIN identities a ON a.id = e.src_id "
	    "JOIN identities b ON b.id = e.dst_id WHERE e.gone_at IS NULL "
	    "AND e.run_id <> ?1 "
	    "AND e.run_id IN (SELECT id FROM runs WHERE asset_id = ?2 "
	    "AND instr(?3, sources) > 0) "
	    "AND (a.run_id = ?1 OR a.gone_at IS NOT NULL "
	    "OR b.gone_at IS NOT NULL) ORDER BY e.id",
	    &st, e));
	db_int(st, 1, w->g->run.id);
	db_int(st, 2, w->g->run.asset_id);
	db_text(st, 3, buf_str(&w->g->run.sources));
	for (;;) {
		TRY(r = db_step(w->g->s, st, e));
		if (r == 0)
			break;
		row.id = db_get_int(st, 0);
		if (!vec_push(&w->rows, SETTLE_MAX, row))
			return settle_full(e);
	}
	for (i = 0; i < w->rows.n; i++)
		TRY(settle_gone(w->g, NOUN_EDGE, &w->rows.v[i], e));
	return MU_OK;
}

static int
settle_places(struct settle *w, struct err *e)
{

	TRY(settle_located(w, NOUN_SIGHTING,
	    "SELECT s.id, s.credential_id, s.place, s.locator, c.key "
	    "FROM sightings s JOIN credentials c ON c.id = s.credential_id "
	    "WHERE s.asset_id = ? AND s.run_id <> ? AND s.gone_at IS NULL "
	    "ORDER BY s.id",
	    e));
	TRY(settle_credentials(w, e));
	return settle_located(w, NOUN_GRANT,
	    "SELECT g.id, g.identity_id, g.place, g.locator, i.key "
	    "FROM grants g JOIN identities i ON i.id = g.identity_id "
	    "WHERE g.asset_id = ? AND g.run_id <> ? AND g.gone_at IS NULL "
	    "ORDER BY g.id",
	    e);
}

int
settle_run(struct ingest *g, struct err *e)
{
	AUTO(settle) struct settle w = { .g = g };

	if (!g->run.ended)
		return resolve_authorities(g, e);
	TRY(db_ints(g->s,
	    "DELETE FROM coverage WHERE asset_id = ? "
	    "AND run_id <> ?",
	    (int64_t[]){ g->run.asset_id, g->run.id }, 2, e));
	if (g->run.alone)
		return resolve_authorities(g, e);
	TRY(settle_places(&w, e));
	TRY(resolve_authorities(g, e));
	TRY(settle_missed(&w, e));
	TRY(settle_identities(&w, e));
	return settle_edges(&w, e);
}

/* One reference that leads nowhere: its words, and where it stood. */
static int
settle_lost(struct ingest *g, sqlite3_stmt *st, const char *words,
    struct err *e)
{
	struct rec_gap gap = { .reason = GAP_MALFORMED };
	int64_t run = db_get_int(st, 1), asset;

	arena_reset(g->job);
	TRY(db_one(g->s, "SELECT asset_id FROM runs WHERE id = ?", &run, 1,
	    &asset, e));
	if (asset == REC_NO_INT)
		asset = g->run.asset_id;
	gap.place = db_get_str(st, 2);
	gap.locator = db_get_str(st, 3);
	TRY(arena_fmt(g->job, &gap.detail, e,
	    "%s names " STR_FMT ", which the stream does not describe", words,
	    STR_ARG(db_get_str(st, 4))));
	return ingest_gap(g, run == 0 ? g->run.id : run, asset, &gap, STR_NONE,
	    e);
}

/* What refers to a hollow row, and what becomes of it after its gap is written. */
static const struct {
	const char *words, *select, *after;
	bool sighting;
} settle_refs[] = {
	{ "a sighting",
	    "SELECT s.id, s.run_id, s.place, s.locator, c.key "
	    "FROM sightings s JOIN credentials c ON c.id = s.credential_id "
	    "WHERE c.kind = '' ORDER BY s.id",
	    "DELETE FROM sightings WHERE id = ?", true },
	{ "a grant",
	    "SELECT g.id, g.run_id, g.place, g.locator, i.key "
	    "FROM grants g JOIN identities i ON i.id = g.identity_id "
	    "WHERE i.kind = '' ORDER BY g.id",
	    "DELETE FROM grants WHERE id = ?", false },
	{ "an edge",
	    "SELECT e.id, e.run_id, '', '', "
	    "CASE WHEN a.kind = '' THEN a.key ELSE b.key END "
	    "FROM edges e JOIN identities a ON a.id = e.src_id "
	    "JOIN identities b ON b.id = e.dst_id "
	    "WHERE a.kind = '' OR b.kind = '' ORDER BY e.id",
	    "DELETE FROM edges WHERE id = ?", false },
	{ "a credential",
	    "SELECT c.id, c.run_id, '', '', i.key "
	    "FROM credentials c JOIN identities i ON i.id = c.identity_id "
	    "WHERE i.kind = '' ORDER BY c.id",
	    "UPDATE credentials SET identity_id = NULL WHERE id = ?", false },
};

static int
settle_refs_of(struct settle *w, size_t at, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;
	struct settle_row row = { 0, 0, false };
	size_t i;
	int r;

	w->rows.n = 0;
	TRY(db_stmt(w->g->s, settle_refs[at].select, &st, e));
	for (;;) {
		TRY(r = db_step(w->g->s, st, e));
		if (r == 0)
			break;
		TRY(settle_lost(w->g, st, settle_refs[at].words, e));
		row.id = db_get_int(st, 0);
		if (!vec_push(&w->rows, SETTLE_MAX, row))
			return settle_full(e);
	}
	if (settle_refs[at].sighting && !w->g->run.baseline)
		w->g->delta.sightings_new -= (int64_t)w->rows.n;
	for (i = 0; i < w->rows.n; i++)
		TRY(db_ints(w->g->s, settle_refs[at].after, &w->rows.v[i].id, 1,
		    e));
	return MU_OK;
}

int
settle_hollows(struct ingest *g, struct err *e)
{
	static const char *const after[] = {
		"DELETE FROM credentials WHERE kind = ''",
		"DELETE FROM identities WHERE kind = ''",
		"DELETE FROM changes WHERE noun = 'sighting' "
		"AND noun_id NOT IN (SELECT id FROM sightings)",
		"DELETE FROM changes WHERE noun = 'grant' "
		"AND noun_id NOT IN (SELECT id FROM grants)",
		"DELETE FROM changes WHERE noun = 'edge' "
		"AND noun_id NOT IN (SELECT id FROM edges)",
	};
	AUTO(settle) struct settle w = { .g = g };
	size_t i;

	for (i = 0; i < MU_COUNT(settle_refs); i++)
		TRY(settle_refs_of(&w, i, e));
	for (i = 0; i < MU_COUNT(after); i++)
		TRY(db_exec(g->s, after[i], e));
	g->hollows = 0;
	return MU_OK;
}
