/*
 * muster gaps: what could not be read, and why.
 */

#include "cli/register.h"
#include "report/words.h"
#include "store/read.h"

extern const struct cmd cmd_gaps;

#define AT(field)     OPT_AT(struct cmd_asked, field)
#define GAPS_TEXT_MAX 65536

static const struct opt opts[] = {
	{ .name = "asset",
	    .kind = OPT_STR,
	    .at = AT(asset),
	    .value = "NAME",
	    .help = "Only those of one machine" },
	{ .name = NULL },
};

static const struct table_col cols[] = {
	{ "where", "Where", CELL_TEXT, true },
	{ "reason", NULL, CELL_TEXT, false },
	{ "reason_words", "Why", CELL_TEXT, false },
	{ "detail", "Detail", CELL_TEXT, true },
	{ "place", "Place", CELL_TEXT, false },
	{ "host", "Host", CELL_TEXT, TABLE_SPARE },
};

struct gaps {
	struct cli *c;
	struct table t;
	struct buf b;
};

static int
gaps_row(void *cookie, const struct read_gap *r, struct err *e)
{
	struct gaps *g = cookie;
	struct str where, detail, place, host;

	buf_reset(&g->b);
	words_where(&g->b, r->locator);
	TRY(arena_str(g->c->arena, buf_str(&g->b), &where, e));
	TRY(arena_str(g->c->arena, r->detail, &detail, e));
	TRY(arena_str(g->c->arena, r->place, &place, e));
	TRY(arena_str(g->c->arena, r->asset, &host, e));
	return table_row(&g->t,
	    (struct table_cell[]){ CELL_S(where),
		CELL_S(str_from(word_of(&word_gap_reason, (int)r->reason))),
		CELL_S(str_from(words_gap(r->reason))), CELL_S(detail),
		CELL_S(place), CELL_S(host) },
	    e);
}

static int
gaps_run(struct cli *c, struct err *e)
{
	AUTO(store) struct store *s = NULL;
	struct read_filter f = { .asset = c->asked.asset,
		.text = cmd_arg(c, 0) };
	struct gaps g = { .c = c };
	int r;

	TRY(register_open(c, STORE_READ, &s, e));
	buf_init(&g.b, GAPS_TEXT_MAX);
	table_init(&g.t, "gaps", cols, MU_COUNT(cols),
	    f.text.n + f.asset.n != 0 ?
		"No gap is like that; `muster gaps` shows them all." :
		"Everything that Muster looked for could be read; `muster "
		"places` shows where it looks.");
	r = read_gaps(s, &f, false, gaps_row, &g, e);
	if (r >= 0)
		r = cmd_table(c, &g.t, e);
	table_done(&g.t);
	buf_free(&g.b);
	return r < 0 ? r : CMD_OK;
}

const struct cmd cmd_gaps = {
	.name = "gaps",
	.line = "list what could not be read, and why",
	.args = "[TEXT]",
	.about = "Lists every file and place that the last audit of each "
		 "machine could not read\nwholly. TEXT leaves those whose path "
		 "or place holds it.",
	.examples = "  muster gaps\n  muster gaps /etc/ssl\n",
	.opts = opts,
	.uses = CMD_STORE | CMD_FORMAT,
	.args_max = 1,
	.exits = "0 1 2 4",
	.run = gaps_run,
};
