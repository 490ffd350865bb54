#include "store/read_rows.h"

#include "store/db.h"

void
read_rows_int(struct read_rows *w, const char *name, int64_t v)
{

	MU_ASSERT(w->n < READ_ROWS_PARAMS);
	w->params[w->n++] = (struct store_param){ name,
		{ v == REC_NO_INT ? STORE_NULL : STORE_INT, v, STR_NONE } };
}

void
read_rows_str(struct read_rows *w, const char *name, struct str v)
{

	MU_ASSERT(w->n < READ_ROWS_PARAMS);
	w->params[w->n++] = STORE_P_STR(name, v);
}

static int64_t
read_rows_severity(struct str word)
{
	static const char *const words[] = { "info", "low", "medium", "high",
		"critical" };
	size_t i;

	for (i = 0; i < MU_COUNT(words); i++)
		if (str_eq(word, str_from(words[i])))
			return (int64_t)i + 1;
	return 0;
}

void
read_rows_params(struct read_rows *w, const struct read_filter *f)
{
	size_t i;

	*w = (struct read_rows){ 0 };
	buf_init(&w->text, REC_LINE_MAX);
	for (i = 0; i < f->text.n; i++)
		buf_addc(&w->text,
		    (char)(f->text.p[i] >= 'A' && f->text.p[i] <= 'Z' ?
			       f->text.p[i] - 'A' + 'a' :
			       f->text.p[i]));
	read_rows_str(w, "kind", f->kind);
	read_rows_str(w, "asset", f->asset);
	read_rows_str(w, "owner", f->owner);
	read_rows_str(w, "state", f->state);
	read_rows_str(w, "text", buf_str(&w->text));
	read_rows_str(w, "check", f->check);
	read_rows_int(w, "severity", read_rows_severity(f->severity));
	read_rows_str(w, "fid", f->fid);
	read_rows_int(w, "identity", f->identity);
	read_rows_int(w, "context", f->context);
	read_rows_int(w, "gone", f->gone);
	read_rows_int(w, "persons",
	    f->persons || str_eq(f->kind, STR("person")));
	read_rows_int(w, "rank", f->order == READ_BY_RANK);
	read_rows_int(w, "limit", f->limit > 0 ? f->limit : -1);
}

int64_t
read_rows_get_int(const struct store_cell *c)
{

	return c->kind == STORE_INT ? c->i : REC_NO_INT;
}

struct str
read_rows_get_str(const struct store_cell *c)
{

	return c->kind == STORE_TEXT ? c->s : STR_NONE;
}

int
read_rows_get_word(const struct word_list *list, const struct store_cell *c,
    int *out, struct err *e)
{

	*out = word_find(list, read_rows_get_str(c));
	if (*out < 0)
		return err_set(e, MU_EFORMAT,
		    "the register is damaged: '" STR_FMT
		    "' is no word of the list %s",
		    STR_ARG(read_rows_get_str(c)), list->name);
	return MU_OK;
}

int
read_rows_get_when(const struct store_cell *c, struct when *out, struct err *e)
{
	int by;

	*out = WHEN_NONE;
	if (c[0].kind != STORE_INT)
		return MU_OK;
	TRY(read_rows_get_word(&word_when_by, &c[1], &by, e));
	*out = (struct when){ c[0].i, (enum when_by)by };
	return MU_OK;
}
