/*
 * Identities: many, one, and the one that a person means.
 */

#include "store/read.h"

#include "store/db.h"
#include "store/read_rows.h"

/* Of all keys that are this identity: its live credentials. */
#define READ_LIVE                                                        \
	" FROM identities m JOIN credentials c ON c.identity_id = m.id " \
	"AND c.gone_at IS NULL WHERE m.same_as = i.id "
#define READ_OPEN "f.state IN ('open', 'reopened')"

#define READ_IDENTITY                                                          \
	"SELECT i.id, i.shown, i.key, i.name, i.kind, a.name, a.key, "         \
	"CASE WHEN i.context <> '' THEN i.context ELSE i.derived END, "        \
	"i.purpose, i.owner, i.owner_by, i.owner_pct, i.privileged, "          \
	"i.internet, i.uid, i.state, i.baseline, i.first_seen, "               \
	"i.last_seen, i.gone_at, (SELECT count(*)" READ_LIVE "), "             \
	"(SELECT count(*) FROM identities m "                                  \
	"JOIN credentials c ON c.identity_id = m.id "                          \
	"JOIN sightings s ON s.credential_id = c.id AND s.gone_at IS NULL "    \
	"WHERE m.same_as = i.id), "                                            \
	"(SELECT c.expires_at" READ_LIVE "AND c.expires_at IS NOT NULL "       \
	"ORDER BY c.expires_at, c.expires_by LIMIT 1), "                       \
	"(SELECT c.expires_by" READ_LIVE "AND c.expires_at IS NOT NULL "       \
	"ORDER BY c.expires_at, c.expires_by LIMIT 1), "                       \
	"(SELECT c.last_used_at" READ_LIVE "AND c.last_used_at IS NOT NULL "   \
	"ORDER BY c.last_used_at DESC, c.last_used_by LIMIT 1), "              \
	"(SELECT c.last_used_by" READ_LIVE "AND c.last_used_at IS NOT NULL "   \
	"ORDER BY c.last_used_at DESC, c.last_used_by LIMIT 1), "              \
	"r.score, r.ordinal, r.pinned, r.parts, "                              \
	"(SELECT count(*) FROM findings f WHERE f.identity_id = i.id "         \
	"AND " READ_OPEN "), "                                                 \
	"(SELECT f.severity FROM findings f WHERE f.identity_id = i.id "       \
	"AND " READ_OPEN                                                       \
	" ORDER BY " READ_ROWS_SEVERITY("f.severity") " DESC LIMIT 1) "        \
						      "FROM identities i "     \
						      "LEFT JOIN assets a ON " \
						      "a.id = i.asset_id "     \
						      "LEFT JOIN risks r ON "  \
						      "r.identity_id = i.id "

static int
read_identity_cells(void *cookie, const struct store_cell *c, size_t n,
    struct err *e)
{
	struct read_rows *w = cookie;
	read_identity_row *row = (read_identity_row *)w->row;
	struct read_identity r = { 0 };
	int kind;

	MU_ASSERT(n == 32);
	r.id = c[0].i;
	r.shown = read_rows_get_str(&c[1]);
	r.key = read_rows_get_str(&c[2]);
	r.name = read_rows_get_str(&c[3]);
	TRY(read_rows_get_word(&word_id_kind, &c[4], &kind, e));
	r.kind = (enum id_kind)kind;
	r.asset = read_rows_get_str(&c[5]);
	r.asset_key = read_rows_get_str(&c[6]);
	r.context = read_rows_get_str(&c[7]);
	r.purpose = read_rows_get_str(&c[8]);
	r.owner = read_rows_get_str(&c[9]);
	r.owner_by = read_rows_get_str(&c[10]);
	r.owner_pct = read_rows_get_int(&c[11]);
	r.privileged = (enum tri)c[12].i;
	r.internet = (enum tri)c[13].i;
	r.uid = read_rows_get_int(&c[14]);
	r.state = read_rows_get_str(&c[15]);
	r.baseline = c[16].i != 0;
	r.first_seen = c[17].i;
	r.last_seen = c[18].i;
	r.gone_at = read_rows_get_int(&c[19]);
	r.credentials = c[20].i;
	r.sightings = c[21].i;
	TRY(read_rows_get_when(&c[22], &r.expires, e));
	TRY(read_rows_get_when(&c[24], &r.last_used, e));
	r.risk = read_rows_get_int(&c[26]);
	r.rank = read_rows_get_int(&c[27]);
	r.pinned = c[28].i != 0;
	r.risk_parts = read_rows_get_str(&c[29]);
	r.findings = c[30].i;
	r.severity = read_rows_get_str(&c[31]);
	return row(w->cookie, &r, e);
}

