#include "fuzz.h"

#include "decode/pem.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_pem, in, "etc/ssl/x.pem");
}
