#include "decode/docker_config.h"

#include "fuzz.h"

void
fuzz_one(struct str in)
{

	fuzz_decoder(&decode_docker_config, in, "root/.docker/config.json");
	fuzz_decoder(&decode_docker_config, in, "root/.dockercfg");
}
