/*
 * collect/reader.h: the reader: a process that walks a root, decodes what it
 * knows, and writes records into a pipe. It runs in the sandbox and ends with
 * the walk. Several can share a root.
 *
 * Into the pipe go lines of muster.observation/1, and before those of each file
 * one with READER_MARK and its path, in which a zero byte stands for a line
 * end. Paths come in the order of walk_cmp().
 *
 * Source:   docs/threat-model.md
 * Floor:    collect.
 * Secrets:  the fingerprint key is read from a memory file before anything
 *           else and lies in guarded memory; buffers of file bytes are never
 *           dumped.
 */

#ifndef COLLECT_READER_H
#define COLLECT_READER_H

#include "collect/atlas.h"
#include "collect/board.h"

/* What is read of a file to tell what it is. */
#define READER_HEAD_BYTES 65536

/* A longer file is looked at in its first and last bytes alone. */
#define READER_FILE_MAX   67108864
#define READER_ENDS_BYTES 1048576

/* Memory of one file's decoding, and of its records as lines. */
#define READER_JOB_BYTES ((size_t)64 << 20)
#define READER_OUT_BYTES ((size_t)32 << 20)

/* Memory of what is known of the host: 65,536 accounts take 20 MB. */
#define READER_HOST_BYTES ((size_t)64 << 20)

/* First byte of the line that says which path the next lines are about. */
#define READER_MARK '@'

struct reader_job {
	int root, key, out; /* directory, memory file, pipe */
	struct str asset;   /* --asset NAME, or "" */
	struct str after;   /* where to go on, or "" */
	int parent;         /* its process id */
	struct board *board;
	struct claims *claims; /* shared with other readers, or NULL */
	unsigned number;       /* among them */
	const struct atlas *atlas;
	const struct mounts *mounts;
};

/**
 * reader_main(job):
 * Be the reader: to be called in a new process, which it ends, with status 0
 * when the whole root is read.
 */
_Noreturn void reader_main(const struct reader_job *job);

#endif
