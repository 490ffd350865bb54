/*
 * tests/unit/assess/world.h: a register in memory, filled by a few words, and
 * what an assessment of it says.
 */

#ifndef UNIT_ASSESS_WORLD_H
#define UNIT_ASSESS_WORLD_H

#include "assess/assess.h"
#include "assess/checkfile.h"
#include "base/mem.h"
#include "base/vec.h"

#include "../test.h"

#define DAY INT64_C(86400)
/* 2026-11-01: when worlds are looked at. */
#define NOW INT64_C(1793491200)

struct world {
	struct store *s;
	struct arena *a;
	struct rec r;
	bool pending;
	const char *asset;
	struct assess_summary sum;
	struct err e;
	struct buf b;
	VEC(struct check) checks; /* none: those compiled in */
};

static void
flush(struct world *w)
{

	if (w->pending)
		assert_ok(sink_put(store_sink(w->s), &w->r, &w->e), &w->e);
	w->pending = false;
}

/* A new record, to be filled in until the next call of any of these. */
static struct rec *
record(struct world *w, enum rec_type type)
{

	flush(w);
	rec_init(&w->r, type);
	w->pending = true;
	return &w->r;
}

/* Begin an audit of the host ${asset} at ${at}. */
static void
audit(struct world *w, const char *asset, int64_t at)
{
	static int runs;
	struct rec *r;
	struct str run;

	assert_ok(store_begin(w->s, &w->e), &w->e);
	w->asset = asset;
	r = record(w, REC_RUN);
	r->run.tool = STR("test");
	assert_ok(arena_fmt(w->a, &run, &w->e, "%016x", ++runs), &w->e);
	r->run.run = run;
	r->run.asset = str_from(asset);
	r->run.root = STR("/");
	r->run.fp_key = STR("k");
	r->run.sources = STR("reader");
	r->run.at = at;
	r->run.euid = 0;
	r = record(w, REC_ASSET);
	r->asset.key = r->asset.name = str_from(asset);
	r->asset.kind = STR("host");
}

static struct rec_identity *
identity(struct world *w, const char *key, enum id_kind kind)
{
	struct rec_identity *i = &record(w, REC_IDENTITY)->identity;

	i->key = i->name = str_from(key);
	i->kind = kind;
	i->asset = str_from(w->asset);
	i->owner = STR("ada");
	i->owner_by = STR("test");
	i->privileged = i->internet = TRI_NO;
	return i;
}

static struct rec_credential *
credential(struct world *w, const char *key, const char *of,
    enum cred_kind kind)
{
	struct rec_credential *c = &record(w, REC_CREDENTIAL)->credential;

	c->key = str_from(key);
	c->identity = str_from(of);
	c->kind = kind;
	return c;
}

static struct rec_sighting *
sighting(struct world *w, const char *of, enum role role, const char *locator)
{
	struct rec_sighting *s = &record(w, REC_SIGHTING)->sighting;

	s->credential = str_from(of);
	s->asset = str_from(w->asset);
	s->place = STR("test.place");
	s->locator = str_from(locator);
	s->role = role;
	s->readers = READERS_OWNER;
	s->mode = 0600;
	s->uid = s->gid = 0;
	s->owner = s->group = STR("root");
	return s;
}

static struct rec_grant *
grant(struct world *w, const char *of, const char *target)
{
	struct rec_grant *g = &record(w, REC_GRANT)->grant;

	g->identity = str_from(of);
	g->target = str_from(target);
	g->asset = str_from(w->asset);
	g->place = STR("ssh.authorized_keys");
	g->locator = STR("root/.ssh/authorized_keys:1");
	g->from_limited = g->command_limited = TRI_NO;
	return g;
}

static MU_UNUSED void
edge(struct world *w, enum edge_kind kind, const char *src, const char *dst)
{
	struct rec_edge *d = &record(w, REC_EDGE)->edge;

	d->kind = kind;
	d->src = str_from(src);
	d->dst = str_from(dst);
}

