/*
 * decode/keytab.h: Kerberos key tables: the long-term keys of services.
 *
 * Each entry is a credential of the principal that it names, which is an
 * account of a realm: login:kerberos://PRINCIPAL@REALM. Keys of earlier numbers
 * stay in a table until somebody takes them out, and are credentials as well.
 *
 * Source:   MIT Kerberos documentation, "keytab file format", versions 1 (in
 *           the byte order of the machine) and 2; RFC 3961 and the registry of
 *           encryption types for their names.
 * Floor:    decode. Pure: no file, no network, no clock, no global.
 * Memory:   results live in ${in}->job.
 * Secrets:  the keys, of which a keyed fingerprint is made.
 * Fuzz:     fuzz/keytab_fuzz.c
 */

#ifndef DECODE_KEYTAB_H
#define DECODE_KEYTAB_H

#include "decode/decode.h"

#define KEYTAB_BYTES_MAX ((size_t)1 << 20)

/* Most entries, and most components of one principal. */
#define KEYTAB_ENTRIES_MAX 4096
#define KEYTAB_PARTS_MAX   16

/* Longest principal with its realm, bytes. */
#define KEYTAB_NAME_MAX 1024

extern const struct decoder decode_keytab;

#endif
