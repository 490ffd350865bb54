#include "decode/tlsflight.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{
	struct arena *a = arena_new((size_t)4 << 20);
	struct tlsflight f;
	size_t i, n = 0;

	if (tlsflight_read(in, a, &f, NULL) == MU_OK)
		for (i = 0; i < f.n; i++)
			n += f.certs[i].n;
	MU_ASSERT(n <= in.n);
	arena_free(a);
}
