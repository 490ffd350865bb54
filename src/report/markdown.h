/*
 * report/markdown.h: the audit as Markdown, for a ticket or a wiki.
 *
 * Source:   CommonMark with tables; docs/formats/output.md
 * Floor:    report. Pure.
 */

#ifndef REPORT_MARKDOWN_H
#define REPORT_MARKDOWN_H

#include "report/audit.h"

/**
 * markdown_print(d, out, e):
 * Append the audit ${d} as Markdown.
 *
 * Errors: MU_ELIMIT (${out} is full).
 */
int markdown_print(const struct audit *d, struct buf *out,
    struct err *e) MU_MUST_CHECK;

#endif
