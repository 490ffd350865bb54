/*
 * collect/collect.h: read one root in a sandboxed child, get records back.
 *
 * The parent opens the root directory, forks the reader and reads records
 * from a pipe. The reader may read files below that directory and write to
 * that pipe; Landlock, seccomp and limits take all else away. A child that
 * dies or hangs on a file costs one gap, and a new child goes on after it.
 *
 * Where the root is the running system's own "/", a witness looks at what runs
 * and what is served meanwhile (witness.h).
 *
 * Source:   docs/threat-model.md; landlock(7), seccomp(2).
 * Floor:    collect.
 */

#ifndef COLLECT_COLLECT_H
#define COLLECT_COLLECT_H

#include "model/place.h"
#include "model/rec.h"

/* Processor time that one file may take before it is a gap, seconds. */
#define COLLECT_FILE_CPU_S 5

/* Time in which a reader may stand still, as on a dead disk, seconds. */
#define COLLECT_STALL_S 60

/* Most readers of one run: each but the first few follows one that died. */
#define COLLECT_READERS_MAX 1000

/* Most readers at once. */
#define COLLECT_CREW_MAX 4

struct collect_progress {
	int64_t files, dirs, records, gaps;
	struct str path; /* the file being read */
};

struct collect_opts {
	const char *root;       /* directory to read: "/" or a mounted image */
	struct str asset;       /* --asset NAME, or "" */
	struct str fp_key;      /* 32 bytes: key of the fingerprints */
	struct str fp_key_id;   /* what the run record says of it */
	bool ephemeral;         /* the key dies with this run */
	bool no_witness;        /* files alone, of the running system too */
	const char *places_dir; /* of the user\'s own places, or NULL */
	int64_t now_s;
	unsigned readers; /* at once; 0: as many as there are processors */
	/* Called a few times a second at most; NULL for none. */
	void (*progress)(void *cookie, const struct collect_progress *p);
	void *cookie;
};

/**
 * collect_run(opts, out, e):
 * Read the root and put its records to ${out}: run first, then the asset and
 * all else, end last. Gaps are records, not errors. With the same files the
 * records come in the same order, however many read. Where readers die again
 * and again the stream
 * has no end record and is partial: ${out}->counts[REC_END] is then 0. The
 * process must have one thread.
 *
 * Errors: MU_ENOTFOUND, MU_EDENIED (the root itself), MU_EFORMAT (a place of
 * the user's own), MU_ESYSTEM (no process or pipe, or no reader lives long
 * enough to say which machine it reads); the sink's.
 */
int collect_run(const struct collect_opts *opts, struct sink *out,
    struct err *e) MU_MUST_CHECK;

/* All places that are compiled in, by id; NULL id at the end. */
extern const struct place collect_places[];

/**
 * collect_sandbox(out):
 * Append to ${out} one line a layer that says what this kernel gives the
 * reader ("landlock: ABI 7"), for `muster doctor`.
 */
void collect_sandbox(struct buf *out);

/**
 * collect_witness(out):
 * Append to ${out} one line that says what a witness can see here.
 */
void collect_witness(struct buf *out);

#endif
