/*
 * collect/lookup.h: a file of the root by its path, for a decoder that asks
 * for it. Links are followed by hand, since no call follows them below a
 * directory alone on every kernel, and each directory is looked at before it
 * is touched: one on a mount that is not read is refused.
 *
 * Source:   path_resolution(7), symlink(7)
 * Floor:    collect. Runs in the sandbox.
 */

#ifndef COLLECT_LOOKUP_H
#define COLLECT_LOOKUP_H

#include "collect/mounts.h"
#include "collect/packages.h"
#include "decode/peek.h"

/* Most links on the way to one file, as the kernel has it. */
#define LOOKUP_LINKS_MAX 40

struct lookup;

/** lookup_free(l): NULL is allowed. */
void lookup_free(struct lookup *l);

/** lookup_auto(l): for AUTO(lookup). */
static inline void
lookup_auto(struct lookup **l)
{

	lookup_free(*l);
}

/** lookup_new(root, mounts, packages): all are borrowed. */
struct lookup *lookup_new(int root, const struct mounts *mounts,
    struct packages *packages) MU_OWNED(lookup_free);

/** lookup_begin(l): the next file's decoder may ask PEEK_MAX times. */
void lookup_begin(struct lookup *l);

/** lookup_peek(l): what the decoder is given; lives as long as ${l}. */
struct peek *lookup_peek(struct lookup *l);

#endif
