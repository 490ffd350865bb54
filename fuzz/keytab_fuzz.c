#include "fuzz.h"

#include "decode/keytab.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_keytab, in, "etc/krb5.keytab");
}
