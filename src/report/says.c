#include "report/says.h"

#include "base/vis.h"
#include "report/words.h"

#define SAYS_WHYS_MAX 5 /* findings of one identity that are named */
#define SAYS_EXAMPLES 3 /* unread files that are named */
#define SAYS_TEXT_MAX 1048576

static void
says_foreign(struct buf *b, struct str s)
{

	vis_add(b, s);
}

static void
says_path(struct buf *b, struct str locator)
{
	AUTO(buf) struct buf where;

	buf_init(&where, SAYS_TEXT_MAX);
	words_where(&where, locator);
	vis_add(b, buf_str(&where));
}

void
says_headline(struct buf *b, const struct audit *d)
{
	const struct read_asset *a = d->assets.n != 0 ? &d->assets.v[0] : NULL;

	if (d->counts.identities == 0 && d->counts.persons == 0)
		buf_adds(b, "No machine identity was found");
	else
		words_ratio(b, d->counts.identities, d->counts.persons);
	if (d->assets.n > 1) {
		buf_adds(b, " on ");
		words_count(b, (int64_t)d->assets.n, "host", "hosts");
	} else if (a != NULL) {
		buf_adds(b, " on ");
		says_foreign(b, a->name.n != 0 ? a->name : a->key);
	}
}

void
says_host(struct buf *b, const struct audit *d)
{

	if (d->assets.n != 1)
		return;
	says_foreign(b, d->assets.v[0].name);
	if (d->assets.v[0].os.n != 0) {
		buf_adds(b, d->assets.v[0].name.n != 0 ? ", " : "");
		says_foreign(b, d->assets.v[0].os);
	}
}

void
says_looked(struct buf *b, const struct audit *d)
{
	int64_t seen =
	    audit_places(d, COVER_READ) + audit_places(d, COVER_PARTLY);
	int64_t absent = audit_places(d, COVER_ABSENT);

	if (seen != 0) {
		words_count(b, seen, "kind of place", "kinds of place");
		buf_adds(b, ", ");
	}
	words_count(b, audit_files(d), "file", "files");
	if (d->took_ms != REC_NO_INT)
		buf_addf(b, ", in %lld.%lld s", (long long)(d->took_ms / 1000),
		    (long long)(d->took_ms % 1000 / 100));
	if (absent != 0 && seen == 0) {
		buf_adds(b, "; of ");
		words_count(b, absent, "kind of place", "kinds of place");
		buf_adds(b, ", none is on this machine");
	} else if (absent != 0) {
		buf_adds(b, "; ");
		words_count(b, absent, "more is not on this machine",
		    "more are not on this machine");
	}
}

void
says_not_seen(struct buf *b, const struct audit *d)
{
	int64_t n, total = d->counts.gaps;
	bool first = true, alone;
	int r;

	if (total == 0) {
		buf_adds(b, "Nothing that Muster knows to look for");
		if (audit_places(d, COVER_READ) == 0 &&
		    audit_places(d, COVER_PARTLY) == 0)
			buf_adds(b,
			    "; is this the root directory of a machine?");
		return;
	}
	words_count(b, total, "thing", "things");
	for (r = 0; r < GAP_REASONS; r++) {
		n = audit_gaps(d, (enum gap_reason)r);
		if (n == 0)
			continue;
		alone = n == total;
		if (!alone) {
			buf_adds(b, first ? ": " : ", ");
			table_thousands(b, n);
		}
		buf_addf(b, " %s", words_gaps((enum gap_reason)r, n == 1));
		first = false;
	}
	buf_adds(b, "; by name: `muster gaps`");
}

void
says_rights(struct buf *b, const struct audit *d)
{
	int64_t denied = audit_gaps(d, GAP_DENIED), named = 0;
	size_t i;

	if (denied == 0 || audit_as_root(d))
		return;
	buf_adds(b, "Run it as root to read ");
	for (i = 0; i < d->gaps.n && named < SAYS_EXAMPLES; i++) {
		if (d->gaps.v[i].reason != GAP_DENIED ||
		    d->gaps.v[i].locator.n == 0)
			continue;
		if (named++ != 0)
			buf_adds(b, ", ");
		says_path(b, d->gaps.v[i].locator);
	}
	if (named == 0)
		words_count(b, denied, "place", "places");
	else if (denied > named) {
		buf_adds(b, " and ");
		table_thousands(b, denied - named);
		buf_adds(b, " more");
	}
}

