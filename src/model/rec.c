#include "model/rec.h"

#include "base/jwrite.h"

void
rec_init(struct rec *r, enum rec_type type)
{

	*r = (struct rec){ .type = type };
	switch (type) {
	case REC_RUN:
		r->run.schema = STR(REC_SCHEMA);
		r->run.at = CLOCK_NONE;
		r->run.euid = REC_NO_INT;
		break;
	case REC_IDENTITY:
		r->identity.owner_pct = REC_NO_INT;
		r->identity.uid = REC_NO_INT;
		break;
	case REC_CREDENTIAL:
		r->credential.bits = REC_NO_INT;
		r->credential.length = REC_NO_INT;
		r->credential.created = r->credential.expires = WHEN_NONE;
		r->credential.changed = r->credential.last_used = WHEN_NONE;
		break;
	case REC_SIGHTING:
		r->sighting.mode = r->sighting.uid = REC_NO_INT;
		r->sighting.gid = REC_NO_INT;
		r->sighting.mtime = WHEN_NONE;
		break;
	case REC_COVERAGE:
		r->coverage.counted = REC_NO_INT;
		break;
	case REC_END:
		r->end.at = CLOCK_NONE;
		break;
	case REC_ASSET:
	case REC_GRANT:
	case REC_EDGE:
	case REC_GAP:
	case REC_TYPES:
		break;
	}
}

static void
put_str(struct jwrite *j, const char *key, struct str s)
{

	if (s.n == 0)
		return;
	jwrite_key(j, key);
	jwrite_str(j, s);
}

static void
put_int(struct jwrite *j, const char *key, int64_t v)
{

	if (v == REC_NO_INT)
		return;
	jwrite_key(j, key);
	jwrite_i64(j, v);
}

static void
put_word(struct jwrite *j, const char *key, const struct word_list *l, int v)
{

	jwrite_key(j, key);
	jwrite_str(j, str_from(word_of(l, v)));
}

static void
put_tri(struct jwrite *j, const char *key, enum tri v)
{

	if (v != TRI_UNKNOWN)
		put_word(j, key, &word_tri, (int)v);
}

static void
put_when(struct jwrite *j, const char *key, struct when w)
{

	if (w.at == CLOCK_NONE)
		return;
	jwrite_key(j, key);
	jwrite_obj(j);
	put_int(j, "at", w.at);
	put_word(j, "by", &word_when_by, (int)w.by);
	jwrite_end(j);
}

static void
put_mode(struct jwrite *j, int64_t mode)
{
	char text[8];
	int n;

	if (mode == REC_NO_INT)
		return;
	n = snprintf(text, sizeof(text), "%04o", (unsigned)mode & 07777u);
	put_str(j, "mode", str_of(text, (size_t)n));
}

static void
rec_run(struct jwrite *j, const struct rec_run *r)
{

	put_str(j, "schema", r->schema);
	put_str(j, "tool", r->tool);
	put_str(j, "run", r->run);
	put_str(j, "asset", r->asset);
	put_str(j, "root", r->root);
	put_int(j, "at", r->at);
	put_int(j, "euid", r->euid);
	put_str(j, "fp_key", r->fp_key);
	jwrite_key(j, "ephemeral");
	jwrite_bool(j, r->ephemeral);
	put_str(j, "sources", r->sources);
}

static void
rec_asset(struct jwrite *j, const struct rec_asset *r)
{

	put_str(j, "key", r->key);
	put_str(j, "kind", r->kind);
	put_str(j, "name", r->name);
	put_str(j, "os", r->os);
}

static void
rec_identity(struct jwrite *j, const struct rec_identity *r)
{

	put_str(j, "key", r->key);
	put_word(j, "kind", &word_id_kind, (int)r->kind);
	put_str(j, "name", r->name);
	put_str(j, "asset", r->asset);
	put_str(j, "context", r->context);
	put_str(j, "purpose", r->purpose);
	put_str(j, "owner", r->owner);
	put_str(j, "owner_by", r->owner_by);
	put_int(j, "owner_pct", r->owner_pct);
	put_tri(j, "privileged", r->privileged);
	put_tri(j, "internet", r->internet);
	put_int(j, "uid", r->uid);
}

