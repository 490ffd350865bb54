/*
 * decode/sshline.h: a public key on a line of text: "TYPE BASE64 ...".
 *
 * Source:   sshd(8), AUTHORIZED_KEYS FILE FORMAT and SSH_KNOWN_HOSTS FILE
 *           FORMAT.
 * Floor:    decode. Pure.
 * Memory:   views of the line; the key's bytes go to the caller's buf.
 * Threads:  any function, any thread.
 * Fuzz:     fuzz/ssh_public_fuzz.c, fuzz/authorized_keys_fuzz.c
 */

#ifndef DECODE_SSHLINE_H
#define DECODE_SSHLINE_H

#include "decode/lines.h"

/* Longest line taken, bytes. */
#define SSHLINE_MAX 1048576

/* Longest file taken, bytes: some hundred thousand keys. */
#define SSHLINE_FILE_MAX 16777216

/* Memory that the records of one line may take, bytes. */
#define SSHLINE_JOB_BYTES 16777216

/**
 * sshline_key(line, blob):
 * Take type and base64 off the front of ${line} and put the key's bytes in
 * ${blob}. Return false, and leave ${line} alone, where there are none, or
 * where the key is not of the type that stands before it.
 */
bool sshline_key(struct str *line, struct buf *blob);

/**
 * sshline_sniff(head):
 * Whether the first line of ${head} that is not blank begins with a type and
 * the base64 of a key of that type.
 */
bool sshline_sniff(struct str head);

/* One file while it is read a line at a time. */
struct sshline {
	struct decode_in in; /* its job is the line's own */
	struct lines lines;
	struct buf blob; /* for sshline_key() */
	struct arena *job;
	const void *cookie;
};

/** What is done for a line that is neither blank nor a comment. */
typedef int sshline_fn(struct sshline *l, struct str line, struct err *e);

/**
 * sshline_fault(l, why, e):
 * Put a gap (see lines_gap) for the line being read and the error ${why}:
 * malformed, limit or unsupported by its code.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int sshline_fault(struct sshline *l, const struct err *why,
    struct err *e) MU_MUST_CHECK;

/**
 * sshline_each(in, fn, cookie, e):
 * Call ${fn}, which finds ${cookie} in its sshline, for each line with text, its
 * blanks trimmed, cut at a zero byte as sshd cuts it. A line longer than
 * SSHLINE_MAX is a gap, and the next is read.
 *
 * Errors: the sink's; those of ${fn}.
 */
int sshline_each(const struct decode_in *in, sshline_fn *fn, const void *cookie,
    struct err *e) MU_MUST_CHECK;

#endif
