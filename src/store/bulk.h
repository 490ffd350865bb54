/*
 * store/bulk.h: the first rows of an empty register.
 *
 * An index costs a search and often a page for every row that goes in. While
 * all rows are of one run, a table of hashes in memory finds them too: so the
 * indices of the nouns are dropped when a run finds their tables empty, and
 * made again, from sorted rows, before anything asks them. It all happens in the
 * transaction of the import: a process that is killed leaves them as they were.
 *
 * Source:   docs/formats/store.md, "The first import".
 * Floor:    store, and private to it.
 * Memory:   16 bytes a slot; when BULK_SLOTS_MAX of them are three quarters
 *           full, the indices are made and the table is given back.
 */

#ifndef STORE_BULK_H
#define STORE_BULK_H

#include "store/noun.h"

/* Most slots: 32 MiB. */
#define BULK_SLOTS_MAX ((size_t)1 << 21)

struct bulk;

/** bulk_free(b): NULL is allowed; the indices stay as they are. */
void bulk_free(struct bulk *b);

/**
 * bulk_begin(s, slots_max, out, e):
 * Drop the indices of the nouns' tables, which are empty, in ${s}'s open
 * transaction; ${out} is owned by the caller (bulk_free) and has at most
 * ${slots_max} slots, a power of two.
 *
 * Errors: db_fail's.
 */
int bulk_begin(struct store *s, size_t slots_max, struct bulk **out,
    struct err *e) MU_MUST_CHECK;

/**
 * bulk_end(s, b, e):
 * Make the indices again, as they were; nothing to do where ${b} is NULL. The
 * caller still frees ${b}.
 *
 * Errors: db_fail's.
 */
int
bulk_end(struct store *s, const struct bulk *b, struct err *e) MU_MUST_CHECK;

/** bulk_hash(noun, key): of the cells ${key} that are the key of a row. */
uint64_t bulk_hash(enum noun noun, const struct store_cell *key);

/**
 * bulk_find(b, hash, at, id):
 * Step through the rows with ${hash}, nearly always one: start with *${at} = 0,
 * go on while it returns true.
 */
bool bulk_find(const struct bulk *b, uint64_t hash, size_t *at, int64_t *id);

/** bulk_add(b, hash, id): false when there is no room left. */
bool bulk_add(struct bulk *b, uint64_t hash, int64_t id) MU_MUST_CHECK;

#endif
