/*
 * collect/board.h: a page of memory that the reader writes and its parent
 * reads: where the reader is, and what it has counted. It outlives the reader.
 *
 * The parent takes nothing on it for true that could do harm: a path is cut to
 * its room, a place is held against the number of places.
 *
 * Floor:    collect.
 */

#ifndef COLLECT_BOARD_H
#define COLLECT_BOARD_H

#include <stdatomic.h>

#include "base/str.h"
#include "collect/walk.h"

#define BOARD_NO_PLACE UINT32_MAX

struct board_count {
	_Atomic uint32_t files; /* read by its decoder to the end */
	_Atomic uint32_t gaps;  /* of its files, or in them */
	_Atomic bool hidden;    /* a directory where it may lie is unread */
};

struct board {
	_Atomic uint64_t begun; /* grows with each path */
	_Atomic uint64_t files, dirs;
	_Atomic uint32_t place; /* being decoded, or BOARD_NO_PLACE */
	_Atomic uint32_t path_n;
	char path[WALK_PATH_MAX];
	struct board_count counts[]; /* one a row of the atlas */
};

#endif
