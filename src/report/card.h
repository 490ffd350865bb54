/*
 * report/card.h: all that is known of one identity, for `muster show`.
 *
 * Source:   docs/formats/output.md, "One identity"
 * Floor:    report.
 * Memory:   all text lives in the arena given.
 */

#ifndef REPORT_CARD_H
#define REPORT_CARD_H

#include "base/vec.h"
#include "report/audit.h"

/* Most rows of one list of a card; a key may be on many machines. */
#define CARD_ROWS_MAX 100000

struct card {
	struct arena *arena;
	int64_t now_s;
	struct audit words; /* the checks alone, for their words */
	struct read_identity who;
	VEC(struct read_credential) credentials;
	VEC(struct read_sighting) sightings;
	VEC(struct read_grant) grants;
	VEC(struct read_edge) edges;
	VEC(struct read_finding) findings;
};

/** card_done(c): give back what card_gather() took beside the arena. */
void card_done(struct card *c);

/** card_auto(c): for AUTO(card) on a struct card. */
static inline void
card_auto(struct card *c)
{

	card_done(c);
}

/**
 * card_gather(s, id, now_s, a, out, e):
 * Read all that ${s} holds of the identity's row ${id} into ${out}, which is
 * zeroed first; owned by the caller (card_done).
 *
 * Errors: those of store/read.h; MU_ELIMIT.
 */
int card_gather(struct store *s, int64_t id, int64_t now_s, struct arena *a,
    struct card *out, struct err *e) MU_MUST_CHECK;

/** card_text(c, style, out): append the card for a person. */
void card_text(const struct card *c, const struct table_style *style,
    struct buf *out);

/**
 * card_findings(c, style, out):
 * Append what is wrong with the identity alone: each finding with its reasons
 * and what to do.
 */
void card_findings(const struct card *c, const struct table_style *style,
    struct buf *out);

#endif
