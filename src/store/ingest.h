/*
 * store/ingest.h: take a stream of records in.
 *
 * A record is merged into its row as it comes; what it refers to and is not
 * there yet is a hollow row, a row without a kind, which the record fills or which
 * the end of the stream turns into a gap. What is gone, joined and changed is
 * decided when the stream is over (settle.h, resolve.h).
 *
 * Source:   docs/formats/store.md; docs/formats/observation.md.
 * Floor:    store, and private to it.
 * Memory:   bounded by what differs from the store, not by what is seen; the
 *           caches of ids have a fixed size.
 */

#ifndef STORE_INGEST_H
#define STORE_INGEST_H

#include "store/bulk.h"
#include "store/prep.h"

/* Slots of the cache from a key's hash to its row. */
#define INGEST_CACHE_SLOTS 16384

/* Longest key that is remembered as the last. */
#define INGEST_LAST_MAX 192

/* Most bytes of one record's cells, and of all rows that differ. */
#define INGEST_RECORD_MAX (4u * REC_LINE_MAX)
#define INGEST_KEEP_MAX   ((size_t)1 << 30)

/* What a row was before this transaction touched it. */
struct ingest_old {
	enum noun noun;
	int64_t id, run_id;       /* the run that changed it */
	struct store_cell *cells; /* in keep */
};

struct ingest_slot {
	uint64_t hash;
	int64_t id; /* 0: free */
};

/* The key that was named last, which is often named again at once. */
struct ingest_last {
	char key[INGEST_LAST_MAX];
	size_t n;
	int64_t id; /* 0: none */
};

/* The run that is being taken in. */
struct ingest_run {
	bool open, ended, baseline, ephemeral;
	bool blind; /* something was not read that could have been */
	bool alone; /* it found no row of any noun */
	int64_t id, asset_id, at;
	int64_t first[NOUNS]; /* rows with this id or above are of this run */
	struct buf asset;     /* its key */
	struct buf sources;   /* what took part in it */
	char name[64];      /* its own id, cut to fit: part of ephemeral keys */
	struct map *covers; /* place to state and, above 8 bits, its gaps */
	struct map *gaps;   /* 'p' and place, 'l' and path: how many */
};

struct ingest {
	struct sink sink; /* first: the sink is the ingest */
	struct store *s;
	struct arena *job;  /* of one record */
	struct arena *keep; /* of the transaction */
	struct noun_sql sql[NOUNS];
	struct {
		struct prep insert, select, by_id, update, touch;
	} st[NOUNS];
	struct bulk *bulk; /* finds the rows while the indices are dropped */
	size_t bulk_max;   /* most slots of it; tests have fewer */
	uint64_t hash;     /* of the row looked for last, with bulk */
	struct ingest_last last[NOUN_CREDENTIAL + 1];
	struct ingest_slot *cache[NOUNS]; /* identities and credentials */
	struct ingest_run run;
	int64_t first_run; /* of this transaction; 0: none yet */
	VEC(struct ingest_old) olds;
	struct map *old_ids; /* noun and id of what is in olds */
	int64_t hollows;     /* rows that no record has filled yet */
	bool touched;        /* something is new, gone, back or changed */
	struct store_delta delta;
};

/** ingest_free(g): NULL is allowed. */
void ingest_free(struct ingest *g);

/** ingest_new(s): ready for a stream, in ${s}'s open transaction; owned by the
 * caller (ingest_free). */
struct ingest *ingest_new(struct store *s) MU_OWNED(ingest_free);

/** ingest_sink(g): where the records go. */
struct sink *ingest_sink(struct ingest *g);

/**
 * ingest_end(g, delta, e):
 * Finish the last run; the caller commits.
 *
 * Errors: db_fail's; MU_EFORMAT (no run in the stream).
 */
int ingest_end(struct ingest *g, struct store_delta *delta,
    struct err *e) MU_MUST_CHECK;

/**
 * ingest_finish(g, last, e):
 * Settle and join the run that is open, and write its history; with ${last},
 * no other run follows in the stream.
 *
 * Errors: db_fail's; MU_ELIMIT.
 */
int ingest_finish(struct ingest *g, bool last, struct err *e) MU_MUST_CHECK;

/**
 * ingest_row(g, noun, cells, id, e):
 * Merge one row of ${noun}, as many cells as it has columns, and put its id
 * into ${id}.
 *
 * Errors: db_fail's; MU_ELIMIT.
 */
int ingest_row(struct ingest *g, enum noun noun, const struct store_cell *cells,
    int64_t *id, struct err *e) MU_MUST_CHECK;

/**
 * ingest_hollow(g, noun, cells, id, e):
 * Insert a row that no record has filled yet; its kind is empty.
 *
 * Errors: db_fail's; MU_ELIMIT.
 */
int ingest_hollow(struct ingest *g, enum noun noun,
    const struct store_cell *cells, int64_t *id, struct err *e) MU_MUST_CHECK;

/**
 * ingest_change(g, noun, id, what, field, old, new, e):
 * Write one row of history, unless this run is the baseline.
 *
 * Errors: db_fail's.
 */
int ingest_change(struct ingest *g, enum noun noun, int64_t id,
    const char *what, const char *field, const struct store_cell *old,
    const struct store_cell *new, struct err *e) MU_MUST_CHECK;

/**
 * ingest_gap(g, run_id, asset_id, gap, extra, e):
 * Write one gap.
 *
 * Errors: db_fail's.
 */
int ingest_gap(struct ingest *g, int64_t run_id, int64_t asset_id,
    const struct rec_gap *gap, struct str extra, struct err *e) MU_MUST_CHECK;

/** ingest_passing(key): whether ${key} holds a fingerprint that died with its
 * run, so that nobody can say whether it is new. */
bool ingest_passing(struct str key);

#endif
