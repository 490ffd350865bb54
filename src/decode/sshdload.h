/*
 * decode/sshdload.h: the lines of sshd_config and of all files that it
 * includes, in the order in which sshd reads them.
 *
 * Source:   sshd_config(5), "Include" and "Match": a path without a slash
 *           before it lies in /etc/ssh, patterns stand for their files by name;
 *           a file included within Match holds for that match alone, and a
 *           Match of its own ends with it.
 * Floor:    decode. Pure.
 * Memory:   in the job; words live until the next line.
 * Fuzz:     fuzz/sshd_config_fuzz.c
 */

#ifndef DECODE_SSHDLOAD_H
#define DECODE_SSHDLOAD_H

#include "decode/lines.h"

/* How deep files include one another (sshd's own cap), and most of them. */
#define SSHDLOAD_DEPTH_MAX 16
#define SSHDLOAD_FILES_MAX 256

/* Longest line and file, bytes. */
#define SSHDLOAD_LINE_MAX  65536
#define SSHDLOAD_BYTES_MAX 4194304

/* Most words of one line that are kept; sshd stops long before. */
#define SSHDLOAD_WORDS_MAX 256

struct sshdload_words {
	struct str v[SSHDLOAD_WORDS_MAX];
	size_t n;
};

/* What holds from a Match, or from the beginning, to the next. */
struct sshdload_block {
	bool keyfiles; /* AuthorizedKeysFile was said */
};

struct sshdload_line {
	struct lines *lines; /* of its file, at the line */
	struct str keyword;
	struct sshdload_words words;
	struct sshdload_block *block;
	enum gap_reason bad; /* GAP_REASONS: it is a line */
};

/* Called for each line that is neither blank nor a comment, but Include. */
typedef int (*sshdload_fn)(void *cookie, const struct sshdload_line *l,
    struct err *e);

/**
 * sshdload_each(in, loud, fn, cookie, e):
 * Give ${fn} the lines of the file of ${in} and of those that it includes. With
 * ${loud} an included file that may not be read is a gap.
 *
 * Errors: of ${fn}; MU_ELIMIT (a cap above, the job).
 */
int sshdload_each(const struct decode_in *in, bool loud, sshdload_fn fn,
    void *cookie, struct err *e) MU_MUST_CHECK;

#endif
