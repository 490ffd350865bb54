/*
 * decode/caindex.h: the ledger of a private certificate authority, as `openssl
 * ca` and EasyRSA keep it: a line for each certificate that it issued.
 *
 * What a line says is not enough for a key: neither the bytes nor the other
 * names of the certificate stand there, and a key made of less could never be
 * joined with the certificate when it turns up. So the ledger makes no
 * identities. Where the certificate lies beside it, by its serial number, as
 * both programs leave it, the line is a sighting of that one (role stored) that
 * says what became of it. Certificates that are valid and do not lie there are
 * a gap: they exist, and nobody has seen them. The authority itself is found by
 * its certificate and key.
 *
 * Source:   OpenSSL 3.0, apps/include/apps.h (DB_type to DB_name) and
 *           openssl-ca(1); EasyRSA 3, certs_by_serial.
 * Floor:    decode. Pure; asks for other files by decode/peek.h.
 * Memory:   results live in ${in}->job.
 * Secrets:  none.
 * Fuzz:     fuzz/caindex_fuzz.c
 */

#ifndef DECODE_CAINDEX_H
#define DECODE_CAINDEX_H

#include "decode/decode.h"

#define CAINDEX_BYTES_MAX ((size_t)16 << 20)

/* Most certificates that are looked at beside one ledger. */
#define CAINDEX_LOOKS_MAX 900

extern const struct decoder decode_caindex;

#endif
