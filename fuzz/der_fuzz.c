#include "fuzz.h"

#include "decode/der.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_der, in, "opt/x.der");
}
