/*
 * model/place.h: where identities live, as data (the .yaml files of places/, compiled in).
 *
 * Source:   docs/formats/place.md
 * Floor:    model. Pure.
 */

#ifndef MODEL_PLACE_H
#define MODEL_PLACE_H

#include "model/word.h"

/* Most globs of one place. */
#define PLACE_GLOBS_MAX 32

enum rights {
	RIGHTS_ANY,   /* any account can read it */
	RIGHTS_OWNER, /* the file's owner, or root */
	RIGHTS_ROOT,
};

struct place {
	const char *id;    /* "ssh.authorized_keys" */
	const char *row;   /* of the catalogue: "B1" */
	const char *title; /* "Keys that may log in by SSH" */
	const char *sees;  /* one sentence for people */
	enum rights rights;
	const char *decoder;      /* name of a decoder */
	enum id_kind kind;        /* ID_KINDS: the decoder's own */
	const char *const *globs; /* NULL-ended; "~/x" is below every home;
				   * no globs: found by content alone */
};

#endif
