/*
 * store/settle.h: what a whole run did not see any more, and what it spoke of
 * and never described.
 *
 * What could not be looked at is not gone: docs/formats/store.md, "Gone".
 *
 * Source:   docs/formats/store.md
 * Floor:    store, and private to it.
 */

#ifndef STORE_SETTLE_H
#define STORE_SETTLE_H

#include "store/ingest.h"

/**
 * settle_run(g, e):
 * Mark what the open run would have seen, and did not, as gone; nothing where
 * the run has no end.
 *
 * Errors: db_fail's.
 */
int settle_run(struct ingest *g, struct err *e) MU_MUST_CHECK;

/**
 * settle_hollows(g, e):
 * Turn every reference that no record has filled into a gap.
 *
 * Errors: db_fail's.
 */
int settle_hollows(struct ingest *g, struct err *e) MU_MUST_CHECK;

#endif
