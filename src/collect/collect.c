#include "collect/collect.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "base/fd.h"
#include "collect/reader.h"
#include "collect/relay.h"
#include "collect/sandbox.h"

#define PIPE_BYTES   1048576
#define TICK_MS      100
#define PROGRESS_MS  250
#define GRACE_MS     5000
#define NS_PER_S     INT64_C(1000000000)
#define REASON_WORDS 96

/* One run: readers come and go, this stays. */
struct run {
	struct relay s;
	struct atlas atlas;
	struct mounts mounts;
	struct board *board;
	size_t board_bytes;
	struct buf text; /* bytes of the pipe that are no whole line yet */
	int root;
	struct str after; /* where the next reader begins */
	int64_t shown_ms;
};

/* The reader at work. */
struct child {
	pid_t pid;
	int pipe;
	clockid_t clock;
	bool clocked;    /* ${clock} can be read */
	uint64_t begun;  /* the board's count when the file was begun */
	int64_t cpu_ns;  /* the reader's processor time then */
	int64_t idle_ms; /* since it last said or did anything */
	bool timeout;    /* it was ended for taking too long */
	bool babbled;    /* it was ended for what it wrote */
	int status;      /* as wait(2) */
};

static inline void
run_auto(struct run *r)
{

	atlas_free(&r->atlas);
	mounts_free(&r->mounts);
	relay_free(&r->s);
	buf_free(&r->text);
	fd_close(r->root);
	if (r->board != NULL)
		(void)munmap(r->board, r->board_bytes);
}

/* A path of the board as text that any output can hold. */
static struct str
board_path(struct run *r)
{
	size_t n = r->board->path_n, i;
	struct str out;

	if (n > sizeof(r->board->path))
		n = sizeof(r->board->path);
	if (arena_str(r->s.line, str_of(r->board->path, n), &out, NULL) < 0)
		return STR_NONE;
	for (i = 0; i < n; i++)
		if (out.p[i] == '\0')
			return str_head(out, i);
	return out;
}

static int
take_lines(struct run *r, struct child *c, struct err *e)
{
	struct str text = buf_str(&r->text), line;

	while (str_cut(text, '\n', &line, &text))
		TRY(relay_line(&r->s, line, e));
	c->babbled = text.n >= REC_LINE_MAX;
	buf_drop(&r->text, r->text.n - text.n);
	return MU_OK;
}

/* 1: something came; 0: the pipe is closed. */
static int
pump(struct run *r, struct child *c, struct err *e)
{
	char *at = buf_room(&r->text, PIPE_BYTES);
	ssize_t n;

	MU_ASSERT(at != NULL);
	n = read(c->pipe, at, PIPE_BYTES);
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return 1;
	if (n < 0)
		return err_sys(e, errno, "the reader's pipe");
	buf_took(&r->text, (size_t)n);
	TRY(take_lines(r, c, e));
	return n != 0;
}

static int64_t
cpu_ns(const struct child *c)
{
	struct timespec t;

	if (!c->clocked || clock_gettime(c->clock, &t) < 0)
		return 0;
	return t.tv_sec * NS_PER_S + t.tv_nsec;
}

/* Look at the time that the file at hand has taken. */
static void
watch(struct run *r, struct child *c, bool idle)
{
	uint64_t begun = r->board->begun;

	if (begun != c->begun) {
		c->begun = begun;
		c->cpu_ns = cpu_ns(c);
		c->idle_ms = 0;
		return;
	}
	c->idle_ms = idle ? c->idle_ms + TICK_MS : 0;
	c->timeout = c->idle_ms > COLLECT_STALL_S * 1000 ||
		     cpu_ns(c) - c->cpu_ns > COLLECT_FILE_CPU_S * NS_PER_S;
}

static void
progress(struct run *r)
{
	struct collect_progress p = { 0 };
	int64_t now = clock_mono_ms();
	size_t i;

	if (r->s.o->progress == NULL || now - r->shown_ms < PROGRESS_MS)
		return;
	r->shown_ms = now;
	p.files = (int64_t)r->board->files;
	p.dirs = (int64_t)r->board->dirs;
	for (i = 0; i < REC_TYPES; i++)
		p.records += r->s.out->counts[i];
	p.gaps = r->s.gaps;
	arena_reset(r->s.line);
	p.path = board_path(r);
	r->s.o->progress(r->s.o->cookie, &p);
}

/* Listen to the reader until it closes its pipe or is to be ended. */
static int
listen_to(struct run *r, struct child *c, struct err *e)
{
	struct pollfd p = { .fd = c->pipe, .events = POLLIN };
	int n, more = 1;

	while (more > 0 && !c->timeout && !c->babbled) {
		n = poll(&p, 1, TICK_MS);
		if (n < 0 && errno != EINTR)
			return err_sys(e, errno, "poll");
		if (n > 0)
			TRY(more = pump(r, c, e));
		watch(r, c, n == 0);
		progress(r);
	}
	return MU_OK;
}

