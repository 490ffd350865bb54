#include "decode/nginx.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_nginx, in, "etc/nginx/nginx.conf");
}
