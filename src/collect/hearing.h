/*
 * collect/hearing.h: what becomes of a testimony: a second short-lived process
 * in the reader's sandbox decodes it, and its records go the way of a reader's.
 *
 * Source:   docs/threat-model.md, docs/formats/testimony.md
 * Floor:    collect.
 */

#ifndef COLLECT_HEARING_H
#define COLLECT_HEARING_H

#include "collect/relay.h"
#include "collect/witness.h"

/* Time that the decoding of a testimony may take, ms. */
#define HEARING_MS 5000

struct hearing {
	int root; /* directory */
	const struct atlas *atlas;
	struct relay *relay;
	struct board_count *counts; /* one a row of the atlas */
};

/**
 * hearing_is_live(root):
 * Whether the directory ${root} is the running system's own "/", so that a
 * witness speaks of the machine whose files are read.
 */
bool hearing_is_live(int root);

/**
 * hearing_run(h, w, e):
 * Wait for the witness, decode what it wrote and hand the records to
 * ${h}->relay. A witness or a decoding that dies or takes too long costs one
 * gap, and what was said until then is kept.
 *
 * Errors: the sink's; MU_ESYSTEM.
 */
int hearing_run(const struct hearing *h, struct witness *w,
    struct err *e) MU_MUST_CHECK;

#endif
