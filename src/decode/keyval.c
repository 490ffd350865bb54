#include "decode/keyval.h"

#include "decode/lines.h"
#include "decode/pick.h"

struct str
keyval_value(struct str s)
{
	size_t end;

	s = str_trim(s);
	if (str_starts(s, STR("\"\"\""))) {
		end = str_find(str_skip(s, 3), STR("\"\"\""));
		if (end != SIZE_MAX)
			return str_head(str_skip(s, 3), end);
	}
	if (s.n != 0 && (s.p[0] == '"' || s.p[0] == '\'')) {
		end = str_chr(str_skip(s, 1), s.p[0]);
		if (end != SIZE_MAX)
			return str_head(str_skip(s, 1), end);
	}
	end = str_find(s, STR(" #"));
	if (end != SIZE_MAX)
		s = str_trim(str_head(s, end));
	return s;
}

/* "export NAME" and "NAME" are both the name; no other blank may be in it. */
static bool
keyval_name(struct str s, struct str *name)
{
	struct str word;

	s = str_trim(s);
	if (str_starts(s, STR("export ")))
		s = str_trim(str_skip(s, 7));
	*name = s;
	return str_word(&s, &word) && s.n == 0 &&
	       str_chr(word, PICK_SEP) == SIZE_MAX;
}

static int
keyval_read(const struct decode_in *in, struct err *e)
{
	AUTO(pick) struct pick_list list = { 0 };
	struct str line, name, value;
	struct lines l;

	lines_init(&l, in);
	while (lines_next(&l, &line)) {
		line = str_trim(line);
		if (line.n == 0 || line.p[0] == '#' || line.p[0] == ';')
			continue;
		if (!str_cut(line, '=', &name, &value) ||
		    !keyval_name(name, &name))
			continue;
		TRY(pick_add(&list, name, keyval_value(value), l.at, e));
	}
	return pick_run(in, &list, e);
}

const struct decoder decode_keyval = {
	.name = "keyval",
	.place = NULL,
	.sees =
	    "Values by name in .env files, shell assignments and properties",
	.source = "sh(1); dotenv",
	.max_bytes = (size_t)4 << 20,
	.read = keyval_read,
};
