#include "decode/openvpn.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_openvpn, in, "etc/openvpn/server/office.conf");
}
