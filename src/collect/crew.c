#include "collect/crew.h"

#include <sys/mman.h>
#include <errno.h>
#include <poll.h>
#include <sched.h>

#include "base/map.h"

#define TICK_MS      100
#define BEHIND_MS    2 /* while records of one wait for another */
#define PROGRESS_MS  250
#define REASON_WORDS 96

static unsigned
processors(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set) < 0)
		return 1;
	return (unsigned)CPU_COUNT(&set);
}

/* Memory that readers write and this process reads. */
static int
share(size_t bytes, void *out, struct err *e)
{
	void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		return err_sys(e, errno, "the shared page");
	*(void **)out = p;
	return MU_OK;
}

int
crew_new(struct crew *c, struct relay *relay, const struct atlas *atlas,
    const struct mounts *mounts, int root, struct err *e)
{
	unsigned n = relay->o->readers != 0 ? relay->o->readers : processors();
	size_t i;

	*c = (struct crew){
		.relay = relay, .atlas = atlas, .mounts = mounts, .root = root
	};
	c->n = n > COLLECT_CREW_MAX ? COLLECT_CREW_MAX : n;
	c->counts = mem_new(atlas->rows.n + 1, sizeof(c->counts[0]));
	for (i = 0; i < c->n; i++)
		child_init(&c->hands[i].child);
	for (i = 0; i < c->n; i++)
		TRY(share(board_bytes(atlas->rows.n), &c->hands[i].board, e));
	if (c->n > 1)
		TRY(share(CLAIMS_BYTES, &c->claims, e));
	/* The key of the hash is made now, so that all readers have one. */
	(void)map_hash(STR_NONE);
	return MU_OK;
}

void
crew_free(struct crew *c)
{
	size_t i;

	for (i = 0; i < c->n; i++) {
		child_free(&c->hands[i].child);
		if (c->hands[i].board != NULL)
			(void)munmap(c->hands[i].board,
			    board_bytes(c->atlas->rows.n));
	}
	if (c->claims != NULL)
		(void)munmap(c->claims, CLAIMS_BYTES);
	mem_free(c->counts);
	*c = (struct crew){ .n = 0 };
}

struct board_count *
crew_counts(struct crew *c)
{
	const struct board_count *from;
	struct board_count *to;
	size_t i, k;

	for (k = 0; k < c->atlas->rows.n; k++) {
		to = &c->counts[k];
		to->files = to->gaps = to->counted = 0;
		to->hidden = false;
		for (i = 0; i < c->n; i++) {
			from = &c->hands[i].board->counts[k];
			to->files += from->files;
			to->gaps += from->gaps;
			to->counted += from->counted;
			to->hidden = to->hidden || from->hidden;
		}
	}
	return c->counts;
}

/* What the readers told of the logs of ${place}. */
static size_t
spans(const struct crew *c, uint32_t place, struct logspan *out, size_t room)
{
	const struct board *b;
	size_t i, k, n = 0;

	for (i = 0; i < c->n; i++) {
		b = c->hands[i].board;
		for (k = 0; k < b->n_spans && k < LOGSPAN_MAX; k++)
			if (b->spans[k].place == place && n < room)
				out[n++] = b->spans[k];
	}
	return n;
}

int
crew_logs(struct crew *c, struct err *e)
{
	struct logspan all[COLLECT_CREW_MAX * LOGSPAN_MAX];
	const char *lack;
	uint32_t k;
	size_t n;

	for (k = 0; k < c->atlas->rows.n; k++) {
		n = spans(c, k, all, MU_COUNT(all));
		lack = n != 0 ? logspan_lack(all, n, c->relay->o->now_s) : NULL;
		if (lack == NULL)
			continue;
		TRY(relay_gap(c->relay, GAP_LIMIT,
		    str_from(c->atlas->rows.v[k].place.id), STR("var/log"),
		    lack, e));
		c->hands[0].board->counts[k].gaps++;
	}
	return MU_OK;
}

/* A path as text that any output can hold. */
static struct str
clean(struct crew *c, struct str path)
{
	struct str out;
	size_t i;

	if (arena_str(c->relay->line, path, &out, NULL) < 0)
		return STR_NONE;
	i = str_chr(out, '\0');
	return i != SIZE_MAX ? str_head(out, i) : out;
}

static void
progress(struct crew *c, int64_t now)
{
	struct collect_progress p = { 0 };
	char path[WALK_PATH_MAX];
	size_t i;

	if (c->relay->o->progress == NULL || now - c->shown_ms < PROGRESS_MS)
		return;
	c->shown_ms = now;
	for (i = 0; i < c->n; i++) {
		p.files += (int64_t)c->hands[i].board->files;
		p.dirs += (int64_t)c->hands[i].board->dirs;
	}
	for (i = 0; i < REC_TYPES; i++)
		p.records += c->relay->out->counts[i];
	p.gaps = c->relay->gaps;
	arena_reset(c->relay->line);
	p.path = clean(c, board_path(c->hands[0].board, path));
	c->relay->o->progress(c->relay->o->cookie, &p);
}

static struct str
at_of(const struct crew_hand *h)
{

	return str_of(h->at, h->at_n);
}

/* ${h} has come to ${path}; it never goes back. */
static void
move(struct crew_hand *h, struct str path)
{

	path = str_head(path, sizeof(h->at));
	if (walk_cmp(path, at_of(h)) <= 0)
		return;
	mem_copy(h->at, sizeof(h->at), path.p, path.n);
	h->at_n = path.n;
}

