/*
 * decode/envfile.h: the assignments of a file that EnvironmentFile= names.
 *
 * Source:   systemd.exec(5), "EnvironmentFile=". A comment that ends in a
 *           backslash ends there all the same, as since systemd 254.
 * Floor:    decode. Pure.
 * Memory:   names and values live in the room that the caller gives.
 * Secrets:  a value may be one: wipe the room.
 * Fuzz:     fuzz/unit_fuzz.c
 */

#ifndef DECODE_ENVFILE_H
#define DECODE_ENVFILE_H

#include "base/str.h"

struct envfile {
	struct str s;           /* the file */
	size_t i;               /* what was read of it */
	size_t line;            /* number of the line at ${i} */
	char *room;             /* takes as many bytes as the file has */
	size_t n;               /* used of it */
	struct str name, value; /* of the assignment at hand */
	size_t at;              /* number of its first line */
};

/** envfile_init(f, bytes, room): begin; ${room} has ${bytes}.n bytes. */
void envfile_init(struct envfile *f, struct str bytes, char *room);

/**
 * envfile_next(f): go to the next assignment with a name that a variable can
 * have, quotes and escapes undone; false at the end. What it found before stays
 * valid.
 */
bool envfile_next(struct envfile *f);

#endif
