#include <sys/mman.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>

#include "../test.h"
#include "collect/collect.h"
#include "collect/crashtest.h"
#include "collect/sandbox.h"
#include "tree.h"

struct lines {
	struct sink sink;
	struct buf b;
	int64_t fail_at;  /* the record that is refused; 0: none */
	bool kill_reader; /* after the asset came */
	bool killed;
	const char *places;
};

/* The child of this process that reads, from /proc. */
static pid_t
reader_pid(void)
{
	AUTO(buf) struct buf b;
	char path[64];
	int64_t pid;
	struct str text, word;

	buf_init(&b, 4096);
	(void)snprintf(path, sizeof(path), "/proc/self/task/%d/children",
	    (int)getpid());
	assert_int_equal(fd_read_file(AT_FDCWD, path, &b, NULL), MU_OK);
	text = buf_str(&b);
	assert_true(str_word(&text, &word));
	assert_true(str_i64(word, 1, INT32_MAX, &pid));
	return (pid_t)pid;
}

static int
put(struct sink *sink, const struct rec *r, struct err *e)
{
	struct lines *l = (struct lines *)(void *)sink;
	const struct timespec nap = { 0, 500000000 };

	if (l->fail_at != 0 && --l->fail_at == 0)
		return err_set(e, MU_ECONFLICT, "the store is shut");
	rec_write(&l->b, r);
	if (l->kill_reader && !l->killed && r->type == REC_GAP) {
		l->killed = true;
		/* The reader is at the loop by now. */
		assert_int_equal(nanosleep(&nap, NULL), 0);
		assert_int_equal(kill(reader_pid(), SIGKILL), 0);
	}
	return MU_OK;
}

static int
run(struct lines *l, struct err *e)
{
	const struct collect_opts o = { .root = tree,
		.places_dir = l->places,
		.readers = l->kill_reader ? 1 : 3,
		.fp_key = STR(TREE_KEY),
		.fp_key_id = STR("test"),
		.ephemeral = true,
		.now_s = 1700000000 };

	buf_free(&l->b);
	buf_init(&l->b, 1 << 24);
	for (size_t i = 0; i < REC_TYPES; i++)
		l->sink.counts[i] = 0;
	l->sink.put = put;
	return collect_run(&o, &l->sink, e);
}

static size_t
count(const struct lines *l, const char *what)
{
	struct str rest = buf_str(&l->b);
	size_t at, n = 0;

	while ((at = str_find(rest, str_from(what))) != SIZE_MAX) {
		n++;
		rest = str_skip(rest, at + 1);
	}
	return n;
}

#define assert_has(l, what)                                   \
	do {                                                  \
		if (count((l), (what)) != 1)                  \
			fail_msg("%zu times %s in\n" STR_FMT, \
			    count((l), (what)), (what),       \
			    STR_ARG(buf_str(&(l)->b)));       \
	} while (0)

static void
collect_run__tells_the_host_first_and_ends_with_coverage(void **state)
{
	struct lines l = { .fail_at = 0 };
	struct err e;

	(void)state;
	assert_ok(run(&l, &e), &e);
	assert_true(str_starts(buf_str(&l.b),
	    STR("{\"type\":\"run\",\"schema\":\"muster.observation/1\"")));
	assert_has(&l, "\"type\":\"asset\",\"key\":\"host:");
	assert_has(&l, "\"name\":\"treetop\"");
	assert_has(&l, ":ada\"");
	assert_has(&l, "\"type\":\"coverage\",\"place\":\"os.passwd\"");
	assert_has(&l, "\"type\":\"end\"");
	assert_int_equal(count(&l, "\"type\":\"gap\""), 0);
	assert_int_equal(l.sink.counts[REC_END], 1);
	buf_free(&l.b);
}

/* Everything but the run's own id is the same again. */
static void
collect_run__says_the_same_of_the_same(void **state)
{
	struct lines a = { .fail_at = 0 }, b = { .fail_at = 0 };
	struct str x, y, first;
	struct err e;

	(void)state;
	tree_put("home/ada/.ssh/authorized_keys", STR("junk\n"));
	tree_put("srv/crash", STR("MUSTER-CRASH-TEST abort\n"));
	assert_ok(run(&a, &e), &e);
	assert_ok(run(&b, &e), &e);
	x = buf_str(&a.b);
	y = buf_str(&b.b);
	assert_true(str_line(&x, &first) && str_line(&y, &first));
	assert_true(x.n > 100);
	if (!str_eq(x, y))
		fail_msg(STR_FMT "\nand\n" STR_FMT, STR_ARG(x), STR_ARG(y));
	buf_free(&a.b);
	buf_free(&b.b);
}

