/*
 * store/tuple.h: the rows of the nouns, one at a time: found by their key or
 * id, inserted, written and touched.
 *
 * Floor:    store, and private to it.
 * Memory:   cells of a row that was read are borrowed from its statement, which
 *           AUTO(tuple) gives back.
 */

#ifndef STORE_TUPLE_H
#define STORE_TUPLE_H

#include "store/ingest.h"

/* What is stored of one row. */
struct tuple {
	sqlite3_stmt *st; /* that holds the texts */
	int64_t id, run_id, gone_at;
	struct store_cell cells[NOUN_COLUMNS_MAX];
};

/** tuple_auto(t): for AUTO(tuple). */
static inline void
tuple_auto(struct tuple *t)
{

	if (t->st != NULL)
		(void)sqlite3_reset(t->st);
}

/**
 * tuple_find(g, noun, cells, out, e):
 * 1 with the row that has the key of ${cells} in ${out}, 0 where none has.
 *
 * Errors: db_fail's.
 */
int tuple_find(struct ingest *g, enum noun noun, const struct store_cell *cells,
    struct tuple *out, struct err *e) MU_MUST_CHECK;

/** tuple_by_id(g, noun, id, out, e): as tuple_find(), by the id. */
int tuple_by_id(struct ingest *g, enum noun noun, int64_t id, struct tuple *out,
    struct err *e) MU_MUST_CHECK;

/**
 * tuple_insert(g, noun, cells, run_id, id, e):
 * Insert a row whose key is not there, seen by ${run_id}; its id is ${id}.
 *
 * Errors: db_fail's.
 */
int
tuple_insert(struct ingest *g, enum noun noun, const struct store_cell *cells,
    int64_t run_id, int64_t *id, struct err *e) MU_MUST_CHECK;

/**
 * tuple_write(g, noun, cells, id, e):
 * Replace what a row says beside its key; this run saw it.
 *
 * Errors: db_fail's.
 */
int tuple_write(struct ingest *g, enum noun noun,
    const struct store_cell *cells, int64_t id, struct err *e) MU_MUST_CHECK;

/** tuple_touch(g, noun, id, e): this run saw the row. Errors: db_fail's. */
int tuple_touch(struct ingest *g, enum noun noun, int64_t id,
    struct err *e) MU_MUST_CHECK;

/**
 * tuple_ref(g, noun, key, id, e):
 * 1 with the id of the row of ${noun}, an identity or a credential, that has
 * ${key}; 0 where none has.
 *
 * Errors: db_fail's.
 */
int tuple_ref(struct ingest *g, enum noun noun, struct str key, int64_t *id,
    struct err *e) MU_MUST_CHECK;

/** tuple_named(g, noun, key, id): remember whose ${key} is: ${id}'s. */
void tuple_named(struct ingest *g, enum noun noun, struct str key, int64_t id);

/**
 * tuple_index(g, e):
 * Make the indices, where the first rows went in without.
 *
 * Errors: db_fail's.
 */
int tuple_index(struct ingest *g, struct err *e) MU_MUST_CHECK;

#endif