/* End the reader if it has not, and learn how it went. */
static void
bury(struct child *c, bool kill_it)
{
	struct timespec nap = { 0, TICK_MS * 1000000 };
	int waited = 0;
	pid_t got;

	if (kill_it)
		(void)kill(c->pid, SIGKILL);
	for (;;) {
		got = waitpid(c->pid, &c->status, kill_it ? WNOHANG : 0);
		if (got == c->pid || (got < 0 && errno != EINTR))
			return;
		/* One that hangs in the kernel dies when it can. */
		if (kill_it && (waited += TICK_MS) > GRACE_MS) {
			c->status = SIGKILL;
			return;
		}
		if (kill_it)
			(void)nanosleep(&nap, NULL);
	}
}

static int
start(struct run *r, int key, struct child *c, struct err *e)
{
	AUTO(fd) int from = -1, to = -1;
	int fds[2];
	struct reader_job job = { .root = r->root,
		.key = key,
		.asset = r->s.o->asset,
		.after = r->after,
		.parent = getpid(),
		.board = r->board,
		.atlas = &r->atlas,
		.mounts = &r->mounts };

	if (pipe2(fds, O_CLOEXEC) < 0)
		return err_sys(e, errno, "pipe");
	from = fds[0];
	to = job.out = fds[1];
	(void)fcntl(from, F_SETPIPE_SZ, PIPE_BYTES);
	r->board->place = BOARD_NO_PLACE;
	c->begun = r->board->begun;
	c->pid = fork();
	if (c->pid < 0)
		return err_sys(e, errno, "fork");
	if (c->pid == 0)
		reader_main(&job);
	c->pipe = from;
	from = -1;
	c->clocked = clock_getcpuclockid(c->pid, &c->clock) == 0;
	return MU_OK;
}

/* How a reader died, in words. */
static const char *
how(const struct child *c, char *text, size_t room)
{
	const char *name = NULL;

	if (c->timeout)
		(void)snprintf(text, room, "%s",
		    c->idle_ms > COLLECT_STALL_S * 1000 ?
			"the reader stood still for a minute" :
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

static bool
is_done(const struct child *c)
{

	return !c->timeout && !c->babbled && WIFEXITED(c->status) &&
	       WEXITSTATUS(c->status) == 0;
}

/* The gap of a reader that died; the next one begins after it. */
static int
mourn(struct run *r, const struct child *c, struct err *e)
{
	uint32_t i = r->board->place;
	char text[REASON_WORDS];
	struct str place = STR_NONE, path;

	arena_reset(r->s.line);
	path = board_path(r);
	if (i < r->atlas.rows.n) {
		place = str_from(r->atlas.rows.v[i].place.id);
		r->board->counts[i].gaps++;
	}
	TRY(arena_str(r->s.keep, path, &r->after, e));
	return relay_gap(&r->s, c->timeout ? GAP_TIMEOUT : GAP_CRASHED, place,
	    r->after, how(c, text, sizeof(text)), e);
}

/* One reader from birth to death. 1: the root is read to its end. */
static int
one_reader(struct run *r, struct err *e)
{
	AUTO(fd) int key = -1;
	struct child c = { .pipe = -1 };
	uint64_t begun = r->board->begun;
	char text[REASON_WORDS];
	int ok;

	TRY(fd_memory("muster-fp", r->s.o->fp_key, &key, e));
	TRY(start(r, key, &c, e));
	buf_reset(&r->text);
	ok = listen_to(r, &c, e);
	bury(&c, ok < 0 || c.timeout || c.babbled);
	fd_close(c.pipe);
	if (ok < 0)
		return ok;
	if (is_done(&c) && r->s.asset.n != 0)
		return 1;
	if (r->s.asset.n == 0 || r->board->begun == begun)
		return err_set(e, MU_ESYSTEM,
		    "no reader lives: before its first file %s",
		    how(&c, text, sizeof(text)));
	return mourn(r, &c, e);
}

static int
prepare(struct run *r, struct err *e)
{

	r->root = open(r->s.o->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (r->root < 0)
		return err_sys(e, errno, "%s", r->s.o->root);
	TRY(atlas_load(&r->atlas, r->s.o->places_dir, e));
	mounts_load(&r->mounts);
	r->board_bytes =
	    sizeof(*r->board) + r->atlas.rows.n * sizeof(r->board->counts[0]);
	r->board = mmap(NULL, r->board_bytes, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (r->board == MAP_FAILED) {
		r->board = NULL;
		return err_sys(e, errno, "the shared page");
	}
	buf_init(&r->text, 2 * REC_LINE_MAX + PIPE_BYTES);
	return MU_OK;
}

int
collect_run(const struct collect_opts *opts, struct sink *out, struct err *e)
{
	AUTO(run) struct run r = { .root = -1 };
	int i, done = 0;

	relay_init(&r.s, opts, out);
	TRY(prepare(&r, e));
	for (i = 0; i < COLLECT_READERS_MAX && done == 0; i++)
		TRY(done = one_reader(&r, e));
	if (done == 0)
		return relay_gap(&r.s, GAP_CRASHED, STR_NONE, STR_NONE,
		    "too many readers died: the rest is unread", e);
	TRY(relay_coverage(&r.s, &r.atlas, r.board, e));
	return relay_end(&r.s, e);
}

void
collect_sandbox(struct buf *out)
{

	sandbox_report(out);
}
