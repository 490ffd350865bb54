/*
 * store/read.h: what the store holds, as structs, for commands and reports.
 *
 * Each function runs one query and calls ${row} once for each row, in an order
 * that depends on the rows alone: texts compare bytewise and ties end at a key.
 * Texts are borrowed: they live until ${row} returns. A time that is not known
 * is CLOCK_NONE, a number that is not known REC_NO_INT.
 *
 * An identity found under two keys (same_as) is one row, under the first; what
 * belongs to the other key is counted and listed with it.
 *
 * Source:   docs/formats/store.md
 * Floor:    store.
 * Errors:   a row function's result below 0 ends the query and is returned;
 *           else those of store_query, MU_EFORMAT where a word of a closed list
 *           is none. Only errors beyond these stand with the functions.
 */

#ifndef STORE_READ_H
#define STORE_READ_H

#include "model/key.h"
#include "store/store.h"

enum read_order {
	READ_BY_NAME, /* name, then key; findings: severity first */
	READ_BY_RANK, /* risk's rank, the unranked after it; then by name */
};

/* Which rows; what is empty, false or 0 leaves nothing out. */
struct read_filter {
	struct str kind;     /* an identity kind's word */
	struct str asset;    /* an asset's key or name */
	struct str owner;    /* an owner; "none": nobody is known */
	struct str state;    /* of an identity; for findings, of a finding */
	struct str text;     /* ASCII letters folded; in name, key, owner, id */
	struct str check;    /* a check's id: identities with an open finding */
	struct str severity; /* findings: this one or worse */
	struct str fid;      /* findings: this one */
	int64_t identity;    /* findings, changes: of this identity's row */
	bool context;        /* identities: those that are mere context too */
	bool gone;           /* identities: those that are gone too */
	bool persons;        /* identities: persons, and nothing else */
	enum read_order order;
	int64_t limit; /* most rows; 0: all */
};

struct read_identity {
	int64_t id;
	struct str shown; /* the id that people see */
	struct str key, name;
	enum id_kind kind;
	struct str asset, asset_key; /* name and key, or "" */
	struct str context;          /* given or derived: why no finding */
	struct str purpose, owner, owner_by;
	int64_t owner_pct;
	enum tri privileged, internet;
	int64_t uid;
	struct str state; /* new, known, quarantined, retired */
	bool baseline;    /* there since the first run of its asset */
	int64_t first_seen, last_seen, gone_at;
	int64_t credentials, sightings; /* live ones */
	struct when expires;            /* soonest of its live credentials */
	struct when last_used;          /* latest of them */
	int64_t risk, rank; /* 0 to 100; 1 is the worst; or REC_NO_INT */
	bool pinned;
	struct str risk_parts;
	int64_t findings;    /* open ones */
	struct str severity; /* worst of them, or "" */
};

typedef int
read_identity_row(void *cookie, const struct read_identity *r, struct err *e);

/** read_identities(s, f, row, cookie, e): the identities that ${f} lets by. */
int read_identities(struct store *s, const struct read_filter *f,
    read_identity_row *row, void *cookie, struct err *e) MU_MUST_CHECK;

/**
 * read_find(s, word, id, e):
 * Put the row of the one identity that a person means by ${word} into ${id}:
 * a key, the id shown or its beginning (4 characters or more), a name, and no
 * other field. An identity that is same_as another gives the other's row.
 *
 * Errors: MU_ENOTFOUND, MU_ECONFLICT (several; the text names the first ids).
 */
int read_find(struct store *s, struct str word, int64_t *id,
    struct err *e) MU_MUST_CHECK;

/**
 * read_identity(s, id, row, cookie, e):
 * The one identity of row ${id}, gone or context or not.
 *
 * Errors: MU_ENOTFOUND.
 */
int read_identity(struct store *s, int64_t id, read_identity_row *row,
    void *cookie, struct err *e) MU_MUST_CHECK;

