#include "collect/claims.h"

#include "base/map.h"

/* Rows tried for one directory, one after the other. */
#define TRIES 16

/* A row: the hash, who has it, whether it is spent, and that it is taken. */
#define TAKEN  UINT64_C(1)
#define SPENT  UINT64_C(2)
#define READER 2 /* its lowest bit */
#define HASH   (~UINT64_C(15))

static enum claims_who
who(uint64_t row, unsigned reader)
{

	if ((row >> READER & 3) == reader)
		return CLAIMS_MINE;
	return (row & SPENT) != 0 ? CLAIMS_SPENT : CLAIMS_THEIRS;
}

/*
 * Rows are taken and never given back, each directory's in the same order: who
 * finds all of them taken by others knows that nobody has it or will.
 */
enum claims_who
claims_take(struct claims *c, struct str path, unsigned reader, bool up,
    size_t *at)
{
	uint64_t hash = map_hash(path), want, row;
	size_t i;

	want = (hash & HASH) | (uint64_t)reader << READER | TAKEN;
	for (i = 0; i < TRIES; i++) {
		*at = (hash + i) % CLAIMS_ROWS;
		row = 0;
		if (atomic_compare_exchange_strong(&c->rows[*at], &row, want))
			return CLAIMS_MINE;
		if ((row & HASH) == (hash & HASH))
			return who(row, reader);
	}
	*at = CLAIMS_NOWHERE;
	return up ? CLAIMS_MINE : CLAIMS_SPENT;
}

void
claims_spent(struct claims *c, size_t at)
{

	if (at < CLAIMS_ROWS)
		(void)atomic_fetch_or(&c->rows[at], SPENT);
}