int
read_identities(struct store *s, const struct read_filter *f,
    read_identity_row *row, void *cookie, struct err *e)
{
	static const char sql[] = READ_IDENTITY
	    "WHERE i.same_as = i.id "
	    "AND (:persons = 1) = (i.kind = 'person') "
	    "AND (:kind = '' OR i.kind = :kind) "
	    "AND (:gone = 1 OR i.gone_at IS NULL) "
	    "AND (:context = 1 OR (i.context = '' AND i.derived = '')) "
	    "AND (:state = '' OR i.state = :state) "
	    "AND (:owner = '' OR i.owner = :owner "
	    "OR (:owner = 'none' AND i.owner = '')) "
	    "AND (:text = '' OR instr(lower(i.name), :text) > 0 "
	    "OR instr(lower(i.key), :text) > 0 "
	    "OR instr(lower(i.owner), :text) > 0 OR i.shown = :text) "
	    "AND (:check = '' OR EXISTS (SELECT 1 FROM findings f "
	    "WHERE f.identity_id = i.id AND f.check_id = :check "
	    "AND " READ_OPEN ")) AND " READ_ROWS_AT
	    "ORDER BY CASE WHEN :rank = 0 THEN 0 "
	    "WHEN r.ordinal IS NULL THEN 1 ELSE 0 END, "
	    "CASE WHEN :rank = 1 THEN r.ordinal END, i.name, i.key "
	    "LIMIT :limit";
	AUTO(read_rows) struct read_rows w;

	read_rows_params(&w, f);
	w.row = read_rows_fn(row);
	w.cookie = cookie;
	return store_query(s, sql, w.params, w.n, read_identity_cells, &w, e);
}

int
read_identity(struct store *s, int64_t id, read_identity_row *row, void *cookie,
    struct err *e)
{
	struct read_rows w = { .row = read_rows_fn(row), .cookie = cookie };
	int64_t there;

	TRY(db_one(s, "SELECT id FROM identities WHERE id = ?", &id, 1, &there,
	    e));
	if (there == REC_NO_INT)
		return err_set(e, MU_ENOTFOUND, "no identity has row %lld",
		    (long long)id);
	read_rows_int(&w, "id", id);
	return store_query(s, READ_IDENTITY "WHERE i.id = :id", w.params, w.n,
	    read_identity_cells, &w, e);
}

/* How many a word means, which one, and the first few of them in words. */
struct read_meant {
	int64_t id, n;
	struct buf names;
};

static void
read_meant_auto(struct read_meant *m)
{

	buf_free(&m->names);
}

static int
read_meant_row(void *cookie, const struct store_cell *c, size_t n,
    struct err *e)
{
	struct read_meant *m = cookie;

	(void)n;
	(void)e;
	m->id = c[0].i;
	if (m->n++ < 3)
		buf_addf(&m->names, "%s" STR_FMT, m->n > 1 ? ", " : "",
		    STR_ARG(c[1].s));
	return MU_OK;
}

/* From the most exact meaning to the least: the first that fits counts. */
static const char *const read_meanings[] = {
	"SELECT DISTINCT r.id, r.shown FROM identities i "
	"JOIN identities r ON r.id = i.same_as WHERE i.key = :word",
	"SELECT DISTINCT r.id, r.shown FROM identities i "
	"JOIN identities r ON r.id = i.same_as WHERE i.shown = :lower "
	"ORDER BY r.key",
	"SELECT DISTINCT r.id, r.shown FROM identities i "
	"JOIN identities r ON r.id = i.same_as WHERE i.name = :word "
	"AND i.gone_at IS NULL ORDER BY r.key",
	"SELECT DISTINCT r.id, r.shown FROM identities i "
	"JOIN identities r ON r.id = i.same_as WHERE i.name = :word "
	"ORDER BY r.key",
	"SELECT DISTINCT r.id, r.shown FROM identities i "
	"JOIN identities r ON r.id = i.same_as WHERE length(:lower) >= 4 "
	"AND i.shown >= :lower AND substr(i.shown, 1, length(:lower)) = :lower "
	"ORDER BY r.key",
};

int
read_find(struct store *s, struct str word, int64_t *id, struct err *e)
{
	struct read_filter f = { .text = word };
	AUTO(read_meant) struct read_meant m = { 0 };
	AUTO(read_rows) struct read_rows w;
	size_t i;

	read_rows_params(&w, &f);
	buf_init(&m.names, 4096);
	read_rows_str(&w, "word", word);
	read_rows_str(&w, "lower", buf_str(&w.text));
	for (i = 0; i < MU_COUNT(read_meanings) && m.n == 0; i++)
		TRY(store_query(s, read_meanings[i], w.params, w.n,
		    read_meant_row, &m, e));
	if (m.n == 0)
		return err_set(e, MU_ENOTFOUND,
		    "no identity is called '" STR_FMT "'", STR_ARG(word));
	if (m.n > 1)
		return err_set(e, MU_ECONFLICT,
		    "'" STR_FMT "' may mean %lld identities (" STR_FMT
		    "%s): name one by its id",
		    STR_ARG(word), (long long)m.n, STR_ARG(buf_str(&m.names)),
		    m.n > 3 ? ", ..." : "");
	*id = m.id;
	return MU_OK;
}
