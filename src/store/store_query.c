/*
 * Statements that others write: by the program's own floors, and by users.
 */

#include "base/clock.h"
#include "store/db.h"

#define QUERY_COLUMNS_MAX 64

/* A user's statement: how long it may run, and how often we look. */
#define QUERY_GUARD_MS  1000
#define QUERY_GUARD_OPS 2000

/* Functions that a user's statement may call: pure, and small in memory. */
static const char *const query_functions[] = { "abs", "avg", "coalesce",
	"count", "ifnull", "iif", "length", "like", "lower", "ltrim", "max",
	"min", "nullif", "replace", "round", "rtrim", "sum", "substr", "total",
	"trim", "upper" };

static int
query_bind(sqlite3_stmt *st, const struct store_param *params, size_t n,
    struct err *e)
{
	const char *name;
	int at, count = sqlite3_bind_parameter_count(st);
	size_t i;

	for (at = 1; at <= count; at++) {
		name = sqlite3_bind_parameter_name(st, at);
		for (i = 0; i < n && name != NULL; i++)
			if (strcmp(name + 1, params[i].name) == 0)
				break;
		if (name == NULL || i == n)
			return err_set(e, MU_EFORMAT,
			    "no value for the parameter %s",
			    name != NULL ? name : "?");
		db_cell(st, at, &params[i].value);
	}
	return MU_OK;
}

static int
query_rows(struct store *s, sqlite3_stmt *st, store_row *row, void *cookie,
    struct err *e)
{
	struct store_cell cells[QUERY_COLUMNS_MAX];
	int i, r, n = sqlite3_column_count(st);

	if (n > QUERY_COLUMNS_MAX)
		return err_set(e, MU_ELIMIT, "more than %d columns",
		    QUERY_COLUMNS_MAX);
	for (;;) {
		TRY(r = db_step(s, st, e));
		if (r == 0)
			return MU_OK;
		for (i = 0; i < n; i++)
			cells[i] = db_get_cell(st, i);
		if (row != NULL)
			TRY(row(cookie, cells, (size_t)n, e));
	}
}

/* Nothing but blanks and comments may follow the one statement. */
static bool
query_is_one(sqlite3 *db, const char *tail)
{
	sqlite3_stmt *more = NULL;
	bool one;

	one = sqlite3_prepare_v2(db, tail, -1, &more, NULL) == SQLITE_OK &&
	      more == NULL;
	(void)sqlite3_finalize(more);
	return one;
}

int
store_query(struct store *s, const char *sql, const struct store_param *params,
    size_t n, store_row *row, void *cookie, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;
	const char *own, *at;

	TRY(db_stmt(s, sql, &st, e));
	/* sqlite3_sql() is the text up to the end of the first statement. */
	own = sqlite3_sql(st);
	at = sql + strlen(own);
	if (*at != '\0' && !query_is_one(s->db, at))
		return err_set(e, MU_EFORMAT,
		    "there is more than one statement");
	TRY(query_bind(st, params, n, e));
	return query_rows(s, st, row, cookie, e);
}

static bool
query_function(const char *name)
{
	size_t i;

	for (i = 0; i < MU_COUNT(query_functions); i++)
		if (sqlite3_stricmp(name, query_functions[i]) == 0)
			return true;
	return false;
}

/* Whether a SELECT may do this: read the register's own tables. */
static bool
query_may(int what, const char *table, const char *function)
{

	switch (what) {
	case SQLITE_SELECT:
		return true;
	case SQLITE_READ:
		return sqlite3_strnicmp(table, "sqlite_", 7) != 0;
	case SQLITE_FUNCTION:
		return query_function(function);
	default:
		return false;
	}
}

/*
 * sqlite3_set_authorizer: the answer, and in ${cookie} that there was a no,
 * since SQLite itself reports a refused function as a mistake like others.
 */
static int
query_allow(void *cookie, int what, const char *a, const char *b,
    const char *db, const char *via)
{
	bool *denied = cookie;

	(void)db;
	(void)via;
	if (query_may(what, a, b))
		return SQLITE_OK;
	*denied = true;
	return SQLITE_DENY;
}

static int
query_late(void *cookie)
{
	const int64_t *until_ms = cookie;

	return clock_mono_ms() > *until_ms;
}

static void
query_final(sqlite3_stmt **st)
{

	(void)sqlite3_finalize(*st);
}

static int
query_guarded(struct store *s, const char *sql,
    const struct store_param *params, size_t n, store_row *row, void *cookie,
    const bool *denied, struct err *e)
{
	__attribute__((cleanup(query_final))) sqlite3_stmt *st = NULL;
	const char *tail;
	int rc;

	rc = sqlite3_prepare_v2(s->db, sql, -1, &st, &tail);
	if (*denied)
		return err_set(e, MU_EDENIED,
		    "a check of your own may only read the register: %s",
		    sqlite3_errmsg(s->db));
	if (rc != SQLITE_OK)
		return db_fail(s, rc, e, "the statement");
	if (st == NULL || !query_is_one(s->db, tail))
		return err_set(e, MU_EFORMAT,
		    "there must be one statement, a SELECT");
	if (!sqlite3_stmt_readonly(st))
		return err_set(e, MU_EDENIED, "the statement writes");
	TRY(query_bind(st, params, n, e));
	return query_rows(s, st, row, cookie, e);
}

int
store_query_guarded(struct store *s, const char *sql,
    const struct store_param *params, size_t n, store_row *row, void *cookie,
    struct err *e)
{
	int64_t until_ms = clock_mono_ms() + QUERY_GUARD_MS;
	bool denied = false;
	int r;

	(void)sqlite3_set_authorizer(s->db, query_allow, &denied);
	sqlite3_progress_handler(s->db, QUERY_GUARD_OPS, query_late, &until_ms);
	r = query_guarded(s, sql, params, n, row, cookie, &denied, e);
	sqlite3_progress_handler(s->db, 0, NULL, NULL);
	(void)sqlite3_set_authorizer(s->db, NULL, NULL);
	return r;
}
