#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(decode_find(STR("ssh_public")), in,
	    "home/ada/.ssh/id_ed25519.pub");
}