/* A decoder that dies costs its own file, and no more. */
static void
costs_one_gap(const char *what, const char *reason)
{
	struct lines l = { .fail_at = 0 };
	char text[64], want[128];
	struct err e;

	(void)snprintf(text, sizeof(text), "MUSTER-CRASH-TEST %s\n", what);
	tree_put("etc/a-crash", str_from(text));
	tree_put("srv/z-after", STR("MUSTER-CRASH-TEST nothing\n"));
	assert_ok(run(&l, &e), &e);
	(void)snprintf(want, sizeof(want),
	    "\"locator\":\"etc/a-crash\",\"reason\":\"%s\"", reason);
	assert_has(&l, want);
	assert_int_equal(count(&l, "etc/a-crash"), 1);
	assert_int_equal(l.sink.counts[REC_GAP], 2);
	assert_has(&l, "srv/z-after");
	assert_has(&l, ":ada\"");
	assert_has(&l, "\"place\":\"test.crash\",\"asset\":\"host:");
	assert_has(&l, "\"type\":\"run\"");
	assert_has(&l, "\"type\":\"asset\"");
	assert_has(&l, "\"type\":\"end\"");
	buf_free(&l.b);
}

static void
collect_run__bears_a_decoder_that_faults(void **state)
{

	(void)state;
	costs_one_gap("segv", "crashed");
}

static void
collect_run__bears_a_decoder_that_aborts(void **state)
{

	(void)state;
	costs_one_gap("abort", "crashed");
}

static void
collect_run__bears_a_decoder_that_never_ends(void **state)
{

	(void)state;
	costs_one_gap("loop", "timeout");
}

static void
collect_run__bears_a_decoder_that_eats_all_memory(void **state)
{

	(void)state;
#if defined(MUSTER_SANDBOX_WIDE)
	skip();
#else
	costs_one_gap("oom", "crashed");
#endif
}

static void
collect_run__bears_a_reader_that_is_killed_half_way(void **state)
{
	struct lines l = { .kill_reader = true };
	char path[64];
	struct err e;
	int i;

	(void)state;
	/* Gaps, so that the sink knows that the reader is at work; a loop, so
	 * that it is still there. */
	tree_put("b/first", STR("MUSTER-CRASH-TEST nothing\n"));
	tree_put("b/loop", STR("MUSTER-CRASH-TEST loop\n"));
	for (i = 0; i < 50; i++) {
		(void)snprintf(path, sizeof(path), "c/%02d", i);
		tree_put(path, STR("MUSTER-CRASH-TEST nothing\n"));
	}
	assert_ok(run(&l, &e), &e);
	assert_true(l.killed);
	assert_has(&l, "\"locator\":\"b/loop\",\"reason\":\"crashed\"");
	for (i = 0; i < 50; i++) {
		(void)snprintf(path, sizeof(path), "\"c/%02d\"", i);
		assert_has(&l, path);
	}
	assert_has(&l, "Killed");
	assert_has(&l, "\"type\":\"end\"");
	buf_free(&l.b);
}

/* From inside the reader: everything that is not reading fails. */
static void
collect_run__has_a_reader_that_can_only_read(void **state)
{
	static const struct {
		const char *what, *want;
	} t[] = {
		{ "open-write", "refused: open-write, 1" },
		{ "create", "refused: create, 1" },
		{ "socket", "\"reason\":\"crashed\"" },
		{ "exec", "\"reason\":\"crashed\"" },
		{ "fork", "\"reason\":\"crashed\"" },
		{ "ptrace", "\"reason\":\"crashed\"" },
#if !defined(MUSTER_SANDBOX_WIDE)
		{ "kill", "refused: kill, 1" },
		{ "code", "refused: code, 1" },
		{ "alloc", "refused: alloc, 12" },
		{ "sleep", "refused: sleep, 1" },
#endif
	};
	struct lines l = { .fail_at = 0 };
	char text[64];
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		(void)snprintf(text, sizeof(text), "MUSTER-CRASH-TEST %s\n",
		    t[i].what);
		tree_put("etc/probe", str_from(text));
		assert_ok(run(&l, &e), &e);
		assert_int_equal(count(&l, "HOLE"), 0);
		assert_has(&l, t[i].want);
		assert_has(&l, "\"locator\":\"etc/probe\"");
		assert_has(&l, "\"type\":\"end\"");
	}
	assert_int_equal(access("/tmp/muster-sandbox-hole", F_OK), -1);
	buf_free(&l.b);
}

