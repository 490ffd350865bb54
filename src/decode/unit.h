/*
 * decode/unit.h: services of systemd, as workloads, and the secrets that their
 * units hold.
 *
 * Source:   systemd.syntax(7), systemd.unit(5), systemd.service(5),
 *           systemd.exec(5). The other files of a unit are asked for by
 *           peek.h.
 * Floor:    decode. Pure.
 * Memory:   in the job; what may be a secret stays in a buffer that is wiped.
 * Secrets:  of an environment variable its name, length and fingerprint.
 * Fuzz:     fuzz/unit_fuzz.c
 */

#ifndef DECODE_UNIT_H
#define DECODE_UNIT_H

#include "decode/decode.h"

/* The decoder "unit". */
extern const struct decoder decode_unit;

#endif
