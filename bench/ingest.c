/*
 * How fast the store takes in observations, beside the least that SQLite can
 * do with the same bytes: one table, one text column, one prepared INSERT.
 *
 *	ingest [OBSERVATIONS [DIRECTORY]]
 *
 * Both write a file in DIRECTORY, in one transaction, WAL, synchronous NORMAL.
 * Then the store takes the same stream in again, as a second audit does.
 */

#include <sqlite3.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/digest.h"
#include "model/key.h"
#include "store/store.h"

#define ROUND 6 /* records that give() makes of one number */

struct giver {
	struct arena *job;
	struct sink *out;
	struct err *e;
};

static int
put(struct giver *g, const struct rec *r)
{

	return sink_put(g->out, r, g->e);
}

/* A key pair, its identity, two sightings, a grant and an edge. */
static int
give(struct giver *g, size_t n)
{
	struct str key, hex, account;
	struct rec r;
	char text[32];
	int len = snprintf(text, sizeof(text), "key %zu", n);

	arena_reset(g->job);
	TRY(key_hex(STR("spki:"), str_of(text, (size_t)len), g->job, &key,
	    g->e));
	hex = str_skip(key, 5);
	account = STR("account:host:0011223344556677:deploy");
	rec_init(&r, REC_IDENTITY);
	r.identity.key = key;
	r.identity.kind = ID_SSH_KEY;
	r.identity.name = str_of(text, (size_t)len);
	r.identity.asset = STR("host:0011223344556677");
	TRY(put(g, &r));
	rec_init(&r, REC_CREDENTIAL);
	r.credential.key = r.credential.identity = key;
	r.credential.kind = CRED_KEYPAIR;
	r.credential.alg = STR("ed25519");
	r.credential.bits = 256;
	r.credential.spki = hex;
	r.credential.created = (struct when){ 1700000000, BY_MTIME };
	TRY(put(g, &r));
	rec_init(&r, REC_SIGHTING);
	r.sighting.credential = key;
	r.sighting.place = STR("ssh.private");
	TRY(arena_fmt(g->job, &r.sighting.locator, g->e,
	    "home/user%zu/.ssh/id_ed25519", n));
	r.sighting.role = ROLE_PRIVATE;
	r.sighting.mode = 0600;
	r.sighting.uid = r.sighting.gid = 1000;
	r.sighting.owner = r.sighting.group = STR("deploy");
	r.sighting.mtime = (struct when){ 1700000000, BY_MTIME };
	TRY(put(g, &r));
	TRY(arena_fmt(g->job, &r.sighting.locator, g->e,
	    "home/user%zu/.ssh/authorized_keys:1", n));
	r.sighting.place = STR("ssh.authorized_keys");
	r.sighting.role = ROLE_AUTHORIZED;
	r.sighting.account = account;
	TRY(put(g, &r));
	rec_init(&r, REC_GRANT);
	r.grant.identity = key;
	r.grant.target = account;
	r.grant.place = STR("ssh.authorized_keys");
	TRY(arena_fmt(g->job, &r.grant.locator, g->e,
	    "home/user%zu/.ssh/authorized_keys:1", n));
	r.grant.capability = CAP_DATA_WRITE;
	TRY(put(g, &r));
	rec_init(&r, REC_EDGE);
	r.edge.kind = EDGE_AUTHENTICATES_AS;
	r.edge.src = key;
	r.edge.dst = account;
	r.edge.evidence = STR("authorized_keys");
	return put(g, &r);
}

static int
give_all(struct giver *g, size_t rounds, int64_t at)
{
	struct rec r;
	size_t i;

	rec_init(&r, REC_RUN);
	r.run.tool = STR("bench");
	r.run.run = STR("0011223344556677");
	r.run.asset = STR("host:0011223344556677");
	r.run.at = at;
	r.run.sources = STR("reader");
	TRY(put(g, &r));
	rec_init(&r, REC_IDENTITY);
	r.identity.key = STR("account:host:0011223344556677:deploy");
	r.identity.kind = ID_SERVICE_ACCOUNT;
	TRY(put(g, &r));
	for (i = 0; i < rounds; i++)
		TRY(give(g, i));
	rec_init(&r, REC_END);
	r.end.at = at + 1;
	return put(g, &r);
}

struct lines {
	struct sink sink;
	struct buf text;
};

static int
lines_put(struct sink *sink, const struct rec *r, struct err *e)
{
	struct lines *l = (struct lines *)(void *)sink;

	rec_write(&l->text, r);
	return buf_check(&l->text, "the stream", e);
}

static void
must(int rc, const char *what)
{

	if (rc == SQLITE_OK || rc == SQLITE_DONE)
		return;
	(void)fprintf(stderr, "ingest: %s: %s\n", what, sqlite3_errstr(rc));
	exit(1);
}

/* Time on the wall and of the processor; the second is what two cores that
 * others use too leave comparable. */
