#include "collect/collect.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/fd.h"
#include "collect/reader.h"
#include "collect/sandbox.h"
#include "decode/obs.h"

#define PIPE_BYTES   1048576
#define LINE_ARENA   ((size_t)16 << 20)
#define TICK_MS      100
#define PROGRESS_MS  250
#define GRACE_MS     5000
#define RUN_ID_BYTES 8
#define NS_PER_S     INT64_C(1000000000)
#define REASON_WORDS 96

/* One run: readers come and go, this stays. */
struct run {
	const struct collect_opts *o;
	struct sink *out;
	struct atlas atlas;
	struct mounts mounts;
	struct board *board;
	size_t board_bytes;
	struct json *json;
	struct arena *line, *keep;
	struct buf text; /* bytes of the pipe that are no whole line yet */
	int root;
	struct str asset; /* its key, once a reader has said it */
	struct str after; /* where the next reader begins */
	int64_t gaps, shown_ms;
	bool failed; /* the sink's error is in ${e}: go no further */
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
	json_free(r->json);
	arena_free(r->line);
	arena_free(r->keep);
	buf_free(&r->text);
	fd_close(r->root);
	if (r->board != NULL)
		(void)munmap(r->board, r->board_bytes);
}

static int
emit(struct run *r, const struct rec *rec, struct err *e)
{
	int ok = sink_put(r->out, rec, e);

	r->failed = ok < 0;
	if (rec->type == REC_GAP)
		r->gaps++;
	return ok;
}

/* A path of the board as text that any output can hold. */
static struct str
board_path(struct run *r)
{
	size_t n = r->board->path_n, i;
	struct str out;

	if (n > sizeof(r->board->path))
		n = sizeof(r->board->path);
	if (arena_str(r->line, str_of(r->board->path, n), &out, NULL) < 0)
		return STR_NONE;
	for (i = 0; i < n; i++)
		if (out.p[i] == '\0')
			return str_head(out, i);
	return out;
}

/* As a reader's own line would say it: what is no UTF-8 is made so. */
static int
emit_gap(struct run *r, enum gap_reason why, struct str place,
    struct str locator, const char *text, struct err *e)
{
	AUTO(buf) struct buf b;
	struct rec rec;

	buf_init(&b, REC_LINE_MAX);
	rec_init(&rec, REC_GAP);
	rec.gap.asset = r->asset;
	rec.gap.place = place;
	rec.gap.locator = locator;
	rec.gap.reason = why;
	rec.gap.detail = str_from(text);
	rec_write(&b, &rec);
	TRY(obs_read(r->json, buf_str(&b), r->line, &rec, e));
	return emit(r, &rec, e);
}

static int
emit_run(struct run *r, struct err *e)
{
	unsigned char id[RUN_ID_BYTES];
	AUTO(buf) struct buf hex;
	struct rec rec;

	buf_init(&hex, 2 * RUN_ID_BYTES);
	digest_random(id, sizeof(id));
	digest_hex(&hex, str_of(id, sizeof(id)));
	rec_init(&rec, REC_RUN);
	rec.run.schema = STR(REC_SCHEMA);
	rec.run.tool = STR("muster " MUSTER_VERSION);
	rec.run.run = buf_str(&hex);
	rec.run.asset = r->asset;
	rec.run.root = str_from(r->o->root);
	rec.run.fp_key = r->o->fp_key_id;
	rec.run.sources = STR("reader");
	rec.run.at = r->o->now_s;
	rec.run.euid = geteuid();
	rec.run.ephemeral = r->o->ephemeral;
	return emit(r, &rec, e);
}

/* The first asset opens the stream; a later reader says the same again. */
static int
take_asset(struct run *r, const struct rec *rec, struct err *e)
{

	if (r->asset.n != 0)
		return str_eq(r->asset, rec->asset.key) ?
			   MU_OK :
			   err_set(e, MU_EFORMAT, "another asset than before");
	TRY(arena_str(r->keep, rec->asset.key, &r->asset, e));
	TRY(emit_run(r, e));
	return emit(r, rec, e);
}

/*
 * What a reader may say: records of the asset that it reads, and nothing of
 * what is for its parent to say.
 */
static int
take_record(struct run *r, const struct rec *rec, struct err *e)
{
	struct str asset = r->asset;

	if (rec->type == REC_ASSET)
		return take_asset(r, rec, e);
	if (r->asset.n == 0)
		return err_set(e, MU_EFORMAT, "a record before the asset");
	if (rec->type == REC_SIGHTING)
		asset = rec->sighting.asset;
	else if (rec->type == REC_GAP)
		asset = rec->gap.asset;
	else if (rec->type == REC_GRANT)
		asset = rec->grant.asset;
	else if (rec->type != REC_IDENTITY && rec->type != REC_CREDENTIAL &&
		 rec->type != REC_EDGE)
		return err_set(e, MU_EFORMAT, "not for a reader to say");
	if (asset.n != 0 && !str_eq(asset, r->asset))
		return err_set(e, MU_EFORMAT, "of another asset");
	return emit(r, rec, e);
}

