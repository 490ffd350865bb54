#include "store/prep.h"

int
prep_get(struct store *s, const struct buf *sql, struct prep *p, struct err *e)
{

	if (p->st != NULL)
		return MU_OK;
	TRY(db_stmt(s, sql->p, &p->st, e));
	/* As all places of ${p}->bound are: NULL. */
	(void)sqlite3_clear_bindings(p->st);
	return MU_OK;
}

void
prep_auto(struct prep **p)
{

	if (*p != NULL && (*p)->st != NULL)
		(void)sqlite3_reset((*p)->st);
}

/* The same value, by the same bytes: what is read when the statement runs. */
static bool
prep_same(const struct store_cell *a, const struct store_cell *b)
{

	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case STORE_NULL:
		return true;
	case STORE_INT:
		return a->i == b->i;
	case STORE_TEXT:
		return a->s.n == b->s.n && (a->s.n == 0 || a->s.p == b->s.p);
	}
	return false;
}

void
prep_cell(struct prep *p, int at, const struct store_cell *c)
{

	MU_ASSERT(at > 0 && at <= PREP_CELLS_MAX);
	if (prep_same(&p->bound[at - 1], c))
		return;
	db_cell(p->st, at, c);
	p->bound[at - 1] = *c;
}

void
prep_int(struct prep *p, int at, int64_t v)
{

	prep_cell(p, at, &(struct store_cell){ STORE_INT, v, STR_NONE });
}

void
prep_text(struct prep *p, int at, struct str v)
{

	prep_cell(p, at, &(struct store_cell){ STORE_TEXT, 0, v });
}
