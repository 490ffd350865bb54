/*
 * Findings, coverage, gaps, history, assets, counts and results of checks.
 */

#include "store/read.h"
#include "store/read_rows.h"

static int
read_list(struct store *s, const char *sql, const struct read_filter *f,
    store_row *cells, void (*row)(void), void *cookie, struct err *e)
{
	AUTO(read_rows) struct read_rows w;

	read_rows_params(&w, f);
	w.row = row;
	w.cookie = cookie;
	return store_query(s, sql, w.params, w.n, cells, &w, e);
}

static int
read_finding_cells(void *cookie, const struct store_cell *c, size_t n,
    struct err *e)
{
	struct read_rows *w = cookie;
	read_finding_row *row = (read_finding_row *)w->row;
	struct read_finding r = { .id = c[0].i };
	struct str *const texts[] = { &r.fid, &r.check, &r.severity,
		&r.base_severity, &r.reasons, &r.detail, &r.state };
	struct str *const more[] = { &r.shown, &r.key, &r.name, &r.owner,
		&r.owner_by, &r.credential, &r.asset, &r.asset_key, &r.place,
		&r.locator };
	int64_t *const numbers[] = { &r.since_at, &r.value, &r.first_at,
		&r.last_at, &r.fixed_at, &r.identity_id, &r.credential_id,
		&r.sighting_id, &r.risk, &r.rank };
	int kind;
	size_t i;

	MU_ASSERT(n == 29);
	for (i = 0; i < MU_COUNT(texts); i++)
		*texts[i] = read_rows_get_str(&c[1 + i]);
	for (i = 0; i < MU_COUNT(numbers); i++)
		*numbers[i] = read_rows_get_int(&c[8 + i]);
	for (i = 0; i < MU_COUNT(more); i++)
		*more[i] = read_rows_get_str(&c[18 + i]);
	TRY(read_rows_get_word(&word_id_kind, &c[28], &kind, e));
	r.kind = (enum id_kind)kind;
	return row(w->cookie, &r, e);
}

int
read_findings(struct store *s, const struct read_filter *f,
    read_finding_row *row, void *cookie, struct err *e)
{
	static const char sql[] =
	    "SELECT f.id, f.fid, f.check_id, f.severity, f.base_severity, "
	    "f.reasons, f.detail, f.state, f.since_at, f.value, f.first_at, "
	    "f.last_at, f.fixed_at, f.identity_id, f.credential_id, "
	    "f.sighting_id, r.score, r.ordinal, i.shown, i.key, i.name, "
	    "i.owner, i.owner_by, c.key, coalesce(sa.name, a.name), "
	    "coalesce(sa.key, a.key), s.place, coalesce(s.locator, "
	    "(SELECT min(g.locator) FROM grants g WHERE g.identity_id = i.id "
	    "AND g.capability = 'data_admin' AND g.gone_at IS NULL), "
	    "(SELECT min(e.evidence) FROM edges e WHERE e.src_id = i.id "
	    "AND e.kind = 'runs_as' AND e.gone_at IS NULL)), i.kind "
	    "FROM findings f JOIN identities i ON i.id = f.identity_id "
	    "LEFT JOIN credentials c ON c.id = f.credential_id "
	    "LEFT JOIN sightings s ON s.id = f.sighting_id "
	    "LEFT JOIN assets sa ON sa.id = s.asset_id "
	    "LEFT JOIN assets a ON a.id = i.asset_id "
	    "LEFT JOIN risks r ON r.identity_id = i.id "
	    "WHERE (:state = 'all' OR f.state = :state OR (:state = '' "
	    "AND f.state IN ('open', 'reopened'))) "
	    "AND (:check = '' OR f.check_id = :check) "
	    "AND (:fid = '' OR f.fid = :fid) "
	    "AND (:identity = 0 OR f.identity_id = :identity) "
	    "AND (:kind = '' OR i.kind = :kind) "
	    "AND (:owner = '' OR i.owner = :owner "
	    "OR (:owner = 'none' AND i.owner = '')) "
	    "AND " READ_ROWS_AT " "
	    "AND (:text = '' OR instr(lower(i.name), :text) > 0 "
	    "OR instr(lower(i.key), :text) > 0 "
	    "OR instr(lower(i.owner), :text) > 0 OR i.shown = :text) "
	    "AND " READ_ROWS_SEVERITY(
		"f.severity") " >= :severity "
			      "ORDER BY CASE WHEN :rank = 0 THEN 0 "
			      "WHEN r.ordinal IS NULL THEN 1 ELSE 0 END, "
			      "CASE WHEN :rank = 1 THEN r.ordinal "
			      "END, " READ_ROWS_SEVERITY("f.severity") " DESC, "
								       "f."
								       "check_"
								       "id, "
								       "i.name,"
								       " "
								       "i.key, "
								       "f.fid "
								       "LIMIT "
								       ":limit";

	return read_list(s, sql, f, read_finding_cells, read_rows_fn(row),
	    cookie, e);
}

