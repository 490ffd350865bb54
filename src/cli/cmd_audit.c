/*
 * muster audit: find, keep, judge, and say what to do first.
 */

#include "base/map.h"
#include "cli/config.h"
#include "cli/look.h"
#include "cli/register.h"
#include "report/audit.h"
#include "report/auditjson.h"
#include "report/markdown.h"
#include "report/page.h"
#include "report/screen.h"

extern const struct cmd cmd_audit;

#define AT(field) OPT_AT(struct cmd_asked, field)

static const struct opt opts[] = {
	{ .name = "root",
	    .kind = OPT_STR,
	    .at = AT(root),
	    .value = "DIR",
	    .help = "Audit the machine whose files are in DIR; / if not said" },
	{ .name = "asset",
	    .kind = OPT_STR,
	    .at = AT(asset),
	    .value = "NAME",
	    .help = "Call the machine NAME, whatever its files say" },
	{ .name = "no-witness",
	    .kind = OPT_FLAG,
	    .at = AT(witness_not),
	    .help = "Read files alone, not what runs and is served" },
	{ .name = "no-save",
	    .kind = OPT_FLAG,
	    .at = AT(save_not),
	    .help = "Keep nothing on disk" },
	{ .name = "fail-on",
	    .kind = OPT_WORD,
	    .at = AT(fail_on),
	    .value = "SEVERITY",
	    .words = "info low medium high critical",
	    .help = "Code 3 where one is this or worse" },
	{ .name = NULL },
};

/* Most hosts of one register whose last reading is remembered. */
#define AUDIT_HOSTS_MAX 1048576

/* When each host was last read, before this audit. */
static int
audit_on_before(void *cookie, const struct read_asset *r, struct err *e)
{
	struct map *before = cookie;

	if (map_put(before, r->key, (uint64_t)r->run_at, NULL) < 0)
		return err_set(e, MU_ELIMIT, "more than %d hosts",
		    AUDIT_HOSTS_MAX);
	return MU_OK;
}

static int
audit_store(struct cli *c, struct look *l, struct store **s, struct secret **fp,
    struct err *e)
{
	struct workspace w;

	if (c->asked.save_not) {
		l->ephemeral = true;
		*fp = secret_random(WORKSPACE_KEY_BYTES);
		return store_open("", STORE_MEMORY, s, e);
	}
	TRY(register_find(c, &w, e));
	TRY(workspace_make(&w, e));
	TRY(workspace_fp(&w, fp, e));
	return store_open(w.db.p, STORE_WRITE, s, e);
}

static int
audit_read(struct look *l, struct store *s, const struct secret *fp,
    struct store_delta *delta, struct err *e)
{
	int r;

	TRY(store_begin(s, e));
	r = look_run(l, fp, store_sink(s), e);
	if (r < 0) {
		store_abort(s);
		return r;
	}
	return store_end(s, delta, e);
}

static int
audit_render(void *doc, enum table_format format,
    const struct table_style *style, struct buf *out, struct err *e)
{
	AUTO(table) struct table t = { 0 };
	const struct audit *d = doc;

	switch (format) {
	case TABLE_TEXT:
		screen_print(d, style, out);
		return buf_check(out, "the audit", e);
	case TABLE_JSON:
		return auditjson_print(d, out, e);
	case TABLE_HTML:
		return page_html(d, out, e);
	case TABLE_MARKDOWN:
		return markdown_print(d, out, e);
	case TABLE_NDJSON:
	case TABLE_CSV:
	case TABLE_FORMATS:
		break;
	}
	TRY(audit_table(d, &t, e));
	return table_print(&t, format, style, out, e);
}

static int
audit_exit(struct cli *c, const struct look *l, const struct audit *d,
    struct err *e)
{
	enum severity least;
	int64_t n[SEVS], found = 0;
	int s;

	TRY(register_threshold(c, SEVS, &least, e));
	n[SEV_INFO] = d->counts.info;
	n[SEV_LOW] = d->counts.low;
	n[SEV_MEDIUM] = d->counts.medium;
	n[SEV_HIGH] = d->counts.high;
	n[SEV_CRITICAL] = d->counts.critical;
	for (s = (int)least; s < SEVS; s++)
		found += n[s];
	return found != 0 ? CMD_FOUND : look_exit(l);
}

static int
audit_run(struct cli *c, struct err *e)
{
	AUTO(secret) struct secret *fp = NULL;
	AUTO(store) struct store *s = NULL;
	AUTO(audit) struct audit d = { 0 };
	AUTO(map) struct map *before = NULL;
	const struct read_filter all = { 0 };
	struct assess_summary judged;
	struct look l = { .c = c };
	struct store_delta delta;
	uint64_t at;

	TRY(config_use(c, e));
	before = map_new(AUDIT_HOSTS_MAX);
	TRY(audit_store(c, &l, &s, &fp, e));
	TRY(read_assets(s, &all, audit_on_before, before, e));
	TRY(audit_read(&l, s, fp, &delta, e));
	TRY(assess_run(s, c->now_s, &judged, e));
	TRY(audit_gather(s, l.asset, c->now_s, c->arena, &d, e));
	d.compared = true;
	d.kept = !c->asked.save_not;
	d.delta = delta;
	d.took_ms = c->clock_fixed ? REC_NO_INT : l.took_ms;
	if (map_get(before, l.asset, &at))
		d.before_at = (int64_t)at;
	TRY(cmd_document(c, audit_render, &d, e));
	return audit_exit(c, &l, &d, e);
}

const struct cmd cmd_audit = {
	.name = "audit",
	.line = "read this machine, judge it, say what to do first",
	.args = "",
	.about =
	    "Reads the files of this machine, or of --root DIR, keeps what it "
	    "finds in the\nregister, runs every check and prints what to do "
	    "first. The audit after this one\nsays what is new, gone and "
	    "changed. As an ordinary user it reads what that user\nmay, and "
	    "lists what it could not see.",
	.examples = "  sudo muster audit\n"
		    "  sudo muster audit -o report.html\n"
		    "  muster audit --root /mnt/image --client acme\n",
	.opts = opts,
	.uses = CMD_STORE | CMD_FORMAT | CMD_CLOCK | CMD_CONFIG,
	.exits = "0 1 2 3 4 5 130",
	.run = audit_run,
};
