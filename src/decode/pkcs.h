/*
 * decode/pkcs.h: what else stands in armour: certificate requests, bundles of
 * certificates, and revocation lists.
 *
 * Source:   RFC 2986 (PKCS#10), RFC 2315 (PKCS#7), RFC 5280 section 5 (CRL).
 * Floor:    decode. Pure: no file, no network, no clock, no global.
 * Memory:   results live in ${in}->job; inputs are borrowed.
 * Secrets:  none in any of them.
 * Fuzz:     fuzz/pkcs_fuzz.c
 *
 * Errors:   MU_EFORMAT (the text names the RFC), MU_ELIMIT (longer than
 *           PKCS_BYTES_MAX, or the arena is full), the sink's; everywhere.
 */

#ifndef DECODE_PKCS_H
#define DECODE_PKCS_H

#include <openssl/x509.h>

#include "decode/decode.h"

/* Longest structure taken, bytes. */
#define PKCS_BYTES_MAX (4 * 1048576)

/* Most certificates of one bundle. */
#define PKCS_CERTIFICATES_MAX 4096

/**
 * pkcs_request(in, der, block, e):
 * Put the key of a certificate request: a credential keypair and a sighting
 * with role public that says for which name.
 */
int pkcs_request(const struct decode_in *in, struct str der, size_t block,
    struct err *e) MU_MUST_CHECK;

/**
 * pkcs_bundle(in, der, block, e):
 * Put each certificate of a PKCS#7 structure as x509_put does.
 */
int pkcs_bundle(const struct decode_in *in, struct str der, size_t block,
    struct err *e) MU_MUST_CHECK;

/** pkcs_certificate(in, c, block, e): put ${c} as x509_put does its bytes. */
int pkcs_certificate(const struct decode_in *in, const X509 *c, size_t block,
    struct err *e) MU_MUST_CHECK;

/**
 * pkcs_crl(in, der, block, e):
 * See that ${der} is a revocation list: it holds no identity, but one that
 * cannot be read is worth knowing of.
 */
int pkcs_crl(const struct decode_in *in, struct str der, size_t block,
    struct err *e) MU_MUST_CHECK;

#endif
