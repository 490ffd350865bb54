#include "store/store.h"

#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/ingest.h"
#include "store/migrate.h"

#define STORE_PATH_MAX 4096

void
store_close(struct store *s)
{

	if (s == NULL)
		return;
	store_abort(s);
	db_close(s);
	buf_free(&s->path);
	mem_free(s);
}

/* The file is made here, so that it is nobody else's from its first byte. */
static int
store_make(const char *path, struct err *e)
{
	AUTO(fd) int fd = -1;

	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
	if (fd >= 0)
		return MU_OK;
	if (errno == EROFS)
		return err_set(e, MU_EDENIED,
		    "%s: the file system is read-only", path);
	return err_sys(e, errno, "%s", path);
}

/* Refuse what is not there or no file with words of the system's own. */
static int
store_look(const char *path, struct err *e)
{
	AUTO(fd) int fd = -1;
	struct stat st;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0 || fstat(fd, &st) < 0)
		return err_sys(e, errno, "%s", path);
	if (!S_ISREG(st.st_mode))
		return err_set(e, MU_EFORMAT, "%s: this is no register", path);
	return MU_OK;
}

static int
store_connect(struct store *s, const char *name, int flags, struct err *e)
{
	int rc;

	/* Neither a lock nor a count of memory at every turn: the engine has
	 * one thread. Both are refused, rightly, once SQLite is in use. */
	(void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	rc = sqlite3_open_v2(name, &s->db,
	    flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
	if (rc != SQLITE_OK)
		return db_fail(s, rc, e, s->path.p);
	(void)sqlite3_busy_timeout(s->db, DB_BUSY_MS);
	(void)sqlite3_limit(s->db, SQLITE_LIMIT_LENGTH, DB_LENGTH_MAX);
	(void)sqlite3_limit(s->db, SQLITE_LIMIT_ATTACHED, 0);
	(void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	(void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	(void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	(void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	return db_exec(s,
	    "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
	    "PRAGMA cache_size = -16000",
	    e);
}

/* "file:" and the path with what a URI would misread as %NN. */
static void
store_uri(struct buf *b, const char *path)
{
	size_t i;

	buf_adds(b, "file:");
	for (i = 0; path[i] != '\0'; i++)
		if (strchr("%?#", path[i]) != NULL)
			buf_addf(b, "%%%02x", (unsigned char)path[i]);
		else
			buf_addc(b, path[i]);
	buf_adds(b, "?immutable=1");
	buf_addc(b, '\0');
}

/*
 * A register on a medium that cannot be written has no place for the shared
 * memory of the log. Where no log is left beside it, it can be read without.
 */
static int
store_read_frozen(struct store *s, struct err *e)
{
	AUTO(buf) struct buf b;
	struct err ignored;
	struct stat st;
	int64_t version;

	buf_init(&b, 4 * STORE_PATH_MAX);
	buf_addf(&b, "%s-wal", s->path.p);
	buf_addc(&b, '\0');
	if (stat(b.p, &st) == 0 && st.st_size != 0)
		return (int)e->code;
	buf_reset(&b);
	store_uri(&b, s->path.p);
	db_close(s);
	TRY(store_connect(s, b.p, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
	    &ignored));
	return migrate_check(s, &version, e);
}

static int
store_open_read(struct store *s, struct err *e)
{
	int64_t version;
	int r;

	TRY(store_look(s->path.p, e));
	r = store_connect(s, s->path.p, SQLITE_OPEN_READONLY, e);
	if (r >= 0)
		r = migrate_check(s, &version, e);
	if (r == MU_EDENIED)
		r = store_read_frozen(s, e);
	if (r < 0)
		return r;
	TRY(migrate_check(s, &version, e));
	if (version == migrate_latest())
		return MU_OK;
	if (version == 0)
		return err_set(e, MU_ENOTFOUND,
		    "%s: the register is empty: nothing was audited yet",
		    s->path.p);
	return err_set(e, MU_ECONFLICT,
	    "%s: the register has version %lld: `muster audit` brings it to "
	    "%lld",
	    s->path.p, (long long)version, (long long)migrate_latest());
}

static int
store_open_write(struct store *s, struct err *e)
{
	int64_t version;

	TRY(store_make(s->path.p, e));
	TRY(store_look(s->path.p, e));
	TRY(store_connect(s, s->path.p, SQLITE_OPEN_READWRITE, e));
	TRY(migrate_check(s, &version, e));
	if (sqlite3_db_readonly(s->db, "main") == 1)
		return err_set(e, MU_EDENIED, "%s: the register is read-only",
		    s->path.p);
	TRY(db_exec(s,
	    "PRAGMA journal_mode = WAL;"
	    "PRAGMA synchronous = NORMAL",
	    e));
	return migrate_run(s, e);
}

static int
store_open_as(struct store *s, enum store_mode mode, struct err *e)
{

	switch (mode) {
	case STORE_READ:
		return store_open_read(s, e);
	case STORE_WRITE:
		return store_open_write(s, e);
	case STORE_MEMORY:
		TRY(store_connect(s,
		    ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, e));
		return migrate_run(s, e);
	}
	return err_set(e, MU_EBUG, "no mode %d", (int)mode);
}

int
store_open(const char *path, enum store_mode mode, struct store **out,
    struct err *e)
{
	AUTO(store) struct store *s = mem_new(1, sizeof(*s));
	struct err own;

	if (e == NULL)
		e = &own;
	buf_init(&s->path, STORE_PATH_MAX);
	buf_adds(&s->path, mode == STORE_MEMORY ? "the register" : path);
	buf_addc(&s->path, '\0');
	TRY(buf_check(&s->path, "the path of the register", e));
	TRY(store_open_as(s, mode, e));
	*out = TAKE(s);
	return MU_OK;
}

int
store_change(struct store *s, struct err *e)
{

	MU_ASSERT(!s->writing);
	TRY(db_exec(s, "BEGIN IMMEDIATE", e));
	s->writing = true;
	db_forget_ids(s);
	return MU_OK;
}

int
store_commit(struct store *s, struct err *e)
{
	int r;

	MU_ASSERT(s->writing);
	r = db_exec(s, "COMMIT", e);
	if (r < 0)
		store_abort(s);
	s->writing = false;
	return r;
}

void
store_abort(struct store *s)
{

	ingest_free(s->ingest);
	s->ingest = NULL;
	if (!s->writing)
		return;
	s->writing = false;
	db_rollback(s);
}

int
store_begin(struct store *s, struct err *e)
{

	TRY(store_change(s, e));
	s->ingest = ingest_new(s);
	return MU_OK;
}

struct sink *
store_sink(struct store *s)
{

	return ingest_sink(s->ingest);
}

int
store_end(struct store *s, struct store_delta *delta, struct err *e)
{
	int r;

	r = ingest_end(s->ingest, delta, e);
	if (r >= 0)
		r = store_commit(s, e);
	store_abort(s);
	return r;
}

int
store_new_id(struct store *s, const char *table, int64_t *id, struct err *e)
{
	int i;

	for (i = 0; i < DB_TABLES; i++)
		if (str_eq(str_from(table),
			str_from(db_table_name((enum db_table)i))))
			return db_next(s, (enum db_table)i, id, e);
	return err_set(e, MU_EFORMAT, "no table '%s' hands out ids", table);
}