/* What the parent shares with the world, a register's index, is not there. */
static void
collect_run__has_a_reader_that_shares_no_memory(void **state)
{
	struct lines l = { .fail_at = 0 };
	char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct err e;

	(void)state;
	assert_true(page != MAP_FAILED);
	crashtest_page = page;
	tree_put("etc/probe", STR("MUSTER-CRASH-TEST shared\n"));
	assert_ok(run(&l, &e), &e);
	assert_has(&l, "\"locator\":\"etc/probe\",\"reason\":\"crashed\"");
	assert_int_equal(page[0], 0);
	assert_int_equal(munmap(page, 4096), 0);
	buf_free(&l.b);
}

/* Landlock alone: seccomp lets a file be opened for reading. */
static void
collect_run__has_a_reader_that_reads_below_the_root_alone(void **state)
{
	struct lines l = { .fail_at = 0 };
	struct err e;

	(void)state;
	if (sandbox_abi() == 0)
		skip();
	tree_put("etc/probe", STR("MUSTER-CRASH-TEST outside\n"));
	assert_ok(run(&l, &e), &e);
	assert_has(&l, "refused: outside, 13");
	assert_int_equal(count(&l, "HOLE"), 0);
	buf_free(&l.b);
}

/* Neither here nor where the reader was: a crash leaves nothing behind. */
static void
collect_run__leaves_no_core_of_a_reader(void **state)
{
	struct lines l = { .fail_at = 0 };
	char here[512];
	struct dirent *d;
	struct err e;
	DIR *dir;

	(void)state;
	assert_non_null(getcwd(here, sizeof(here)));
	assert_int_equal(chdir(tree), 0);
	tree_put("etc/crash", STR("MUSTER-CRASH-TEST segv\n"));
	assert_ok(run(&l, &e), &e);
	assert_int_equal(chdir(here), 0);
	dir = opendir(tree);
	while ((d = readdir(dir)) != NULL)
		assert_false(str_starts(str_from(d->d_name), STR("core")));
	(void)closedir(dir);
	/* The kernel says in the status whether a core was written. */
	assert_has(&l, "the reader died: Segmentation fault\"");
	buf_free(&l.b);
}

static void
collect_run__stops_when_the_sink_refuses(void **state)
{
	struct lines l = { .fail_at = 3 };
	struct err e;

	(void)state;
	assert_int_equal(run(&l, &e), MU_ECONFLICT);
	assert_string_equal(e.text, "the store is shut");
	/* No reader is left behind. */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	buf_free(&l.b);
}

static void
collect_run__names_a_root_that_is_not_there(void **state)
{
	struct collect_opts o = { .root = "/nonexistent/root",
		.fp_key = STR(TREE_KEY) };
	struct lines l = { .sink = { .put = put } };
	struct err e;

	(void)state;
	assert_int_equal(collect_run(&o, &l.sink, &e), MU_ENOTFOUND);
	assert_non_null(strstr(e.text, "/nonexistent/root"));
	o.root = "/etc/passwd";
	assert_int_equal(collect_run(&o, &l.sink, &e), MU_ENOTFOUND);
}

static void
collect_run__reads_a_file_as_path_and_content_say(void **state)
{
	static const char key[] =
	    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHRlc3QtdGVzdC10ZXN0LXRlc3Qt"
	    "dGVzdC10ZXN0LXRl ada@treetop\n";
	struct lines l = { .fail_at = 0 };
	struct err e;

	(void)state;
	tree_put("home/ada/.ssh/authorized_keys", STR(key));
	tree_put("srv/backup/no-telling-name", STR(key));
	assert_ok(run(&l, &e), &e);
	assert_has(&l, "\"role\":\"authorized\"");
	assert_has(&l, "\"role\":\"public\"");
	assert_true(count(&l, "\"place\":\"ssh.authorized_keys\",\"locator\":"
			      "\"home/ada/.ssh/authorized_keys") > 0);
	assert_int_equal(count(&l, "\"place\":\"ssh.public_key\",\"locator\":"
				   "\"home/ada"),
	    0);
	assert_has(&l, "\"place\":\"ssh.public_key\",\"locator\":"
		       "\"srv/backup/no-telling-name");
	buf_free(&l.b);
}

