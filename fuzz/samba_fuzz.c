#include "decode/samba.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_samba, in, "var/lib/samba/private/secrets.tdb");
}
