#include "fuzz.h"

#include "decode/privkey.h"

/* The same bytes in every form: which one it is, the armour's label says. */
static int
privkey_fuzz_read(const struct decode_in *in, struct err *e)
{
	int (*const forms[])(const struct decode_in *, struct str, size_t,
	    struct err *) = { privkey_rsa, privkey_ec, privkey_dsa,
		privkey_sealed, privkey_public, privkey_rsa_public };
	struct err why;
	size_t i;

	for (i = 0; i < MU_COUNT(forms); i++)
		if (forms[i](in, in->bytes, i, &why) < 0)
			MU_ASSERT(why.code != MU_EBUG && why.text[0] != '\0');
	return privkey_put(in, in->bytes, 0, e);
}

void
fuzz_one(struct str in)
{
	static const struct decoder shape = { .name = "privkey",
		.max_bytes = (size_t)1 << 20,
		.read = privkey_fuzz_read };

	fuzz_decoder(&shape, in, "home/ada/.ssh/x.key");
}
