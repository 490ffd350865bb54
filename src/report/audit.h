/*
 * report/audit.h: what one audit says, gathered out of the register once, for
 * the screen, the page and the JSON document.
 *
 * Source:   docs/formats/output.md, "The audit"
 * Floor:    report.
 * Memory:   all text lives in the arena given.
 */

#ifndef REPORT_AUDIT_H
#define REPORT_AUDIT_H

#include "assess/assess.h"
#include "base/vec.h"
#include "report/table.h"
#include "store/read.h"

#define AUDIT_TOP      10
#define AUDIT_EXPIRIES 3

/* Most rows of one list in memory. */
#define AUDIT_ROWS_MAX 4194304

struct audit {
	struct arena *arena;
	int64_t now_s;
	int64_t took_ms;   /* REC_NO_INT: not said */
	bool kept;         /* in a register, so that the next one compares */
	bool compared;     /* delta holds what this audit changed */
	int64_t before_at; /* the audit before this one, or CLOCK_NONE */
	struct store_delta delta;
	struct read_counts counts;
	const struct check *checks;
	size_t n_checks;
	VEC(struct read_asset) assets;
	VEC(struct read_coverage) coverage;
	VEC(struct read_gap) gaps; /* grouped */
	VEC(struct read_identity) top;
	VEC(struct read_identity) all;     /* by name */
	VEC(struct read_finding) findings; /* open, by rank */
	VEC(struct read_reason) reasons;
	VEC(struct read_identity) next; /* the soonest expiries to come */
};

/** audit_done(d): give back what audit_gather() took beside the arena. */
void audit_done(struct audit *d);

/** audit_auto(d): for AUTO(audit) on a struct audit. */
static inline void
audit_auto(struct audit *d)
{

	audit_done(d);
}

/**
 * audit_gather(s, asset, now_s, a, out, e):
 * Read all that ${s} holds of ${asset} (a key; "" for every asset) as of
 * ${now_s} into ${out}, which is zeroed first; owned by the caller
 * (audit_done).
 *
 * Errors: those of store/read.h; MU_ELIMIT (the arena, AUDIT_ROWS_MAX).
 */
int audit_gather(struct store *s, struct str asset, int64_t now_s,
    struct arena *a, struct audit *out, struct err *e) MU_MUST_CHECK;

/** audit_check(d, id): the check ${id}, or NULL where it is a user's own. */
const struct check *audit_check(const struct audit *d, struct str id);

/** audit_title(d, id): the title of the check ${id}, or the id. */
struct str audit_title(const struct audit *d, struct str id);

/** audit_remedy(d, id): what to do, by the check ${id}; or "". */
struct str audit_remedy(const struct audit *d, struct str id);

/**
 * audit_finding(d, identity, i):
 * Open finding ${i}, worst first, of the identity's row ${identity}, or NULL.
 */
const struct read_finding *
audit_finding(const struct audit *d, int64_t identity, size_t i);

/** audit_counted(d): certificates that were seen and not listed. */
int64_t audit_counted(const struct audit *d);

/** audit_files(d): how many files were read, by the coverage. */
int64_t audit_files(const struct audit *d);

/** audit_places(d, state): how many places are in ${state}. */
int64_t audit_places(const struct audit *d, enum cover_state state);

/** audit_gaps(d, reason): how many gaps have ${reason}. */
int64_t audit_gaps(const struct audit *d, enum gap_reason reason);

/** audit_as_root(d): whether each asset was last read by root. */
bool audit_as_root(const struct audit *d);

/** audit_open(d): how many open findings there are. */
int64_t audit_open(const struct audit *d);

/**
 * audit_table(d, t, e):
 * Fill ${t} with all open findings, a row each, for csv, ndjson and the page.
 *
 * Errors: MU_ELIMIT.
 */
int audit_table(const struct audit *d, struct table *t,
    struct err *e) MU_MUST_CHECK;

#endif
