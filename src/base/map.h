/*
 * base/map.h: bytes to a 64-bit value; open addressing, keyed SipHash with a
 * seed of the process, since keys come from attackers.
 *
 * Floor:    base.
 * Memory:   keys are copied; the number of keys is capped at birth.
 */

#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/str.h"

struct map;

/** map_free(m): NULL is allowed. */
void map_free(struct map *m);

/** map_new(max_keys): an empty map, owned by the caller (map_free). */
struct map *map_new(size_t max_keys) MU_OWNED(map_free);

/** map_auto(m): for AUTO(map). */
static inline void
map_auto(struct map **m)
{

	map_free(*m);
}

/**
 * map_put(m, key, value, was):
 * Bind ${key} to ${value}. ${was} (NULL is allowed) gets the value it had
 * before, or is left alone. Returns 1 where the key is new, 0 where it was
 * there, MU_ELIMIT at the cap.
 */
int map_put(struct map *m, struct str key, uint64_t value,
    uint64_t *was) MU_MUST_CHECK;

/** map_get(m, key, value): whether ${key} is there, and its value. */
bool map_get(const struct map *m, struct str key, uint64_t *value);

/** map_count(m): how many keys it holds. */
size_t map_count(const struct map *m);

/**
 * map_next(m, at, key, value):
 * Step through all keys in no particular order: start with *${at} = 0, go on
 * while it returns true. The map must not change meanwhile.
 */
bool
map_next(const struct map *m, size_t *at, struct str *key, uint64_t *value);

/** map_hash(s): 64 bits of SipHash-2-4 of ${s} under the process's seed. */
uint64_t map_hash(struct str s);

#endif
