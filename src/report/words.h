/*
 * report/words.h: what the register holds, in the words of a person who is not
 * an engineer.
 *
 * Source:   docs/formats/output.md, "Words".
 * Floor:    report. Pure.
 */

#ifndef REPORT_WORDS_H
#define REPORT_WORDS_H

#include "base/clock.h"
#include "model/rec.h"

/** words_day(b, at_s): append "30 Nov 2026"; "-" for CLOCK_NONE. */
void words_day(struct buf *b, int64_t at_s);

/** words_when(b, now_s, at_s): append "in 9 days (30 Nov 2026)", "today (…)",
 * "3 years ago (…)"; "-" for CLOCK_NONE. */
void words_when(struct buf *b, int64_t now_s, int64_t at_s);

/** words_span(b, s): append ${s} seconds, 0 or more, as "9 days". */
void words_span(struct buf *b, int64_t s);

/** words_count(b, n, one, many): append "1,204 files": the number and what. */
void words_count(struct buf *b, int64_t n, const char *one, const char *many);

/** words_gap(r): why something was not read: "no right to read it". */
const char *words_gap(enum gap_reason r);

/** words_gaps(r, one): the same after a number, which is 1 for ${one}: "that
 * this account may not read". */
const char *words_gaps(enum gap_reason r, bool one);

/** words_role(r): what a sighting is: "private key or secret". */
const char *words_role(enum role r);

/** words_readers(r): who can read a file: "everybody on the machine". */
const char *words_readers(enum readers r);

/** words_cred(k): a kind of credential: "certificate". */
const char *words_cred(enum cred_kind k);

/** words_edge(k, out): an edge as a verb, seen from its start (${out}) or from
 * its end: "is issued by", "issues". */
const char *words_edge(enum edge_kind k, bool out);

/** words_capability(c): what may be done: "everything". */
const char *words_capability(enum capability c);

/** words_by(by): the evidence of a time: "by the file's date". */
const char *words_by(enum when_by by);

/** words_kind(word): word_id_plain() of an identity kind's word, or it. */
struct str words_kind(struct str word);

/** words_sentence(s): the first sentence of ${s}, without its full stop. */
struct str words_sentence(struct str s);

/**
 * words_where(b, locator):
 * Append a locator as a person knows it: a path of the machine begins with a
 * slash, an address or a unit stays as it is.
 */
void words_where(struct buf *b, struct str locator);

/**
 * words_fill(b, text, locator):
 * Append ${text}, a remedy, with the path of ${locator} (less its line or
 * block, and quoted for a shell where it must be) in place of each word FILE.
 * The word stays where ${locator} is no path, or none to be typed.
 */
void words_fill(struct buf *b, struct str text, struct str locator);

/** words_ratio(b, machines, people): append "312 machine identities, 7 people:
 * 45 to 1". */
void words_ratio(struct buf *b, int64_t machines, int64_t people);

#endif
