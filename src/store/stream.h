/*
 * store/stream.h: the records that frame a stream: run, asset, coverage, gap
 * and end.
 *
 * Source:   docs/formats/observation.md
 * Floor:    store, and private to it.
 */

#ifndef STORE_STREAM_H
#define STORE_STREAM_H

#include "store/ingest.h"

/**
 * stream_run(g, r, e):
 * Finish the run that is open, if one is, and begin the run ${r}.
 *
 * Errors: MU_EFORMAT (another schema, no asset, no time); db_fail's.
 */
int
stream_run(struct ingest *g, const struct rec *r, struct err *e) MU_MUST_CHECK;

/** stream_asset(g, r, e): an asset's record. Errors: db_fail's; MU_ELIMIT. */
int stream_asset(struct ingest *g, const struct rec *r,
    struct err *e) MU_MUST_CHECK;

/**
 * stream_asset_id(g, key, id, e):
 * Put the row of the asset ${key} into ${id}; made where it is not there.
 *
 * Errors: db_fail's; MU_ELIMIT.
 */
int stream_asset_id(struct ingest *g, struct str key, int64_t *id,
    struct err *e) MU_MUST_CHECK;

/** stream_coverage(g, r, e): what became of a place. Errors: db_fail's. */
int stream_coverage(struct ingest *g, const struct rec *r,
    struct err *e) MU_MUST_CHECK;

/** stream_gap(g, r, e): something that was not read. Errors: db_fail's. */
int
stream_gap(struct ingest *g, const struct rec *r, struct err *e) MU_MUST_CHECK;

/** stream_end(g, r, e): the run is whole. Errors: db_fail's. */
int
stream_end(struct ingest *g, const struct rec *r, struct err *e) MU_MUST_CHECK;

/**
 * stream_path(locator):
 * The path of a locator: what stands before "#" or ":" and digits at its end.
 */
struct str stream_path(struct str locator);

#endif
