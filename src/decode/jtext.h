/*
 * decode/jtext.h: the text of JSON, below its values: where it is broken, how
 * to blank what JSON does not have, and the raw bytes of a member.
 *
 * Source:   RFC 8259; comments and trailing commas as in JSON with comments,
 *           which editors and AI agents use for their settings.
 * Floor:    decode. Pure; no memory of its own; linear in the text.
 * Fuzz:     fuzz/json_fuzz.c
 */

#ifndef DECODE_JTEXT_H
#define DECODE_JTEXT_H

#include "base/str.h"

/* Deepest nesting of arrays and objects; an empty one does not count. */
#define JTEXT_DEPTH_MAX 64

/* What jtext_check() returns for nesting beyond JTEXT_DEPTH_MAX. */
extern const char jtext_deep[];

/**
 * jtext_check(text, at):
 * Return NULL where ${text} is one JSON value, else what is wrong with it in a
 * few words; ${at} gets the offset where it goes wrong (the length of ${text}
 * where it is right). Numbers of any size are right.
 */
const char *jtext_check(struct str text, size_t *at) MU_MUST_CHECK;

/**
 * jtext_line(text, at):
 * Return the line, counted from 1, on which the byte ${at} of ${text} lies.
 */
size_t jtext_line(struct str text, size_t at);

/**
 * jtext_lax(p, n):
 * Overwrite with blanks, in the ${n} bytes at ${p}, every comment (both kinds)
 * outside strings and every comma before a closing bracket. Line ends stay, and
 * no byte moves.
 */
void jtext_lax(char *p, size_t n);

/**
 * jtext_member(rest, name, value):
 * Take the next member off ${rest}, which begins as the text of an object that
 * jtext_check() finds right: ${name} with its quotes, ${value} as it stands.
 * Return false when none is left.
 */
bool jtext_member(struct str *rest, struct str *name, struct str *value);

#endif
