#include "base/map.h"

#include <sodium.h>

#include "base/mem.h"

#define MAP_FIRST_SLOTS 64
#define MAP_KEYS_BLOCK  65536

/* Keys lie one after the other in blocks that never move. */
struct keys {
	struct keys *next;
	size_t used, room;
	char bytes[];
};

struct slot {
	const char *p; /* NULL: free */
	size_t n;
	uint64_t hash, value;
};

struct map {
	struct slot *slots;
	size_t room, n, max; /* room is a power of two */
	struct keys *keys;
};

uint64_t
map_hash(struct str s)
{
	static unsigned char seed[crypto_shorthash_KEYBYTES];
	static bool seeded;
	unsigned char out[crypto_shorthash_BYTES];
	uint64_t h = 0;
	size_t i;

	if (!seeded) {
		MU_ASSERT(sodium_init() >= 0);
		crypto_shorthash_keygen(seed);
		seeded = true;
	}
	(void)crypto_shorthash(out, (const unsigned char *)s.p, s.n, seed);
	for (i = 0; i < sizeof(out); i++)
		h = h << 8 | out[i];
	return h;
}

void
map_free(struct map *m)
{
	struct keys *k, *next;

	if (m == NULL)
		return;
	for (k = m->keys; k != NULL; k = next) {
		next = k->next;
		mem_free(k);
	}
	mem_free(m->slots);
	mem_free(m);
}

struct map *
map_new(size_t max_keys)
{
	struct map *m = mem_new(1, sizeof(*m));

	m->max = max_keys;
	m->room = MAP_FIRST_SLOTS;
	m->slots = mem_new(m->room, sizeof(*m->slots));
	return m;
}

static struct slot *
map_slot(const struct map *m, struct str key, uint64_t hash)
{
	struct slot *s;
	size_t i = (size_t)hash & (m->room - 1);

	for (;; i = (i + 1) & (m->room - 1)) {
		s = &m->slots[i];
		if (s->p == NULL ||
		    (s->hash == hash && str_eq(str_of(s->p, s->n), key)))
			return s;
	}
}

static void
map_widen(struct map *m)
{
	struct slot *old = m->slots;
	size_t i, room = m->room;

	m->room *= 2;
	m->slots = mem_new(m->room, sizeof(*m->slots));
	for (i = 0; i < room; i++)
		if (old[i].p != NULL)
			*map_slot(m, str_of(old[i].p, old[i].n), old[i].hash) =
			    old[i];
	mem_free(old);
}

static const char *
map_keep(struct map *m, struct str key)
{
	struct keys *k = m->keys;
	size_t room;
	char *at;

	if (k == NULL || k->room - k->used < key.n + 1) {
		room = key.n + 1 > MAP_KEYS_BLOCK ? key.n + 1 : MAP_KEYS_BLOCK;
		k = mem_new(1, sizeof(*k) + room);
		k->room = room;
		k->next = m->keys;
		m->keys = k;
	}
	at = k->bytes + k->used;
	mem_copy(at, k->room - k->used, key.p, key.n);
	k->used += key.n + 1;
	return at;
}

int
map_put(struct map *m, struct str key, uint64_t value, uint64_t *was)
{
	uint64_t hash = map_hash(key);
	struct slot *s = map_slot(m, key, hash);

	if (s->p != NULL) {
		if (was != NULL)
			*was = s->value;
		s->value = value;
		return 0;
	}
	if (m->n >= m->max)
		return MU_ELIMIT;
	if (m->n + 1 > m->room / 4 * 3) {
		map_widen(m);
		s = map_slot(m, key, hash);
	}
	*s = (struct slot){ map_keep(m, key), key.n, hash, value };
	m->n++;
	return 1;
}

bool
map_get(const struct map *m, struct str key, uint64_t *value)
{
	const struct slot *s = map_slot(m, key, map_hash(key));

	if (s->p == NULL)
		return false;
	*value = s->value;
	return true;
}

size_t
map_count(const struct map *m)
{

	return m->n;
}

bool
map_next(const struct map *m, size_t *at, struct str *key, uint64_t *value)
{
	const struct slot *s;

	while (*at < m->room) {
		s = &m->slots[(*at)++];
		if (s->p == NULL)
			continue;
		*key = str_of(s->p, s->n);
		*value = s->value;
		return true;
	}
	return false;
}
