#include "store/store.h"

static int
store_check_row(void *cookie, const struct store_cell *cells, size_t n,
    struct err *e)
{

	(void)cookie;
	if (n == 1 && cells[0].kind == STORE_TEXT &&
	    str_eq(cells[0].s, STR("ok")))
		return MU_OK;
	return err_set(e, MU_EFORMAT, "the register is damaged: " STR_FMT,
	    STR_ARG(n != 0 ? cells[0].s : STR_NONE));
}

int
store_check(struct store *s, struct err *e)
{

	return store_query(s, "PRAGMA quick_check(1)", NULL, 0, store_check_row,
	    NULL, e);
}
