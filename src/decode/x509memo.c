#include "decode/x509memo.h"

#include "base/digest.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"

/* Most certificates; the arena is full before. */
#define MEMO_MAX 65536

/* What one takes of the arena at most: no more are kept below that. */
#define MEMO_ROOM ((size_t)1 << 20)

struct x509memo {
	struct map *seen; /* SHA-256 of the bytes, to a row of ${all} */
	VEC(struct x509) all;
	struct map *trusted; /* keys */
	uint32_t counted;
	struct arena *arena;
};

void
x509memo_free(struct x509memo *m)
{

	if (m == NULL)
		return;
	map_free(m->seen);
	map_free(m->trusted);
	vec_free(&m->all);
	arena_free(m->arena);
	mem_free(m);
}

struct x509memo *
x509memo_new(void)
{
	struct x509memo *m = mem_new(1, sizeof(*m));

	m->seen = map_new(MEMO_MAX);
	m->trusted = map_new(MEMO_MAX);
	m->arena = arena_new(X509MEMO_BYTES);
	return m;
}

int
x509memo_read(struct x509memo *m, struct str der, struct arena *a,
    struct x509 *out, struct err *e)
{
	struct digest d;
	uint64_t row;

	if (m == NULL || der.n > X509_BYTES_MAX ||
	    arena_used(m->arena) > X509MEMO_BYTES - MEMO_ROOM)
		return x509_read(der, a, out, e);
	d = digest_sha256(der);
	if (map_get(m->seen, digest_str(&d), &row)) {
		*out = m->all.v[row];
		return MU_OK;
	}
	TRY(x509_read(der, m->arena, out, e));
	if (vec_push(&m->all, MEMO_MAX, *out) &&
	    map_put(m->seen, digest_str(&d), m->all.n - 1, NULL) < 0)
		m->all.n--;
	return MU_OK;
}

void
x509memo_trust(struct x509memo *m, struct str der)
{
	AUTO(arena) struct arena *a = arena_new(MEMO_ROOM);
	struct x509 x;

	if (x509memo_read(m, der, a, &x, NULL) == MU_OK && x509_anchor(&x))
		(void)!map_put(m->trusted, x.key, 0, NULL);
}

bool
x509memo_count(struct x509memo *m, struct str key)
{
	uint64_t value;

	if (m == NULL || !map_get(m->trusted, key, &value))
		return false;
	m->counted++;
	return true;
}

uint32_t
x509memo_counted(struct x509memo *m)
{
	uint32_t n = m->counted;

	m->counted = 0;
	return n;
}
