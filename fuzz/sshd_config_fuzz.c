#include "decode/sshd_config.h"

#include "fuzz.h"

static int
fuzz_keyfiles(const struct decode_in *in, struct err *e)
{
	struct sshd_config_keyfiles k = { .n = 0 };
	size_t i;
	int code = sshd_config_keyfiles(in, &k, e);

	for (i = 0; i < k.n; i++)
		MU_ASSERT(k.glob[i].n != 0 && k.glob[i].p[0] != '/');
	return code;
}

/* The patterns, then the records. */
void
fuzz_one(struct str in)
{
	static const struct decoder d = {
		.name = "keyfiles", .max_bytes = 4194304, .read = fuzz_keyfiles
	};

	fuzz_decoder(&d, in, "etc/ssh/sshd_config");
	fuzz_decoder(&decode_sshd_config, in, "etc/ssh/sshd_config");
}
