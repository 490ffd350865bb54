/*
 * decode/lines.h: a text file line by line, with numbers, and one gap for each
 * line that makes no sense.
 *
 * Floor:    decode. Pure.
 * Memory:   lines are borrowed from the text.
 * Fuzz:     by each decoder that reads lines.
 */

#ifndef DECODE_LINES_H
#define DECODE_LINES_H

#include "decode/decode.h"

/* Most lines of one file that get a gap each; the rest are counted. */
#define LINES_GAPS_MAX 50

struct lines {
	const struct decode_in *in;
	struct str rest;
	size_t at;   /* number of the line read last, from 1 */
	size_t gaps; /* lines found bad */
};

/** lines_init(l, in): begin with the bytes of ${in}, which is borrowed. */
void lines_init(struct lines *l, const struct decode_in *in);

/** lines_next(l, line): the next line, as str_line(); false at the end. */
bool lines_next(struct lines *l, struct str *line);

/**
 * lines_gap(l, n, reason, words, e):
 * Put a gap for line ${n}, in ${words} that hold no byte of the file; beyond
 * LINES_GAPS_MAX of them only count it.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int lines_gap(struct lines *l, size_t n, enum gap_reason reason,
    const char *words, struct err *e) MU_MUST_CHECK;

/**
 * lines_done(l, e):
 * Put one gap for the lines that lines_gap() only counted, if there are any.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int lines_done(struct lines *l, struct err *e) MU_MUST_CHECK;

#endif
