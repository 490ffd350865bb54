#include "assess/merge.h"

#include "assess/judge.h"

/*
 * Whether an old finding that was not found again is fixed: its identity is
 * gone, its check is no more, or the check could look everywhere it wants to.
 */
static bool
is_fixed(const struct merge *m, const struct merge_old *o)
{
	size_t asset;

	if (o->identity == WORK_NONE || o->check == WORK_NONE)
		return true;
	if (o->asset != WORK_NONE)
		return work_result(m->w, o->check, o->asset)->missing.n == 0;
	for (asset = 0; asset < m->w->assets.n; asset++)
		if (work_result(m->w, o->check, asset)->missing.n != 0)
			return false;
	return true;
}

static enum severity
severity_of(struct str word)
{
	int s;

	for (s = 0; s < SEVS; s++)
		if (str_eq(word,
			str_from(assess_severity_word((enum severity)s))))
			return (enum severity)s;
	return SEV_INFO;
}

/* id, fid, check_id, identity_id, asset, state, fixed_at, severity, value,
 * name, key */
static int
row_old(void *cookie, const struct store_cell *c, size_t n, struct err *e)
{
	struct merge *m = cookie;
	struct work *w = m->w;
	struct work_identity *i;
	struct str state = work_str(&c[5]);
	struct merge_old o = { .id = work_int(&c[0]),
		.check = work_check(w, work_str(&c[2])),
		.identity = work_identity(w, work_int(&c[3])),
		.asset = work_asset(w, work_int(&c[4])),
		.fixed_at = work_int(&c[6]),
		.was_fixed = str_eq(state, STR("fixed")),
		.accepted = str_eq(state, STR("accepted")),
		.severity = severity_of(work_str(&c[7])) };
	uint64_t at;

	(void)n;
	o.found = map_get(m->by_fid, work_str(&c[1]), &at);
	if (o.found)
		w->found.v[at].old = m->old.n;
	if (!vec_push(&m->old, WORK_ITEMS_MAX, o))
		return err_set(e, MU_ELIMIT, "more than %d findings",
		    WORK_ITEMS_MAX);
	if (o.found || o.was_fixed || o.accepted || is_fixed(m, &o))
		return MU_OK;
	i = &w->identities.v[o.identity];
	judge_mark(work_str(&c[2]), work_int(&c[8]), i);
	if (i->home == WORK_NONE)
		i->home = o.asset;
	if (i->key.n != 0)
		return MU_OK;
	TRY(arena_str(w->a, work_str(&c[9]), &i->name, e));
	return arena_str(w->a, work_str(&c[10]), &i->key, e);
}

int
merge_load(struct merge *m, struct err *e)
{
	struct work *w = m->w;
	size_t i;

	m->by_fid = map_new(WORK_ITEMS_MAX);
	for (i = 0; i < w->found.n; i++) {
		w->found.v[i].old = WORK_NONE;
		if (map_put(m->by_fid, str_from(w->found.v[i].fid), i, NULL) !=
		    1)
			return err_set(e, MU_EBUG,
			    "two findings have the id %s", w->found.v[i].fid);
	}
	return store_query(w->s,
	    "SELECT f.id, f.fid, f.check_id, f.identity_id,"
	    " COALESCE(s.asset_id, i.asset_id), f.state, f.fixed_at,"
	    " f.severity, f.value, i.name, i.key"
	    " FROM findings f JOIN identities i ON i.id = f.identity_id"
	    " LEFT JOIN sightings s ON s.id = f.sighting_id ORDER BY f.id",
	    NULL, 0, row_old, m, e);
}

static struct store_cell
cell_int(int64_t v)
{

	if (v == REC_NO_INT)
		return (struct store_cell){ STORE_NULL, 0, STR_NONE };
	return (struct store_cell){ STORE_INT, v, STR_NONE };
}

#define P_INT(n, v)  ((struct store_param){ (n), cell_int(v) })
#define P_WORD(n, v) STORE_P_STR((n), str_from(v))

static const char insert[] =
    "INSERT INTO findings (id, fid, check_id, identity_id, credential_id,"
    " sighting_id, severity, base_severity, reasons, since_at, value, detail,"
    " state, first_at, last_at, fixed_at)"
    " VALUES (:id, :fid, :check, :identity, :credential, :sighting, :severity,"
    " :base, :reasons, :since, :value, :detail, 'open', :now, :now, NULL)";

static const char update[] =
    "UPDATE findings SET identity_id = :identity, credential_id = :credential,"
    " sighting_id = :sighting, severity = :severity, base_severity = :base,"
    " reasons = :reasons, since_at = :since, value = :value, detail = :detail,"
    " last_at = :now, fixed_at = NULL, state = CASE state WHEN 'fixed'"
    " THEN 'reopened' ELSE state END WHERE id = :id";

static int
write_found(struct merge *m, const struct work_found *f, struct err *e)
{
	struct work *w = m->w;
	const struct merge_old *o =
	    f->old == WORK_NONE ? NULL : &m->old.v[f->old];
	struct store_param p[] = {
		P_INT("id", o != NULL ? o->id : 0),
		P_WORD("fid", f->fid),
		STORE_P_STR("check", w->checks[f->check].id),
		P_INT("identity", w->identities.v[f->identity].id),
		P_INT("credential", f->credential_id),
		P_INT("sighting", f->sighting_id),
		P_WORD("severity", assess_severity_word(f->severity)),
		P_WORD("base", assess_severity_word(f->base)),
		STORE_P_STR("reasons", f->reasons),
		P_INT("since", f->since_at),
		P_INT("value", f->value),
		STORE_P_STR("detail", f->detail),
		P_INT("now", w->now_s),
	};

	if (o == NULL)
		TRY(store_new_id(w->s, "findings", &p[0].value.i, e));
	m->opened += o == NULL;
	m->reopened += o != NULL && o->was_fixed;
	if (o == NULL || !o->accepted) {
		m->open++;
		m->by_severity[f->severity]++;
	}
	return store_query(w->s, o == NULL ? insert : update, p, MU_COUNT(p),
	    NULL, NULL, e);
}

/* One that was not found again: fixed, or still open since nobody looked. */
static int
write_old(struct merge *m, const struct merge_old *o, struct err *e)
{
	struct store_param p[] = { P_INT("id", o->id),
		P_INT("now", m->w->now_s) };

	if (o->was_fixed)
		return MU_OK;
	if (!is_fixed(m, o)) {
		m->open += !o->accepted;
		m->by_severity[o->severity] += !o->accepted;
		return MU_OK;
	}
	m->fixed++;
	return store_query(m->w->s,
	    "UPDATE findings SET state = 'fixed', fixed_at = :now"
	    " WHERE id = :id",
	    p, MU_COUNT(p), NULL, NULL, e);
}

int
merge_write(struct merge *m, struct err *e)
{
	size_t i;

	for (i = 0; i < m->w->found.n; i++)
		TRY(write_found(m, &m->w->found.v[i], e));
	for (i = 0; i < m->old.n; i++)
		if (!m->old.v[i].found)
			TRY(write_old(m, &m->old.v[i], e));
	return MU_OK;
}

void
merge_free(struct merge *m)
{

	vec_free(&m->old);
	map_free(m->by_fid);
}
