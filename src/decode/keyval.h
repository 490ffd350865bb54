/*
 * decode/keyval.h: files of NAME=value lines: .env, shell assignments,
 * properties.
 *
 * Source:   sh(1) assignments with quotes; .env files as docker and the dotenv
 *           libraries read them; Java's properties without escapes.
 * Floor:    decode. Pure.
 * Fuzz:     fuzz/keyval_fuzz.c
 */

#ifndef DECODE_KEYVAL_H
#define DECODE_KEYVAL_H

#include "decode/decode.h"

extern const struct decoder decode_keyval;

/**
 * keyval_value(s):
 * The value that ${s}, all that stands behind the mark, means: blanks around it
 * and one pair of quotes, single, double or three double ones, taken off; without
 * quotes a " #" ends it.
 */
struct str keyval_value(struct str s);

#endif
