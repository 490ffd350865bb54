#include "fuzz.h"

#include "decode/traefik.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_traefik, in, "srv/traefik/acme.json");
}
