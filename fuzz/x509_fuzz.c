#include "fuzz.h"

#include "decode/x509.h"

static int
x509_fuzz_read(const struct decode_in *in, struct err *e)
{

	return x509_put(in, in->bytes, 0, e);
}

void
fuzz_one(struct str in)
{
	static const struct decoder shape = { .name = "x509",
		.max_bytes = (size_t)1 << 20,
		.read = x509_fuzz_read };

	fuzz_decoder(&shape, in, "etc/ssl/x.der");
}
