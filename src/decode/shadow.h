/*
 * decode/shadow.h: the passwords of accounts, as credentials.
 *
 * Source:   shadow(5), crypt(5).
 * Floor:    decode. Pure.
 * Memory:   in the job.
 * Secrets:  of a hash only its method is told.
 * Fuzz:     fuzz/shadow_fuzz.c
 */

#ifndef DECODE_SHADOW_H
#define DECODE_SHADOW_H

#include "decode/decode.h"

/* The decoder "shadow". */
extern const struct decoder decode_shadow;

/* What is the same for every password of one file. */
struct shadow {
	const struct decode_in *in;
	struct rec sighting;
};

/**
 * shadow_begin(s, in, e):
 * Make ${s} ready for shadow_put() on the file of ${in}, which is borrowed.
 *
 * Errors: MU_ELIMIT.
 */
int shadow_begin(struct shadow *s, const struct decode_in *in,
    struct err *e) MU_MUST_CHECK;

/**
 * shadow_put(s, account, field, changed, expires, n, e):
 * Put the credential and the sighting of the password field ${field} of the
 * account with the key ${account}, which stands on line ${n}. A field that no
 * password can match puts nothing.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int shadow_put(struct shadow *s, struct str account, struct str field,
    struct when changed, struct when expires, size_t n,
    struct err *e) MU_MUST_CHECK;

#endif
