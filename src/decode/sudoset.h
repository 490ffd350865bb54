/*
 * decode/sudoset.h: which accounts and machines a list of sudoers means.
 *
 * Source:   sudoers(5), "User_List", "Runas_List", "Host_List", "Aliases".
 * Floor:    decode. Pure.
 * Memory:   in the job; the host and the bodies of aliases are borrowed.
 * Fuzz:     fuzz/sudoers_fuzz.c
 */

#ifndef DECODE_SUDOSET_H
#define DECODE_SUDOSET_H

#include "decode/hostinfo.h"
#include "decode/sudolex.h"

/* Most aliases, and how deep they may be nested. */
#define SUDOSET_ALIASES_MAX 4096
#define SUDOSET_DEPTH_MAX   16

/*
 * Most steps that may be taken: aliases within aliases, and accounts
 * times rules, multiply.
 */
#define SUDOSET_STEPS_MAX 1000000

enum sudoset_kind {
	SUDOSET_USER,
	SUDOSET_RUNAS,
	SUDOSET_HOST,
	SUDOSET_CMND,
};

/* What a file's lists are judged by. */
struct sudoset {
	struct arena *job;
	const struct host *host;
	struct map *names;   /* of accounts, by hostinfo_index() */
	struct map *groups;  /* the first group of each name */
	struct map *aliases; /* kind and name to the body's place */
	struct str *bodies;
	size_t n_bodies;
	size_t steps;
	bool foreign; /* a name was met that only a directory can resolve */
};

/* The accounts that a list means. */
struct sudoset_accounts {
	unsigned char *in; /* one an account: 2 meant, 1 ruled out, 0 neither */
	size_t *touched;   /* accounts looked at, each once or more */
	size_t n, room;
	bool all; /* the word ALL stood there, and was not negated */
};

/** sudoset_free(s): give the maps back. */
void sudoset_free(struct sudoset *s);

/** sudoset_auto(s): for AUTO(sudoset). */
static inline void
sudoset_auto(struct sudoset *s)
{

	sudoset_free(s);
}

/**
 * sudoset_init(s, host, job, e):
 * Make ${s} ready for one file.
 *
 * Errors: MU_ELIMIT (the job is full).
 */
int sudoset_init(struct sudoset *s, const struct host *host, struct arena *job,
    struct err *e) MU_MUST_CHECK;

/**
 * sudoset_alias(s, kind, name, body, e):
 * Remember an alias; the first of a name and kind counts. Returns 1, or 0
 * where it was there already.
 *
 * Errors: MU_ELIMIT (SUDOSET_ALIASES_MAX, or the job is full).
 */
int sudoset_alias(struct sudoset *s, enum sudoset_kind kind, struct str name,
    struct str body, struct err *e) MU_MUST_CHECK;

/** sudoset_body(s, kind, name, body): the body of an alias, or false. */
bool sudoset_body(const struct sudoset *s, enum sudoset_kind kind,
    struct str name, struct str *body);

/**
 * sudoset_step(s, n, e):
 * Count ${n} steps.
 *
 * Errors: MU_ELIMIT (SUDOSET_STEPS_MAX is passed).
 */
int sudoset_step(struct sudoset *s, size_t n, struct err *e) MU_MUST_CHECK;

/** sudoset_none(out): make ${out} mean no account. */
void sudoset_none(struct sudoset_accounts *out);

/**
 * sudoset_accounts(s, kind, list, out, e):
 * Add to ${out}, zeroed at first, the accounts that ${list} (of users, or of
 * run-as users) means, as the last member that matches an account says. Under
 * SUDOSET_RUNAS the word ALL sets ${out}->all and nothing else.
 *
 * Errors: MU_ELIMIT (steps, depth, the job).
 */
int sudoset_accounts(struct sudoset *s, enum sudoset_kind kind, struct str list,
    struct sudoset_accounts *out, struct err *e) MU_MUST_CHECK;

/**
 * sudoset_here(s, list, here, e):
 * Whether the list of hosts ${list} means the machine of ${s}. What only a
 * network or another file tells (addresses, patterns, aliases) is taken to mean
 * it and not to exclude it; so is any name where the machine's own name is not
 * certain.
 *
 * Errors: MU_ELIMIT (steps, depth).
 */
int sudoset_here(struct sudoset *s, struct str list, bool *here,
    struct err *e) MU_MUST_CHECK;

#endif
