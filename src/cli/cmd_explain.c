/*
 * muster explain: why something is wrong, and how to put it right.
 */

#include "base/vis.h"
#include "cli/config.h"
#include "cli/register.h"
#include "report/card.h"
#include "report/screen.h"

/* Longest list of places, bytes: as many as a check may need. */
#define EXPLAIN_NEEDS_MAX 65536

extern const struct cmd cmd_explain;

#define EXPLAIN_TEXT_MAX 1048576

static void
explain_fact(struct cli *c, const char *lead, struct str text)
{
	const struct table_style style = { .columns = c->columns };
	AUTO(buf) struct buf safe = { 0 };

	if (text.n == 0)
		return;
	buf_init(&safe, EXPLAIN_TEXT_MAX);
	vis_add(&safe, text);
	screen_para(&c->out, lead, buf_str(&safe), &style);
}

static int
explain_check(struct cli *c, const struct check *k, struct err *e)
{
	AUTO(buf) struct buf needs = { 0 };
	size_t i;

	vis_add(&c->out, k->id);
	buf_adds(&c->out, ": ");
	vis_add(&c->out, k->title);
	buf_adds(&c->out, "\n\n");
	explain_fact(c, "Raised when  ", k->trigger);
	explain_fact(c, "Because      ", k->why);
	explain_fact(c, "Do           ", k->remedy);
	explain_fact(c, "Check by     ", k->verify);
	buf_adds(&c->out, "Severity     ");
	table_severity(&c->out, str_from(assess_severity_word(k->severity)),
	    c->color);
	buf_adds(&c->out, ", unless something makes it worse\n");
	explain_fact(c, "Kinds        ", k->kinds);
	buf_init(&needs, EXPLAIN_NEEDS_MAX);
	for (i = 0; i < k->n_needs; i++)
		buf_addf(&needs, "%s" STR_FMT, i != 0 ? " " : "",
		    STR_ARG(k->needs[i]));
	if (needs.n != 0)
		explain_fact(c, "Needs        ", buf_str(&needs));
	for (i = 0; i < k->n_params; i++) {
		struct str line;

		TRY(arena_fmt(c->arena, &line, e, STR_FMT " = %lld  " STR_FMT,
		    STR_ARG(k->params[i].name), (long long)k->params[i].value,
		    STR_ARG(k->params[i].help)));
		explain_fact(c, i == 0 ? "Thresholds   " : "             ",
		    line);
	}
	explain_fact(c, "Supports     ", k->maps);
	return cmd_flush(c, e);
}

static const struct check *
explain_known(struct str word)
{
	const struct check *checks;
	size_t n, i;

	checks = assess_checks(&n);
	for (i = 0; i < n; i++)
		if (str_eq_nocase(checks[i].id, word))
			return &checks[i];
	return NULL;
}

struct wanted {
	int64_t identity;
	bool found;
};

static int
explain_finding(void *cookie, const struct read_finding *r, struct err *e)
{
	struct wanted *w = cookie;

	(void)e;
	w->identity = r->identity_id;
	w->found = true;
	return MU_OK;
}

/* The word is a finding's id, or means an identity. */
static int
explain_in_register(struct cli *c, struct err *e)
{
	const struct table_style style = { .columns = c->columns,
		.color = c->color };
	AUTO(store) struct store *s = NULL;
	AUTO(card) struct card card = { 0 };
	struct read_filter f = { .fid = cmd_arg(c, 0), .state = STR("all") };
	struct wanted w = { 0 };
	size_t i, n = 0;

	TRY(register_open(c, STORE_READ, &s, e));
	TRY(read_findings(s, &f, explain_finding, &w, e));
	if (!w.found)
		TRY(read_find(s, cmd_arg(c, 0), &w.identity, e));
	TRY(card_gather(s, w.identity, c->now_s, c->arena, &card, e));
	for (i = 0; w.found && i < card.findings.n; i++)
		if (str_eq(card.findings.v[i].fid, f.fid))
			card.findings.v[n++] = card.findings.v[i];
	if (w.found)
		card.findings.n = n;
	if (w.found && n == 0) {
		buf_adds(&c->out, "This finding has been put right.\n");
		return cmd_flush(c, e);
	}
	card_findings(&card, &style, &c->out);
	return cmd_flush(c, e);
}

static int
explain_run(struct cli *c, struct err *e)
{
	const struct check *k;

	TRY(config_use(c, e));
	k = explain_known(cmd_arg(c, 0));
	if (cmd_arg(c, 0).n == 0)
		return cmd_usage(c, e, "explain needs %s", c->cmd->args);
	if (k != NULL)
		TRY(explain_check(c, k, e));
	else if (str_starts(cmd_arg(c, 0), STR("MUS-")))
		return cmd_usage(c, e, "there is no check '" STR_FMT "'",
		    STR_ARG(cmd_arg(c, 0)));
	else
		TRY(explain_in_register(c, e));
	return CMD_OK;
}

const struct cmd cmd_explain = {
	.name = "explain",
	.line = "say why something is wrong and how to put it right",
	.args = "CHECK|FINDING|IDENTITY",
	.about =
	    "For the id of a check: when it is raised, what can go wrong, what "
	    "to do, and which\nrequirements it supports. For a finding or an "
	    "identity: the same of what was found,\nwith the evidence and what "
	    "its severity was graded by.",
	.examples = "  muster explain MUS-SSH-003\n"
		    "  muster explain ab12cd34\n",
	.uses = CMD_STORE | CMD_CLOCK | CMD_CONFIG,
	.args_min = 1,
	.args_max = 1,
	.exits = "0 1 2 4",
	.run = explain_run,
};
