#include "decode/shadow.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_shadow, in, "etc/shadow");
}
