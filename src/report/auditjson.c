#include "report/auditjson.h"

#include "base/jwrite.h"
#include "report/words.h"

#define AUDITJSON_STAMP_MAX 64

static void
auditjson_str(struct jwrite *j, const char *key, struct str s)
{

	jwrite_key(j, key);
	jwrite_str(j, s);
}

static void
auditjson_int(struct jwrite *j, const char *key, int64_t v)
{

	jwrite_key(j, key);
	if (v == REC_NO_INT)
		jwrite_null(j);
	else
		jwrite_i64(j, v);
}

static void
auditjson_time(struct jwrite *j, const char *key, int64_t at_s)
{
	AUTO(buf) struct buf b = { 0 };

	jwrite_key(j, key);
	if (at_s == CLOCK_NONE) {
		jwrite_null(j);
		return;
	}
	buf_init(&b, AUDITJSON_STAMP_MAX);
	clock_stamp(&b, at_s);
	jwrite_str(j, buf_str(&b));
}

static void
auditjson_hosts(struct jwrite *j, const struct audit *d)
{
	const struct read_asset *a;
	size_t i;

	jwrite_key(j, "hosts");
	jwrite_arr(j);
	for (i = 0; i < d->assets.n; i++) {
		a = &d->assets.v[i];
		jwrite_obj(j);
		auditjson_str(j, "key", a->key);
		auditjson_str(j, "name", a->name);
		auditjson_str(j, "os", a->os);
		auditjson_str(j, "root", a->root);
		auditjson_time(j, "read_at", a->run_at);
		jwrite_key(j, "as_root");
		jwrite_bool(j, a->euid == 0);
		jwrite_key(j, "partial");
		jwrite_bool(j, a->partial);
		jwrite_end(j);
	}
	jwrite_end(j);
}

static void
auditjson_counts(struct jwrite *j, const struct audit *d)
{
	const struct read_counts *c = &d->counts;
	int k;

	jwrite_key(j, "counts");
	jwrite_obj(j);
	auditjson_int(j, "machines", c->identities);
	auditjson_int(j, "people", c->persons);
	auditjson_int(j, "not_listed", c->context);
	auditjson_int(j, "credentials", c->credentials);
	auditjson_int(j, "sightings", c->sightings);
	auditjson_int(j, "unowned", c->unowned);
	auditjson_int(j, "unconfirmed", c->unconfirmed);
	auditjson_int(j, "gaps", c->gaps);
	jwrite_key(j, "by_kind");
	jwrite_obj(j);
	for (k = 0; k < ID_KINDS; k++)
		if (c->by_kind[k] != 0)
			auditjson_int(j, word_of(&word_id_kind, k),
			    c->by_kind[k]);
	jwrite_end(j);
	jwrite_key(j, "by_severity");
	jwrite_obj(j);
	auditjson_int(j, "critical", c->critical);
	auditjson_int(j, "high", c->high);
	auditjson_int(j, "medium", c->medium);
	auditjson_int(j, "low", c->low);
	auditjson_int(j, "info", c->info);
	jwrite_end(j);
	jwrite_end(j);
}

static void
auditjson_delta(struct jwrite *j, const struct audit *d)
{
	const struct store_delta *t = &d->delta;
	const struct {
		const char *noun;
		int64_t n[3];
	} rows[] = {
		{ "identities", { t->identities_new, t->identities_gone,
				    t->identities_changed } },
		{ "credentials", { t->credentials_new, t->credentials_gone,
				     t->credentials_changed } },
		{ "sightings", { t->sightings_new, t->sightings_gone,
				   t->sightings_changed } },
	};
	size_t i;

	jwrite_key(j, "since_before");
	if (!d->compared || !d->kept) {
		jwrite_null(j);
		return;
	}
	jwrite_obj(j);
	auditjson_time(j, "before", d->before_at);
	jwrite_key(j, "baseline");
	jwrite_bool(j, t->baseline);
	jwrite_key(j, "partial");
	jwrite_bool(j, t->partial);
	for (i = 0; i < MU_COUNT(rows); i++) {
		jwrite_key(j, rows[i].noun);
		jwrite_obj(j);
		auditjson_int(j, "new", rows[i].n[0]);
		auditjson_int(j, "gone", rows[i].n[1]);
		auditjson_int(j, "changed", rows[i].n[2]);
		jwrite_end(j);
	}
	jwrite_end(j);
}

