/*
 * model/rec.h: one record of muster.observation/1, as structs.
 *
 * Source:   docs/formats/observation.md
 * Floor:    model. Pure.
 * Memory:   every str is borrowed: it lives as long as the arena or text that
 *           it was made in.
 * Secrets:  none: fingerprints and public previews alone.
 */

#ifndef MODEL_REC_H
#define MODEL_REC_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "model/word.h"

#define REC_SCHEMA "muster.observation/1"

/* Longest line, bytes, its LF included. */
#define REC_LINE_MAX 1048576

/* Most names (SANs, principals) that one credential carries. */
#define REC_NAMES_MAX 4096

/* No such number. */
#define REC_NO_INT INT64_MIN

struct when {
	int64_t at; /* seconds UTC, or CLOCK_NONE */
	enum when_by by;
};

#define WHEN_NONE ((struct when){ CLOCK_NONE, BY_NONE })

struct rec_run {
	struct str schema, tool, run; /* run: 16 hex digits, random */
	struct str asset, root, fp_key;
	struct str sources; /* words with blanks between: "reader witness" */
	int64_t at, euid;
	bool ephemeral; /* the fingerprint key dies with the run */
};

struct rec_asset {
	struct str key, kind, name, os;
};

struct rec_identity {
	struct str key;
	enum id_kind kind;
	struct str name;    /* as a person would say it */
	struct str asset;   /* where it belongs, or "" */
	struct str context; /* why it is no finding, or "" */
	struct str purpose;
	struct str owner, owner_by; /* hint and its evidence */
	int64_t owner_pct;          /* confidence, 0 to 100, or REC_NO_INT */
	enum tri privileged, internet;
	int64_t uid; /* of an account, or REC_NO_INT */
};

struct rec_credential {
	struct str key, identity;
	enum cred_kind kind;
	struct str alg;  /* rsa, ec, ed25519, ed448, dsa, sk-…; "" unknown */
	int64_t bits;    /* or REC_NO_INT */
	struct str spki; /* 64 hex digits, or "" */
	struct str ssh_fp, fp; /* SHA256:…; keyed fingerprint, 64 hex */
	struct str subject, issuer, serial, sig, usage, preview, hash;
	struct str *names; /* sorted */
	size_t n_names;
	enum tri ca, self_signed, encrypted;
	enum weak weak;
	int64_t length; /* bytes of a secret, or REC_NO_INT */
	struct when created, expires, changed, last_used;
};

struct rec_sighting {
	struct str credential, asset, place, locator;
	enum role role;
	enum readers readers;
	int64_t mode, uid, gid;  /* or REC_NO_INT; mode has 12 bits */
	struct str owner, group; /* names in the root's passwd and group */
	struct str context;      /* "package:NAME", "sample:WHY" or "" */
	struct str account;      /* authorized: the account's key */
	struct str detail;       /* a word more, for people */
	struct when mtime;
};

struct rec_grant {
	struct str identity, target, asset, place, locator;
	enum capability capability;
	enum tri from_limited, command_limited;
};

struct rec_edge {
	enum edge_kind kind;
	struct str src, dst, evidence;
};

struct rec_coverage {
	struct str place, asset;
	enum cover_state state;
	int64_t files, gaps;
	int64_t counted; /* seen and not listed, or REC_NO_INT */
};

struct rec_gap {
	struct str asset, place, locator, detail;
	enum gap_reason reason;
};

struct rec_end {
	int64_t counts[REC_TYPES]; /* records of each type that went before */
	int64_t at;
};

struct rec {
	enum rec_type type;
	struct str extra; /* unknown members as JSON: "a":1,"b":{} or "" */
	union {
		struct rec_run run;
		struct rec_asset asset;
		struct rec_identity identity;
		struct rec_credential credential;
		struct rec_sighting sighting;
		struct rec_grant grant;
		struct rec_edge edge;
		struct rec_coverage coverage;
		struct rec_gap gap;
		struct rec_end end;
	};
};

/**
 * rec_init(r, type):
 * Make ${r} an empty record of ${type}: no text, REC_NO_INT for numbers,
 * WHEN_NONE for times, unknown for the rest.
 */
void rec_init(struct rec *r, enum rec_type type);

/**
 * rec_write(b, r):
 * Append ${r} as one line of JSON with its LF. Members are in the order of
 * docs/formats/observation.md; empty ones are left out.
 */
void rec_write(struct buf *b, const struct rec *r);

/* Where records go. put() may keep nothing of ${r} after it returns. */
struct sink {
	/**
	 * put(sink, r, e): take one record.
	 *
	 * Errors: what the sink's own work brings; the giver stops.
	 */
	int (*put)(struct sink *sink, const struct rec *r, struct err *e);
	int64_t counts[REC_TYPES]; /* kept by sink_put() */
};

/** sink_put(s, r, e): count ${r} and hand it to ${s}. */
int sink_put(struct sink *s, const struct rec *r, struct err *e) MU_MUST_CHECK;

#endif
