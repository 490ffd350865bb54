#include "fuzz.h"

#include "decode/sshkey.h"

/* The shape of a decoder round the two functions of decode/sshkey.h. */
static int
sshkey_fuzz_read(const struct decode_in *in, struct err *e)
{
	struct sshkey k;
	struct err why = { 0 };

	if (sshkey_blob(in->bytes, in->job, &k, &why) == MU_OK) {
		MU_ASSERT(k.key.n != 0 && k.ssh_fp.n == 50);
		MU_ASSERT(k.spki.n == 0 || k.spki.n == 64);
	}
	return sshkey_private(in, in->bytes, 1, e);
}

void
fuzz_one(struct str in)
{
	static const struct decoder shape = { .name = "sshkey",
		.max_bytes = (size_t)1 << 20,
		.read = sshkey_fuzz_read };

	fuzz_decoder(&shape, in, "home/ada/.ssh/id_x");
}
