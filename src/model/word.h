/*
 * model/word.h: the closed lists of words in records, store and output.
 *
 * Source:   docs/formats/observation.md, which these tables mirror.
 * Floor:    model. Pure.
 */

#ifndef MODEL_WORD_H
#define MODEL_WORD_H

#include "base/str.h"

enum rec_type {
	REC_RUN,
	REC_ASSET,
	REC_IDENTITY,
	REC_CREDENTIAL,
	REC_SIGHTING,
	REC_GRANT,
	REC_EDGE,
	REC_COVERAGE,
	REC_GAP,
	REC_END,
	REC_TYPES,
};

enum id_kind {
	ID_PERSON, /* counted against the machines, never listed among them */
	ID_TLS_CERT,
	ID_CLIENT_CERT,
	ID_SSH_KEY,
	ID_HOST_KEY,
	ID_API_KEY,
	ID_TOKEN,
	ID_OAUTH_APP,
	ID_SERVICE_ACCOUNT,
	ID_CLOUD_IDENTITY,
	ID_CLOUD_ACCESS_KEY,
	ID_IOT_CREDENTIAL,
	ID_WEBHOOK_SECRET,
	ID_DB_CREDENTIAL,
	ID_WORKLOAD,
	ID_AI_AGENT,
	ID_INTERNAL_CA,
	ID_SIGNING_KEY,
	ID_VPN_PEER,
	ID_NETWORK_SECRET,
	ID_KINDS,
};

enum cred_kind {
	CRED_X509,     /* a certificate */
	CRED_KEYPAIR,  /* a key pair, seen by either half */
	CRED_SSH_CERT, /* an OpenSSH certificate */
	CRED_PASSWORD, /* a password or its hash */
	CRED_TOKEN,    /* an API key, token or shared secret */
	CRED_KINDS,
};

enum role {
	ROLE_PRIVATE,    /* the private half, or the secret itself */
	ROLE_PUBLIC,     /* the public half, no trust implied */
	ROLE_AUTHORIZED, /* may log in here */
	ROLE_TRUSTED,    /* a trust anchor */
	ROLE_IN_USE,     /* configured for a service */
	ROLE_STORED,     /* kept in a vault, keystore or hash */
	ROLE_SERVED,     /* seen on a socket */
	ROLES,
};

enum readers {
	READERS_UNKNOWN,
	READERS_OWNER, /* the file's owner alone (and root) */
	READERS_GROUP,
	READERS_WORLD,
	READERS_KINDS,
};

enum when_by {
	BY_NONE,
	BY_IN_BAND,
	BY_API,
	BY_REGISTRY,
	BY_BIRTH,
	BY_MTIME,
	BY_VCS,
	BY_FIRST_SEEN,
	BY_KINDS,
};

enum tri {
	TRI_UNKNOWN,
	TRI_NO,
	TRI_YES,
	TRIS,
};

enum capability {
	CAP_UNKNOWN, /* never assumed harmless */
	CAP_NONE,
	CAP_METADATA,
	CAP_DATA_READ,
	CAP_DATA_WRITE,
	CAP_DATA_ADMIN,
	CAPS,
};

enum edge_kind {
	EDGE_AUTHENTICATES_AS,
	EDGE_RUNS_AS,
	EDGE_MEMBER_OF,
	EDGE_CAN_ASSUME,
	EDGE_ISSUED_BY,
	EDGE_TRUSTS,
	EDGE_CONSUMED_BY,
	EDGE_OWNED_BY,
	EDGE_REPLACES,
	EDGE_SAME_AS,
	EDGE_KINDS,
};

enum gap_reason {
	GAP_DENIED,
	GAP_MALFORMED,
	GAP_LIMIT,
	GAP_UNSUPPORTED,
	GAP_ENCRYPTED,
	GAP_VANISHED,
	GAP_CRASHED,
	GAP_TIMEOUT,
	GAP_REASONS,
};

enum cover_state {
	COVER_READ,
	COVER_PARTLY,
	COVER_UNREAD,
	COVER_ABSENT,
	COVER_STATES,
};

enum weak {
	WEAK_NONE,
	WEAK_BLANK,
	WEAK_DEFAULT,
	WEAK_SAME_AS_USER,
	WEAK_COMMON,
	WEAKS,
};

/* One list of words; an index into it is the enum's value. */
struct word_list {
	const char *name; /* of the list, for errors */
	const char *const *words;
	size_t n;
};

extern const struct word_list word_rec_type, word_id_kind, word_cred_kind,
    word_role, word_readers, word_when_by, word_tri, word_capability,
    word_edge_kind, word_gap_reason, word_cover_state, word_weak;

/** word_of(list, value): the word of ${value}, a valid index of ${list}. */
const char *word_of(const struct word_list *list, int value);

/** word_find(list, s): the index of the word ${s}, or -1. */
int word_find(const struct word_list *list, struct str s);

/**
 * word_id_plain(kind):
 * Return the kind in the words of a person who is not an engineer, singular
 * and lower case but for names: "TLS certificate", "SSH key".
 */
const char *word_id_plain(enum id_kind kind);

#endif