static int
start(struct crew *c, struct crew_hand *h, struct err *e)
{
	struct reader_job job = { .root = c->root,
		.asset = c->relay->o->asset,
		.after = h->after,
		.board = h->board,
		.claims = c->claims,
		.number = (unsigned)(h - c->hands),
		.atlas = c->atlas,
		.mounts = c->mounts };

	h->dead = false;
	c->started++;
	return child_start(&h->child, &job, c->relay->o->fp_key, e);
}

static int
take(struct crew *c, struct crew_hand *h, struct str line, struct err *e)
{
	char path[WALK_PATH_MAX];
	size_t i, n;

	if (line.n == 0 || line.p[0] != READER_MARK)
		return relay_line(c->relay, line, e);
	n = line.n - 1 < sizeof(path) ? line.n - 1 : sizeof(path);
	for (i = 0; i < n; i++)
		path[i] = (char)(line.p[i + 1] == '\0' ? '\n' : line.p[i + 1]);
	move(h, str_of(path, n));
	return MU_OK;
}

/* The reader of ${h} is gone, and all that it said is taken. */
static int
gone(struct crew *c, struct crew_hand *h, struct err *e)
{
	char text[REASON_WORDS], path[WALK_PATH_MAX];

	child_bury(&h->child);
	if (child_done(&h->child) && c->relay->asset.n != 0) {
		h->done = true;
		return MU_OK;
	}
	if (c->relay->asset.n == 0 || h->board->begun == h->child.first)
		return err_set(e, MU_ESYSTEM,
		    "no reader lives: before its first file %s",
		    child_how(&h->child, text, sizeof(text)));
	move(h, board_path(h->board, path));
	h->dead = true;
	return MU_OK;
}

/* Nobody else is to go into a directory that a reader died of. */
static void
shut(struct crew *c, struct crew_hand *h)
{
	size_t row;

	if (c->claims == NULL)
		return;
	(void)claims_take(c->claims, h->after, (unsigned)(h - c->hands), false,
	    &row);
	claims_spent(c->claims, row);
}

/* The gap of a reader that died; the next one begins after it. */
static int
mourn(struct crew *c, struct crew_hand *h, struct err *e)
{
	uint32_t i = h->board->place;
	char text[REASON_WORDS];
	struct str place = STR_NONE;

	arena_reset(c->relay->line);
	if (i < c->atlas->rows.n) {
		place = str_from(c->atlas->rows.v[i].place.id);
		h->board->counts[i].gaps++;
	}
	TRY(arena_str(c->relay->keep, at_of(h), &h->after, e));
	shut(c, h);
	TRY(relay_gap(c->relay, h->child.timeout ? GAP_TIMEOUT : GAP_CRASHED,
	    place, clean(c, h->after), child_how(&h->child, text, sizeof(text)),
	    e));
	c->tired = c->started >= COLLECT_READERS_MAX;
	return c->tired ? MU_OK : start(c, h, e);
}

/* Whose turn it is: who is least far. NULL: all are done. */
static struct crew_hand *
last(struct crew *c)
{
	struct crew_hand *h, *best = NULL;
	size_t i;

	for (i = 0; i < c->n; i++) {
		h = &c->hands[i];
		if (!h->done &&
		    (best == NULL || walk_cmp(at_of(h), at_of(best)) < 0))
			best = h;
	}
	return best;
}

/*
 * Learn from its board how far ${h} is. What it said before it came there is in
 * its pipe by now: only where that is empty does its place count.
 */
static int
locate(struct crew_hand *h, struct err *e)
{
	char path[WALK_PATH_MAX];
	struct str at = board_path(h->board, path);
	int came;

	if (h->child.pipe < 0)
		return 1;
	TRY(came = child_pump(&h->child, e));
	if (came == 0)
		move(h, at);
	return came;
}

/* Wait until something comes from any reader, but not for long. */
static int
wait_for(struct crew *c, struct err *e)
{
	struct pollfd p[COLLECT_CREW_MAX];
	struct child *of[COLLECT_CREW_MAX], *d;
	bool pending = false;
	nfds_t n = 0, i;

	for (i = 0; i < c->n; i++) {
		d = &c->hands[i].child;
		pending = pending || d->text.n != d->taken;
		if (!child_has_room(d))
			continue;
		p[n] = (struct pollfd){ .fd = d->pipe, .events = POLLIN };
		of[n++] = d;
	}
	if (poll(p, n, pending ? BEHIND_MS : TICK_MS) < 0) {
		if (errno == EINTR)
			return MU_OK;
		return err_sys(e, errno, "poll");
	}
	for (i = 0; i < n; i++)
		if (p[i].revents != 0)
			TRY(child_pump(of[i], e));
	return MU_OK;
}

static void
watch(struct crew *c)
{
	int64_t now = clock_mono_ms();
	struct child *d;
	size_t i;

	for (i = 0; i < c->n; i++) {
		d = &c->hands[i].child;
		child_watch(d, c->hands[i].board, d->text.n != d->taken, now);
	}
	progress(c, now);
}

/* Take one thing from ${h}, whose turn it is, or wait. */
static int
step(struct crew *c, struct crew_hand *h, struct err *e)
{
	struct str line;
	int came;

	if (h->dead)
		return mourn(c, h, e);
	if (child_line(&h->child, &line))
		return take(c, h, line, e);
	if (h->child.pipe < 0)
		return gone(c, h, e);
	watch(c);
	TRY(came = locate(h, e));
	if (came == 0 && last(c) == h)
		return wait_for(c, e);
	return MU_OK;
}

int
crew_run(struct crew *c, struct err *e)
{
	struct crew_hand *h;
	size_t i;

	for (i = 0; i < c->n; i++)
		TRY(start(c, &c->hands[i], e));
	while (!c->tired && (h = last(c)) != NULL)
		TRY(step(c, h, e));
	return c->tired ? 0 : 1;
}
