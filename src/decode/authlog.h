/*
 * decode/authlog.h: the log of sign-ins: which SSH keys were used, and when.
 *
 * A line names a key by its SHA-256 fingerprint alone, so what comes out is a
 * credential ssh:SHA256:... without an identity, with its last use; the register
 * gives that to the key of this fingerprint (docs/formats/store.md). There is no
 * sighting: a line of a log moves and goes.
 *
 * Only what sshd itself says at the head of its message counts: the rest of a
 * line can hold text of whoever knocked.
 *
 * Source:   what sshd of OpenSSH 9.2 writes (auth.c, auth_log()); RFC 3164,
 *           section 4.1 (no year, local time: taken for UTC), RFC 5424 and the
 *           form of RFC 3339 that rsyslog writes in its place.
 * Floor:    decode. Pure.
 * Fuzz:     fuzz/authlog_fuzz.c
 */

#ifndef DECODE_AUTHLOG_H
#define DECODE_AUTHLOG_H

#include "decode/decode.h"

/* Most keys of one file whose use is told. */
#define AUTHLOG_KEYS_MAX 10000

extern const struct decoder decode_authlog;

#endif
