#include "decode/mcp.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_mcp, in, "home/ada/.cursor/mcp.json");
}
