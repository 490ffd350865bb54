/*
 * decode/traefik.h: acme.json of Traefik: its ACME accounts, and the
 * certificates and private keys that it got, in base64.
 *
 * Source:   Traefik 2 and 3, ACME storage: a member for each resolver, with
 *           Account and Certificates; Traefik 1 has one, without a name.
 * Floor:    decode. Pure: no file, no network, no clock, no global.
 * Memory:   results live in ${in}->job.
 * Secrets:  private keys, for their public half; what was unwrapped is wiped.
 * Fuzz:     fuzz/traefik_fuzz.c
 */

#ifndef DECODE_TRAEFIK_H
#define DECODE_TRAEFIK_H

#include "decode/decode.h"

#define TRAEFIK_BYTES_MAX ((size_t)16 << 20)

/* Most certificates of one file. */
#define TRAEFIK_ITEMS_MAX 4096

/* Longest chain or key in base64, bytes. */
#define TRAEFIK_PEM_MAX ((size_t)1 << 20)

extern const struct decoder decode_traefik;

#endif
