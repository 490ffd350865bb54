/*
 * store/store.h: the register: SQLite, one file for one client.
 *
 * Source:   docs/formats/store.md
 * Floor:    store. With checks/, the only place that speaks SQL.
 * Threads:  one store, one thread.
 */

#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "model/rec.h"

struct store;

enum store_mode {
	STORE_READ,   /* must exist; nothing is written */
	STORE_WRITE,  /* made where it is not there; migrated */
	STORE_MEMORY, /* in memory, for --no-save and tests; path unused */
};

/** store_close(s): NULL is allowed. */
void store_close(struct store *s);

/** store_auto(s): for AUTO(store). */
static inline void
store_auto(struct store **s)
{

	store_close(*s);
}

/**
 * store_open(path, mode, out, e):
 * Open the register ${path} in ${out}, owned by the caller (store_close).
 *
 * Errors: MU_ENOTFOUND (STORE_READ alone), MU_EDENIED (no right, or a
 * read-only file), MU_ECONFLICT (made by a newer Muster: the text says
 * "upgrade muster"), MU_ERETRY (another process writes), MU_EFORMAT (no
 * register, or damaged), MU_ESYSTEM (the disk is full, and the like).
 */
int store_open(const char *path, enum store_mode mode, struct store **out,
    struct err *e) MU_MUST_CHECK;

/* What a run changed, by the nouns that people look at. */
struct store_delta {
	bool baseline; /* the first run of its asset: nothing is "new" */
	bool partial;  /* the stream had no end: nothing is "gone" */
	int64_t identities_new, identities_gone, identities_changed;
	int64_t credentials_new, credentials_gone, credentials_changed;
	int64_t sightings_new, sightings_gone, sightings_changed;
};

/**
 * store_begin(s, e):
 * Begin to take in one stream of records, in one transaction; the next calls
 * are store_sink() and store_end().
 *
 * Errors: as store_open.
 */
int store_begin(struct store *s, struct err *e) MU_MUST_CHECK;

/** store_sink(s): the sink for records, between store_begin and store_end. */
struct sink *store_sink(struct store *s);

/**
 * store_end(s, delta, e):
 * Join what is one (same_as), mark what is gone, write the history and commit.
 *
 * Errors: as store_open; the transaction is then rolled back, and the store is
 * what it was before store_begin.
 */
int store_end(struct store *s, struct store_delta *delta,
    struct err *e) MU_MUST_CHECK;

/** store_abort(s): roll back what store_begin() or store_change() began; does
 * nothing where neither did. */
void store_abort(struct store *s);

/* One value of a row or a parameter. */
enum store_kind {
	STORE_NULL,
	STORE_INT,
	STORE_TEXT
};

struct store_cell {
	enum store_kind kind;
	int64_t i;
	struct str s; /* borrowed: valid during the call of the row function */
};

struct store_param {
	const char *name; /* without the colon */
	struct store_cell value;
};

#define STORE_P_INT(n, v) \
	((struct store_param){ (n), { STORE_INT, (v), STR_NONE } })
#define STORE_P_STR(n, v) ((struct store_param){ (n), { STORE_TEXT, 0, (v) } })

/** A row function: below 0 stops the query and is its result. */
typedef int store_row(void *cookie, const struct store_cell *cells, size_t n,
    struct err *e);

/**
 * store_query(s, sql, params, n, row, cookie, e):
 * Run the one statement ${sql} with ${n} named parameters and call ${row} for
 * each row. A parameter that the statement does not name is passed over.
 *
 * Errors: MU_EFORMAT (the statement, with SQLite's words); as store_open; what
 * ${row} returned.
 */
int
store_query(struct store *s, const char *sql, const struct store_param *params,
    size_t n, store_row *row, void *cookie, struct err *e) MU_MUST_CHECK;

/**
 * store_query_guarded(s, sql, params, n, row, cookie, e):
 * store_query() for a statement that a user wrote: it may read the register
 * and nothing else, and has one second.
 *
 * Errors: MU_EDENIED (it is no SELECT, or reaches beyond the register's tables
 * and plain functions), MU_ELIMIT (the second is over); store_query's.
 */
int store_query_guarded(struct store *s, const char *sql,
    const struct store_param *params, size_t n, store_row *row, void *cookie,
    struct err *e) MU_MUST_CHECK;

/**
 * store_change(s, e):
 * Begin a transaction for statements of store_query() that write; it ends by
 * store_commit() or store_abort().
 *
 * Errors: as store_open.
 */
int store_change(struct store *s, struct err *e) MU_MUST_CHECK;

/**
 * store_commit(s, e):
 * Keep what was written since store_change().
 *
 * Errors: as store_open; the transaction is then rolled back.
 */
int store_commit(struct store *s, struct err *e) MU_MUST_CHECK;

/**
 * store_new_id(s, table, id, e):
 * Put an id that no row of ${table} has into ${id}: greater than all that were
 * ever handed out by this ${s}, for a row written in the open transaction.
 *
 * Errors: MU_EFORMAT (no such table); as store_open.
 */
int store_new_id(struct store *s, const char *table, int64_t *id,
    struct err *e) MU_MUST_CHECK;

/**
 * store_check(s, e):
 * Look through the whole file for damage.
 *
 * Errors: MU_EFORMAT (it is damaged; the text says how), as store_open.
 */
int store_check(struct store *s, struct err *e) MU_MUST_CHECK;

/**
 * store_export(s, out, e):
 * Put the whole register to ${out} as one stream for each asset: what
 * `muster import` reads back to the same rows.
 *
 * Errors: the sink's; as store_open.
 */
int
store_export(struct store *s, struct sink *out, struct err *e) MU_MUST_CHECK;

#endif
