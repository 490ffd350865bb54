#include "fuzz.h"

#include "decode/ppk.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_ppk, in, "home/ada/keys/web.ppk");
}
