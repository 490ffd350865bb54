/*
 * decode/sshcert.h: OpenSSH certificates.
 *
 * What a certificate says is read, not judged: its signature is not verified,
 * since an inventory must hold the ones that a server would turn away.
 *
 * Source:   OpenSSH's PROTOCOL.certkeys and PROTOCOL.u2f.
 * Floor:    decode. Pure: no file, no network, no clock, no global.
 * Memory:   results live in the arena given; inputs are borrowed.
 * Threads:  any function, any thread.
 * Secrets:  none.
 * Fuzz:     fuzz/ssh_public_fuzz.c
 */

#ifndef DECODE_SSHCERT_H
#define DECODE_SSHCERT_H

#include "decode/sshkey.h"

/* Longest certificate taken, bytes: OpenSSH's own limit of a packet. */
#define SSHCERT_BLOB_MAX 262144

/* Longest list of principals taken, bytes: as JSON it fits a record. */
#define SSHCERT_NAMES_MAX 131072

enum sshcert_type {
	SSHCERT_USER = 1,
	SSHCERT_HOST = 2,
};

struct sshcert {
	struct sshkey key; /* that is certified */
	struct str cred;   /* key of the credential: "ssh:SHA256:..." */
	struct str ca_fp;  /* of the key that signed: "SHA256:..." */
	struct str sig;    /* algorithm of the signature */
	struct str id;     /* cut as sshput_comment() cuts */
	struct str serial; /* lower-case hexadecimal */
	struct str *names; /* the principals, cut likewise, sorted */
	size_t n_names;
	enum sshcert_type type;
	int64_t after_s, before_s; /* CLOCK_NONE: always, forever */
};

/** sshcert_is(type): whether ${type} names a kind of certificate. */
bool sshcert_is(struct str type);

/**
 * sshcert_blob(blob, a, out, e):
 * Read the certificate ${blob} into ${out}, which lives in ${a}.
 *
 * Errors: MU_EFORMAT (a length, the kind, or the key in it is wrong, or bytes
 * are left over), MU_EUNSUPPORTED (a certificate of a type not known),
 * MU_ELIMIT (longer than SSHCERT_BLOB_MAX, principals longer than
 * SSHCERT_NAMES_MAX or more than REC_NAMES_MAX, or the arena is full).
 */
int sshcert_blob(struct str blob, struct arena *a, struct sshcert *out,
    struct err *e) MU_MUST_CHECK;

#endif
