/*
 * decode/sshkey.h: SSH keys as they go over the wire, and private key files.
 *
 * Source:   RFC 4253 section 6.6 (rsa, dsa), RFC 5656 section 3.1 (ec), RFC
 *           8709 section 4 (ed25519, ed448); OpenSSH's PROTOCOL.u2f (sk-*) and
 *           PROTOCOL.key (openssh-key-v1). RFC 5280 section 4.1 for the
 *           SubjectPublicKeyInfo, RFC 3279, 5480 and 8410 for what it holds.
 * Floor:    decode. Pure: no file, no network, no clock, no global.
 * Memory:   results live in the arena given; inputs are borrowed.
 * Threads:  any function, any thread.
 * Secrets:  the private half is stepped over by its lengths, never copied.
 * Fuzz:     fuzz/sshkey_fuzz.c
 */

#ifndef DECODE_SSHKEY_H
#define DECODE_SSHKEY_H

#include "decode/decode.h"

/* Longest public key taken, bytes: RSA of 16384 bits takes 2.1 kB, the
 * largest post-quantum signature keys about 10 kB. */
#define SSHKEY_BLOB_MAX 65536

/* Longest number in a key: OpenSSH takes no longer RSA modulus. */
#define SSHKEY_BITS_MAX 16384

/* Longest name of a key type, as RFC 4251 section 6 has it. */
#define SSHKEY_TYPE_MAX 64

struct sshkey {
	struct str type;   /* on the wire: "ssh-ed25519" */
	struct str alg;    /* "rsa", "sk-ec" ..., "" for a type not known */
	int64_t bits;      /* or REC_NO_INT */
	struct str spki;   /* 64 hex digits; "" where there is no such form */
	struct str ssh_fp; /* "SHA256:" and base64, as ssh-keygen prints it */
	struct str key;    /* of the credential: "spki:..." or "ssh:..." */
};

/**
 * sshkey_blob(blob, a, out, e):
 * Read the public key ${blob} into ${out}, which lives in ${a}. A type that is
 * not known is taken as it is, by its fingerprint alone.
 *
 * Errors: MU_EFORMAT (lengths, numbers or the curve are not what the type
 * asks, or bytes are left over), MU_ELIMIT (longer than SSHKEY_BLOB_MAX, or
 * the arena is full), MU_EUNSUPPORTED (a certificate: see sshcert_blob).
 */
int sshkey_blob(struct str blob, struct arena *a, struct sshkey *out,
    struct err *e) MU_MUST_CHECK;

/**
 * sshkey_parts(type):
 * How many "string" fields follow the name in a public key of ${type}; 0 for
 * a type not known.
 */
size_t sshkey_parts(struct str type);

/** sshkey_known(type): whether ${type} names a plain key type known here. */
bool sshkey_known(struct str type);

/**
 * sshkey_fp(blob, a, out, e):
 * "SHA256:" and the unpadded base64 of the hash of ${blob}.
 *
 * Errors: MU_ELIMIT (the arena is full).
 */
int sshkey_fp(struct str blob, struct arena *a, struct str *out,
    struct err *e) MU_MUST_CHECK;

/**
 * sshkey_private(in, bytes, block, e):
 * Put the records of one OPENSSH PRIVATE KEY: ${bytes} is the armour's decoded
 * body, ${block} its number in the file. The public half stands in clear even
 * in an encrypted one. Records: an identity (kind ssh_key, or what ${in} says;
 * for host_key it is the host's SSH server), a credential keypair, and a
 * sighting with role private, marked '#'.
 *
 * Errors: MU_EFORMAT (no openssh-key-v1, or its lengths are wrong),
 * MU_EUNSUPPORTED (more than one key), MU_ELIMIT; the sink's.
 */
int sshkey_private(const struct decode_in *in, struct str bytes, size_t block,
    struct err *e) MU_MUST_CHECK;

#endif
