/*
 * muster doctor: whether Muster itself is well on this machine.
 */

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <errno.h>
#include <unistd.h>

#include "cli/config.h"
#include "cli/register.h"
#include "collect/collect.h"

extern const struct cmd cmd_doctor;

#define AT(field)       OPT_AT(struct cmd_asked, field)
#define DOCTOR_TEXT_MAX 65536
#define DOCTOR_FREE_MIN INT64_C(104857600) /* bytes: a large register grows */

static const struct opt opts[] = {
	{ .name = "format",
	    .letter = 'f',
	    .kind = OPT_WORD,
	    .at = AT(format),
	    .value = "FORMAT",
	    .help = "Write as",
	    .words = "table json ndjson csv markdown" },
	{ .name = NULL },
};

enum health {
	WELL,
	ILL,
	DEAD
};

static const char *const health_words[] = { "ok", "warn", "fail" };

static const struct table_col cols[] = {
	{ "state", "State", CELL_TEXT, false },
	{ "what", "What", CELL_TEXT, false },
	{ "says", "Says", CELL_TEXT, true },
	{ "fix", "Fix", CELL_TEXT, true },
};

struct doctor {
	struct cli *c;
	struct workspace w;
	struct table t;
	enum health worst;
};

static int
doctor_say(struct doctor *d, enum health h, const char *what, struct str says,
    const char *fix, struct err *e)
{
	struct str mine;

	if (h > d->worst)
		d->worst = h;
	TRY(arena_str(d->c->arena, says, &mine, e));
	return table_row(&d->t,
	    (struct table_cell[]){ CELL_S(str_from(health_words[h])),
		CELL_S(str_from(what)), CELL_S(mine),
		CELL_S(str_from(h == WELL ? "" : fix)) },
	    e);
}

static int
doctor_rights(struct doctor *d, struct err *e)
{

	if (geteuid() == 0)
		return doctor_say(d, WELL, "rights",
		    STR("root: every file can be read"), "", e);
	return doctor_say(d, ILL, "rights",
	    STR("an ordinary account: what only root may read is listed as "
		"a gap"),
	    "sudo muster audit", e);
}

/* "landlock: ABI 7": a line that says "none" or "no" is a layer less. */
static int
doctor_sandbox(struct doctor *d, struct err *e)
{
	AUTO(buf) struct buf b;
	struct str rest, line, says;
	bool missing;

	buf_init(&b, DOCTOR_TEXT_MAX);
	collect_sandbox(&b);
	rest = buf_str(&b);
	while (str_line(&rest, &line)) {
		if (line.n == 0)
			continue;
		(void)str_cut(line, ':', &(struct str){ 0 }, &says);
		says = str_trim(says);
		missing = str_starts(says, STR("none")) ||
			  str_starts(says, STR("no ")) ||
			  str_starts(says, STR("not ")) ||
			  str_eq(says, STR("no"));
		TRY(doctor_say(d, missing ? ILL : WELL, "sandbox", line,
		    "a kernel of 5.13 or newer has every layer; Muster runs "
		    "without, less well guarded",
		    e));
	}
	return MU_OK;
}

static int
doctor_witness(struct doctor *d, struct err *e)
{
	AUTO(buf) struct buf b = { 0 };
	struct str says;

	buf_init(&b, DOCTOR_TEXT_MAX);
	collect_witness(&b);
	says = str_trim(buf_str(&b));
	return doctor_say(d, str_starts(says, STR("not ")) ? ILL : WELL,
	    "witness", says, "sudo muster audit", e);
}

static int
doctor_dir(struct doctor *d, struct err *e)
{
	struct statvfs fs;
	struct str says;
	struct stat st;

	if (stat(d->w.dir.p, &st) < 0 && errno == ENOENT)
		return doctor_say(d, ILL, "data directory", d->w.dir,
		    "muster audit (it is made by the first audit)", e);
	if (stat(d->w.dir.p, &st) < 0 || access(d->w.dir.p, R_OK | X_OK) < 0)
		return doctor_say(d, DEAD, "data directory", d->w.dir,
		    "this account may not read it: use sudo, or --data DIR", e);
	if ((st.st_mode & 077) != 0) {
		TRY(arena_fmt(d->c->arena, &says, e, "chmod 700 " STR_FMT,
		    STR_ARG(d->w.dir)));
		return doctor_say(d, ILL, "data directory",
		    STR("other accounts have rights to it"), says.p, e);
	}
	TRY(doctor_say(d, WELL, "data directory", d->w.dir, "", e));
	if (statvfs(d->w.dir.p, &fs) == 0 &&
	    (int64_t)(fs.f_bavail * fs.f_frsize) < DOCTOR_FREE_MIN)
		return doctor_say(d, ILL, "free space",
		    STR("less than 100 MB are left for the register"),
		    "make room on that disk", e);
	return MU_OK;
}

