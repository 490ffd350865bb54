/*
 * muster export: the register as records.
 */

#include "cli/register.h"

extern const struct cmd cmd_export;

struct export
{
	struct sink sink;
	struct cli *c;
};

static int
export_put(struct sink *sink, const struct rec *r, struct err *e)
{
	struct export *x = (struct export *)(void *)sink;

	rec_write(&x->c->out, r);
	if (x->c->out.n < CMD_FLUSH_BYTES)
		return MU_OK;
	TRY(cmd_flush(x->c, e));
	return x->c->reader_left ? err_set(e, MU_ESYSTEM,
				       "the reader of the records went away") :
				   MU_OK;
}

static int
export_run(struct cli *c, struct err *e)
{
	AUTO(store) struct store *s = NULL;
	struct export x = { { export_put, { 0 } }, c };

	TRY(register_open(c, STORE_READ, &s, e));
	TRY(store_export(s, &x.sink, e));
	TRY(cmd_flush(c, e));
	return CMD_OK;
}

const struct cmd cmd_export = {
	.name = "export",
	.line = "print the register as records",
	.args = "",
	.about = "Prints everything that the register holds of each machine as "
		 "muster.observation/1,\none record a line: what `muster "
		 "import` reads back. No secret is in it; keyed\nfingerprints "
		 "of secrets are.",
	.examples = "  muster export > register.ndjson\n",
	.uses = CMD_STORE,
	.exits = "0 1 2 4",
	.run = export_run,
};
