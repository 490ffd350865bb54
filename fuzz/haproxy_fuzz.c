#include "decode/haproxy.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_haproxy, in, "etc/haproxy/haproxy.cfg");
}
