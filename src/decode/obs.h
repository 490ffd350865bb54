/*
 * decode/obs.h: one line of muster.observation/1, from bytes to a record.
 *
 * The exact inverse of rec_write(). It is the one foreign format that the
 * engine reads, so nothing is guessed: a line is right in every member that
 * Muster knows, or it is refused with the member's name.
 *
 * Source:   docs/formats/observation.md
 * Floor:    decode. Pure.
 * Memory:   everything in the record lives in the arena given.
 * Fuzz:     fuzz/obs_fuzz.c
 */

#ifndef DECODE_OBS_H
#define DECODE_OBS_H

#include "decode/json.h"
#include "model/rec.h"

/* Longest key (contracts of keys: docs/formats/observation.md), bytes. */
#define OBS_KEY_MAX 8192

/* Longest other text of a record, bytes. */
#define OBS_TEXT_MAX 65536

/* Most members of one record that are not known here. */
#define OBS_EXTRA_MAX 64

/* First and last time that a record can hold: years 1 and 9999. */
#define OBS_TIME_MIN INT64_C(-62135596800)
#define OBS_TIME_MAX INT64_C(253402300799)

/* Largest count: what every reader of JSON holds exactly. */
#define OBS_COUNT_MAX INT64_C(9007199254740991)

/**
 * obs_read(p, line, a, out, e):
 * Read ${line}, with or without its LF, into ${out}. Members that are not known
 * go to ${out}->extra as they stand. ${p} is a parser with a cap of at least
 * REC_LINE_MAX; it is used and can serve any number of lines.
 *
 * Errors: MU_EUNSUPPORTED (a type or a schema that is not known), MU_EFORMAT (a
 * member is missing, twice there or wrong: its name is in the text; or no
 * JSON), MU_ELIMIT (longer than REC_LINE_MAX, more than OBS_EXTRA_MAX unknown
 * members, a text beyond its cap, or the arena is full).
 */
int obs_read(struct json *p, struct str line, struct arena *a, struct rec *out,
    struct err *e) MU_MUST_CHECK;

#endif
