/*
 * collect/logspan.h: how far back the logs of a place reach.
 *
 * Floor:    collect. Pure.
 */

#ifndef COLLECT_LOGSPAN_H
#define COLLECT_LOGSPAN_H

#include <stdint.h>

#include "base/clock.h"

/* Most files of logs that one reader tells of. */
#define LOGSPAN_MAX 64

/* A log says something of no use when it reaches back so far, has no longer
 * hole, and ends no longer ago than that. Even a quiet machine logs its jobs. */
#define LOGSPAN_DAYS     90
#define LOGSPAN_GAP_DAYS 7

struct logspan {
	uint32_t place;       /* row of the atlas */
	int64_t from_s, to_s; /* first and last line of a file */
	bool heard;           /* it tells of a sign-in */
};

/**
 * logspan_lack(v, n, now_s):
 * Why the ${n} spans ${v} (of one place; they are sorted here) are no evidence
 * at ${now_s} that something was not used, as a sentence; NULL where they are.
 */
const char *logspan_lack(struct logspan *v, size_t n, int64_t now_s);

#endif
