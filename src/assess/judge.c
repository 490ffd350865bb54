#include "assess/judge.h"

#include "assess/checkfile.h"

/* The check's own rows with what the engine wants to know beside them. */
#define SQL_HEAD                                                            \
	"SELECT r.identity_id, r.credential_id, r.sighting_id, r.since_at," \
	" r.value, r.detail, i.key, i.name, c.key, c.created_at,"           \
	" c.expires_at, s.asset_id FROM (\n"
#define SQL_TAIL                                                 \
	"\n) r JOIN identities i ON i.id = r.identity_id"        \
	" LEFT JOIN credentials c ON c.id = r.credential_id"     \
	" LEFT JOIN sightings s ON s.id = r.sighting_id"         \
	" ORDER BY r.identity_id, COALESCE(r.credential_id, 0)," \
	" COALESCE(s.asset_id, 0), COALESCE(r.sighting_id, 0)"

static const struct {
	const char *check;
	enum mark mark;
} marks[] = {
	{ "MUS-CRT-001", MARK_AGED },
	{ "MUS-LIF-001", MARK_DORMANT },
	{ "MUS-PRV-005", MARK_PINNED },
	{ "MUS-REU-001", MARK_SHARED },
	{ "MUS-ROT-001", MARK_AGED },
	{ "MUS-ROT-003", MARK_AGED },
	{ "MUS-ROT-004", MARK_AGED },
	{ "MUS-ROT-005", MARK_AGED },
	{ "MUS-ROT-007", MARK_PINNED },
	{ "MUS-SEC-005", MARK_PINNED },
};

struct judge {
	struct work *w;
	size_t check;
	int64_t credential_id; /* of the row at hand; REC_NO_INT: none */
	size_t identity;
	const struct store_cell *c; /* the row */
};

void
judge_mark(struct str check, int64_t value, struct work_identity *i)
{
	size_t k;

	i->open = true;
	for (k = 0; k < MU_COUNT(marks); k++)
		if (str_eq(check, str_from(marks[k].check)))
			i->marks |= marks[k].mark;
	if (str_eq(check, STR("MUS-REU-001")) && value > i->systems)
		i->systems = value;
}

/* What was there at the first audit of the asset, by the row's own time. */
static bool
is_baseline(const struct judge *j, size_t asset)
{
	const struct work_identity *i = &j->w->identities.v[j->identity];
	int64_t since = work_int(&j->c[3]);

	if (!j->w->checks[j->check].baseline_counts || since == REC_NO_INT)
		return false;
	if (asset == WORK_NONE)
		return i->baseline && since <= i->first_seen;
	return since <= j->w->assets.v[asset].baseline_at;
}

/*
 * Count the row for ${asset}: one offender for each identity and credential,
 * or one not yet confirmed for each identity. Rows come in the order of both.
 */
static void
count_row(const struct judge *j, size_t asset, bool baseline)
{
	struct work_result *r;

	if (asset == WORK_NONE)
		return;
	r = work_result(j->w, j->check, asset);
	if (baseline) {
		r->unconfirmed += r->last_unconfirmed != j->identity + 1;
		r->last_unconfirmed = j->identity + 1;
		return;
	}
	r->offenders += r->last_offender != j->identity + 1 ||
			r->last_credential != j->credential_id;
	r->last_offender = j->identity + 1;
	r->last_credential = j->credential_id;
}

/* Whether the finding of this row is the last one that was added. */
static bool
is_known(const struct judge *j)
{
	const struct work_found *f;

	if (j->w->found.n == 0)
		return false;
	f = &j->w->found.v[j->w->found.n - 1];
	return f->check == j->check && f->identity == j->identity &&
	       f->credential_id == j->credential_id;
}

static int
cell_text(struct work *w, const struct store_cell *c, struct str *out,
    struct err *e)
{

	if (c->kind == STORE_INT)
		return arena_fmt(w->a, out, e, "%lld", (long long)c->i);
	return arena_str(w->a, work_str(c), out, e);
}

static int
row_evidence(void *cookie, const struct store_cell *c, size_t n, struct err *e)
{
	int64_t *sighting = cookie;

	(void)n;
	(void)e;
	*sighting = work_int(&c[0]);
	return MU_OK;
}

/* Where a row names no sighting, the first live one of the identity is shown:
 * on the asset that the row counts for, and of the credential it names. */
