#include "decode/colons.h"

#include "decode/lines.h"
#include "decode/pick.h"

static int
colons_line(const struct decode_in *in, struct pick_list *list, struct str line,
    size_t at, struct err *e)
{
	struct str first, one, path;
	size_t n;
	bool more;

	more = str_cut(line, ':', &first, &line);
	first = str_trim(first);
	if (str_chr(first, PICK_SEP) != SIZE_MAX)
		return MU_OK;
	for (n = 2; more && n <= COLONS_MAX; n++) {
		if (n == COLONS_MAX) {
			one = line;
			more = false;
		} else {
			more = str_cut(line, ':', &one, &line);
		}
		TRY(arena_fmt(in->job, &path, e, STR_FMT "%c%zu",
		    STR_ARG(first), PICK_SEP, n));
		TRY(pick_add(list, path, str_trim(one), at, e));
	}
	return MU_OK;
}

static int
colons_read(const struct decode_in *in, struct err *e)
{
	AUTO(pick) struct pick_list list = { 0 };
	struct str line;
	struct lines l;

	lines_init(&l, in);
	while (lines_next(&l, &line)) {
		line = str_trim(line);
		if (line.n != 0 && line.p[0] != '#')
			TRY(colons_line(in, &list, line, l.at, e));
	}
	return pick_run(in, &list, e);
}

const struct decoder decode_colons = {
	.name = "colons",
	.place = NULL,
	.sees = "Values by the first column of a line and their number",
	.source = "docs/formats/place.md",
	.max_bytes = (size_t)4 << 20,
	.read = colons_read,
};
