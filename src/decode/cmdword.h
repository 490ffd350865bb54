/*
 * decode/cmdword.h: the words of a command line, as a shell or systemd would
 * split it, without carrying anything out.
 *
 * Source:   sh(1), "Quoting"; systemd.service(5), "Command lines"; crontab(5).
 * Floor:    decode. Pure.
 * Memory:   words live in the buffer of the caller, until it changes.
 * Secrets:  a word may be one: wipe the buffer.
 * Fuzz:     fuzz/cmdline_fuzz.c
 */

#ifndef DECODE_CMDWORD_H
#define DECODE_CMDWORD_H

#include "base/buf.h"

/* Stands in a word for what only the running command knows. */
#define CMDWORD_HOLE '\x01'

/* Most words of one command line. */
#define CMDWORD_MAX 512

enum cmdword_style {
	CMDWORD_SYSTEMD, /* ExecStart= */
	CMDWORD_SHELL,
	CMDWORD_CRON, /* a shell's, up to a "%" */
};

struct cmdword {
	size_t at, n; /* in the buffer */
	bool begins;  /* a command begins with it */
};

struct cmdwords {
	struct buf *b;
	struct cmdword v[CMDWORD_MAX];
	size_t n;
};

/**
 * cmdword_split(text, style, b, out):
 * The words of ${text} into ${out} and ${b}, which is emptied first: quotes and
 * escapes undone, CMDWORD_HOLE where a variable, a command, or a specifier
 * stands. Words beyond CMDWORD_MAX and what the cap of ${b} cuts are left out.
 */
void cmdword_split(struct str text, enum cmdword_style style, struct buf *b,
    struct cmdwords *out);

/** cmdword_str(w, i): the word ${i}, or "" beyond the last. */
struct str cmdword_str(const struct cmdwords *w, size_t i);

#endif
