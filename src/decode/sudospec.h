/*
 * decode/sudospec.h: the commands of one rule of sudoers, by whom they run as.
 *
 * Source:   sudoers(5), "Cmnd_Spec", "Runas_Spec", "Option_Spec", "Tag_Spec".
 * Floor:    decode. Pure.
 * Memory:   lists are borrowed from the rule.
 * Fuzz:     fuzz/sudoers_fuzz.c
 */

#ifndef DECODE_SUDOSPEC_H
#define DECODE_SUDOSPEC_H

#include "decode/sudoset.h"

/* Most different lists of run-as users in one rule. */
#define SUDOSPEC_RUNAS_MAX 64

/* What one rule allows as the users of one list. */
struct sudospec_runas {
	struct str list;
	bool all, some, unknown; /* commands: ALL, named ones, unresolved */
	bool none;               /* "!ALL": what was allowed before is not */
	bool open;               /* no password is asked */
};

/* The cursor of one command list, and what holds until it is said anew. */
struct sudospec {
	struct str text;
	struct sudospec_runas runas[SUDOSPEC_RUNAS_MAX];
	size_t n, now;
	bool open, self; /* self: as the user itself, with another group */
};

/**
 * sudospec_init(c, text, e):
 * Begin with the commands in ${text}, what follows the "=" of a rule. Until it
 * is said otherwise they run as root.
 */
void sudospec_init(struct sudospec *c, struct str text);

/**
 * sudospec_read(c, s, e):
 * Read the commands of one list of hosts into ${c}->runas; ${c}->text is left
 * at the colon that begins the next list, or at the end.
 *
 * Errors: MU_EFORMAT, and ${e} is left alone, for what is no list of commands;
 * MU_ELIMIT (SUDOSPEC_RUNAS_MAX; steps, depth).
 */
int sudospec_read(struct sudospec *c, struct sudoset *s,
    struct err *e) MU_MUST_CHECK;

#endif
