#include "cli/cmd.h"

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "base/vis.h"
#include "cli/list.h"

#define CMD_COLUMNS_DEFAULT 80
#define CMD_COLUMNS_MIN     40
#define CMD_PATH_MAX        4096
#define CMD_HELP_WIDTH      12

#define AT(field) OPT_AT(struct cmd_asked, field)

const struct opt cmd_opts_all[] = {
	{ .name = "color",
	    .kind = OPT_WORD,
	    .at = AT(color),
	    .value = "WHEN",
	    .help = "Colour the output",
	    .words = "auto always never" },
	{ .name = "quiet",
	    .letter = 'q',
	    .kind = OPT_FLAG,
	    .at = AT(quiet),
	    .help = "No hints and no progress on standard error" },
	{ .name = "help",
	    .letter = 'h',
	    .kind = OPT_FLAG,
	    .at = AT(help),
	    .help = "Print this help and end" },
	{ .name = "version",
	    .kind = OPT_FLAG,
	    .at = AT(version),
	    .help = "Print the version and end" },
	{ .name = NULL },
};

const struct opt cmd_opts_store[] = {
	{ .name = "data",
	    .kind = OPT_STR,
	    .at = AT(data),
	    .value = "DIR",
	    .help = "Keep and read registers below DIR" },
	{ .name = "client",
	    .kind = OPT_STR,
	    .at = AT(client),
	    .value = "NAME",
	    .help = "Use the register of one client" },
	{ .name = NULL },
};

const struct opt cmd_opts_format[] = {
	{ .name = "format",
	    .letter = 'f',
	    .kind = OPT_WORD,
	    .at = AT(format),
	    .value = "FORMAT",
	    .help = "Write as",
	    .words = "table json ndjson csv markdown html" },
	{ .name = "output",
	    .letter = 'o',
	    .kind = OPT_LIST,
	    .at = AT(output),
	    .value = "FILE",
	    .help = "Write to FILE, as its name says; may be repeated" },
	{ .name = NULL },
};

const struct opt cmd_opts_clock[] = {
	{ .name = "as-of",
	    .kind = OPT_STR,
	    .at = AT(as_of),
	    .value = "TIME",
	    .help = "Judge as if it were TIME: 2026-11-21, "
		    "2026-11-21T22:50:34Z or @SECONDS" },
	{ .name = NULL },
};

const struct opt cmd_opts_config[] = {
	{ .name = "config",
	    .kind = OPT_STR,
	    .at = AT(config),
	    .value = "FILE",
	    .help = "Read FILE and what is beside it, not "
		    "/etc/muster/muster.conf" },
	{ .name = NULL },
};

size_t
cmd_tables(const struct cmd *cmd, const struct opt *out[CMD_TABLES_MAX])
{
	size_t n = 0;

	if (cmd != NULL && cmd->opts != NULL)
		out[n++] = cmd->opts;
	if (cmd != NULL && (cmd->uses & CMD_STORE) != 0)
		out[n++] = cmd_opts_store;
	if (cmd != NULL && (cmd->uses & CMD_FORMAT) != 0)
		out[n++] = cmd_opts_format;
	if (cmd != NULL && (cmd->uses & CMD_CLOCK) != 0)
		out[n++] = cmd_opts_clock;
	if (cmd != NULL && (cmd->uses & CMD_CONFIG) != 0)
		out[n++] = cmd_opts_config;
	out[n++] = cmd_opts_all;
	out[n] = NULL;
	return n;
}

int
cmd_usage(struct cli *c, struct err *e, const char *fmt, ...)
{
	char text[ERR_TEXT_BYTES];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	c->usage = true;
	return err_set(e, MU_EFORMAT, "%s", text);
}

