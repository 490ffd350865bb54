#include "fuzz.h"

#include "decode/authorized_keys.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_authorized_keys, in,
	    "home/ada/.ssh/authorized_keys");
}
