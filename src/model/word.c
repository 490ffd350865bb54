#include "model/word.h"

#define LIST(list, ...)                                             \
	static const char *const list##_words[] = { __VA_ARGS__ };  \
	const struct word_list word_##list = { #list, list##_words, \
		MU_COUNT(list##_words) }

LIST(rec_type, "run", "asset", "identity", "credential", "sighting", "grant",
    "edge", "coverage", "gap", "end");
LIST(id_kind, "person", "tls_cert", "client_cert", "ssh_key", "host_key",
    "api_key", "token", "oauth_app", "service_account", "cloud_identity",
    "cloud_access_key", "iot_credential", "webhook_secret", "db_credential",
    "workload", "ai_agent", "internal_ca", "signing_key", "vpn_peer",
    "network_secret");
LIST(cred_kind, "x509", "keypair", "ssh_cert", "password", "token");
LIST(role, "private", "public", "authorized", "trusted", "in_use", "stored",
    "served");
LIST(readers, "unknown", "owner", "group", "world");
LIST(when_by, "none", "in_band", "api", "registry", "birth", "mtime", "vcs",
    "first_seen");
LIST(tri, "unknown", "no", "yes");
LIST(capability, "unknown", "none", "metadata", "data_read", "data_write",
    "data_admin");
LIST(edge_kind, "authenticates_as", "runs_as", "member_of", "can_assume",
    "issued_by", "trusts", "consumed_by", "owned_by", "replaces", "same_as");
LIST(gap_reason, "denied", "malformed", "limit", "unsupported", "encrypted",
    "vanished", "crashed", "timeout");
LIST(cover_state, "read", "partly", "unread", "absent");
LIST(weak, "none", "blank", "default", "same_as_user", "common");

_Static_assert(MU_COUNT(rec_type_words) == REC_TYPES, "rec_type");
_Static_assert(MU_COUNT(id_kind_words) == ID_KINDS, "id_kind");
_Static_assert(MU_COUNT(cred_kind_words) == CRED_KINDS, "cred_kind");
_Static_assert(MU_COUNT(role_words) == ROLES, "role");
_Static_assert(MU_COUNT(readers_words) == READERS_KINDS, "readers");
_Static_assert(MU_COUNT(when_by_words) == BY_KINDS, "when_by");
_Static_assert(MU_COUNT(tri_words) == TRIS, "tri");
_Static_assert(MU_COUNT(capability_words) == CAPS, "capability");
_Static_assert(MU_COUNT(edge_kind_words) == EDGE_KINDS, "edge_kind");
_Static_assert(MU_COUNT(gap_reason_words) == GAP_REASONS, "gap_reason");
_Static_assert(MU_COUNT(cover_state_words) == COVER_STATES, "cover_state");
_Static_assert(MU_COUNT(weak_words) == WEAKS, "weak");

const char *
word_of(const struct word_list *list, int value)
{

	MU_ASSERT(value >= 0 && (size_t)value < list->n);
	return list->words[value];
}

int
word_find(const struct word_list *list, struct str s)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		if (str_eq(s, str_from(list->words[i])))
			return (int)i;
	return -1;
}

const char *
word_id_plain(enum id_kind kind)
{
	static const char *const plain[] = { "person", "TLS certificate",
		"client certificate", "SSH key", "SSH server key", "API key",
		"token", "connected app", "service account", "cloud identity",
		"cloud access key", "device credential", "webhook secret",
		"database login", "scheduled job or service", "AI agent",
		"private certificate authority", "private key", "VPN peer",
		"network password" };

	_Static_assert(MU_COUNT(plain) == ID_KINDS, "plain");
	MU_ASSERT((size_t)kind < MU_COUNT(plain));
	return plain[kind];
}
