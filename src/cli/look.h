/*
 * cli/look.h: one reading of a root, with its progress on the terminal and
 * what it costs; for scan and audit.
 *
 * Floor:    cli.
 */

#ifndef CLI_LOOK_H
#define CLI_LOOK_H

#include "cli/cmd.h"
#include "cli/workspace.h"
#include "collect/collect.h"

#define LOOK_PATH_MAX 4096

struct look {
	struct cli *c;
	bool ephemeral;  /* the key of the fingerprints dies with the run */
	int64_t took_ms; /* results of look_run() */
	int64_t counts[REC_TYPES];
	bool source_failed; /* a source gave up as a whole */
	struct str asset;   /* key of the host that was read */
	bool drawn;         /* a progress line stands on the terminal */
	int64_t drawn_ms;
};

/**
 * look_run(l, fp, out, e):
 * Read the root that was asked for and put its records to ${out}.
 *
 * Errors: MU_EFORMAT (usage: there is no such root), those of collect_run.
 */
int look_run(struct look *l, const struct secret *fp, struct sink *out,
    struct err *e) MU_MUST_CHECK;

/** look_exit(l): CMD_OK, or CMD_PARTIAL where a source failed as a whole. */
int look_exit(const struct look *l);

/**
 * look_path(c, s, out, e):
 * ${s}, with a zero byte after it, in ${out}.
 *
 * Errors: MU_EFORMAT (usage: too long, or a zero byte in it).
 */
int look_path(struct cli *c, struct str s, char out[LOOK_PATH_MAX],
    struct err *e) MU_MUST_CHECK;

#endif
