/*
 * decode/apachelex.h: the lines and words of Apache's configuration.
 *
 * Source:   httpd.apache.org/docs/2.4, "Configuration Files"; core, "Define".
 * Floor:    decode. Pure.
 * Memory:   a line borrows from the text, or lives in the arena where lines or
 *           variables had to be joined.
 * Fuzz:     fuzz/apache_fuzz.c
 */

#ifndef DECODE_APACHELEX_H
#define DECODE_APACHELEX_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

/* Longest line, its continuations joined and variables put in, bytes. */
#define APACHELEX_LINE_MAX 65536

/* Most variables. */
#define APACHELEX_VARS_MAX 4096

struct apachelex {
	struct str rest;
	size_t next; /* number of the line that ${rest} begins on */
	size_t at;   /* of the line at hand, its first one; from 1 */
	struct arena *a;
};

/* "Define NAME value", and what envvars exports. */
struct apachelex_vars {
	struct map *names;
	VEC(struct str) values;
};

/** apachelex_init(l, text, a): begin with ${text}, which is borrowed. */
void apachelex_init(struct apachelex *l, struct str text, struct arena *a);

/**
 * apachelex_line(l, line, e):
 * The next line that says something into ${line}: no comment, blanks around it
 * gone, continuations joined. Returns 1, or 0 at the end.
 *
 * Errors: MU_ELIMIT (APACHELEX_LINE_MAX, or the arena is full).
 */
int apachelex_line(struct apachelex *l, struct str *line,
    struct err *e) MU_MUST_CHECK;

/**
 * apachelex_word(line, word): take a word off ${line}, quotes taken away; a
 * backslash before a quote or backslash stays in it. False where none is left.
 */
bool apachelex_word(struct str *line, struct str *word);

/** apachelex_start(v): no variables; apachelex_free() gives them back. */
void apachelex_start(struct apachelex_vars *v);

/** apachelex_free(v): give back what ${v} holds. */
void apachelex_free(struct apachelex_vars *v);

/**
 * apachelex_define(v, name, value, e):
 * Set a variable; the value is borrowed.
 *
 * Errors: MU_ELIMIT (APACHELEX_VARS_MAX).
 */
int apachelex_define(struct apachelex_vars *v, struct str name,
    struct str value, struct err *e) MU_MUST_CHECK;

/**
 * apachelex_resolve(v, s, a, out, e):
 * ${s} with each "${NAME}" that is known put in; others stay.
 *
 * Errors: MU_ELIMIT (APACHELEX_LINE_MAX, or the arena is full).
 */
int apachelex_resolve(const struct apachelex_vars *v, struct str s,
    struct arena *a, struct str *out, struct err *e) MU_MUST_CHECK;

#endif