static void
says_delta(struct buf *b, int64_t n, const char *what, bool *any)
{

	if (n == 0)
		return;
	buf_adds(b, *any ? ", " : "");
	table_thousands(b, n);
	buf_addf(b, " %s", what);
	*any = true;
}

void
says_change(struct buf *b, const struct audit *d)
{
	const struct store_delta *t = &d->delta;
	bool any = false, same;

	if (!d->compared)
		return;
	if (!d->kept) {
		buf_adds(b, "Nothing was kept (--no-save), so there is nothing "
			    "to compare with");
		return;
	}
	if (t->baseline) {
		if (d->counts.identities == 0) {
			buf_adds(b, "This is the first audit here, and it "
				    "found nothing");
			return;
		}
		buf_adds(b, "This is the first audit here, the baseline: ");
		words_count(b, d->counts.unconfirmed, "identity is",
		    "identities are");
		buf_adds(b, " not yet confirmed by a person");
		return;
	}
	says_delta(b, t->identities_new, "new", &any);
	says_delta(b, t->identities_gone, "gone", &any);
	says_delta(b, t->identities_changed, "changed", &any);
	same = t->credentials_new + t->credentials_gone +
		   t->credentials_changed + t->sightings_new +
		   t->sightings_gone + t->sightings_changed ==
	       0;
	if (!any)
		buf_adds(b, same ? "No change" :
				   "The same identities; keys or places of "
				   "them changed");
	if (d->before_at != CLOCK_NONE) {
		buf_adds(b, " since ");
		words_day(b, d->before_at);
	}
	if (any || !same)
		buf_adds(b, "; which: `muster changes`");
	if (t->partial)
		buf_adds(b, " (this audit broke off; what it did not reach "
			    "counts as still there)");
}

void
says_findings(struct buf *b, const struct audit *d)
{
	const struct read_counts *c = &d->counts;
	const struct {
		int64_t n;
		const char *word;
	} t[] = {
		{ c->critical, "critical" },
		{ c->high, "high" },
		{ c->medium, "medium" },
		{ c->low, "low" },
		{ c->info, "for information" },
	};
	bool first = true;
	size_t i;

	for (i = 0; i < MU_COUNT(t); i++) {
		if (t[i].n == 0)
			continue;
		buf_adds(b, first ? "" : ", ");
		table_thousands(b, t[i].n);
		buf_addf(b, " %s", t[i].word);
		first = false;
	}
	if (first)
		buf_adds(b, "None in what was read");
}

void
says_expiry(struct buf *b, const struct audit *d, const struct read_identity *r)
{

	says_foreign(b, r->name.n != 0 ? r->name : r->key);
	buf_addf(b, " (%s) ", word_id_plain(r->kind));
	words_when(b, d->now_s, r->expires.at);
}

/* How many open findings of ${f}'s identity are of its check, where it is the
 * first of them; else 0. */
static int64_t
says_alike(const struct audit *d, size_t at)
{
	const struct read_finding *f = &d->findings.v[at], *other;
	int64_t n = 0;
	size_t i;

	for (i = 0; i < d->findings.n; i++) {
		other = &d->findings.v[i];
		if (other->identity_id != f->identity_id ||
		    !str_eq(other->check, f->check))
			continue;
		if (i < at)
			return 0;
		n++;
	}
	return n;
}

void
says_why(struct buf *b, const struct audit *d, const struct read_identity *r)
{
	const struct read_finding *f;
	int64_t alike, said = 0;
	size_t i, whys = 0;

	for (i = 0; i < d->findings.n && whys < SAYS_WHYS_MAX; i++) {
		f = &d->findings.v[i];
		if (f->identity_id != r->id || (alike = says_alike(d, i)) == 0)
			continue;
		buf_adds(b, whys++ == 0 ? "" : "; ");
		said += alike;
		says_foreign(b, audit_title(d, f->check));
		if (f->detail.n != 0) {
			buf_adds(b, " (");
			says_foreign(b, f->detail);
			buf_addc(b, ')');
		}
		if (alike > 1)
			buf_addf(b, ", and %lld more like it",
			    (long long)alike - 1);
	}
	if (r->findings > said)
		buf_addf(b, "; and %lld more", (long long)(r->findings - said));
}