struct read_credential {
	int64_t id;
	struct str shown;          /* key_id of its key */
	struct rec_credential rec; /* names stand in names_json instead */
	struct str names_json;     /* a JSON array, or "" */
	int64_t sightings;         /* live ones */
	int64_t first_seen, last_seen, gone_at;
};

typedef int read_credential_row(void *cookie, const struct read_credential *r,
    struct err *e);

/** read_credentials(s, identity, row, cookie, e): those of one identity, live
 * ones first, then by kind and key. */
int read_credentials(struct store *s, int64_t identity,
    read_credential_row *row, void *cookie, struct err *e) MU_MUST_CHECK;

struct read_sighting {
	int64_t id, credential_id;
	struct rec_sighting rec; /* asset is its key */
	struct str asset_name;
	int64_t first_seen, last_seen, gone_at;
};

typedef int
read_sighting_row(void *cookie, const struct read_sighting *r, struct err *e);

/** read_sightings(s, identity, row, cookie, e): those of one identity, live
 * ones first, then by asset, locator and role. */
int read_sightings(struct store *s, int64_t identity, read_sighting_row *row,
    void *cookie, struct err *e) MU_MUST_CHECK;

struct read_grant {
	int64_t id;
	struct rec_grant rec;
	struct str asset_name;
	int64_t first_seen, last_seen, gone_at;
};

typedef int
read_grant_row(void *cookie, const struct read_grant *r, struct err *e);

/** read_grants(s, identity, row, cookie, e): those of one identity, live ones
 * first, then by target and place. */
int read_grants(struct store *s, int64_t identity, read_grant_row *row,
    void *cookie, struct err *e) MU_MUST_CHECK;

struct read_edge {
	int64_t id;
	enum edge_kind kind;
	bool out; /* from this identity; else to it */
	int64_t other;
	struct str other_shown, other_key, other_name;
	enum id_kind other_kind;
	struct str evidence;
	int64_t first_seen, last_seen, gone_at;
};

typedef int
read_edge_row(void *cookie, const struct read_edge *r, struct err *e);

/** read_edges(s, identity, row, cookie, e): edges out of one identity, then
 * into it; live ones first, then by kind and the other's name. */
int read_edges(struct store *s, int64_t identity, read_edge_row *row,
    void *cookie, struct err *e) MU_MUST_CHECK;

struct read_finding {
	int64_t id;
	struct str fid, check, severity, base_severity, reasons, detail, state;
	int64_t since_at, value, first_at, last_at, fixed_at;
	int64_t identity_id, credential_id, sighting_id;
	struct str shown, key, name; /* of the identity */
	enum id_kind kind;
	struct str owner, owner_by;
	struct str credential; /* its key, or "" */
	/* Of the sighting; without one the asset is that of the identity, and
	 * the locator that of its right to root or of the service it runs. */
	struct str asset, asset_key, place, locator;
	int64_t risk, rank;
};

typedef int
read_finding_row(void *cookie, const struct read_finding *r, struct err *e);

/**
 * read_findings(s, f, row, cookie, e):
 * The findings that ${f} lets by; a state of "" means the open ones and "all"
 * all of them. By rank: rank of the identity, severity, check, id. By name:
 * severity, check, name of the identity, id.
 */
int read_findings(struct store *s, const struct read_filter *f,
    read_finding_row *row, void *cookie, struct err *e) MU_MUST_CHECK;

struct read_coverage {
	struct str asset, asset_key, place;
	enum cover_state state;
	int64_t files, gaps;
	int64_t counted; /* certificates seen and not listed */
};

typedef int
read_coverage_row(void *cookie, const struct read_coverage *r, struct err *e);

/** read_coverages(s, f, row, cookie, e): by asset and place; ${f}'s asset. */
int read_coverages(struct store *s, const struct read_filter *f,
    read_coverage_row *row, void *cookie, struct err *e) MU_MUST_CHECK;

struct read_gap {
	struct str asset, asset_key, place;
	enum gap_reason reason;
	struct str detail;
	struct str locator; /* of a group: the first, bytewise */
	int64_t count;      /* gaps in the group; 1 where not grouped */
};

