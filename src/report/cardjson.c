#include "report/cardjson.h"

#include "base/jwrite.h"

#define CARDJSON_STAMP_MAX 64

static void
cardjson_str(struct jwrite *j, const char *key, struct str s)
{

	if (s.n == 0)
		return;
	jwrite_key(j, key);
	jwrite_str(j, s);
}

static void
cardjson_word(struct jwrite *j, const char *key, const struct word_list *list,
    int value)
{

	cardjson_str(j, key, str_from(word_of(list, value)));
}

static void
cardjson_int(struct jwrite *j, const char *key, int64_t v)
{

	if (v == REC_NO_INT)
		return;
	jwrite_key(j, key);
	jwrite_i64(j, v);
}

static void
cardjson_time(struct jwrite *j, const char *key, int64_t at_s)
{
	AUTO(buf) struct buf b = { 0 };

	if (at_s == CLOCK_NONE)
		return;
	buf_init(&b, CARDJSON_STAMP_MAX);
	clock_stamp(&b, at_s);
	cardjson_str(j, key, buf_str(&b));
}

static void
cardjson_when(struct jwrite *j, const char *key, struct when w)
{

	if (w.at == CLOCK_NONE)
		return;
	jwrite_key(j, key);
	jwrite_obj(j);
	cardjson_time(j, "at", w.at);
	cardjson_word(j, "by", &word_when_by, (int)w.by);
	jwrite_end(j);
}

static void
cardjson_seen(struct jwrite *j, int64_t first, int64_t last, int64_t gone)
{

	cardjson_time(j, "first_seen", first);
	cardjson_time(j, "last_seen", last);
	cardjson_time(j, "gone", gone);
}

static void
cardjson_who(struct jwrite *j, const struct read_identity *r)
{

	cardjson_str(j, "id", r->shown);
	cardjson_str(j, "key", r->key);
	cardjson_word(j, "kind", &word_id_kind, (int)r->kind);
	cardjson_str(j, "name", r->name);
	cardjson_str(j, "host", r->asset);
	cardjson_str(j, "not_listed_because", r->context);
	cardjson_str(j, "purpose", r->purpose);
	cardjson_str(j, "owner", r->owner);
	cardjson_str(j, "owner_by", r->owner_by);
	cardjson_int(j, "owner_pct", r->owner_pct);
	cardjson_word(j, "privileged", &word_tri, (int)r->privileged);
	cardjson_word(j, "internet", &word_tri, (int)r->internet);
	cardjson_int(j, "uid", r->uid);
	cardjson_str(j, "state", r->state);
	jwrite_key(j, "baseline");
	jwrite_bool(j, r->baseline);
	cardjson_seen(j, r->first_seen, r->last_seen, r->gone_at);
	cardjson_when(j, "expires", r->expires);
	cardjson_when(j, "last_used", r->last_used);
	cardjson_int(j, "risk", r->risk);
	cardjson_int(j, "rank", r->rank);
	cardjson_str(j, "risk_parts", r->risk_parts);
	cardjson_str(j, "severity", r->severity);
}

static void
cardjson_credential(struct jwrite *j, const struct read_credential *r)
{
	const struct rec_credential *c = &r->rec;

	jwrite_obj(j);
	cardjson_str(j, "id", r->shown);
	cardjson_str(j, "key", c->key);
	cardjson_word(j, "kind", &word_cred_kind, (int)c->kind);
	cardjson_str(j, "alg", c->alg);
	cardjson_int(j, "bits", c->bits);
	cardjson_str(j, "spki", c->spki);
	cardjson_str(j, "ssh_fp", c->ssh_fp);
	cardjson_str(j, "fp", c->fp);
	cardjson_str(j, "subject", c->subject);
	cardjson_str(j, "issuer", c->issuer);
	cardjson_str(j, "serial", c->serial);
	cardjson_str(j, "sig", c->sig);
	cardjson_str(j, "usage", c->usage);
	cardjson_str(j, "preview", c->preview);
	cardjson_str(j, "hash", c->hash);
	if (r->names_json.n != 0) {
		jwrite_key(j, "names");
		jwrite_raw(j, r->names_json);
	}
	cardjson_word(j, "ca", &word_tri, (int)c->ca);
	cardjson_word(j, "self_signed", &word_tri, (int)c->self_signed);
	cardjson_word(j, "encrypted", &word_tri, (int)c->encrypted);
	cardjson_word(j, "weak", &word_weak, (int)c->weak);
	cardjson_int(j, "length", c->length);
	cardjson_when(j, "created", c->created);
	cardjson_when(j, "expires", c->expires);
	cardjson_when(j, "changed", c->changed);
	cardjson_when(j, "last_used", c->last_used);
	cardjson_seen(j, r->first_seen, r->last_seen, r->gone_at);
	jwrite_end(j);
}

