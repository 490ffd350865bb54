/*
 * cli/config.h: what the administrator says of this machine: muster.conf, and
 * checks and places of their own beside it.
 *
 * Source:   man/muster.conf.5; docs/formats/check.md and place.md.
 * Floor:    cli.
 * Memory:   in the arena of struct cli; the checks live as long as the process.
 */

#ifndef CLI_CONFIG_H
#define CLI_CONFIG_H

#include "cli/cmd.h"

#define CONFIG_FILE "/etc/muster/muster.conf"

/* Longest file of configuration, bytes: a line for each parameter there is. */
#define CONFIG_BYTES_MAX 1048576

struct config {
	struct str file;       /* --config, or CONFIG_FILE */
	bool there;            /* it is */
	struct str checks_dir; /* beside it; each with a zero byte after it */
	struct str places_dir;
	struct str dropins_dir;
	int64_t checks, places; /* how many were read from there */
	int64_t dropins;
	int64_t values; /* parameters that were set */
};

/**
 * config_load(c, out, e):
 * Read the configuration: checks into assess_checks(), their parameters, and
 * the user's own places, which are only looked through. ${c}->places_dir is
 * set. Nothing else may have been done: an error is the asker's to mend (exit
 * code 2) unless a right is missing.
 *
 * Errors: MU_EFORMAT, MU_ELIMIT ("file:line: ..."); MU_ENOTFOUND (--config
 * FILE is not there); MU_EDENIED (no right to read it, or others may write
 * it); MU_ESYSTEM.
 */
int config_load(struct cli *c, struct config *out, struct err *e) MU_MUST_CHECK;

/** config_use(c, e): config_load() for who needs no more than that. */
int config_use(struct cli *c, struct err *e) MU_MUST_CHECK;

#endif
