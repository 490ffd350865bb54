/*
 * decode/pgpass.h: ~/.pgpass: PostgreSQL logins.
 *
 * Source:   PostgreSQL 15 documentation, "The Password File": five fields with
 *           colons between, "\:" and "\\" for themselves, "*" for any.
 * Floor:    decode. Pure.
 * Fuzz:     fuzz/pgpass_fuzz.c
 */

#ifndef DECODE_PGPASS_H
#define DECODE_PGPASS_H

#include "decode/decode.h"

extern const struct decoder decode_pgpass;

#endif
