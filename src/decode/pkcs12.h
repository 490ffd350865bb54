/*
 * decode/pkcs12.h: keystores (.p12, .pfx, and Java's since version 9).
 *
 * Opened with the empty password alone, and only where its iteration counts
 * are such that a try costs little. What stays closed is one key pair named by
 * the file's keyed fingerprint.
 *
 * Source:   RFC 7292; RFC 8018 for the encryption.
 * Floor:    decode. Pure: no file, no network, no clock, no global.
 * Memory:   results live in ${in}->job.
 * Secrets:  an opened key is in OpenSSL's memory, wiped by it or here.
 * Fuzz:     fuzz/pkcs12_fuzz.c
 */

#ifndef DECODE_PKCS12_H
#define DECODE_PKCS12_H

#include "decode/decode.h"

/* Longest file taken, bytes: a store of all public roots has 300 kB. */
#define PKCS12_BYTES_MAX ((size_t)4 << 20)

/* Most rounds of key derivation spent on one file: about half a second. */
#define PKCS12_ROUNDS_MAX 1000000

/* Most bags looked into, and how deep they may lie in each other. */
#define PKCS12_BAGS_MAX  8192
#define PKCS12_DEPTH_MAX 4

/* Keystores. */
extern const struct decoder decode_pkcs12;

#endif
