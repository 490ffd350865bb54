/*
 * decode/der.h: a file that is one certificate, key or bundle in DER, without
 * armour.
 *
 * Many files begin like one: what turns out to be none of them is nothing, and
 * no gap.
 *
 * Source:   X.690; RFC 5280, 5958, 8017, 5915, 2315 for what it may be.
 * Floor:    decode. Pure.
 * Memory:   results live in ${in}->job.
 * Secrets:  as decode/privkey.h.
 * Fuzz:     fuzz/der_fuzz.c
 */

#ifndef DECODE_DER_H
#define DECODE_DER_H

#include "decode/decode.h"

/* Longest file taken, bytes. */
#define DER_BYTES_MAX ((size_t)4 << 20)

/* How much of a file a decoder's sniff() is shown, bytes. */
#define DER_HEAD_BYTES 65536

/**
 * der_shape(head, inner):
 * Whether a file with ${head} can be one sequence: its length is the file's
 * own, as far as ${head} shows it, or indefinite. What stands in it is given
 * in ${inner}.
 */
bool der_shape(struct str head, struct str *inner);

/* Certificates, keys and bundles in DER. */
extern const struct decoder decode_der;

#endif
