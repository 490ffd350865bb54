/*
 * cli/cmd.h: a command of the program: one row of data and one function.
 *
 * Help, completion, the manual's check and the parser read the same rows, so
 * that they cannot say different things.
 *
 * Source:   docs/formats/output.md; man/muster.1 (verbs, exit codes).
 * Floor:    cli, the only floor that prints.
 * Memory:   one arena for the whole run, in struct cli.
 */

#ifndef CLI_CMD_H
#define CLI_CMD_H

#include "base/opt.h"
#include "report/table.h"

/* Exit codes: one table, never a sum. */
enum cmd_exit {
	CMD_OK = 0,
	CMD_FAILED = 1,  /* could not finish */
	CMD_USAGE = 2,   /* nothing was done */
	CMD_FOUND = 3,   /* check: findings at or above the threshold */
	CMD_DENIED = 4,  /* a right is missing */
	CMD_PARTIAL = 5, /* finished; a source failed as a whole */
	CMD_INTERRUPTED = 130,
};

/* Bytes of output kept before they are written, and the most at once. */
#define CMD_FLUSH_BYTES 65536
#define CMD_OUT_MAX     1073741824
#define CMD_ARENA_MAX   1073741824

/* What all options of all commands fill. */
struct cmd_asked {
	bool help, version, quiet;
	bool all, save_not, witness_not, rank;
	struct str data, client, as_of, color, format;
	struct str root, asset, fp_key, fail_on, kind, owner, check, since;
	struct str state, config;
	int64_t expiring;
	struct opt_list output;
};

struct cmd;

struct cli {
	struct cmd_asked asked;
	struct opt_list args; /* what is no option, without the verb */
	const struct cmd *cmd;
	struct arena *arena;
	struct buf out;     /* standard output, until cmd_flush() */
	int64_t now_s;      /* --as-of, or the clock */
	bool clock_fixed;   /* --as-of was given: say nothing that varies */
	bool terminal;      /* standard output is one */
	bool color, chatty; /* chatty: hints and progress on standard error */
	bool usage;         /* the error is one of usage */
	bool reader_left;   /* standard output was closed by its reader */
	size_t columns;     /* of the terminal; 0 where it is none */
	const char *places_dir; /* set by config_load(); NULL before */
};

/* Which shared option tables a command takes. */
#define CMD_STORE  1u /* --data, --client */
#define CMD_FORMAT 2u /* --format, --output */
#define CMD_CLOCK  4u /* --as-of */
#define CMD_CONFIG 8u /* --config */

struct cmd {
	const char *name;
	const char *line;  /* one line, no full stop */
	const char *args;  /* usage after the name: "[ROOT]" */
	const char *about; /* a paragraph for the help */
	const char *examples;
	const struct opt *opts; /* its own; NULL name at the end */
	unsigned uses;          /* CMD_* */
	size_t args_min, args_max;
	const char *exits; /* the codes it can end with, with blanks between */
	/**
	 * run(c, e): do it. An exit code (0 or more), or an error that main
	 * prints and turns into one.
	 */
	int (*run)(struct cli *c, struct err *e);
};

/* The option tables that commands share; NULL name at the end of each. */
extern const struct opt cmd_opts_all[], cmd_opts_store[], cmd_opts_format[],
    cmd_opts_clock[], cmd_opts_config[];

/* Most option tables of one command, the NULL included. */
#define CMD_TABLES_MAX 7

/**
 * cmd_tables(cmd, out):
 * The option tables of ${cmd}, its own first, NULL after the last; the number
 * of them. ${cmd} NULL gives the table of options that every command has.
 */
size_t cmd_tables(const struct cmd *cmd, const struct opt *out[CMD_TABLES_MAX]);

/**
 * cmd_usage(c, e, fmt, ...):
 * Fill ${e}, note that it is the asker's mistake (exit code 2), and return the
 * error.
 */
int
cmd_usage(struct cli *c, struct err *e, const char *fmt, ...) MU_PRINTF(3, 4);

/**
 * cmd_flush(c, e):
 * Write what ${c}->out holds to standard output and empty it. A reader that
 * went away is no error: ${c}->reader_left remembers it, and what goes on for
 * long can stop.
 *
 * Errors: MU_ESYSTEM (a full disk, a closed stream), MU_ELIMIT.
 */
int cmd_flush(struct cli *c, struct err *e) MU_MUST_CHECK;

/** cmd_hint(c, fmt, ...): a line for people on standard error, unless quiet. */
void cmd_hint(const struct cli *c, const char *fmt, ...) MU_PRINTF(2, 3);

/** A function that writes one document in ${format} to ${out}. */
typedef int cmd_render(void *doc, enum table_format format,
    const struct table_style *style, struct buf *out, struct err *e);

/**
 * cmd_document(c, render, doc, e):
 * Write ${doc} where the asker wants it: to each --output FILE, its format
 * from --format or from the name, or to standard output.
 *
 * Errors: MU_EFORMAT (a name that tells no format: usage); those of
 * ${render}; MU_EDENIED, MU_ENOTFOUND, MU_ESYSTEM of the files.
 */
int cmd_document(struct cli *c, cmd_render *render, void *doc,
    struct err *e) MU_MUST_CHECK;

/** cmd_table(c, t, e): cmd_document() for the table ${t}. */
int cmd_table(struct cli *c, struct table *t, struct err *e) MU_MUST_CHECK;

/** cmd_arg(c, i): argument ${i}, or the empty view. */
struct str cmd_arg(const struct cli *c, size_t i);

/** cmd_help(b, cmd): append the help of ${cmd}; NULL: of the whole program. */
void cmd_help(struct buf *b, const struct cmd *cmd);

/**
 * cmd_start(c, e):
 * From what was asked and from the terminal: the clock, colour, width.
 *
 * Errors: MU_EFORMAT (usage: --as-of is no time).
 */
int cmd_start(struct cli *c, struct err *e) MU_MUST_CHECK;

#endif
