#include "assess/risk.h"

#define DAY_S        86400
#define DORMANT_DAYS 90

/* The top: this many places, of which so many go to keys and accounts. */
#define TOP      10
#define TOP_KEYS 6

struct rank {
	const struct work_identity *i;
	int64_t score;
	bool pinned, top;
};

static enum tri
yes_no(bool yes)
{

	return yes ? TRI_YES : TRI_NO;
}

/* What a check found: yes; or no, where it could look. */
static enum tri
by_check(const struct work *w, const struct work_identity *i, enum mark mark,
    struct str id)
{
	size_t check = work_check(w, id);

	if ((i->marks & (unsigned)mark) != 0)
		return TRI_YES;
	if (check == WORK_NONE || i->home == WORK_NONE ||
	    work_result(w, check, i->home)->missing.n != 0)
		return TRI_UNKNOWN;
	return TRI_NO;
}

static enum tri
part_privileged(const struct work *w, const struct work_identity *i)
{

	(void)w;
	return i->privileged;
}

static enum tri
part_internet(const struct work *w, const struct work_identity *i)
{

	(void)w;
	return i->internet;
}

/* No source says yet what data an identity reaches. */
static enum tri
part_data(const struct work *w, const struct work_identity *i)
{

	(void)w;
	(void)i;
	return TRI_UNKNOWN;
}

static enum tri
part_age(const struct work *w, const struct work_identity *i)
{

	(void)w;
	if ((i->marks & MARK_AGED) != 0)
		return TRI_YES;
	return i->credentialed && !i->dated ? TRI_UNKNOWN : TRI_NO;
}

static enum tri
part_owner(const struct work *w, const struct work_identity *i)
{

	(void)w;
	return yes_no(!i->owned);
}

static enum tri
part_shared(const struct work *w, const struct work_identity *i)
{

	return by_check(w, i, MARK_SHARED, STR("MUS-REU-001"));
}

static enum tri
part_dormant(const struct work *w, const struct work_identity *i)
{

	if (i->last_used != CLOCK_NONE &&
	    i->last_used >= w->now_s - (int64_t)DORMANT_DAYS * DAY_S)
		return TRI_NO;
	return by_check(w, i, MARK_DORMANT, STR("MUS-LIF-001"));
}

static const struct part {
	int64_t points;
	const char *yes, *unknown;
	enum tri (*of)(const struct work *w, const struct work_identity *i);
} parts[] = {
	{ 30, "privileged", "privileges not known", part_privileged },
	{ 20, "usable from the internet", "use from the internet not known",
	    part_internet },
	{ 15, "reaches personal or card data",
	    "personal or card data not known", part_data },
	{ 10, "past its policy age", "age not known", part_age },
	{ 10, "nobody owns it", "owner not known", part_owner },
	{ 10, "shared", "sharing not known", part_shared },
	{ 5, "dormant", "last use not known", part_dormant },
};

/* The score of ${i}; its words go to ${b}, "0 nothing known against it" where
 * there are none. */
static int64_t
score(const struct work *w, const struct work_identity *i, struct buf *b)
{
	int64_t sum = 0, points;
	enum tri t;
	size_t k;

	for (k = 0; k < MU_COUNT(parts); k++) {
		t = parts[k].of(w, i);
		if (t == TRI_NO)
			continue;
		points =
		    t == TRI_YES ? parts[k].points : (parts[k].points + 1) / 2;
		sum += points;
		buf_addf(b, "%s%lld%s %s", b->n != 0 ? " + " : "",
		    (long long)points, t == TRI_YES ? "" : "?",
		    t == TRI_YES ? parts[k].yes : parts[k].unknown);
	}
	if (b->n == 0)
		buf_adds(b, "0 nothing known against it");
	return sum;
}

/* Pinned first, then the highest score, then by name and key. */
static int
rank_cmp(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;
	int c;

	if (x->top != y->top)
		return x->top ? -1 : 1;
	if (x->pinned != y->pinned)
		return x->pinned ? -1 : 1;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	c = str_cmp(x->i->name, y->i->name);
	return c != 0 ? c : str_cmp(x->i->key, y->i->key);
}

