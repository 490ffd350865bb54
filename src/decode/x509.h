/*
 * decode/x509.h: one certificate, from bytes to the facts Muster keeps.
 *
 * OpenSSL parses; nothing is judged: an inventory must hold the certificates
 * that a verifier would turn away.
 *
 * Source:   RFC 5280; RFC 4514 (once 2253) for names as text.
 * Floor:    decode. Pure: no file, no network, no clock, no global.
 * Memory:   results live in the arena given; inputs are borrowed for the call.
 * Threads:  any function, any thread.
 * Secrets:  none in a certificate.
 * Fuzz:     fuzz/x509_fuzz.c
 */

#ifndef DECODE_X509_H
#define DECODE_X509_H

#include "decode/decode.h"
#include "decode/pkey.h"

/* Longest certificate taken, bytes: 4,096 names of 50 bytes fit. */
#define X509_BYTES_MAX 262144

/* Longest text of a subject, an issuer or a list of usages, bytes. */
#define X509_TEXT_MAX 1024

/* Longest alternative name, and all of them together, bytes. */
#define X509_NAME_MAX_BYTES  512
#define X509_NAMES_MAX_BYTES 262144

/* Largest key with which a leaf's own signature is checked, bits. */
#define X509_VERIFY_BITS_MAX 8192

struct x509 {
	struct str key; /* of the credential: "x509:" and the hash of the DER */
	struct str cn;  /* the most specific commonName, or "" */
	struct str subject, issuer;
	struct str serial; /* lower-case hexadecimal, "-" before a negative */
	struct str sig;    /* hash of the signature: "sha256"; "" unknown */
	struct str usage;  /* extended key usages: "server_auth client_auth" */
	struct pkey pkey;
	struct str *names; /* lower case, sorted, each once; the commonName
			    * where there is no subjectAltName */
	size_t n_names;
	int64_t not_before, not_after; /* CLOCK_NONE: no date, or no expiry */
	bool v1;
	bool server_auth, client_auth, signs; /* what ${usage} comes to */
	enum tri ca, self_signed;
	const char *fault; /* a part that could not be read, or NULL */
	enum gap_reason fault_reason;
};

/**
 * x509_read(der, a, out, e):
 * Read the certificate that ${der} begins with into ${out}, which borrows
 * nothing from ${der}. A date or extension that cannot be read is named in
 * ${out}->fault, and the rest is there.
 *
 * Errors: MU_EFORMAT (no certificate as in RFC 5280, section 4.1), MU_ELIMIT
 * (longer than X509_BYTES_MAX, or the arena is full).
 */
int x509_read(struct str der, struct arena *a, struct x509 *out,
    struct err *e) MU_MUST_CHECK;

/**
 * x509_anchor(x):
 * Whether ${x} certifies others: basicConstraints says so, or it is a
 * self-signed certificate of version 1, which cannot say so. A self-signed one
 * for a host's name or address is a server's own all the same: what `openssl
 * req -x509` makes has CA:TRUE, and roots are not named like hosts.
 */
bool x509_anchor(const struct x509 *x);

/**
 * x509_tell(in, x, identity, e):
 * Put what ${x} is, without where it lies: its credential and, but for a
 * certificate authority, its identity, whose key goes to ${identity} ("" for
 * an authority).
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int x509_tell(const struct decode_in *in, const struct x509 *x,
    struct str *identity, struct err *e) MU_MUST_CHECK;

/**
 * x509_put(in, der, block, e):
 * Put the records of one certificate: for a leaf an identity, its credential
 * and a public sighting; for a certificate authority the credential and a
 * trusted sighting, and nothing where the distribution brings it: those are
 * counted (decode/x509memo.h). ${block} is its number in the file, marked '#';
 * 0: none.
 *
 * Errors: as x509_read; the sink's.
 */
int x509_put(const struct decode_in *in, struct str der, size_t block,
    struct err *e) MU_MUST_CHECK;

/* What is known of a certificate from what it lies in, or what manages it. */
struct x509_how {
	bool trusted; /* put there to be trusted: no identity, leaf or not */
	struct str detail;                   /* of the sighting, or "" */
	struct str purpose, owner, owner_by; /* of the identity, or "" */
};

/**
 * x509_put_in(in, der, how, block, x, e):
 * As x509_put, for a certificate inside something else; what was read of it
 * goes to ${x}, which may be NULL.
 *
 * Errors: as x509_put.
 */
int x509_put_in(const struct decode_in *in, struct str der,
    const struct x509_how *how, size_t block, struct x509 *x,
    struct err *e) MU_MUST_CHECK;

/**
 * x509_managed(in, x, how, e):
 * Put the identity of the leaf ${x}, which lies in another file, with what
 * ${how} knows of it, and a sighting with role stored in this one. Nothing for
 * an authority.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int x509_managed(const struct decode_in *in, const struct x509 *x,
    const struct x509_how *how, struct err *e) MU_MUST_CHECK;

/**
 * x509_put_served(in, der, own, detail, identity, e):
 * Put the records of one certificate that a server sent on the socket that
 * ${in}->file->path names, with ${detail} for people. ${own}: it is the
 * server's own, an identity whatever it says of itself; else one of its chain.
 * ${identity} becomes the key of its identity, "" where it has none.
 *
 * Errors: as x509_read; the sink's.
 */
int x509_put_served(const struct decode_in *in, struct str der, bool own,
    struct str detail, struct str *identity, struct err *e) MU_MUST_CHECK;

#endif
