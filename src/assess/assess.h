/*
 * assess/assess.h: judge what the store holds: checks, severities, risk.
 *
 * Source:   docs/formats/check.md; the .sql files of checks/, compiled in.
 * Floor:    assess.
 */

#ifndef ASSESS_ASSESS_H
#define ASSESS_ASSESS_H

#include "store/store.h"

enum severity {
	SEV_INFO,
	SEV_LOW,
	SEV_MEDIUM,
	SEV_HIGH,
	SEV_CRITICAL,
	SEVS
};
enum check_state {
	CHECK_PASS,
	CHECK_FAIL,
	CHECK_NA,
	CHECK_NOT_ASSESSED
};

#define CHECK_PARAMS_MAX 8
#define CHECK_NEEDS_MAX  128

/* Greatest value of a parameter, and with a minus the least: seconds of 31,000
 * years fit. */
#define CHECK_PARAM_MAX INT64_C(1000000000000)

/* A check: the head of its file, and the statement. */
struct check {
	const char *file;            /* for errors */
	struct str id, title, kinds; /* kinds: identity kinds with blanks */
	enum severity severity;
	bool guarded;         /* a user's: it may only read, for a second */
	bool baseline_counts; /* of what the first audit found: one line */
	struct str needs[CHECK_NEEDS_MAX]; /* places */
	size_t n_needs;
	struct {
		struct str name;
		int64_t value;
		struct str help;
	} params[CHECK_PARAMS_MAX];
	size_t n_params;
	struct str trigger, why, remedy, verify, maps; /* for people */
	struct str sql;  /* with a zero byte after it */
	size_t sql_line; /* of the file, from 1 */
};

/**
 * assess_check_parse(name, text, a, out, e):
 * Read the check file ${text}; views borrow from it and from ${a}. ${name} is
 * for errors and must outlive ${out}.
 *
 * Errors: MU_EFORMAT ("name:line: ..."), MU_ELIMIT.
 */
int assess_check_parse(const char *name, struct str text, struct arena *a,
    struct check *out, struct err *e) MU_MUST_CHECK;

/** assess_checks(n): all checks compiled in and added, by id; ${n} says how
 * many. It holds until the next assess_add(). */
const struct check *assess_checks(size_t *n);

/**
 * assess_add(name, text, e):
 * Take a user's own check, the file ${name} with ${text}, both of which are
 * copied, into assess_checks(). Its id must be the file's name without ".sql".
 *
 * Errors: MU_EFORMAT ("name:line: ..."; an id that is there, or that begins
 * with "MUS-", which is Muster's own), MU_ELIMIT.
 */
int assess_add(const char *name, struct str text, struct err *e) MU_MUST_CHECK;

/**
 * assess_set(check, param, value, e):
 * Give the parameter ${param} of the check ${check} another value.
 *
 * Errors: MU_ENOTFOUND (no such check or parameter; the text says which),
 * MU_EFORMAT (a value no parameter may have).
 */
int assess_set(struct str check, struct str param, int64_t value,
    struct err *e) MU_MUST_CHECK;

/**
 * assess_try(e):
 * Run the checks that were added over an empty register, so that one that
 * cannot run is known before anything is done.
 *
 * Errors: as assess_run_checks.
 */
int assess_try(struct err *e) MU_MUST_CHECK;

struct assess_summary {
	int64_t pass, fail, na, not_assessed; /* check times asset */
	int64_t unconfirmed; /* most of one check: "47 not yet confirmed" */
	int64_t opened, reopened, fixed, open; /* findings */
	int64_t by_severity[SEVS];             /* open ones */
};

/**
 * assess_run(s, now_s, out, e):
 * Run every check as of ${now_s}, bring findings, check_results and risks up
 * to date in one transaction.
 *
 * Errors: MU_EFORMAT (a check that does not run; its id is in the text); the
 * store's.
 */
int assess_run(struct store *s, int64_t now_s, struct assess_summary *out,
    struct err *e) MU_MUST_CHECK;

/**
 * assess_run_checks(s, checks, n, now_s, out, e):
 * The same with the ${n} checks given, each with an id of its own. An open
 * finding of a check that is not among them is fixed.
 *
 * Errors: as assess_run; MU_EFORMAT (two checks with one id); MU_EDENIED,
 * MU_ELIMIT (a user's check does what it may not, or takes too long). The text
 * names the file and the line.
 */
int assess_run_checks(struct store *s, const struct check *checks, size_t n,
    int64_t now_s, struct assess_summary *out, struct err *e) MU_MUST_CHECK;

/** assess_state_word(s): "pass", "fail", "na" or "not_assessed". */
const char *assess_state_word(enum check_state s);

/** assess_severity_word(s): "info" to "critical". */
const char *assess_severity_word(enum severity s);

#endif
