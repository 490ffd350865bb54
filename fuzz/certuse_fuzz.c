#include "decode/certuse.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_certuse, in, "etc/dovecot/conf.d/10-ssl.conf");
}
