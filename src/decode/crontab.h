/*
 * decode/crontab.h: jobs of cron and anacron, as workloads.
 *
 * Source:   crontab(5), cron(8), anacrontab(5), run-parts(8).
 * Floor:    decode. Pure.
 * Memory:   in the job.
 * Secrets:  of a command only the program's name is told, a hash, and which of
 *           its options hold a secret (cmdline.h).
 * Fuzz:     fuzz/crontab_fuzz.c
 */

#ifndef DECODE_CRONTAB_H
#define DECODE_CRONTAB_H

#include "decode/decode.h"

/* Most jobs of one file. */
#define CRONTAB_JOBS_MAX 20000

/* The decoder "crontab". */
extern const struct decoder decode_crontab;

#endif
