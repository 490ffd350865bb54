#include "assess/assess.h"

#include "assess/checkfile.h"
#include "assess/judge.h"
#include "assess/merge.h"
#include "assess/risk.h"
#include "assess/severity.h"

const char *
assess_severity_word(enum severity s)
{
	static const char *const words[] = { "info", "low", "medium", "high",
		"critical" };

	_Static_assert(MU_COUNT(words) == SEVS, "severities");
	MU_ASSERT((size_t)s < MU_COUNT(words));
	return words[s];
}

const char *
assess_state_word(enum check_state s)
{
	static const char *const words[] = { "pass", "fail", "na",
		"not_assessed" };

	MU_ASSERT((size_t)s < MU_COUNT(words));
	return words[s];
}

int
assess_check_parse(const char *name, struct str text, struct arena *a,
    struct check *out, struct err *e)
{

	return checkfile_parse(name, text, a, out, e);
}

static int
write_result(const struct work *w, size_t check, size_t asset, struct err *e)
{
	const struct work_result *r = work_result(w, check, asset);
	struct store_param p[] = {
		STORE_P_STR("check", w->checks[check].id),
		STORE_P_INT("asset", w->assets.v[asset].id),
		STORE_P_STR("state", str_from(assess_state_word(r->state))),
		STORE_P_STR("missing", r->missing),
		STORE_P_INT("offenders", r->offenders),
		STORE_P_INT("unconfirmed", r->unconfirmed),
	};

	return store_query(w->s,
	    "INSERT INTO check_results (check_id, asset_id, state, missing,"
	    " offenders, unconfirmed) VALUES (:check, :asset, :state, :missing,"
	    " :offenders, :unconfirmed)",
	    p, MU_COUNT(p), NULL, NULL, e);
}

static int
write_results(const struct work *w, struct assess_summary *sum, struct err *e)
{
	int64_t states[4] = { 0 }, unconfirmed;
	size_t check, asset;

	TRY(store_query(w->s, "DELETE FROM check_results", NULL, 0, NULL, NULL,
	    e));
	for (check = 0; check < w->n_checks; check++) {
		unconfirmed = 0;
		for (asset = 0; asset < w->assets.n; asset++) {
			TRY(write_result(w, check, asset, e));
			states[work_result(w, check, asset)->state]++;
			unconfirmed +=
			    work_result(w, check, asset)->unconfirmed;
		}
		if (unconfirmed > sum->unconfirmed)
			sum->unconfirmed = unconfirmed;
	}
	sum->pass = states[CHECK_PASS];
	sum->fail = states[CHECK_FAIL];
	sum->na = states[CHECK_NA];
	sum->not_assessed = states[CHECK_NOT_ASSESSED];
	return MU_OK;
}

static int
judge_all(struct work *w, struct merge *m, struct assess_summary *out,
    struct err *e)
{
	struct assess_summary sum = { 0 };
	size_t i;

	TRY(work_load(w, e));
	TRY(judge_checks(w, e));
	TRY(merge_load(m, e));
	for (i = 0; i < w->found.n; i++)
		TRY(severity_grade(w, &w->found.v[i], e));
	TRY(merge_write(m, e));
	TRY(write_results(w, &sum, e));
	TRY(risk_write(w, e));
	sum.opened = m->opened;
	sum.reopened = m->reopened;
	sum.fixed = m->fixed;
	sum.open = m->open;
	for (i = 0; i < SEVS; i++)
		sum.by_severity[i] = m->by_severity[i];
	*out = sum;
	return MU_OK;
}

static int
refuse_twins(const struct check *checks, size_t n, struct err *e)
{
	size_t i, k;

	for (i = 0; i < n; i++)
		for (k = 0; k < i; k++)
			if (str_eq(checks[i].id, checks[k].id))
				return err_set(e, MU_EFORMAT,
				    "%s:1: its id is that of %s",
				    checks[i].file, checks[k].file);
	return MU_OK;
}

int
assess_run_checks(struct store *s, const struct check *checks, size_t n,
    int64_t now_s, struct assess_summary *out, struct err *e)
{
	struct work w = {
		.s = s, .now_s = now_s, .checks = checks, .n_checks = n
	};
	struct merge m = { .w = &w };
	struct assess_summary sum;
	int rc;

	TRY(refuse_twins(checks, n, e));
	TRY(store_change(s, e));
	rc = judge_all(&w, &m, &sum, e);
	merge_free(&m);
	work_free(&w);
	if (rc < 0) {
		store_abort(s);
		return rc;
	}
	TRY(store_commit(s, e));
	*out = sum;
	return MU_OK;
}

int
assess_run(struct store *s, int64_t now_s, struct assess_summary *out,
    struct err *e)
{
	const struct check *checks;
	size_t n;

	checks = assess_checks(&n);
	return assess_run_checks(s, checks, n, now_s, out, e);
}
