/*
 * base/fd.h: descriptors: whole reads and writes, files, memory files.
 *
 * Source:   open(2), read(2), memfd_create(2), statx(2).
 * Floor:    base.
 */

#ifndef BASE_FD_H
#define BASE_FD_H

#include "base/arena.h"
#include "base/buf.h"

/** fd_close(fd): close it; -1 is allowed. */
void fd_close(int fd);

/** fd_auto(fd): for AUTO(fd) on an int that starts as -1. */
static inline void
fd_auto(int *fd)
{

	fd_close(*fd);
}

/**
 * fd_read_all(fd, out, e):
 * Append what can be read from ${fd} until its end to ${out}.
 *
 * Errors: MU_ESYSTEM, MU_ELIMIT (more than ${out} may hold).
 */
int fd_read_all(int fd, struct buf *out, struct err *e) MU_MUST_CHECK;

/**
 * fd_read_file(dir, path, out, e):
 * Append the regular file ${path} below the directory descriptor ${dir} to
 * ${out}. A last link is not followed.
 *
 * Errors: MU_ENOTFOUND, MU_EDENIED, MU_ELIMIT, MU_EUNSUPPORTED (no regular
 * file), MU_ESYSTEM.
 */
int fd_read_file(int dir, const char *path, struct buf *out,
    struct err *e) MU_MUST_CHECK;

/**
 * fd_is_ours(fd, name, e):
 * See that what ${fd} is open on belongs to root or to the caller, and that
 * nobody else may write it; ${name} is for the error.
 *
 * Errors: MU_EDENIED, MU_ESYSTEM.
 */
int fd_is_ours(int fd, const char *name, struct err *e) MU_MUST_CHECK;

/**
 * fd_read_ours(dir, path, name, out, e):
 * fd_read_file() for a file that tells Muster what to do: fd_is_ours() must
 * hold. ${name} stands for it in errors.
 *
 * Errors: as fd_read_file and fd_is_ours.
 */
int fd_read_ours(int dir, const char *path, const char *name, struct buf *out,
    struct err *e) MU_MUST_CHECK;

/**
 * fd_write_all(fd, s, e):
 * Write all of ${s}.
 *
 * Errors: MU_ESYSTEM (with EPIPE among them; SIGPIPE is the caller's to
 * ignore).
 */
int fd_write_all(int fd, struct str s, struct err *e) MU_MUST_CHECK;

/**
 * fd_write_file(path, s, mode, e):
 * Write ${s} to ${path} so that a reader sees the old or the new file, never a
 * part: a temporary file beside it, fsync, rename.
 *
 * Errors: MU_EDENIED, MU_ENOTFOUND, MU_ESYSTEM.
 */
int fd_write_file(const char *path, struct str s, unsigned mode,
    struct err *e) MU_MUST_CHECK;

/**
 * fd_memory(name, s, out, e):
 * Make a sealed memory file that holds ${s}, positioned at its start, in
 * ${out}; owned by the caller (fd_close). It is inherited by a fork and closed
 * on exec.
 *
 * Errors: MU_ESYSTEM.
 */
int fd_memory(const char *name, struct str s, int *out,
    struct err *e) MU_MUST_CHECK;

/**
 * fd_mkdirs(path, mode, e):
 * Make the directory ${path} and those above it, each with ${mode}.
 *
 * Errors: MU_EDENIED, MU_ESYSTEM.
 */
int fd_mkdirs(const char *path, unsigned mode, struct err *e) MU_MUST_CHECK;

#endif
