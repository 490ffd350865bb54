#include "store/stream.h"

#include "store/record.h"

/* Most places and gaps of one run that are kept in memory. */
#define STREAM_PLACES_MAX 4096
#define STREAM_GAPS_MAX   ((size_t)1 << 22)

/* Clean all texts of a record that go to the store as they are. */
static int
stream_clean(struct ingest *g, struct str *const *s, size_t n, struct err *e)
{
	size_t i;

	for (i = 0; i < n; i++)
		TRY(record_clean(g, s[i], e));
	return MU_OK;
}

static int
stream_asset_make(struct ingest *g, struct str key, int64_t *id, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;

	TRY(db_next(g->s, DB_ASSETS, id, e));
	TRY(db_stmt(g->s,
	    "INSERT INTO assets (id, key, kind, name, os, first_seen, "
	    "last_seen, extra) VALUES (?, ?, '', '', '', ?, ?, '')",
	    &st, e));
	db_int(st, 1, *id);
	db_text(st, 2, key);
	db_int(st, 3, g->run.at);
	db_int(st, 4, g->run.at);
	return db_run(g->s, st, e);
}

int
stream_asset_id(struct ingest *g, struct str key, int64_t *id, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;
	int r;

	if (str_eq(key, buf_str(&g->run.asset))) {
		*id = g->run.asset_id;
		return MU_OK;
	}
	TRY(record_clean(g, &key, e));
	TRY(db_stmt(g->s, "SELECT id FROM assets WHERE key = ?", &st, e));
	db_text(st, 1, key);
	TRY(r = db_step(g->s, st, e));
	if (r == 0)
		return stream_asset_make(g, key, id, e);
	*id = db_get_int(st, 0);
	return MU_OK;
}

int
stream_asset(struct ingest *g, const struct rec *r, struct err *e)
{
	struct rec_asset a = r->asset;
	struct str extra = r->extra;
	struct str *texts[] = { &a.kind, &a.name, &a.os, &extra };
	AUTO(db_use) sqlite3_stmt *st = NULL;
	int64_t id;

	if (a.key.n == 0)
		return err_set(e, MU_EFORMAT, "an asset has no key");
	TRY(stream_clean(g, texts, MU_COUNT(texts), e));
	TRY(stream_asset_id(g, a.key, &id, e));
	TRY(db_stmt(g->s,
	    "UPDATE assets SET kind = ?, name = ?, os = ?, extra = ?, "
	    "last_seen = ? WHERE id = ?",
	    &st, e));
	db_text(st, 1, a.kind);
	db_text(st, 2, a.name);
	db_text(st, 3, a.os);
	db_text(st, 4, extra);
	db_int(st, 5, g->run.at);
	db_int(st, 6, id);
	return db_run(g->s, st, e);
}

/* Where this run's rows begin; and whether there are any before them. */
static int
stream_first(struct ingest *g, struct err *e)
{
	char sql[64];
	int64_t max;
	size_t i;

	g->run.alone = true;
	for (i = 0; i < NOUNS; i++) {
		(void)snprintf(sql, sizeof(sql), "SELECT max(id) FROM %s",
		    db_table_name(noun_defs[i].table));
		TRY(db_one(g->s, sql, NULL, 0, &max, e));
		g->run.alone = g->run.alone && max == REC_NO_INT;
		g->run.first[i] = max == REC_NO_INT ? 1 : max + 1;
	}
	if (!g->run.alone)
		return MU_OK;
	return bulk_begin(g->s, g->bulk_max, &g->bulk, e);
}

/* The first runs of an asset, up to one that is whole, are its baseline. */
static int
stream_baseline(struct ingest *g, struct err *e)
{
	int64_t whole;

	TRY(db_one(g->s,
	    "SELECT count(*) FROM runs WHERE asset_id = ? AND partial = 0",
	    &g->run.asset_id, 1, &whole, e));
	g->run.baseline = whole == 0;
	return MU_OK;
}

static int
stream_run_row(struct ingest *g, const struct rec_run *r, struct str extra,
    struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;

	TRY(db_stmt(g->s,
	    "INSERT INTO runs (id, run, tool, asset_id, root, at, euid, "
	    "fp_key, ephemeral, sources, ended_at, partial, baseline, extra) "
	    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, 1, ?, ?)",
	    &st, e));
	db_int(st, 1, g->run.id);
	db_text(st, 2, r->run);
	db_text(st, 3, r->tool);
	db_int(st, 4, g->run.asset_id);
	db_text(st, 5, r->root);
	db_int(st, 6, r->at);
	db_int(st, 7, r->euid == REC_NO_INT ? -1 : r->euid);
	db_text(st, 8, r->fp_key);
	db_int(st, 9, r->ephemeral);
	db_text(st, 10, r->sources);
	db_int(st, 11, g->run.baseline);
	db_text(st, 12, extra);
	return db_run(g->s, st, e);
}

/* Forget the run before, all but the caches of ids. */
static void
stream_reset(struct ingest *g, const struct rec_run *r)
{
	struct ingest_run *run = &g->run;

	map_free(run->covers);
	map_free(run->gaps);
	buf_free(&run->asset);
	buf_free(&run->sources);
	*run = (struct ingest_run){
		.open = true, .at = r->at, .ephemeral = r->ephemeral
	};
	run->covers = map_new(STREAM_PLACES_MAX);
	run->gaps = map_new(STREAM_GAPS_MAX);
	buf_init(&run->asset, REC_LINE_MAX);
	buf_init(&run->sources, REC_LINE_MAX);
	(void)snprintf(run->name, sizeof(run->name), STR_FMT, STR_ARG(r->run));
}

