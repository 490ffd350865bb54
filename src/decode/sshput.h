/*
 * decode/sshput.h: the records that every file with an SSH key gives.
 *
 * Source:   docs/formats/observation.md, "Keys".
 * Floor:    decode. Pure.
 * Memory:   texts made here live in ${in}->job.
 * Secrets:  none: public halves, fingerprints and comments alone.
 * Fuzz:     fuzz/ssh_public_fuzz.c, fuzz/authorized_keys_fuzz.c
 */

#ifndef DECODE_SSHPUT_H
#define DECODE_SSHPUT_H

#include "decode/sshkey.h"

/* Longest comment kept, bytes; what is longer is cut. */
#define SSHPUT_COMMENT_MAX 255

struct sshput {
	const struct sshkey *key;
	struct str comment; /* as found, or "" */
	struct str name;    /* for want of a comment; "" makes one */
	enum role role;
	char mark; /* of the locator, with its number */
	size_t n;
	enum tri encrypted, privileged;
	struct str account, detail; /* of the sighting */
	struct when expires;
};

/**
 * sshput_comment(s): ${s} without blanks around it, cut at its first zero byte
 * and, at a character's end, to SSHPUT_COMMENT_MAX bytes: what a record takes.
 */
struct str sshput_comment(struct str s);

/**
 * sshput_owner(in, comment):
 * The user part of a comment that is user@host or an e-mail address, else "".
 * An account of this host that is no person, and a name that says what
 * somebody does (root, backup, deploy), own nothing.
 */
struct str sshput_owner(const struct decode_in *in, struct str comment);

/**
 * sshput_file(in, out, e):
 * A name for a key that has none: "id_ed25519 of ada", the file and the account
 * whose home it is in, or whose file it is.
 *
 * Errors: MU_ELIMIT.
 */
int sshput_file(const struct decode_in *in, struct str *out,
    struct err *e) MU_MUST_CHECK;

/**
 * sshput_server(in, out, e):
 * Put the identity of the host's SSH server, of which every host key is a
 * credential, and give its key in ${out}.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int sshput_server(const struct decode_in *in, struct str *out,
    struct err *e) MU_MUST_CHECK;

/**
 * sshput_identity(in, what, out, e):
 * Put the identity of ${what}->key and give its key in ${out}: the host's SSH
 * server where ${in}->kind is host_key, else the key itself, named by its
 * comment or by file and account.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int sshput_identity(const struct decode_in *in, const struct sshput *what,
    struct str *out, struct err *e) MU_MUST_CHECK;

/**
 * sshput_credential(in, what, identity, e):
 * Put the key pair as a credential of ${identity}, which may be "".
 *
 * Errors: the sink's.
 */
int sshput_credential(const struct decode_in *in, const struct sshput *what,
    struct str identity, struct err *e) MU_MUST_CHECK;

/**
 * sshput_sighting(in, what, credential, e):
 * Put the sighting of ${credential}, a key.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int sshput_sighting(const struct decode_in *in, const struct sshput *what,
    struct str credential, struct err *e) MU_MUST_CHECK;

/**
 * sshput_all(in, what, e): the three in their order.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int sshput_all(const struct decode_in *in, const struct sshput *what,
    struct err *e) MU_MUST_CHECK;

#endif
