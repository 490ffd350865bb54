#include "base/mem.h"

void
mem_free(void *p)
{

	free(p);
}

void *
mem_new(size_t n, size_t size)
{
	void *p;

	p = calloc(n != 0 ? n : 1, size != 0 ? size : 1);
	MU_ASSERT(p != NULL);
	return p;
}

void *
mem_grow(void *p, size_t n, size_t size)
{
	void *q;

	MU_ASSERT(size != 0 && n != 0 && n <= SIZE_MAX / size);
	q = realloc(p, n * size);
	MU_ASSERT(q != NULL);
	return q;
}

void
mem_copy(void *to, size_t room, const void *from, size_t n)
{

	MU_ASSERT(n <= room);
	if (n != 0)
		memcpy(to, from, n);
}

void
mem_wipe(void *p, size_t n)
{

	explicit_bzero(p, n);
}