void
says_where(struct buf *b, const struct audit *d, const struct read_identity *r)
{
	const struct read_finding *f;
	size_t i;

	for (i = 0; (f = audit_finding(d, r->id, i)) != NULL; i++)
		if (f->locator.n != 0)
			break;
	if (f == NULL)
		return;
	says_path(b, f->locator);
	/* What two hosts have may be wrong at the one that is not shown. */
	if (d->assets.n != 1 || !str_eq(f->asset_key, d->assets.v[0].key)) {
		buf_adds(b, " on ");
		says_foreign(b, f->asset);
	}
	if (r->sightings > 1) {
		buf_adds(b, " and ");
		words_count(b, r->sightings - 1, "place more", "places more");
	}
}

void
says_do(struct buf *b, const struct audit *d, const struct read_identity *r)
{
	const struct read_finding *f = audit_finding(d, r->id, 0);
	AUTO(buf) struct buf filled = { 0 };

	if (f == NULL)
		return;
	buf_init(&filled, SAYS_TEXT_MAX);
	words_fill(&filled, words_sentence(audit_remedy(d, f->check)),
	    f->locator);
	says_foreign(b, buf_str(&filled));
}

/* The sentences for the reasons that decoders give; others stand as they are. */
static void
says_reason(struct buf *b, int64_t n, struct str reason)
{
	static const struct {
		const char *reason, *one, *many;
	} t[] = {
		{ "package", "belongs to the distribution's packages",
		    "belong to the distribution's packages" },
		{ "sample", "is a test sample", "are test samples" },
		{ "system account without a login",
		    "is a system account without a login",
		    "are system accounts without a login" },
		{ "root", "is a public root certificate",
		    "are public root certificates" },
	};
	size_t i;

	table_thousands(b, n);
	buf_addc(b, ' ');
	for (i = 0; i < MU_COUNT(t); i++)
		if (str_eq(reason, str_from(t[i].reason))) {
			buf_adds(b, n == 1 ? t[i].one : t[i].many);
			return;
		}
	buf_adds(b, n == 1 ? "is " : "are ");
	says_foreign(b, reason);
}

void
says_context(struct buf *b, const struct audit *d)
{
	struct str reason = STR_NONE;
	int64_t n = 0;
	bool any = false;
	size_t i;

	for (i = 0; i < d->reasons.n; i++) {
		if (i != 0 && !str_eq(d->reasons.v[i].reason, reason)) {
			buf_adds(b, any ? ", " : "");
			says_reason(b, n, reason);
			any = true;
			n = 0;
		}
		reason = d->reasons.v[i].reason;
		n += d->reasons.v[i].count;
	}
	if (n != 0) {
		buf_adds(b, any ? ", " : "");
		says_reason(b, n, reason);
		buf_adds(b, ". See them: `muster list --all`.");
	}
	n = audit_counted(d);
	if (n == 0)
		return;
	if (reason.n != 0)
		buf_addc(b, ' ');
	table_thousands(b, n);
	buf_adds(b, n == 1 ? " copy of a certificate that the distribution "
			     "trusts was counted." :
			     " copies of certificates that the distribution "
			     "trusts were counted.");
}

void
says_next(struct buf *b, const struct audit *d)
{

	if (!d->kept && d->compared)
		buf_adds(b, "`muster audit` keeps what it finds, so that the "
			    "next audit can say what changed.");
	else if (audit_gaps(d, GAP_DENIED) != 0 && !audit_as_root(d))
		buf_adds(b, "`sudo muster audit` sees the rest of the "
			    "machine.");
	else if (d->top.n != 0) {
		buf_adds(b, "`muster show ");
		says_foreign(b, d->top.v[0].shown);
		buf_adds(b, "` says all that is known of the first one.");
	} else if (d->counts.identities != 0)
		buf_adds(b, "`muster list` shows them all.");
	else
		buf_adds(b, "`muster places` shows where Muster looks.");
}