int
stream_run(struct ingest *g, const struct rec *rec, struct err *e)
{
	struct rec_run r = rec->run;
	struct str extra = rec->extra;
	struct str *texts[] = { &r.run, &r.tool, &r.asset, &r.root, &r.fp_key,
		&r.sources, &extra };

	if (!str_eq(r.schema, STR(REC_SCHEMA)))
		return err_set(e, MU_EFORMAT, "the stream is no %s",
		    REC_SCHEMA);
	if (r.asset.n == 0 || r.at == CLOCK_NONE)
		return err_set(e, MU_EFORMAT,
		    "the run does not say its asset and its time");
	if (g->run.open)
		TRY(ingest_finish(g, false, e));
	TRY(stream_clean(g, texts, MU_COUNT(texts), e));
	stream_reset(g, &r);
	TRY(stream_asset_id(g, r.asset, &g->run.asset_id, e));
	buf_add(&g->run.asset, r.asset);
	buf_add(&g->run.sources, r.sources);
	TRY(db_next(g->s, DB_RUNS, &g->run.id, e));
	if (g->first_run == 0)
		g->first_run = g->run.id;
	TRY(stream_first(g, e));
	TRY(stream_baseline(g, e));
	TRY(db_ints(g->s, "DELETE FROM gaps WHERE asset_id = ?",
	    &g->run.asset_id, 1, e));
	return stream_run_row(g, &r, extra, e);
}

int
stream_coverage(struct ingest *g, const struct rec *rec, struct err *e)
{
	struct rec_coverage r = rec->coverage;
	struct str extra = rec->extra;
	struct str *texts[] = { &r.place, &extra };
	AUTO(db_use) sqlite3_stmt *st = NULL;
	int64_t id, asset = g->run.asset_id;
	uint64_t state;

	TRY(stream_clean(g, texts, MU_COUNT(texts), e));
	if (r.asset.n != 0)
		TRY(stream_asset_id(g, r.asset, &asset, e));
	TRY(db_next(g->s, DB_COVERAGE, &id, e));
	TRY(db_stmt(g->s,
	    "INSERT INTO coverage (id, run_id, asset_id, place, state, files, "
	    "gaps, counted, extra) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
	    "ON CONFLICT (asset_id, place) DO UPDATE SET "
	    "run_id = excluded.run_id, state = excluded.state, "
	    "files = excluded.files, gaps = excluded.gaps, "
	    "counted = excluded.counted, extra = excluded.extra",
	    &st, e));
	db_int(st, 1, id);
	db_int(st, 2, g->run.id);
	db_int(st, 3, asset);
	db_text(st, 4, r.place);
	db_text(st, 5, str_from(word_of(&word_cover_state, (int)r.state)));
	db_int(st, 6, r.files == REC_NO_INT ? 0 : r.files);
	db_int(st, 7, r.gaps == REC_NO_INT ? 0 : r.gaps);
	db_int(st, 8, r.counted == REC_NO_INT ? 0 : r.counted);
	db_text(st, 9, extra);
	TRY(db_run(g->s, st, e));
	if (asset != g->run.asset_id)
		return MU_OK;
	g->run.blind = g->run.blind || r.state == COVER_UNREAD;
	state = (uint64_t)r.state | (uint64_t)(r.gaps > 0 ? r.gaps : 0) << 8;
	if (map_put(g->run.covers, r.place, state, NULL) < 0)
		return err_set(e, MU_ELIMIT, "more than %d places in a run",
		    STREAM_PLACES_MAX);
	return MU_OK;
}

struct str
stream_path(struct str locator)
{
	size_t n = locator.n;

	while (n > 0 && locator.p[n - 1] >= '0' && locator.p[n - 1] <= '9')
		n--;
	if (n == locator.n || n == 0 ||
	    (locator.p[n - 1] != '#' && locator.p[n - 1] != ':'))
		return locator;
	return str_head(locator, n - 1);
}

static int
stream_gap_count(struct ingest *g, char mark, struct str what, struct err *e)
{
	uint64_t n = 0;
	struct str key;

	TRY(arena_fmt(g->job, &key, e, "%c" STR_FMT, mark, STR_ARG(what)));
	(void)map_get(g->run.gaps, key, &n);
	if (map_put(g->run.gaps, key, n + 1, NULL) < 0)
		return err_set(e, MU_ELIMIT, "more than %zu gaps in a run",
		    STREAM_GAPS_MAX);
	return MU_OK;
}

/* Gaps that may hide anything; the others tell of a file that was looked at. */
static const bool stream_blinds[GAP_REASONS] = {
	[GAP_DENIED] = true,
	[GAP_CRASHED] = true,
	[GAP_TIMEOUT] = true,
};

int
stream_gap(struct ingest *g, const struct rec *rec, struct err *e)
{
	struct rec_gap r = rec->gap;
	struct str extra = rec->extra;
	struct str *texts[] = { &r.place, &r.locator, &r.detail, &extra };
	int64_t asset = g->run.asset_id;

	TRY(stream_clean(g, texts, MU_COUNT(texts), e));
	if (r.asset.n != 0)
		TRY(stream_asset_id(g, r.asset, &asset, e));
	if (asset == g->run.asset_id) {
		g->run.blind = g->run.blind || stream_blinds[r.reason];
		TRY(stream_gap_count(g, 'p', r.place, e));
		TRY(stream_gap_count(g, 'l', stream_path(r.locator), e));
	}
	return ingest_gap(g, g->run.id, asset, &r, extra, e);
}

int
stream_end(struct ingest *g, const struct rec *r, struct err *e)
{
	int64_t at = r->end.at == CLOCK_NONE ? g->run.at : r->end.at;

	g->run.ended = true;
	return db_ints(g->s,
	    "UPDATE runs SET partial = 0, ended_at = ? WHERE id = ?",
	    (int64_t[]){ at, g->run.id }, 2, e);
}
