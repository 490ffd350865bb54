#include "decode/pgpass.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_pgpass, in, "home/ada/.pgpass");
}
