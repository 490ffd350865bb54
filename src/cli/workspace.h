/*
 * cli/workspace.h: where a register lives, and the key that is its own.
 *
 * Source:   man/muster.1, FILES; XDG Base Directory
 *           Specification.
 * Floor:    cli.
 * Secrets:  the key of the workspace and what is derived from it live in
 *           struct secret; the key's id is all that is ever shown.
 */

#ifndef CLI_WORKSPACE_H
#define CLI_WORKSPACE_H

#include "base/arena.h"
#include "base/secret.h"

#define WORKSPACE_KEY_BYTES 32
#define WORKSPACE_ID_CHARS  8

struct workspace {
	struct str data;    /* the data directory */
	struct str dir;     /* of this client in it */
	struct str db, key; /* paths: muster.db, workspace.key */
};

/**
 * workspace_find(data, client, a, out, e):
 * The paths for --data ${data} and --client ${client}, either of which may be
 * empty. Without ${data}: /var/lib/muster for root, else muster below
 * $XDG_DATA_HOME or ~/.local/share. Nothing is made. Each path has a zero byte
 * after it.
 *
 * Errors: MU_EFORMAT (a client's name that is none; no HOME), MU_ELIMIT.
 */
int workspace_find(struct str data, struct str client, struct arena *a,
    struct workspace *out, struct err *e) MU_MUST_CHECK;

/**
 * workspace_make(w, e):
 * Make the directories, each with mode 0700.
 *
 * Errors: MU_EDENIED, MU_ESYSTEM.
 */
int workspace_make(const struct workspace *w, struct err *e) MU_MUST_CHECK;

/**
 * workspace_fp(w, out, e):
 * The key of the fingerprints in ${out}, owned by the caller (secret_free). The
 * key of the workspace is made where it is not there yet; of two processes that
 * make it at once, both get the same one.
 *
 * Errors: MU_EDENIED (others can read the file, or no right), MU_EFORMAT (it
 * is no key), MU_ESYSTEM.
 */
int workspace_fp(const struct workspace *w, struct secret **out,
    struct err *e) MU_MUST_CHECK;

/**
 * workspace_fp_file(path, out, e):
 * The key of the fingerprints out of a file that holds it: 32 bytes, or 64
 * hexadecimal digits; owned by the caller (secret_free).
 *
 * Errors: as workspace_fp; MU_ENOTFOUND.
 */
int workspace_fp_file(const char *path, struct secret **out,
    struct err *e) MU_MUST_CHECK;

/** workspace_id(fp, out): the id of the key ${fp}: the first 8 hexadecimal
 * digits of its SHA-256, and a zero byte. */
void workspace_id(const struct secret *fp, char out[WORKSPACE_ID_CHARS + 1]);

#endif
