/*
 * decode/anchors.h: certificates that somebody put where the whole machine
 * trusts them, beside the distribution's own.
 *
 * The bytes are PEM or DER and are read as such; here each certificate is a
 * trust anchor, also one that looks like a server's own, so it is no identity.
 * Private keys that lie there stay what they are.
 *
 * Source:   update-ca-certificates(8), update-ca-trust(8).
 * Floor:    decode. Pure: no file, no network, no clock, no global.
 * Memory:   results live in ${in}->job.
 * Secrets:  as of decode/pem.h.
 * Fuzz:     fuzz/anchors_fuzz.c
 */

#ifndef DECODE_ANCHORS_H
#define DECODE_ANCHORS_H

#include "decode/decode.h"

extern const struct decoder decode_anchors;

#endif
