#include "decode/fstab.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_fstab, in, "etc/fstab");
}