static void
cardjson_sighting(struct jwrite *j, const struct read_sighting *r)
{

	jwrite_obj(j);
	cardjson_str(j, "credential", r->rec.credential);
	cardjson_str(j, "host", r->asset_name);
	cardjson_str(j, "place", r->rec.place);
	cardjson_str(j, "where", r->rec.locator);
	cardjson_word(j, "role", &word_role, (int)r->rec.role);
	cardjson_word(j, "readers", &word_readers, (int)r->rec.readers);
	cardjson_int(j, "mode", r->rec.mode);
	cardjson_str(j, "owner", r->rec.owner);
	cardjson_str(j, "group", r->rec.group);
	cardjson_str(j, "account", r->rec.account);
	cardjson_str(j, "context", r->rec.context);
	cardjson_str(j, "detail", r->rec.detail);
	cardjson_when(j, "mtime", r->rec.mtime);
	cardjson_seen(j, r->first_seen, r->last_seen, r->gone_at);
	jwrite_end(j);
}

static void
cardjson_grant(struct jwrite *j, const struct read_grant *r)
{

	jwrite_obj(j);
	cardjson_str(j, "target", r->rec.target);
	cardjson_word(j, "capability", &word_capability,
	    (int)r->rec.capability);
	cardjson_str(j, "host", r->asset_name);
	cardjson_str(j, "place", r->rec.place);
	cardjson_str(j, "where", r->rec.locator);
	cardjson_word(j, "from_limited", &word_tri, (int)r->rec.from_limited);
	cardjson_word(j, "command_limited", &word_tri,
	    (int)r->rec.command_limited);
	cardjson_seen(j, r->first_seen, r->last_seen, r->gone_at);
	jwrite_end(j);
}

static void
cardjson_edge(struct jwrite *j, const struct read_edge *r)
{

	jwrite_obj(j);
	cardjson_word(j, "kind", &word_edge_kind, (int)r->kind);
	cardjson_str(j, "direction", r->out ? STR("out") : STR("in"));
	cardjson_str(j, "id", r->other_shown);
	cardjson_str(j, "key", r->other_key);
	cardjson_str(j, "name", r->other_name);
	cardjson_word(j, "other_kind", &word_id_kind, (int)r->other_kind);
	cardjson_str(j, "evidence", r->evidence);
	cardjson_seen(j, r->first_seen, r->last_seen, r->gone_at);
	jwrite_end(j);
}

static void
cardjson_finding(struct jwrite *j, const struct card *c,
    const struct read_finding *r)
{

	jwrite_obj(j);
	cardjson_str(j, "finding", r->fid);
	cardjson_str(j, "check", r->check);
	cardjson_str(j, "title", audit_title(&c->words, r->check));
	cardjson_str(j, "severity", r->severity);
	cardjson_str(j, "reasons", r->reasons);
	cardjson_str(j, "detail", r->detail);
	cardjson_str(j, "state", r->state);
	cardjson_time(j, "since", r->since_at);
	cardjson_str(j, "credential", r->credential);
	cardjson_str(j, "host", r->asset);
	cardjson_str(j, "where", r->locator);
	cardjson_str(j, "remedy", audit_remedy(&c->words, r->check));
	jwrite_end(j);
}

#define CARDJSON_LIST(j, name, list, each)               \
	do {                                             \
		jwrite_key((j), (name));                 \
		jwrite_arr(j);                           \
		for (size_t i_ = 0; i_ < (list).n; i_++) \
			each;                            \
		jwrite_end(j);                           \
	} while (0)

int
cardjson_print(const struct card *c, struct buf *out, struct err *e)
{
	struct jwrite j;

	jwrite_init(&j, out);
	jwrite_obj(&j);
	cardjson_str(&j, "schema", STR("muster.identity/1"));
	cardjson_who(&j, &c->who);
	CARDJSON_LIST(&j, "findings", c->findings,
	    cardjson_finding(&j, c, &c->findings.v[i_]));
	CARDJSON_LIST(&j, "credentials", c->credentials,
	    cardjson_credential(&j, &c->credentials.v[i_]));
	CARDJSON_LIST(&j, "sightings", c->sightings,
	    cardjson_sighting(&j, &c->sightings.v[i_]));
	CARDJSON_LIST(&j, "grants", c->grants,
	    cardjson_grant(&j, &c->grants.v[i_]));
	CARDJSON_LIST(&j, "edges", c->edges,
	    cardjson_edge(&j, &c->edges.v[i_]));
	jwrite_end(&j);
	buf_addc(out, '\n');
	return buf_check(out, "the identity", e);
}
