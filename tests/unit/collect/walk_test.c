#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include "../test.h"
#include "base/fd.h"
#include "collect/walk.h"

#define NOBODY 65534

/* What the walk said, a line each: "f path", "d path", "g path reason". */
struct seen {
	struct buf b;
	const char *vanish; /* unlinked when the walk begins */
	const char *swap;   /* and this made a FIFO */
	int stop;           /* files until file() fails; 0: never */
};

static char tree[64];

static void
say(struct seen *s, const char *what, struct str path)
{

	buf_addf(&s->b, "%s " STR_FMT "\n", what, STR_ARG(path));
}

static int
on_enter(void *cookie, struct str path, unsigned depth, struct err *e)
{
	struct seen *s = cookie;

	(void)e;
	(void)depth;
	say(s, "d", path);
	if (s->vanish != NULL && path.n == 0)
		assert_int_equal(unlink(s->vanish), 0);
	if (s->swap != NULL && path.n == 0) {
		assert_int_equal(unlink(s->swap), 0);
		assert_int_equal(mkfifo(s->swap, 0600), 0);
	}
	return MU_OK;
}

static int
on_file(void *cookie, struct str path, unsigned depth, int fd, struct err *e)
{
	struct seen *s = cookie;
	struct stat st;
	char c;

	(void)depth;
	assert_int_equal(fstat(fd, &st), 0);
	if (s->swap != NULL && str_eq(path, STR("swapped"))) {
		assert_true(S_ISFIFO(st.st_mode));
		assert_int_equal(read(fd, &c, 1), 0);
	} else {
		assert_true(S_ISREG(st.st_mode));
		assert_int_equal(read(fd, &c, 1), st.st_size > 0 ? 1 : 0);
	}
	say(s, "f", path);
	if (s->stop != 0 && --s->stop == 0)
		return err_set(e, MU_ECONFLICT, "enough");
	return MU_OK;
}

static int
on_gap(void *cookie, struct str path, unsigned depth, bool dir,
    enum gap_reason why, const char *text, struct err *e)
{
	struct seen *s = cookie;

	(void)text;
	(void)depth;
	(void)e;
	say(s, dir ? "gd" : "gf", path);
	s->b.n--;
	buf_addf(&s->b, " %s\n", word_of(&word_gap_reason, (int)why));
	return MU_OK;
}

static const struct walk_ops ops = { .enter = on_enter,
	.file = on_file,
	.gap = on_gap };

static int
walk(struct seen *s, const char *after)
{
	AUTO(mounts) struct mounts m = { 0 };
	AUTO(fd) int root = open(tree, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct walk_opts o = {
		.root = root, .after = str_from(after), .mounts = &m
	};

	assert_true(root >= 0);
	mounts_load(&m);
	buf_init(&s->b, 1 << 20);
	return walk_run(&o, &ops, s, NULL);
}

static const char *
at(const char *path)
{
	static char full[100];

	(void)snprintf(full, sizeof(full), "%s/%s", tree, path);
	return full;
}

static void
put(const char *path)
{

	assert_int_equal(fd_write_file(at(path), STR("x"), 0644, NULL), MU_OK);
}

static void
put_dir(const char *path)
{

	assert_int_equal(mkdir(at(path), 0755), 0);
}

static int
make_tree(void **state)
{

	(void)state;
	(void)snprintf(tree, sizeof(tree), "/tmp/muster-walk-XXXXXX");
	return mkdtemp(tree) == NULL ? -1 : 0;
}

static int
drop_tree(void **state)
{
	pid_t pid = fork();
	int st;

	(void)state;
	if (pid == 0) {
		(void)execlp("rm", "rm", "-rf", tree, (char *)NULL);
		_exit(1);
	}
	return waitpid(pid, &st, 0) == pid && st == 0 ? 0 : -1;
}

static void
walk__goes_by_the_bytes_of_names_and_opens_regular_files_alone(void **state)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	struct seen s = { 0 };
	int fd;

	(void)state;
	put("b");
	put("B");
	put_dir("a");
	put("a/z");
	put("a.txt");
	put_dir("empty");
	put("\xc3\xa4");
	put("\xff\xfe"); /* no UTF-8 */
	put("new\nline");
	assert_int_equal(mkfifo(at("fifo"), 0600), 0);
	assert_int_equal(symlink("/etc/passwd", at("link")), 0);
	assert_int_equal(symlink("..", at("a/up")), 0);
	assert_int_equal(symlink("loop", at("loop")), 0);
	(void)snprintf(sa.sun_path, sizeof(sa.sun_path), "%s", at("socket"));
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(fd, (void *)&sa, sizeof(sa)), 0);
	assert_int_equal(walk(&s, ""), MU_OK);
	assert_str(buf_str(&s.b), "d \nf B\nd a\nf a/z\nf a.txt\nf b\nd empty\n"
				  "f new\nline\nf \xc3\xa4\nf \xff\xfe\n");
	buf_free(&s.b);
	fd_close(fd);
}

