/*
 * decode/unitfacts.h: what the files of a unit say together: as whom it runs,
 * what confines it, and which of its lists still hold.
 *
 * Of a setting the last assignment counts; an empty one empties a list.
 *
 * Source:   systemd.service(5), systemd.exec(5), systemd.syntax(7).
 * Floor:    decode. Pure.
 * Memory:   texts in the job.
 * Fuzz:     fuzz/unit_fuzz.c
 */

#ifndef DECODE_UNITFACTS_H
#define DECODE_UNITFACTS_H

#include "decode/unitline.h"
#include "decode/unitload.h"

/* Longest text of a unit that is kept, bytes. */
#define UNITFACTS_TEXT_MAX 255

/* Settings that are lists, and can hold secrets. */
enum unitfacts_list {
	UNITFACTS_ENVIRONMENT,
	UNITFACTS_ENVIRONMENT_FILE,
	UNITFACTS_SET_CREDENTIAL,
	UNITFACTS_EXEC_CONDITION,
	UNITFACTS_EXEC_START_PRE,
	UNITFACTS_EXEC_START,
	UNITFACTS_EXEC_START_POST,
	UNITFACTS_EXEC_RELOAD,
	UNITFACTS_EXEC_STOP,
	UNITFACTS_EXEC_STOP_POST,
	UNITFACTS_LISTS,
};

struct unitfacts {
	struct str user, purpose, context;
	bool service; /* a section [Service] is there */
	bool user_set, dynamic;
	bool caps, nonew, strict;   /* what confines */
	bool full[UNITFACTS_LISTS]; /* a command of it runs as root anyway */
	size_t emptied[UNITFACTS_LISTS]; /* number of its last empty line */
};

/* Called for each line of a list that still holds. */
typedef int (*unitfacts_fn)(void *cookie, enum unitfacts_list list,
    const struct decode_in *in, const struct unitline *l, struct err *e);

/**
 * unitfacts_read(l, out, e):
 * Gather ${out} from all files of ${l}.
 *
 * Errors: MU_ELIMIT (a line is too long, the job is full).
 */
int unitfacts_read(const struct unitload *l, struct unitfacts *out,
    struct err *e) MU_MUST_CHECK;

/**
 * unitfacts_each(l, f, fn, cookie, e):
 * Give ${fn} the lines of every list that no later line empties, in order.
 *
 * Errors: of ${fn}; MU_ELIMIT.
 */
int unitfacts_each(const struct unitload *l, const struct unitfacts *f,
    unitfacts_fn fn, void *cookie, struct err *e) MU_MUST_CHECK;

/** unitfacts_account(f, h): the account that it runs as, or NULL. */
const struct account *
unitfacts_account(const struct unitfacts *f, const struct host *h);

#endif
