/*
 * base/clock.h: times are int64_t seconds since 1970, UTC, and nothing else.
 *
 * Source:   proleptic Gregorian calendar; RFC 3339 for text.
 * Floor:    base.
 */

#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/buf.h"

/* "No such time." */
#define CLOCK_NONE INT64_MIN

struct clock_utc {
	int64_t year;
	unsigned month, day, hour, minute, second; /* month and day from 1 */
};

/** clock_now_s(): the wall clock, seconds. */
int64_t clock_now_s(void);

/** clock_mono_ms(): a clock that only goes forward, milliseconds. */
int64_t clock_mono_ms(void);

/** clock_split(at_s): the calendar of ${at_s}. */
struct clock_utc clock_split(int64_t at_s);

/** clock_join(u): the seconds of a calendar date, fields as given. */
int64_t clock_join(const struct clock_utc *u);

/** clock_day(b, at_s): append "2026-11-21"; "-" for CLOCK_NONE. */
void clock_day(struct buf *b, int64_t at_s);

/** clock_stamp(b, at_s): append "2026-11-21T22:50:34Z". */
void clock_stamp(struct buf *b, int64_t at_s);

/**
 * clock_parse(s, at_s):
 * Read "2026-11-21", "2026-11-21T22:50:34Z" or "@SECONDS" into ${at_s};
 * false, and nothing changed, where it is none of these or no real date.
 */
bool clock_parse(struct str s, int64_t *at_s);

#endif
