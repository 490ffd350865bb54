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

/* The decoder "sudoers". */
extern const struct decoder decode_sudoers;

#endif
