/*
 * base/arena.h: memory of one job, with a cap given at birth.
 *
 * Floor:    base.
 * Memory:   everything a job makes lives and dies here; there is no free call
 *           for a part. Reaching the cap is MU_ELIMIT, an ordinary answer.
 * Threads:  one arena, one thread.
 */

#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

struct arena;

/** arena_free(a): give all of ${a} back. NULL is allowed. */
void arena_free(struct arena *a);

/**
 * arena_new(cap_bytes):
 * Return an empty arena that will hold at most ${cap_bytes}; owned by the
 * caller (arena_free).
 */
struct arena *arena_new(size_t cap_bytes) MU_OWNED(arena_free);

/** arena_auto(a): for AUTO(arena). */
static inline void
arena_auto(struct arena **a)
{

	arena_free(*a);
}

/**
 * arena_reset(a):
 * Forget all that ${a} holds and keep one block of its memory for the next job.
 */
void arena_reset(struct arena *a);

/** arena_used(a): the bytes handed out since birth or the last reset. */
size_t arena_used(const struct arena *a);

/**
 * arena_take(a, n, size):
 * Return ${n} zeroed items of ${size} bytes, aligned for any type, or NULL
 * where the cap would be passed.
 */
void *arena_take(struct arena *a, size_t n, size_t size) MU_MUST_CHECK;

/**
 * arena_str(a, s, out, e):
 * Copy ${s} into ${a} (with a zero byte after it) and give the view in ${out}.
 *
 * Errors: MU_ELIMIT (the arena is full).
 */
int arena_str(struct arena *a, struct str s, struct str *out,
    struct err *e) MU_MUST_CHECK;

/**
 * arena_fmt(a, out, e, fmt, ...):
 * Print into ${a} and give the view, which has a zero byte after it, in ${out}.
 *
 * Errors: MU_ELIMIT (the arena is full).
 */
int arena_fmt(struct arena *a, struct str *out, struct err *e, const char *fmt,
    ...) MU_PRINTF(4, 5) MU_MUST_CHECK;

#endif
