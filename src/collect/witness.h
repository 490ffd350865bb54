/*
 * collect/witness.h: the witness: a process that looks at the running system
 * for a second or two: /proc, and one TLS ClientHello to each listening
 * loopback socket. It parses nothing but the texts of /proc, writes what it saw
 * into a memory file, and ends.
 *
 * Source:   docs/threat-model.md, docs/formats/testimony.md
 * Floor:    collect.
 * Secrets:  environments pass through one buffer that is wiped; names alone
 *           leave it.
 */

#ifndef COLLECT_WITNESS_H
#define COLLECT_WITNESS_H

#include <sys/types.h>

#include "base/buf.h"

/* Time that the witness gives itself, and what its parent adds to it, ms. */
#define WITNESS_MS       5000
#define WITNESS_GRACE_MS 1000

struct witness {
	pid_t pid;        /* 0: none runs */
	int memory;       /* what it writes, or -1 */
	int64_t until_ms; /* of clock_mono_ms(): when it is ended */
};

/** witness_none: no witness. */
#define WITNESS_NONE ((struct witness){ .memory = -1 })

/**
 * witness_start(w, e):
 * Fork a witness; it works while the caller goes on.
 *
 * Errors: MU_ESYSTEM.
 */
int witness_start(struct witness *w, struct err *e) MU_MUST_CHECK;

/**
 * witness_wait(w, text, room):
 * Wait until it has ended; ${w}->memory is then what it wrote. True: it ended
 * well; else ${text} says how it ended, and ${w}->memory holds what it wrote
 * until then.
 */
bool witness_wait(struct witness *w, char *text, size_t room);

/** witness_free(w): end it where it still runs, and close its memory. */
void witness_free(struct witness *w);

/**
 * witness_report(out):
 * Append one line that says what a witness can see here, for `muster doctor`.
 */
void witness_report(struct buf *out);

#endif
