#include "cli/register.h"

int
register_find(struct cli *c, struct workspace *w, struct err *e)
{

	c->usage = true;
	TRY(workspace_find(c->asked.data, c->asked.client, c->arena, w, e));
	c->usage = false;
	return MU_OK;
}

int
register_open(struct cli *c, enum store_mode mode, struct store **out,
    struct err *e)
{
	struct workspace w;
	int r;

	TRY(register_find(c, &w, e));
	r = store_open(w.db.p, mode, out, e);
	if (r == MU_ENOTFOUND)
		return err_set(e, MU_ENOTFOUND,
		    "there is no register in %s yet; `muster audit` makes one",
		    w.dir.p);
	return r;
}

int
register_threshold(struct cli *c, enum severity otherwise, enum severity *out,
    struct err *e)
{
	int s;

	*out = otherwise;
	if (c->asked.fail_on.n == 0)
		return MU_OK;
	for (s = 0; s < SEVS; s++)
		if (str_eq(c->asked.fail_on,
			str_from(assess_severity_word((enum severity)s)))) {
			*out = (enum severity)s;
			return MU_OK;
		}
	return cmd_usage(c, e, "--fail-on: no such severity");
}
