#include "collect/crashtest.h"

volatile char *crashtest_page;

#if defined(MUSTER_TEST_HOOKS)

#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#define MAGIC    "MUSTER-CRASH-TEST "
#define TWO_GB   ((size_t)2 << 30)
#define OOM_STEP ((size_t)16 << 20)

/* What each word does: true where the sandbox let it. */
static bool
do_segv(void)
{

	(void)raise(SIGSEGV);
	return true;
}

static bool
do_abort(void)
{

	abort();
	return true;
}

static bool
do_loop(void)
{
	volatile unsigned n = 0;

	for (;;)
		n++;
	return true;
}

static bool
do_sleep(void)
{
	int fds[2];
	char c;

	/* Nothing ever comes: both ends are ours. */
	return pipe(fds) == 0 && read(fds[0], &c, 1) == 1;
}

/* Out of memory is the end of the process: base/mem.h. */
static bool
do_oom(void)
{
	struct arena *a = arena_new(SIZE_MAX / 2);

	while (arena_take(a, 1, OOM_STEP) != NULL)
		continue;
	return true;
}

static bool
do_alloc(void)
{
	void *p = mmap(NULL, TWO_GB, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p != MAP_FAILED;
}

static bool
do_open_write(void)
{

	return openat(AT_FDCWD, "/dev/null", O_WRONLY | O_CLOEXEC) >= 0;
}

static bool
do_create(void)
{

	return openat(AT_FDCWD, "/tmp/muster-sandbox-hole",
		   O_RDWR | O_CREAT | O_CLOEXEC, 0600) >= 0;
}

static bool
do_outside(void)
{

	return openat(AT_FDCWD, "/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0;
}

static bool
do_socket(void)
{

	return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool
do_exec(void)
{
	char *const argv[] = { NULL };

	(void)execve("/bin/true", argv, argv);
	return false;
}

static bool
do_fork(void)
{

	return fork() >= 0;
}

static bool
do_ptrace(void)
{

	return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0;
}

static bool
do_kill(void)
{

	return kill(getppid(), 0) == 0;
}

static bool
do_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p != MAP_FAILED;
}

static bool
do_shared(void)
{

	*crashtest_page = 1;
	return true;
}

static bool
do_nothing(void)
{

	errno = 0;
	return false;
}

static const struct {
	const char *what;
	bool (*act)(void);
} acts[] = {
	{ "segv", do_segv },
	{ "abort", do_abort },
	{ "loop", do_loop },
	{ "sleep", do_sleep },
	{ "oom", do_oom },
	{ "alloc", do_alloc },
	{ "open-write", do_open_write },
	{ "create", do_create },
	{ "outside", do_outside },
	{ "socket", do_socket },
	{ "exec", do_exec },
	{ "fork", do_fork },
	{ "ptrace", do_ptrace },
	{ "kill", do_kill },
	{ "code", do_code },
	{ "shared", do_shared },
	{ "nothing", do_nothing },
};

static bool
sniff(struct str head)
{

	return str_starts(head, STR(MAGIC));
}

static int
read_it(const struct decode_in *in, struct err *e)
{
	struct str what = str_trim(str_skip(in->bytes, sizeof(MAGIC) - 1));
	size_t i;

	for (i = 0; i < MU_COUNT(acts); i++) {
		if (!str_eq(what, str_from(acts[i].what)))
			continue;
		return acts[i].act() ?
			   decode_gap(in, 0, 0, GAP_UNSUPPORTED, e, "HOLE: %s",
			       acts[i].what) :
			   decode_gap(in, 0, 0, GAP_UNSUPPORTED, e,
			       "refused: %s, %d", acts[i].what, errno);
	}
	return err_set(e, MU_EFORMAT, "no such test");
}

static const struct decoder crashtest = {
	.name = "crash-test",
	.place = "test.crash",
	.sees = "Nothing: it breaks on purpose",
	.source = "collect/crashtest.c",
	.max_bytes = 4096,
	.sniff = sniff,
	.read = read_it,
};

const struct decoder *const crashtest_list[] = { &crashtest, NULL };

#else

const struct decoder *const crashtest_list[] = { NULL };

#endif
