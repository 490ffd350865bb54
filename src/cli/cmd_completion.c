/*
 * muster completion: what a shell needs to finish a word, from the tables that
 * the parser reads.
 */

#include "cli/cmd.h"
#include "cli/list.h"

extern const struct cmd cmd_completion;

/* Call ${each} for every option of ${cmd}. */
static void
completion_options(const struct cmd *cmd, struct buf *out,
    void (*each)(struct buf *, const struct cmd *, const struct opt *))
{
	const struct opt *tables[CMD_TABLES_MAX], *o;
	size_t t;

	(void)cmd_tables(cmd, tables);
	for (t = 0; tables[t] != NULL; t++)
		for (o = tables[t]; o->name != NULL; o++)
			each(out, cmd, o);
}

static void
completion_bash_option(struct buf *out, const struct cmd *cmd,
    const struct opt *o)
{

	(void)cmd;
	buf_addf(out, " --%s", o->name);
}

static void
completion_bash_words(struct buf *out, const struct cmd *cmd,
    const struct opt *o)
{

	if (o->kind == OPT_WORD)
		buf_addf(out,
		    "\t%s:--%s) COMPREPLY=($(compgen -W '%s' -- \"$cur\")); "
		    "return ;;\n",
		    cmd->name, o->name, o->words);
	else if (o->kind != OPT_FLAG)
		buf_addf(out,
		    "\t%s:--%s) COMPREPLY=($(compgen -f -- \"$cur\")); "
		    "return ;;\n",
		    cmd->name, o->name);
}

