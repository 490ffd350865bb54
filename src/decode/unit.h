/*
 * decode/unit.h: services of systemd, as workloads, and the secrets that their
 * units hold.
 *
 * Source:   systemd.syntax(7), systemd.unit(5), systemd.service(5),
 *           systemd.exec(5).
 * Floor:    decode. Pure.
 * Memory:   in the job; what may be a secret stays in a buffer that is wiped.
 * Secrets:  of an environment variable its name, length and fingerprint.
 * Fuzz:     fuzz/unit_fuzz.c
 */

#ifndef DECODE_UNIT_H
#define DECODE_UNIT_H

#include "decode/decode.h"

/* Longest line, its continuations joined, bytes: systemd's own cap. */
#define UNIT_LINE_MAX 1048576

/* Most secrets of one file. */
#define UNIT_SECRETS_MAX 1000

/* The decoder "unit". */
extern const struct decoder decode_unit;

#endif
