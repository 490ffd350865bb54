#include "store/db.h"

#include "base/mem.h"

static const char *const db_names[] = {
	[DB_IDENTITIES] = "identities",
	[DB_CREDENTIALS] = "credentials",
	[DB_SIGHTINGS] = "sightings",
	[DB_GRANTS] = "grants",
	[DB_EDGES] = "edges",
	[DB_ASSETS] = "assets",
	[DB_RUNS] = "runs",
	[DB_COVERAGE] = "coverage",
	[DB_GAPS] = "gaps",
	[DB_CHANGES] = "changes",
	[DB_FINDINGS] = "findings",
};

/* What SQLite's results mean to a caller; the primary code decides. */
static const struct {
	int rc;
	enum mu_code code;
	const char *words; /* NULL: SQLite's own */
} db_codes[] = {
	{ SQLITE_NOTADB, MU_EFORMAT, "this is no register" },
	{ SQLITE_CORRUPT, MU_EFORMAT, "the register is damaged" },
	{ SQLITE_ERROR, MU_EFORMAT, NULL },
	{ SQLITE_MISMATCH, MU_EFORMAT, NULL },
	{ SQLITE_RANGE, MU_EFORMAT, NULL },
	{ SQLITE_TOOBIG, MU_ELIMIT, NULL },
	{ SQLITE_INTERRUPT, MU_ELIMIT, "it took more than a second" },
	{ SQLITE_PERM, MU_EDENIED, NULL },
	{ SQLITE_READONLY, MU_EDENIED, "the register is read-only" },
	{ SQLITE_AUTH, MU_EDENIED, NULL },
	{ SQLITE_CANTOPEN, MU_EDENIED, "the register cannot be opened" },
	{ SQLITE_BUSY, MU_ERETRY,
	    "another process is writing to the register; try again" },
	{ SQLITE_LOCKED, MU_ERETRY, NULL },
	{ SQLITE_FULL, MU_ESYSTEM, "the disk is full" },
	{ SQLITE_NOMEM, MU_ESYSTEM, NULL },
	{ SQLITE_IOERR, MU_ESYSTEM, NULL },
	{ SQLITE_NOLFS, MU_ESYSTEM, NULL },
	{ SQLITE_PROTOCOL, MU_ERETRY, NULL },
};

const char *
db_table_name(enum db_table table)
{

	return db_names[table];
}

void
db_use_auto(sqlite3_stmt **st)
{

	if (*st == NULL)
		return;
	(void)sqlite3_reset(*st);
	(void)sqlite3_clear_bindings(*st);
}

void
db_close(struct store *s)
{
	size_t i;

	for (i = 0; i < s->kept.n; i++)
		(void)sqlite3_finalize(s->kept.v[i]);
	vec_free(&s->kept);
	map_free(s->known);
	s->known = NULL;
	if (s->db != NULL)
		(void)sqlite3_close_v2(s->db);
	s->db = NULL;
}

int
db_fail(const struct store *s, int rc, struct err *e, const char *what)
{
	const char *words = NULL;
	enum mu_code code = MU_EBUG;
	size_t i;

	for (i = 0; i < MU_COUNT(db_codes); i++)
		if (db_codes[i].rc == (rc & 0xff)) {
			code = db_codes[i].code;
			words = db_codes[i].words;
		}
	if (words == NULL)
		words =
		    s->db != NULL ? sqlite3_errmsg(s->db) : sqlite3_errstr(rc);
	return err_set(e, code, "%s: %s", what, words);
}

/*
 * A kept statement that nobody is stepping through; NULL where none is. A row
 * function may ask again what its own query asks, so one text can have several.
 */
static sqlite3_stmt *
db_kept(struct store *s, struct str sql)
{
	uint64_t at;
	size_t i;

	if (s->known == NULL || !map_get(s->known, sql, &at))
		return NULL;
	if (!sqlite3_stmt_busy(s->kept.v[at]))
		return s->kept.v[at];
	for (i = 0; i < s->kept.n; i++)
		if (!sqlite3_stmt_busy(s->kept.v[i]) &&
		    str_eq(str_from(sqlite3_sql(s->kept.v[i])), sql))
			return s->kept.v[i];
	return NULL;
}

int
db_stmt(struct store *s, const char *sql, sqlite3_stmt **out, struct err *e)
{
	struct str text = str_from(sql);
	sqlite3_stmt *st = db_kept(s, text);
	int rc;

	if (st != NULL) {
		*out = st;
		return MU_OK;
	}
	rc = sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &st,
	    NULL);
	if (rc != SQLITE_OK)
		return db_fail(s, rc, e, s->path.p);
	if (st == NULL)
		return err_set(e, MU_EFORMAT, "the statement is empty");
	if (s->known == NULL)
		s->known = map_new(DB_KEPT_MAX);
	if (!vec_push(&s->kept, DB_KEPT_MAX, st)) {
		(void)sqlite3_finalize(st);
		return err_set(e, MU_ELIMIT, "more than %d statements",
		    DB_KEPT_MAX);
	}
	MU_ASSERT(map_put(s->known, text, s->kept.n - 1, NULL) >= 0);
	*out = st;
	return MU_OK;
}