static int
read_coverage_cells(void *cookie, const struct store_cell *c, size_t n,
    struct err *e)
{
	struct read_rows *w = cookie;
	read_coverage_row *row = (read_coverage_row *)w->row;
	struct read_coverage r;
	int state;

	MU_ASSERT(n == 7);
	r.asset = read_rows_get_str(&c[0]);
	r.asset_key = read_rows_get_str(&c[1]);
	r.place = read_rows_get_str(&c[2]);
	TRY(read_rows_get_word(&word_cover_state, &c[3], &state, e));
	r.state = (enum cover_state)state;
	r.files = c[4].i;
	r.gaps = c[5].i;
	r.counted = c[6].i;
	return row(w->cookie, &r, e);
}

int
read_coverages(struct store *s, const struct read_filter *f,
    read_coverage_row *row, void *cookie, struct err *e)
{
	static const char sql[] =
	    "SELECT a.name, a.key, v.place, v.state, v.files, v.gaps, "
	    "COALESCE(v.counted, 0) FROM coverage v "
	    "JOIN assets a ON a.id = v.asset_id "
	    "WHERE " READ_ROWS_ASSET("a") " ORDER BY a.name, a.key, v.place "
					  "LIMIT :limit";

	return read_list(s, sql, f, read_coverage_cells, read_rows_fn(row),
	    cookie, e);
}

static int
read_gap_cells(void *cookie, const struct store_cell *c, size_t n,
    struct err *e)
{
	struct read_rows *w = cookie;
	read_gap_row *row = (read_gap_row *)w->row;
	struct read_gap r;
	int reason;

	MU_ASSERT(n == 7);
	r.asset = read_rows_get_str(&c[0]);
	r.asset_key = read_rows_get_str(&c[1]);
	r.place = read_rows_get_str(&c[2]);
	TRY(read_rows_get_word(&word_gap_reason, &c[3], &reason, e));
	r.reason = (enum gap_reason)reason;
	r.detail = read_rows_get_str(&c[4]);
	r.locator = read_rows_get_str(&c[5]);
	r.count = c[6].i;
	return row(w->cookie, &r, e);
}

#define READ_GAP_FROM                                                       \
	"FROM gaps g JOIN assets a ON a.id = g.asset_id "                   \
	"WHERE " READ_ROWS_ASSET("a") " AND (:text = '' OR "                \
				      "instr(lower(g.locator), :text) > 0 " \
				      "OR instr(lower(g.place), :text) > 0) "

int
read_gaps(struct store *s, const struct read_filter *f, bool grouped,
    read_gap_row *row, void *cookie, struct err *e)
{
	static const char each[] =
	    "SELECT a.name, a.key, g.place, g.reason, g.detail, g.locator, "
	    "1 " READ_GAP_FROM
	    "ORDER BY a.name, a.key, g.place, g.reason, g.detail, g.locator, "
	    "g.id LIMIT :limit";
	static const char groups[] =
	    "SELECT a.name, a.key, g.place, g.reason, g.detail, "
	    "min(g.locator), count(*) " READ_GAP_FROM
	    "GROUP BY a.name, a.key, g.place, g.reason, g.detail "
	    "ORDER BY a.name, a.key, g.place, g.reason, g.detail LIMIT :limit";

	return read_list(s, grouped ? groups : each, f, read_gap_cells,
	    read_rows_fn(row), cookie, e);
}

static int
read_asset_cells(void *cookie, const struct store_cell *c, size_t n,
    struct err *e)
{
	struct read_rows *w = cookie;
	read_asset_row *row = (read_asset_row *)w->row;
	struct read_asset r = { .id = c[0].i };

