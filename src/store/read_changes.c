/*
 * The history, and everything counted.
 */

#include "store/read.h"
#include "store/read_rows.h"

/* Numbers that stand for words, by the name of their column. */
static const char *const read_tris[] = { "privileged", "internet", "ca",
	"self_signed", "encrypted", "from_limited", "command_limited" };

/* A value of the history as people read it; ${room} holds 8 bytes. */
static struct str
read_change_value(struct str field, struct str value, char *room)
{
	int64_t v;
	size_t i;
	int n;

	if (!str_i64(value, INT64_MIN, INT64_MAX, &v))
		return value;
	for (i = 0; i < MU_COUNT(read_tris); i++)
		if (str_eq(field, str_from(read_tris[i])) && v >= 0 && v < TRIS)
			return str_from(word_of(&word_tri, (int)v));
	if (!str_eq(field, STR("mode")))
		return value;
	n = snprintf(room, 8, "%04o", (unsigned)v & 07777u);
	return str_of(room, (size_t)n);
}

static int
read_change_cells(void *cookie, const struct store_cell *c, size_t n,
    struct err *e)
{
	struct read_rows *w = cookie;
	read_change_row *row = (read_change_row *)w->row;
	struct read_change r = { .at = c[0].i, .kind = ID_KINDS };
	char was[8], is[8];
	int kind;

	MU_ASSERT(n == 13);
	r.run = read_rows_get_str(&c[1]);
	r.noun = read_rows_get_str(&c[2]);
	r.what = read_rows_get_str(&c[3]);
	r.field = read_rows_get_str(&c[4]);
	r.old_value = read_change_value(r.field, read_rows_get_str(&c[5]), was);
	r.new_value = read_change_value(r.field, read_rows_get_str(&c[6]), is);
	r.identity_id = read_rows_get_int(&c[7]);
	r.shown = read_rows_get_str(&c[8]);
	r.name = read_rows_get_str(&c[9]);
	if (c[10].kind != STORE_NULL) {
		TRY(read_rows_get_word(&word_id_kind, &c[10], &kind, e));
		r.kind = (enum id_kind)kind;
	}
	r.thing = read_rows_get_str(&c[11]);
	r.asset = read_rows_get_str(&c[12]);
	return row(w->cookie, &r, e);
}

/* A column that holds a row's id: what people know that row by. */
#define READ_VALUE(v)                                                    \
	"CASE h.field WHEN 'identity_id' THEN coalesce((SELECT v.key "   \
	"FROM identities v WHERE v.id = CAST(h." v " AS INTEGER)), h." v \
	") WHEN 'asset_id' THEN coalesce((SELECT v.name "                \
	"FROM assets v WHERE v.id = CAST(h." v " AS INTEGER)), h." v     \
	") ELSE h." v " END"

int
read_changes(struct store *s, const struct read_filter *f, int64_t since_s,
    struct str run, read_change_row *row, void *cookie, struct err *e)
{
	static const char sql[] =
	    "SELECT h.at, n.run, h.noun, h.what, h.field, " READ_VALUE(
		"old_value") ", " READ_VALUE("new_value") ", "
							  "r.id, r.shown, "
							  "r.name, r.kind, "
							  "CASE h.noun "
							  "WHEN 'identity' "
							  "THEN i.key WHEN "
							  "'credential' THEN "
							  "c.key "
							  "WHEN 'sighting' "
							  "THEN s.locator WHEN "
							  "'grant' THEN "
							  "g.target "
							  "ELSE d.kind END, "
							  "a.name FROM changes "
							  "h "
							  "JOIN runs n ON n.id "
							  "= h.run_id "
							  "JOIN assets a ON "
							  "a.id = n.asset_id "
							  "LEFT JOIN sightings "
							  "s ON h.noun = "
							  "'sighting' "
							  "AND s.id = "
							  "h.noun_id "
							  "LEFT JOIN "
							  "credentials c ON "
							  "c.id = CASE h.noun "
							  "WHEN 'credential' "
							  "THEN h.noun_id "
							  "WHEN 'sighting' "
							  "THEN "
							  "s.credential_id END "
							  "LEFT JOIN grants g "
							  "ON h.noun = 'grant' "
							  "AND g.id = "
							  "h.noun_id "
							  "LEFT JOIN edges d "
							  "ON h.noun = 'edge' "
							  "AND d.id = "
							  "h.noun_id "
							  "LEFT JOIN "
							  "identities i ON "
							  "i.id = CASE h.noun "
							  "WHEN 'identity' "
							  "THEN h.noun_id WHEN "
							  "'grant' THEN "
							  "g.identity_id "
							  "WHEN 'edge' THEN "
							  "d.src_id ELSE "
							  "c.identity_id END "
							  "LEFT JOIN "
							  "identities r ON "
							  "r.id = i.same_as "
							  "WHERE (:since IS "
							  "NULL OR h.at >= "
							  ":since) "
							  "AND (:run = '' OR "
							  "n.run = :run OR "
							  "(:run = 'last' "
							  "AND n.id = (SELECT "
							  "max(m.id) FROM runs "
							  "m "
							  "WHERE m.asset_id = "
							  "n.asset_id))) "
							  "AND (:context = 1 "
							  "OR CASE WHEN r.id "
							  "IS NOT NULL "
							  "THEN r.context = '' "
							  "AND r.derived = '' "
							  "ELSE c.id IS NULL "
							  "OR EXISTS (SELECT 1 "
							  "FROM sightings x "
							  "WHERE "
							  "x.credential_id = "
							  "c.id AND x.context "
							  "= '') END) "
							  "AND (:kind = '' OR "
							  "r.kind = :kind) "
							  "AND (:identity = 0 "
							  "OR r.id = "
							  ":identity) "
							  "AND (:text = '' OR "
							  "instr(lower(r.name),"
							  " :text) > 0 "
							  "OR "
							  "instr(lower(r.key), "
							  ":text) > 0 OR "
							  "r.shown = :text) "
							  "AND"
							  " " READ_ROWS_ASSET(
							      "a") " ORDER BY "
								   "h.at, h.id "
								   "LIMIT "
								   ":limit";
	AUTO(read_rows) struct read_rows w;

