/*
 * report/auditjson.h: the audit as one JSON document, muster.audit/1.
 *
 * Source:   docs/formats/output.md, "muster.audit/1"
 * Floor:    report. Pure.
 */

#ifndef REPORT_AUDITJSON_H
#define REPORT_AUDITJSON_H

#include "report/audit.h"

/**
 * auditjson_print(d, out, e):
 * Append the audit ${d} to ${out}.
 *
 * Errors: MU_ELIMIT (${out} is full).
 */
int auditjson_print(const struct audit *d, struct buf *out,
    struct err *e) MU_MUST_CHECK;

#endif