static void
auditjson_coverage(struct jwrite *j, const struct audit *d)
{
	const struct read_coverage *c;
	const struct read_gap *g;
	size_t i;

	jwrite_key(j, "coverage");
	jwrite_arr(j);
	for (i = 0; i < d->coverage.n; i++) {
		c = &d->coverage.v[i];
		jwrite_obj(j);
		auditjson_str(j, "host", c->asset);
		auditjson_str(j, "place", c->place);
		auditjson_str(j, "state",
		    str_from(word_of(&word_cover_state, (int)c->state)));
		auditjson_int(j, "files", c->files);
		auditjson_int(j, "gaps", c->gaps);
		auditjson_int(j, "counted", c->counted);
		jwrite_end(j);
	}
	jwrite_end(j);
	jwrite_key(j, "gaps");
	jwrite_arr(j);
	for (i = 0; i < d->gaps.n; i++) {
		g = &d->gaps.v[i];
		jwrite_obj(j);
		auditjson_str(j, "host", g->asset);
		auditjson_str(j, "place", g->place);
		auditjson_str(j, "reason",
		    str_from(word_of(&word_gap_reason, (int)g->reason)));
		auditjson_str(j, "detail", g->detail);
		auditjson_str(j, "first", g->locator);
		auditjson_int(j, "count", g->count);
		jwrite_end(j);
	}
	jwrite_end(j);
}

static void
auditjson_finding(struct jwrite *j, const struct audit *d,
    const struct read_finding *f)
{

	jwrite_obj(j);
	auditjson_str(j, "finding", f->fid);
	auditjson_str(j, "check", f->check);
	auditjson_str(j, "title", audit_title(d, f->check));
	auditjson_str(j, "severity", f->severity);
	auditjson_str(j, "reasons", f->reasons);
	auditjson_str(j, "detail", f->detail);
	auditjson_time(j, "since", f->since_at);
	auditjson_str(j, "id", f->shown);
	auditjson_str(j, "name", f->name);
	auditjson_str(j, "key", f->key);
	auditjson_str(j, "host", f->asset);
	auditjson_str(j, "place", f->place);
	auditjson_str(j, "where", f->locator);
	auditjson_str(j, "remedy", audit_remedy(d, f->check));
	jwrite_end(j);
}

static void
auditjson_identity(struct jwrite *j, const struct read_identity *r)
{

	auditjson_str(j, "id", r->shown);
	auditjson_str(j, "key", r->key);
	auditjson_str(j, "kind",
	    str_from(word_of(&word_id_kind, (int)r->kind)));
	auditjson_str(j, "name", r->name);
	auditjson_str(j, "owner", r->owner);
	auditjson_str(j, "severity", r->severity);
	auditjson_int(j, "risk", r->risk);
	auditjson_str(j, "risk_parts", r->risk_parts);
	jwrite_key(j, "pinned");
	jwrite_bool(j, r->pinned);
	auditjson_time(j, "expires", r->expires.at);
	auditjson_int(j, "findings", r->findings);
}

static void
auditjson_lists(struct jwrite *j, const struct audit *d)
{
	size_t i;

	jwrite_key(j, "top");
	jwrite_arr(j);
	for (i = 0; i < d->top.n; i++) {
		jwrite_obj(j);
		auditjson_int(j, "rank", d->top.v[i].rank);
		auditjson_identity(j, &d->top.v[i]);
		jwrite_end(j);
	}
	jwrite_end(j);
	jwrite_key(j, "expires_next");
	jwrite_arr(j);
	for (i = 0; i < d->next.n; i++) {
		jwrite_obj(j);
		auditjson_identity(j, &d->next.v[i]);
		jwrite_end(j);
	}
	jwrite_end(j);
	jwrite_key(j, "findings");
	jwrite_arr(j);
	for (i = 0; i < d->findings.n; i++)
		auditjson_finding(j, d, &d->findings.v[i]);
	jwrite_end(j);
}

int
auditjson_print(const struct audit *d, struct buf *out, struct err *e)
{
	struct jwrite j;

	jwrite_init(&j, out);
	jwrite_obj(&j);
	auditjson_str(&j, "schema", STR("muster.audit/1"));
	auditjson_time(&j, "as_of", d->now_s);
	auditjson_hosts(&j, d);
	auditjson_coverage(&j, d);
	auditjson_counts(&j, d);
	auditjson_delta(&j, d);
	auditjson_lists(&j, d);
	jwrite_end(&j);
	buf_addc(out, '\n');
	return buf_check(out, "the audit", e);
}