static int
find_evidence(const struct judge *j, struct work_found *f, struct err *e)
{
	const struct work *w = j->w;
	int64_t asset = f->asset == WORK_NONE ? 0 : w->assets.v[f->asset].id;
	int64_t credential =
	    f->credential_id == REC_NO_INT ? 0 : f->credential_id;
	struct store_param p[] = {
		STORE_P_INT("identity", w->identities.v[f->identity].id),
		STORE_P_INT("asset", asset),
		STORE_P_INT("credential", credential),
	};

	if (f->sighting_id != REC_NO_INT)
		return MU_OK;
	return store_query(w->s,
	    "SELECT MIN(s.id) FROM live_credentials c"
	    " CROSS JOIN live_sightings s"
	    " WHERE c.identity_id = :identity AND s.credential_id = c.id"
	    " AND (:asset = 0 OR s.asset_id = :asset)"
	    " AND (:credential = 0 OR c.id = :credential)",
	    p, MU_COUNT(p), row_evidence, &f->sighting_id, e);
}

static int
add_found(const struct judge *j, size_t asset, struct err *e)
{
	struct work *w = j->w;
	struct work_identity *i = &w->identities.v[j->identity];
	const struct store_cell *c = j->c;
	struct work_found f = { .check = j->check,
		.identity = j->identity,
		.asset = asset,
		.credential_id = j->credential_id,
		.sighting_id = work_int(&c[2]),
		.since_at = work_int(&c[3]),
		.value = work_int(&c[4]),
		.created_at = work_int(&c[9]),
		.expires_at = work_int(&c[10]) };

	key_finding(w->checks[j->check].id, work_str(&c[6]), work_str(&c[8]),
	    f.fid);
	TRY(cell_text(w, &c[5], &f.detail, e));
	TRY(find_evidence(j, &f, e));
	if (i->key.n == 0) {
		TRY(arena_str(w->a, work_str(&c[6]), &i->key, e));
		TRY(arena_str(w->a, work_str(&c[7]), &i->name, e));
	}
	if (i->home == WORK_NONE)
		i->home = asset;
	judge_mark(w->checks[j->check].id, f.value, i);
	if (!vec_push(&w->found, WORK_ITEMS_MAX, f))
		return err_set(e, MU_ELIMIT, "more than %d findings",
		    WORK_ITEMS_MAX);
	return MU_OK;
}

/* The row on one asset (WORK_NONE: on none that is known). */
static int
take_row(const struct judge *j, size_t asset, struct err *e)
{
	bool baseline = is_baseline(j, asset);

	count_row(j, asset, baseline);
	if (baseline || is_known(j))
		return MU_OK;
	return add_found(j, asset, e);
}

struct spread {
	const struct judge *j;
	bool any;
};

static int
row_seen(void *cookie, const struct store_cell *c, size_t n, struct err *e)
{
	struct spread *s = cookie;

	(void)n;
	s->any = true;
	return take_row(s->j, work_asset(s->j->w, work_int(&c[0])), e);
}

/* A row without sighting, of an identity that belongs to no asset: it counts
 * wherever the identity was seen. */
static int
spread_row(const struct judge *j, struct err *e)
{
	struct store_param p =
	    STORE_P_INT("id", j->w->identities.v[j->identity].id);
	struct spread s = { j, false };

	TRY(store_query(j->w->s,
	    "SELECT DISTINCT s.asset_id FROM live_credentials c"
	    " JOIN live_sightings s ON s.credential_id = c.id"
	    " WHERE c.identity_id = :id ORDER BY s.asset_id",
	    &p, 1, row_seen, &s, e));
	return s.any ? MU_OK : take_row(j, WORK_NONE, e);
}

static int
row_offender(void *cookie, const struct store_cell *c, size_t n, struct err *e)
{
	struct judge *j = cookie;
	size_t asset;

	(void)n;
	j->c = c;
	j->identity = work_identity(j->w, work_int(&c[0]));
	j->credential_id = work_int(&c[1]);
	if (j->identity == WORK_NONE)
		return MU_OK;
	if (c[11].kind == STORE_INT)
		asset = work_asset(j->w, c[11].i);
	else
		asset =
		    work_asset(j->w, j->w->identities.v[j->identity].asset_id);
	if (asset == WORK_NONE)
		return spread_row(j, e);
	return take_row(j, asset, e);
}

/*
 * The line of the file that SQLite's words are about: they quote one word, and
 * where that stands once in the statement, its line is known; else it is the
 * line where the statement begins.
 */
