/*
 * report/says.h: the sentences of an audit, which the screen, the page and the
 * Markdown share. What they append is safe for a terminal.
 *
 * Source:   docs/formats/output.md, "The audit"
 * Floor:    report. Pure.
 */

#ifndef REPORT_SAYS_H
#define REPORT_SAYS_H

#include "report/audit.h"

/** says_headline(b, d): "312 machine identities, 7 people: 45 to 1 on web01". */
void says_headline(struct buf *b, const struct audit *d);

/** says_host(b, d): the name and the system of the one host, or nothing. */
void says_host(struct buf *b, const struct audit *d);

/** says_looked(b, d): "12 kinds of place, 48,211 files in 1.2 s". */
void says_looked(struct buf *b, const struct audit *d);

/** says_not_seen(b, d): how much was not seen, and why. */
void says_not_seen(struct buf *b, const struct audit *d);

/** says_rights(b, d): which right would show more; nothing where none would. */
void says_rights(struct buf *b, const struct audit *d);

/** says_change(b, d): what is new, gone and changed since the audit before. */
void says_change(struct buf *b, const struct audit *d);

/** says_findings(b, d): "3 critical, 12 high"; how many checks could not be
 * decided. */
void says_findings(struct buf *b, const struct audit *d);

/** says_expiry(b, d, r): "www.example.org in 9 days (30 Nov 2026)". */
void says_expiry(struct buf *b, const struct audit *d,
    const struct read_identity *r);

/** says_why(b, d, r): what is wrong with ${r}, worst first. */
void
says_why(struct buf *b, const struct audit *d, const struct read_identity *r);

/** says_where(b, d, r): where ${r} was found, or nothing. */
void
says_where(struct buf *b, const struct audit *d, const struct read_identity *r);

/** says_do(b, d, r): what to do about ${r} in one sentence, or nothing. */
void
says_do(struct buf *b, const struct audit *d, const struct read_identity *r);

/** says_context(b, d): what is not listed, and why; or nothing. */
void says_context(struct buf *b, const struct audit *d);

/** says_next(b, d): the one command to type next, and what for. */
void says_next(struct buf *b, const struct audit *d);

#endif
