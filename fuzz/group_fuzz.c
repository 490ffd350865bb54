#include "decode/group.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_group, in, "etc/group");
}