static size_t
line_of(const struct check *c, struct str words)
{
	struct str word = words, rest = c->sql;
	size_t at, i, line = c->sql_line;

	if ((at = str_find(words, STR("near \""))) != SIZE_MAX)
		(void)str_cut(str_skip(words, at + 6), '"', &word, &rest);
	else if ((at = str_find(words, STR("no such "))) != SIZE_MAX)
		word = str_trim(str_skip(words, str_rchr(words, ':') + 1));
	else
		return line;
	rest = c->sql;
	at = word.n != 0 ? str_find(rest, word) : SIZE_MAX;
	if (at == SIZE_MAX ||
	    str_find(str_skip(rest, at + 1), word) != SIZE_MAX)
		return line;
	for (i = 0; i < at; i++)
		line += rest.p[i] == '\n';
	return line;
}

static int
judge_sql(const struct work *w, const struct check *c, const char **out,
    struct err *e)
{
	struct str sql = c->sql, text;

	while (str_ends(sql, STR(";")) || str_trim(sql).n != sql.n)
		sql = str_trim(str_head(sql, sql.n - str_ends(sql, STR(";"))));
	TRY(arena_fmt(w->a, &text, e, "%s" STR_FMT "%s", SQL_HEAD, STR_ARG(sql),
	    SQL_TAIL));
	*out = text.p;
	return MU_OK;
}

static int
judge_one(struct judge *j, struct err *e)
{
	const struct check *c = &j->w->checks[j->check];
	struct store_param p[CHECK_PARAMS_MAX + 1];
	struct str name;
	const char *sql;
	size_t n;
	int rc;

	p[0] = STORE_P_INT("now", j->w->now_s);
	for (n = 0; n < c->n_params; n++) {
		TRY(arena_str(j->w->a, c->params[n].name, &name, e));
		p[n + 1] = STORE_P_INT(name.p, c->params[n].value);
	}
	TRY(judge_sql(j->w, c, &sql, e));
	rc = (c->guarded ? store_query_guarded : store_query)(j->w->s, sql, p,
	    n + 1, row_offender, j, e);
	if (rc == MU_EFORMAT || (rc < 0 && c->guarded))
		return err_wrap(e, "%s:%zu", c->file,
		    line_of(c, str_from(e->text)));
	return rc;
}

static bool
has_kinds(const struct work *w, const struct check *c, size_t asset)
{
	struct str kinds = c->kinds, word;
	int k;

	while (str_word(&kinds, &word))
		if ((k = word_find(&word_id_kind, word)) >= 0 &&
		    (w->assets.v[asset].kinds & 1u << k) != 0)
			return true;
	return false;
}

/* A log that is not there is no evidence; any other place is empty then. */
static bool
is_enough(struct str place, uint64_t state)
{

	return state == COVER_READ ||
	       (state == COVER_ABSENT && !str_starts(place, STR("log.")));
}

/* The needed places that were not read, in the order of the head. */
static int
find_missing(const struct work *w, size_t check, size_t asset, bool kinds,
    struct err *e)
{
	const struct check *c = &w->checks[check];
	AUTO(buf) struct buf b = { 0 }, key = { 0 };
	uint64_t state;
	size_t i;
	bool here;

	buf_init(&b, REC_LINE_MAX);
	buf_init(&key, REC_LINE_MAX);
	for (i = 0; i < c->n_needs; i++) {
		buf_reset(&key);
		buf_addf(&key, "%lld " STR_FMT,
		    (long long)w->assets.v[asset].id, STR_ARG(c->needs[i]));
		here = map_get(w->coverage, buf_str(&key), &state);
		if (here ? is_enough(c->needs[i], state) : !kinds)
			continue;
		if (b.n != 0)
			buf_addc(&b, ' ');
		buf_add(&b, c->needs[i]);
	}
	return arena_str(w->a, buf_str(&b),
	    &work_result(w, check, asset)->missing, e);
}

static int
judge_state(const struct work *w, size_t check, size_t asset, struct err *e)
{
	struct work_result *r = work_result(w, check, asset);
	bool kinds = has_kinds(w, &w->checks[check], asset);

	TRY(find_missing(w, check, asset, kinds, e));
	if (r->offenders != 0 || r->unconfirmed != 0)
		r->state = CHECK_FAIL;
	else if (r->missing.n != 0)
		r->state = CHECK_NOT_ASSESSED;
	else
		r->state = kinds ? CHECK_PASS : CHECK_NA;
	return MU_OK;
}

int
judge_checks(struct work *w, struct err *e)
{
	struct judge j = { .w = w };
	size_t asset;

	for (; j.check < w->n_checks; j.check++) {
		TRY(judge_one(&j, e));
		for (asset = 0; asset < w->assets.n; asset++)
			TRY(judge_state(w, j.check, asset, e));
	}
	return MU_OK;
}
