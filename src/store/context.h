/*
 * store/context.h: which identities are no finding, because all that tells of
 * them is a package's own file, a sample, or the like.
 *
 * Source:   docs/formats/store.md, "Context".
 * Floor:    store, and private to it.
 */

#ifndef STORE_CONTEXT_H
#define STORE_CONTEXT_H

#include "store/ingest.h"

/**
 * context_run(g, e):
 * Bring `derived` of all identities up to date.
 *
 * Errors: db_fail's; MU_ELIMIT.
 */
int context_run(struct ingest *g, struct err *e) MU_MUST_CHECK;

#endif
