/*
 * The witness's sandbox from inside, on the build that runs this test; one that
 * is killed; and what a census of this very process says.
 */

#include "collect/witness.h"

#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "../test.h"
#include "base/clock.h"
#include "base/fd.h"
#include "collect/asker.h"
#include "collect/hearing.h"
#include "collect/sandbox.h"

/* What each does: 0 where the sandbox let it, else its errno. */
static int
said(long r)
{

	return r >= 0 ? 0 : errno;
}

static int
try_read_proc(void)
{

	return said(openat(AT_FDCWD, "/proc/self/status", O_RDONLY)) == 0 ||
		       said(openat(AT_FDCWD, "/self/status", O_RDONLY)) == 0 ?
		   0 :
		   EPERM;
}

static int
try_read_file(void)
{

	return said(openat(AT_FDCWD, "/etc/passwd", O_RDONLY));
}

static int
try_write(void)
{

	return said(openat(AT_FDCWD, "/self/comm", O_WRONLY));
}

static int
try_create(void)
{

	return said(openat(AT_FDCWD, "/tmp/muster-witness-hole",
	    O_RDWR | O_CREAT, 0600));
}

static int
try_exec(void)
{
	char *const argv[] = { NULL };

	return said(syscall(SYS_execve, "/bin/true", argv, argv));
}

static int
try_unix(void)
{

	return said(socket(AF_UNIX, SOCK_STREAM, 0));
}

static int
try_inet(void)
{

	return said(socket(AF_INET, SOCK_STREAM, 0));
}

static int
try_fork(void)
{

	return said(fork());
}

static int
try_ptrace(void)
{

	return said(syscall(SYS_ptrace, 16, getppid(), 0, 0));
}

static int
try_kill(void)
{

	return said(kill(getppid(), 0));
}

static int
try_code(void)
{

	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED ?
		   0 :
		   errno;
}

/* Another address than loopback, with a socket that was made before. */
static int
reach(struct asker *a, const char *where)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(9) };
	int fd = a->pool[0][0], no = 0;
	struct pollfd p = { .fd = fd, .events = POLLOUT };
	socklen_t n = sizeof(no);

	(void)inet_pton(AF_INET, where, &to.sin_addr);
	if (connect(fd, (const struct sockaddr *)&to, sizeof(to)) < 0 &&
	    errno != EINPROGRESS)
		return errno;
	if (poll(&p, 1, 300) <= 0)
		return ETIMEDOUT;
	return getsockopt(fd, SOL_SOCKET, SO_ERROR, &no, &n) < 0 ? EPERM : no;
}

#define DIES (-1)

/* Run ${act} in a witness's sandbox; its answer, or DIES. */
static int
inside(int (*act)(void))
{
	struct asker a;
	struct err e;
	int status, r;
	pid_t pid = fork();

	if (pid == 0) {
		asker_open(&a);
		if (sandbox_enter_witness(1 << 20, &e) < 0)
			_exit(200);
		r = act != NULL ? act() : reach(&a, "192.0.2.1");
		_exit(r);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) ? DIES : WEXITSTATUS(status);
}

static void
witness__can_do_no_harm(void **state)
{

	(void)state;
	assert_int_equal(inside(try_read_proc), 0);
	assert_int_equal(inside(try_exec), DIES);
	assert_int_equal(inside(try_unix), DIES);
	assert_int_equal(inside(try_inet), DIES);
	assert_int_equal(inside(try_fork), DIES);
	assert_int_equal(inside(try_ptrace), DIES);
	assert_int_not_equal(inside(try_write), 0);
	assert_int_not_equal(inside(try_create), 0);
#if !defined(MUSTER_SANDBOX_WIDE)
	assert_int_equal(inside(try_write), EPERM);
	assert_int_equal(inside(try_create), EPERM);
	assert_int_equal(inside(try_kill), EPERM);
	assert_int_equal(inside(try_code), EPERM);
#endif
	if (geteuid() == 0)
		assert_int_equal(inside(try_read_file), ENOENT);
	assert_int_equal(access("/tmp/muster-witness-hole", F_OK), -1);
}

static void
witness__reaches_loopback_alone(void **state)
{

	(void)state;
	assert_int_not_equal(inside(NULL), 0);
	assert_int_not_equal(inside(NULL), 200);
}

static void
witness__tells_what_it_saw(void **state)
{
	struct witness w = WITNESS_NONE;
	AUTO(buf) struct buf b = { 0 };
	struct err e;
	char how[64];

	(void)state;
	assert_ok(witness_start(&w, &e), &e);
	assert_true(witness_wait(&w, how, sizeof(how)));
	buf_init(&b, TESTIMONY_BYTES_MAX);
	assert_int_equal(lseek(w.memory, 0, SEEK_SET), 0);
	assert_ok(fd_read_all(w.memory, &b, &e), &e);
	assert_true(str_starts(buf_str(&b), STR(TESTIMONY_MAGIC)));
	/* E, its length, three counts: it came to its end. */
	assert_int_equal(b.p[b.n - 17], 'E');
	witness_free(&w);
}

static void
witness__that_is_killed_is_missed(void **state)
{
	struct witness w = WITNESS_NONE;
	struct err e;
	char how[64];

	(void)state;
	assert_ok(witness_start(&w, &e), &e);
	assert_int_equal(kill(w.pid, SIGKILL), 0);
	assert_false(witness_wait(&w, how, sizeof(how)));
	assert_string_equal(how, "died: Killed");
	witness_free(&w);
	assert_int_equal(w.memory, -1);
}

static void
witness__that_hangs_is_ended(void **state)
{
	struct witness w = WITNESS_NONE;
	int64_t began = clock_mono_ms();
	struct err e;
	char how[64];

	(void)state;
	assert_ok(witness_start(&w, &e), &e);
	assert_int_equal(kill(w.pid, SIGSTOP), 0);
	w.until_ms = began + 200;
	assert_false(witness_wait(&w, how, sizeof(how)));
	assert_true(clock_mono_ms() - began < 5000);
	witness_free(&w);
}

static void
hearing_is_live__knows_the_root(void **state)
{
	AUTO(fd) int root = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	AUTO(fd) int other = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	(void)state;
	assert_true(hearing_is_live(root));
	assert_false(hearing_is_live(other));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(witness__can_do_no_harm),
		TEST(witness__reaches_loopback_alone),
		TEST(witness__tells_what_it_saw),
		TEST(witness__that_is_killed_is_missed),
		TEST(witness__that_hangs_is_ended),
		TEST(hearing_is_live__knows_the_root),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