/* "2 in /etc/muster/checks.d" */
static int
doctor_own(struct doctor *d, const char *what, int64_t n, struct str dir,
    struct err *e)
{
	struct str says;

	TRY(arena_fmt(d->c->arena, &says, e, "%lld in " STR_FMT, (long long)n,
	    STR_ARG(dir)));
	return doctor_say(d, WELL, what, says, "", e);
}

/* Which configuration this account gets, and what it changes. */
static int
doctor_config(struct doctor *d, struct err *e)
{
	struct err why = { 0 };
	struct config k;
	struct str says;
	int r;

	r = config_load(d->c, &k, &why);
	d->c->usage = false;
	if (r < 0)
		return doctor_say(d, DEAD, "configuration", str_from(why.text),
		    "put it right: muster.conf(5)", e);
	TRY(arena_fmt(d->c->arena, &says, e, STR_FMT "%s", STR_ARG(k.file),
	    k.there ? "" : ": not there, nothing is changed"));
	TRY(doctor_say(d, WELL, "configuration", says, "", e));
	TRY(doctor_own(d, "more configuration", k.dropins, k.dropins_dir, e));
	TRY(doctor_own(d, "checks of your own", k.checks, k.checks_dir, e));
	TRY(doctor_own(d, "places of your own", k.places, k.places_dir, e));
	if (k.values == 0)
		return MU_OK;
	TRY(arena_fmt(d->c->arena, &says, e, "%lld set by the configuration",
	    (long long)k.values));
	return doctor_say(d, WELL, "thresholds", says, "", e);
}

static int
doctor_key(struct doctor *d, struct err *e)
{
	AUTO(secret) struct secret *fp = NULL;
	struct err why = { 0 };
	struct stat st;

	if (stat(d->w.key.p, &st) < 0)
		return MU_OK;
	if (workspace_fp(&d->w, &fp, &why) < 0)
		return doctor_say(d, DEAD, "workspace key", str_from(why.text),
		    "put the file back from a backup, with mode 600", e);
	return doctor_say(d, WELL, "workspace key",
	    STR("there, and nobody else may read it"), "", e);
}

static int
doctor_store(struct doctor *d, struct err *e)
{
	AUTO(store) struct store *s = NULL;
	struct err why = { 0 };
	int r;

	r = store_open(d->w.db.p, STORE_READ, &s, &why);
	if (r == MU_ENOTFOUND)
		return doctor_say(d, ILL, "register", STR("there is none yet"),
		    "muster audit", e);
	if (r < 0)
		return doctor_say(d, DEAD, "register", str_from(why.text),
		    r == MU_ECONFLICT ? "upgrade muster" :
					"restore the file from a backup, or "
					"move it away and audit again",
		    e);
	if (store_check(s, &why) < 0)
		return doctor_say(d, DEAD, "register", str_from(why.text),
		    "restore the file from a backup, or move it away and "
		    "audit again",
		    e);
	return doctor_say(d, WELL, "register", d->w.db, "", e);
}

static int
doctor_all(struct doctor *d, struct err *e)
{

	TRY(doctor_say(d, WELL, "version", STR("muster " MUSTER_VERSION), "",
	    e));
	TRY(doctor_rights(d, e));
	TRY(doctor_sandbox(d, e));
	TRY(doctor_witness(d, e));
	TRY(doctor_config(d, e));
	TRY(doctor_dir(d, e));
	TRY(doctor_key(d, e));
	TRY(doctor_store(d, e));
	return cmd_table(d->c, &d->t, e);
}

static int
doctor_run(struct cli *c, struct err *e)
{
	struct doctor d = { .c = c };
	int r;

	TRY(register_find(c, &d.w, e));
	table_init(&d.t, "doctor", cols, MU_COUNT(cols), "");
	r = doctor_all(&d, e);
	table_done(&d.t);
	if (r < 0)
		return r;
	return d.worst == DEAD ? CMD_FAILED : CMD_OK;
}

const struct cmd cmd_doctor = {
	.name = "doctor",
	.line = "say whether Muster itself is well on this machine",
	.args = "",
	.about =
	    "Looks at the rights, the sandbox that this kernel gives, the "
	    "configuration and\nwhere it was read, the data directory, "
	    "the workspace key and the register. Each\nline is ok, warn or "
	    "fail, with what to do; the exit code is 1 where one is fail.",
	.examples = "  muster doctor\n  muster doctor --format json\n",
	.opts = opts,
	.uses = CMD_STORE | CMD_CONFIG,
	.exits = "0 1 2",
	.run = doctor_run,
};
