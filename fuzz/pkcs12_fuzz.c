#include "fuzz.h"

#include "decode/pkcs12.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_pkcs12, in, "opt/x.pkcs12");
}
