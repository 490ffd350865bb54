/*
 * A disk that is full and a disk that is read-only: a tmpfs in a mount
 * namespace of a child. Without the right to make one the tests are skipped.
 */

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include "base/fd.h"
#include "feed.h"

#define SKIPPED 77

static char dir[] = "/tmp/muster-disk-XXXXXX";
static char path[64];

/* A small disk at ${dir}, seen by this process alone. */
static void
small_disk(const char *size)
{
	char opts[64];

	(void)snprintf(opts, sizeof(opts), "mode=0700,size=%s", size);
	if (unshare(CLONE_NEWNS) < 0 &&
	    unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0)
		_exit(SKIPPED);
	if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount("none", dir, "tmpfs", 0, opts) < 0)
		_exit(SKIPPED);
}

#define WANT(c)                                                             \
	do {                                                                \
		if (!(c)) {                                                 \
			(void)fprintf(stderr, "%d: %s: %s\n", __LINE__, #c, \
			    e.text);                                        \
			_exit(1);                                           \
		}                                                           \
	} while (0)

static int64_t
count(struct store *s)
{
	AUTO(buf) struct buf b;
	struct err e = { 0 };
	int64_t n = -1;

	buf_init(&b, 100);
	WANT(store_query(s, "SELECT count(*) FROM identities", NULL, 0,
		 feed_row, &b, &e) == MU_OK);
	WANT(str_i64(str_trim(buf_str(&b)), 0, INT64_MAX, &n));
	return n;
}

static int
stream(struct store *s, const char *run, size_t n, struct err *e)
{
	AUTO(buf) struct buf b;
	struct store_delta d;
	size_t i;

	buf_init(&b, 1 << 26);
	buf_adds(&b, run);
	for (i = 0; i < n; i++)
		buf_addf(&b, IDENT("key number %zu", "token", ""), i);
	buf_adds(&b, END);
	buf_addc(&b, '\0');
	TRY(store_begin(s, e));
	TRY(feed_lines(s, b.p, e));
	return store_end(s, &d, e);
}

/* It is full in the middle of a run: the run is not there, the rest is. */
static void
child_full(void)
{
	AUTO(store) struct store *s = NULL;
	struct err e = { 0 };

	small_disk("2m");
	WANT(store_open(path, STORE_WRITE, &s, &e) == MU_OK);
	WANT(stream(s, RUN("1", "1000") HOST, 10, &e) == MU_OK);
	WANT(stream(s, RUN("2", "2000") HOST, 100000, &e) == MU_ESYSTEM);
	WANT(strstr(e.text, "full") != NULL);
	store_abort(s);
	WANT(count(s) == 10);
	store_close(TAKE(s));
	WANT(store_open(path, STORE_WRITE, &s, &e) == MU_OK);
	WANT(count(s) == 10);
	WANT(stream(s, RUN("3", "3000") HOST, 12, &e) == MU_OK);
	WANT(count(s) == 12);
}

/* It is full before there is a register. */
static void
child_no_room(void)
{
	AUTO(store) struct store *s = NULL;
	AUTO(fd) int fd = -1;
	static const char zero[4096];
	struct err e = { 0 };

	small_disk("128k");
	fd = open(path, O_RDWR | O_CREAT, 0600);
	fd_close(fd);
	(void)snprintf(path, sizeof(path), "%s/ballast", dir);
	fd = open(path, O_RDWR | O_CREAT, 0600);
	while (write(fd, zero, sizeof(zero)) > 0)
		;
	(void)snprintf(path, sizeof(path), "%s/register.db", dir);
	WANT(store_open(path, STORE_WRITE, &s, &e) == MU_ESYSTEM);
	WANT(strstr(e.text, path) != NULL);
}

/* It became read-only: what is there is read, nothing is written. */
static void
child_read_only(void)
{
	AUTO(store) struct store *s = NULL;
	struct err e = { 0 };

	small_disk("2m");
	WANT(store_open(path, STORE_WRITE, &s, &e) == MU_OK);
	WANT(stream(s, RUN("1", "1000") HOST, 10, &e) == MU_OK);
	store_close(TAKE(s));
	WANT(mount("none", dir, NULL, MS_REMOUNT | MS_RDONLY, NULL) == 0);
	WANT(store_open(path, STORE_READ, &s, &e) == MU_OK);
	WANT(count(s) == 10);
	store_close(TAKE(s));
	WANT(store_open(path, STORE_WRITE, &s, &e) == MU_EDENIED);
	WANT(strstr(e.text, "read-only") != NULL);
	(void)snprintf(path, sizeof(path), "%s/other.db", dir);
	WANT(store_open(path, STORE_WRITE, &s, &e) == MU_EDENIED);
}

/* A file without the write bit, to one who is not root. */
static void
child_no_right(void)
{
	AUTO(store) struct store *s = NULL;
	struct err e = { 0 };

	WANT(store_open(path, STORE_WRITE, &s, &e) == MU_OK);
	WANT(stream(s, RUN("1", "1000") HOST, 10, &e) == MU_OK);
	store_close(TAKE(s));
	if (getuid() == 0 &&
	    (chown(dir, 65534, 65534) < 0 || chown(path, 65534, 65534) < 0 ||
		setgid(65534) < 0 || setuid(65534) < 0))
		_exit(SKIPPED);
	WANT(chmod(path, 0400) == 0);
	WANT(store_open(path, STORE_WRITE, &s, &e) == MU_EDENIED);
	WANT(store_open(path, STORE_READ, &s, &e) == MU_OK);
	WANT(count(s) == 10);
	store_close(TAKE(s));
	WANT(chmod(path, 0) == 0);
	WANT(store_open(path, STORE_READ, &s, &e) == MU_EDENIED);
	WANT(chmod(path, 0600) == 0);
	WANT(chmod(dir, 0500) == 0);
	WANT(store_open(path, STORE_READ, &s, &e) == MU_OK);
	WANT(count(s) == 10);
	WANT(chmod(dir, 0700) == 0);
}

static void
in_child(void (*body)(void))
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		body();
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFEXITED(status) && WEXITSTATUS(status) == SKIPPED) {
		print_message("skipped: no right to make a file system\n");
		skip();
	}
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void
store__keeps_what_was_when_the_disk_fills_up(void **state)
{

	(void)state;
	in_child(child_full);
}

static void
store_open__says_that_there_is_no_room(void **state)
{

	(void)state;
	in_child(child_no_room);
}

static void
store_open__reads_a_disk_that_cannot_be_written(void **state)
{

	(void)state;
	in_child(child_read_only);
}

static void
store_open__tells_reading_from_writing(void **state)
{

	(void)state;
	in_child(child_no_right);
}

static int
setup(void **state)
{

	(void)state;
	if (mkdtemp(dir) == NULL)
		return -1;
	(void)snprintf(path, sizeof(path), "%s/register.db", dir);
	return 0;
}

static int
teardown(void **state)
{
	pid_t pid = fork();

	(void)state;
	if (pid == 0) {
		execlp("rm", "rm", "-rf", dir, (char *)NULL);
		_exit(127);
	}
	return waitpid(pid, NULL, 0) != pid;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(store__keeps_what_was_when_the_disk_fills_up),
		TEST(store_open__says_that_there_is_no_room),
		TEST(store_open__reads_a_disk_that_cannot_be_written),
		TEST(store_open__tells_reading_from_writing),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
