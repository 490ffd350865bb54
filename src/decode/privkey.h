/*
 * decode/privkey.h: key pairs, for their public half.
 *
 * The public half of a private key is put together from the numbers that stand
 * in clear in the file, or worked out from the private one where the format
 * has no other; the private number is never copied but into OpenSSL's wiped
 * memory, and never tested: no primality check, no signature.
 *
 * Source:   RFC 5208 and 5958 (PKCS#8), RFC 8017 appendix A (RSA), RFC 5915
 *           (EC), RFC 8410 (Edwards and Montgomery curves), RFC 3279 (DSA).
 * Floor:    decode. Pure: no file, no network, no clock, no global.
 * Memory:   results live in ${in}->job; nothing secret does.
 * Secrets:  as above; a key whose public half cannot be known is named by its
 *           keyed fingerprint.
 * Fuzz:     fuzz/privkey_fuzz.c
 *
 * Records:  an identity (kind signing_key; ssh_key below a .ssh directory; or
 *           what ${in} says), a credential keypair and a sighting with role
 *           private; for public keys the last two, with role public. ${block}
 *           is its number in the file, marked '#'; 0: none.
 * Errors:   MU_EFORMAT (the text names the RFC), MU_ELIMIT (longer than
 *           PRIVKEY_BYTES_MAX, or the arena is full), the sink's; everywhere.
 */

#ifndef DECODE_PRIVKEY_H
#define DECODE_PRIVKEY_H

#include "decode/decode.h"
#include "decode/pkey.h"

/* Longest key taken, bytes: RSA of 16384 bits takes 9 kB. */
#define PRIVKEY_BYTES_MAX 65536

/* Longest DSA prime worked with, bits: OpenSSL's own limit. */
#define PRIVKEY_DSA_BITS_MAX 10000

/** privkey_put(in, der, block, e): a PrivateKeyInfo (RFC 5208, RFC 5958). */
int privkey_put(const struct decode_in *in, struct str der, size_t block,
    struct err *e) MU_MUST_CHECK;

/** privkey_rsa(in, der, block, e): an RSAPrivateKey (RFC 8017). */
int privkey_rsa(const struct decode_in *in, struct str der, size_t block,
    struct err *e) MU_MUST_CHECK;

/** privkey_ec(in, der, block, e): an ECPrivateKey (RFC 5915). */
int privkey_ec(const struct decode_in *in, struct str der, size_t block,
    struct err *e) MU_MUST_CHECK;

/** privkey_dsa(in, der, block, e): a DSA key in OpenSSL's own form. */
int privkey_dsa(const struct decode_in *in, struct str der, size_t block,
    struct err *e) MU_MUST_CHECK;

/**
 * privkey_sealed(in, bytes, block, e):
 * A private key that only a passphrase opens: no attempt is made.
 */
int privkey_sealed(const struct decode_in *in, struct str bytes, size_t block,
    struct err *e) MU_MUST_CHECK;

/* A private key that stays closed, in a keystore that says what it is. */
struct privkey_closed {
	const struct pkey *pkey; /* its public half, from its certificate */
	struct str name;         /* of the identity; "": the file's name */
	struct str detail;       /* of the sighting */
	enum weak weak;          /* of the passphrase */
	struct when created;
};

/**
 * privkey_closed(in, what, block, e):
 * A private key that only a passphrase opens, of which the public half is
 * known from elsewhere.
 */
int
privkey_closed(const struct decode_in *in, const struct privkey_closed *what,
    size_t block, struct err *e) MU_MUST_CHECK;

/** privkey_public(in, der, block, e): a SubjectPublicKeyInfo (RFC 5280). */
int privkey_public(const struct decode_in *in, struct str der, size_t block,
    struct err *e) MU_MUST_CHECK;

/**
 * privkey_public_in(in, der, detail, block, e):
 * As privkey_public, for a key inside something else: ${detail} says what.
 */
int privkey_public_in(const struct decode_in *in, struct str der,
    struct str detail, size_t block, struct err *e) MU_MUST_CHECK;

/** privkey_rsa_public(in, der, block, e): an RSAPublicKey (RFC 8017). */
int privkey_rsa_public(const struct decode_in *in, struct str der, size_t block,
    struct err *e) MU_MUST_CHECK;

/**
 * privkey_spki(der, out, e):
 * Append the SubjectPublicKeyInfo of the PrivateKeyInfo ${der} to ${out}.
 *
 * Errors: MU_EFORMAT, MU_ELIMIT, MU_EUNSUPPORTED (an algorithm whose public
 * half is not known how to find).
 */
int privkey_spki(struct str der, struct buf *out, struct err *e) MU_MUST_CHECK;

#endif
