/*
 * report/page.h: the audit as one HTML file that a director can read.
 *
 * The page holds no script and refers to nothing outside itself; its
 * Content-Security-Policy allows its own style alone, by hash.
 *
 * Source:   docs/formats/output.md, "The report"; HTML Living Standard; CSP 3.
 * Floor:    report. Pure.
 */

#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "report/audit.h"

/**
 * page_html(d, out, e):
 * Append the audit ${d} as a whole HTML document.
 *
 * Errors: MU_ELIMIT (${out} is full).
 */
int
page_html(const struct audit *d, struct buf *out, struct err *e) MU_MUST_CHECK;

#endif
