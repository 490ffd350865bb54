/*
 * decode/sudolex.h: the lines and words of sudoers.
 *
 * Source:   sudoers(5), "SUDOERS FILE FORMAT", "Other special characters and
 *           reserved words".
 * Floor:    decode. Pure.
 * Memory:   words borrow from the line; a line that is continued is joined in
 *           the job.
 * Fuzz:     fuzz/sudoers_fuzz.c
 */

#ifndef DECODE_SUDOLEX_H
#define DECODE_SUDOLEX_H

#include "decode/lines.h"

/* Longest line, its continuations joined, bytes. */
#define SUDOLEX_LINE_MAX 1048576

/* One member of a list: a user, host or run-as name. */
struct sudolex_item {
	struct str word; /* its quotes and escapes are still there */
	bool negated;
};

/**
 * sudolex_line(l, line, at, e):
 * Take the next line that says something into ${line}: without its comment and
 * the blanks around it, continuations joined; ${at} is the number of its first
 * line. Returns 1, or 0 at the end.
 *
 * Errors: MU_ELIMIT (the line is too long, or the job is full).
 */
int sudolex_line(struct lines *l, struct str *line, size_t *at,
    struct err *e) MU_MUST_CHECK;

/**
 * sudolex_blank(s): take the blanks at the head of ${s} away.
 */
void sudolex_blank(struct str *s);

/**
 * sudolex_take(s, c): take the byte ${c} off the head of ${s}, blanks before
 * it too; false, and only blanks are gone, where another stands there.
 */
bool sudolex_take(struct str *s, char c);

/**
 * sudolex_word(s, stop, word):
 * Take a word off ${s}: up to a blank or a byte of ${stop} that is neither
 * escaped nor in quotes. False where there is none.
 */
bool sudolex_word(struct str *s, const char *stop, struct str *word);

/**
 * sudolex_until(s, stop, text):
 * The same, but blanks are part of ${text}; trimmed. It may be empty.
 */
void sudolex_until(struct str *s, const char *stop, struct str *text);

/**
 * sudolex_item(list, stop, item):
 * Take the next member of a list with commas off ${list}. False at its end,
 * when ${list} is what follows the list.
 */
bool
sudolex_item(struct str *list, const char *stop, struct sudolex_item *item);

/**
 * sudolex_plain(word, job, out, e):
 * Undo quotes and backslashes. ${out} borrows from ${word} where there are
 * none.
 *
 * Errors: MU_ELIMIT (the job is full).
 */
int sudolex_plain(struct str word, struct arena *job, struct str *out,
    struct err *e) MU_MUST_CHECK;

/** sudolex_alias(word): whether ${word} can name an alias: [A-Z][A-Z0-9_]*. */
bool sudolex_alias(struct str word);

#endif
