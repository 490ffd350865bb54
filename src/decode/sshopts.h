/*
 * decode/sshopts.h: the options before a key in authorized_keys.
 *
 * Source:   sshd(8), AUTHORIZED_KEYS FILE FORMAT.
 * Floor:    decode. Pure.
 * Memory:   texts live in the arena given.
 * Threads:  any function, any thread.
 * Secrets:  the values of command= and environment= may hold one: of every
 *           option but from= and expiry-time= the name alone is kept.
 * Fuzz:     fuzz/authorized_keys_fuzz.c
 */

#ifndef DECODE_SSHOPTS_H
#define DECODE_SSHOPTS_H

#include "model/rec.h"

/* Longest text that sshopts_words() gives, bytes. */
#define SSHOPTS_WORDS_MAX 1024

struct sshopts {
	uint64_t seen;   /* a bit for each of the options known */
	bool unknown;    /* there is one that is not */
	struct str from; /* its patterns, or "" */
	struct when expires;
};

/**
 * sshopts_take(line, a, out, e):
 * Take the options off the front of ${line}, up to the first blank outside
 * quotes, and what blanks follow.
 *
 * Errors: MU_EFORMAT (quotes or commas that sshd would refuse, or a time that
 * is none), MU_ELIMIT (the arena is full). ${line} is then as it was.
 */
int sshopts_take(struct str *line, struct arena *a, struct sshopts *out,
    struct err *e) MU_MUST_CHECK;

/** sshopts_has(o, name): whether the known option ${name} is among them. */
bool sshopts_has(const struct sshopts *o, struct str name);

/** sshopts_from(o): whether from= keeps any address out. */
enum tri sshopts_from(const struct sshopts *o);

/** sshopts_command(o): whether a command is forced. */
enum tri sshopts_command(const struct sshopts *o);

/**
 * sshopts_words(o, a, out, e):
 * The options for people, "" for none: names, and the patterns of from=.
 *
 * Errors: MU_ELIMIT (the arena is full).
 */
int sshopts_words(const struct sshopts *o, struct arena *a, struct str *out,
    struct err *e) MU_MUST_CHECK;

/**
 * sshopts_time(s, at_s):
 * Read "YYYYMMDD", "YYYYMMDDHHMM" or "YYYYMMDDHHMMSS" with "Z", "UTC" or
 * nothing after it; without, sshd takes its local time, which is not known
 * here and read as UTC. False where it is no such time.
 */
bool sshopts_time(struct str s, int64_t *at_s);

#endif
