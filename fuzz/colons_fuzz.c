#include "decode/colons.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{
	static const struct pick picks[] = {
		{ .secret = "secret*.2", .kind = ID_TOKEN, .name = "x {*}" },
		{ .secret = "*.3",
		    .kind = ID_API_KEY,
		    .id = "*.2",
		    .id_prefix = "x" },
		{ .secret = "*.4",
		    .kind = ID_DB_CREDENTIAL,
		    .scheme = "=https",
		    .host = "{*}",
		    .user = "*.2" },
		{ .secret = NULL },
	};

	fuzz_picks(&decode_colons, in, "etc/exim4/passwd.client", picks);
}
