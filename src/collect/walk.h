/*
 * collect/walk.h: one pass over a tree, by directory descriptors, in an order
 * that depends on the names alone.
 *
 * No link is followed, nothing but directories and regular files is opened.
 * Files and directories of one directory come by their names, bytewise; a walk
 * can so begin after any path that an earlier one has reached, and several can
 * share a tree: what each says, put together by walk_cmp(), is what one would
 * have said.
 *
 * Source:   openat(2), statx(2)
 * Floor:    collect.
 * Memory:   the names of the directories that are open; no more than
 *           DIRENTS_BYTES_MAX of each.
 */

#ifndef COLLECT_WALK_H
#define COLLECT_WALK_H

#include <sys/stat.h>

#include "base/buf.h"
#include "collect/claims.h"
#include "collect/mounts.h"
#include "model/word.h"

/* Deepest directory, and longest path in bytes: one descriptor is held open a
 * level, and a process has 1,024. */
#define WALK_DEPTH_MAX 200
#define WALK_PATH_MAX  4096

struct walk_ops {
	/**
	 * enter(cookie, path, depth, e): the walk goes into ${path}, which is
	 * "" for the root, with depth 0. NULL for none.
	 */
	int (*enter)(void *cookie, struct str path, unsigned depth,
	    struct err *e);
	/**
	 * begin(cookie, path): ${path}, a directory or file, is about to be
	 * touched. NULL for none.
	 */
	void (*begin)(void *cookie, struct str path);
	/**
	 * file(cookie, path, depth, fd, e): a regular file, open for reading
	 * without waiting. ${depth} is that of its directory. The walk closes
	 * ${fd}. Something else may have taken the file's place since the
	 * directory was read: who hands on what it holds is to ask fstat(2).
	 */
	int (*file)(void *cookie, struct str path, unsigned depth, int fd,
	    struct err *e);
	/**
	 * gap(cookie, path, depth, dir, why, text, e): what could not be read.
	 * ${dir}: all below ${path} is hidden; else it is a file of the
	 * directory of ${depth}.
	 */
	int (*gap)(void *cookie, struct str path, unsigned depth, bool dir,
	    enum gap_reason why, const char *text, struct err *e);
};

struct walk_opts {
	int root;                    /* the directory, open for reading */
	struct str after;            /* begin after this path; "" for all */
	const struct mounts *mounts; /* of this process's namespace */
	bool quiet_atime;            /* ask the kernel to leave atime alone */
	struct claims *claims;       /* shared with other walks, or NULL */
	unsigned reader;             /* this one's number there */
};

/**
 * walk_cmp(a, b):
 * Below, at or above 0: whether a walk comes to the path ${a} before ${b}.
 */
int walk_cmp(struct str a, struct str b);

/**
 * walk_run(o, ops, cookie, e):
 * Walk the tree below ${o}->root. A path is relative to it, without a leading
 * slash, and valid during the call it is given to. Of a directory that another
 * walk of ${o}->claims has taken nothing is said but begin().
 *
 * Errors: what a function of ${ops} returned; the walk then ends.
 */
int walk_run(const struct walk_opts *o, const struct walk_ops *ops,
    void *cookie, struct err *e) MU_MUST_CHECK;

#endif
