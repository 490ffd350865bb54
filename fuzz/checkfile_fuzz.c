#include "assess/checkfile.h"

#include "fuzz.h"

/* What is taken has an id, a SELECT that ends at its zero byte, and texts that
 * came from the file: none is longer than it. */
void
fuzz_one(struct str in)
{
	AUTO(arena) struct arena *a = arena_new((size_t)1 << 20);
	struct check c;
	struct err e = { 0 };
	size_t i;

	if (checkfile_parse("fuzz.sql", in, a, &c, &e) < 0) {
		MU_ASSERT(str_starts(str_from(e.text), STR("fuzz.sql:")));
		return;
	}
	MU_ASSERT(c.id.n >= 3 && c.id.n <= 32);
	MU_ASSERT(str_eq_nocase(str_head(c.sql, 6), STR("select")));
	MU_ASSERT(c.sql.p[c.sql.n] == '\0' && c.sql.n <= in.n);
	MU_ASSERT(c.remedy.n <= in.n && c.sql_line >= 8);
	MU_ASSERT(c.n_params <= CHECK_PARAMS_MAX);
	for (i = 0; i < c.n_needs; i++)
		MU_ASSERT(c.needs[i].n != 0);
}
