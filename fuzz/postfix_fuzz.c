#include "decode/postfix.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_postfix, in, "etc/postfix/main.cf");
}
