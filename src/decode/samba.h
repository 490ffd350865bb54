/*
 * decode/samba.h: Samba's own files: the machine's account in a domain, and the
 * passwords of accounts for SMB, each with the day of its last change.
 *
 * A password for SMB is a credential of the account of that name. Of its hash
 * nothing is kept.
 *
 * Source:   Samba's source/include/secrets.h and passdb/pdb_tdb.c (buffer of
 *           version 3 and 4), smbpasswd(5)
 * Floor:    decode. Pure.
 * Memory:   all in ${in}->job.
 * Secrets:  the machine's password leaves as length and fingerprint.
 * Fuzz:     fuzz/samba_fuzz.c
 */

#ifndef DECODE_SAMBA_H
#define DECODE_SAMBA_H

#include "decode/decode.h"

/* Most accounts of one file, and most domains. */
#define SAMBA_ACCOUNTS_MAX 10000
#define SAMBA_DOMAINS_MAX  16

extern const struct decoder decode_samba;

#endif
