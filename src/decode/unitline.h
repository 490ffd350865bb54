/*
 * decode/unitline.h: the lines and words of a unit file of systemd.
 *
 * Source:   systemd.syntax(7), "Quoting"; systemd.exec(5), Environment=.
 * Floor:    decode. Pure.
 * Memory:   lines and words live in buffers of the caller.
 * Secrets:  a value may be one: unitline_wipe() the buffers.
 * Fuzz:     fuzz/unit_fuzz.c
 */

#ifndef DECODE_UNITLINE_H
#define DECODE_UNITLINE_H

#include "decode/lines.h"

/* Longest name of a section, bytes. */
#define UNITLINE_SECTION_MAX 64

/* Longest line, its continuations joined, bytes: systemd's own cap. */
#define UNITLINE_LINE_MAX 1048576

struct unitline {
	struct lines lines;
	struct buf joined; /* the line at hand, if it was continued */
	char section[UNITLINE_SECTION_MAX];
	struct str name, value; /* of the line at hand */
	size_t at;              /* number of its first line */
};

/** unitline_init(u, in, cap): begin; a line may have ${cap} bytes. */
void unitline_init(struct unitline *u, const struct decode_in *in, size_t cap);

/** unitline_wipe(u): overwrite and give back what ${u} holds. */
void unitline_wipe(struct unitline *u);

/** unitline_auto(u): for AUTO(unitline). */
static inline void
unitline_auto(struct unitline *u)
{

	unitline_wipe(u);
}

/**
 * unitline_next(u, report, e):
 * Go to the next assignment or head of a section, whose name is "":
 * ${u}->section, name, value and at are of it until the next call. With
 * ${report} a line that is neither becomes a gap. Returns 1, or 0 at the end.
 *
 * Errors: MU_ELIMIT (a line is too long); the sink's.
 */
int unitline_next(struct unitline *u, bool report, struct err *e) MU_MUST_CHECK;

/**
 * unitline_word(text, out):
 * Take the next word of ${text} into ${out}, quotes and C escapes undone and
 * "%%" made "%". False at the end, and where a quote does not close.
 */
bool unitline_word(struct str *text, struct buf *out);

/**
 * unitline_plain(text, out):
 * The whole of ${text} into ${out}, C escapes undone; quotes and "%" are plain.
 */
void unitline_plain(struct str text, struct buf *out);

/** unitline_yes(value): whether systemd takes ${value} for true. */
bool unitline_yes(struct str value);

/** unitline_no(value): whether systemd takes ${value} for false. */
bool unitline_no(struct str value);

#endif
