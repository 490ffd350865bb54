/*
 * decode/haproxy.h: HAProxy: which certificates it shows and signs in with, and
 * who may sign in at it.
 *
 * Source:   HAProxy's configuration manual: bind and server options crt,
 *           crt-list, crt-base; userlist; "stats auth"
 * Floor:    decode. Pure.
 * Memory:   all in ${in}->job.
 * Secrets:  a password leaves as length, fingerprint and weakness, a hash as its
 *           method.
 * Fuzz:     fuzz/haproxy_fuzz.c
 */

#ifndef DECODE_HAPROXY_H
#define DECODE_HAPROXY_H

#include "decode/decode.h"

/* Most words of a line, and most users of one file. */
#define HAPROXY_WORDS_MAX 64
#define HAPROXY_USERS_MAX 4096

extern const struct decoder decode_haproxy;

#endif
