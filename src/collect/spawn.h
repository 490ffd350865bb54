/*
 * collect/spawn.h: a process forked to work in a sandbox: what it leaves behind
 * at birth, and how its parent waits for its death.
 *
 * Source:   docs/decisions/0002-reader-fork.md
 * Floor:    collect.
 */

#ifndef COLLECT_SPAWN_H
#define COLLECT_SPAWN_H

#include <sys/types.h>

#include "base/err.h"

/* Most descriptors that a child keeps. */
#define SPAWN_KEEP_MAX 8

/**
 * spawn_detach(parent, keep, n, pages, n_pages, e):
 * In the child: die with ${parent}, forget its signal handlers, have /dev/null
 * for standard input, output and error, close all descriptors but the ${n} of
 * ${keep}, and unmap memory shared with others but what begins at
 * one of ${pages}.
 *
 * Errors: MU_ESYSTEM (the parent is gone).
 */
int spawn_detach(int parent, const int *keep, size_t n,
    const void *const *pages, size_t n_pages, struct err *e) MU_MUST_CHECK;

/**
 * spawn_wait(pid, until_ms, status):
 * In the parent: wait for ${pid} until ${until_ms} of clock_mono_ms(), and then
 * kill it. ${status} is as wait(2) has it. False: it was killed.
 */
bool spawn_wait(pid_t pid, int64_t until_ms, int *status);

/** spawn_kill(pid): end it now; 0: there is none. */
void spawn_kill(pid_t pid);

/**
 * spawn_how(status, text, room):
 * How it ended, in ${text}: "died: Killed", "died with status 1"; "" where
 * it ended well.
 */
void spawn_how(int status, char *text, size_t room);

#endif
