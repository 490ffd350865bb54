/*
 * collect/mounts.h: what kind of file system is mounted where, known before
 * anything of it is touched: a dead network mount answers no question.
 *
 * Source:   proc_pid_mountinfo(5), statx(2)
 * Floor:    collect.
 */

#ifndef COLLECT_MOUNTS_H
#define COLLECT_MOUNTS_H

#include "base/str.h"
#include "base/vec.h"

/* Most bytes of mountinfo, and most mounts: a busy container host has 5,000. */
#define MOUNTS_BYTES_MAX 16777216
#define MOUNTS_MAX       65536

enum mounts_class {
	MOUNTS_READ,    /* on a disk or in memory: read it */
	MOUNTS_KERNEL,  /* the kernel's own words (proc, sysfs): pass over */
	MOUNTS_FOREIGN, /* network, fuse: a gap */
	MOUNTS_UNKNOWN, /* not in the list: a gap */
};

struct mounts_row {
	uint64_t id;
	uint32_t major, minor;
	enum mounts_class class;
	char type[32];
};

struct mounts {
	VEC(struct mounts_row) rows;
};

/** mounts_free(m): give the memory back. */
void mounts_free(struct mounts *m);

/** mounts_auto(m): for AUTO(mounts) on a struct mounts. */
static inline void
mounts_auto(struct mounts *m)
{

	mounts_free(m);
}

/**
 * mounts_parse(m, text):
 * Add the lines of a mountinfo ${text} to ${m}; malformed ones are passed over.
 */
void mounts_parse(struct mounts *m, struct str text);

/**
 * mounts_load(m):
 * mounts_parse() of /proc/self/mountinfo; where it cannot be read, nothing is
 * known of any mount.
 */
void mounts_load(struct mounts *m);

/**
 * mounts_find(m, by_id, id, major, minor):
 * The mount ${id}; where ${by_id} is false (a kernel before 5.8 does not tell
 * it), the first of the device. NULL where it is not known.
 */
const struct mounts_row *mounts_find(const struct mounts *m, bool by_id,
    uint64_t id, uint32_t major, uint32_t minor);

/** mounts_class_of(type): by the name of a file system type. */
enum mounts_class mounts_class_of(struct str type);

#endif
