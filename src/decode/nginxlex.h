/*
 * decode/nginxlex.h: the words of nginx's configuration.
 *
 * Source:   nginx.org, "Beginner's Guide", configuration file's structure; what
 *           nginx 1.22 takes and refuses.
 * Floor:    decode. Pure.
 * Memory:   a word borrows from the text, or lives in the arena where quotes
 *           or escapes had to be undone.
 * Fuzz:     fuzz/nginx_fuzz.c
 */

#ifndef DECODE_NGINXLEX_H
#define DECODE_NGINXLEX_H

#include "base/arena.h"
#include "decode/decode.h"

/* Longest word, bytes: nginx reads no longer ones. */
#define NGINXLEX_WORD_MAX 4096

enum nginxlex_what {
	NGINXLEX_WORD,
	NGINXLEX_END,   /* ; */
	NGINXLEX_OPEN,  /* { */
	NGINXLEX_CLOSE, /* } */
	NGINXLEX_EOF,
	NGINXLEX_BAD, /* ${l}->fault says why */
};

struct nginxlex {
	struct str rest;
	size_t line; /* that ${rest} begins on, from 1 */
	size_t at;   /* that the last word began on */
	struct arena *a;
	const char *fault;
	enum gap_reason reason;
};

/** nginxlex_init(l, text, a): begin with ${text}, which is borrowed. */
void nginxlex_init(struct nginxlex *l, struct str text, struct arena *a);

/** nginxlex_next(l, word): the next piece; ${word} is set for a word. */
enum nginxlex_what nginxlex_next(struct nginxlex *l, struct str *word);

/**
 * nginxlex_lua(l):
 * Pass over a block of Lua, whose "{" was just taken, and its "}". False where
 * it does not end.
 */
bool nginxlex_lua(struct nginxlex *l);

#endif
