/*
 * report/cardjson.h: one identity as a JSON document, muster.identity/1.
 *
 * Source:   docs/formats/output.md, "muster.identity/1"
 * Floor:    report. Pure.
 */

#ifndef REPORT_CARDJSON_H
#define REPORT_CARDJSON_H

#include "report/card.h"

/**
 * cardjson_print(c, out, e):
 * Append the card ${c} to ${out}.
 *
 * Errors: MU_ELIMIT (${out} is full).
 */
int cardjson_print(const struct card *c, struct buf *out,
    struct err *e) MU_MUST_CHECK;

#endif
