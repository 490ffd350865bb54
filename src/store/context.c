#include "store/context.h"

#define CONTEXT_MAX ((size_t)1 << 24)

/* What the live sightings of one credential add up to. */
struct context_sum {
	int64_t credential;
	bool all;     /* every sighting has a context */
	bool package; /* one is a package's own file */
	bool real;    /* one without a context is more than a public half */
	bool any;
};

static void
context_add(struct context_sum *c, struct str context, struct str role)
{

	c->any = true;
	if (context.n != 0) {
		c->package = c->package || str_starts(context, STR("package:"));
		return;
	}
	c->all = false;
	if (!str_eq(role, STR("public")) && !str_eq(role, STR("trusted")))
		c->real = true;
}

/*
 * A credential is context when every sighting of it has one; also when a
 * package brought it and it stands elsewhere only as a public half or a trust
 * anchor, as the roots of ca-certificates do.
 */
static bool
context_is(const struct context_sum *c)
{

	return c->any && !c->real && (c->all || c->package);
}

/* Whether all credentials of one identity are context, and the word for it. */
static int
context_of(struct store *s, int64_t id, struct buf *word, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;
	struct context_sum c = { 0 };
	bool all = true;
	int r;

	buf_reset(word);
	TRY(db_stmt(s,
	    "SELECT c.id, s.context, s.role, s.id FROM identities i "
	    "JOIN credentials c ON c.identity_id = i.id "
	    "AND c.gone_at IS NULL "
	    "LEFT JOIN sightings s ON s.credential_id = c.id "
	    "AND s.gone_at IS NULL WHERE i.same_as = ? "
	    "ORDER BY c.id, s.context, s.role, s.id",
	    &st, e));
	db_int(st, 1, id);
	for (;;) {
		TRY(r = db_step(s, st, e));
		if (r == 0 || db_get_int(st, 0) != c.credential) {
			all = all && (c.credential == 0 || context_is(&c));
			if (r == 0)
				break;
			c = (struct context_sum){ db_get_int(st, 0), true,
				false, false, false };
		}
		if (db_get_int(st, 3) == REC_NO_INT)
			continue;
		context_add(&c, db_get_str(st, 1), db_get_str(st, 2));
		if (word->n == 0 ||
		    (db_get_str(st, 1).n != 0 &&
			str_cmp(db_get_str(st, 1), buf_str(word)) < 0)) {
			buf_reset(word);
			buf_add(word, db_get_str(st, 1));
		}
	}
	if (!all || c.credential == 0)
		buf_reset(word);
	return buf_check(word, "a context", e);
}

static int
context_store(struct store *s, int64_t id, struct str word, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;

	TRY(db_stmt(s,
	    "UPDATE identities SET derived = ?1 "
	    "WHERE id = ?2 AND derived <> ?1",
	    &st, e));
	db_text(st, 1, word);
	db_int(st, 2, id);
	return db_run(s, st, e);
}

int
context_run(struct ingest *g, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;
	AUTO(buf) struct buf word;
	int64_t id;
	int r;

	buf_init(&word, REC_LINE_MAX);
	/* Only those with a context in sight, and those that had one. */
	TRY(db_exec(g->s,
	    "CREATE TEMP TABLE IF NOT EXISTS doubtful ("
	    "id INTEGER PRIMARY KEY);"
	    "DELETE FROM temp.doubtful;"
	    "INSERT INTO temp.doubtful SELECT DISTINCT i.same_as "
	    "FROM sightings s JOIN credentials c ON c.id = s.credential_id "
	    "JOIN identities i ON i.id = c.identity_id "
	    "WHERE s.gone_at IS NULL AND s.context <> '' "
	    "UNION SELECT id FROM identities WHERE derived <> ''",
	    e));
	TRY(db_stmt(g->s, "SELECT id FROM temp.doubtful ORDER BY id", &st, e));
	for (;;) {
		TRY(r = db_step(g->s, st, e));
		if (r == 0)
			return MU_OK;
		id = db_get_int(st, 0);
		TRY(context_of(g->s, id, &word, e));
		TRY(context_store(g->s, id, buf_str(&word), e));
	}
}
