#include "store/noun.h"

#define NOUN_SQL_MAX 4096

/* clang-format off */
static const struct noun_column noun_identity[] = {
	{ "key", MERGE_FIRST, false },
	{ "kind", MERGE_KIND, false },
	{ "name", MERGE_NAME, false },
	{ "asset_id", MERGE_KEEP, false },
	{ "context", MERGE_BOTH, false },
	{ "purpose", MERGE_FIRST, false },
	{ "owner", MERGE_FIRST, false },
	{ "owner_by", MERGE_FIRST, false },
	{ "owner_pct", MERGE_FIRST, false },
	{ "privileged", MERGE_MOST, false },
	{ "internet", MERGE_MOST, false },
	{ "uid", MERGE_KEEP, false },
	{ "extra", MERGE_FIRST, false },
};

static const struct noun_column noun_credential[] = {
	{ "key", MERGE_FIRST, false },
	{ "identity_id", MERGE_KEEP, false },
	{ "kind", MERGE_FIRST, false },
	{ "alg", MERGE_FIRST, false },
	{ "bits", MERGE_FIRST, false },
	{ "spki", MERGE_FIRST, false },
	{ "ssh_fp", MERGE_FIRST, false },
	{ "fp", MERGE_FIRST, false },
	{ "subject", MERGE_FIRST, false },
	{ "issuer", MERGE_FIRST, false },
	{ "serial", MERGE_FIRST, false },
	{ "sig", MERGE_FIRST, false },
	{ "usage", MERGE_FIRST, false },
	{ "preview", MERGE_FIRST, false },
	{ "hash", MERGE_FIRST, false },
	{ "names", MERGE_FIRST, false },
	{ "ca", MERGE_MOST, false },
	{ "self_signed", MERGE_MOST, false },
	{ "encrypted", MERGE_LEAST, false },
	{ "weak", MERGE_FIRST, false },
	{ "length", MERGE_FIRST, false },
	{ "created_at", MERGE_EARLY, false },
	{ "created_by", MERGE_WITH, false },
	{ "expires_at", MERGE_EARLY, false },
	{ "expires_by", MERGE_WITH, false },
	{ "changed_at", MERGE_LATE, false },
	{ "changed_by", MERGE_WITH, false },
	{ "last_used_at", MERGE_LATEST, true },
	{ "last_used_by", MERGE_WITH, true },
	{ "extra", MERGE_FIRST, false },
};

static const struct noun_column noun_sighting[] = {
	{ "credential_id", MERGE_FIRST, false },
	{ "asset_id", MERGE_FIRST, false },
	{ "locator", MERGE_FIRST, false },
	{ "role", MERGE_FIRST, false },
	{ "place", MERGE_FIRST, false },
	{ "readers", MERGE_FIRST, false },
	{ "mode", MERGE_FIRST, false },
	{ "uid", MERGE_FIRST, false },
	{ "gid", MERGE_FIRST, false },
	{ "owner", MERGE_FIRST, false },
	{ "grp", MERGE_FIRST, false },
	{ "context", MERGE_BOTH, false },
	{ "account", MERGE_FIRST, false },
	{ "detail", MERGE_FIRST, false },
	{ "mtime_at", MERGE_LATE, true },
	{ "mtime_by", MERGE_WITH, true },
	{ "extra", MERGE_FIRST, false },
};

static const struct noun_column noun_grant[] = {
	{ "identity_id", MERGE_FIRST, false },
	{ "target", MERGE_FIRST, false },
	{ "asset_id", MERGE_FIRST, false },
	{ "locator", MERGE_FIRST, false },
	{ "place", MERGE_FIRST, false },
	{ "capability", MERGE_FIRST, false },
	{ "from_limited", MERGE_LEAST, false },
	{ "command_limited", MERGE_LEAST, false },
	{ "extra", MERGE_FIRST, false },
};

static const struct noun_column noun_edge[] = {
	{ "src_id", MERGE_FIRST, false },
	{ "dst_id", MERGE_FIRST, false },
	{ "kind", MERGE_FIRST, false },
	{ "evidence", MERGE_FIRST, false },
	{ "extra", MERGE_FIRST, false },
};

