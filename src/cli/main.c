/*
 * muster: the verbs, the options before and after them, the exit code.
 */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/vis.h"
#include "cli/list.h"

#define MAIN_WORDS_MAX 256
#define MAIN_VERBS_MAX 32 /* more than there are */
#define MAIN_TEXT_MAX  4096

/* The command line without its verb. */
struct words {
	char *v[MAIN_WORDS_MAX];
	int n;
	struct str verb;
};

static void
main_interrupted(int sig)
{

	(void)sig;
	_exit(CMD_INTERRUPTED);
}

/*
 * A standard stream that is closed would be the next file that is opened: the
 * register, for one, and errors would be written into it. A stream that cannot
 * be written stands in.
 */
static void
main_streams(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		(void)close(fd);
}

static void
main_signals(void)
{
	struct sigaction sa = { .sa_handler = SIG_IGN };

	(void)sigaction(SIGPIPE, &sa, NULL);
	sa.sa_handler = main_interrupted;
	(void)sigaction(SIGINT, &sa, NULL);
}

/* The option that ${word} names, of whichever command, or NULL. */
static const struct opt *
main_option(struct str word)
{
	const struct opt *tables[CMD_TABLES_MAX], *o;
	bool letter = !str_starts(word, STR("--"));
	struct str name;
	size_t i, t;

	(void)str_cut(str_skip(word, letter ? 1 : 2), '=', &name,
	    &(struct str){ 0 });
	for (i = 0; list_cmds[i] != NULL; i++) {
		(void)cmd_tables(list_cmds[i], tables);
		for (t = 0; tables[t] != NULL; t++)
			for (o = tables[t]; o->name != NULL; o++)
				if (letter ? name.n == 1 && o->letter != '\0' &&
						 o->letter == name.p[0] :
					     str_eq(name, str_from(o->name)))
					return o;
	}
	return NULL;
}

static bool
main_takes_value(const struct opt *o, struct str word)
{

	return o != NULL && o->kind != OPT_FLAG &&
	       str_chr(word, '=') == SIZE_MAX;
}

/* An option that no command has, before the verb. */
static int
main_no_option(struct cli *c, struct str word, struct err *e)
{
	const struct opt *tables[CMD_TABLES_MAX * MAIN_VERBS_MAX] = { NULL };
	void *into[CMD_TABLES_MAX * MAIN_VERBS_MAX];
	struct opt_list rest = { .n = 0 };
	char *argv[1] = { NULL };
	size_t i, n = 0;
	AUTO(buf) struct buf text;

	for (i = 0; i < MAIN_VERBS_MAX && list_cmds[i] != NULL; i++)
		n += cmd_tables(list_cmds[i], &tables[n]);
	for (i = 0; i < MU_COUNT(into); i++)
		into[i] = &c->asked;
	buf_init(&text, MAIN_TEXT_MAX);
	buf_add(&text, word);
	buf_addc(&text, '\0');
	argv[0] = text.p;
	c->usage = true;
	return opt_parse(tables, 1, argv, into, &rest, e);
}

/* Find the verb: the first word that is no option and no option's value. */
static int
main_split(struct cli *c, int argc, char **argv, struct words *w, struct err *e)
{
	const struct opt *o;
	struct str word;
	bool value = false, plain = false;
	int i;

	if (argc > MAIN_WORDS_MAX)
		return err_set(e, MU_ELIMIT, "more than %d words",
		    MAIN_WORDS_MAX);
	for (i = 1; i < argc; i++) {
		word = str_from(argv[i]);
		if (!value && w->verb.p == NULL &&
		    (plain || word.n < 2 || word.p[0] != '-')) {
			w->verb = word;
			continue;
		}
		if (!value && str_eq(word, STR("--")))
			plain = true;
		o = NULL;
		if (!value && !plain && word.n > 1 && word.p[0] == '-') {
			o = main_option(word);
			if (o == NULL && w->verb.p == NULL)
				return main_no_option(c, word, e);
		}
		value = main_takes_value(o, word);
		w->v[w->n++] = argv[i];
	}
	return MU_OK;
}