/* Every path as the place to go on from: the two parts make the whole. */
static void
walk__can_begin_after_any_path(void **state)
{
	struct seen all = { 0 }, part = { 0 };
	struct str rest, line, want;

	(void)state;
	put_dir("a");
	put_dir("a/b");
	put("a/b/c");
	put("a/b/d");
	put("a.x");
	put("a/y");
	put_dir("a/b/e");
	put("a/b/e/f");
	put_dir("b");
	put("b/a");
	assert_int_equal(walk(&all, ""), MU_OK);
	rest = buf_str(&all.b);
	while (str_line(&rest, &line)) {
		char after[64];
		struct str r, l;

		if (line.p[0] != 'f')
			continue;
		(void)snprintf(after, sizeof(after), STR_FMT,
		    STR_ARG(str_skip(line, 2)));
		assert_int_equal(walk(&part, after), MU_OK);
		/* Directories on the way come again; files do not. */
		r = buf_str(&part.b);
		want = rest;
		while (str_line(&r, &l)) {
			struct str w;

			if (l.p[0] != 'f')
				continue;
			do
				assert_true(str_line(&want, &w));
			while (w.p[0] != 'f');
			if (!str_eq(l, w))
				fail_msg("after %s: " STR_FMT ", want " STR_FMT,
				    after, STR_ARG(l), STR_ARG(w));
		}
		while (str_line(&want, &l))
			assert_int_not_equal(l.p[0], 'f');
		buf_free(&part.b);
	}
	/* A directory as the place: all of it is passed over; one that is gone:
	 * what comes after its name. */
	assert_int_equal(walk(&part, "a"), MU_OK);
	assert_str(buf_str(&part.b), "d \nf a.x\nd b\nf b/a\n");
	buf_free(&part.b);
	assert_int_equal(walk(&part, "a/b/cc"), MU_OK);
	assert_str(buf_str(&part.b), "d \nd a\nd a/b\nf a/b/d\nd a/b/e\n"
				     "f a/b/e/f\nf a/y\nf a.x\nd b\nf b/a\n");
	buf_free(&part.b);
	buf_free(&all.b);
}

/* As a user without rights: what is closed is a gap, and the rest is read. */
static void
walk__says_what_it_may_not_read(void **state)
{
	struct seen s = { 0 };
	pid_t pid;
	int st;

	(void)state;
	put_dir("closed");
	put("closed/x");
	put("open");
	put("shut");
	assert_int_equal(chmod(tree, 0755), 0);
	assert_int_equal(chmod(at("closed"), 0), 0);
	assert_int_equal(chmod(at("shut"), 0), 0);
	pid = fork();
	if (pid == 0) {
		bool ok = geteuid() != 0 || setuid(NOBODY) == 0;

		ok = ok && walk(&s, "") == MU_OK &&
		     str_eq(buf_str(&s.b), STR("d \ngd closed denied\nf open\n"
					       "gf shut denied\n"));
		_exit(ok ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &st, 0), pid);
	assert_int_equal(st, 0);
	assert_int_equal(chmod(at("closed"), 0700), 0);
}

static void
walk__takes_what_vanishes_for_never_there(void **state)
{
	struct seen s = { 0 };
	char gone[128];

	(void)state;
	put("a");
	put("b");
	put("c");
	(void)snprintf(gone, sizeof(gone), "%s", at("b"));
	s.vanish = gone;
	assert_int_equal(walk(&s, ""), MU_OK);
	assert_str(buf_str(&s.b), "d \nf a\nf c\n");
	buf_free(&s.b);
}