/* A line that is wrong is a gap; what the sink refuses ends the run. */
static int
take_line(struct run *r, struct str line, struct err *e)
{
	struct err why = { 0 };
	struct rec rec;
	int ok;

	arena_reset(r->line);
	ok = obs_read(r->json, line, r->line, &rec, &why);
	if (ok == MU_OK)
		ok = take_record(r, &rec, &why);
	if (ok < 0 && r->failed) {
		*e = why;
		return ok;
	}
	if (ok < 0 && r->asset.n != 0)
		return emit_gap(r, GAP_MALFORMED, STR_NONE, STR_NONE,
		    "the reader wrote a line that is no record", e);
	return MU_OK;
}

static int
take_lines(struct run *r, struct child *c, struct err *e)
{
	struct str text = buf_str(&r->text), line;

	while (str_cut(text, '\n', &line, &text))
		TRY(take_line(r, line, e));
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

	if (r->o->progress == NULL || now - r->shown_ms < PROGRESS_MS)
		return;
	r->shown_ms = now;
	p.files = (int64_t)r->board->files;
	p.dirs = (int64_t)r->board->dirs;
	for (i = 0; i < REC_TYPES; i++)
		p.records += r->out->counts[i];
	p.gaps = r->gaps;
	arena_reset(r->line);
	p.path = board_path(r);
	r->o->progress(r->o->cookie, &p);
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
		.asset = r->o->asset,
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

	arena_reset(r->line);
	path = board_path(r);
	if (i < r->atlas.rows.n) {
		place = str_from(r->atlas.rows.v[i].place.id);
		r->board->counts[i].gaps++;
	}
	TRY(arena_str(r->keep, path, &r->after, e));
	return emit_gap(r, c->timeout ? GAP_TIMEOUT : GAP_CRASHED, place,
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

	TRY(fd_memory("muster-fp", r->o->fp_key, &key, e));
	TRY(start(r, key, &c, e));
	buf_reset(&r->text);
	ok = listen_to(r, &c, e);
	bury(&c, ok < 0 || c.timeout || c.babbled);
	fd_close(c.pipe);
	if (ok < 0)
		return ok;
	if (is_done(&c) && r->asset.n != 0)
		return 1;
	if (r->asset.n == 0 || r->board->begun == begun)
		return err_set(e, MU_ESYSTEM,
		    "no reader lives: before its first file %s",
		    how(&c, text, sizeof(text)));
	return mourn(r, &c, e);
}

static enum cover_state
cover_of(const struct place *p, const struct board_count *c)
{

	if (c->gaps == 0 && !c->hidden)
		return c->files != 0 ? COVER_READ : COVER_ABSENT;
	if (c->files == 0 && c->gaps != 0 && p->globs[0] != NULL)
		return COVER_UNREAD;
	return COVER_PARTLY;
}

static int
emit_coverage(struct run *r, struct err *e)
{
	const struct board_count *c;
	struct rec rec;
	size_t i;

	for (i = 0; i < r->atlas.rows.n; i++) {
		c = &r->board->counts[i];
		rec_init(&rec, REC_COVERAGE);
		rec.coverage.place = str_from(r->atlas.rows.v[i].place.id);
		rec.coverage.asset = r->asset;
		rec.coverage.files = c->files;
		rec.coverage.gaps = c->gaps;
		rec.coverage.state = cover_of(&r->atlas.rows.v[i].place, c);
		TRY(emit(r, &rec, e));
	}
	return MU_OK;
}

static int
emit_end(struct run *r, struct err *e)
{
	struct rec rec;
	size_t i;

	rec_init(&rec, REC_END);
	for (i = 0; i < REC_TYPES; i++)
		rec.end.counts[i] = r->out->counts[i];
	rec.end.at = r->o->now_s;
	return emit(r, &rec, e);
}

static int
prepare(struct run *r, struct err *e)
{

	r->root = open(r->o->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (r->root < 0)
		return err_sys(e, errno, "%s", r->o->root);
	TRY(atlas_load(&r->atlas, r->o->places_dir, e));
	mounts_load(&r->mounts);
	r->board_bytes =
	    sizeof(*r->board) + r->atlas.rows.n * sizeof(r->board->counts[0]);
	r->board = mmap(NULL, r->board_bytes, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (r->board == MAP_FAILED) {
		r->board = NULL;
		return err_sys(e, errno, "the shared page");
	}
	r->json = json_new(REC_LINE_MAX + 1);
	r->line = arena_new(LINE_ARENA);
	r->keep = arena_new(LINE_ARENA);
	buf_init(&r->text, 2 * REC_LINE_MAX + PIPE_BYTES);
	return MU_OK;
}

int
collect_run(const struct collect_opts *opts, struct sink *out, struct err *e)
{
	AUTO(run) struct run r = { .o = opts, .out = out, .root = -1 };
	int i, done = 0;

	TRY(prepare(&r, e));
	for (i = 0; i < COLLECT_READERS_MAX && done == 0; i++)
		TRY(done = one_reader(&r, e));
	if (done == 0)
		return emit_gap(&r, GAP_CRASHED, STR_NONE, STR_NONE,
		    "too many readers died: the rest is unread", e);
	TRY(emit_coverage(&r, e));
	return emit_end(&r, e);
}

void
collect_sandbox(struct buf *out)
{

	sandbox_report(out);
}
