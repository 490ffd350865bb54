#include "fuzz.h"

#include "decode/caindex.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_caindex, in, "opt/ca/index.txt");
}
