#include "base/vec.h"

void *
vec_fit(void *p, size_t n, size_t *room, size_t size)
{

	if (n < *room)
		return p;
	*room = *room != 0 ? *room * 2 : 8;
	return mem_grow(p, *room, size);
}
