#include "fuzz.h"

#include "decode/renewal.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_renewal, in, "srv/a/b/c/d/x.json");
}
