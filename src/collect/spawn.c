#include "collect/spawn.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "collect/sandbox.h"

#define SPAWN_NAP_MS   5
#define SPAWN_GRACE_MS 5000

static void
sort(int *v, size_t n)
{
	size_t i, k;
	int t;

	for (i = 1; i < n; i++)
		for (k = i; k > 0 && v[k - 1] > v[k]; k--) {
			t = v[k];
			v[k] = v[k - 1];
			v[k - 1] = t;
		}
}

int
spawn_detach(int parent, const int *keep, size_t n, const void *const *pages,
    size_t n_pages, struct err *e)
{
	int kept[SPAWN_KEEP_MAX], null, i, sig;
	size_t k;

	for (sig = 1; sig < NSIG; sig++)
		(void)signal(sig, SIG_DFL);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0 ||
	    getppid() != parent)
		return err_set(e, MU_ESYSTEM, "the parent is gone");
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	for (i = 0; i < 3; i++)
		if (null < 0 || dup2(null, i) < 0)
			(void)close(i);
	MU_ASSERT(n <= SPAWN_KEEP_MAX);
	for (k = 0; k < n; k++)
		kept[k] = keep[k];
	sort(kept, n);
	sandbox_close_others(kept, n);
	sandbox_unshare(pages, n_pages);
	return MU_OK;
}

static void
nap(void)
{
	const struct timespec t = { 0, SPAWN_NAP_MS * 1000000 };

	(void)nanosleep(&t, NULL);
}

/* Whether it is over by ${until_ms}. One that hangs in the kernel may not be. */
static bool
ended(pid_t pid, int64_t until_ms, int *status)
{
	pid_t got;

	for (;;) {
		got = waitpid(pid, status, WNOHANG);
		if (got == pid || (got < 0 && errno != EINTR))
			return true;
		if (clock_mono_ms() >= until_ms)
			return false;
		nap();
	}
}

bool
spawn_wait(pid_t pid, int64_t until_ms, int *status)
{

	*status = SIGKILL;
	if (ended(pid, until_ms, status))
		return true;
	(void)kill(pid, SIGKILL);
	(void)ended(pid, clock_mono_ms() + SPAWN_GRACE_MS, status);
	return false;
}

void
spawn_kill(pid_t pid)
{
	int status;

	if (pid > 0)
		(void)spawn_wait(pid, 0, &status);
}

void
spawn_how(int status, char *text, size_t room)
{
	const char *name =
	    WIFSIGNALED(status) ? sigdescr_np(WTERMSIG(status)) : NULL;

	if (name != NULL)
		(void)snprintf(text, room, "died: %s", name);
	else if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		(void)snprintf(text, room, "%s", "");
	else
		(void)snprintf(text, room, "died with status %d",
		    WIFEXITED(status) ? WEXITSTATUS(status) : status);
}
