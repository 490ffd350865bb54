/*
 * assess/merge.h: the life of findings: open, fixed, reopened.
 *
 * Source:   docs/formats/check.md, "What becomes of the rows".
 * Floor:    assess, and private to it.
 */

#ifndef ASSESS_MERGE_H
#define ASSESS_MERGE_H

#include "assess/work.h"

/* A finding that the store holds already. */
struct merge_old {
	int64_t id, fixed_at;
	size_t check, identity, asset; /* each may be WORK_NONE */
	bool was_fixed, accepted;
	bool found; /* again, in this run */
	enum severity severity;
};

struct merge {
	struct work *w;
	VEC(struct merge_old) old;
	struct map *by_fid; /* index of old */
	int64_t opened, reopened, fixed, open;
	int64_t by_severity[SEVS];
};

/**
 * merge_load(m, e):
 * Read the findings of the store into ${m}, whose first member is set and the
 * others zero, and mark the identities of those that stay open without being
 * found again: their check could not look.
 *
 * Errors: MU_EFORMAT (a finding that makes no sense), MU_ELIMIT; the store's.
 */
int merge_load(struct merge *m, struct err *e) MU_MUST_CHECK;

/**
 * merge_write(m, e):
 * Write what was found, with its severity, and what is fixed; count both.
 *
 * Errors: the store's.
 */
int merge_write(struct merge *m, struct err *e) MU_MUST_CHECK;

/** merge_free(m): give its memory back. */
void merge_free(struct merge *m);

#endif
