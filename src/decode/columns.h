/*
 * decode/columns.h: files whose lines are words with blanks between: settings
 * such as "requirepass x", and tables.
 *
 * The path of a word is the line's first word and the number of this one, from
 * 2; the values up to a line's end can be had whole under the first word and
 * "rest".
 *
 * Source:   the common subset of redis.conf, ldap.conf(5), nslcd.conf(5),
 *           snmpd.conf(5), mount.davfs(8), pgbouncer(5): "#" comments, and ";"
 *           at a line's start; words in either kind of quotes, a backslash in
 *           double ones.
 * Floor:    decode. Pure.
 * Fuzz:     fuzz/columns_fuzz.c
 */

#ifndef DECODE_COLUMNS_H
#define DECODE_COLUMNS_H

#include "decode/decode.h"

/* Most words of a line that are told apart. */
#define COLUMNS_LINE_MAX 32

/**
 * columns_next(line, a, word, e):
 * Take the next word off ${line}, quotes and escapes undone; a word without
 * any is borrowed, others live in ${a}.
 *
 * Returns 1, or 0 at the line's end or at a comment.
 * Errors: MU_ELIMIT (the arena is full).
 */
int columns_next(struct str *line, struct arena *a, struct str *word,
    struct err *e) MU_MUST_CHECK;

extern const struct decoder decode_columns;

#endif
