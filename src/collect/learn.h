/*
 * collect/learn.h: what the reader must know of a root before it walks it:
 * which machine it is of, who lives there, where keys may lie.
 *
 * Floor:    collect. Runs in the sandbox.
 * Memory:   in the arena given.
 */

#ifndef COLLECT_LEARN_H
#define COLLECT_LEARN_H

#include "collect/atlas.h"
#include "collect/match.h"
#include "decode/peek.h"

/**
 * learn_host(root, asset, a, out, e):
 * Make ${out} from the few files of ${root} that tell; one that is missing or
 * unreadable is as if it were empty. ${asset} is --asset NAME, or "".
 *
 * Errors: MU_ELIMIT (the arena is full).
 */
int learn_host(int root, struct str asset, struct arena *a, struct host *out,
    struct err *e) MU_MUST_CHECK;

/**
 * learn_match(peek, atlas, h, a, out, e):
 * Make a matcher of all globs of ${atlas}, and of every path where an SSH
 * server of the root behind ${peek} looks for authorized keys; owned by the
 * caller (match_free), also after an error.
 *
 * Errors: MU_ELIMIT.
 */
int
learn_match(struct peek *peek, const struct atlas *atlas, const struct host *h,
    struct arena *a, struct match **out, struct err *e) MU_MUST_CHECK;

#endif
