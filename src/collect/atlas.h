/*
 * collect/atlas.h: every place of one run, with its decoder: those compiled
 * in, a user's own, and those that a decoder finds by content alone.
 *
 * Floor:    collect.
 */

#ifndef COLLECT_ATLAS_H
#define COLLECT_ATLAS_H

#include "collect/placefile.h"
#include "decode/decode.h"

#define ATLAS_MAX (PLACEFILE_PLACES_MAX + 256)

/* Most decoders that look at content. */
#define ATLAS_FINDERS_MAX 128

struct atlas_row {
	struct place place;
	const struct decoder *decoder;
};

/* A decoder that knows its format when it sees it. */
struct atlas_finder {
	const struct decoder *decoder;
	uint32_t place; /* where it is counted */
};

struct atlas {
	VEC(struct atlas_row) rows; /* by id */
	struct atlas_finder finders[ATLAS_FINDERS_MAX];
	size_t n_finders;
	struct placefile own; /* what the user's places live in */
};

/** atlas_free(a): give all back. */
void atlas_free(struct atlas *a);

/** atlas_auto(a): for AUTO(atlas) on a struct atlas. */
static inline void
atlas_auto(struct atlas *a)
{

	atlas_free(a);
}

/**
 * atlas_load(a, dir, e):
 * Fill ${a}; ${dir} is a directory of the user's own places, or NULL.
 *
 * Errors: as placefile_dir, placefile_sort and placefile_check. ${a} is to be
 * freed all the same.
 */
int atlas_load(struct atlas *a, const char *dir, struct err *e) MU_MUST_CHECK;

#endif
