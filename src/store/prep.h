/*
 * store/prep.h: a statement that runs for every record: looked up by its text
 * once, and bound where a cell is not what it was for the record before.
 *
 * Floor:    store, and private to it.
 * Memory:   the statement is the store's; texts are borrowed until it ran.
 */

#ifndef STORE_PREP_H
#define STORE_PREP_H

#include "store/db.h"

/* Most cells that are bound to one. */
#define PREP_CELLS_MAX 56

struct prep {
	sqlite3_stmt *st; /* NULL until it is used */
	struct store_cell bound[PREP_CELLS_MAX];
};

/**
 * prep_get(s, sql, p, e):
 * Make ${p} the statement ${sql}, zero-ended, if it is not yet. Nobody else
 * may bind anything to it.
 *
 * Errors: db_stmt's.
 */
int prep_get(struct store *s, const struct buf *sql, struct prep *p,
    struct err *e) MU_MUST_CHECK;

/** prep_auto(p): for AUTO(prep): ready for the next; what was bound stays. */
void prep_auto(struct prep **p);

/** prep_cell(p, at, c): bind ${c} to place ${at}, from 1. */
void prep_cell(struct prep *p, int at, const struct store_cell *c);

/** prep_int(p, at, v): bind a number. */
void prep_int(struct prep *p, int at, int64_t v);

/** prep_text(p, at, v): bind a text. */
void prep_text(struct prep *p, int at, struct str v);

#endif
