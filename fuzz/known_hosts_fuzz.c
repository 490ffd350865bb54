#include "fuzz.h"

#include "decode/known_hosts.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_known_hosts, in, "home/ada/.ssh/known_hosts");
}
