/*
 * store/noun.h: the five nouns with a history, as tables of columns.
 *
 * What a run says of a thing is a row of cells; how two sayings are merged and
 * what counts as a change stand in the table, so that one piece of code takes
 * in identities, credentials, sightings, grants and edges.
 *
 * Source:   docs/formats/store.md, "Merging".
 * Floor:    store, and private to it.
 */

#ifndef STORE_NOUN_H
#define STORE_NOUN_H

#include "store/db.h"

/* Most columns of a noun that come from a record. */
#define NOUN_COLUMNS_MAX 40

enum noun {
	NOUN_IDENTITY,
	NOUN_CREDENTIAL,
	NOUN_SIGHTING,
	NOUN_GRANT,
	NOUN_EDGE,
	NOUNS,
};

/* Which of two sayings of one run stays; what a later run may change. */
enum noun_merge {
	MERGE_FIRST,  /* the first that is not empty; a later run replaces it */
	MERGE_KEEP,   /* the same, and nothing never replaces something */
	MERGE_MOST,   /* yes before no before unknown; unknown replaces none */
	MERGE_LEAST,  /* no before yes before unknown; the same */
	MERGE_BOTH,   /* stays only where both say something */
	MERGE_KIND,   /* an identity's kind: the more specific */
	MERGE_NAME,   /* an identity's name: goes with its kind */
	MERGE_EARLY,  /* a time: better evidence, then the earlier; the column
		      * after it is the evidence, MERGE_WITH */
	MERGE_LATE,   /* a time: better evidence, then the later */
	MERGE_LATEST, /* a time: the latest of all runs */
	MERGE_WITH,
};

struct noun_column {
	const char *name;
	enum noun_merge merge;
	bool quiet; /* a difference is stored, but is no change */
};

struct noun_def {
	const char *word; /* in the history */
	enum db_table table;
	const struct noun_column *columns;
	size_t n, n_key; /* the first n_key columns are the unique key */
	const char *own; /* columns that the store fills in, ", a, b" */
	size_t n_own;
};

extern const struct noun_def noun_defs[NOUNS];

/* The statements of one noun, as text. */
struct noun_sql {
	struct buf insert; /* id, columns, run_id, first_seen, last_seen, own */
	struct buf select; /* by key: id, run_id, gone_at, columns */
	struct buf by_id;  /* the same by id */
	struct buf update; /* columns after the key, run_id, last_seen, id */
	struct buf touch;  /* run_id, last_seen, id */
};

/** noun_sql_make(noun, sql): write the statements of ${noun}. */
void noun_sql_make(enum noun noun, struct noun_sql *sql);

/** noun_sql_free(sql): give the texts back. */
void noun_sql_free(struct noun_sql *sql);

/** noun_cell_eq(a, b): whether two cells hold the same. */
bool noun_cell_eq(const struct store_cell *a, const struct store_cell *b);

/**
 * noun_merge(noun, old, new, same_run, out):
 * Merge what is stored, ${old}, with what a record says, ${new}, into ${out},
 * which borrows from both. ${same_run}: ${old} was written by this run too.
 */
void noun_merge(enum noun noun, const struct store_cell *old,
    const struct store_cell *new, bool same_run, struct store_cell *out);

/** noun_changed(noun, at, old, new): whether column ${at} is a change. */
bool noun_changed(enum noun noun, size_t at, const struct store_cell *old,
    const struct store_cell *new);

#endif
