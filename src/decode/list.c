#include "decode/passwd.h"
#include "decode/shadow.h"

const struct decoder *const decode_list[] = {
	&decode_passwd,
	&decode_shadow,
	NULL,
};
