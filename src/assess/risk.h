/*
 * assess/risk.h: which identities to look at first, and the words for it.
 *
 * Source:   docs/formats/check.md, "How risky".
 * Floor:    assess, and private to it.
 */

#ifndef ASSESS_RISK_H
#define ASSESS_RISK_H

#include "assess/work.h"

/**
 * risk_write(w, e):
 * Score and rank the identities with an open finding and write the table
 * risks anew.
 *
 * Errors: MU_ELIMIT; the store's.
 */
int risk_write(const struct work *w, struct err *e) MU_MUST_CHECK;

#endif
