/*
 * store/resolve.h: two keys found to be one, authorities found by their key,
 * and identities that are mere context.
 *
 * Each of these depends on the rows alone: the same rows, the same result.
 *
 * Source:   docs/formats/store.md, "Joining" and "Context".
 * Floor:    store, and private to it.
 */

#ifndef STORE_RESOLVE_H
#define STORE_RESOLVE_H

#include "store/ingest.h"

/**
 * resolve_authorities(g, e):
 * Make an identity of every certificate authority whose private key is here,
 * and link its certificates.
 *
 * Errors: db_fail's.
 */
int resolve_authorities(struct ingest *g, struct err *e) MU_MUST_CHECK;

/**
 * resolve_uses(g, e):
 * Give what logs told of an SSH key by its fingerprint to every credential that
 * has it: the later of its own last use and theirs.
 *
 * Errors: db_fail's.
 */
int resolve_uses(struct ingest *g, struct err *e) MU_MUST_CHECK;

/**
 * resolve_run(g, e):
 * Bring same_as and derived of all identities up to date.
 *
 * Errors: db_fail's; MU_ELIMIT.
 */
int resolve_run(struct ingest *g, struct err *e) MU_MUST_CHECK;

#endif
