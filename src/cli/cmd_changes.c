/*
 * muster changes: what is new, gone and changed.
 */

#include "cli/register.h"
#include "report/words.h"
#include "store/read.h"

extern const struct cmd cmd_changes;

#define AT(field) OPT_AT(struct cmd_asked, field)

static const struct opt opts[] = {
	{ .name = "since",
	    .kind = OPT_STR,
	    .at = AT(since),
	    .value = "TIME",
	    .help = "Everything since TIME, not the last audit alone" },
	{ .name = "kind",
	    .kind = OPT_STR,
	    .at = AT(kind),
	    .value = "KIND",
	    .help = "Only identities of one kind: tls_cert, ssh_key, ..." },
	{ .name = "asset",
	    .kind = OPT_STR,
	    .at = AT(asset),
	    .value = "NAME",
	    .help = "Only those of one machine" },
	{ .name = NULL },
};

static const struct table_col cols[] = {
	{ "at", "When", CELL_DAY, false },
	{ "what", "What", CELL_TEXT, false },
	{ "noun", "Of", CELL_TEXT, false },
	{ "name", "Identity", CELL_TEXT, true },
	{ "thing", "Thing", CELL_TEXT, true },
	{ "field", "Field", CELL_TEXT, false },
	{ "was", "Was", CELL_TEXT, true },
	{ "is", "Is", CELL_TEXT, true },
	{ "id", "Id", CELL_ID, false },
	{ "kind", NULL, CELL_TEXT, false },
	{ "host", NULL, CELL_TEXT, false },
	{ "run", NULL, CELL_TEXT, false },
};

struct changes {
	struct cli *c;
	struct table t;
};

static int
changes_row(void *cookie, const struct read_change *r, struct err *e)
{
	struct read_change m = *r;
	struct str *const text[] = { &m.run, &m.noun, &m.what, &m.field,
		&m.old_value, &m.new_value, &m.shown, &m.name, &m.thing,
		&m.asset };
	struct changes *k = cookie;
	size_t i;

	for (i = 0; i < MU_COUNT(text); i++)
		TRY(arena_str(k->c->arena, *text[i], text[i], e));
	return table_row(&k->t,
	    (struct table_cell[]){ CELL_T(m.at), CELL_S(m.what), CELL_S(m.noun),
		CELL_S(m.name), CELL_S(m.thing), CELL_S(m.field),
		CELL_S(m.old_value), CELL_S(m.new_value), CELL_S(m.shown),
		m.kind == ID_KINDS ?
		    CELL_NONE :
		    CELL_S(str_from(word_of(&word_id_kind, (int)m.kind))),
		CELL_S(m.asset), CELL_S(m.run) },
	    e);
}

static int
changes_run(struct cli *c, struct err *e)
{
	AUTO(store) struct store *s = NULL;
	struct read_filter f = { .asset = c->asked.asset,
		.kind = c->asked.kind,
		.text = cmd_arg(c, 0) };
	struct changes k = { .c = c };
	struct str run = STR("last");
	int64_t since = CLOCK_NONE;
	int r;

	if (c->asked.since.n != 0 && !clock_parse(c->asked.since, &since))
		return cmd_usage(c, e,
		    "--since takes a time like 2026-11-21; not '" STR_FMT "'",
		    STR_ARG(c->asked.since));
	if (since != CLOCK_NONE)
		run = STR_NONE;
	TRY(register_open(c, STORE_READ, &s, e));
	table_init(&k.t, "changes", cols, MU_COUNT(cols),
	    since != CLOCK_NONE ?
		"No change since then." :
		"The last audit found no change; --since TIME looks further "
		"back.");
	r = read_changes(s, &f, since, run, changes_row, &k, e);
	if (r >= 0)
		r = cmd_table(c, &k.t, e);
	table_done(&k.t);
	return r < 0 ? r : CMD_OK;
}

const struct cmd cmd_changes = {
	.name = "changes",
	.line = "list what is new, gone and changed since the last audit",
	.args = "[TEXT]",
	.about = "Lists what the last audit of each machine found new, gone or "
		 "changed; with\n--since TIME all that changed from then on. "
		 "The first audit of a machine is its\nbaseline, and nothing "
		 "of it counts as new. TEXT leaves those that hold it.",
	.examples = "  muster changes\n  muster changes --since 2026-11-01\n",
	.opts = opts,
	.uses = CMD_STORE | CMD_FORMAT,
	.args_max = 1,
	.exits = "0 1 2 4",
	.run = changes_run,
};
