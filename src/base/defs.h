/*
 * base/defs.h: compiler words used in every floor.
 *
 * Floor:    base. No state.
 */

#ifndef BASE_DEFS_H
#define BASE_DEFS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/banned.h"

/* The result must be looked at. */
#define MU_MUST_CHECK __attribute__((warn_unused_result))

/* printf-like: ${f} is the format's position, ${a} the first argument's. */
#define MU_PRINTF(f, a) __attribute__((format(printf, f, a)))

/* The caller owns the result and gives it back to ${dtor}. */
#if defined(__GNUC__) && !defined(__clang__)
#define MU_OWNED(dtor) \
	__attribute__((malloc, malloc(dtor, 1), warn_unused_result))
#else
#define MU_OWNED(dtor) __attribute__((malloc, warn_unused_result))
#endif

#define MU_UNUSED __attribute__((unused))

/*
 * AUTO(x) T v: run x_auto(&v) when v leaves its scope. A header that owns a
 * type X writes: static inline void x_auto(X **p) { x_free(*p); }
 */
#define AUTO(stem) __attribute__((cleanup(stem##_auto)))

/* Hand a pointer over: read it and leave NULL behind. */
#define TAKE(p)                            \
	__extension__({                    \
		__typeof__(p) take_ = (p); \
		(p) = NULL;                \
		take_;                     \
	})

#define MU_COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* A broken invariant of our own: say where, and stop. Kept in releases. */
#define MU_ASSERT(c) ((c) ? (void)0 : defs_broken(#c, __FILE__, __LINE__))

/**
 * defs_broken(what, file, line):
 * Print one line on standard error that names the broken invariant, and abort.
 */
_Noreturn void defs_broken(const char *what, const char *file, int line);

#endif
