#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>

#include "../test.h"
#include "collect/collect.h"
#include "collect/crashtest.h"
#include "tree.h"

#define NOBODY 65534

struct lines {
	struct sink sink;
	struct buf b;
	bool kill;    /* all readers, when the first record of "k" comes */
	int nap_each; /* records; 0: never */
	int records;
};

/* Send SIGKILL to every child of this process. */
static void
kill_readers(void)
{
	AUTO(buf) struct buf b = { 0 };
	struct str text, word;
	char path[64];
	int64_t pid;

	buf_init(&b, 4096);
	(void)snprintf(path, sizeof(path), "/proc/self/task/%d/children",
	    (int)getpid());
	assert_int_equal(fd_read_file(AT_FDCWD, path, &b, NULL), MU_OK);
	text = buf_str(&b);
	while (str_word(&text, &word)) {
		assert_true(str_i64(word, 1, INT32_MAX, &pid));
		assert_int_equal(kill((pid_t)pid, SIGKILL), 0);
	}
}

static int
put(struct sink *sink, const struct rec *r, struct err *e)
{
	struct lines *l = (struct lines *)(void *)sink;

	(void)e;
	if (l->nap_each != 0 && ++l->records % l->nap_each == 0)
		(void)usleep(20000);
	if (r->type == REC_RUN)
		return MU_OK;
	if (l->kill && r->type == REC_GAP &&
	    str_starts(r->gap.locator, STR("k/"))) {
		l->kill = false;
		kill_readers();
	}
	rec_write(&l->b, r);
	return MU_OK;
}

static void
run(struct lines *l, unsigned readers)
{
	const struct collect_opts o = { .root = tree,
		.fp_key = STR(TREE_KEY),
		.fp_key_id = STR("test"),
		.readers = readers,
		.now_s = 1700000000 };
	struct err e;

	l->sink = (struct sink){ .put = put };
	buf_init(&l->b, 1 << 26);
	assert_ok(collect_run(&o, &l->sink, &e), &e);
	assert_int_equal(l->sink.counts[REC_END], 1);
}

/* The streams of one reader and of ${n} are the same bytes. */
static void
alike(const struct lines *one, const struct lines *many, unsigned n)
{
	struct str x = buf_str(&one->b), y = buf_str(&many->b), a, b;

	while (!str_eq(x, y)) {
		a = b = STR_NONE;
		(void)str_line(&x, &a);
		(void)str_line(&y, &b);
		if (!str_eq(a, b))
			fail_msg("one reader: " STR_FMT "\n%u: " STR_FMT,
			    STR_ARG(a), n, STR_ARG(b));
	}
}

static void
all_alike(int times)
{
	struct lines one = { .kill = false }, many = { .kill = false };
	unsigned n;
	int i;

	run(&one, 1);
	for (i = 0; i < times; i++)
		for (n = 2; n <= COLLECT_CREW_MAX + 1; n++) {
			run(&many, n);
			alike(&one, &many, n);
			buf_free(&many.b);
		}
	assert_true(one.b.n > 1000);
	buf_free(&one.b);
}

/* Directories in directories, ${depth} deep, each with files that speak. */
static void
grow(const char *at, int depth)
{
	static const char *const names[] = { "a", "a.b", "a-b", "ab", "\xff",
		"n\nl" };
	char path[512];
	size_t i;

	for (i = 0; i < MU_COUNT(names); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", at, names[i]);
		if (i % 2 == 1 || depth == 0)
			tree_put(path, STR("MUSTER-CRASH-TEST nothing\n"));
		else
			grow(path, depth - 1);
		(void)snprintf(path, sizeof(path), "%s/%s~", at, names[i]);
		tree_put(path, STR("MUSTER-CRASH-TEST nothing\n"));
	}
}

static void
crew__says_what_one_reader_says(void **state)
{

	(void)state;
	grow("srv", 3);
	grow("srv/a/only/one/below/the/other", 1);
	all_alike(5);
}

/* A death in the midst of a directory, and several. */
static void
crew__says_the_same_of_deaths(void **state)
{

	(void)state;
	grow("srv", 2);
	tree_put("srv/a/a-b/crash", STR("MUSTER-CRASH-TEST abort\n"));
	tree_put("srv/a/a-b/crash.2", STR("MUSTER-CRASH-TEST abort\n"));
	tree_put("srv/a/crash/crash", STR("MUSTER-CRASH-TEST segv\n"));
	tree_put("srv/a/crash/fine", STR("MUSTER-CRASH-TEST nothing\n"));
	tree_put("srv/a-b/a-b/crash", STR("MUSTER-CRASH-TEST abort\n"));
	tree_put("srv/zz", STR("MUSTER-CRASH-TEST abort\n"));
	all_alike(5);
}

