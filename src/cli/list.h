/*
 * cli/list.h: all commands.
 *
 * Floor:    cli.
 */

#ifndef CLI_LIST_H
#define CLI_LIST_H

#include "cli/cmd.h"

/* All commands, in alphabetical order of name, NULL at the end. */
extern const struct cmd *const list_cmds[];

/** list_find(name): the command ${name}, or NULL. */
const struct cmd *list_find(struct str name);

/** list_near(name): the name of the command that is nearest, or NULL. */
const char *list_near(struct str name);

#endif
