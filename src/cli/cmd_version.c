/*
 * muster version: which program this is.
 */

#include "cli/cmd.h"

extern const struct cmd cmd_version;

static int
version_run(struct cli *c, struct err *e)
{

	buf_adds(&c->out, "muster " MUSTER_VERSION "\n");
	TRY(cmd_flush(c, e));
	return CMD_OK;
}

const struct cmd cmd_version = {
	.name = "version",
	.line = "print which version of Muster this is",
	.args = "",
	.about = "Prints the name and the version on one line.",
	.exits = "0 1 2",
	.run = version_run,
};
