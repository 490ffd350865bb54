/*
 * One identity a job: two times for one command are one job. Which of the four
 * shapes a file has is told by its path, as cron itself does it:
 *
 *	var/spool/cron/crontabs/NAME, var/spool/cron/NAME: of the user NAME
 *	etc/cron.hourly/NAME and its like: a script that root runs
 *	etc/anacrontab: period, delay, name, command, all by root
 *	etc/crontab, etc/cron.d/NAME: with the user before the command
 */

#include "decode/crontab.h"

#include <stdio.h>

#include "base/digest.h"
#include "decode/cmdline.h"
#include "decode/hostinfo.h"
#include "decode/lines.h"

#define CRONTAB_OWNER_PCT 60
#define CRONTAB_NAME_MAX  64

/* Most secrets that lines "NAME = value" give to the jobs below them. */
#define CRONTAB_SETTINGS_MAX 16

enum crontab_shape {
	CRONTAB_SYSTEM,
	CRONTAB_USER,
	CRONTAB_SCRIPT,
	CRONTAB_ANACRON,
};

struct crontab {
	const struct decode_in *in;
	struct lines lines;
	struct map *index; /* of the host's accounts, by name */
	struct str base;   /* last part of the path */
	struct str mailto; /* as set by the lines above, or "" */
	enum crontab_shape shape;
	size_t jobs;
	struct str settings[CRONTAB_SETTINGS_MAX]; /* keys of secrets */
	size_t n_settings;
};

static enum crontab_shape
crontab_shape(struct str path)
{
	static const struct {
		const char *head;
		enum crontab_shape shape;
	} rows[] = {
		{ "var/spool/cron/", CRONTAB_USER },
		{ "etc/cron.hourly/", CRONTAB_SCRIPT },
		{ "etc/cron.daily/", CRONTAB_SCRIPT },
		{ "etc/cron.weekly/", CRONTAB_SCRIPT },
		{ "etc/cron.monthly/", CRONTAB_SCRIPT },
		{ "etc/cron.yearly/", CRONTAB_SCRIPT },
		{ "etc/anacrontab", CRONTAB_ANACRON },
	};
	size_t i;

	for (i = 0; i < MU_COUNT(rows); i++)
		if (str_starts(path, str_from(rows[i].head)))
			return rows[i].shape;
	return CRONTAB_SYSTEM;
}

static struct str
crontab_base(struct str path)
{
	size_t slash = str_rchr(path, '/');

	return slash == SIZE_MAX ? path : str_skip(path, slash + 1);
}

/* A name of a program and nothing else: a command may hold a secret. */
static bool
crontab_plain(struct str name)
{
	size_t i;
	char c;

	for (i = 0; i < name.n; i++) {
		c = name.p[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') &&
		    str_chr(STR("._+-"), c) == SIZE_MAX)
			return false;
	}
	return name.n != 0 && name.n <= CRONTAB_NAME_MAX;
}

/* Words that only lead to the command that counts. */
static bool
crontab_prelude(struct str word)
{
	static const char *const words[] = { "cd", "test", "[", "[[", "umask",
		"set", "export", ".", "source", "sleep", "ulimit", "true" };
	size_t i;

	for (i = 0; i < MU_COUNT(words); i++)
		if (str_eq(word, str_from(words[i])))
			return true;
	return false;
}

static bool
crontab_joins(struct str word)
{

	return str_eq(word, STR("&&")) || str_eq(word, STR("||")) ||
	       str_eq(word, STR("|")) || str_ends(word, STR(";"));
}

/*
 * What a command runs, for people: the first word that is no assignment, no
 * "cd" or "test" before it, without its folder. "command" where that is none.
 */
static struct str
crontab_program(struct str command)
{
	struct str word, name;
	bool skip = false;

	while (str_word(&command, &word)) {
		if (skip) {
			skip = !crontab_joins(word);
			continue;
		}
		if (str_chr(word, '=') != SIZE_MAX || str_eq(word, STR("exec")))
			continue;
		while (str_starts(word, STR("(")) || str_starts(word, STR("{")))
			word = str_skip(word, 1);
		if (word.n == 0)
			continue;
		skip = crontab_prelude(word);
		if (skip)
			continue;
		if (str_ends(word, STR(";")))
			word.n--;
		name = crontab_base(word);
		return crontab_plain(name) ? name : STR("command");
	}
	return STR("command");
}

