#include "decode/testimony.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_testimony, in, "proc");
}
