/*
 * decode/sudoload.h: the lines of sudoers and of all files that it includes, in
 * the order in which sudo reads them.
 *
 * Source:   sudoers(5), "Including other files from within sudoers": a folder's
 *           files by name, but for those with a dot or a last "~"; "%h" is the
 *           host's short name; a path without a slash before it lies beside the
 *           file that names it; a file or folder that is not there adds nothing.
 * Floor:    decode. Pure.
 * Memory:   in the job.
 * Fuzz:     fuzz/sudoers_fuzz.c
 */

#ifndef DECODE_SUDOLOAD_H
#define DECODE_SUDOLOAD_H

#include "decode/sudolex.h"

/* Most files, how deep they include one another, and most lines of all. */
#define SUDOLOAD_FILES_MAX 1000
#define SUDOLOAD_DEPTH_MAX 128
#define SUDOLOAD_LINES_MAX 500000
#define SUDOLOAD_BYTES_MAX 8388608

struct sudoload_line {
	struct str text; /* without comment, continuations joined */
	size_t at;       /* number of its first line */
	size_t file;
};

struct sudoload {
	struct decode_in *files;
	struct lines *gaps; /* one a file, for lines_gap() */
	size_t n_files;
	struct sudoload_line *lines;
	size_t n, room;
	bool quiet; /* no gaps: it is another file's turn to tell */
};

/**
 * sudoload_read(in, quiet, out, e):
 * Read the file of ${in} and those that it includes. One that may not be read
 * is a gap at the line that names it, unless ${quiet}.
 *
 * Errors: MU_ELIMIT (a cap above, a line, the job); the sink's.
 */
int sudoload_read(const struct decode_in *in, bool quiet, struct sudoload *out,
    struct err *e) MU_MUST_CHECK;

/**
 * sudoload_elsewhere(in, e):
 * Whether the machine's own sudoers includes the file of ${in}, so that its
 * rules are told with that one.
 *
 * Errors: as above.
 */
int sudoload_elsewhere(const struct decode_in *in, struct err *e) MU_MUST_CHECK;

/** sudoload_includes(line): whether ${line} names a file or folder to read. */
bool sudoload_includes(struct str line);

#endif
