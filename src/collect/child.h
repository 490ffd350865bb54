/*
 * collect/child.h: one reader's process, as its parent has it: started,
 * listened to, watched, buried.
 *
 * Source:   fork(2), pipe(7), wait(2), clock_getcpuclockid(3)
 * Floor:    collect.
 */

#ifndef COLLECT_CHILD_H
#define COLLECT_CHILD_H

#include <time.h>

#include "base/buf.h"
#include "collect/reader.h"

/* What one pipe holds, and what is taken from it at once, bytes. */
#define CHILD_PIPE_BYTES 1048576

struct child {
	int pid;  /* 0: none */
	int pipe; /* -1: none, or it is closed at the other end */
	clockid_t clock;
	bool clocked;      /* ${clock} can be read */
	uint64_t first;    /* the board's count when this reader began */
	uint64_t begun;    /* and when the file at hand was begun */
	int64_t cpu_ns;    /* the reader's processor time then */
	int64_t moved_ms;  /* when it last said or did anything */
	int64_t looked_ms; /* when it was last looked at */
	bool timeout;      /* it was ended for taking too long */
	bool stalled;      /* and that was for standing still */
	bool babbled;      /* it was ended for what it wrote */
	int status;        /* as wait(2) */
	struct buf text;   /* what came and is not yet taken */
	size_t taken;      /* bytes of ${text} that are */
};

/** child_init(c): no process. */
void child_init(struct child *c);

/** child_free(c): end it, and give all back. */
void child_free(struct child *c);

/**
 * child_start(c, job, key, e):
 * Fork a reader for ${job}, whose pipe and key are filled in here: ${key} is
 * the key of the fingerprints.
 *
 * Errors: MU_ESYSTEM.
 */
int child_start(struct child *c, struct reader_job *job, struct str key,
    struct err *e) MU_MUST_CHECK;

/**
 * child_pump(c, e):
 * Take what is in the pipe, without waiting; at its end ${c}->pipe is -1. To be
 * called where child_has_room(). 1: something came; 0: nothing.
 *
 * Errors: MU_ESYSTEM.
 */
int child_pump(struct child *c, struct err *e) MU_MUST_CHECK;

/**
 * child_line(c, line):
 * The next whole line, valid until child_pump(); false: none is there yet. A
 * line that is longer than REC_LINE_MAX ends the reader.
 */
bool child_line(struct child *c, struct str *line);

/** child_has_room(c): whether more may be taken from its pipe. */
bool child_has_room(const struct child *c);

/**
 * child_watch(c, board, held, now_ms):
 * End the reader where one file takes too long, by ${board}. ${held}: it may
 * stand still because nobody takes what it says.
 */
void child_watch(struct child *c, const struct board *board, bool held,
    int64_t now_ms);

/** child_bury(c): wait until it is gone, or has had seconds to go. */
void child_bury(struct child *c);

/** child_done(c): whether it, buried, had come to the end of its work. */
bool child_done(const struct child *c);

/** child_how(c, text, room): put into ${text} how it died, and return it. */
const char *child_how(const struct child *c, char *text, size_t room);

#endif
