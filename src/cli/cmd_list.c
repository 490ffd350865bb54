/*
 * muster list: the machine identities of the register.
 */

#include "cli/register.h"
#include "report/words.h"
#include "store/read.h"

extern const struct cmd cmd_list;

#define AT(field)     OPT_AT(struct cmd_asked, field)
#define LIST_DAY_S    86400
#define LIST_DAYS_MAX 36500

static const struct opt opts[] = {
	{ .name = "kind",
	    .kind = OPT_STR,
	    .at = AT(kind),
	    .value = "KIND",
	    .help = "Only identities of one kind: tls_cert, ssh_key, ..." },
	{ .name = "owner",
	    .kind = OPT_STR,
	    .at = AT(owner),
	    .value = "WHO",
	    .help = "Only those that WHO owns; none: that nobody owns" },
	{ .name = "expiring",
	    .kind = OPT_I64,
	    .at = AT(expiring),
	    .value = "DAYS",
	    .min = 0,
	    .max = LIST_DAYS_MAX,
	    .help = "Only those that expire within DAYS days, or have" },
	{ .name = "check",
	    .kind = OPT_STR,
	    .at = AT(check),
	    .value = "ID",
	    .help = "Only those that the check ID found something wrong with" },
	{ .name = "state",
	    .kind = OPT_WORD,
	    .at = AT(state),
	    .value = "STATE",
	    .words = "new known quarantined retired",
	    .help = "Only those in one state; new: not yet confirmed" },
	{ .name = "asset",
	    .kind = OPT_STR,
	    .at = AT(asset),
	    .value = "NAME",
	    .help = "Only those of one machine" },
	{ .name = "rank",
	    .kind = OPT_FLAG,
	    .at = AT(rank),
	    .help = "The riskiest first, instead of by name" },
	{ .name = "all",
	    .kind = OPT_FLAG,
	    .at = AT(all),
	    .help = "Packages' own files and test samples too" },
	{ .name = NULL },
};

static const struct table_col cols[] = {
	{ "id", "Id", CELL_ID, false },
	{ "kind", NULL, CELL_TEXT, false },
	{ "kind_words", "Kind", CELL_TEXT, true },
	{ "name", "Name", CELL_TEXT, true },
	{ "owner", "Owner", CELL_TEXT, true },
	{ "expires", "Expires", CELL_DAY, false },
	{ "risk", "Risk", CELL_INT, false },
	{ "severity", "Worst", CELL_SEVERITY, false },
	{ "findings", NULL, CELL_INT, false },
	{ "host", "Host", CELL_TEXT, TABLE_SPARE },
	{ "state", NULL, CELL_TEXT, false },
	{ "not_listed_because", NULL, CELL_TEXT, false },
	{ "privileged", NULL, CELL_TEXT, false },
	{ "internet", NULL, CELL_TEXT, false },
	{ "credentials", NULL, CELL_INT, false },
	{ "sightings", NULL, CELL_INT, false },
	{ "last_used", NULL, CELL_DAY, false },
	{ "first_seen", NULL, CELL_DAY, false },
	{ "last_seen", NULL, CELL_DAY, false },
	{ "key", NULL, CELL_TEXT, false },
};

struct list {
	struct cli *c;
	struct table t;
};

/* Borrowed text is moved to the arena, since the table is printed later. */
static int
list_keep(struct list *l, struct read_identity *r, struct err *e)
{
	struct str *const text[] = { &r->shown, &r->key, &r->name, &r->asset,
		&r->context, &r->owner, &r->state, &r->severity };
	size_t i;

	for (i = 0; i < MU_COUNT(text); i++)
		TRY(arena_str(l->c->arena, *text[i], text[i], e));
	return MU_OK;
}

