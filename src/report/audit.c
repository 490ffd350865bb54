#include "report/audit.h"

#include "report/words.h"

#define AUDIT_TEXT_MAX 65536

/* Move each of ${n} texts into the arena. */
static int
audit_keep(struct arena *a, struct str *const *text, size_t n, struct err *e)
{
	size_t i;

	for (i = 0; i < n; i++)
		TRY(arena_str(a, *text[i], text[i], e));
	return MU_OK;
}

static int
audit_full(struct err *e)
{

	return err_set(e, MU_ELIMIT,
	    "the register has more than %d rows of "
	    "one kind",
	    AUDIT_ROWS_MAX);
}

static int
audit_keep_identity(struct arena *a, struct read_identity *r, struct err *e)
{
	struct str *const text[] = { &r->shown, &r->key, &r->name, &r->asset,
		&r->asset_key, &r->context, &r->purpose, &r->owner,
		&r->owner_by, &r->state, &r->risk_parts, &r->severity };

	return audit_keep(a, text, MU_COUNT(text), e);
}

static int
audit_on_top(void *cookie, const struct read_identity *r, struct err *e)
{
	struct read_identity mine = *r;
	struct audit *d = cookie;

	if (r->rank == REC_NO_INT)
		return MU_OK;
	TRY(audit_keep_identity(d->arena, &mine, e));
	return vec_push(&d->top, AUDIT_TOP, mine) ? MU_OK : audit_full(e);
}

/* Keep the list of what expires next short and sorted. */
static void
audit_next(struct audit *d, const struct read_identity *r)
{
	struct read_identity swap;
	size_t i;

	if (r->expires.at == CLOCK_NONE || r->expires.at < d->now_s)
		return;
	if (d->next.n == AUDIT_EXPIRIES) {
		if (d->next.v[AUDIT_EXPIRIES - 1].expires.at <= r->expires.at)
			return;
		d->next.v[AUDIT_EXPIRIES - 1] = *r;
	} else {
		MU_ASSERT(vec_push(&d->next, AUDIT_EXPIRIES, *r));
	}
	for (i = d->next.n - 1; i > 0; i--) {
		if (d->next.v[i - 1].expires.at <= d->next.v[i].expires.at)
			break;
		swap = d->next.v[i];
		d->next.v[i] = d->next.v[i - 1];
		d->next.v[i - 1] = swap;
	}
}

static int
audit_on_identity(void *cookie, const struct read_identity *r, struct err *e)
{
	struct read_identity mine = *r;
	struct audit *d = cookie;

	TRY(audit_keep_identity(d->arena, &mine, e));
	audit_next(d, &mine);
	return vec_push(&d->all, AUDIT_ROWS_MAX, mine) ? MU_OK : audit_full(e);
}

static int
audit_on_finding(void *cookie, const struct read_finding *r, struct err *e)
{
	struct read_finding m = *r;
	struct str *const text[] = { &m.fid, &m.check, &m.severity,
		&m.base_severity, &m.reasons, &m.detail, &m.state, &m.shown,
		&m.key, &m.name, &m.owner, &m.owner_by, &m.credential, &m.asset,
		&m.asset_key, &m.place, &m.locator };
	struct audit *d = cookie;

	TRY(audit_keep(d->arena, text, MU_COUNT(text), e));
	return vec_push(&d->findings, AUDIT_ROWS_MAX, m) ? MU_OK :
							   audit_full(e);
}

static int
audit_on_asset(void *cookie, const struct read_asset *r, struct err *e)
{
	struct read_asset m = *r;
	struct str *const text[] = { &m.key, &m.kind, &m.name, &m.os, &m.run,
		&m.root, &m.tool, &m.sources };
	struct audit *d = cookie;

	TRY(audit_keep(d->arena, text, MU_COUNT(text), e));
	return vec_push(&d->assets, AUDIT_ROWS_MAX, m) ? MU_OK : audit_full(e);
}

