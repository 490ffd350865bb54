#include "decode/phpset.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{
	static const struct pick picks[] = {
		{ .secret = "*secret*", .kind = ID_TOKEN, .name = "x {*}" },
		{ .secret = "*TOKEN*",
		    .kind = ID_API_KEY,
		    .id = "ID_*",
		    .id_prefix = "x" },
		{ .secret = "*pass*",
		    .kind = ID_DB_CREDENTIAL,
		    .scheme = "=https",
		    .host = "{*}",
		    .user = "*user*" },
		{ .secret = NULL },
	};

	fuzz_picks(&decode_phpset, in, "var/www/html/wp-config.php", picks);
}
