/*
 * report/screen.h: the audit on a terminal, in a page or two.
 *
 * Source:   docs/formats/output.md, "The audit"
 * Floor:    report. Pure.
 */

#ifndef REPORT_SCREEN_H
#define REPORT_SCREEN_H

#include "report/audit.h"

/** screen_print(d, style, out): append the audit ${d} as text for a person. */
void screen_print(const struct audit *d, const struct table_style *style,
    struct buf *out);

/**
 * screen_para(out, lead, text, style):
 * Append ${text}, which is safe for a terminal already, broken at blanks so
 * that it fits the terminal, or 80 columns; the first line begins with ${lead}
 * and the others with as many blanks.
 */
void screen_para(struct buf *out, const char *lead, struct str text,
    const struct table_style *style);

#endif
