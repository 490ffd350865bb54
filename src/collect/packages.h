/*
 * collect/packages.h: which files of a root a distribution's package brought,
 * and whether they are still as it brought them.
 *
 * Source:   dpkg(1): var/lib/dpkg/info/NAME.md5sums and .list, and the
 *           Conffiles of var/lib/dpkg/status
 * Floor:    collect.
 * Memory:   24 bytes a file; loaded at the first question.
 */

#ifndef COLLECT_PACKAGES_H
#define COLLECT_PACKAGES_H

#include "base/arena.h"

/* Most files of all packages; a full desktop has 500,000. */
#define PACKAGES_FILES_MAX 4194304

/* Longest of dpkg's own files, bytes. */
#define PACKAGES_BYTES_MAX 67108864

struct packages;

/** packages_free(p): NULL is allowed. */
void packages_free(struct packages *p);

/** packages_auto(p): for AUTO(packages). */
static inline void
packages_auto(struct packages **p)
{

	packages_free(*p);
}

/** packages_new(root): of the directory ${root}, which stays the caller's. */
struct packages *packages_new(int root) MU_OWNED(packages_free);

/**
 * packages_owner(p, path, bytes):
 * The name of the package that brought the file ${path} with exactly these
 * bytes, or "": no package has it, or it was edited since. Where its package
 * has no sum of it, its name is enough. What cannot be read of dpkg's files is
 * as if it were not there. Valid until packages_free().
 */
struct str
packages_owner(struct packages *p, struct str path, struct str bytes);

#endif