static void
collect_run__looks_where_sshd_says_that_keys_lie(void **state)
{
	static const char key[] =
	    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHRlc3QtdGVzdC10ZXN0LXRlc3Qt"
	    "dGVzdC10ZXN0LXRl ada@treetop\n";
	struct lines l = { .fail_at = 0 };
	struct err e;

	(void)state;
	tree_put("etc/ssh/sshd_config",
	    STR("AuthorizedKeysFile /keys/%u\nInclude sshd_config.d/*.conf\n"
		"Match User grace\nInclude /srv/ssh/more\n"));
	tree_put("srv/ssh/more", STR("AuthorizedKeysFile /more/%u\n"));
	tree_put("more/grace", STR(key));
	tree_put("etc/ssh/sshd_config.d/x.conf",
	    STR("Match User ada\nAuthorizedKeysFile .config/keys\n"));
	tree_put("etc/ssh/sshd_config.d/not-read",
	    STR("AuthorizedKeysFile /other/%u\n"));
	tree_put("keys/ada", STR(key));
	tree_put("home/ada/.config/keys", STR(key));
	tree_put("other/ada", STR(key));
	assert_ok(run(&l, &e), &e);
	assert_int_equal(count(&l, "\"role\":\"authorized\""), 3);
	assert_true(count(&l, "\"locator\":\"more/grace:1\"") > 0);
	assert_true(count(&l, "\"locator\":\"keys/ada:1\"") > 0);
	assert_true(count(&l, "\"locator\":\"home/ada/.config/keys:1\"") > 0);
	buf_free(&l.b);
}

static void
collect_run__reads_a_users_own_places(void **state)
{
	static const char own[] =
	    "id: our.keys\nrow: X\ntitle: Ours\nsees: Our keys\n"
	    "files: [srv/logins/*]\nrights: any\ndecoder: authorized_keys\n";
	char dir[128];
	struct lines l = { .places = dir };
	struct err e;

	(void)state;
	tree_put("srv/logins/ada", STR("junk\n"));
	tree_put("places.d/our.yaml", STR(own));
	(void)snprintf(dir, sizeof(dir), "%s/places.d", tree);
	assert_ok(run(&l, &e), &e);
	assert_has(&l, "\"place\":\"our.keys\",\"asset\":\"host:"
		       "43f3ce78a1c32709\",\"state\":\"");
	assert_true(count(&l, "\"locator\":\"srv/logins/ada") > 0);
	/* An id that is taken, and then a file that is broken. */
	tree_put("places.d/our.yaml",
	    STR("id: os.passwd\nrow: X\ntitle: T\nsees: S\nfiles: [x]\n"
		"rights: any\ndecoder: passwd\n"));
	assert_int_equal(run(&l, &e), MU_EFORMAT);
	assert_non_null(strstr(e.text, "os.passwd"));
	tree_put("places.d/our.yaml", STR("id: our\n"));
	assert_int_equal(run(&l, &e), MU_EFORMAT);
	assert_non_null(strstr(e.text, "our.yaml:1"));
	buf_free(&l.b);
}

