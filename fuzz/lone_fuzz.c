#include "decode/lone.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{
	static const struct pick picks[] = {
		{ .secret = "value", .kind = ID_TOKEN },
		{ .secret = NULL },
	};

	fuzz_picks(&decode_lone, in, "etc/ldap.secret", picks);
}
