/*
 * assess/severity.h: how severe a finding is, and the words for it.
 *
 * Source:   docs/formats/check.md, "How severe".
 * Floor:    assess, and private to it.
 */

#ifndef ASSESS_SEVERITY_H
#define ASSESS_SEVERITY_H

#include "assess/work.h"

/**
 * severity_grade(w, f, e):
 * Fill base, severity and reasons of ${f}, once all checks have run.
 *
 * Errors: MU_ELIMIT.
 */
int severity_grade(const struct work *w, struct work_found *f,
    struct err *e) MU_MUST_CHECK;

#endif