/* cron:<host>:<file>:<16 hex of SHA-256(user, a zero byte, command)> */
static int
crontab_key(const struct crontab *c, struct str user, struct str command,
    struct str *out, struct err *e)
{
	AUTO(buf) struct buf b = { 0 };
	AUTO(buf) struct buf hex = { 0 };
	struct digest d;

	buf_init(&b, user.n + command.n + 1);
	buf_init(&hex, 16);
	buf_add(&b, user);
	buf_addc(&b, '\0');
	buf_add(&b, command);
	TRY(buf_check(&b, "a command", e));
	d = digest_sha256(buf_str(&b));
	digest_hex(&hex, str_head(digest_str(&d), 8));
	return arena_fmt(c->in->job, out, e,
	    "cron:" STR_FMT ":" STR_FMT ":" STR_FMT, STR_ARG(c->in->host->key),
	    STR_ARG(c->in->file->path), STR_ARG(buf_str(&hex)));
}

static int
crontab_edge(struct crontab *c, struct str job, const struct account *user,
    struct err *e)
{
	struct rec r;

	if (user == NULL)
		return lines_gap(&c->lines, c->lines.at, GAP_MALFORMED,
		    "the job's user is no account here", e);
	rec_init(&r, REC_EDGE);
	r.edge.kind = EDGE_RUNS_AS;
	r.edge.src = job;
	r.edge.dst = user->key;
	/* A script in cron.daily is a job as a whole: it has no line. */
	if (c->lines.at == 0)
		r.edge.evidence = c->in->file->path;
	else
		TRY(arena_fmt(c->in->job, &r.edge.evidence, e, STR_FMT ":%zu",
		    STR_ARG(c->in->file->path), c->lines.at));
	return decode_put(c->in, &r, e);
}

/* The secrets of a job's command, and those that the lines above set for it. */
static int
crontab_secrets(struct crontab *c, const struct rec_identity *job,
    struct str command, struct err *e)
{
	struct cmdline of = { CMDWORD_CRON, job->name, job->key, c->lines.at };
	size_t i;

	if (c->shape == CRONTAB_SCRIPT)
		return MU_OK;
	if (c->shape == CRONTAB_ANACRON)
		of.style = CMDWORD_SHELL;
	for (i = 0; i < c->n_settings; i++)
		TRY(cmdline_edge(c->in, c->settings[i], &of, e));
	return cmdline_secrets(c->in, command, &of, e);
}

static int
crontab_job(struct crontab *c, struct str name, struct str command,
    struct err *e)
{
	const struct account *user;
	struct rec r;

	if (c->jobs++ == CRONTAB_JOBS_MAX)
		return err_set(e, MU_ELIMIT, "more than %d jobs",
		    CRONTAB_JOBS_MAX);
	user = hostinfo_named(c->in->host, c->index, name);
	rec_init(&r, REC_IDENTITY);
	TRY(crontab_key(c, name, command, &r.identity.key, e));
	TRY(arena_fmt(c->in->job, &r.identity.name, e,
	    "cron job " STR_FMT " of " STR_FMT,
	    STR_ARG(crontab_program(command)), STR_ARG(c->in->file->path)));
	r.identity.kind = ID_WORKLOAD;
	r.identity.asset = c->in->host->key;
	r.identity.context = c->in->file->context;
	if (c->mailto.n != 0) {
		r.identity.owner = c->mailto;
		r.identity.owner_by = STR("MAILTO of the crontab");
		r.identity.owner_pct = CRONTAB_OWNER_PCT;
	}
	if (user != NULL)
		r.identity.privileged = user->uid == 0 ? TRI_YES : TRI_NO;
	TRY(decode_put(c->in, &r, e));
	TRY(crontab_edge(c, r.identity.key, user, e));
	return crontab_secrets(c, &r.identity, command, e);
}

static struct str
crontab_unquote(struct str s)
{

	s = str_trim(s);
	if (s.n >= 2 && s.p[0] == s.p[s.n - 1] &&
	    (s.p[0] == '"' || s.p[0] == '\''))
		return str_head(str_skip(s, 1), s.n - 2);
	return s;
}

/* "NAME = value", quotes undone. */
static bool
crontab_setting(struct str line, struct str *name, struct str *value)
{
	size_t i;

	if (!str_cut(line, '=', name, value))
		return false;
	*name = crontab_unquote(*name);
	*value = crontab_unquote(*value);
	for (i = 0; i < name->n; i++)
		if (str_chr(STR(" \t*/,"), name->p[i]) != SIZE_MAX)
			return false;
	if (name->n == 0 || (name->p[0] >= '0' && name->p[0] <= '9') ||
	    name->p[0] == '@')
		return false;
	return true;
}

