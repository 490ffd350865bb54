/*
 * collect/claims.h: which reader of a crew takes which directory: a table in
 * memory that all of them share.
 *
 * Readers walk one tree in one order. Each asks for a directory as it comes to
 * it; the first has it: its files and its gaps are that reader's alone. Others
 * may still go in to look for directories below that nobody has yet, until the
 * table says that there are none left.
 *
 * Floor:    collect.
 * Threads:  any process that has it mapped, without locks.
 * Memory:   CLAIMS_BYTES, given by the caller, all zero at first.
 */

#ifndef COLLECT_CLAIMS_H
#define COLLECT_CLAIMS_H

#include <stdatomic.h>

#include "base/str.h"

/* Most readers, as an entry has two bits for them. */
#define CLAIMS_READERS_MAX 4

/* A power of two. Where it gets full, a directory goes with the one above. */
#define CLAIMS_ROWS 131072

#define CLAIMS_BYTES sizeof(struct claims)

/* No row of the table. */
#define CLAIMS_NOWHERE SIZE_MAX

struct claims {
	_Atomic uint64_t rows[CLAIMS_ROWS]; /* 0: free */
};

enum claims_who {
	CLAIMS_MINE,
	CLAIMS_THEIRS, /* but below it something may be free */
	CLAIMS_SPENT,  /* theirs, and all below it */
};

/**
 * claims_take(c, path, reader, up, at):
 * Ask for the directory ${path} for ${reader}, a number below
 * CLAIMS_READERS_MAX; ${up}: the directory above is its own. Asked again, the
 * answer is the same but for CLAIMS_SPENT. ${at} is its row, or CLAIMS_NOWHERE
 * where none is left: then it belongs to the reader of the directory above.
 *
 * A row is 60 bits of a keyed hash: of a million directories two are taken for
 * one with a chance of 1 in 2 million. All processes must have the hash's key:
 * call map_hash() once before the first fork.
 */
enum claims_who claims_take(struct claims *c, struct str path, unsigned reader,
    bool up, size_t *at);

/** claims_spent(c, at): no directory below row ${at} is free any more. */
void claims_spent(struct claims *c, size_t at);

#endif
