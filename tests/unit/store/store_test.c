#include <sys/stat.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/fd.h"
#include "feed.h"

static char dir[] = "/tmp/muster-store-XXXXXX";

static const char *
at(const char *name)
{
	static char path[128];

	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static int
opens(const char *name, enum store_mode mode, struct err *e)
{
	AUTO(store) struct store *s = NULL;

	return store_open(at(name), mode, &s, e);
}

static void
write_file(const char *name, struct str bytes)
{
	struct err e = { 0 };

	assert_ok(fd_write_file(at(name), bytes, 0600, &e), &e);
}

static void
store_open__makes_a_file_that_is_its_owners_alone(void **state)
{
	struct err e = { 0 };
	struct stat st;
	mode_t old = umask(0);

	(void)state;
	assert_ok(opens("new", STORE_WRITE, &e), &e);
	(void)umask(old);
	assert_int_equal(stat(at("new"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_ok(opens("new", STORE_READ, &e), &e);
	assert_ok(opens("new", STORE_WRITE, &e), &e);
}

static void
store_open__keeps_the_log_as_closed_as_the_file(void **state)
{
	AUTO(store) struct store *s = NULL;
	struct err e = { 0 };
	struct stat st;

	(void)state;
	assert_ok(store_open(at("wal"), STORE_WRITE, &s, &e), &e);
	(void)feed(s, RUN("1", "1000") HOST END);
	assert_int_equal(stat(at("wal-wal"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	feed_want(s, "PRAGMA journal_mode", "wal\n");
	feed_want(s, "PRAGMA synchronous", "1\n");
	feed_want(s, "PRAGMA trusted_schema", "0\n");
	feed_want(s, "SELECT value FROM meta WHERE key = 'version'", "2\n");
}

static void
store_open__says_what_is_wrong(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_int_equal(opens("absent", STORE_READ, &e), MU_ENOTFOUND);
	assert_int_equal(opens("no/dir", STORE_WRITE, &e), MU_ENOTFOUND);
	write_file("prose", STR("This is a letter, and a rather long one.\n"
				"It has two lines, and no tables at all.\n"));
	assert_int_equal(opens("prose", STORE_READ, &e), MU_EFORMAT);
	assert_non_null(strstr(e.text, "this is no register"));
	assert_non_null(strstr(e.text, "prose"));
	assert_int_equal(opens("prose", STORE_WRITE, &e), MU_EFORMAT);
	write_file("empty", STR(""));
	assert_int_equal(opens("empty", STORE_READ, &e), MU_ENOTFOUND);
	assert_int_equal(opens(".", STORE_WRITE, &e), MU_ESYSTEM);
	assert_int_equal(opens(".", STORE_READ, &e), MU_EFORMAT);
	assert_int_equal(mkfifo(at("fifo"), 0600), 0);
	assert_int_equal(opens("fifo", STORE_READ, &e), MU_EFORMAT);
}

/* Another program's database: ours without our mark. */
static void
store_open__refuses_the_database_of_another_program(void **state)
{
	AUTO(store) struct store *s = NULL;
	struct err e = { 0 };

	(void)state;
	assert_ok(store_open(at("other"), STORE_WRITE, &s, &e), &e);
	feed_want(s, "PRAGMA application_id = 7", "");
	store_close(TAKE(s));
	assert_int_equal(opens("other", STORE_WRITE, &e), MU_EFORMAT);
	assert_non_null(strstr(e.text, "another program"));
	assert_int_equal(opens("other", STORE_READ, &e), MU_EFORMAT);
}

static void
store_open__refuses_a_newer_register(void **state)
{
	AUTO(store) struct store *s = NULL;
	struct err e = { 0 };

	(void)state;
	assert_ok(store_open(at("newer"), STORE_WRITE, &s, &e), &e);
	feed_want(s, "UPDATE meta SET value = '999' WHERE key = 'version'", "");
	store_close(TAKE(s));
	assert_int_equal(opens("newer", STORE_WRITE, &e), MU_ECONFLICT);
	assert_non_null(strstr(e.text, "upgrade muster"));
	assert_int_equal(opens("newer", STORE_READ, &e), MU_ECONFLICT);
}

/* As version 1 was: what it holds stays, what it lacks is not known. */
static void
store_open__brings_an_older_register_up(void **state)
{
	AUTO(store) struct store *s = NULL;
	struct err e = { 0 };

	(void)state;
	assert_ok(store_open(at("older"), STORE_WRITE, &s, &e), &e);
	(void)feed(s, RUN("1", "1000") HOST
	    "{\"type\":\"coverage\",\"place\":\"os.passwd\",\"asset\":"
	    "\"host:a\",\"state\":\"read\",\"files\":3,\"gaps\":0}\n" END);
	feed_want(s, "ALTER TABLE coverage DROP COLUMN counted", "");
	feed_want(s, "UPDATE meta SET value = '1' WHERE key = 'version'", "");
	store_close(TAKE(s));
	assert_int_equal(opens("older", STORE_READ, &e), MU_ECONFLICT);
	assert_ok(store_open(at("older"), STORE_WRITE, &s, &e), &e);
	feed_want(s, "SELECT value FROM meta WHERE key = 'version'", "2\n");
	feed_want(s, "SELECT files, counted IS NULL FROM coverage", "3|1\n");
}

static void
store_open__sees_damage(void **state)
{
	AUTO(store) struct store *s = NULL;
	char junk[8192];
	struct err e = { 0 };
	struct stat st;
	int fd;

	(void)state;
	assert_ok(store_open(at("torn"), STORE_WRITE, &s, &e), &e);
	(void)feed(s, RUN("1", "1000") HOST END);
	store_close(TAKE(s));
	memset(junk, 0x5a, sizeof(junk));
	fd = open(at("torn"), O_RDWR);
	assert_int_equal(fstat(fd, &st), 0);
	/* All but the head of the file is no page any more. */
	for (off_t o = 100; o < st.st_size; o += (off_t)sizeof(junk))
		assert_true(pwrite(fd, junk, sizeof(junk), o) > 0);
	fd_close(fd);
	assert_int_equal(opens("torn", STORE_WRITE, &e), MU_EFORMAT);
	assert_non_null(strstr(e.text, "damaged"));
}

static void
store_begin__rolls_back_what_is_aborted(void **state)
{
	AUTO(store) struct store *s = NULL;
	struct err e = { 0 };

	(void)state;
	assert_ok(store_open(at("abort"), STORE_WRITE, &s, &e), &e);
	assert_ok(store_begin(s, &e), &e);
	assert_ok(feed_lines(s, RUN("1", "1000") HOST IDENT("a", "token", ""),
		      &e),
	    &e);
	store_abort(s);
	store_abort(s);
	feed_want(s,
	    "SELECT (SELECT count(*) FROM runs), "
	    "(SELECT count(*) FROM identities)",
	    "0|0\n");
	(void)feed(s, RUN("1", "1000") HOST IDENT("a", "token", "") END);
	feed_want(s, "SELECT id, key FROM identities", "1|a\n");
}

static void
store_begin__gives_way_to_another_writer(void **state)
{
	AUTO(store) struct store *a = NULL;
	AUTO(store) struct store *b = NULL;
	struct err e = { 0 };

	(void)state;
	assert_ok(store_open(at("two"), STORE_WRITE, &a, &e), &e);
	assert_ok(store_open(at("two"), STORE_WRITE, &b, &e), &e);
	assert_ok(store_begin(a, &e), &e);
	assert_int_equal(store_begin(b, &e), MU_ERETRY);
	assert_non_null(strstr(e.text, "another process is writing"));
	/* A reader does not wait. */
	feed_want(b, "SELECT count(*) FROM runs", "0\n");
	store_abort(a);
	(void)feed(b, RUN("1", "1000") HOST IDENT("a", "token", "") END);
	/* Ids are asked for anew: the other one has written meanwhile. */
	(void)feed(a, RUN("2", "2000") HOST IDENT("b", "token", "") END);
	(void)feed(b, RUN("3", "3000") HOST IDENT("c", "token", "") END);
	feed_want(a, "SELECT id, key FROM identities ORDER BY id",
	    "1|a\n2|b\n3|c\n");
}

/* Write without end in a child, and kill it in the middle. */
static void
killed_writer(const char *path, int ready)
{
	AUTO(buf) struct buf b;
	struct store *s = NULL;
	struct err e = { 0 };
	int i;

	buf_init(&b, 1 << 20);
	MU_ASSERT(store_open(path, STORE_WRITE, &s, &e) == MU_OK);
	MU_ASSERT(store_begin(s, &e) == MU_OK);
	MU_ASSERT(feed_lines(s, RUN("9", "9000") HOST, &e) == MU_OK);
	for (i = 0;; i++) {
		buf_reset(&b);
		buf_addf(&b, IDENT("k%d", "token", ""), i);
		buf_addc(&b, '\0');
		MU_ASSERT(feed_lines(s, b.p, &e) == MU_OK);
		/* By now pages have left the cache for the log. */
		if (i == 100000)
			MU_ASSERT(write(ready, "x", 1) == 1);
	}
}

static void
store__survives_a_writer_killed_half_way(void **state)
{
	AUTO(store) struct store *s = NULL;
	struct err e = { 0 };
	int pipe_fd[2], status;
	char one;
	pid_t pid;

	(void)state;
	assert_ok(store_open(at("kill"), STORE_WRITE, &s, &e), &e);
	(void)feed(s, RUN("1", "1000") HOST IDENT("a", "token", "") END);
	store_close(TAKE(s));
	assert_int_equal(pipe(pipe_fd), 0);
	pid = fork();
	if (pid == 0) {
		killed_writer(at("kill"), pipe_fd[1]);
		_exit(0);
	}
	fd_close(pipe_fd[1]);
	assert_int_equal(read(pipe_fd[0], &one, 1), 1);
	fd_close(pipe_fd[0]);
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_ok(store_open(at("kill"), STORE_WRITE, &s, &e), &e);
	feed_want(s, "PRAGMA integrity_check", "ok\n");
	feed_want(s, "SELECT key FROM identities", "a\n");
	feed_want(s, "SELECT count(*) FROM runs", "1\n");
	(void)feed(s, RUN("2", "2000") HOST IDENT("b", "token", "") END);
	feed_want(s, "SELECT count(*) FROM identities", "2\n");
}

static void
store_query__binds_by_name_and_minds_its_statement(void **state)
{
	static const struct store_param p[] = {
		{ "word", { STORE_TEXT, 0, { "a'b", 3 } } },
		{ "n", { STORE_INT, 7, { NULL, 0 } } },
		{ "unused", { STORE_INT, 8, { NULL, 0 } } },
	};
	AUTO(store) struct store *s = feed_store();
	AUTO(buf) struct buf b;
	struct err e = { 0 };

	(void)state;
	buf_init(&b, 1000);
	assert_ok(store_query(s, "SELECT :n, :word, NULL, :n + 1; -- ok", p, 3,
		      feed_row, &b, &e),
	    &e);
	assert_str(buf_str(&b), "7|a'b|-|8\n");
	assert_int_equal(store_query(s, "SELECT :other", p, 3, feed_row, &b,
			     &e),
	    MU_EFORMAT);
	assert_non_null(strstr(e.text, ":other"));
	assert_int_equal(store_query(s, "SELECT 1; SELECT 2", p, 3, feed_row,
			     &b, &e),
	    MU_EFORMAT);
	assert_int_equal(store_query(s, "SELEKT", p, 3, feed_row, &b, &e),
	    MU_EFORMAT);
	assert_int_equal(store_query(s, "", p, 3, feed_row, &b, &e),
	    MU_EFORMAT);
}

static void
store_query_guarded__reads_the_register_and_nothing_else(void **state)
{
	static const struct {
		const char *sql;
		int want;
	} t[] = {
		{ "SELECT id, count(*) FROM identities GROUP BY id", MU_OK },
		{ "SELECT coalesce(max(i.name), lower('A')) FROM "
		  "live_identities i",
		    MU_OK },
		{ "SELECT :now", MU_OK },
		{ "DELETE FROM identities", MU_EDENIED },
		{ "UPDATE identities SET name = 'x'", MU_EDENIED },
		{ "INSERT INTO meta VALUES ('a', 'b')", MU_EDENIED },
		{ "DROP TABLE identities", MU_EDENIED },
		{ "CREATE TEMP TABLE t (a)", MU_EDENIED },
		{ "ATTACH '/tmp/x.db' AS x", MU_EDENIED },
		{ "PRAGMA writable_schema = 1", MU_EDENIED },
		{ "BEGIN", MU_EDENIED },
		{ "SELECT load_extension('/tmp/x.so')", MU_EDENIED },
		{ "SELECT randomblob(1000000)", MU_EDENIED },
		{ "SELECT sql FROM sqlite_master", MU_EDENIED },
		{ "SELECT 1; DELETE FROM identities", MU_EFORMAT },
		{ "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
		  "FROM n) SELECT count(*) FROM n",
		    MU_EDENIED },
		{ "SELECT nothing FROM identities", MU_EFORMAT },
		{ "", MU_EFORMAT },
	};
	static const struct store_param now = { "now",
		{ STORE_INT, 1, { NULL, 0 } } };
	AUTO(store) struct store *s = feed_store();
	struct err e = { 0 };
	size_t i;

	(void)state;
	(void)feed(s, RUN("1", "1000") HOST IDENT("a", "token", "") END);
	for (i = 0; i < MU_COUNT(t); i++)
		if (store_query_guarded(s, t[i].sql, &now, 1, NULL, NULL, &e) !=
		    t[i].want)
			fail_msg("%s: %s", t[i].sql, e.text);
	/* The fence is down again for the program's own statements. */
	feed_want(s, "DELETE FROM identities", "");
	feed_want(s, "SELECT count(*) FROM identities", "0\n");
}

static void
store_query_guarded__has_one_second(void **state)
{
	AUTO(store) struct store *s = feed_store();
	AUTO(buf) struct buf b;
	struct err e = { 0 };
	int64_t from_ms;
	int i;

	(void)state;
	buf_init(&b, 1 << 20);
	buf_adds(&b, RUN("1", "1000") HOST);
	for (i = 0; i < 2000; i++)
		buf_addf(&b, IDENT("k%d", "token", ""), i);
	buf_adds(&b, END);
	buf_addc(&b, '\0');
	(void)feed(s, b.p);
	from_ms = clock_mono_ms();
	assert_int_equal(store_query_guarded(s,
			     "SELECT count(*) FROM identities a, identities b, "
			     "identities c "
			     "WHERE a.name <> b.key AND c.key <> b.name",
			     NULL, 0, NULL, NULL, &e),
	    MU_ELIMIT);
	assert_non_null(strstr(e.text, "more than a second"));
	assert_in_range(clock_mono_ms() - from_ms, 900, 60000);
	feed_want(s, "SELECT count(*) FROM identities", "2000\n");
}

static void
store_new_id__never_gives_one_twice(void **state)
{
	AUTO(store) struct store *s = feed_store();
	struct err e = { 0 };
	int64_t id = 0;

	(void)state;
	assert_ok(store_change(s, &e), &e);
	assert_ok(store_new_id(s, "findings", &id, &e), &e);
	assert_int_equal(id, 1);
	assert_ok(store_new_id(s, "findings", &id, &e), &e);
	assert_int_equal(id, 2);
	assert_int_equal(store_new_id(s, "meta", &id, &e), MU_EFORMAT);
	feed_want(s, "INSERT INTO meta VALUES ('x', 'y')", "");
	assert_ok(store_commit(s, &e), &e);
	assert_ok(store_change(s, &e), &e);
	feed_want(s, "DELETE FROM meta WHERE key = 'x'", "");
	store_abort(s);
	feed_want(s, "SELECT value FROM meta WHERE key = 'x'", "y\n");
}

static int
setup(void **state)
{

	(void)state;
	return mkdtemp(dir) == NULL;
}

static int
teardown(void **state)
{
	pid_t pid = fork();

	(void)state;
	if (pid == 0) {
		execlp("rm", "rm", "-r", dir, (char *)NULL);
		_exit(127);
	}
	return waitpid(pid, NULL, 0) != pid;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(store_open__makes_a_file_that_is_its_owners_alone),
		TEST(store_open__keeps_the_log_as_closed_as_the_file),
		TEST(store_open__says_what_is_wrong),
		TEST(store_open__refuses_the_database_of_another_program),
		TEST(store_open__refuses_a_newer_register),
		TEST(store_open__brings_an_older_register_up),
		TEST(store_open__sees_damage),
		TEST(store_begin__rolls_back_what_is_aborted),
		TEST(store_begin__gives_way_to_another_writer),
		TEST(store__survives_a_writer_killed_half_way),
		TEST(store_query__binds_by_name_and_minds_its_statement),
		TEST(store_query_guarded__reads_the_register_and_nothing_else),
		TEST(store_query_guarded__has_one_second),
		TEST(store_new_id__never_gives_one_twice),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