int
cmd_flush(struct cli *c, struct err *e)
{
	struct err why = { 0 };
	int r;

	TRY(buf_check(&c->out, "the output", e));
	r = fd_write_all(STDOUT_FILENO, buf_str(&c->out), &why);
	buf_reset(&c->out);
	if (r == MU_OK)
		return MU_OK;
	c->reader_left = c->reader_left || why.sys == EPIPE;
	if (why.sys == EPIPE)
		return MU_OK;
	return err_sys(e, why.sys, "standard output could not be written");
}

void
cmd_hint(const struct cli *c, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	if (c->asked.quiet)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	(void)fprintf(stderr, "%s\n", text);
}

struct str
cmd_arg(const struct cli *c, size_t i)
{

	return i < c->args.n ? c->args.v[i] : STR_NONE;
}

static bool
cmd_env(const char *name)
{
	const char *v = getenv(name);

	return v != NULL && v[0] != '\0';
}

static bool
cmd_wants_color(const struct cli *c)
{
	const char *term = getenv("TERM");

	if (str_eq(c->asked.color, STR("always")))
		return true;
	if (str_eq(c->asked.color, STR("never")) || cmd_env("NO_COLOR"))
		return false;
	return c->terminal && term != NULL && term[0] != '\0' &&
	       strcmp(term, "dumb") != 0;
}

static size_t
cmd_columns(void)
{
	struct winsize w;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) != 0 || w.ws_col == 0)
		return CMD_COLUMNS_DEFAULT;
	return w.ws_col < CMD_COLUMNS_MIN ? CMD_COLUMNS_MIN : w.ws_col;
}

int
cmd_start(struct cli *c, struct err *e)
{

	c->terminal = isatty(STDOUT_FILENO) == 1;
	c->columns = c->terminal ? cmd_columns() : 0;
	c->color = cmd_wants_color(c);
	c->chatty = !c->asked.quiet && isatty(STDERR_FILENO) == 1;
	c->now_s = clock_now_s();
	if (c->asked.as_of.n == 0)
		return MU_OK;
	if (!clock_parse(c->asked.as_of, &c->now_s))
		return cmd_usage(c, e,
		    "--as-of takes a time like 2026-11-21, "
		    "2026-11-21T22:50:34Z or @1795301434; not '" STR_FMT "'",
		    STR_ARG(c->asked.as_of));
	c->clock_fixed = true;
	return MU_OK;
}

/* The format that the name of a file tells, or TABLE_FORMATS. */
static enum table_format
cmd_format_of(struct str name)
{
	static const struct {
		const char *tail;
		enum table_format format;
	} t[] = {
		{ ".json", TABLE_JSON },
		{ ".ndjson", TABLE_NDJSON },
		{ ".jsonl", TABLE_NDJSON },
		{ ".csv", TABLE_CSV },
		{ ".md", TABLE_MARKDOWN },
		{ ".markdown", TABLE_MARKDOWN },
		{ ".html", TABLE_HTML },
		{ ".htm", TABLE_HTML },
		{ ".txt", TABLE_TEXT },
	};
	size_t i;

	for (i = 0; i < MU_COUNT(t); i++)
		if (str_ends(name, str_from(t[i].tail)))
			return t[i].format;
	return TABLE_FORMATS;
}

/*
 * A device, a pipe or a link is written to as it is: putting a new file in its
 * place would replace /dev/null on a machine where root asks for it.
 */
static int
cmd_write_file(const char *path, struct str s, struct err *e)
{
	AUTO(fd) int fd = -1;
	struct stat st;
	int r;

	if (lstat(path, &st) != 0 || S_ISREG(st.st_mode))
		return fd_write_file(path, s, 0600, e);
	fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return err_sys(e, errno, "%s", path);
	r = fd_write_all(fd, s, e);
	return r < 0 ? err_wrap(e, "%s", path) : r;
}

