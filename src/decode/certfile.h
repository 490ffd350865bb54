/*
 * decode/certfile.h: the certificate in another file, for a decoder whose own
 * file says something of it.
 *
 * Floor:    decode. Pure; asks for other files by decode/peek.h.
 * Memory:   results live in ${in}->job.
 * Fuzz:     fuzz/caindex_fuzz.c, fuzz/renewal_fuzz.c
 */

#ifndef DECODE_CERTFILE_H
#define DECODE_CERTFILE_H

#include "decode/x509.h"

/* Longest file looked into, bytes. */
#define CERTFILE_BYTES_MAX ((size_t)1 << 20)

/**
 * certfile_first(in, path, out, e):
 * Read the first certificate in the PEM file ${path} of the same root.
 *
 * Returns 1, or 0 where there is no such file, no right to it, or no
 * certificate in it.
 * Errors: MU_ELIMIT.
 */
int certfile_first(const struct decode_in *in, struct str path,
    struct x509 *out, struct err *e) MU_MUST_CHECK;

#endif
