/*
 * base/mem.h: the only file that asks libc for memory and copies bytes.
 *
 * Floor:    base.
 * Memory:   running out ends the process through defs_broken(): every request
 *           that input can grow goes through a capped arena, buf, vec or map.
 */

#ifndef BASE_MEM_H
#define BASE_MEM_H

#include "base/defs.h"

/**
 * mem_free(p):
 * Give back what mem_new() or mem_grow() returned. NULL is allowed.
 */
void mem_free(void *p);

/**
 * mem_new(n, size):
 * Return ${n} zeroed items of ${size} bytes, owned by the caller (mem_free).
 */
void *mem_new(size_t n, size_t size) MU_OWNED(mem_free)
    __attribute__((returns_nonnull));

/**
 * mem_grow(p, n, size):
 * Return ${p} moved to room for ${n} items of ${size} bytes; new bytes are not
 * set. The old pointer is void.
 */
void *mem_grow(void *p, size_t n, size_t size) MU_MUST_CHECK;

/**
 * mem_copy(to, room, from, n):
 * Copy ${n} bytes; ${n} greater than ${room} is a broken invariant. NULL is
 * allowed on both sides where ${n} is 0.
 */
void mem_copy(void *to, size_t room, const void *from, size_t n);

/**
 * mem_wipe(p, n):
 * Overwrite ${n} bytes in a way that the compiler keeps.
 */
void mem_wipe(void *p, size_t n);

#endif
