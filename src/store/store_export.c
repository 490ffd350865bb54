/*
 * The register as a stream: one run for each asset, and what that asset's runs
 * saw last. What is gone and what people decided stays behind: it is history,
 * and no observation.
 */

#include "base/digest.h"
#include "store/db.h"

#define EXPORT_JOB_MAX (8u * REC_LINE_MAX)

struct export
{
	struct store *s;
	struct sink *out;
	struct arena *job; /* of one record */
	int64_t asset;
	bool first; /* the first asset also tells of those without a run */
};

static void
export_auto(struct export *x)
{

	arena_free(x->job);
}

static int
export_word(const struct word_list *list, sqlite3_stmt *st, int at, int *out,
    struct err *e)
{

	*out = word_find(list, db_get_str(st, at));
	if (*out < 0)
		return err_set(e, MU_EFORMAT,
		    "the register is damaged: '" STR_FMT
		    "' is no word of the list %s",
		    STR_ARG(db_get_str(st, at)), list->name);
	return MU_OK;
}

static int
export_when(sqlite3_stmt *st, int at, struct when *out, struct err *e)
{
	int by;

	*out = WHEN_NONE;
	if (db_get_int(st, at) == REC_NO_INT)
		return MU_OK;
	TRY(export_word(&word_when_by, st, at + 1, &by, e));
	*out = (struct when){ db_get_int(st, at), (enum when_by)by };
	return MU_OK;
}

static enum tri
export_tri(sqlite3_stmt *st, int at)
{
	int64_t v = db_get_int(st, at);

	return v > 0 && v < TRIS ? (enum tri)v : TRI_UNKNOWN;
}

/* One JSON string of the list of names, as jwrite_quote() wrote it. */
static bool
export_name(struct str *rest, struct buf *out)
{
	static const char shorts[] = "btnfr\"\\/", bytes[] = "\b\t\n\f\r\"\\/";
	unsigned char pair[2];
	const char *at;
	char c;

	buf_reset(out);
	while (rest->n != 0 && rest->p[0] != '"') {
		c = rest->p[0];
		*rest = str_skip(*rest, 1);
		if (c != '\\') {
			buf_addc(out, c);
			continue;
		}
		if (rest->n == 0)
			return false;
		c = rest->p[0];
		*rest = str_skip(*rest, 1);
		if (c != 'u') {
			at = strchr(shorts, c);
			if (c == '\0' || at == NULL)
				return false;
			buf_addc(out, bytes[at - shorts]);
			continue;
		}
		/* Only U+0001 to U+009F are written so. */
		if (digest_unhex(str_head(*rest, 4), pair, 2) != 2 ||
		    pair[0] != 0)
			return false;
		*rest = str_skip(*rest, 4);
		if (pair[1] >= 0x80)
			buf_addc(out, (char)0xc2);
		buf_addc(out, (char)pair[1]);
	}
	*rest = str_skip(*rest, 1);
	return true;
}

static int
export_names(struct export *x, struct str json, struct rec_credential *r,
    struct err *e)
{
	AUTO(buf) struct buf b;

	buf_init(&b, REC_LINE_MAX);
	if (json.n == 0)
		return MU_OK;
	r->names = arena_take(x->job, REC_NAMES_MAX, sizeof(*r->names));
	MU_ASSERT(r->names != NULL);
	json = str_skip(json, 1);
	while (json.n != 0 && json.p[0] == '"' && r->n_names < REC_NAMES_MAX) {
		json = str_skip(json, 1);
		if (!export_name(&json, &b))
			return err_set(e, MU_EFORMAT,
			    "the register is damaged: a list of names");
		TRY(arena_str(x->job, buf_str(&b), &r->names[r->n_names++], e));
		if (json.n != 0 && json.p[0] == ',')
			json = str_skip(json, 1);
	}
	return MU_OK;
}

static int
export_run(struct export *x, sqlite3_stmt *st, struct rec *r, struct err *e)
{

	(void)x;
	(void)e;
	r->run.tool = db_get_str(st, 0);
	r->run.run = db_get_str(st, 1);
	r->run.asset = db_get_str(st, 2);
	r->run.root = db_get_str(st, 3);
	r->run.at = db_get_int(st, 4);
	r->run.euid = db_get_int(st, 5);
	if (r->run.euid < 0)
		r->run.euid = REC_NO_INT;
	r->run.fp_key = db_get_str(st, 6);
	r->run.ephemeral = db_get_int(st, 7) == 1;
	r->run.sources = db_get_str(st, 8);
	r->extra = db_get_str(st, 9);
	return MU_OK;
}

