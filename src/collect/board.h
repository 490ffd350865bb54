/*
 * collect/board.h: a page of memory that a reader writes and its parent reads:
 * where the reader is, and what it has counted. It outlives the reader, and the
 * next one goes on with it.
 *
 * The parent takes nothing on it for true that could do harm: a path is cut to
 * its room, a place is held against the number of places.
 *
 * Floor:    collect.
 */

#ifndef COLLECT_BOARD_H
#define COLLECT_BOARD_H

#include <stdatomic.h>

#include "base/mem.h"
#include "base/str.h"
#include "collect/logspan.h"
#include "collect/walk.h"

#define BOARD_NO_PLACE UINT32_MAX

struct board_count {
	_Atomic uint32_t files;   /* read by its decoder to the end */
	_Atomic uint32_t gaps;    /* of its files, or in them */
	_Atomic uint32_t counted; /* seen, and not listed */
	_Atomic bool hidden;      /* a directory where it may lie is unread */
};

struct board {
	_Atomic uint64_t begun; /* grows with each path: odd while it changes */
	_Atomic uint64_t files, dirs;
	_Atomic uint32_t roots; /* not 0: a reader died while it learnt them */
	_Atomic uint32_t place; /* being decoded, or BOARD_NO_PLACE */
	_Atomic uint32_t path_n;
	char path[WALK_PATH_MAX];
	_Atomic uint32_t n_spans;
	struct logspan spans[LOGSPAN_MAX];
	struct board_count counts[]; /* one a row of the atlas */
};

/** board_bytes(n): of a board for ${n} places. */
static inline size_t
board_bytes(size_t n)
{

	return sizeof(struct board) + n * sizeof(struct board_count);
}

/** board_begin(b, path): the reader comes to ${path}. */
static inline void
board_begin(struct board *b, struct str path)
{

	b->begun++;
	b->place = BOARD_NO_PLACE;
	mem_copy(b->path, sizeof(b->path), path.p, path.n);
	b->path_n = (uint32_t)path.n;
	b->begun++;
}

/**
 * board_path(b, out):
 * Copy the path that ${b} names into ${out} and return it; what has changed
 * meanwhile makes it "".
 */
static inline struct str
board_path(const struct board *b, char out[WALK_PATH_MAX])
{
	uint64_t begun = b->begun;
	size_t n = b->path_n;

	if (n > WALK_PATH_MAX)
		n = WALK_PATH_MAX;
	mem_copy(out, WALK_PATH_MAX, b->path, n);
	atomic_thread_fence(memory_order_acquire);
	if ((begun & 1) != 0 || begun != b->begun)
		n = 0;
	return str_of(out, n);
}

#endif
