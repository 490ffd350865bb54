/*
 * decode/ppk.h: PuTTY's private key files.
 *
 * Source:   PuTTY User Manual, Appendix C, versions 2 and 3.
 * Floor:    decode. Pure.
 * Memory:   in the job.
 * Secrets:  the private lines are counted, and neither decoded nor copied.
 * Fuzz:     fuzz/ppk_fuzz.c
 */

#ifndef DECODE_PPK_H
#define DECODE_PPK_H

#include "decode/decode.h"

/* Longest file taken, bytes: a key of RSA-16384 has 20 kB. */
#define PPK_BYTES_MAX 262144

/* The decoder "ppk". */
extern const struct decoder decode_ppk;

#endif