static int
export_asset(struct export *x, sqlite3_stmt *st, struct rec *r, struct err *e)
{

	(void)x;
	(void)e;
	r->asset.key = db_get_str(st, 0);
	r->asset.kind = db_get_str(st, 1);
	r->asset.name = db_get_str(st, 2);
	r->asset.os = db_get_str(st, 3);
	r->extra = db_get_str(st, 4);
	return MU_OK;
}

static int
export_identity(struct export *x, sqlite3_stmt *st, struct rec *r,
    struct err *e)
{
	struct rec_identity *i = &r->identity;
	int kind;

	(void)x;
	i->key = db_get_str(st, 0);
	TRY(export_word(&word_id_kind, st, 1, &kind, e));
	i->kind = (enum id_kind)kind;
	i->name = db_get_str(st, 2);
	i->asset = db_get_str(st, 3);
	i->context = db_get_str(st, 4);
	i->purpose = db_get_str(st, 5);
	i->owner = db_get_str(st, 6);
	i->owner_by = db_get_str(st, 7);
	i->owner_pct = db_get_int(st, 8);
	i->privileged = export_tri(st, 9);
	i->internet = export_tri(st, 10);
	i->uid = db_get_int(st, 11);
	r->extra = db_get_str(st, 12);
	return MU_OK;
}

static int
export_credential(struct export *x, sqlite3_stmt *st, struct rec *r,
    struct err *e)
{
	struct rec_credential *c = &r->credential;
	struct str *const texts[] = { &c->spki, &c->ssh_fp, &c->fp, &c->subject,
		&c->issuer, &c->serial, &c->sig, &c->usage, &c->preview,
		&c->hash };
	struct when *const times[] = { &c->created, &c->expires, &c->changed,
		&c->last_used };
	int kind, weak;
	size_t i;

	c->key = db_get_str(st, 0);
	c->identity = db_get_str(st, 1);
	TRY(export_word(&word_cred_kind, st, 2, &kind, e));
	c->kind = (enum cred_kind)kind;
	c->alg = db_get_str(st, 3);
	c->bits = db_get_int(st, 4);
	for (i = 0; i < MU_COUNT(texts); i++)
		*texts[i] = db_get_str(st, 5 + (int)i);
	TRY(export_names(x, db_get_str(st, 15), c, e));
	c->ca = export_tri(st, 16);
	c->self_signed = export_tri(st, 17);
	c->encrypted = export_tri(st, 18);
	TRY(export_word(&word_weak, st, 19, &weak, e));
	c->weak = (enum weak)weak;
	c->length = db_get_int(st, 20);
	for (i = 0; i < MU_COUNT(times); i++)
		TRY(export_when(st, 21 + 2 * (int)i, times[i], e));
	r->extra = db_get_str(st, 29);
	return MU_OK;
}

static int
export_sighting(struct export *x, sqlite3_stmt *st, struct rec *r,
    struct err *e)
{
	struct rec_sighting *s = &r->sighting;
	int role, readers;

	(void)x;
	s->credential = db_get_str(st, 0);
	s->asset = db_get_str(st, 1);
	s->place = db_get_str(st, 2);
	s->locator = db_get_str(st, 3);
	TRY(export_word(&word_role, st, 4, &role, e));
	s->role = (enum role)role;
	TRY(export_word(&word_readers, st, 5, &readers, e));
	s->readers = (enum readers)readers;
	s->mode = db_get_int(st, 6);
	s->uid = db_get_int(st, 7);
	s->gid = db_get_int(st, 8);
	s->owner = db_get_str(st, 9);
	s->group = db_get_str(st, 10);
	s->context = db_get_str(st, 11);
	s->account = db_get_str(st, 12);
	s->detail = db_get_str(st, 13);
	r->extra = db_get_str(st, 16);
	return export_when(st, 14, &s->mtime, e);
}

static int
export_grant(struct export *x, sqlite3_stmt *st, struct rec *r, struct err *e)
{
	struct rec_grant *g = &r->grant;
	int capability;

	(void)x;
	g->identity = db_get_str(st, 0);
	g->target = db_get_str(st, 1);
	g->asset = db_get_str(st, 2);
	g->place = db_get_str(st, 3);
	g->locator = db_get_str(st, 4);
	TRY(export_word(&word_capability, st, 5, &capability, e));
	g->capability = (enum capability)capability;
	g->from_limited = export_tri(st, 6);
	g->command_limited = export_tri(st, 7);
	r->extra = db_get_str(st, 8);
	return MU_OK;
}