	read_rows_params(&w, f);
	read_rows_int(&w, "since", since_s);
	read_rows_str(&w, "run", run);
	w.row = read_rows_fn(row);
	w.cookie = cookie;
	return store_query(s, sql, w.params, w.n, read_change_cells, &w, e);
}

static int
read_kind_cells(void *cookie, const struct store_cell *c, size_t n,
    struct err *e)
{
	struct read_counts *out = cookie;
	int kind;

	MU_ASSERT(n == 4);
	TRY(read_rows_get_word(&word_id_kind, &c[0], &kind, e));
	if (kind == ID_PERSON) {
		out->persons = c[1].i;
		return MU_OK;
	}
	out->by_kind[kind] = c[1].i;
	out->identities += c[1].i;
	out->unowned += c[2].i;
	out->unconfirmed += c[3].i;
	return MU_OK;
}

static int
read_severity_cells(void *cookie, const struct store_cell *c, size_t n,
    struct err *e)
{
	struct read_counts *out = cookie;
	int64_t *const by[] = { &out->info, &out->low, &out->medium, &out->high,
		&out->critical };

	(void)e;
	MU_ASSERT(n == 2);
	if (c[0].i >= 1 && c[0].i <= (int64_t)MU_COUNT(by))
		*by[c[0].i - 1] = c[1].i;
	return MU_OK;
}

static int
read_total_cells(void *cookie, const struct store_cell *c, size_t n,
    struct err *e)
{
	struct read_counts *out = cookie;

	(void)e;
	MU_ASSERT(n == 7);
	out->context = c[0].i;
	out->credentials = c[1].i;
	out->sightings = c[2].i;
	out->grants = c[3].i;
	out->gaps = c[4].i;
	out->assets = c[5].i;
	out->last_run_at = read_rows_get_int(&c[6]);
	return MU_OK;
}

/* Three questions: by kind, by severity, and the totals. */
static const struct {
	const char *sql;
	store_row *cells;
} read_counting[] = {
	{ "SELECT i.kind, count(*), "
	  "sum(CASE WHEN i.owner = '' THEN 1 ELSE 0 END), "
	  "sum(CASE WHEN i.state = 'new' THEN 1 ELSE 0 END) "
	  "FROM identities i WHERE i.gone_at IS NULL AND i.same_as = i.id "
	  "AND i.context = '' AND i.derived = '' AND " READ_ROWS_AT
	  "GROUP BY i.kind",
	    read_kind_cells },
	{ "SELECT " READ_ROWS_SEVERITY("f.severity") ", count(*) "
						     "FROM findings f JOIN "
						     "identities i ON i.id = "
						     "f.identity_id "
						     "WHERE f.state IN "
						     "('open', 'reopened') "
						     "AND " READ_ROWS_AT
						     "GROUP BY 1",
	    read_severity_cells },
	{ "SELECT (SELECT count(*) FROM identities i "
	  "WHERE i.gone_at IS NULL AND i.same_as = i.id "
	  "AND i.kind <> 'person' AND (i.context <> '' OR i.derived <> '') "
	  "AND " READ_ROWS_AT "), "
	  "(SELECT count(*) FROM credentials c WHERE c.gone_at IS NULL "
	  "AND (:asset = '' OR EXISTS (SELECT 1 FROM sightings s "
	  "JOIN assets a ON a.id = s.asset_id WHERE s.credential_id = c.id "
	  "AND s.gone_at IS NULL AND " READ_ROWS_ASSET(
	      "a") "))), "
		   "(SELECT count(*) FROM sightings s JOIN assets a "
		   "ON a.id = s.asset_id WHERE s.gone_at IS NULL "
		   "AND " READ_ROWS_ASSET(
		       "a") "), "
			    "(SELECT count(*) FROM grants g JOIN assets a ON "
			    "a.id = g.asset_id "
			    "WHERE g.gone_at IS NULL AND " READ_ROWS_ASSET(
				"a") "), "
				     "(SELECT count(*) FROM gaps g JOIN assets "
				     "a ON a.id = g.asset_id "
				     "WHERE " READ_ROWS_ASSET(
					 "a") "), "
					      "(SELECT count(*) FROM assets a "
					      "WHERE " READ_ROWS_ASSET(
						  "a") "), "
						       "(SELECT max(r.at) FROM "
						       "runs r JOIN assets a "
						       "ON a.id = r.asset_id "
						       "WHERE " READ_ROWS_ASSET(
							   "a") ")",
	    read_total_cells },
};

int
read_count(struct store *s, const struct read_filter *f,
    struct read_counts *out, struct err *e)
{
	struct read_counts counts = { .last_run_at = CLOCK_NONE };
	AUTO(read_rows) struct read_rows w;
	size_t i;

	read_rows_params(&w, f);
	for (i = 0; i < MU_COUNT(read_counting); i++)
		TRY(store_query(s, read_counting[i].sql, w.params, w.n,
		    read_counting[i].cells, &counts, e));
	*out = counts;
	return MU_OK;
}
