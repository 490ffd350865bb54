/*
 * decode/fstab.h: mounts of shares: the logins that their options hold or that
 * a file they name holds.
 *
 * A login to a share is the domain's, or that of the server where no domain is
 * said; in a file of credentials without one it stands for itself, as where the
 * file is found alone.
 *
 * Source:   fstab(5); mount.cifs(8), "credentials", FILE FORMAT
 * Floor:    decode. Pure.
 * Memory:   all in ${in}->job.
 * Secrets:  a password leaves as length, fingerprint and weakness alone.
 * Fuzz:     fuzz/fstab_fuzz.c
 */

#ifndef DECODE_FSTAB_H
#define DECODE_FSTAB_H

#include "decode/decode.h"

/* Longest file of credentials, bytes; most mounts. */
#define FSTAB_FILE_MAX   65536
#define FSTAB_MOUNTS_MAX 1000

extern const struct decoder decode_fstab;

#endif
