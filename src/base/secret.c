#include "base/secret.h"

#include <sodium.h>

#include "base/mem.h"

struct secret {
	size_t n;
	unsigned char *p; /* sodium_malloc'd */
};

void
secret_free(struct secret *s)
{

	if (s == NULL)
		return;
	sodium_free(s->p);
	mem_free(s);
}

static struct secret *
secret_room(size_t n)
{
	struct secret *s = mem_new(1, sizeof(*s));

	MU_ASSERT(sodium_init() >= 0);
	s->n = n;
	s->p = sodium_malloc(n != 0 ? n : 1);
	MU_ASSERT(s->p != NULL);
	return s;
}

struct secret *
secret_new(struct str v)
{
	struct secret *s = secret_room(v.n);

	mem_copy(s->p, s->n, v.p, v.n);
	return s;
}

struct secret *
secret_random(size_t n)
{
	struct secret *s = secret_room(n);

	randombytes_buf(s->p, n);
	return s;
}

struct str
secret_view(const struct secret *s)
{

	return str_of(s->p, s->n);
}
