/*
 * decode/pick.h: files that are names and values: a decoder gives each value
 * with its path and line, and the place's rules say which are secrets.
 *
 * Source:   docs/formats/place.md, "pick".
 * Floor:    decode. Pure.
 * Memory:   paths and values are borrowed from the file or the job's arena.
 * Secrets:  a value leaves here as length, fingerprint and weakness alone.
 * Fuzz:     fuzz/keyval_fuzz.c, fuzz/ini_fuzz.c, fuzz/jsonpick_fuzz.c,
 *           fuzz/yamlpick_fuzz.c, fuzz/blocks_fuzz.c, fuzz/colons_fuzz.c,
 *           fuzz/columns_fuzz.c, fuzz/lone_fuzz.c
 */

#ifndef DECODE_PICK_H
#define DECODE_PICK_H

#include "base/vec.h"
#include "decode/decode.h"

/* Most values and most secrets of one file: their product bounds the time. */
#define PICK_NODES_MAX   20000
#define PICK_SECRETS_MAX 1000

/* Between the components of a path: no format here has it in a name. */
#define PICK_SEP '\x1f'

struct pick_node {
	struct str path, value;
	size_t line; /* from 1 */
};

struct pick_list {
	VEC(struct pick_node) nodes;
	size_t at; /* pick_run()'s own: the line of the secret */
};

/** pick_free(l): give the list back. */
void pick_free(struct pick_list *l);

/** pick_auto(l): for AUTO(pick) on a struct pick_list. */
static inline void
pick_auto(struct pick_list *l)
{

	pick_free(l);
}

/**
 * pick_add(l, path, value, line, e):
 * Add one value; ${path} has PICK_SEP between its components.
 *
 * Errors: MU_ELIMIT (PICK_NODES_MAX).
 */
int pick_add(struct pick_list *l, struct str path, struct str value,
    size_t line, struct err *e) MU_MUST_CHECK;

/**
 * pick_run(in, l, e):
 * Put the identity, credential and sighting of every value that a rule of
 * ${in}->picks means and that is a secret (pick_secret). The first rule that
 * means a value has it.
 *
 * Errors: MU_ELIMIT (PICK_SECRETS_MAX); the sink's.
 */
int pick_run(const struct decode_in *in, const struct pick_list *l,
    struct err *e) MU_MUST_CHECK;

/**
 * pick_consumed(in, l, consumer, e):
 * The same, and an edge consumed_by from each identity to ${consumer}, a key.
 *
 * Errors: as of pick_run().
 */
int pick_consumed(const struct decode_in *in, const struct pick_list *l,
    struct str consumer, struct err *e) MU_MUST_CHECK;

/**
 * pick_secret(value):
 * Whether ${value} can be a secret itself: not empty, no reference to one kept
 * elsewhere (${NAME}, $NAME, $(command), {{ name }}, <name>, %(name)s, a file
 * or vault address, what sops has encrypted) and no word such as true, none or null.
 */
bool pick_secret(struct str value);

/**
 * pick_weak(value, user):
 * What makes the password ${value} of ${user} a weak one, or WEAK_NONE.
 */
enum weak pick_weak(struct str value, struct str user);

/**
 * pick_match(pattern, path, star):
 * Whether ${path} (components by PICK_SEP) is meant by ${pattern} (by dots);
 * what its first star matched goes to ${star}, "" where it has none.
 */
bool pick_match(struct str pattern, struct str path, struct str *star);

/**
 * pick_reaches(picks, path, inside):
 * Whether the secret of one of the rules ${picks} can stand at ${path} or below
 * it; with ${inside}, below it alone.
 */
bool pick_reaches(const struct pick *picks, struct str path, bool inside);

/**
 * pick_login(in, key, kind, name, user, secret, line, e):
 * Put identity ${key} (borrowed; "": the secret's own) with ${name}, the
 * password ${secret} of ${user} and its sighting at ${line}: for formats that
 * have no paths.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int pick_login(const struct decode_in *in, struct str key, enum id_kind kind,
    struct str name, struct str user, struct str secret, size_t line,
    struct err *e) MU_MUST_CHECK;

#endif
