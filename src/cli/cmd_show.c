/*
 * muster show: one identity in full.
 */

#include "cli/config.h"
#include "cli/register.h"
#include "report/cardjson.h"

extern const struct cmd cmd_show;

#define AT(field) OPT_AT(struct cmd_asked, field)

static const struct opt opts[] = {
	{ .name = "format",
	    .letter = 'f',
	    .kind = OPT_WORD,
	    .at = AT(format),
	    .value = "FORMAT",
	    .help = "Write as",
	    .words = "table json" },
	{ .name = NULL },
};

static int
show_render(void *doc, enum table_format format,
    const struct table_style *style, struct buf *out, struct err *e)
{

	if (format == TABLE_JSON)
		return cardjson_print(doc, out, e);
	card_text(doc, style, out);
	return buf_check(out, "the identity", e);
}

static int
show_run(struct cli *c, struct err *e)
{
	AUTO(store) struct store *s = NULL;
	AUTO(card) struct card card = { 0 };
	int64_t id;

	TRY(config_use(c, e));
	TRY(register_open(c, STORE_READ, &s, e));
	TRY(read_find(s, cmd_arg(c, 0), &id, e));
	TRY(card_gather(s, id, c->now_s, c->arena, &card, e));
	TRY(cmd_document(c, show_render, &card, e));
	return CMD_OK;
}

const struct cmd cmd_show = {
	.name = "show",
	.line = "show one identity in full",
	.args = "ID",
	.about = "Prints all that is known of one identity: what is wrong with "
		 "it and why, what\nproves it, where it was seen, what it may "
		 "do, and what hangs together with it and\nmay break when it "
		 "changes. ID is what `muster list` prints, its beginning, a "
		 "key\nor a name.",
	.examples = "  muster show ab12cd34\n"
		    "  muster show www.example.org --format json\n",
	.opts = opts,
	.uses = CMD_STORE | CMD_CLOCK | CMD_CONFIG,
	.args_min = 1,
	.args_max = 1,
	.exits = "0 1 2 4",
	.run = show_run,
};