void
db_int(sqlite3_stmt *st, int at, int64_t v)
{
	int rc = v == REC_NO_INT ? sqlite3_bind_null(st, at) :
				   sqlite3_bind_int64(st, at, v);

	MU_ASSERT(rc == SQLITE_OK);
}

void
db_text(sqlite3_stmt *st, int at, struct str v)
{
	int rc;

	rc = sqlite3_bind_text64(st, at, v.n != 0 ? v.p : "", v.n,
	    SQLITE_STATIC, SQLITE_UTF8);
	MU_ASSERT(rc == SQLITE_OK || rc == SQLITE_TOOBIG);
}

void
db_cell(sqlite3_stmt *st, int at, const struct store_cell *c)
{

	switch (c->kind) {
	case STORE_NULL:
		db_int(st, at, REC_NO_INT);
		break;
	case STORE_INT:
		db_int(st, at, c->i);
		break;
	case STORE_TEXT:
		db_text(st, at, c->s);
		break;
	}
}

int
db_step(struct store *s, sqlite3_stmt *st, struct err *e)
{
	int rc = sqlite3_step(st);

	if (rc == SQLITE_ROW)
		return 1;
	if (rc == SQLITE_DONE)
		return 0;
	return db_fail(s, rc, e, s->path.p);
}

int
db_run(struct store *s, sqlite3_stmt *st, struct err *e)
{
	int r;

	do
		TRY(r = db_step(s, st, e));
	while (r != 0);
	return MU_OK;
}

int
db_exec(struct store *s, const char *sql, struct err *e)
{
	int rc = sqlite3_exec(s->db, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? MU_OK : db_fail(s, rc, e, s->path.p);
}

void
db_rollback(struct store *s)
{

	/* SQLite may have rolled back by itself: a full disk does that. */
	if (s->db != NULL && sqlite3_get_autocommit(s->db) == 0)
		(void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}

static int
db_bound(struct store *s, const char *sql, const int64_t *v, size_t n,
    sqlite3_stmt **st, struct err *e)
{
	size_t i;

	TRY(db_stmt(s, sql, st, e));
	for (i = 0; i < n; i++)
		db_int(*st, (int)i + 1, v[i]);
	return MU_OK;
}

int
db_ints(struct store *s, const char *sql, const int64_t *v, size_t n,
    struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;

	TRY(db_bound(s, sql, v, n, &st, e));
	return db_run(s, st, e);
}

int
db_one(struct store *s, const char *sql, const int64_t *v, size_t n,
    int64_t *out, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;
	int r;

	TRY(db_bound(s, sql, v, n, &st, e));
	TRY(r = db_step(s, st, e));
	*out = r != 0 ? db_get_int(st, 0) : REC_NO_INT;
	return MU_OK;
}

int64_t
db_get_int(sqlite3_stmt *st, int at)
{

	if (sqlite3_column_type(st, at) == SQLITE_NULL)
		return REC_NO_INT;
	return sqlite3_column_int64(st, at);
}

struct str
db_get_str(sqlite3_stmt *st, int at)
{
	const unsigned char *p = sqlite3_column_text(st, at);

	return str_of(p, (size_t)sqlite3_column_bytes(st, at));
}

struct store_cell
db_get_cell(sqlite3_stmt *st, int at)
{
	struct store_cell c = { STORE_NULL, 0, STR_NONE };

	switch (sqlite3_column_type(st, at)) {
	case SQLITE_NULL:
		break;
	case SQLITE_INTEGER:
		c.kind = STORE_INT;
		c.i = sqlite3_column_int64(st, at);
		break;
	default:
		c.kind = STORE_TEXT;
		c.s = db_get_str(st, at);
		break;
	}
	return c;
}

int
db_next(struct store *s, enum db_table table, int64_t *id, struct err *e)
{
	char sql[64];
	int64_t max;

	if (s->next[table] == 0) {
		(void)snprintf(sql, sizeof(sql), "SELECT max(id) FROM %s",
		    db_names[table]);
		TRY(db_one(s, sql, NULL, 0, &max, e));
		s->next[table] = max == REC_NO_INT ? 1 : max + 1;
	}
	*id = s->next[table]++;
	return MU_OK;
}

void
db_forget_ids(struct store *s)
{
	size_t i;

	for (i = 0; i < DB_TABLES; i++)
		s->next[i] = 0;
}
