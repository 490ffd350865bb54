/*
 * report/runway.h: what expires when: thirteen weeks as bars, and as a table.
 *
 * Source:   docs/formats/output.md, "The runway"
 * Floor:    report. Pure.
 */

#ifndef REPORT_RUNWAY_H
#define REPORT_RUNWAY_H

#include "report/audit.h"

#define RUNWAY_WEEKS 13

struct runway {
	int64_t overdue, weeks[RUNWAY_WEEKS], later, never;
};

/** runway_count(d, out): how many identities of ${d} expire in each week. */
void runway_count(const struct audit *d, struct runway *out);

/** runway_html(d, out): append the bars as SVG with a sentence that says what
 * they show, and the same as a table. */
void runway_html(const struct audit *d, struct buf *out);

#endif