static bool
is_key(const struct rank *r)
{
	static const uint32_t kinds =
	    1u << ID_API_KEY | 1u << ID_TOKEN | 1u << ID_CLOUD_ACCESS_KEY |
	    1u << ID_SERVICE_ACCOUNT | 1u << ID_CLOUD_IDENTITY;

	return (kinds & 1u << r->i->kind) != 0;
}

/* Take up to ${most} of the ranks, in order, into the top until it is full. */
static void
fill_top(struct rank *r, size_t n, size_t *taken, size_t most,
    bool (*wanted)(const struct rank *r))
{
	size_t i;

	for (i = 0; i < n && *taken < TOP && most != 0; i++) {
		if (r[i].top || !wanted(&r[i]))
			continue;
		r[i].top = true;
		++*taken;
		most--;
	}
}

static bool
is_pinned(const struct rank *r)
{

	return r->pinned;
}

static bool
is_any(const struct rank *r)
{

	(void)r;
	return true;
}

/* How many of the top are keys already. */
static size_t
count_keys(const struct rank *r, size_t n)
{
	size_t i, keys = 0;

	for (i = 0; i < n; i++)
		keys += r[i].top && is_key(&r[i]);
	return keys;
}

static void
sort_ranks(struct rank *r, size_t n)
{
	size_t taken = 0, keys;

	qsort(r, n, sizeof(*r), rank_cmp);
	fill_top(r, n, &taken, TOP, is_pinned);
	keys = count_keys(r, n);
	fill_top(r, n, &taken, keys < TOP_KEYS ? TOP_KEYS - keys : 0, is_key);
	fill_top(r, n, &taken, TOP, is_any);
	qsort(r, n, sizeof(*r), rank_cmp);
}

static int
write_rank(const struct work *w, const struct rank *r, size_t at, struct buf *b,
    struct err *e)
{
	struct store_param p[5];

	buf_reset(b);
	(void)score(w, r->i, b);
	TRY(buf_check(b, "the words of a risk", e));
	p[0] = STORE_P_INT("identity", r->i->id);
	p[1] = STORE_P_INT("score", r->score);
	p[2] = STORE_P_INT("pinned", r->pinned);
	p[3] = STORE_P_STR("parts", buf_str(b));
	p[4] = STORE_P_INT("ordinal", (int64_t)at + 1);
	return store_query(w->s,
	    "INSERT INTO risks (identity_id, score, pinned, parts, ordinal)"
	    " VALUES (:identity, :score, :pinned, :parts, :ordinal)",
	    p, MU_COUNT(p), NULL, NULL, e);
}

static int
write_ranks(const struct work *w, const struct rank *r, size_t n, struct err *e)
{
	AUTO(buf) struct buf b = { 0 };
	size_t i;

	buf_init(&b, REC_LINE_MAX);
	TRY(store_query(w->s, "DELETE FROM risks", NULL, 0, NULL, NULL, e));
	for (i = 0; i < n; i++)
		TRY(write_rank(w, &r[i], i, &b, e));
	return MU_OK;
}

int
risk_write(const struct work *w, struct err *e)
{
	VEC(struct rank) ranks = { 0 };
	AUTO(buf) struct buf b = { 0 };
	const struct work_identity *i;
	size_t k;
	int rc;

	buf_init(&b, REC_LINE_MAX);
	for (k = 0; k < w->identities.n; k++) {
		i = &w->identities.v[k];
		if (!i->open)
			continue;
		buf_reset(&b);
		(void)vec_push(&ranks, WORK_ITEMS_MAX,
		    (struct rank){ i, score(w, i, &b),
			(i->marks & MARK_PINNED) != 0, false });
	}
	if (ranks.n != 0)
		sort_ranks(ranks.v, ranks.n);
	rc = write_ranks(w, ranks.v, ranks.n, e);
	vec_free(&ranks);
	return rc;
}