static int
audit_on_coverage(void *cookie, const struct read_coverage *r, struct err *e)
{
	struct read_coverage m = *r;
	struct str *const text[] = { &m.asset, &m.asset_key, &m.place };
	struct audit *d = cookie;

	TRY(audit_keep(d->arena, text, MU_COUNT(text), e));
	return vec_push(&d->coverage, AUDIT_ROWS_MAX, m) ? MU_OK :
							   audit_full(e);
}

static int
audit_on_gap(void *cookie, const struct read_gap *r, struct err *e)
{
	struct read_gap m = *r;
	struct str *const text[] = { &m.asset, &m.asset_key, &m.place,
		&m.detail, &m.locator };
	struct audit *d = cookie;

	TRY(audit_keep(d->arena, text, MU_COUNT(text), e));
	return vec_push(&d->gaps, AUDIT_ROWS_MAX, m) ? MU_OK : audit_full(e);
}

static int
audit_on_reason(void *cookie, const struct read_reason *r, struct err *e)
{
	struct read_reason m = *r;
	struct audit *d = cookie;

	TRY(arena_str(d->arena, m.reason, &m.reason, e));
	return vec_push(&d->reasons, AUDIT_ROWS_MAX, m) ? MU_OK : audit_full(e);
}

void
audit_done(struct audit *d)
{

	vec_free(&d->assets);
	vec_free(&d->coverage);
	vec_free(&d->gaps);
	vec_free(&d->top);
	vec_free(&d->all);
	vec_free(&d->findings);
	vec_free(&d->reasons);
	vec_free(&d->next);
}

int
audit_gather(struct store *s, struct str asset, int64_t now_s, struct arena *a,
    struct audit *out, struct err *e)
{
	struct read_filter f = { .asset = asset }, ranked = f;

	*out = (struct audit){ .arena = a,
		.now_s = now_s,
		.took_ms = REC_NO_INT,
		.before_at = CLOCK_NONE };
	out->checks = assess_checks(&out->n_checks);
	ranked.order = READ_BY_RANK;
	TRY(read_count(s, &f, &out->counts, e));
	TRY(read_assets(s, &f, audit_on_asset, out, e));
	TRY(read_coverages(s, &f, audit_on_coverage, out, e));
	TRY(read_gaps(s, &f, true, audit_on_gap, out, e));
	TRY(read_reasons(s, &f, audit_on_reason, out, e));
	TRY(read_findings(s, &ranked, audit_on_finding, out, e));
	TRY(read_identities(s, &f, audit_on_identity, out, e));
	ranked.limit = AUDIT_TOP;
	return read_identities(s, &ranked, audit_on_top, out, e);
}

const struct check *
audit_check(const struct audit *d, struct str id)
{
	size_t i;

	for (i = 0; i < d->n_checks; i++)
		if (str_eq(d->checks[i].id, id))
			return &d->checks[i];
	return NULL;
}

struct str
audit_title(const struct audit *d, struct str id)
{
	const struct check *c = audit_check(d, id);

	return c != NULL ? c->title : id;
}

struct str
audit_remedy(const struct audit *d, struct str id)
{
	const struct check *c = audit_check(d, id);

	return c != NULL ? c->remedy : STR_NONE;
}

const struct read_finding *
audit_finding(const struct audit *d, int64_t identity, size_t i)
{
	size_t k;

	for (k = 0; k < d->findings.n; k++)
		if (d->findings.v[k].identity_id == identity && i-- == 0)
			return &d->findings.v[k];
	return NULL;
}

int64_t
audit_files(const struct audit *d)
{
	int64_t files = 0;
	size_t i;

	for (i = 0; i < d->coverage.n; i++)
		if (d->coverage.v[i].files > 0)
			files += d->coverage.v[i].files;
	return files;
}