static int
export_edge(struct export *x, sqlite3_stmt *st, struct rec *r, struct err *e)
{
	int kind;

	(void)x;
	TRY(export_word(&word_edge_kind, st, 0, &kind, e));
	r->edge.kind = (enum edge_kind)kind;
	r->edge.src = db_get_str(st, 1);
	r->edge.dst = db_get_str(st, 2);
	r->edge.evidence = db_get_str(st, 3);
	r->extra = db_get_str(st, 4);
	return MU_OK;
}

static int
export_coverage(struct export *x, sqlite3_stmt *st, struct rec *r,
    struct err *e)
{
	int state;

	(void)x;
	r->coverage.place = db_get_str(st, 0);
	r->coverage.asset = db_get_str(st, 1);
	TRY(export_word(&word_cover_state, st, 2, &state, e));
	r->coverage.state = (enum cover_state)state;
	r->coverage.files = db_get_int(st, 3);
	r->coverage.gaps = db_get_int(st, 4);
	if (db_get_int(st, 5) != 0)
		r->coverage.counted = db_get_int(st, 5);
	r->extra = db_get_str(st, 6);
	return MU_OK;
}

static int
export_gap(struct export *x, sqlite3_stmt *st, struct rec *r, struct err *e)
{
	int reason;

	(void)x;
	r->gap.asset = db_get_str(st, 0);
	r->gap.place = db_get_str(st, 1);
	r->gap.locator = db_get_str(st, 2);
	TRY(export_word(&word_gap_reason, st, 3, &reason, e));
	r->gap.reason = (enum gap_reason)reason;
	r->gap.detail = db_get_str(st, 4);
	r->extra = db_get_str(st, 5);
	return MU_OK;
}

/* The newest run of asset ?1: what export_run() reads, and its end. */
#define EXPORT_LAST "(SELECT max(n.id) FROM runs n WHERE n.asset_id = ?1)"

/* Rows that a run of asset ?1 saw last, and that are not gone. */
#define EXPORT_OF(alias)                                              \
	"JOIN runs r ON r.id = " alias ".run_id AND r.asset_id = ?1 " \
	"WHERE " alias ".gone_at IS NULL "

/* A stream's parts, in their order; every order ends at a unique key. */
static const struct {
	enum rec_type type;
	int (*fill)(struct export *x, sqlite3_stmt *st, struct rec *r,
	    struct err *e);
	const char *sql;
} export_parts[] = {
	{ REC_RUN, export_run,
	    "SELECT r.tool, r.run, a.key, r.root, r.at, r.euid, r.fp_key, "
	    "r.ephemeral, r.sources, r.extra FROM runs r "
	    "JOIN assets a ON a.id = r.asset_id WHERE r.id = " EXPORT_LAST "" },
	{ REC_ASSET, export_asset,
	    "SELECT key, kind, name, os, extra FROM assets WHERE id = ?1 "
	    "OR (?2 = 1 AND NOT EXISTS (SELECT 1 FROM runs n "
	    "WHERE n.asset_id = assets.id)) ORDER BY id <> ?1, key" },
	{ REC_IDENTITY, export_identity,
	    "SELECT i.key, i.kind, i.name, a.key, i.context, i.purpose, "
	    "i.owner, i.owner_by, i.owner_pct, i.privileged, i.internet, "
	    "i.uid, i.extra FROM identities i "
	    "LEFT JOIN assets a ON a.id = i.asset_id " EXPORT_OF("i") "ORDER "
								      "BY "
								      "i.key" },
	{ REC_CREDENTIAL, export_credential,
	    "SELECT c.key, i.key, c.kind, c.alg, c.bits, c.spki, c.ssh_fp, "
	    "c.fp, c.subject, c.issuer, c.serial, c.sig, c.usage, c.preview, "
	    "c.hash, c.names, c.ca, c.self_signed, c.encrypted, c.weak, "
	    "c.length, c.created_at, c.created_by, c.expires_at, "
	    "c.expires_by, c.changed_at, c.changed_by, c.last_used_at, "
	    "c.last_used_by, c.extra FROM credentials c "
	    "LEFT JOIN identities i ON i.id = c.identity_id "
	    "AND i.gone_at IS NULL " EXPORT_OF("c") "ORDER BY c.key" },
	{ REC_SIGHTING, export_sighting,
	    "SELECT c.key, a.key, s.place, s.locator, s.role, s.readers, "
	    "s.mode, s.uid, s.gid, s.owner, s.grp, s.context, s.account, "
	    "s.detail, s.mtime_at, s.mtime_by, s.extra FROM sightings s "
	    "JOIN credentials c ON c.id = s.credential_id "
	    "JOIN assets a ON a.id = s.asset_id " EXPORT_OF("s") "AND "
								 "c.gone_at IS "
								 "NULL "
								 "ORDER BY "
								 "a.key, "
								 "s.place, "
								 "s.locator, "
								 "s.role, "
								 "c.key" },
	{ REC_GRANT, export_grant,
	    "SELECT i.key, g.target, a.key, g.place, g.locator, "
	    "g.capability, g.from_limited, g.command_limited, g.extra "
	    "FROM grants g JOIN identities i ON i.id = g.identity_id "
	    "JOIN assets a ON a.id = g.asset_id " EXPORT_OF("g") "AND "
								 "i.gone_at IS "
								 "NULL "
								 "ORDER BY "
								 "i.key, "
								 "g.target, "
								 "a.key, "
								 "g.place, "
								 "g.locator" },
	{ REC_EDGE, export_edge,
	    "SELECT e.kind, a.key, b.key, e.evidence, e.extra FROM edges e "
	    "JOIN identities a ON a.id = e.src_id "
	    "JOIN identities b ON b.id = e.dst_id " EXPORT_OF("e") "AND "
								   "a.gone_at "
								   "IS NULL "
								   "AND "
								   "b.gone_at "
								   "IS NULL "
								   "ORDER BY "
								   "a.key, "
								   "e.kind, "
								   "b.key" },
	{ REC_COVERAGE, export_coverage,
	    "SELECT v.place, a.key, v.state, v.files, v.gaps, v.counted, "
	    "v.extra "
	    "FROM coverage v JOIN assets a ON a.id = v.asset_id "
	    "WHERE v.asset_id = ?1 ORDER BY v.place" },
	{ REC_GAP, export_gap,
	    "SELECT a.key, g.place, g.locator, g.reason, g.detail, g.extra "
	    "FROM gaps g JOIN assets a ON a.id = g.asset_id "
	    "WHERE g.asset_id = ?1 "
	    "ORDER BY g.place, g.locator, g.reason, g.detail, g.extra" },
};

