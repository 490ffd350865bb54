/*
 * store/record.h: from records to the cells of a noun's row.
 *
 * Source:   docs/formats/observation.md; src/store/migrations.
 * Floor:    store, and private to it.
 * Memory:   cells borrow from the record and from ${g}->job.
 */

#ifndef STORE_RECORD_H
#define STORE_RECORD_H

#include "store/ingest.h"

/**
 * record_put(g, r, e):
 * Take one record in: the body of the sink.
 *
 * Errors: MU_EFORMAT (no run yet), MU_ELIMIT; db_fail's.
 */
int
record_put(struct ingest *g, const struct rec *r, struct err *e) MU_MUST_CHECK;

/**
 * record_noun(g, r, id, e):
 * Take in one identity, credential, sighting, grant or edge; its row is ${id}.
 *
 * Errors: MU_ELIMIT; db_fail's.
 */
int record_noun(struct ingest *g, const struct rec *r, int64_t *id,
    struct err *e) MU_MUST_CHECK;

/**
 * record_clean(g, s, e):
 * Make ${s} a text that every database takes, in ${g}->job where it has to be
 * another one.
 *
 * Errors: MU_ELIMIT.
 */
int record_clean(struct ingest *g, struct str *s, struct err *e) MU_MUST_CHECK;

#endif
