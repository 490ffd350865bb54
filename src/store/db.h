/*
 * store/db.h: SQLite with our errors: statements are kept, texts are bound.
 *
 * Source:   https://www.sqlite.org/c3ref/intro.html (3.40)
 * Floor:    store, and private to it.
 * Memory:   statements belong to the store; AUTO(db_use) gives one back after
 *           use and never frees it.
 */

#ifndef STORE_DB_H
#define STORE_DB_H

#include <sqlite3.h>

#include "base/map.h"
#include "base/vec.h"
#include "store/store.h"

/* How long a writer waits for another one, milliseconds. */
#define DB_BUSY_MS 5000

/* Longest text or row that a statement may make, bytes. */
#define DB_LENGTH_MAX (8 << 20)

/* Most statements kept: the text of none is made from data. */
#define DB_KEPT_MAX 512

/* Tables that hand out ids; the nouns are the first five of them. */
enum db_table {
	DB_IDENTITIES,
	DB_CREDENTIALS,
	DB_SIGHTINGS,
	DB_GRANTS,
	DB_EDGES,
	DB_ASSETS,
	DB_RUNS,
	DB_COVERAGE,
	DB_GAPS,
	DB_CHANGES,
	DB_FINDINGS,
	DB_TABLES,
};

struct ingest;

struct store {
	sqlite3 *db;
	struct buf path;   /* zero-ended */
	struct map *known; /* SQL text to an index of kept */
	VEC(sqlite3_stmt *) kept;
	int64_t next[DB_TABLES]; /* next id; 0: not asked yet */
	bool writing;            /* a transaction of ours is open */
	struct ingest *ingest;   /* between store_begin and its end */
};

/** db_use_auto(st): give a statement back to the store. */
void db_use_auto(sqlite3_stmt **st);

/** db_close(s): end all statements and close the file. */
void db_close(struct store *s);

/**
 * db_fail(s, rc, e, what):
 * Fill ${e} from SQLite's result ${rc}, with ${what} in front, and return it.
 */
int db_fail(const struct store *s, int rc, struct err *e, const char *what);

/**
 * db_stmt(s, sql, out, e):
 * The statement of ${sql}, ready to bind, in ${out}; kept for the next time.
 *
 * Errors: db_fail's; MU_ELIMIT (DB_KEPT_MAX).
 */
int db_stmt(struct store *s, const char *sql, sqlite3_stmt **out,
    struct err *e) MU_MUST_CHECK;

/** db_int(st, at, v): bind a number to place ${at}; REC_NO_INT is NULL. */
void db_int(sqlite3_stmt *st, int at, int64_t v);

/** db_text(st, at, v): bind a text, borrowed until the statement is reset. */
void db_text(sqlite3_stmt *st, int at, struct str v);

/** db_cell(st, at, c): bind what ${c} holds. */
void db_cell(sqlite3_stmt *st, int at, const struct store_cell *c);

/**
 * db_step(s, st, e):
 * 1 with a row, 0 at the end.
 *
 * Errors: db_fail's.
 */
int db_step(struct store *s, sqlite3_stmt *st, struct err *e) MU_MUST_CHECK;

/** db_run(s, st, e): step to the end. Errors: db_fail's. */
int db_run(struct store *s, sqlite3_stmt *st, struct err *e) MU_MUST_CHECK;

/** db_exec(s, sql, e): run statements without rows. Errors: db_fail's. */
int db_exec(struct store *s, const char *sql, struct err *e) MU_MUST_CHECK;

/** db_rollback(s): end the open transaction, if there is one. */
void db_rollback(struct store *s);

/**
 * db_ints(s, sql, v, n, e):
 * Run ${sql} with the ${n} numbers ${v} bound in order.
 *
 * Errors: db_fail's.
 */
int db_ints(struct store *s, const char *sql, const int64_t *v, size_t n,
    struct err *e) MU_MUST_CHECK;

/**
 * db_one(s, sql, v, n, out, e):
 * Run ${sql} with the ${n} numbers ${v} bound, and put the first column of its
 * first row into ${out}: REC_NO_INT for NULL or no row.
 *
 * Errors: db_fail's.
 */
int db_one(struct store *s, const char *sql, const int64_t *v, size_t n,
    int64_t *out, struct err *e) MU_MUST_CHECK;

/** db_get_int(st, at): column ${at}; REC_NO_INT for NULL. */
int64_t db_get_int(sqlite3_stmt *st, int at);

/** db_get_str(st, at): column ${at}, borrowed until the next step; NULL is "".*/
struct str db_get_str(sqlite3_stmt *st, int at);

/** db_get_cell(st, at): column ${at} as a cell, its text borrowed likewise. */
struct store_cell db_get_cell(sqlite3_stmt *st, int at);

/**
 * db_next(s, table, id, e):
 * Put a new id of ${table} into ${id}.
 *
 * Errors: db_fail's.
 */
int db_next(struct store *s, enum db_table table, int64_t *id,
    struct err *e) MU_MUST_CHECK;

/** db_forget_ids(s): ask for the greatest ids again: others may have written. */
void db_forget_ids(struct store *s);

/** db_table_name(table): its name in SQL. */
const char *db_table_name(enum db_table table);

#endif
