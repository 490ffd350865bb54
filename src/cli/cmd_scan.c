/*
 * muster scan: read a root and print what is there, as records. Nothing is
 * kept, nothing is judged.
 */

#include <fcntl.h>
#include <unistd.h>

#include "base/fd.h"
#include "cli/config.h"
#include "cli/look.h"

extern const struct cmd cmd_scan;

#define AT(field) OPT_AT(struct cmd_asked, field)

static const struct opt opts[] = {
	{ .name = "root",
	    .kind = OPT_STR,
	    .at = AT(root),
	    .value = "DIR",
	    .help = "Read the machine whose files are in DIR; / if not said" },
	{ .name = "asset",
	    .kind = OPT_STR,
	    .at = AT(asset),
	    .value = "NAME",
	    .help = "Call the machine NAME, whatever its files say" },
	{ .name = "no-witness",
	    .kind = OPT_FLAG,
	    .at = AT(witness_not),
	    .help = "Read files alone, not what runs and is served" },
	{ .name = "fp-key",
	    .kind = OPT_STR,
	    .at = AT(fp_key),
	    .value = "FILE",
	    .help = "Key of the fingerprints, so that several scans join" },
	{ .name = NULL },
};

struct scan {
	struct sink sink;
	struct cli *c;
};

static int
scan_put(struct sink *sink, const struct rec *r, struct err *e)
{
	struct scan *s = (struct scan *)(void *)sink;

	rec_write(&s->c->out, r);
	if (s->c->out.n < CMD_FLUSH_BYTES)
		return MU_OK;
	TRY(cmd_flush(s->c, e));
	return s->c->reader_left ? err_set(e, MU_ESYSTEM,
				       "the reader of the records went away") :
				   MU_OK;
}

static int
scan_run(struct cli *c, struct err *e)
{
	AUTO(secret) struct secret *fp = NULL;
	struct scan s = { { scan_put, { 0 } }, c };
	struct look l = { .c = c };
	char path[LOOK_PATH_MAX];

	if (c->args.n != 0 && c->asked.root.n != 0)
		return cmd_usage(c, e, "ROOT was given twice");
	if (c->args.n != 0)
		c->asked.root = c->args.v[0];
	TRY(config_use(c, e));
	if (c->asked.fp_key.n != 0) {
		TRY(look_path(c, c->asked.fp_key, path, e));
		TRY(workspace_fp_file(path, &fp, e));
	} else {
		fp = secret_random(WORKSPACE_KEY_BYTES);
		l.ephemeral = true;
	}
	TRY(look_run(&l, fp, &s.sink, e));
	TRY(cmd_flush(c, e));
	return look_exit(&l);
}

const struct cmd cmd_scan = {
	.name = "scan",
	.line = "read a machine and print what is there; keep nothing",
	.args = "[ROOT]",
	.about =
	    "Reads the files below ROOT, or of this machine, and prints one "
	    "record a line\n(muster.observation/1, NDJSON) as it finds them. "
	    "Nothing is kept and nothing is\njudged: `muster import` takes "
	    "the records in, on this machine or another.\n\nWithout --fp-key "
	    "the key of the fingerprints dies with the run, and secrets of\n"
	    "two scans cannot be compared.",
	.examples =
	    "  muster scan > here.ndjson\n"
	    "  muster scan /mnt/image --asset web01 | muster import -\n",
	.opts = opts,
	.uses = CMD_CLOCK | CMD_CONFIG,
	.args_max = 1,
	.exits = "0 1 2 4 5 130",
	.run = scan_run,
};
