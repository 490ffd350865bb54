/*
 * decode/sudogrant.h: the grants of all rules of sudoers, until it is known
 * what later rules make of them.
 *
 * Of several rules that match, sudo takes the last one. A later rule for all
 * commands therefore decides of a password, and "!ALL" ends what earlier rules
 * allow; both only where it surely holds for this host and these accounts.
 *
 * Source:   sudoers(5), "SUDOERS FILE FORMAT".
 * Floor:    decode. Pure.
 * Memory:   the list's own; texts are borrowed.
 * Fuzz:     fuzz/sudoers_fuzz.c
 */

#ifndef DECODE_SUDOGRANT_H
#define DECODE_SUDOGRANT_H

#include "base/vec.h"
#include "decode/sudoload.h"

/* Most grants of sudoers and what it includes. */
#define SUDOGRANT_MAX 100000

struct sudogrant {
	const struct account *from;
	struct str to;
	const struct sudoload_line *line;
	enum capability capability; /* none: "!ALL" alone */
	enum tri limited;
	bool open;    /* no password is asked */
	bool decides; /* it is surely for all commands */
	bool wipes;   /* "!ALL": nothing that earlier rules say is left */
};

struct sudogrants {
	VEC(struct sudogrant) list;
};

/** sudogrant_free(g): give the list back. */
void sudogrant_free(struct sudogrants *g);

/**
 * sudogrant_add(g, one, e):
 * Add a grant, in the order of the rules.
 *
 * Errors: MU_ELIMIT (SUDOGRANT_MAX).
 */
int sudogrant_add(struct sudogrants *g, const struct sudogrant *one,
    struct err *e) MU_MUST_CHECK;

/**
 * sudogrant_put(g, load, e):
 * Put what later rules leave of each grant, at the line of ${load} where it
 * stands.
 *
 * Errors: MU_ELIMIT (the job is full); the sink's.
 */
int sudogrant_put(struct sudogrants *g, const struct sudoload *load,
    struct err *e) MU_MUST_CHECK;

#endif
