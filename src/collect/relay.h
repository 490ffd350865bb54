/*
 * collect/relay.h: what leaves the collector: the lines of readers, held
 * against what a reader may say, and what its parent says itself.
 *
 * Source:   docs/formats/observation.md
 * Floor:    collect.
 */

#ifndef COLLECT_RELAY_H
#define COLLECT_RELAY_H

#include "collect/atlas.h"
#include "collect/board.h"
#include "collect/collect.h"
#include "decode/json.h"

struct relay {
	const struct collect_opts *o;
	struct sink *out;
	struct json *json;
	struct arena *line; /* of one record; reset by relay_line() */
	struct arena *keep; /* of the whole run */
	struct str asset;   /* its key, once a reader has said it */
	int64_t gaps;
	bool live;   /* a witness takes part */
	bool failed; /* the sink refused: go no further */
};

/** relay_init(s, o, out): a stream to ${out}; both are borrowed. */
void
relay_init(struct relay *s, const struct collect_opts *o, struct sink *out);

/** relay_free(s): give all back. */
void relay_free(struct relay *s);

/**
 * relay_line(s, line, e):
 * Take one line of a reader. The first asset opens the stream with its run
 * record; a line that is no record, or none that a reader may say, becomes a
 * gap.
 *
 * Errors: the sink's; MU_ELIMIT.
 */
int relay_line(struct relay *s, struct str line, struct err *e) MU_MUST_CHECK;

/**
 * relay_gap(s, why, place, locator, text, e):
 * A gap in the parent's own words. What is no UTF-8 in ${locator} is made so,
 * as in a reader's line.
 *
 * Errors: the sink's; MU_ELIMIT.
 */
int relay_gap(struct relay *s, enum gap_reason why, struct str place,
    struct str locator, const char *text, struct err *e) MU_MUST_CHECK;

/**
 * relay_coverage(s, atlas, counts, e):
 * One coverage record a place, by what readers counted: ${counts} has one a
 * place.
 *
 * Errors: the sink's.
 */
int relay_coverage(struct relay *s, const struct atlas *atlas,
    const struct board_count *counts, struct err *e) MU_MUST_CHECK;

/** relay_end(s, e): the end record. Errors: the sink's. */
int relay_end(struct relay *s, struct err *e) MU_MUST_CHECK;

#endif
