/*
 * decode/pkey.h: what is told of a public key, wherever it was found, and the
 * handles of OpenSSL that the decoders here own.
 *
 * Source:   RFC 5280 section 4.1.2.7 (SubjectPublicKeyInfo); RFC 3279, 5480,
 *           8017 and 8410 for what is in it.
 * Floor:    decode. Pure: no file, no network, no clock; OpenSSL is told not
 *           to look for its configuration. One global: pkey_bare()'s context.
 * Memory:   results live in the arena given.
 * Secrets:  none: public halves alone.
 * Fuzz:     fuzz/x509_fuzz.c, fuzz/privkey_fuzz.c
 */

#ifndef DECODE_PKEY_H
#define DECODE_PKEY_H

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "base/arena.h"

/* Longest SubjectPublicKeyInfo taken, bytes. */
#define PKEY_BYTES_MAX 65536

struct pkey {
	struct str alg; /* "rsa", "ec", "ed25519" ...; "" unknown */
	int64_t bits;   /* or REC_NO_INT */
	struct str
	    spki; /* SHA-256 of the SubjectPublicKeyInfo, 64 hex digits */
};

/**
 * pkey_start():
 * Make OpenSSL ready without its configuration file, which the reader's
 * sandbox hides. Called before each first use; cheap, and as often as one likes.
 */
void pkey_start(void);

/**
 * pkey_bare():
 * A context of OpenSSL without algorithms, for use after pkey_start(): with it
 * d2i_X509() leaves the key in a certificate as it is, which takes a sixth of
 * the time. NULL, which is the usual context, where there is no memory.
 */
OSSL_LIB_CTX *pkey_bare(void);

/**
 * pkey_hash(spki, a, out, e):
 * Fill ${out} with the hash of ${spki} alone.
 *
 * Errors: MU_ELIMIT (the arena is full).
 */
int pkey_hash(struct str spki, struct arena *a, struct pkey *out,
    struct err *e) MU_MUST_CHECK;

/**
 * pkey_read(spki, a, out, e):
 * Fill ${out} from a SubjectPublicKeyInfo. An unknown algorithm has its hash
 * alone.
 *
 * Errors: MU_EFORMAT (no such structure, or the key is none of its algorithm),
 * MU_ELIMIT (longer than PKEY_BYTES_MAX, or the arena is full).
 */
int pkey_read(struct str spki, struct arena *a, struct pkey *out,
    struct err *e) MU_MUST_CHECK;

/** pkey_auto(k): for AUTO(pkey) on an EVP_PKEY. */
static inline void
pkey_auto(EVP_PKEY **k)
{

	EVP_PKEY_free(*k);
}

/** pkey_x509_auto(x): for AUTO(pkey_x509) on an X509. */
static inline void
pkey_x509_auto(X509 **x)
{

	X509_free(*x);
}

/** pkey_bytes_auto(p): for AUTO(pkey_bytes) on what an i2d call made. */
static inline void
pkey_bytes_auto(unsigned char **p)
{

	OPENSSL_free(*p);
}

#endif
