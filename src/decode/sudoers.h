/*
 * decode/sudoers.h: who may run what as whom, by sudo, as grants.
 *
 * Source:   sudoers(5).
 * Floor:    decode. Pure.
 * Memory:   in the job.
 * Fuzz:     fuzz/sudoers_fuzz.c
 */

#ifndef DECODE_SUDOERS_H
#define DECODE_SUDOERS_H

#include "decode/decode.h"

/* Most grants of sudoers and what it includes. */
#define SUDOERS_GRANTS_MAX 100000

/* The decoder "sudoers". */
extern const struct decoder decode_sudoers;

#endif