	MU_ASSERT(n == 17);
	r.key = read_rows_get_str(&c[1]);
	r.kind = read_rows_get_str(&c[2]);
	r.name = read_rows_get_str(&c[3]);
	r.os = read_rows_get_str(&c[4]);
	r.first_seen = c[5].i;
	r.last_seen = c[6].i;
	r.identities = c[7].i;
	r.runs = c[8].i;
	r.run = read_rows_get_str(&c[9]);
	r.run_at = read_rows_get_int(&c[10]);
	r.euid = read_rows_get_int(&c[11]);
	r.root = read_rows_get_str(&c[12]);
	r.tool = read_rows_get_str(&c[13]);
	r.sources = read_rows_get_str(&c[14]);
	r.partial = c[15].i != 0;
	r.baseline = c[16].i != 0;
	return row(w->cookie, &r, e);
}

int
read_assets(struct store *s, const struct read_filter *f, read_asset_row *row,
    void *cookie, struct err *e)
{
	static const char sql[] =
	    "SELECT a.id, a.key, a.kind, a.name, a.os, a.first_seen, "
	    "a.last_seen, (SELECT count(*) FROM live_identities l "
	    "WHERE l.asset_id = a.id), (SELECT count(*) FROM runs n "
	    "WHERE n.asset_id = a.id), r.run, r.at, r.euid, r.root, r.tool, "
	    "r.sources, r.partial, r.baseline FROM assets a "
	    "LEFT JOIN runs r ON r.id = (SELECT max(n.id) FROM runs n "
	    "WHERE n.asset_id = a.id) WHERE " READ_ROWS_ASSET("a") " ORDER BY "
								   "a.name, "
								   "a.key "
								   "LIMIT "
								   ":limit";

	return read_list(s, sql, f, read_asset_cells, read_rows_fn(row), cookie,
	    e);
}

static int
read_reason_cells(void *cookie, const struct store_cell *c, size_t n,
    struct err *e)
{
	struct read_rows *w = cookie;
	read_reason_row *row = (read_reason_row *)w->row;
	struct read_reason r = { .reason = read_rows_get_str(&c[0]),
		.count = c[2].i };
	int kind;

	MU_ASSERT(n == 3);
	TRY(read_rows_get_word(&word_id_kind, &c[1], &kind, e));
	r.kind = (enum id_kind)kind;
	return row(w->cookie, &r, e);
}

int
read_reasons(struct store *s, const struct read_filter *f, read_reason_row *row,
    void *cookie, struct err *e)
{
	static const char sql[] =
	    "SELECT w.reason, w.kind, count(*) FROM (SELECT v.kind, "
	    "CASE WHEN instr(v.why, ':') > 0 "
	    "THEN substr(v.why, 1, instr(v.why, ':') - 1) "
	    "ELSE v.why END AS reason FROM (SELECT i.kind, "
	    "CASE WHEN i.context <> '' THEN i.context ELSE i.derived END "
	    "AS why FROM identities i WHERE i.gone_at IS NULL "
	    "AND i.same_as = i.id AND i.kind <> 'person' "
	    "AND (i.context <> '' OR i.derived <> '') "
	    "AND " READ_ROWS_AT ") v) w GROUP BY w.reason, w.kind "
	    "ORDER BY w.reason, w.kind";

	return read_list(s, sql, f, read_reason_cells, read_rows_fn(row),
	    cookie, e);
}

static int
read_check_cells(void *cookie, const struct store_cell *c, size_t n,
    struct err *e)
{
	struct read_rows *w = cookie;
	read_check_row *row = (read_check_row *)w->row;
	struct read_check r;

	MU_ASSERT(n == 7);
	r.check = read_rows_get_str(&c[0]);
	r.asset = read_rows_get_str(&c[1]);
	r.asset_key = read_rows_get_str(&c[2]);
	r.state = read_rows_get_str(&c[3]);
	r.missing = read_rows_get_str(&c[4]);
	r.offenders = c[5].i;
	r.unconfirmed = c[6].i;
	return row(w->cookie, &r, e);
}

int
read_checks(struct store *s, const struct read_filter *f, read_check_row *row,
    void *cookie, struct err *e)
{
	static const char sql[] =
	    "SELECT k.check_id, a.name, a.key, k.state, k.missing, "
	    "k.offenders, k.unconfirmed FROM check_results k "
	    "JOIN assets a ON a.id = k.asset_id "
	    "WHERE (:check = '' OR k.check_id = :check) "
	    "AND (:state = '' OR k.state = :state) "
	    "AND " READ_ROWS_ASSET("a") " ORDER BY k.check_id, a.name, a.key "
					"LIMIT :limit";

	return read_list(s, sql, f, read_check_cells, read_rows_fn(row), cookie,
	    e);
}
