#include "decode/sudoers.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_sudoers, in, "etc/sudoers");
}
