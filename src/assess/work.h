/*
 * assess/work.h: what one assessment knows while it runs.
 *
 * Source:   docs/formats/check.md, "What becomes of the rows".
 * Floor:    assess, and private to it.
 * Memory:   texts live in ${a}; the lists are freed by work_free().
 */

#ifndef ASSESS_WORK_H
#define ASSESS_WORK_H

#include "assess/assess.h"
#include "base/map.h"
#include "base/vec.h"
#include "model/key.h"

/* Most assets, identities, findings that one register is judged with. */
#define WORK_ASSETS_MAX 100000
#define WORK_ITEMS_MAX  50000000

/* No such index. */
#define WORK_NONE SIZE_MAX

/* What open findings say of an identity's risk. */
enum mark {
	MARK_AGED = 1,
	MARK_SHARED = 2,
	MARK_DORMANT = 4,
	MARK_PINNED = 8,
};

struct work_asset {
	int64_t id, baseline_at; /* its first whole audit, or the last try */
	uint32_t kinds;          /* bit k: it has a live identity of kind k */
};

struct work_identity {
	int64_t id, asset_id; /* asset_id: REC_NO_INT for none */
	int64_t first_seen;
	int64_t last_used; /* CLOCK_NONE: not recorded */
	int64_t systems;   /* that share it, by MUS-REU-001 */
	enum id_kind kind;
	enum tri privileged, internet;
	bool owned, baseline;
	bool credentialed, dated; /* has credentials; one has a date */
	bool open;                /* has an open finding */
	unsigned marks;           /* of enum mark */
	size_t home;              /* asset of its first finding, or own */
	struct str name, key;     /* once it has a finding */
};

/* One offender of one check. */
struct work_found {
	size_t check, identity, asset; /* asset may be WORK_NONE */
	int64_t credential_id, sighting_id, since_at, value; /* or none */
	int64_t created_at, expires_at; /* of the credential, or none */
	struct str detail;
	char fid[KEY_ID_BYTES];
	size_t old;                   /* of struct merge, or WORK_NONE */
	enum severity base, severity; /* the base after grading */
	struct str reasons;
};

/* One check on one asset. */
struct work_result {
	enum check_state state;
	int64_t offenders, unconfirmed;
	/* Index and one of the identity, and credential, counted last. */
	size_t last_offender, last_unconfirmed;
	int64_t last_credential;
	struct str missing; /* places, with blanks between */
};

struct work {
	struct store *s;
	int64_t now_s;
	const struct check *checks;
	size_t n_checks;

	struct arena *a;
	VEC(struct work_asset) assets;        /* by id */
	VEC(struct work_identity) identities; /* live ones, by id */
	VEC(struct work_found) found;
	struct work_result *results; /* n_checks rows of n assets */
	struct map *coverage;        /* "asset place" to enum cover_state */
};

/**
 * work_load(w, e):
 * Read assets, live identities and coverage into ${w}, whose members
 * above the empty line are set and the others zero.
 *
 * Errors: MU_ELIMIT; the store's.
 */
int work_load(struct work *w, struct err *e) MU_MUST_CHECK;

/** work_free(w): give all of it back. */
void work_free(struct work *w);

/** work_asset(w, id): index of the asset, or WORK_NONE. */
size_t work_asset(const struct work *w, int64_t id);

/** work_identity(w, id): index of the live identity, or WORK_NONE. */
size_t work_identity(const struct work *w, int64_t id);

/** work_result(w, check, asset): the result of one check on one asset. */
struct work_result *
work_result(const struct work *w, size_t check, size_t asset);

/** work_check(w, id): index of the check ${id}, or WORK_NONE. */
size_t work_check(const struct work *w, struct str id);

/** work_int(c): the number in a cell; REC_NO_INT where it holds none. */
int64_t work_int(const struct store_cell *c);

/** work_str(c): the text in a cell; "" where it holds none. */
struct str work_str(const struct store_cell *c);

#endif
