#include "decode/blocks.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{
	static const struct pick picks[] = {
		{ .secret = "*.secret*", .kind = ID_TOKEN, .name = "x {*}" },
		{ .secret = "*.*.key*",
		    .kind = ID_API_KEY,
		    .id = "*.*.id*",
		    .id_prefix = "x" },
		{ .secret = "*.password",
		    .kind = ID_DB_CREDENTIAL,
		    .scheme = "=https",
		    .host = "{*}",
		    .user = "*.user" },
		{ .secret = NULL },
	};

	fuzz_picks(&decode_blocks, in, "etc/swanctl/swanctl.conf", picks);
}