/* A pipe where the directory had a file: opened without waiting. */
static void
walk__does_not_wait_for_what_took_a_files_place(void **state)
{
	struct seen s = { 0 };
	char path[100];

	(void)state;
	put("a");
	put("swapped");
	(void)snprintf(path, sizeof(path), "%s", at("swapped"));
	s.swap = path;
	assert_int_equal(walk(&s, ""), MU_OK);
	assert_str(buf_str(&s.b), "d \nf a\nf swapped\n");
	buf_free(&s.b);
}

static void
walk__bears_long_names_and_bounds_depth_and_path(void **state)
{
	char name[256];
	struct seen s = { 0 };
	size_t deep = 0;
	struct str rest, line;
	int fd, next, i, limits = 0;

	(void)state;
	memset(name, 'n', 255);
	name[255] = '\0';
	put(name + 5); /* put() makes a temporary name that is longer */
	fd = open(tree, O_RDONLY | O_DIRECTORY);
	for (i = 0; i < 20; i++) {
		assert_int_equal(mkdirat(fd, name, 0755), 0);
		next = openat(fd, name, O_RDONLY | O_DIRECTORY);
		fd_close(fd);
		fd = next;
	}
	fd_close(fd);
	fd = open(tree, O_RDONLY | O_DIRECTORY);
	for (i = 0; i < 300; i++) {
		assert_int_equal(mkdirat(fd, "d", 0755), 0);
		next = openat(fd, "d", O_RDONLY | O_DIRECTORY);
		fd_close(fd);
		fd = next;
	}
	fd_close(fd);
	assert_int_equal(walk(&s, ""), MU_OK);
	rest = buf_str(&s.b);
	while (str_line(&rest, &line)) {
		deep += str_starts(line, STR("d d"));
		limits += str_ends(line, STR(" limit"));
	}
	assert_int_equal(deep, WALK_DEPTH_MAX);
	assert_int_equal(limits, 2);
	buf_free(&s.b);
}

static void
walk__stops_when_its_taker_fails(void **state)
{
	struct seen s = { .stop = 2 };

	(void)state;
	put("a");
	put("b");
	put("c");
	assert_int_equal(walk(&s, ""), MU_ECONFLICT);
	assert_str(buf_str(&s.b), "d \nf a\nf b\n");
	buf_free(&s.b);
}

/* In a mount namespace of its own: proc, tmpfs and a bind loop. */
static int
mounted(void)
{
	struct seen s = { 0 };
	bool ok;

	put_dir("m");
	put_dir("p");
	put_dir("t");
	put("x");
	if (unshare(CLONE_NEWNS) < 0 ||
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount("proc", at("p"), "proc", 0, NULL) < 0 ||
	    mount("tmpfs", at("t"), "tmpfs", 0, "size=1m") < 0 ||
	    mount(tree, at("m"), NULL, MS_BIND, NULL) < 0)
		return 77;
	put("t/y");
	ok = walk(&s, "") == MU_OK &&
	     str_eq(buf_str(&s.b), STR("d \nd t\nf t/y\nf x\n"));
	if (!ok)
		(void)fprintf(stderr, STR_FMT, STR_ARG(buf_str(&s.b)));
	return ok ? 0 : 1;
}

static void
walk__passes_over_kernel_mounts_and_bind_loops(void **state)
{
	pid_t pid;
	int st;

	(void)state;
	pid = fork();
	if (pid == 0)
		_exit(mounted());
	assert_int_equal(waitpid(pid, &st, 0), pid);
	if (WIFEXITED(st) && WEXITSTATUS(st) == 77)
		skip();
	assert_int_equal(st, 0);
}

#define WALK_TEST(name) \
	cmocka_unit_test_setup_teardown(name, make_tree, drop_tree)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WALK_TEST(
		    walk__goes_by_the_bytes_of_names_and_opens_regular_files_alone),
		WALK_TEST(walk__can_begin_after_any_path),
		WALK_TEST(walk__says_what_it_may_not_read),
		WALK_TEST(walk__takes_what_vanishes_for_never_there),
		WALK_TEST(walk__does_not_wait_for_what_took_a_files_place),
		WALK_TEST(walk__bears_long_names_and_bounds_depth_and_path),
		WALK_TEST(walk__stops_when_its_taker_fails),
		WALK_TEST(walk__passes_over_kernel_mounts_and_bind_loops),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
