#include "decode/passwd.h"

#include "decode/hostinfo.h"
#include "fuzz.h"

/* The same bytes as every file of /etc that makes a host, then as passwd. */
void
fuzz_one(struct str in)
{
	AUTO(arena) struct arena *a = arena_new((size_t)16 << 20);
	struct hostinfo_files f = { .asset = STR_NONE };
	struct host h;
	struct err e;
	size_t i;

	for (i = 0; i < HOSTINFO_FILES; i++)
		f.file[i] = (struct hostinfo_file){ in, true };
	MU_ASSERT(hostinfo_build(&f, a, &h, &e) == MU_OK);
	MU_ASSERT(str_starts(h.key, STR("host:")));
	for (i = 0; i < h.n_accounts; i++)
		MU_ASSERT(h.accounts[i].name.n != 0);
	fuzz_decoder(&decode_passwd, in, "etc/passwd");
}