const struct noun_def noun_defs[NOUNS] = {
	[NOUN_IDENTITY] = { "identity", DB_IDENTITIES, noun_identity,
		MU_COUNT(noun_identity), 1,
		", shown, derived, state, same_as, baseline", 5 },
	[NOUN_CREDENTIAL] = { "credential", DB_CREDENTIALS, noun_credential,
		MU_COUNT(noun_credential), 1, "", 0 },
	[NOUN_SIGHTING] = { "sighting", DB_SIGHTINGS, noun_sighting,
		MU_COUNT(noun_sighting), 5, "", 0 },
	[NOUN_GRANT] = { "grant", DB_GRANTS, noun_grant,
		MU_COUNT(noun_grant), 5, "", 0 },
	[NOUN_EDGE] = { "edge", DB_EDGES, noun_edge,
		MU_COUNT(noun_edge), 3, "", 0 },
};
/* clang-format on */

static void
noun_names(struct buf *b, const struct noun_def *d, size_t from,
    const char *after)
{
	size_t i;

	for (i = from; i < d->n; i++)
		buf_addf(b, "%s%s%s", i != from ? ", " : "", d->columns[i].name,
		    after);
}

static void
noun_sql_end(struct buf *b)
{

	buf_addc(b, '\0');
	MU_ASSERT(!b->bad);
}

static void
noun_sql_selects(const struct noun_def *d, struct noun_sql *sql)
{
	const char *table = db_table_name(d->table);
	size_t i;

	buf_adds(&sql->select, "SELECT id, run_id, gone_at, ");
	noun_names(&sql->select, d, 0, "");
	buf_addf(&sql->select, " FROM %s WHERE ", table);
	buf_add(&sql->by_id, str_head(buf_str(&sql->select), sql->select.n));
	buf_adds(&sql->by_id, "id = ?");
	for (i = 0; i < d->n_key; i++)
		buf_addf(&sql->select, "%s%s = ?", i != 0 ? " AND " : "",
		    d->columns[i].name);
}

void
noun_sql_make(enum noun noun, struct noun_sql *sql)
{
	const struct noun_def *d = &noun_defs[noun];
	const char *table = db_table_name(d->table);
	struct buf *all[] = { &sql->insert, &sql->select, &sql->by_id,
		&sql->update, &sql->touch };
	size_t i;

	for (i = 0; i < MU_COUNT(all); i++)
		buf_init(all[i], NOUN_SQL_MAX);
	buf_addf(&sql->insert, "INSERT INTO %s (id, ", table);
	noun_names(&sql->insert, d, 0, "");
	buf_addf(&sql->insert, ", run_id, first_seen, last_seen%s) VALUES (?",
	    d->own);
	for (i = 1; i < d->n + d->n_own + 4; i++)
		buf_adds(&sql->insert, ", ?");
	buf_addc(&sql->insert, ')');
	noun_sql_selects(d, sql);
	buf_addf(&sql->update, "UPDATE %s SET ", table);
	noun_names(&sql->update, d, d->n_key, " = ?");
	buf_adds(&sql->update,
	    ", run_id = ?, last_seen = ?, gone_at = NULL WHERE id = ?");
	buf_addf(&sql->touch,
	    "UPDATE %s SET run_id = ?, last_seen = ?, "
	    "gone_at = NULL WHERE id = ?",
	    table);
	for (i = 0; i < MU_COUNT(all); i++)
		noun_sql_end(all[i]);
}

void
noun_sql_free(struct noun_sql *sql)
{

	buf_free(&sql->insert);
	buf_free(&sql->select);
	buf_free(&sql->by_id);
	buf_free(&sql->update);
	buf_free(&sql->touch);
}

bool
noun_cell_eq(const struct store_cell *a, const struct store_cell *b)
{

	if (a->kind != b->kind)
		return false;
	if (a->kind == STORE_INT)
		return a->i == b->i;
	return a->kind == STORE_NULL || str_eq(a->s, b->s);
}

/* Nothing was said: no number, no text, or the word for unknown. */
static bool
noun_empty(const struct store_cell *c)
{

	return c->kind == STORE_NULL || (c->kind == STORE_TEXT && c->s.n == 0);
}

static const struct store_cell *
noun_pick_tri(const struct store_cell *old, const struct store_cell *new,
    bool same_run, bool most)
{

	if (new->i == TRI_UNKNOWN)
		return old;
	if (old->i == TRI_UNKNOWN || !same_run)
		return new;
	return (new->i > old->i) == most ? new : old;
}

