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

/* Where in a file of names and values a secret stands, and whose it is. A
 * path has components with dots between; a star in one matches any run of
 * bytes of that component, and the other paths of the rule then mean the same
 * run. Texts are NULL where the rule does not say. */
struct pick {
	const char *secret; /* path of the secret itself */
	enum id_kind kind;
	const char *name; /* for people; "{*}" is what the star matched */
	/* The identity is a login: these parts, as a path, or "=text". */
	const char *scheme, *user, *host, *port, *db;
	const char *id;        /* or a public id: its path */
	const char *id_prefix; /* "aws" gives the key aws:<id> */
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
	bool live; /* no file: the witness sees it in the running system */
	const struct pick *picks; /* ended by one without a secret; or NULL */
};

#endif
