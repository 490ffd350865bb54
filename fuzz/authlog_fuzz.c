#include "fuzz.h"

#include "decode/authlog.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_authlog, in, "var/log/auth.log");
}