struct took {
	int64_t wall_ms, cpu_ms;
};

static struct took
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (struct took){ clock_mono_ms(),
		t.tv_sec * 1000 + t.tv_nsec / 1000000 };
}

static struct took
since(struct took from)
{
	struct took t = now();

	t.wall_ms -= from.wall_ms;
	t.cpu_ms -= from.cpu_ms;
	return t;
}

/* The rival: what all lines take. */
static struct took
plain(const char *path, struct str text)
{
	sqlite3_stmt *st = NULL;
	sqlite3 *db = NULL;
	struct str line;
	struct took took;

	must(sqlite3_open(path, &db), "open");
	must(sqlite3_exec(db,
		 "PRAGMA journal_mode = WAL;"
		 "PRAGMA synchronous = NORMAL;"
		 "PRAGMA cache_size = -16000;"
		 "CREATE TABLE t (line text NOT NULL)",
		 NULL, NULL, NULL),
	    "create");
	took = now();
	must(sqlite3_exec(db, "BEGIN", NULL, NULL, NULL), "begin");
	must(sqlite3_prepare_v2(db, "INSERT INTO t VALUES (?)", -1, &st, NULL),
	    "prepare");
	while (str_line(&text, &line)) {
		must(sqlite3_bind_text64(st, 1, line.p, line.n, SQLITE_STATIC,
			 SQLITE_UTF8),
		    "bind");
		must(sqlite3_step(st), "insert");
		must(sqlite3_reset(st), "reset");
	}
	must(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), "commit");
	took = since(took);
	must(sqlite3_finalize(st), "finalize");
	must(sqlite3_close(db), "close");
	return took;
}

static int
ours(struct store *s, struct giver *g, size_t rounds, int64_t at,
    struct took *took)
{
	struct store_delta delta;

	*took = now();
	TRY(store_begin(s, g->e));
	g->out = store_sink(s);
	TRY(give_all(g, rounds, at));
	TRY(store_end(s, &delta, g->e));
	*took = since(*took);
	return MU_OK;
}

static int64_t
rate(size_t n, int64_t ms)
{

	return (int64_t)n * 1000 / (ms > 0 ? ms : 1);
}

static void
report(const char *what, size_t n, struct took t, struct took rival)
{

	(void)printf("%-22s %8zu observations %6lld ms %8lld/s, processor "
		     "%6lld ms %8lld/s",
	    what, n, (long long)t.wall_ms, (long long)rate(n, t.wall_ms),
	    (long long)t.cpu_ms, (long long)rate(n, t.cpu_ms));
	if (rival.cpu_ms > 0)
		(void)printf(", %.2f times the plain loop",
		    (double)t.cpu_ms / (double)rival.cpu_ms);
	(void)printf("\n");
}

static int
bench(struct giver *g, size_t rounds, const char *dir, struct err *e)
{
	AUTO(store) struct store *s = NULL;
	struct lines l = { .sink = { .put = lines_put } };
	char path[4096];
	struct took rival, took;
	size_t n = rounds * ROUND + 3;

	buf_init(&l.text, (size_t)4 << 30);
	g->out = &l.sink;
	TRY(give_all(g, rounds, 1000));
	(void)snprintf(path, sizeof(path), "%s/plain.db", dir);
	rival = plain(path, buf_str(&l.text));
	(void)unlink(path);
	report("plain SQLite, lines", n, rival, (struct took){ 0, 0 });
	buf_free(&l.text);
	(void)snprintf(path, sizeof(path), "%s/register.db", dir);
	TRY(store_open(path, STORE_WRITE, &s, e));
	TRY(ours(s, g, rounds, 1000, &took));
	report("the store, first run", n, took, rival);
	TRY(ours(s, g, rounds, 2000, &took));
	report("the store, second run", n, took, rival);
	/* Its log goes with the last to close it. */
	store_close(TAKE(s));
	(void)unlink(path);
	return MU_OK;
}

int
main(int argc, char **argv)
{
	AUTO(arena) struct arena *job = arena_new(1 << 20);
	char dir[] = "/tmp/muster-ingest-XXXXXX";
	struct err e = { 0 };
	struct giver g = { .job = job, .e = &e };
	int64_t n = 600000;
	int r;

	if (argc > 1 && !str_i64(str_from(argv[1]), ROUND, 100000000, &n)) {
		(void)fprintf(stderr, "usage: ingest [OBSERVATIONS [DIR]]\n");
		return 2;
	}
	if (argc <= 2 && mkdtemp(dir) == NULL)
		return 1;
	r = bench(&g, (size_t)n / ROUND, argc > 2 ? argv[2] : dir, &e);
	if (argc <= 2)
		(void)rmdir(dir);
	if (r < 0)
		(void)fprintf(stderr, "ingest: %s\n", e.text);
	return r < 0;
}
