#include "decode/htpasswd.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_htpasswd, in, "etc/nginx/htpasswd");
}