static void
rec_credential(struct jwrite *j, const struct rec_credential *r)
{
	size_t i;

	put_str(j, "key", r->key);
	put_str(j, "identity", r->identity);
	put_word(j, "kind", &word_cred_kind, (int)r->kind);
	put_str(j, "alg", r->alg);
	put_int(j, "bits", r->bits);
	put_str(j, "spki", r->spki);
	put_str(j, "ssh_fp", r->ssh_fp);
	put_str(j, "fp", r->fp);
	put_str(j, "subject", r->subject);
	put_str(j, "issuer", r->issuer);
	put_str(j, "serial", r->serial);
	put_str(j, "sig", r->sig);
	put_str(j, "usage", r->usage);
	put_str(j, "preview", r->preview);
	put_str(j, "hash", r->hash);
	if (r->n_names != 0) {
		jwrite_key(j, "names");
		jwrite_arr(j);
		for (i = 0; i < r->n_names; i++)
			jwrite_str(j, r->names[i]);
		jwrite_end(j);
	}
	put_tri(j, "ca", r->ca);
	put_tri(j, "self_signed", r->self_signed);
	put_tri(j, "encrypted", r->encrypted);
	if (r->weak != WEAK_NONE)
		put_word(j, "weak", &word_weak, (int)r->weak);
	put_int(j, "length", r->length);
	put_when(j, "created", r->created);
	put_when(j, "expires", r->expires);
	put_when(j, "changed", r->changed);
	put_when(j, "last_used", r->last_used);
}

static void
rec_sighting(struct jwrite *j, const struct rec_sighting *r)
{

	put_str(j, "credential", r->credential);
	put_str(j, "asset", r->asset);
	put_str(j, "place", r->place);
	put_str(j, "locator", r->locator);
	put_word(j, "role", &word_role, (int)r->role);
	if (r->readers != READERS_UNKNOWN)
		put_word(j, "readers", &word_readers, (int)r->readers);
	put_mode(j, r->mode);
	put_int(j, "uid", r->uid);
	put_int(j, "gid", r->gid);
	put_str(j, "owner", r->owner);
	put_str(j, "group", r->group);
	put_str(j, "context", r->context);
	put_str(j, "account", r->account);
	put_str(j, "detail", r->detail);
	put_when(j, "mtime", r->mtime);
}

static void
rec_grant(struct jwrite *j, const struct rec_grant *r)
{

	put_str(j, "identity", r->identity);
	put_str(j, "target", r->target);
	put_word(j, "capability", &word_capability, (int)r->capability);
	put_str(j, "asset", r->asset);
	put_str(j, "place", r->place);
	put_str(j, "locator", r->locator);
	put_tri(j, "from_limited", r->from_limited);
	put_tri(j, "command_limited", r->command_limited);
}

static void
rec_edge(struct jwrite *j, const struct rec_edge *r)
{

	put_word(j, "kind", &word_edge_kind, (int)r->kind);
	put_str(j, "src", r->src);
	put_str(j, "dst", r->dst);
	put_str(j, "evidence", r->evidence);
}

static void
rec_coverage(struct jwrite *j, const struct rec_coverage *r)
{

	put_str(j, "place", r->place);
	put_str(j, "asset", r->asset);
	put_word(j, "state", &word_cover_state, (int)r->state);
	put_int(j, "files", r->files);
	put_int(j, "gaps", r->gaps);
	put_int(j, "counted", r->counted);
}

static void
rec_gap(struct jwrite *j, const struct rec_gap *r)
{

	put_str(j, "asset", r->asset);
	put_str(j, "place", r->place);
	put_str(j, "locator", r->locator);
	put_word(j, "reason", &word_gap_reason, (int)r->reason);
	put_str(j, "detail", r->detail);
}

static void
rec_end(struct jwrite *j, const struct rec_end *r)
{
	int i;

	put_int(j, "at", r->at);
	jwrite_key(j, "counts");
	jwrite_obj(j);
	for (i = 0; i < REC_TYPES; i++) {
		if (r->counts[i] == 0)
			continue;
		jwrite_key(j, word_of(&word_rec_type, i));
		jwrite_i64(j, r->counts[i]);
	}
	jwrite_end(j);
}

void
rec_write(struct buf *b, const struct rec *r)
{
	struct jwrite j;

	jwrite_init(&j, b);
	jwrite_obj(&j);
	put_word(&j, "type", &word_rec_type, (int)r->type);
	switch (r->type) {
	case REC_RUN:
		rec_run(&j, &r->run);
		break;
	case REC_ASSET:
		rec_asset(&j, &r->asset);
		break;
	case REC_IDENTITY:
		rec_identity(&j, &r->identity);
		break;
	case REC_CREDENTIAL:
		rec_credential(&j, &r->credential);
		break;
	case REC_SIGHTING:
		rec_sighting(&j, &r->sighting);
		break;
	case REC_GRANT:
		rec_grant(&j, &r->grant);
		break;
	case REC_EDGE:
		rec_edge(&j, &r->edge);
		break;
	case REC_COVERAGE:
		rec_coverage(&j, &r->coverage);
		break;
	case REC_GAP:
		rec_gap(&j, &r->gap);
		break;
	case REC_END:
		rec_end(&j, &r->end);
		break;
	case REC_TYPES:
		break;
	}
	if (r->extra.n != 0) {
		buf_addc(b, ',');
		buf_add(b, r->extra);
	}
	jwrite_end(&j);
	buf_addc(b, '\n');
}

int
sink_put(struct sink *s, const struct rec *r, struct err *e)
{

	s->counts[r->type]++;
	return s->put(s, r, e);
}
