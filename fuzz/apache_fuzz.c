#include "decode/apache.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_apache, in, "etc/apache2/apache2.conf");
}
