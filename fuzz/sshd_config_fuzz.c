#include "decode/sshd_config.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{
	AUTO(arena) struct arena *a = arena_new((size_t)16 << 20);
	struct sshd_config_keyfiles k = { .n = 0 };
	struct err e;
	size_t i;

	MU_ASSERT(sshd_config_keyfiles(in, a, &k, &e) == MU_OK);
	for (i = 0; i < k.n; i++)
		MU_ASSERT(k.glob[i].n != 0 && k.glob[i].p[0] != '/');
	fuzz_decoder(&decode_sshd_config, in, "etc/ssh/sshd_config");
}
