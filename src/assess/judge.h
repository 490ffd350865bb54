/*
 * assess/judge.h: run checks, and say what each means on each asset.
 *
 * Source:   docs/formats/check.md, "What becomes of the rows".
 * Floor:    assess, and private to it.
 */

#ifndef ASSESS_JUDGE_H
#define ASSESS_JUDGE_H

#include "assess/work.h"

/**
 * judge_checks(w, e):
 * Run every check: the offenders go to ${w}->found, counts and states to
 * ${w}->results.
 *
 * Errors: MU_EFORMAT and MU_EDENIED, MU_ELIMIT of a user's check ("file:line:
 * ..."); the store's.
 */
int judge_checks(struct work *w, struct err *e) MU_MUST_CHECK;

/**
 * judge_mark(check, value, i):
 * Note on the identity ${i} what an open finding of the check ${check} with
 * ${value} says of its risk.
 */
void judge_mark(struct str check, int64_t value, struct work_identity *i);

#endif
