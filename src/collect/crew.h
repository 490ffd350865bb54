/*
 * collect/crew.h: the readers of one root, at work together, and their records
 * as one stream.
 *
 * Each has a pipe, and says in it which path its next records are about. The
 * parent hands on the lines of the reader that is least far, so that the stream
 * is that of one reader. Who is ahead waits: its pipe is full. What is pending
 * of a reader takes no more than its pipe and 2 MiB.
 *
 * Source:   docs/decisions/0004-parallel-readers.md
 * Floor:    collect.
 */

#ifndef COLLECT_CREW_H
#define COLLECT_CREW_H

#include "collect/child.h"
#include "collect/relay.h"

/* One place in the crew: readers come and go, this stays. */
struct crew_hand {
	struct child child;
	struct board *board;
	char at[WALK_PATH_MAX]; /* it says nothing more of what is before */
	size_t at_n;
	struct str after; /* where its next reader begins */
	bool dead;        /* its gap is to be written, at ${at} */
	bool done;        /* it came to the end of its work */
};

struct crew {
	struct relay *relay;
	const struct atlas *atlas;
	const struct mounts *mounts;
	int root;
	struct crew_hand hands[COLLECT_CREW_MAX];
	unsigned n;
	struct claims *claims; /* NULL where there is one reader */
	struct board_count *counts;
	int started;
	bool tired; /* too many died: no more are started */
	int64_t shown_ms;
};

/**
 * crew_new(c, relay, atlas, mounts, root, e):
 * Make ready for the readers of the directory ${root}: as many at once as
 * ${relay}->o says. All is borrowed. ${c} is to be freed all the same.
 *
 * Errors: MU_ESYSTEM.
 */
int crew_new(struct crew *c, struct relay *relay, const struct atlas *atlas,
    const struct mounts *mounts, int root, struct err *e) MU_MUST_CHECK;

/** crew_free(c): end all readers and give all back. */
void crew_free(struct crew *c);

/** crew_auto(c): for AUTO(crew) on a struct crew. */
static inline void
crew_auto(struct crew *c)
{

	crew_free(c);
}

/**
 * crew_run(c, e):
 * Have the root read. 1: to its end; 0: too many readers died.
 *
 * Errors: MU_ESYSTEM (no reader can be started, or one dies before its first
 * file); the sink's.
 */
int crew_run(struct crew *c, struct err *e) MU_MUST_CHECK;

/**
 * crew_logs(c, e):
 * Put a gap for each place whose logs were read and are no evidence that
 * something was not used, and count it: before crew_counts().
 *
 * Errors: the sink's; MU_ELIMIT.
 */
int crew_logs(struct crew *c, struct err *e) MU_MUST_CHECK;

/**
 * crew_counts(c):
 * What all readers counted, one a row of the atlas; valid until the next call.
 */
struct board_count *crew_counts(struct crew *c);

#endif
