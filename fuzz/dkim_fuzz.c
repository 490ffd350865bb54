#include "fuzz.h"

#include "decode/dkim.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_dkim, in,
	    "etc/opendkim/keys/example.com/s1.private");
}
