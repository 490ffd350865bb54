#include "fuzz.h"

#include "decode/pkcs.h"

static int
pkcs_fuzz_read(const struct decode_in *in, struct err *e)
{
	struct err why;

	if (pkcs_request(in, in->bytes, 1, &why) < 0 ||
	    pkcs_crl(in, in->bytes, 1, &why) < 0)
		MU_ASSERT(why.code != MU_EBUG && why.text[0] != '\0');
	return pkcs_bundle(in, in->bytes, 1, e);
}

void
fuzz_one(struct str in)
{
	static const struct decoder shape = { .name = "pkcs",
		.max_bytes = (size_t)1 << 20,
		.read = pkcs_fuzz_read };

	fuzz_decoder(&shape, in, "etc/ssl/x.p7b");
}