/* As somebody who may read half of it: the rest is named. */
static void
collect_run__lists_what_a_plain_user_cannot_read(void **state)
{
	struct lines l = { .fail_at = 0 };
	struct err e;
	pid_t pid;
	int st;

	(void)state;
	tree_put("home/ada/.ssh/authorized_keys", STR("junk\n"));
	tree_put("etc/shadow", STR("root:*:1::::::\n"));
	assert_int_equal(chmod(tree_at("home/ada/.ssh"), 0), 0);
	assert_int_equal(chmod(tree_at("etc/shadow"), 0), 0);
	pid = fork();
	if (pid == 0) {
		if (geteuid() == 0 && setuid(65534) < 0)
			_exit(9);
		if (run(&l, &e) < 0)
			_exit(8);
		_exit(count(&l, "\"locator\":\"home/ada/.ssh\",\"reason\":"
				"\"denied\"") == 1 &&
			      count(&l,
				  "\"place\":\"os.shadow\",\"locator\":"
				  "\"etc/shadow\",\"reason\":\"denied\"") ==
				  1 &&
			      count(&l, "\"place\":\"ssh.authorized_keys\","
					"\"asset\":\"host:43f3ce78a1c32709\","
					"\"state\":\"partly\"") == 1 &&
			      count(&l, "\"place\":\"os.shadow\","
					"\"asset\":\"host:43f3ce78a1c32709\","
					"\"state\":\"unread\"") == 1 &&
			      count(&l, "\"place\":\"os.passwd\","
					"\"asset\":\"host:43f3ce78a1c32709\","
					"\"state\":\"read\"") == 1 ?
			  0 :
			  7);
	}
	assert_int_equal(waitpid(pid, &st, 0), pid);
	assert_int_equal(st, 0);
	assert_int_equal(chmod(tree_at("home/ada/.ssh"), 0700), 0);
}

/* Each death has its own gap, and none keeps the next file from its turn. */
static void
collect_run__bears_many_deaths(void **state)
{
	struct lines l = { .fail_at = 0 };
	char path[64];
	struct err e;
	int i;

	(void)state;
	for (i = 0; i < 20; i++) {
		(void)snprintf(path, sizeof(path), "srv/%02d-crash", i);
		tree_put(path, STR("MUSTER-CRASH-TEST abort\n"));
		(void)snprintf(path, sizeof(path), "srv/%02d-fine", i);
		tree_put(path, STR("MUSTER-CRASH-TEST nothing\n"));
	}
	assert_ok(run(&l, &e), &e);
	assert_int_equal(count(&l, "\"reason\":\"crashed\""), 20);
	assert_int_equal(count(&l, "refused: nothing"), 20);
	assert_has(&l, "\"place\":\"test.crash\",\"asset\":\"host:"
		       "43f3ce78a1c32709\",\"state\":\"partly\",\"files\":"
		       "20,\"gaps\":40");
	assert_has(&l, "\"type\":\"end\"");
	buf_free(&l.b);
}

/* Names that are no text reach the output as text. */
static void
collect_run__says_names_that_are_no_utf8(void **state)
{
	struct lines l = { .fail_at = 0 };
	struct err e;

	(void)state;
	tree_put("srv/\xff\xfe-crash", STR("MUSTER-CRASH-TEST abort\n"));
	tree_put("srv/\xff-new\nline", STR("MUSTER-CRASH-TEST nothing\n"));
	assert_ok(run(&l, &e), &e);
	assert_true(str_utf8(buf_str(&l.b)));
	assert_has(&l, "\xef\xbf\xbd\xef\xbf\xbd-crash\"");
	assert_has(&l, "\xef\xbf\xbd-new\\nline\"");
	assert_has(&l, "\"type\":\"end\"");
	buf_free(&l.b);
}

/* A reader without its parent has nobody to read for. */
static void
collect_run__takes_its_reader_along_when_it_dies(void **state)
{
	struct lines l = { .fail_at = 0 };
	struct timespec nap = { 1, 0 };
	AUTO(buf) struct buf b;
	int64_t pid = 0;
	char path[64];
	pid_t parent;
	struct str text, word;
	struct err e;

	(void)state;
	tree_put("srv/loop", STR("MUSTER-CRASH-TEST loop\n"));
	parent = fork();
	if (parent == 0)
		_exit(run(&l, &e) < 0);
	assert_int_equal(nanosleep(&nap, NULL), 0);
	buf_init(&b, 4096);
	(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/children",
	    (int)parent, (int)parent);
	assert_int_equal(fd_read_file(AT_FDCWD, path, &b, NULL), MU_OK);
	text = buf_str(&b);
	assert_true(str_word(&text, &word));
	assert_true(str_i64(word, 1, INT32_MAX, &pid));
	assert_int_equal(kill(parent, SIGKILL), 0);
	assert_int_equal(waitpid(parent, NULL, 0), parent);
	assert_int_equal(nanosleep(&nap, NULL), 0);
	/* Gone, or waiting for init to look. */
	(void)snprintf(path, sizeof(path), "/proc/%d/cmdline", (int)pid);
	buf_reset(&b);
	if (fd_read_file(AT_FDCWD, path, &b, NULL) == MU_OK)
		assert_int_equal(b.n, 0);
}

