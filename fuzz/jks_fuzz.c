#include "fuzz.h"

#include "decode/jks.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_jks, in, "opt/x.jks");
}
