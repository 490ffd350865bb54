#include "decode/ipsec_secrets.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_ipsec_secrets, in, "etc/ipsec.secrets");
}
