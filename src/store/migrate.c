#include "store/migrate.h"

#include "base/embed.h"

/* Written by tools/embed.py: migrations/001.sql and on, in order. */
extern const struct embed_file store_migrations[];

int64_t
migrate_latest(void)
{
	int64_t n = 0;

	while (store_migrations[n].name != NULL)
		n++;
	return n;
}

static int
migrate_version(struct store *s, int64_t *version, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;

	TRY(db_stmt(s, "SELECT value FROM meta WHERE key = 'version'", &st, e));
	if (db_step(s, st, e) != 1 ||
	    !str_i64(db_get_str(st, 0), 1, INT32_MAX, version))
		return err_set(e, MU_EFORMAT,
		    "%s: the register does not say its version", s->path.p);
	return MU_OK;
}

int
migrate_check(struct store *s, int64_t *version, struct err *e)
{
	int64_t app, tables;

	TRY(db_one(s, "PRAGMA application_id", NULL, 0, &app, e));
	TRY(db_one(s, "SELECT count(*) FROM sqlite_master", NULL, 0, &tables,
	    e));
	*version = 0;
	if (tables == 0 && app == 0)
		return MU_OK;
	if (app != MIGRATE_APP_ID)
		return err_set(e, MU_EFORMAT,
		    "%s: this is a database of another program, no register",
		    s->path.p);
	TRY(migrate_version(s, version, e));
	if (*version > migrate_latest())
		return err_set(e, MU_ECONFLICT,
		    "%s: the register has version %lld and this program knows "
		    "%lld: upgrade muster",
		    s->path.p, (long long)*version,
		    (long long)migrate_latest());
	return MU_OK;
}

/* What stands after the text of each migration, in its transaction. */
static int
migrate_mark(struct store *s, int64_t version, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;
	char sql[64], text[24];

	(void)snprintf(sql, sizeof(sql), "PRAGMA application_id = %d",
	    MIGRATE_APP_ID);
	TRY(db_exec(s, sql, e));
	(void)snprintf(text, sizeof(text), "%lld", (long long)version);
	TRY(db_stmt(s,
	    "INSERT INTO meta (key, value) VALUES ('version', ?) "
	    "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
	    &st, e));
	db_text(st, 1, str_from(text));
	return db_run(s, st, e);
}

/*
 * The text runs on SQLite as it stands. A key named INTEGER, though, is the
 * row's own number there, and spares an index at every insert and a step at
 * every look: the same answers, in two thirds of the time.
 */
static int
migrate_text(struct store *s, const struct embed_file *file, struct err *e)
{
	const struct str portable = STR("id bigint NOT NULL PRIMARY KEY");
	struct str text = str_of(file->text, file->n);
	AUTO(buf) struct buf b;
	size_t at;

	buf_init(&b, 2 * file->n + 1);
	while ((at = str_find(text, portable)) != SIZE_MAX) {
		buf_add(&b, str_head(text, at));
		buf_adds(&b, "id INTEGER PRIMARY KEY");
		text = str_skip(text, at + portable.n);
	}
	buf_add(&b, text);
	buf_addc(&b, '\0');
	TRY(buf_check(&b, "a migration", e));
	return db_exec(s, b.p, e);
}

/* The next migration, where one is missing: 1 when it ran, 0 when all have. */
static int
migrate_next(struct store *s, struct err *e)
{
	int64_t version;

	TRY(migrate_check(s, &version, e));
	if (version == migrate_latest())
		return 0;
	if (migrate_text(s, &store_migrations[version], e) < 0)
		return err_wrap(e, "migration %s",
		    store_migrations[version].name);
	TRY(migrate_mark(s, version + 1, e));
	return 1;
}

int
migrate_run(struct store *s, struct err *e)
{
	int64_t version;
	int r;

	TRY(migrate_check(s, &version, e));
	if (version == migrate_latest())
		return MU_OK;
	do {
		/* Another process may be at it: look again when it is ours. */
		TRY(db_exec(s, "BEGIN IMMEDIATE", e));
		r = migrate_next(s, e);
		if (r >= 0 && db_exec(s, "COMMIT", e) < 0)
			r = e != NULL ? (int)e->code : MU_ESYSTEM;
		if (r < 0)
			db_rollback(s);
	} while (r > 0);
	return r;
}
