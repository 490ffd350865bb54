/*
 * assess/checkfile.h: read one file of checks/ or /etc/muster/checks.d/.
 *
 * Source:   docs/formats/check.md
 * Floor:    assess. Pure.
 * Memory:   one-line values borrow from the text; values that go on over
 *           several lines are joined in the arena.
 * Fuzz:     fuzz/check_fuzz.c: users write these files.
 */

#ifndef ASSESS_CHECKFILE_H
#define ASSESS_CHECKFILE_H

#include "assess/assess.h"

/* Longest file, bytes: fifty times the longest of checks/. */
#define CHECKFILE_MAX 65536

/**
 * checkfile_parse(name, text, a, out, e):
 * The body of assess_check_parse().
 *
 * Errors: MU_EFORMAT ("name:line: ..."), MU_ELIMIT.
 */
int checkfile_parse(const char *name, struct str text, struct arena *a,
    struct check *out, struct err *e) MU_MUST_CHECK;

/**
 * checkfile_param(c, name, value):
 * Whether ${c} has a parameter ${name}, and its value in ${value}.
 */
bool checkfile_param(const struct check *c, struct str name, int64_t *value);

#endif
