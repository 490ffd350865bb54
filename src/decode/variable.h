/*
 * decode/variable.h: the variable of a running service's environment that a
 * secret in its unit's files becomes.
 *
 * Who sees the environment names the variable and does not look at its value;
 * who reads the files knows the value's fingerprint. An edge says that the two
 * are one.
 *
 * Source:   docs/formats/observation.md, "Keys"; systemd.exec(5)
 * Floor:    decode. Pure.
 * Memory:   in the job.
 */

#ifndef DECODE_VARIABLE_H
#define DECODE_VARIABLE_H

#include "decode/decode.h"

/**
 * variable_put(in, unit, name, secret, line, e):
 * Put the identity of the variable ${name} of ${unit}, a key of a unit of this
 * host, and an edge same_as to the identity ${secret}, which stands in line
 * ${line} of this file. Nothing where ${name} is none that an environment is
 * looked at for, or ${unit} is no unit.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int variable_put(const struct decode_in *in, struct str unit, struct str name,
    struct str secret, size_t line, struct err *e) MU_MUST_CHECK;

#endif
