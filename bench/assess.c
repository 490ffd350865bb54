/*
 * bench/assess.c: judge a register of 100,000 identities that were seen at
 * 1,000,000 places, beside one plain scan of its sightings.
 *
 *	assess [identities [sightings of each]]
 *
 * Prints one line a measurement and ends 1 where the bar is missed.
 */

#include "assess/assess.h"

#define DAY   INT64_C(86400)
#define NOW   INT64_C(1793491200)
#define BAR_S 5.0

struct bench {
	struct store *s;
	struct sink *out;
	struct err e;
};

static void
need(const struct bench *b, int rc)
{

	if (rc >= 0)
		return;
	(void)fprintf(stderr, "assess: %s\n", b->e.text);
	exit(2);
}

static void
put(struct bench *b, const struct rec *r)
{

	need(b, sink_put(b->out, r, &b->e));
}

static struct str
text(char *room, size_t size, const char *fmt, int64_t n)
{
	int len;

	_Pragma("GCC diagnostic push")
	    _Pragma("GCC diagnostic ignored \"-Wformat-nonliteral\"") len =
		snprintf(room, size, fmt, (long long)n);
	_Pragma("GCC diagnostic pop") return str_of(room, (size_t)len);
}

/* One identity in three is an SSH key, a certificate, a token; one credential
 * each. Every tenth offends against something. */
static void
fill_one(struct bench *b, int64_t n, int64_t sightings)
{
	static const enum id_kind kinds[] = { ID_SSH_KEY, ID_TLS_CERT,
		ID_TOKEN };
	static const enum cred_kind creds[] = { CRED_KEYPAIR, CRED_X509,
		CRED_TOKEN };
	static const enum role roles[] = { ROLE_AUTHORIZED, ROLE_PUBLIC,
		ROLE_PRIVATE };
	char id[40], cred[40], fp[72], where[64];
	bool bad = n % 10 == 0;
	struct rec r;
	int64_t k;

	rec_init(&r, REC_IDENTITY);
	r.identity.key = text(id, sizeof(id), "bench:%lld", n);
	r.identity.name = r.identity.key;
	r.identity.kind = kinds[n % 3];
	r.identity.asset = STR("host:bench");
	r.identity.owner = bad ? STR_NONE : STR("ada");
	r.identity.privileged = n % 50 == 0 ? TRI_YES : TRI_NO;
	put(b, &r);
	rec_init(&r, REC_CREDENTIAL);
	r.credential.key = text(cred, sizeof(cred), "c:%lld", n);
	r.credential.identity = str_of(id, str_from(id).n);
	r.credential.kind = creds[n % 3];
	r.credential.alg = STR("rsa");
	r.credential.bits = bad ? 1024 : 4096;
	r.credential.sig = STR("sha256WithRSAEncryption");
	r.credential.spki = text(fp, sizeof(fp), "%064llx", bad ? n / 20 : n);
	r.credential.created = (struct when){ NOW - 300 * DAY, BY_IN_BAND };
	r.credential.expires =
	    (struct when){ NOW + (bad ? 9 : 300) * DAY, BY_IN_BAND };
	put(b, &r);
	for (k = 0; k < sightings; k++) {
		rec_init(&r, REC_SIGHTING);
		r.sighting.credential = str_of(cred, str_from(cred).n);
		r.sighting.asset = STR("host:bench");
		r.sighting.place = STR("file.pem");
		r.sighting.locator = text(where, sizeof(where),
		    "srv/keys/%010lld.pem", n * sightings + k);
		r.sighting.role = roles[n % 3];
		r.sighting.readers = bad ? READERS_WORLD : READERS_OWNER;
		r.sighting.uid = n % 7;
		r.sighting.owner = r.sighting.group = STR("root");
		put(b, &r);
	}
}

static void
fill(struct bench *b, int64_t identities, int64_t sightings)
{
	struct store_delta d;
	struct rec r;
	int64_t n;
	int i;

	need(b, store_begin(b->s, &b->e));
	b->out = store_sink(b->s);
	rec_init(&r, REC_RUN);
	r.run.tool = STR("bench");
	r.run.run = STR("0123456789abcdef");
	r.run.asset = STR("host:bench");
	r.run.root = STR("/");
	r.run.fp_key = STR("bench");
	r.run.at = NOW - 30 * DAY;
	put(b, &r);
	rec_init(&r, REC_ASSET);
	r.asset.key = r.asset.name = STR("host:bench");
	r.asset.kind = STR("host");
	put(b, &r);
	for (n = 0; n < identities; n++)
		fill_one(b, n, sightings);
	rec_init(&r, REC_END);
	r.end.at = r.run.at;
	for (i = 0; i < REC_TYPES; i++)
		r.end.counts[i] = b->out->counts[i];
	put(b, &r);
	need(b, store_end(b->s, &d, &b->e));
}

/* Processor time: other work on the machine does not count. */
static double
now_s(void)
{

	return (double)clock() / CLOCKS_PER_SEC;
}

static int
row_count(void *cookie, const struct store_cell *c, size_t n, struct err *e)
{
	int64_t *count = cookie;

	(void)n;
	(void)e;
	*count = c[0].i;
	return MU_OK;
}

int
main(int argc, char **argv)
{
	struct bench b = { 0 };
	struct assess_summary sum;
	int64_t identities = 100000, sightings = 10, count = 0;
	double scan, first, second, start;

	if (argc > 1)
		(void)str_i64(str_from(argv[1]), 1, 10000000, &identities);
	if (argc > 2)
		(void)str_i64(str_from(argv[2]), 1, 1000, &sightings);
	need(&b, store_open("", STORE_MEMORY, &b.s, &b.e));
	fill(&b, identities, sightings);
	start = now_s();
	/* By a column that no index holds, so that every row is read. */
	need(&b,
	    store_query(b.s, "SELECT COUNT(*) FROM sightings WHERE grp <> 'x'",
		NULL, 0, row_count, &count, &b.e));
	scan = now_s() - start;
	start = now_s();
	need(&b, assess_run(b.s, NOW, &sum, &b.e));
	first = now_s() - start;
	start = now_s();
	need(&b, assess_run(b.s, NOW, &sum, &b.e));
	second = now_s() - start;
	(void)printf("assess: %lld identities, %lld sightings, %lld findings\n",
	    (long long)identities, (long long)count, (long long)sum.open);
	(void)printf("assess: scan of sightings %.2f s\n", scan);
	(void)printf("assess: first %.2f s, %.1f times the scan (processor "
		     "time, bar %.0f s)\n",
	    first, scan > 0 ? first / scan : 0, BAR_S);
	(void)printf("assess: again %.2f s, %.1f times the scan\n", second,
	    scan > 0 ? second / scan : 0);
	store_close(b.s);
	return first > BAR_S || second > BAR_S;
}
