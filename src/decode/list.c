#include "decode/decode.h"

const struct decoder *const decode_list[] = {
	NULL,
};
