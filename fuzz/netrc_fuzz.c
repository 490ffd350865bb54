#include "decode/netrc.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_netrc, in, "home/ada/.netrc");
}
