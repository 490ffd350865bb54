/*
 * decode/peek.h: how a decoder asks for another file of the same root: one
 * that its own file includes, or names.
 *
 * A decoder opens nothing itself. Whoever reads the root gives it a struct
 * peek; without one every file is as if it were not there.
 *
 * Source:   path_resolution(7), glob(7)
 * Floor:    decode. Pure.
 * Memory:   all in ${in}->job.
 */

#ifndef DECODE_PEEK_H
#define DECODE_PEEK_H

#include "decode/decode.h"

/* Most files and folders that one file may ask for. */
#define PEEK_MAX 1024

/* Most paths that one pattern stands for. */
#define PEEK_GLOB_MAX 1024

struct peek {
	/**
	 * file(p, path, max_bytes, a, bytes, file, e):
	 * The regular file ${path} of the root, with or without a leading
	 * slash; links are followed, none leads out of the root. ${file}->path
	 * is where it really lies. Bytes and texts live in ${a}.
	 *
	 * Returns 1, or 0 where there is none.
	 * Errors: MU_EDENIED, MU_ELIMIT (longer than ${max_bytes}, too many
	 * links, asked too often), MU_EUNSUPPORTED (no regular file; on a
	 * mount that is not read), MU_ESYSTEM.
	 */
	int (*file)(struct peek *p, struct str path, size_t max_bytes,
	    struct arena *a, struct str *bytes, struct file *file,
	    struct err *e);
	/**
	 * list(p, path, a, names, n, e):
	 * The names in the folder ${path}, sorted bytewise, in ${a}.
	 *
	 * Returns 1, or 0 where there is no such folder.
	 * Errors: as of file().
	 */
	int (*list)(struct peek *p, struct str path, struct arena *a,
	    struct str **names, size_t *n, struct err *e);
};

/**
 * peek_file(in, path, max_bytes, out, e):
 * Make ${out} what a decoder is given for the file ${path} (see struct peek):
 * as ${in}, with the bytes and the file of that one.
 *
 * Returns 1, or 0 where there is none. Errors: as of struct peek.
 */
int peek_file(const struct decode_in *in, struct str path, size_t max_bytes,
    struct decode_in *out, struct err *e) MU_MUST_CHECK;

/**
 * peek_list(in, path, names, n, e):
 * The names in the folder ${path}; none where it is not there.
 *
 * Errors: as of struct peek.
 */
int peek_list(const struct decode_in *in, struct str path, struct str **names,
    size_t *n, struct err *e) MU_MUST_CHECK;

/**
 * peek_glob(in, pattern, paths, n, e):
 * The paths that ${pattern} stands for, without a leading slash, in the order
 * of their names; a pattern without "*", "?" or "[" stands for itself, whether
 * it is there or not. As for a shell, a star takes no slash and no dot that a
 * name begins with.
 *
 * Errors: as of struct peek; MU_ELIMIT (more than PEEK_GLOB_MAX).
 */
int peek_glob(const struct decode_in *in, struct str pattern,
    struct str **paths, size_t *n, struct err *e) MU_MUST_CHECK;

/** peek_reason(code): the gap of an error of peek_file() and the others. */
enum gap_reason peek_reason(int code);

#endif
