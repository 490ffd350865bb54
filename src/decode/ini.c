#include "decode/ini.h"

#include "decode/keyval.h"
#include "decode/lines.h"
#include "decode/pick.h"

/* Longest section and name together, bytes. */
#define INI_PATH_MAX 1024

/* "[name]" or "[ name ]"; false where the bracket does not close. */
static bool
ini_section(struct str line, struct str *section)
{
	size_t end = str_rchr(line, ']');

	if (end == SIZE_MAX)
		return false;
	*section = str_trim(str_head(str_skip(line, 1), end - 1));
	return true;
}

/* The first of "=" and ":" parts name and value. */
static bool
ini_split(struct str line, struct str *name, struct str *value)
{
	size_t eq = str_chr(line, '='), colon = str_chr(line, ':');
	size_t at = eq < colon ? eq : colon;

	if (at == SIZE_MAX)
		return false;
	*name = str_trim(str_head(line, at));
	*value = keyval_value(str_skip(line, at + 1));
	return name->n != 0;
}

static int
ini_read(const struct decode_in *in, struct err *e)
{
	AUTO(pick) struct pick_list list = { 0 };
	struct str line, name, value, path, section = STR_NONE;
	struct lines l;

	lines_init(&l, in);
	while (lines_next(&l, &line)) {
		line = str_trim(line);
		if (line.n == 0 || line.p[0] == '#' || line.p[0] == ';')
			continue;
		if (line.p[0] == '[') {
			if (!ini_section(line, &section))
				TRY(lines_gap(&l, l.at, GAP_MALFORMED,
				    "a section without its closing bracket",
				    e));
			continue;
		}
		if (!ini_split(line, &name, &value) ||
		    name.n + section.n > INI_PATH_MAX)
			continue;
		TRY(arena_fmt(in->job, &path, e, STR_FMT "%c" STR_FMT,
		    STR_ARG(section), PICK_SEP, STR_ARG(name)));
		TRY(pick_add(&list, path, value, l.at, e));
	}
	TRY(lines_done(&l, e));
	return pick_run(in, &list, e);
}

const struct decoder decode_ini = {
	.name = "ini",
	.place = NULL,
	.sees = "Values by section and name in ini files",
	.source = "docs/formats/place.md",
	.max_bytes = (size_t)4 << 20,
	.read = ini_read,
};
