#include "decode/wireguard.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_wireguard, in, "etc/wireguard/wg0.conf");
}
