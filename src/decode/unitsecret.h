/*
 * decode/unitsecret.h: the secrets that a unit hands to its service: in its
 * environment, in the files of its environment, as credentials, in commands.
 *
 * Source:   systemd.exec(5), "Environment=", "EnvironmentFile=",
 *           "SetCredential="; systemd.unit(5), "Specifiers".
 * Floor:    decode. Pure.
 * Memory:   in the job; what may be a secret stays in buffers that are wiped.
 * Secrets:  of each its name, length and fingerprint.
 * Fuzz:     fuzz/unit_fuzz.c
 */

#ifndef DECODE_UNITSECRET_H
#define DECODE_UNITSECRET_H

#include "decode/unitfacts.h"

/* Most secrets of one unit. */
#define UNITSECRET_MAX 1000

/**
 * unitsecret_read(l, f, key, e):
 * Put the secrets of the unit ${l}, whose own key is ${key}, each at the place
 * where it stands, with an edge to the unit.
 *
 * Errors: MU_ELIMIT (UNITSECRET_MAX; the job); the sink's.
 */
int unitsecret_read(const struct unitload *l, const struct unitfacts *f,
    struct str key, struct err *e) MU_MUST_CHECK;

#endif