int64_t
audit_counted(const struct audit *d)
{
	int64_t n = 0;
	size_t i;

	for (i = 0; i < d->coverage.n; i++)
		n += d->coverage.v[i].counted;
	return n;
}

int64_t
audit_places(const struct audit *d, enum cover_state state)
{
	int64_t n = 0;
	size_t i;

	for (i = 0; i < d->coverage.n; i++)
		n += d->coverage.v[i].state == state;
	return n;
}

int64_t
audit_gaps(const struct audit *d, enum gap_reason reason)
{
	int64_t n = 0;
	size_t i;

	for (i = 0; i < d->gaps.n; i++)
		if (d->gaps.v[i].reason == reason)
			n += d->gaps.v[i].count;
	return n;
}

bool
audit_as_root(const struct audit *d)
{
	size_t i;

	for (i = 0; i < d->assets.n; i++)
		if (d->assets.v[i].euid != 0)
			return false;
	return true;
}

int64_t
audit_open(const struct audit *d)
{
	const struct read_counts *c = &d->counts;

	return c->critical + c->high + c->medium + c->low + c->info;
}

static const struct table_col finding_cols[] = {
	{ "severity", "Severity", CELL_SEVERITY, false },
	{ "name", "Identity", CELL_TEXT, true },
	{ "kind", NULL, CELL_TEXT, false },
	{ "title", "What is wrong", CELL_TEXT, true },
	{ "detail", "Evidence", CELL_TEXT, true },
	{ "where", "Where", CELL_TEXT, true },
	{ "since", "Since", CELL_DAY, false },
	{ "owner", "Owner", CELL_TEXT, true },
	{ "id", "Id", CELL_ID, false },
	{ "finding", NULL, CELL_ID, false },
	{ "check", NULL, CELL_ID, false },
	{ "risk", NULL, CELL_INT, false },
	{ "reasons", NULL, CELL_TEXT, false },
	{ "remedy", NULL, CELL_TEXT, false },
	{ "host", NULL, CELL_TEXT, false },
	{ "key", NULL, CELL_TEXT, false },
};

static int
audit_where(const struct audit *d, struct str locator, struct str *out,
    struct err *e)
{
	AUTO(buf) struct buf b = { 0 };

	if (locator.n == 0) {
		*out = STR_NONE;
		return MU_OK;
	}
	buf_init(&b, AUDIT_TEXT_MAX);
	words_where(&b, locator);
	return arena_str(d->arena, buf_str(&b), out, e);
}

static int
audit_table_row(const struct audit *d, const struct read_finding *f,
    struct table *t, struct err *e)
{
	struct str where;

	TRY(audit_where(d, f->locator, &where, e));
	return table_row(t,
	    (struct table_cell[]){ CELL_S(f->severity), CELL_S(f->name),
		CELL_S(str_from(word_of(&word_id_kind, (int)f->kind))),
		CELL_S(audit_title(d, f->check)), CELL_S(f->detail),
		CELL_S(where), CELL_T(f->since_at), CELL_S(f->owner),
		CELL_S(f->shown), CELL_S(f->fid), CELL_S(f->check),
		CELL_T(f->risk), CELL_S(f->reasons),
		CELL_S(audit_remedy(d, f->check)), CELL_S(f->asset),
		CELL_S(f->key) },
	    e);
}

/* The worst first; those of one severity by the rank of their identity. */
int
audit_table(const struct audit *d, struct table *t, struct err *e)
{
	const struct read_finding *f;
	struct str word;
	size_t i;
	int s;

	table_init(t, "findings", finding_cols, MU_COUNT(finding_cols),
	    "No check found anything wrong in what was read.");
	for (s = SEVS - 1; s >= 0; s--) {
		word = str_from(assess_severity_word((enum severity)s));
		for (i = 0; i < d->findings.n; i++) {
			f = &d->findings.v[i];
			if (str_eq(f->severity, word))
				TRY(audit_table_row(d, f, t, e));
		}
	}
	return MU_OK;
}
