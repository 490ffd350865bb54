/*
 * collect/match.h: which places a path belongs to.
 *
 * The walk goes directory by directory, and so does this: on entering a
 * directory the globs that can name a file in it are picked out, once; a file
 * is then held against those few alone. A glob of homes ("~/...") costs one
 * look-up an ancestor, however many homes there are.
 *
 * Floor:    collect. Pure.
 * Memory:   globs and ids are borrowed and must outlive the matcher.
 */

#ifndef COLLECT_MATCH_H
#define COLLECT_MATCH_H

#include "base/vec.h"
#include "model/host.h"
#include "model/place.h"

/* Most globs: PLACEFILE_PLACES_MAX places with a few each. */
#define MATCH_GLOBS_MAX 32768

struct match;

/* A glob that can name a file of one directory. */
struct match_live {
	struct str last; /* its last component; "**" takes any */
	uint32_t place;
};

struct match_dir {
	VEC(struct match_live) live;
};

/** match_free(m): NULL is allowed. */
void match_free(struct match *m);

/** match_auto(m): for AUTO(match). */
static inline void
match_auto(struct match **m)
{

	match_free(*m);
}

/** match_new(h): no globs, the homes of ${h}; owned by the caller. */
struct match *match_new(const struct host *h) MU_OWNED(match_free);

/**
 * match_add(m, glob, place, e):
 * Let ${glob} ("~/x" is below every home) name files of place ${place}.
 *
 * Errors: MU_ELIMIT.
 */
int match_add(struct match *m, struct str glob, uint32_t place,
    struct err *e) MU_MUST_CHECK;

/** match_dir_free(d): give the memory back; ${d} may be all zero. */
void match_dir_free(struct match_dir *d);

/**
 * match_enter(m, dir, d):
 * Make ${d} the globs that can name a file of the directory ${dir}, a path
 * relative to the root, "" for the root itself.
 */
void match_enter(const struct match *m, struct str dir, struct match_dir *d);

/**
 * match_file(d, name, at, place):
 * Step through the places of the file ${name} of the directory of ${d}: start
 * with *${at} = 0, go on while it returns true. A place may come twice.
 */
bool match_file(const struct match_dir *d, struct str name, size_t *at,
    uint32_t *place);

/**
 * match_below(m, dir, seen, n):
 * Set ${seen}[place] for each place below ${n} that can have files in the
 * directory ${dir} or below it.
 */
void match_below(const struct match *m, struct str dir, bool *seen, size_t n);

#endif