static void
completion_bash(struct buf *out)
{
	size_t i;

	buf_adds(out,
	    "# bash completion for muster; made by `muster completion bash`.\n"
	    "_muster() {\n"
	    "\tlocal cur=${COMP_WORDS[COMP_CWORD]} verb= i\n"
	    "\tlocal prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
	    "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	    "\t\tcase ${COMP_WORDS[i]} in\n\t\t");
	for (i = 0; list_cmds[i] != NULL; i++)
		buf_addf(out, "%s | ", list_cmds[i]->name);
	buf_adds(out, "help) verb=${COMP_WORDS[i]}; break ;;\n"
		      "\t\tesac\n\tdone\n\tcase $verb:$prev in\n");
	for (i = 0; list_cmds[i] != NULL; i++)
		completion_options(list_cmds[i], out, completion_bash_words);
	buf_adds(out, "\tesac\n\tcase $verb in\n\t'' | help) COMPREPLY=($("
		      "compgen -W '");
	for (i = 0; list_cmds[i] != NULL; i++)
		buf_addf(out, "%s ", list_cmds[i]->name);
	buf_adds(out, "help' -- \"$cur\")) ;;\n");
	for (i = 0; list_cmds[i] != NULL; i++) {
		buf_addf(out,
		    "\t%s) if [[ $cur == -* ]]; then "
		    "COMPREPLY=($(compgen -W '",
		    list_cmds[i]->name);
		completion_options(list_cmds[i], out, completion_bash_option);
		buf_adds(out, "' -- \"$cur\")); else "
			      "COMPREPLY=($(compgen -f -- \"$cur\")); fi ;;\n");
	}
	buf_adds(out, "\tesac\n}\ncomplete -F _muster muster\n");
}

/* ${s} inside single quotes: our own words hold no quote but this. */
static void
completion_quote(struct buf *out, const char *s, const char *escaped)
{

	for (; *s != '\0'; s++)
		if (strchr(escaped, *s) != NULL)
			buf_addf(out, "\\%c", *s);
		else
			buf_addc(out, *s);
}

static void
completion_zsh_option(struct buf *out, const struct cmd *cmd,
    const struct opt *o)
{

	(void)cmd;
	buf_addf(out, " \\\n\t\t'%s--%s%s[", o->kind == OPT_LIST ? "*" : "",
	    o->name, o->kind != OPT_FLAG ? "=" : "");
	completion_quote(out, o->help, "[]:");
	buf_addc(out, ']');
	if (o->kind == OPT_WORD)
		buf_addf(out, ":%s:(%s)", o->value, o->words);
	else if (o->kind != OPT_FLAG)
		buf_addf(out, ":%s:_files", o->value);
	buf_addc(out, '\'');
}

static void
completion_zsh(struct buf *out)
{
	size_t i;

	buf_adds(out,
	    "#compdef muster\n"
	    "# zsh completion for muster; made by `muster completion zsh`.\n"
	    "_muster() {\n\tlocal verb=$words[2]\n"
	    "\tif (( CURRENT == 2 )); then\n\t\tlocal -a verbs=(");
	for (i = 0; list_cmds[i] != NULL; i++) {
		buf_addf(out, "\n\t\t\t'%s:", list_cmds[i]->name);
		completion_quote(out, list_cmds[i]->line, ":");
		buf_addc(out, '\'');
	}
	buf_adds(out, "\n\t\t)\n\t\t_describe 'command' verbs\n\t\treturn\n"
		      "\tfi\n\tcase $verb in\n");
	for (i = 0; list_cmds[i] != NULL; i++) {
		buf_addf(out, "\t%s) _arguments", list_cmds[i]->name);
		completion_options(list_cmds[i], out, completion_zsh_option);
		buf_adds(out, " \\\n\t\t'*:argument:_files' ;;\n");
	}
	buf_adds(out, "\tesac\n}\n_muster \"$@\"\n");
}

static void
completion_fish_option(struct buf *out, const struct cmd *cmd,
    const struct opt *o)
{

	buf_addf(out,
	    "complete -c muster -n '__fish_seen_subcommand_from %s' -l %s",
	    cmd->name, o->name);
	if (o->letter != '\0')
		buf_addf(out, " -s %c", o->letter);
	if (o->kind == OPT_WORD)
		buf_addf(out, " -x -a '%s'", o->words);
	else if (o->kind != OPT_FLAG)
		buf_adds(out, " -r");
	buf_addf(out, " -d '%s'\n", o->help);
}

static void
completion_fish(struct buf *out)
{
	size_t i;

	buf_adds(out,
	    "# fish completion for muster; made by `muster completion "
	    "fish`.\n");
	for (i = 0; list_cmds[i] != NULL; i++) {
		buf_addf(out,
		    "complete -c muster -n '__fish_use_subcommand' -f -a %s "
		    "-d '%s'\n",
		    list_cmds[i]->name, list_cmds[i]->line);
		completion_options(list_cmds[i], out, completion_fish_option);
	}
}

static int
completion_run(struct cli *c, struct err *e)
{
	static const struct {
		const char *shell;
		void (*print)(struct buf *);
	} t[] = {
		{ "bash", completion_bash },
		{ "zsh", completion_zsh },
		{ "fish", completion_fish },
	};
	size_t i;

	for (i = 0; i < MU_COUNT(t); i++) {
		if (!str_eq(cmd_arg(c, 0), str_from(t[i].shell)))
			continue;
		t[i].print(&c->out);
		TRY(cmd_flush(c, e));
		return CMD_OK;
	}
	return cmd_usage(c, e,
	    "completion knows bash, zsh and fish; not '" STR_FMT "'",
	    STR_ARG(cmd_arg(c, 0)));
}

const struct cmd cmd_completion = {
	.name = "completion",
	.line = "print what a shell needs to finish words",
	.args = "bash|zsh|fish",
	.about = "Prints the completion of commands, options and their values "
		 "for one shell.",
	.examples = "  muster completion bash > "
		    "/etc/bash_completion.d/muster\n"
		    "  muster completion fish > "
		    "~/.config/fish/completions/muster.fish\n",
	.args_min = 1,
	.args_max = 1,
	.exits = "0 1 2",
	.run = completion_run,
};
