#include "decode/unit.h"

#include "fuzz.h"

/* As a unit, and as a drop-in of one. */
void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_unit, in, "etc/systemd/system/x.service");
	fuzz_decoder(&decode_unit, in, "etc/systemd/system/x.service.d/y.conf");
}