static int
list_row(void *cookie, const struct read_identity *r, struct err *e)
{
	struct read_identity m = *r;
	struct list *l = cookie;
	int64_t days = l->c->asked.expiring;

	if (days >= 0 && (r->expires.at == CLOCK_NONE ||
			     r->expires.at > l->c->now_s + days * LIST_DAY_S))
		return MU_OK;
	TRY(list_keep(l, &m, e));
	return table_row(&l->t,
	    (struct table_cell[]){ CELL_S(m.shown),
		CELL_S(str_from(word_of(&word_id_kind, (int)m.kind))),
		CELL_S(str_from(word_id_plain(m.kind))), CELL_S(m.name),
		CELL_S(m.owner), CELL_T(m.expires.at), CELL_T(m.risk),
		m.severity.n != 0 ? CELL_S(m.severity) : CELL_NONE,
		CELL_I(m.findings), CELL_S(m.asset), CELL_S(m.state),
		CELL_S(m.context),
		CELL_S(str_from(word_of(&word_tri, (int)m.privileged))),
		CELL_S(str_from(word_of(&word_tri, (int)m.internet))),
		CELL_I(m.credentials), CELL_I(m.sightings),
		CELL_T(m.last_used.at), CELL_T(m.first_seen),
		CELL_T(m.last_seen), CELL_S(m.key) },
	    e);
}

static int
list_kind(struct cli *c, struct err *e)
{
	const char *near;

	if (c->asked.kind.n == 0 ||
	    word_find(&word_id_kind, c->asked.kind) >= 0)
		return MU_OK;
	near = opt_near(c->asked.kind, word_id_kind.words, word_id_kind.n);
	if (near != NULL)
		return cmd_usage(c, e,
		    "there is no kind '" STR_FMT "'; did you mean '%s'?",
		    STR_ARG(c->asked.kind), near);
	return cmd_usage(c, e, "there is no kind '" STR_FMT "'",
	    STR_ARG(c->asked.kind));
}

static bool
list_filtered(const struct read_filter *f, const struct cli *c)
{

	return f->kind.n + f->owner.n + f->check.n + f->text.n + f->state.n +
		       f->asset.n !=
		   0 ||
	       c->asked.expiring >= 0;
}

static int
list_run(struct cli *c, struct err *e)
{
	AUTO(store) struct store *s = NULL;
	struct read_filter f = { .kind = c->asked.kind,
		.asset = c->asked.asset,
		.owner = c->asked.owner,
		.check = c->asked.check,
		.state = c->asked.state,
		.text = cmd_arg(c, 0),
		.context = c->asked.all,
		.order = c->asked.rank ? READ_BY_RANK : READ_BY_NAME };
	struct list l = { .c = c };
	int r;

	TRY(list_kind(c, e));
	f.persons = str_eq(f.kind, STR("person"));
	TRY(register_open(c, STORE_READ, &s, e));
	table_init(&l.t, "identities", cols, MU_COUNT(cols),
	    list_filtered(&f, c) ?
		"Nothing in the register is like that; `muster list` shows "
		"all of it." :
		"The register is empty; `sudo muster audit` fills it.");
	r = read_identities(s, &f, list_row, &l, e);
	if (r >= 0)
		r = cmd_table(c, &l.t, e);
	table_done(&l.t);
	return r < 0 ? r : CMD_OK;
}

const struct cmd cmd_list = {
	.name = "list",
	.line = "list the machine identities in the register",
	.args = "[TEXT]",
	.about =
	    "Lists what the audits found, by name. TEXT leaves those whose "
	    "name, key, owner or\nid holds it. What belongs to the "
	    "distribution's packages, public roots and test\nsamples is left "
	    "out unless --all is given.",
	.examples = "  muster list --expiring 30\n"
		    "  muster list --owner none --rank\n"
		    "  muster list --kind ssh_key -o keys.csv\n",
	.opts = opts,
	.uses = CMD_STORE | CMD_FORMAT | CMD_CLOCK,
	.args_max = 1,
	.exits = "0 1 2 4",
	.run = list_run,
};