static int
export_part(struct export *x, size_t part, int64_t counts[REC_TYPES],
    struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;
	struct rec r;
	int c;

	TRY(db_stmt(x->s, export_parts[part].sql, &st, e));
	db_int(st, 1, x->asset);
	if (sqlite3_bind_parameter_count(st) > 1)
		db_int(st, 2, x->first);
	for (;;) {
		TRY(c = db_step(x->s, st, e));
		if (c == 0)
			return MU_OK;
		arena_reset(x->job);
		rec_init(&r, export_parts[part].type);
		TRY(export_parts[part].fill(x, st, &r, e));
		counts[r.type]++;
		TRY(sink_put(x->out, &r, e));
	}
}

static int
export_end(struct export *x, const int64_t counts[REC_TYPES], struct err *e)
{
	struct rec r;
	int64_t at;
	size_t i;

	TRY(db_one(x->s, "SELECT ended_at FROM runs WHERE id = " EXPORT_LAST,
	    &x->asset, 1, &at, e));
	/* A run that was not whole is none when it is read again. */
	if (at == REC_NO_INT)
		return MU_OK;
	rec_init(&r, REC_END);
	r.end.at = at;
	for (i = 0; i < REC_TYPES; i++)
		r.end.counts[i] = counts[i];
	return sink_put(x->out, &r, e);
}

static int
export_stream(struct export *x, struct err *e)
{
	int64_t counts[REC_TYPES] = { 0 };
	size_t i;

	for (i = 0; i < MU_COUNT(export_parts); i++)
		TRY(export_part(x, i, counts, e));
	return export_end(x, counts, e);
}

static int
export_assets(struct export *x, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;
	int r;

	TRY(db_stmt(x->s,
	    "SELECT a.id FROM assets a WHERE EXISTS (SELECT 1 FROM runs n "
	    "WHERE n.asset_id = a.id) ORDER BY a.key",
	    &st, e));
	for (;;) {
		TRY(r = db_step(x->s, st, e));
		if (r == 0)
			return MU_OK;
		x->asset = db_get_int(st, 0);
		TRY(export_stream(x, e));
		x->first = false;
	}
}

int
store_export(struct store *s, struct sink *out, struct err *e)
{
	AUTO(export) struct export x = { .s = s, .out = out, .first = true };

	x.job = arena_new(EXPORT_JOB_MAX);
	/* One transaction: a writer may come between two queries. */
	if (s->writing)
		return export_assets(&x, e);
	TRY(db_exec(s, "BEGIN", e));
	if (export_assets(&x, e) < 0) {
		db_rollback(s);
		return e != NULL ? (int)e->code : MU_ESYSTEM;
	}
	return db_exec(s, "COMMIT", e);
}