static int
cmd_to_file(struct cli *c, struct str name, enum table_format f,
    cmd_render *render, void *doc, struct err *e)
{
	const struct table_style plain = { 0 };
	AUTO(buf) struct buf b = { 0 };
	char path[CMD_PATH_MAX];
	int n;

	n = snprintf(path, sizeof(path), STR_FMT, STR_ARG(name));
	if (n < 0 || (size_t)n >= sizeof(path))
		return cmd_usage(c, e, "--output: the path is too long");
	buf_init(&b, CMD_OUT_MAX);
	TRY(render(doc, f, &plain, &b, e));
	TRY(buf_check(&b, "the document", e));
	TRY(cmd_write_file(path, buf_str(&b), e));
	cmd_hint(c, "Wrote %s", path);
	return MU_OK;
}

static int
cmd_format(struct cli *c, struct str file, enum table_format *f, struct err *e)
{

	if (c->asked.format.n != 0)
		*f = table_format_of(c->asked.format);
	else
		*f = file.n != 0 ? cmd_format_of(file) : TABLE_TEXT;
	if (*f == TABLE_FORMATS)
		return cmd_usage(c, e,
		    "'" STR_FMT "' tells no format: end it in .html, .csv, "
		    ".json, .ndjson, .md or .txt, or say --format",
		    STR_ARG(file));
	return MU_OK;
}

int
cmd_document(struct cli *c, cmd_render *render, void *doc, struct err *e)
{
	const struct table_style style = { .columns = c->columns,
		.color = c->color };
	const struct opt_list *files = &c->asked.output;
	enum table_format f;
	size_t i;

	for (i = 0; i < files->n; i++)
		TRY(cmd_format(c, files->v[i], &f, e));
	for (i = 0; i < files->n; i++) {
		TRY(cmd_format(c, files->v[i], &f, e));
		TRY(cmd_to_file(c, files->v[i], f, render, doc, e));
	}
	if (files->n != 0)
		return MU_OK;
	TRY(cmd_format(c, STR_NONE, &f, e));
	TRY(render(doc, f, &style, &c->out, e));
	return cmd_flush(c, e);
}

static int
cmd_render_table(void *doc, enum table_format format,
    const struct table_style *style, struct buf *out, struct err *e)
{

	return table_print(doc, format, style, out, e);
}

int
cmd_table(struct cli *c, struct table *t, struct err *e)
{

	return cmd_document(c, cmd_render_table, t, e);
}

static void
cmd_help_all(struct buf *b)
{
	size_t i, n;

	buf_adds(b,
	    "Muster calls the roll of machine identities: it finds the keys,\n"
	    "certificates, tokens and service accounts of a host, says what "
	    "is\nwrong with each, and what it could not see.\n\n"
	    "Usage: muster COMMAND [ARGUMENTS] [OPTIONS]\n\nCommands:\n");
	for (i = 0; list_cmds[i] != NULL; i++) {
		buf_addf(b, "  %s", list_cmds[i]->name);
		for (n = strlen(list_cmds[i]->name); n < CMD_HELP_WIDTH; n++)
			buf_addc(b, ' ');
		buf_addf(b, "%s\n", list_cmds[i]->line);
	}
	buf_adds(b, "\nOptions of every command:\n");
	opt_help(b, cmd_opts_all);
	buf_adds(b,
	    "\nBegin with `muster audit`. `muster help COMMAND` says more.\n");
}

void
cmd_help(struct buf *b, const struct cmd *cmd)
{
	const struct opt *tables[CMD_TABLES_MAX];
	size_t n, i;

	if (cmd == NULL) {
		cmd_help_all(b);
		return;
	}
	n = cmd_tables(cmd, tables);
	buf_addf(b, "muster %s: %s\n\nUsage: muster %s%s%s [OPTIONS]\n\n%s\n",
	    cmd->name, cmd->line, cmd->name, cmd->args[0] != '\0' ? " " : "",
	    cmd->args, cmd->about);
	buf_adds(b, "\nOptions:\n");
	for (i = 0; i < n; i++)
		opt_help(b, tables[i]);
	if (cmd->examples != NULL)
		buf_addf(b, "\nExamples:\n%s", cmd->examples);
	buf_addf(b, "\nExit codes: %s\n", cmd->exits);
}