/* A sample is nobody's: what is broken in it hides nothing. */
static void
collect_run__makes_no_gap_of_a_broken_sample(void **state)
{
	struct lines l = { .fail_at = 0 };
	AUTO(buf) struct buf broken;
	char path[1024];
	struct err e;

	(void)state;
	buf_init(&broken, 65536);
	(void)snprintf(path, sizeof(path), "%s/tests/cases/pem/truncated.pem",
	    getenv("SRCDIR"));
	assert_ok(fd_read_file(AT_FDCWD, path, &broken, &e), &e);
	tree_put("usr/share/doc/x/examples/broken.pem", buf_str(&broken));
	assert_ok(run(&l, &e), &e);
	assert_int_equal(l.sink.counts[REC_GAP], 0);
	tree_put("etc/ssl/broken.pem", buf_str(&broken));
	assert_ok(run(&l, &e), &e);
	assert_int_equal(l.sink.counts[REC_GAP], 1);
	assert_has(&l, "\"locator\":\"etc/ssl/broken.pem#1\"");
	buf_free(&l.b);
}

/* More than the head, sparse and huge: bounded work, and a gap. */
static void
collect_run__looks_at_the_ends_of_a_huge_file(void **state)
{
	struct lines l = { .fail_at = 0 };
	struct err e;
	int fd;

	(void)state;
	tree_put("srv/huge", STR("MUSTER-CRASH-TEST nothing\n"));
	fd = open(tree_at("srv/huge"), O_WRONLY);
	assert_int_equal(ftruncate(fd, (off_t)1 << 40), 0);
	fd_close(fd);
	tree_put("srv/hole", STR(""));
	fd = open(tree_at("srv/hole"), O_WRONLY);
	assert_int_equal(ftruncate(fd, (off_t)1 << 40), 0);
	fd_close(fd);
	assert_ok(run(&l, &e), &e);
	assert_has(&l, "\"locator\":\"srv/huge\",\"reason\":\"limit\"");
	assert_int_equal(count(&l, "srv/hole"), 0);
	buf_free(&l.b);
}

#define READER_TEST(name) \
	cmocka_unit_test_setup_teardown(name, tree_make, tree_drop)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		READER_TEST(collect_run__has_a_reader_that_shares_no_memory),
		READER_TEST(
		    collect_run__tells_the_host_first_and_ends_with_coverage),
		READER_TEST(collect_run__says_the_same_of_the_same),
		READER_TEST(collect_run__bears_a_decoder_that_faults),
		READER_TEST(collect_run__bears_a_decoder_that_aborts),
		READER_TEST(collect_run__bears_a_decoder_that_never_ends),
		READER_TEST(collect_run__bears_a_decoder_that_eats_all_memory),
		READER_TEST(
		    collect_run__bears_a_reader_that_is_killed_half_way),
		READER_TEST(collect_run__has_a_reader_that_can_only_read),
		READER_TEST(
		    collect_run__has_a_reader_that_reads_below_the_root_alone),
		READER_TEST(collect_run__leaves_no_core_of_a_reader),
		READER_TEST(collect_run__stops_when_the_sink_refuses),
		READER_TEST(collect_run__names_a_root_that_is_not_there),
		READER_TEST(collect_run__reads_a_file_as_path_and_content_say),
		READER_TEST(collect_run__looks_where_sshd_says_that_keys_lie),
		READER_TEST(collect_run__reads_a_users_own_places),
		READER_TEST(collect_run__lists_what_a_plain_user_cannot_read),
		READER_TEST(collect_run__bears_many_deaths),
		READER_TEST(collect_run__says_names_that_are_no_utf8),
		READER_TEST(collect_run__takes_its_reader_along_when_it_dies),
		READER_TEST(collect_run__makes_no_gap_of_a_broken_sample),
		READER_TEST(collect_run__looks_at_the_ends_of_a_huge_file),
	};

	/* Meson takes 77 for skipped: the breaking decoder is not built in. */
	if (crashtest_list[0] == NULL)
		return 77;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