static void
cover(struct world *w, const char *place, enum cover_state state)
{
	struct rec_coverage *c = &record(w, REC_COVERAGE)->coverage;

	c->place = str_from(place);
	c->asset = str_from(w->asset);
	c->state = state;
	c->files = 1;
}

/* End the audit. */
static void
done(struct world *w)
{
	struct store_delta d;
	int i;

	flush(w);
	rec_init(&w->r, REC_END);
	w->r.end.at = NOW;
	for (i = 0; i < REC_TYPES; i++)
		w->r.end.counts[i] = store_sink(w->s)->counts[i];
	assert_ok(sink_put(store_sink(w->s), &w->r, &w->e), &w->e);
	assert_ok(store_end(w->s, &d, &w->e), &w->e);
}

/* Every place that the compiled-in checks need, but for logs, was read. */
static MU_UNUSED void
cover_all(struct world *w)
{
	const struct check *c;
	size_t i, k, n;

	c = assess_checks(&n);
	for (i = 0; i < n; i++)
		for (k = 0; k < c[i].n_needs; k++)
			if (!str_starts(c[i].needs[k], STR("log."))) {
				cover(w, "", COVER_READ);
				w->r.coverage.place = c[i].needs[k];
			}
}

static void
judge_at(struct world *w, int64_t now)
{

	if (w->checks.n != 0)
		assert_ok(assess_run_checks(w->s, w->checks.v, w->checks.n, now,
			      &w->sum, &w->e),
		    &w->e);
	else
		assert_ok(assess_run(w->s, now, &w->sum, &w->e), &w->e);
}

static int
row_text(void *cookie, const struct store_cell *c, size_t n, struct err *e)
{
	struct world *w = cookie;
	size_t i;

	(void)e;
	for (i = 0; i < n; i++) {
		if (i != 0)
			buf_addc(&w->b, '|');
		if (c[i].kind == STORE_INT)
			buf_addf(&w->b, "%lld", (long long)c[i].i);
		else
			buf_add(&w->b, c[i].s);
	}
	buf_addc(&w->b, '\n');
	return MU_OK;
}

/* Each row of ${sql} as a line, its columns with | between. ":c" is ${arg}. */
static struct str
rows(struct world *w, const char *sql, const char *arg)
{
	struct store_param p = STORE_P_STR("c", str_from(arg));

	buf_reset(&w->b);
	assert_ok(store_query(w->s, sql, &p, 1, row_text, w, &w->e), &w->e);
	return buf_str(&w->b);
}

/* The findings of one check: identity|credential|severity|value|detail|state */
static struct str
findings(struct world *w, const char *check)
{

	return rows(w,
	    "SELECT i.key, c.key, f.severity, f.value, f.detail, f.state"
	    " FROM findings f JOIN identities i ON i.id = f.identity_id"
	    " LEFT JOIN credentials c ON c.id = f.credential_id"
	    " WHERE f.check_id = :c ORDER BY i.key, c.key",
	    check);
}

/* Its result on each asset: asset|state|missing|offenders|unconfirmed */
static struct str
results(struct world *w, const char *check)
{

	return rows(w,
	    "SELECT a.name, r.state, r.missing, r.offenders, r.unconfirmed"
	    " FROM check_results r JOIN assets a ON a.id = r.asset_id"
	    " WHERE r.check_id = :c ORDER BY a.name",
	    check);
}

static int
world_setup(void **state)
{
	struct world *w = mem_new(1, sizeof(*w));

	if (store_open("", STORE_MEMORY, &w->s, &w->e) < 0)
		return -1;
	w->a = arena_new(1 << 20);
	buf_init(&w->b, 1 << 24);
	*state = w;
	return 0;
}

static int
world_teardown(void **state)
{
	struct world *w = *state;

	store_close(w->s);
	arena_free(w->a);
	buf_free(&w->b);
	vec_free(&w->checks);
	mem_free(w);
	return 0;
}

#define WORLD_TEST(name) \
	cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)

#endif