/* What may not be read is a gap once, and covers the same places. */
static void
crew__says_the_same_without_rights(void **state)
{
	pid_t pid;
	int st;

	(void)state;
	grow("srv", 1);
	grow("home/ada", 1);
	tree_put("home/ada/.ssh/authorized_keys", STR("junk\n"));
	tree_put("etc/shadow", STR("root:*:1::::::\n"));
	assert_int_equal(chmod(tree_at("home/ada/.ssh"), 0), 0);
	assert_int_equal(chmod(tree_at("srv/a"), 0), 0);
	assert_int_equal(chmod(tree_at("srv/a-b/ab"), 0), 0);
	assert_int_equal(chmod(tree_at("etc/shadow"), 0), 0);
	pid = fork();
	if (pid == 0) {
		if (geteuid() == 0 && setuid(NOBODY) < 0)
			_exit(9);
		all_alike(5);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &st, 0), pid);
	assert_int_equal(st, 0);
	assert_int_equal(chmod(tree_at("home/ada/.ssh"), 0700), 0);
	assert_int_equal(chmod(tree_at("srv/a"), 0700), 0);
}

/* More than pipes hold, to a sink that is slow: who is ahead waits. */
static void
crew__waits_where_nobody_takes_the_records(void **state)
{
	struct lines one = { .nap_each = 4000 }, two = { .nap_each = 4000 };
	AUTO(buf) struct buf b = { 0 };
	char path[64];
	int i;

	(void)state;
	buf_init(&b, 1 << 22);
	for (i = 0; i < 500; i++)
		buf_addf(&b,
		    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHRlc3QtdGVzdC10ZXN0L"
		    "XRlc3QtdGVzdC10ZXN0%04d\n",
		    i);
	tree_put("etc/ssh/sshd_config",
	    STR("AuthorizedKeysFile /srv/%u/keys\n"));
	for (i = 0; i < 30; i++) {
		(void)snprintf(path, sizeof(path), "srv/%02d/keys", i);
		tree_put(path, buf_str(&b));
	}
	run(&one, 1);
	run(&two, 2);
	/* Beyond what two pipes and their buffers hold. */
	assert_true(one.b.n > 10000000);
	alike(&one, &two, 2);
	buf_free(&one.b);
	buf_free(&two.b);
}

/* All killed at once: the rest is read all the same, and no file twice. */
static void
crew__bears_the_death_of_all(void **state)
{
	struct lines l = { .kill = true };
	struct str rest, line;
	char path[64], want[80];
	int i, said, died, deaths = 0;

	(void)state;
	for (i = 0; i < 200; i++) {
		(void)snprintf(path, sizeof(path), "k/%03d/x", i);
		tree_put(path, STR("MUSTER-CRASH-TEST nothing\n"));
	}
	run(&l, 3);
	assert_false(l.kill);
	for (i = 0; i < 200; i++) {
		(void)snprintf(want, sizeof(want), "\"locator\":\"k/%03d", i);
		said = died = 0;
		rest = buf_str(&l.b);
		while (str_line(&rest, &line)) {
			if (str_find(line, str_from(want)) == SIZE_MAX)
				continue;
			if (str_find(line, STR("crashed")) != SIZE_MAX)
				died++;
			else
				said++;
		}
		/* It may die of a file of which all is said. */
		if (said > 1 || died > 1 || said + died == 0)
			fail_msg("%s said %d, died %d", want, said, died);
		deaths += died;
	}
	assert_true(deaths <= 3);
	buf_free(&l.b);
}

static void
crew__leaves_no_reader_behind(void **state)
{
	struct lines l = { .kill = false };

	(void)state;
	grow("srv", 1);
	run(&l, 4);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	buf_free(&l.b);
}

#define CREW_TEST(name) \
	cmocka_unit_test_setup_teardown(name, tree_make, tree_drop)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CREW_TEST(crew__says_what_one_reader_says),
		CREW_TEST(crew__says_the_same_of_deaths),
		CREW_TEST(crew__says_the_same_without_rights),
		CREW_TEST(crew__waits_where_nobody_takes_the_records),
		CREW_TEST(crew__bears_the_death_of_all),
		CREW_TEST(crew__leaves_no_reader_behind),
	};

	/* Meson takes 77 for skipped: the breaking decoder is not built in. */
	if (crashtest_list[0] == NULL)
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