typedef int read_gap_row(void *cookie, const struct read_gap *r, struct err *e);

/**
 * read_gaps(s, f, grouped, row, cookie, e):
 * By asset, place, reason, detail and locator; with ${grouped} one row for each
 * asset, place, reason and detail. Of ${f}: asset, text (in locator and place).
 */
int read_gaps(struct store *s, const struct read_filter *f, bool grouped,
    read_gap_row *row, void *cookie, struct err *e) MU_MUST_CHECK;

struct read_change {
	int64_t at;
	struct str run;   /* the run's own name */
	struct str noun;  /* identity, credential, sighting, grant, edge */
	struct str what;  /* new, gone, changed, back */
	struct str field; /* of "changed" */
	struct str old_value, new_value;
	int64_t identity_id; /* whose, or REC_NO_INT */
	struct str shown, name;
	enum id_kind kind; /* ID_KINDS: of no identity */
	struct str thing;  /* the credential's key, the sighting's locator,
			       * the grant's target, the edge's kind */
	struct str asset;  /* name */
};

typedef int
read_change_row(void *cookie, const struct read_change *r, struct err *e);

/**
 * read_changes(s, f, since_s, run, row, cookie, e):
 * What changed at ${since_s} or later (CLOCK_NONE: ever) and, where ${run} is
 * not empty, in that run ("last": the newest one of each asset); oldest first.
 * Of ${f}: asset, kind, identity, text, limit.
 */
int read_changes(struct store *s, const struct read_filter *f, int64_t since_s,
    struct str run, read_change_row *row, void *cookie,
    struct err *e) MU_MUST_CHECK;

struct read_asset {
	int64_t id;
	struct str key, kind, name, os;
	int64_t first_seen, last_seen;
	int64_t identities; /* live ones that belong to it */
	struct str run;     /* its newest run, and that run's facts */
	int64_t run_at, euid, runs;
	struct str root, tool, sources;
	bool partial, baseline;
};

typedef int
read_asset_row(void *cookie, const struct read_asset *r, struct err *e);

/** read_assets(s, f, row, cookie, e): by name and key; ${f}'s asset. */
int read_assets(struct store *s, const struct read_filter *f,
    read_asset_row *row, void *cookie, struct err *e) MU_MUST_CHECK;

struct read_counts {
	int64_t identities; /* live: what `list` shows without options */
	int64_t by_kind[ID_KINDS];
	int64_t persons, context; /* live ones */
	int64_t credentials, sightings, grants, gaps, assets;
	int64_t unowned, unconfirmed; /* of identities; state is still new */
	int64_t last_run_at;          /* or CLOCK_NONE */
	int64_t critical, high, medium, low, info; /* open findings */
};

/** read_count(s, f, out, e): count everything of ${f}'s asset, or of all. */
int read_count(struct store *s, const struct read_filter *f,
    struct read_counts *out, struct err *e) MU_MUST_CHECK;

struct read_reason {
	struct str reason; /* the word before ':': package, sample, root … */
	enum id_kind kind;
	int64_t count;
};

typedef int
read_reason_row(void *cookie, const struct read_reason *r, struct err *e);

/** read_reasons(s, f, row, cookie, e): how many live identities are mere
 * context, by reason and kind; ${f}'s asset. */
int read_reasons(struct store *s, const struct read_filter *f,
    read_reason_row *row, void *cookie, struct err *e) MU_MUST_CHECK;

struct read_check {
	struct str check, asset, asset_key;
	struct str state; /* a word of assess */
	struct str missing;
	int64_t offenders;
	int64_t unconfirmed; /* of the baseline: in one line, not a finding */
};

typedef int
read_check_row(void *cookie, const struct read_check *r, struct err *e);

/** read_checks(s, f, row, cookie, e): results by check and asset; ${f}'s asset,
 * check and state. */
int read_checks(struct store *s, const struct read_filter *f,
    read_check_row *row, void *cookie, struct err *e) MU_MUST_CHECK;

#endif
