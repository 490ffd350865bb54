#include "collect/child.h"

#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "collect/collect.h"

#define LOOK_MS  100
#define NAP_MS   1
#define GRACE_MS 5000
#define NS_PER_S INT64_C(1000000000)

void
child_init(struct child *c)
{

	*c = (struct child){ .pipe = -1 };
	buf_init(&c->text, 2 * REC_LINE_MAX + CHILD_PIPE_BYTES);
}

static void
end(struct child *c)
{

	if (c->pid != 0)
		(void)kill(c->pid, SIGKILL);
}

void
child_free(struct child *c)
{

	end(c);
	child_bury(c);
	fd_close(c->pipe);
	c->pipe = -1;
	buf_free(&c->text);
}

int
child_start(struct child *c, struct reader_job *job, struct str key,
    struct err *e)
{
	AUTO(fd) int memory = -1, from = -1, to = -1;
	struct buf text = c->text;
	int fds[2];

	TRY(fd_memory("muster-fp", key, &memory, e));
	if (pipe2(fds, O_CLOEXEC) < 0)
		return err_sys(e, errno, "pipe");
	from = fds[0];
	to = job->out = fds[1];
	job->key = memory;
	job->parent = getpid();
	(void)fcntl(from, F_SETPIPE_SZ, CHILD_PIPE_BYTES);
	(void)fcntl(from, F_SETFL, O_NONBLOCK);
	*c = (struct child){ .pipe = -1, .text = text };
	buf_reset(&c->text);
	/* One that was ended while it wrote its path. */
	job->board->begun += job->board->begun & 1;
	job->board->place = BOARD_NO_PLACE;
	c->first = c->begun = job->board->begun;
	c->moved_ms = clock_mono_ms();
	c->pid = fork();
	if (c->pid < 0) {
		c->pid = 0;
		return err_sys(e, errno, "fork");
	}
	if (c->pid == 0)
		reader_main(job);
	c->pipe = from;
	from = -1;
	c->clocked = clock_getcpuclockid(c->pid, &c->clock) == 0;
	return MU_OK;
}

int
child_pump(struct child *c, struct err *e)
{
	char *at;
	ssize_t n;

	buf_drop(&c->text, c->taken);
	c->taken = 0;
	at = buf_room(&c->text, CHILD_PIPE_BYTES);
	MU_ASSERT(at != NULL);
	n = read(c->pipe, at, CHILD_PIPE_BYTES);
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return 0;
	if (n < 0)
		return err_sys(e, errno, "the reader's pipe");
	if (n == 0) {
		fd_close(c->pipe);
		c->pipe = -1;
		return 1;
	}
	buf_took(&c->text, (size_t)n);
	return 1;
}

/* It writes a line that has no end: nothing more is taken of it. */
static void
hush(struct child *c)
{

	c->babbled = true;
	end(c);
	fd_close(c->pipe);
	c->pipe = -1;
}

bool
child_line(struct child *c, struct str *line)
{
	struct str text = str_skip(buf_str(&c->text), c->taken), rest;

	if (!str_cut(text, '\n', line, &rest)) {
		if (text.n >= REC_LINE_MAX && c->pipe >= 0)
			hush(c);
		return false;
	}
	c->taken += line->n + 1;
	return true;
}

bool
child_has_room(const struct child *c)
{

	return c->pipe >= 0 && c->text.n - c->taken < REC_LINE_MAX;
}

static int64_t
cpu_ns(const struct child *c)
{
	struct timespec t;

	if (!c->clocked || clock_gettime(c->clock, &t) < 0)
		return 0;
	return t.tv_sec * NS_PER_S + t.tv_nsec;
}

void
child_watch(struct child *c, const struct board *board, bool held,
    int64_t now_ms)
{
	uint64_t begun = board->begun;

	if (c->pipe < 0 || c->timeout || now_ms - c->looked_ms < LOOK_MS)
		return;
	c->looked_ms = now_ms;
	if (begun != c->begun) {
		c->begun = begun;
		c->cpu_ns = cpu_ns(c);
		c->moved_ms = now_ms;
		return;
	}
	if (held)
		c->moved_ms = now_ms;
	c->stalled = now_ms - c->moved_ms > COLLECT_STALL_S * INT64_C(1000);
	c->timeout =
	    c->stalled || cpu_ns(c) - c->cpu_ns > COLLECT_FILE_CPU_S * NS_PER_S;
	if (c->timeout)
		end(c);
}

/* One that lives on without its pipe is ended, and one that hangs in the
 * kernel dies when it can. */
void
child_bury(struct child *c)
{
	const struct timespec nap = { 0, NAP_MS * 1000000 };
	int waited, got;

	for (waited = 0; c->pid != 0; waited += NAP_MS) {
		got = waitpid(c->pid, &c->status, WNOHANG);
		if (got == c->pid || (got < 0 && errno != EINTR))
			break;
		if (waited == GRACE_MS)
			end(c);
		if (waited == 2 * GRACE_MS) {
			c->status = SIGKILL;
			break;
		}
		(void)nanosleep(&nap, NULL);
	}
	c->pid = 0;
}

bool
child_done(const struct child *c)
{

	return !c->timeout && !c->babbled && WIFEXITED(c->status) &&
	       WEXITSTATUS(c->status) == 0;
}

const char *
child_how(const struct child *c, char *text, size_t room)
{
	const char *name = NULL;

	if (c->timeout)
		(void)snprintf(text, room, "%s",
		    c->stalled ? "the reader stood still for a minute" :
				 "took more than 5 s of processor time");
	else if (WIFSIGNALED(c->status))
		name = sigdescr_np(WTERMSIG(c->status));
	if (name != NULL)
		(void)snprintf(text, room, "the reader died: %s", name);
	else if (!c->timeout)
		(void)snprintf(text, room, "the reader died with status %d",
		    WEXITSTATUS(c->status));
	return text;
}