/* From the best: docs/formats/observation.md, "Times". */
static int
noun_evidence(const struct store_cell *by)
{
	static const enum when_by order[] = { BY_IN_BAND, BY_API, BY_REGISTRY,
		BY_BIRTH, BY_MTIME, BY_VCS, BY_FIRST_SEEN, BY_NONE };
	size_t i;

	for (i = 0; i < MU_COUNT(order); i++)
		if (str_eq(by->s,
			str_from(word_of(&word_when_by, (int)order[i]))))
			break;
	return (int)i;
}

/* Whether the new time, with its evidence after it, is to be stored. */
static bool
noun_pick_time(enum noun_merge merge, const struct store_cell *old,
    const struct store_cell *new, bool same_run)
{
	int was = noun_evidence(&old[1]), is = noun_evidence(&new[1]);

	if (noun_empty(&old[0]))
		return true;
	if (noun_empty(&new[0]))
		return !same_run && merge != MERGE_LATEST;
	if (merge == MERGE_LATEST)
		return new->i > old->i;
	if (!same_run) /* "first seen" stays what it was */
		return is != was || !str_eq(new[1].s, STR("first_seen"));
	if (is != was)
		return is < was;
	return merge == MERGE_EARLY ? new->i < old->i : new->i > old->i;
}

/* Least specific first: what a later word may put right. */
static int
noun_specific(struct str kind)
{

	return str_eq(kind, STR("signing_key")) ? 1 : 2;
}

static void
noun_pick_kind(const struct store_cell *old, const struct store_cell *new,
    bool same_run, struct store_cell *out)
{
	int was = noun_specific(old[0].s), is = noun_specific(new[0].s);
	bool better = same_run ? is > was : is >= was;

	out[0] = better ? new[0] : old[0];
	/* The name goes with the kind; an empty one gives way to any. */
	out[1] = better ? new[1] : old[1];
	if (noun_empty(&out[1]))
		out[1] = better ? old[1] : new[1];
}

static const struct store_cell *
noun_pick(enum noun_merge merge, const struct store_cell *old,
    const struct store_cell *new, bool same_run)
{

	switch (merge) {
	case MERGE_MOST:
		return noun_pick_tri(old, new, same_run, true);
	case MERGE_LEAST:
		return noun_pick_tri(old, new, same_run, false);
	case MERGE_BOTH:
		if (!same_run)
			return new;
		return noun_empty(new) ? new : old;
	case MERGE_KEEP:
		if (noun_empty(new))
			return old;
		return same_run && !noun_empty(old) ? old : new;
	case MERGE_FIRST:
	case MERGE_KIND:
	case MERGE_NAME:
	case MERGE_EARLY:
	case MERGE_LATE:
	case MERGE_LATEST:
	case MERGE_WITH:
		break;
	}
	return same_run && !noun_empty(old) ? old : new;
}

void
noun_merge(enum noun noun, const struct store_cell *old,
    const struct store_cell *new, bool same_run, struct store_cell *out)
{
	const struct noun_def *d = &noun_defs[noun];
	size_t i;
	bool take;

	for (i = 0; i < d->n; i++)
		switch (d->columns[i].merge) {
		case MERGE_KIND:
			noun_pick_kind(&old[i], &new[i], same_run, &out[i]);
			i++;
			break;
		case MERGE_EARLY:
		case MERGE_LATE:
		case MERGE_LATEST:
			take = noun_pick_time(d->columns[i].merge, &old[i],
			    &new[i], same_run);
			out[i] = take ? new[i] : old[i];
			out[i + 1] = take ? new[i + 1] : old[i + 1];
			i++;
			break;
		case MERGE_FIRST:
		case MERGE_KEEP:
		case MERGE_MOST:
		case MERGE_LEAST:
		case MERGE_BOTH:
		case MERGE_NAME:
		case MERGE_WITH:
			out[i] = *noun_pick(d->columns[i].merge, &old[i],
			    &new[i], same_run);
			break;
		}
}

bool
noun_changed(enum noun noun, size_t at, const struct store_cell *old,
    const struct store_cell *new)
{
	const struct noun_column *c = &noun_defs[noun].columns[at];

	if (c->quiet || noun_cell_eq(&old[at], &new[at]))
		return false;
	/* A time that rests on the file's mtime is an mtime. */
	if (c->merge == MERGE_EARLY || c->merge == MERGE_LATE)
		return !str_eq(old[at + 1].s, STR("mtime")) ||
		       !str_eq(new[at + 1].s, STR("mtime"));
	return true;
}
