/*
 * collect/dirents.h: the names in one directory, sorted bytewise.
 *
 * Source:   getdents64(2)
 * Floor:    collect.
 * Memory:   one run of bytes for the names, one array; kept for the next
 *           directory by dirents_read(), given back by dirents_free().
 */

#ifndef COLLECT_DIRENTS_H
#define COLLECT_DIRENTS_H

#include "base/buf.h"

/* Most bytes of names of one directory: about a million files. */
#define DIRENTS_BYTES_MAX 67108864

struct dirent_at {
	uint32_t at, n;     /* where the name is, its length */
	uint64_t head;      /* its first 8 bytes, for a quick order */
	unsigned char type; /* DT_*; DT_UNKNOWN where it is not said */
};

struct dirents {
	struct buf names;
	struct dirent_at *v;
	size_t n, room;
};

/** dirents_free(d): give the memory back; ${d} may be all zero. */
void dirents_free(struct dirents *d);

/** dirents_auto(d): for AUTO(dirents) on a struct dirents. */
static inline void
dirents_auto(struct dirents *d)
{

	dirents_free(d);
}

/**
 * dirents_read(d, fd, e):
 * Read the names of the directory ${fd} but "." and ".."; what ${d} held is
 * forgotten. ${d} may be all zero.
 *
 * Errors: MU_ELIMIT (more than DIRENTS_BYTES_MAX; ${d} holds what came before),
 * MU_EDENIED, MU_ENOTFOUND (removed meanwhile), MU_ESYSTEM.
 */
int dirents_read(struct dirents *d, int fd, struct err *e) MU_MUST_CHECK;

/** dirents_name(d, i): name ${i}, with a zero byte. */
const char *dirents_name(const struct dirents *d, size_t i);

#endif
