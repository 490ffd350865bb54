/*
 * decode/colons.h: tables whose columns have colons between.
 *
 * The path of a column is the line's first one and the number of this one, from
 * 2. Nothing is quoted or escaped; the last of COLONS_MAX columns is all that
 * is left of the line.
 *
 * Source:   exim's passwd.client, s3fs(1) passwd-s3fs, rsyncd.conf(5) secrets
 *           file, ZeroTier's identity.secret: "#" comments at a line's start.
 * Floor:    decode. Pure.
 * Fuzz:     fuzz/colons_fuzz.c
 */

#ifndef DECODE_COLONS_H
#define DECODE_COLONS_H

#include "decode/decode.h"

/* Most columns of a line. */
#define COLONS_MAX 16

extern const struct decoder decode_colons;

#endif
