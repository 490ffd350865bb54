#include "fuzz.h"

#include "decode/anchors.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_anchors, in,
	    "usr/local/share/ca-certificates/x.crt");
}
