/*
 * decode/cmdopt.h: which words of a command line can be secrets, by the options
 * of the programs that take them.
 *
 * Source:   the manuals of those programs.
 * Floor:    decode. Pure.
 * Memory:   everything is borrowed.
 * Fuzz:     fuzz/cmdline_fuzz.c
 */

#ifndef DECODE_CMDOPT_H
#define DECODE_CMDOPT_H

#include "base/str.h"

/* Longest name of an option that is looked at, bytes. */
#define CMDOPT_NAME_MAX 64

/**
 * cmdopt_value(s):
 * Whether ${s} is what the program would get: more than one byte, and nothing
 * that is filled in, no path, no file's name, no placeholder.
 */
bool cmdopt_value(struct str s);

/**
 * cmdopt_name(s, name):
 * Whether ${s} is an option of two characters or more and no value; ${name} is
 * it without its dashes.
 */
bool cmdopt_name(struct str s, struct str *name);

/**
 * cmdopt_telling(name):
 * Whether what follows an option of this name is a secret: "api-key" is, and
 * "key" alone is not, since that is a file or a name more often.
 */
bool cmdopt_telling(struct str name);

/**
 * cmdopt_flag(program, name):
 * Whether the option ${name} of ${program} takes no value, or the name of a
 * secret that is kept elsewhere.
 */
bool cmdopt_flag(struct str program, struct str name);

/**
 * cmdopt_short(program, word, next, option, value, login):
 * Whether ${word} is a short option of ${program} that takes a secret: in the
 * same word or in the one after it, ${next}. With ${login} ${value} is
 * "user:password".
 */
bool cmdopt_short(struct str program, struct str word, struct str next,
    struct str *option, struct str *value, bool *login);

/** cmdopt_assigns(word, name, value): whether ${word} is "NAME=value". */
bool cmdopt_assigns(struct str word, struct str *name, struct str *value);

/** cmdopt_wraps(program): whether it runs the program named after it. */
bool cmdopt_wraps(struct str program);

/** cmdopt_shell(program): whether it runs what follows its option "-c". */
bool cmdopt_shell(struct str program);

/** cmdopt_known(program): whether any of this tells it from another. */
bool cmdopt_known(struct str program);

#endif
