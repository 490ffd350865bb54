/*
 * decode/jks.h: Java's own keystores, JKS and JCEKS.
 *
 * Aliases, dates and certificates stand in clear; private and secret keys are
 * sealed and stay so. The digest at the end tells whether the password is none
 * or one that everybody knows: those are tried, and no other. Keystores that
 * Java makes since version 9 are PKCS#12, whatever they are called.
 *
 * Source:   OpenJDK, sun.security.provider.JavaKeyStore and
 *           com.sun.crypto.provider.JceKeyStore: the layout in their comments.
 * Floor:    decode. Pure: no file, no network, no clock, no global.
 * Memory:   results live in ${in}->job.
 * Secrets:  sealed ones, of which a keyed fingerprint is made.
 * Fuzz:     fuzz/jks_fuzz.c
 */

#ifndef DECODE_JKS_H
#define DECODE_JKS_H

#include "decode/decode.h"

/* Longest file taken, bytes: a store of all public roots has 170 kB. */
#define JKS_BYTES_MAX ((size_t)8 << 20)

/* Most entries, and most certificates of one chain. */
#define JKS_ENTRIES_MAX 8192
#define JKS_CHAIN_MAX   64

extern const struct decoder decode_jks;

#endif
