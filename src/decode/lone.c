#include "decode/lone.h"

#include "decode/pick.h"

static bool
lone_line(struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return false;
	return s.n != 0 && s.p[0] != '#';
}

static int
lone_read(const struct decode_in *in, struct err *e)
{
	AUTO(pick) struct pick_list list = { 0 };
	struct str s = str_trim(in->bytes);

	if (!lone_line(s))
		return MU_OK;
	TRY(pick_add(&list, STR("value"), s, 1, e));
	return pick_run(in, &list, e);
}

const struct decoder decode_lone = {
	.name = "lone",
	.place = NULL,
	.sees = "A file that is one secret",
	.source = "docs/formats/place.md",
	.max_bytes = LONE_BYTES_MAX,
	.read = lone_read,
};