/* Mail to root goes to nobody in particular. */
static void
crontab_mail(struct crontab *c, struct str value)
{

	value = str_trim(value);
	c->mailto = str_eq(value, STR("root")) || value.n > 254 ||
			    !str_utf8(value) || str_has_nul(value) ?
			STR_NONE :
			value;
}

/* A variable for the jobs below; it may be a secret. */
static int
crontab_set(struct crontab *c, struct str name, struct str value, struct err *e)
{
	struct cmdline of = { .name = c->in->file->path, .line = c->lines.at };
	struct str key;

	if (str_eq(name, STR("MAILTO")))
		crontab_mail(c, value);
	TRY(cmdline_setting(c->in, name, value, &of, &key, e));
	if (key.n != 0 && c->n_settings < CRONTAB_SETTINGS_MAX)
		c->settings[c->n_settings++] = key;
	return MU_OK;
}

/* Take the fields of time off ${line}: five, or one that begins with "@". */
static bool
crontab_time(struct str *line)
{
	static const char legal[] = "0123456789*,-/~?LWH#";
	struct str word;
	size_t i, k;
	char c;

	for (i = 0; i < 5; i++) {
		if (!str_word(line, &word))
			return false;
		if (i == 0 && word.p[0] == '@')
			return word.n > 1;
		for (k = 0; k < word.n; k++) {
			c = word.p[k];
			if (!(i >= 3 && ((c >= 'a' && c <= 'z') ||
					    (c >= 'A' && c <= 'Z'))) &&
			    str_chr(STR(legal), c) == SIZE_MAX)
				return false;
		}
	}
	return true;
}

/* period in days or "@monthly", delay in minutes, name of the job. */
static bool
crontab_period(struct str *line)
{
	struct str period, delay, name;
	int64_t n;

	return str_word(line, &period) && str_word(line, &delay) &&
	       str_word(line, &name) &&
	       (period.p[0] == '@' || hostinfo_number(period, &n)) &&
	       hostinfo_number(delay, &n);
}

static int
crontab_line(struct crontab *c, struct str line, struct err *e)
{
	struct str name, value;
	bool good;

	line = str_trim(line);
	if (line.n == 0 || line.p[0] == '#')
		return MU_OK;
	if (crontab_setting(line, &name, &value))
		return crontab_set(c, name, value, e);
	/* A dash before the minutes keeps cron from logging. */
	if (line.p[0] == '-')
		line = str_skip(line, 1);
	name = c->shape == CRONTAB_USER ? c->base : STR("root");
	good = c->shape == CRONTAB_ANACRON ? crontab_period(&line) :
					     crontab_time(&line);
	if (good && c->shape == CRONTAB_SYSTEM)
		good = str_word(&line, &name);
	line = str_trim(line);
	if (!good || line.n == 0)
		return lines_gap(&c->lines, c->lines.at, GAP_MALFORMED,
		    "no line of crontab(5)", e);
	return crontab_job(c, name, line, e);
}

/* run-parts(8): letters, digits, "_" and "-" alone, and executable. */
static int
crontab_script(struct crontab *c, struct err *e)
{
	AUTO(buf) struct buf path = { 0 };

	if (!crontab_plain(c->base) || str_chr(c->base, '.') != SIZE_MAX ||
	    str_chr(c->base, '+') != SIZE_MAX ||
	    (c->in->file->mode & 0111) == 0)
		return MU_OK;
	buf_init(&path, 8192);
	buf_addc(&path, '/');
	buf_add(&path, c->in->file->path);
	TRY(buf_check(&path, "the path", e));
	return crontab_job(c, STR("root"), buf_str(&path), e);
}

static int
crontab_read(const struct decode_in *in, struct err *e)
{
	AUTO(map) struct map *index = hostinfo_index(in->host);
	struct crontab c = { .in = in,
		.index = index,
		.shape = crontab_shape(in->file->path),
		.base = crontab_base(in->file->path) };
	struct str line;

	lines_init(&c.lines, in);
	if (c.shape == CRONTAB_SCRIPT)
		return crontab_script(&c, e);
	while (lines_next(&c.lines, &line))
		TRY(crontab_line(&c, line, e));
	return lines_done(&c.lines, e);
}

const struct decoder decode_crontab = {
	.name = "crontab",
	.place = "os.cron",
	.sees = "Jobs of cron, as whom they run, secrets in their commands",
	.source = "crontab(5), anacrontab(5), run-parts(8)",
	.max_bytes = 4194304,
	.read = crontab_read,
};
