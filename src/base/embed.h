/*
 * base/embed.h: files that are compiled into the program as text.
 *
 * Source:   tools/embed.py writes the tables; meson runs it.
 * Floor:    base. No state.
 */

#ifndef BASE_EMBED_H
#define BASE_EMBED_H

#include "base/str.h"

/* One file. A table of them ends with a name of NULL. */
struct embed_file {
	const char *name; /* the file's name without its directory */
	const char *text; /* its bytes, and a zero byte after them */
	size_t n;         /* bytes, without that zero */
};

#endif
