/*
 * muster check: judge the register; for timers and pipelines.
 */

#include "cli/config.h"
#include "cli/register.h"
#include "report/audit.h"

extern const struct cmd cmd_check;

#define AT(field) OPT_AT(struct cmd_asked, field)

static const struct opt opts[] = {
	{ .name = "fail-on",
	    .kind = OPT_WORD,
	    .at = AT(fail_on),
	    .value = "SEVERITY",
	    .words = "info low medium high critical",
	    .help = "The threshold; high if not said" },
	{ .name = "asset",
	    .kind = OPT_STR,
	    .at = AT(asset),
	    .value = "NAME",
	    .help = "Only those of one machine" },
	{ .name = NULL },
};

/* Leave out what is below the threshold. */
static void
check_keep(struct audit *d, enum severity least)
{
	size_t i, n = 0;
	int s;

	for (i = 0; i < d->findings.n; i++)
		for (s = (int)least; s < SEVS; s++)
			if (str_eq(d->findings.v[i].severity,
				str_from(assess_severity_word((enum severity)
					s)))) {
				d->findings.v[n++] = d->findings.v[i];
				break;
			}
	d->findings.n = n;
}

static int
check_run(struct cli *c, struct err *e)
{
	AUTO(store) struct store *s = NULL;
	AUTO(audit) struct audit d = { 0 };
	AUTO(table) struct table t = { 0 };
	struct assess_summary judged;
	enum severity least;
	struct store *peek = NULL;

	TRY(config_use(c, e));
	TRY(register_threshold(c, SEV_HIGH, &least, e));
	TRY(register_open(c, STORE_READ, &peek, e));
	store_close(peek);
	TRY(register_open(c, STORE_WRITE, &s, e));
	TRY(assess_run(s, c->now_s, &judged, e));
	TRY(audit_gather(s, c->asked.asset, c->now_s, c->arena, &d, e));
	check_keep(&d, least);
	if (d.findings.n == 0 && c->asked.format.n == 0 &&
	    c->asked.output.n == 0)
		return CMD_OK;
	TRY(audit_table(&d, &t, e));
	TRY(cmd_table(c, &t, e));
	return d.findings.n != 0 ? CMD_FOUND : CMD_OK;
}

const struct cmd cmd_check = {
	.name = "check",
	.line = "judge the register again; for timers and pipelines",
	.args = "",
	.about = "Runs every check over what the last audits found, prints the "
		 "findings at or above\nthe threshold and ends with code 3. "
		 "Where there are none it prints nothing and\nends with code "
		 "0. It reads no files: `muster audit` does.",
	.examples = "  muster check\n"
		    "  muster check --fail-on critical --format json\n",
	.opts = opts,
	.uses = CMD_STORE | CMD_FORMAT | CMD_CLOCK | CMD_CONFIG,
	.exits = "0 1 2 3 4",
	.run = check_run,
};