static int
main_parse(struct cli *c, const struct words *w, struct err *e)
{
	const struct opt *tables[CMD_TABLES_MAX];
	void *into[CMD_TABLES_MAX];
	size_t i;

	for (i = 0; i < CMD_TABLES_MAX; i++)
		into[i] = &c->asked;
	(void)cmd_tables(c->cmd, tables);
	c->usage = true;
	TRY(opt_parse(tables, w->n, w->v, into, &c->args, e));
	c->usage = false;
	return MU_OK;
}

static int
main_help(struct cli *c, const struct cmd *cmd, struct err *e)
{

	cmd_help(&c->out, cmd);
	return cmd_flush(c, e);
}

static int
main_no_verb(struct cli *c, struct str verb, struct err *e)
{
	const char *near = list_near(verb);

	if (verb.n == 0)
		return cmd_usage(c, e, "no command was given");
	if (near != NULL)
		return cmd_usage(c, e,
		    "unknown command '" STR_FMT "'; did you mean '%s'?",
		    STR_ARG(verb), near);
	return cmd_usage(c, e, "unknown command '" STR_FMT "'", STR_ARG(verb));
}

/* muster help [COMMAND] */
static int
main_help_verb(struct cli *c, struct err *e)
{
	const struct cmd *cmd = NULL;

	if (c->args.n != 0 && (cmd = list_find(c->args.v[0])) == NULL)
		return main_no_verb(c, c->args.v[0], e);
	return main_help(c, cmd, e);
}

static int
main_run(struct cli *c, struct err *e)
{

	if (c->asked.help)
		return main_help(c, c->cmd, e);
	if (c->args.n < c->cmd->args_min)
		return cmd_usage(c, e, "%s needs %s", c->cmd->name,
		    c->cmd->args);
	if (c->args.n > c->cmd->args_max)
		return cmd_usage(c, e,
		    "%s does not know what to do with '" STR_FMT "'",
		    c->cmd->name, STR_ARG(c->args.v[c->cmd->args_max]));
	TRY(cmd_start(c, e));
	return c->cmd->run(c, e);
}

static int
main_do(struct cli *c, int argc, char **argv, struct err *e)
{
	struct words w = { .n = 0 };
	bool help;

	TRY(main_split(c, argc, argv, &w, e));
	help = str_eq(w.verb, STR("help"));
	c->cmd = list_find(w.verb);
	if (c->cmd == NULL && !help && w.verb.n != 0)
		return main_no_verb(c, w.verb, e);
	TRY(main_parse(c, &w, e));
	if (c->asked.version) {
		buf_adds(&c->out, "muster " MUSTER_VERSION "\n");
		return cmd_flush(c, e);
	}
	if (help)
		return main_help_verb(c, e);
	if (c->cmd == NULL && c->asked.help)
		return main_help(c, NULL, e);
	if (c->cmd == NULL)
		return main_no_verb(c, w.verb, e);
	return main_run(c, e);
}

/* The sentence for people, and the exit code. */
static int
main_failed(const struct cli *c, const struct err *e)
{
	AUTO(buf) struct buf b = { 0 };

	if (c->reader_left)
		return CMD_OK;
	buf_init(&b, CMD_FLUSH_BYTES);
	vis_add(&b, str_from(e->text));
	(void)fprintf(stderr, "muster: " STR_FMT "\n", STR_ARG(buf_str(&b)));
	if (c->usage) {
		if (c->cmd != NULL)
			(void)fprintf(stderr, "Try 'muster help %s'.\n",
			    c->cmd->name);
		else
			(void)fputs("Try 'muster help'.\n", stderr);
		return CMD_USAGE;
	}
	return e->code == MU_EDENIED ? CMD_DENIED : CMD_FAILED;
}

int
main(int argc, char **argv)
{
	struct cli c = { .asked.expiring = -1 };
	struct err e = { 0 };
	int r;

	main_streams();
	main_signals();
	c.arena = arena_new(CMD_ARENA_MAX);
	buf_init(&c.out, CMD_OUT_MAX);
	r = main_do(&c, argc, argv, &e);
	if (r < 0)
		r = main_failed(&c, &e);
	buf_free(&c.out);
	arena_free(c.arena);
	return r;
}
