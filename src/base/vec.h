/*
 * base/vec.h: a growing array of one type, capped at each push.
 *
 * Floor:    base.
 *
 *	VEC(struct grant) v = { 0 };
 *	if (!vec_push(&v, GRANTS_MAX, g)) ... the cap was reached ...
 *	for (size_t i = 0; i < v.n; i++) ... v.v[i] ...
 *	vec_free(&v);
 */

#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/mem.h"

#define VEC(type)               \
	struct {                \
		type *v;        \
		size_t n, room; \
	}

/* Append ${item}; false, and nothing is added, at ${max} items. */
#define vec_push(vec, max, ...)                                      \
	((vec)->n < (max) && ((vec)->v = vec_fit((vec)->v, (vec)->n, \
				  &(vec)->room, sizeof(*(vec)->v)),  \
				 (vec)->v[(vec)->n++] = (__VA_ARGS__), true))

#define vec_free(vec) \
	(mem_free((vec)->v), (vec)->v = NULL, (vec)->n = (vec)->room = 0)

/**
 * vec_fit(p, n, room, size):
 * Return ${p} with room for item ${n} of ${size} bytes; ${room} is updated.
 */
void *vec_fit(void *p, size_t n, size_t *room, size_t size) MU_MUST_CHECK;

#endif
