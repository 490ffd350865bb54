#include "collect/hearing.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "base/fd.h"
#include "collect/facts.h"
#include "collect/learn.h"
#include "collect/reader.h"
#include "collect/sandbox.h"
#include "collect/spawn.h"
#include "decode/testimony.h"

#define HEARING_PIPE_BYTES ((size_t)65536)
#define HEARING_UNIT_MAX   1048576
#define HEARING_PATH_MAX   512
#define HEARING_WORDS      128

/* The process that decodes. */
struct hearer {
	struct sink sink; /* what the decoder puts to; must be first */
	const struct hearing *h;
	int memory, out, parent;
	struct arena *job, *host_arena;
	struct host host;
	struct packages *packages;
	struct buf lines;
	struct board_count *seen; /* TESTIMONY_PLACES, shared with the parent */
};

bool
hearing_is_live(int root)
{
	struct stat a, b;

	return fstat(root, &a) == 0 && stat("/", &b) == 0 &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* The file of a unit, if it is one: the first directory that has it. */
static bool
unit_context(struct hearer *r, const char *name, struct str *out)
{
	static const char *const dirs[] = { "etc", "run", "usr/local/lib",
		"usr/lib", "lib" };
	AUTO(buf) struct buf bytes = { 0 };
	char path[HEARING_PATH_MAX];
	struct file f;
	size_t i;

	buf_init(&bytes, HEARING_UNIT_MAX);
	for (i = 0; i < MU_COUNT(dirs); i++) {
		(void)snprintf(path, sizeof(path), "%s/systemd/system/%s",
		    dirs[i], name);
		if (fd_read_file(r->h->root, path, &bytes, NULL) < 0)
			continue;
		f = (struct file){ .path = str_from(path) };
		if (facts_context(r->packages, &f, buf_str(&bytes), r->job,
			NULL) < 0)
			f.context = STR_NONE;
		*out = f.context;
		return true;
	}
	return false;
}

/*
 * A distribution's own service is one that runs, and no finding by that: it has
 * the context that its file has. "getty@tty1.service" is of "getty@.service".
 */
static void
set_context(struct hearer *r, struct rec *rec)
{
	char name[HEARING_PATH_MAX / 2];
	struct str s = rec->identity.name;
	size_t at = str_chr(s, '@');

	if (!str_starts(rec->identity.key, STR("unit:")) ||
	    str_chr(s, '/') != SIZE_MAX || s.n >= sizeof(name) - 16)
		return;
	(void)snprintf(name, sizeof(name), STR_FMT, STR_ARG(s));
	if (unit_context(r, name, &rec->identity.context) || at == SIZE_MAX)
		return;
	(void)snprintf(name, sizeof(name), STR_FMT "@.service",
	    STR_ARG(str_head(s, at)));
	(void)unit_context(r, name, &rec->identity.context);
}

static void
count_gap(struct hearer *r, struct str place)
{
	size_t i;

	for (i = 0; i < TESTIMONY_PLACES; i++)
		if (str_eq(place, str_from(testimony_places[i])))
			r->seen[i].gaps++;
}

static int
put(struct sink *sink, const struct rec *rec, struct err *e)
{
	struct hearer *r = (struct hearer *)(void *)sink;
	struct rec mine = *rec;

	if (rec->type == REC_IDENTITY)
		set_context(r, &mine);
	if (rec->type == REC_GAP)
		count_gap(r, rec->gap.place);
	rec_write(&r->lines, &mine);
	TRY(buf_check(&r->lines, "what the witness saw", e));
	if (r->lines.n < HEARING_PIPE_BYTES)
		return MU_OK;
	TRY(fd_write_all(r->out, buf_str(&r->lines), e));
	buf_reset(&r->lines);
	return MU_OK;
}

static int
hear(struct hearer *r, struct err *e)
{
	const int keep[] = { r->h->root, r->memory, r->out };
	const void *const pages[] = { r->seen };
	AUTO(buf) struct buf said = { 0 };
	uint32_t seen[TESTIMONY_PLACES] = { 0 };
	struct decode_in in = { .host = &r->host, .out = &r->sink };
	size_t i;

	TRY(spawn_detach(r->parent, keep, MU_COUNT(keep), pages,
	    MU_COUNT(pages), e));
	TRY(sandbox_enter(r->h->root, e));
	r->job = arena_new(READER_JOB_BYTES);
	r->host_arena = arena_new(READER_HOST_BYTES);
	r->packages = packages_new(r->h->root);
	buf_init(&r->lines, READER_OUT_BYTES);
	buf_init(&said, TESTIMONY_BYTES_MAX + 1);
	if (lseek(r->memory, 0, SEEK_SET) < 0)
		return err_sys(e, errno, "the testimony");
	TRY(fd_read_all(r->memory, &said, e));
	TRY(learn_host(r->h->root, r->h->relay->o->asset, r->host_arena,
	    &r->host, e));
	in.bytes = buf_str(&said);
	in.job = r->job;
	if (said.n != 0)
		TRY(testimony_read(&in, seen, e));
	for (i = 0; i < TESTIMONY_PLACES; i++)
		r->seen[i].files = seen[i];
	return fd_write_all(r->out, buf_str(&r->lines), e);
}

/* What happened is seen in the pipe and in the status; all ends here. */
static _Noreturn void
hearer_main(const struct hearing *h, struct board_count *seen, int memory,
    int out, int parent)
{
	struct hearer r = { .sink = { .put = put },
		.h = h,
		.seen = seen,
		.memory = memory,
		.out = out,
		.parent = parent };
	struct err e = { 0 };

	_exit(hear(&r, &e) < 0 ? 1 : 0);
}

/* Lines to the relay until the pipe is closed, or the time is up. */
static int
pump(const struct hearing *h, int from, int64_t until_ms, struct err *e)
{
	struct pollfd p = { .fd = from, .events = POLLIN };
	AUTO(buf) struct buf text = { 0 };
	struct str rest, line;
	int64_t left;
	ssize_t n = 1;
	char *at;

	buf_init(&text, 2 * REC_LINE_MAX + HEARING_PIPE_BYTES);
	while (n != 0 && text.n <= REC_LINE_MAX) {
		left = until_ms - clock_mono_ms();
		if (left <= 0 || poll(&p, 1, (int)left) <= 0)
			return MU_OK;
		at = buf_room(&text, HEARING_PIPE_BYTES);
		MU_ASSERT(at != NULL);
		n = read(from, at, HEARING_PIPE_BYTES);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_sys(e, errno, "the pipe of the testimony");
		buf_took(&text, (size_t)n);
		rest = buf_str(&text);
		while (str_cut(rest, '\n', &line, &rest))
			TRY(relay_line(h->relay, line, e));
		buf_drop(&text, text.n - rest.n);
	}
	return MU_OK;
}

/* One gap, and no place of the witness is read wholly. */
static int
mourn(const struct hearing *h, struct board_count *seen, enum gap_reason why,
    const char *words, struct err *e)
{
	size_t i;

	for (i = 0; i < TESTIMONY_PLACES; i++)
		seen[i].gaps++;
	arena_reset(h->relay->line);
	return relay_gap(h->relay, why, STR_NONE, STR_NONE, words, e);
}

static int
decode(const struct hearing *h, struct board_count *seen, int memory,
    struct err *e)
{
	int64_t until_ms = clock_mono_ms() + HEARING_MS;
	char how[HEARING_WORDS / 2], words[HEARING_WORDS];
	AUTO(fd) int from = -1, to = -1;
	int fds[2], parent = getpid(), status = 0, ok;
	bool ended;
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return err_sys(e, errno, "pipe");
	from = fds[0];
	to = fds[1];
	pid = fork();
	if (pid < 0)
		return err_sys(e, errno, "fork");
	if (pid == 0)
		hearer_main(h, seen, memory, to, parent);
	fd_close(to);
	to = -1;
	ok = pump(h, from, until_ms, e);
	ended = spawn_wait(pid, ok < 0 ? 0 : until_ms, &status);
	TRY(ok);
	spawn_how(status, how, sizeof(how));
	if (ended && how[0] == '\0')
		return MU_OK;
	(void)snprintf(words, sizeof(words),
	    "the reader of what the witness saw %s",
	    ended ? how : "took too long");
	return mourn(h, seen, ended ? GAP_CRASHED : GAP_TIMEOUT, words, e);
}

static int
hear_witness(const struct hearing *h, struct witness *w,
    struct board_count *seen, struct err *e)
{
	char how[HEARING_WORDS / 2], words[HEARING_WORDS];
	bool well = witness_wait(w, how, sizeof(how));

	TRY(decode(h, seen, w->memory, e));
	if (well)
		return MU_OK;
	(void)snprintf(words, sizeof(words), "the witness %s", how);
	return mourn(h, seen, GAP_CRASHED, words, e);
}

/* What was seen of each place, for its coverage. */
static void
count(const struct hearing *h, const struct board_count *seen)
{
	size_t i, p;

	for (i = 0; i < h->atlas->rows.n; i++)
		for (p = 0; p < TESTIMONY_PLACES; p++) {
			if (strcmp(h->atlas->rows.v[i].place.id,
				testimony_places[p]) != 0)
				continue;
			h->counts[i].files = seen[p].files;
			h->counts[i].gaps = seen[p].gaps;
		}
}

int
hearing_run(const struct hearing *h, struct witness *w, struct err *e)
{
	const size_t bytes = TESTIMONY_PLACES * sizeof(struct board_count);
	struct board_count *seen = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int ok;

	if (seen == MAP_FAILED)
		return err_sys(e, errno, "the shared page");
	ok = hear_witness(h, w, seen, e);
	count(h, seen);
	(void)munmap(seen, bytes);
	return ok;
}
