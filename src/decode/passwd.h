/*
 * decode/passwd.h: the accounts of a machine, as identities.
 *
 * Source:   passwd(5); docs/formats/observation.md, "Person or service".
 * Floor:    decode. Pure.
 * Memory:   in the job.
 * Secrets:  a hash that stands in passwd itself is named by its method alone.
 * Fuzz:     fuzz/passwd_fuzz.c
 */

#ifndef DECODE_PASSWD_H
#define DECODE_PASSWD_H

#include "decode/decode.h"

/* The decoder "passwd". */
extern const struct decoder decode_passwd;

#endif
