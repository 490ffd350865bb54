/*
 * decode/known_hosts.h: the servers' keys that an account here trusts.
 *
 * Source:   sshd(8), SSH_KNOWN_HOSTS FILE FORMAT.
 * Floor:    decode. Pure.
 * Memory:   each line's records live in an arena of its own.
 * Secrets:  none; a hashed host name stays hashed, and is not told.
 * Fuzz:     fuzz/known_hosts_fuzz.c
 */

#ifndef DECODE_KNOWN_HOSTS_H
#define DECODE_KNOWN_HOSTS_H

#include "decode/decode.h"

/* Longest list of host names kept, bytes; what is longer is cut. */
#define KNOWN_HOSTS_NAMES_MAX 255

/* The decoder "known_hosts". */
extern const struct decoder decode_known_hosts;

#endif
