/*
 * collect/placefile.h: places as they are written: documents of YAML.
 *
 * One document is one place; a file holds as many as it likes. Anchors and
 * aliases are refused, never resolved. The places that ship with Muster go
 * through this at build time (placec), a user's own at run time.
 *
 * Source:   docs/formats/place.md; YAML 1.2
 * Floor:    collect. With decode, the only floor that names libfyaml.
 * Memory:   texts live in the struct placefile until placefile_free().
 */

#ifndef COLLECT_PLACEFILE_H
#define COLLECT_PLACEFILE_H

#include "base/buf.h"
#include "base/vec.h"
#include "model/place.h"

/* Longest file of places, bytes; the longest that ships has 6 kB. */
#define PLACEFILE_PICKS_MAX 64
#define PLACEFILE_BYTES_MAX 1048576

/* Most nodes of one file: a place has about 20. */
#define PLACEFILE_NODES_MAX 100000

/* Most places altogether: 280 are planned, and users add some. */
#define PLACEFILE_PLACES_MAX 1024

struct placefile_row {
	struct place place;
	const char *sample; /* folder of samples, or NULL */
	const char *file;   /* where it was read, for errors */
	int line;           /* of its first member, from 1 */
};

struct placefile {
	struct arena *a;
	VEC(struct placefile_row) rows;
};

/** placefile_init(p): no places. */
void placefile_init(struct placefile *p);

/** placefile_free(p): give the places and their texts back. */
void placefile_free(struct placefile *p);

/** placefile_auto(p): for AUTO(placefile) on a struct placefile. */
static inline void
placefile_auto(struct placefile *p)
{

	placefile_free(p);
}

/**
 * placefile_add(p, name, text, e):
 * Read the places in ${text} to the end of ${p}; ${name} is the file's, for
 * errors. On an error nothing is added.
 *
 * Errors: MU_EFORMAT ("name:line: ...": no YAML, an alias, an unknown member
 * or word, a member missing or twice, a glob that is not sane), MU_ELIMIT.
 */
int placefile_add(struct placefile *p, const char *name, struct str text,
    struct err *e) MU_MUST_CHECK;

/**
 * placefile_dir(p, path, e):
 * Read every *.yaml in the directory ${path}, by name. Its files and itself
 * must belong to root or to the caller, and nobody else may write them. A
 * directory that is not there has no places.
 *
 * Errors: as placefile_add; MU_EDENIED (somebody else's file), MU_ESYSTEM.
 */
int placefile_dir(struct placefile *p, const char *path,
    struct err *e) MU_MUST_CHECK;

/**
 * placefile_sort(p, e):
 * Sort by id.
 *
 * Errors: MU_EFORMAT (two places have one id).
 */
int placefile_sort(struct placefile *p, struct err *e) MU_MUST_CHECK;

/**
 * placefile_check(p, e):
 * See that each decoder named is one of decode_list, and that a place without
 * globs is the one that its decoder finds by content.
 *
 * Errors: MU_EFORMAT.
 */
int placefile_check(const struct placefile *p, struct err *e) MU_MUST_CHECK;

/**
 * placefile_glob(glob):
 * NULL where ${glob} is one that a place may have, else what is wrong with it:
 * relative, "~/" at most at its start, no empty, "." or ".." component, "**"
 * as a whole component alone.
 */
const char *placefile_glob(struct str glob);

#endif
