/*
 * decode/x509memo.h: certificates that were read before: most of those on a
 * machine are copies of a few, and reading one costs as much as opening ten
 * files.
 *
 * Floor:    decode.
 * Memory:   X509MEMO_BYTES at most; what comes after is read each time.
 */

#ifndef DECODE_X509MEMO_H
#define DECODE_X509MEMO_H

#include "decode/x509.h"

/* Some 4,000 certificates. */
#define X509MEMO_BYTES ((size_t)8 << 20)

struct x509memo;

/** x509memo_free(m): NULL is allowed. */
void x509memo_free(struct x509memo *m);

/** x509memo_auto(m): for AUTO(x509memo). */
static inline void
x509memo_auto(struct x509memo **m)
{

	x509memo_free(*m);
}

/** x509memo_new(): knows none; owned by the caller. */
struct x509memo *x509memo_new(void) MU_OWNED(x509memo_free);

/**
 * x509memo_read(m, der, a, out, e):
 * As x509_read(), from memory where ${der} was read before. ${out} lives as
 * long as both ${m} and ${a}. ${m} may be NULL.
 *
 * Errors: as x509_read.
 */
int x509memo_read(struct x509memo *m, struct str der, struct arena *a,
    struct x509 *out, struct err *e) MU_MUST_CHECK;

/**
 * x509memo_trust(m, der):
 * Take the authority ${der} for one that the distribution trusts: where it is
 * trusted it is counted, not listed. What is none is passed over.
 */
void x509memo_trust(struct x509memo *m, struct str der);

/**
 * x509memo_count(m, key):
 * Whether the certificate with ${key} was given to x509memo_trust(); it is
 * counted if so. ${m} may be NULL.
 */
bool x509memo_count(struct x509memo *m, struct str key);

/** x509memo_counted(m): how many were counted since this was last asked. */
uint32_t x509memo_counted(struct x509memo *m);

#endif
