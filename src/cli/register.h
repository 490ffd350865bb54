/*
 * cli/register.h: the register of the asker's workspace, opened with words that
 * help; thresholds of severity.
 *
 * Floor:    cli.
 */

#ifndef CLI_REGISTER_H
#define CLI_REGISTER_H

#include "assess/assess.h"
#include "cli/cmd.h"
#include "cli/workspace.h"

/**
 * register_find(c, w, e):
 * The workspace that --data and --client mean.
 *
 * Errors: MU_EFORMAT (usage), MU_ELIMIT.
 */
int
register_find(struct cli *c, struct workspace *w, struct err *e) MU_MUST_CHECK;

/**
 * register_open(c, mode, out, e):
 * Open the register in ${out}, owned by the caller (store_close).
 *
 * Errors: MU_ENOTFOUND ("there is no register yet"), those of store_open.
 */
int register_open(struct cli *c, enum store_mode mode, struct store **out,
    struct err *e) MU_MUST_CHECK;

/**
 * register_threshold(c, otherwise, out, e):
 * The severity that --fail-on names, or ${otherwise} where it is not given.
 *
 * Errors: MU_EFORMAT (usage).
 */
int register_threshold(struct cli *c, enum severity otherwise,
    enum severity *out, struct err *e) MU_MUST_CHECK;

#endif
