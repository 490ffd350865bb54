#include "collect/reader.h"

#include <sys/mman.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/map.h"
#include "base/secret.h"
#include "collect/facts.h"
#include "collect/learn.h"
#include "collect/lookup.h"
#include "collect/roots.h"
#include "collect/sandbox.h"
#include "collect/spawn.h"
#include "decode/md5.h"
#include "decode/x509memo.h"

#define KEY_BYTES    32
#define CANDIDATES   32 /* decoders of one file */
#define FILE_DIR_MAX (WALK_DEPTH_MAX + 1)
#define KEEP_BYTES   1048576 /* of the buffer, after a large file */

/* One decoder to be tried on a file, and the place it is tried for. */
struct candidate {
	const struct decoder *decoder;
	uint32_t place;
};

struct reader {
	struct sink sink; /* what decoders put to; must be first */
	const struct reader_job *job;
	struct board *board;
	struct arena *host_arena, *arena;
	struct host host;
	struct secret *key;
	struct match *match;
	struct match_dir dirs[FILE_DIR_MAX];
	struct packages *packages;
	struct x509memo *certs;
	bool learned; /* the roots, or that they are not to be had */
	struct lookup *lookup;
	char *bytes; /* READER_FILE_MAX + 1, touched as far as was read */
	size_t touched;
	struct buf out; /* records of the file at hand */
	uint32_t place; /* of the decoder at work */
	bool sample;    /* it reads a file that is nobody's */
	struct candidate try[CANDIDATES];
	size_t n_try;
};

static const struct place *
place_at(const struct reader *r, uint32_t i)
{

	return &r->job->atlas->rows.v[i].place;
}

/* Say which path the lines are about that come now. */
static void
put_mark(struct reader *r)
{
	size_t from, i;

	buf_addc(&r->out, READER_MARK);
	from = r->out.n;
	buf_add(&r->out, str_of(r->board->path, r->board->path_n));
	for (i = from; i < r->out.n; i++)
		if (r->out.p[i] == '\n')
			r->out.p[i] = '\0';
	buf_addc(&r->out, '\n');
}

/*
 * Decoders' records become lines; a gap in a file counts for its place. What
 * is broken in a package's own file or in a sample hides no identity: it is
 * passed over.
 */
static int
put(struct sink *sink, const struct rec *rec, struct err *e)
{
	struct reader *r = (struct reader *)(void *)sink;
	size_t before;

	if (rec->type == REC_GAP && r->sample)
		return MU_OK;
	if (r->out.n == 0)
		put_mark(r);
	before = r->out.n;
	rec_write(&r->out, rec);
	if (r->out.bad || r->out.n - before > REC_LINE_MAX) {
		buf_cut(&r->out, before);
		r->out.bad = false;
		return err_set(e, MU_ELIMIT, "more than %zu bytes of records",
		    READER_OUT_BYTES);
	}
	if (rec->type == REC_GAP && r->place != BOARD_NO_PLACE)
		r->board->counts[r->place].gaps++;
	return MU_OK;
}

/* Send what there is: whole lines of whole files. */
static int
flush(struct reader *r, struct err *e)
{

	if (r->out.n == 0)
		return MU_OK;
	TRY(fd_write_all(r->job->out, buf_str(&r->out), e));
	buf_reset(&r->out);
	return MU_OK;
}

static int
put_gap(struct reader *r, struct str path, uint32_t place, enum gap_reason why,
    const char *text, struct err *e)
{
	struct rec rec;

	rec_init(&rec, REC_GAP);
	rec.gap.asset = r->host.key;
	rec.gap.locator = path;
	rec.gap.reason = why;
	rec.gap.detail = str_from(text);
	if (place != BOARD_NO_PLACE)
		rec.gap.place = str_from(place_at(r, place)->id);
	r->place = place;
	return sink_put(&r->sink, &rec, e);
}

static void
on_begin(void *cookie, struct str path)
{
	struct reader *r = cookie;

	board_begin(r->board, path);
}

static int
on_enter(void *cookie, struct str path, unsigned depth, struct err *e)
{
	struct reader *r = cookie;

	(void)e;
	match_enter(r->match, path, &r->dirs[depth]);
	r->board->dirs++;
	return MU_OK;
}

static struct str
name_of(struct str path)
{
	size_t cut = str_rchr(path, '/');

	return cut == SIZE_MAX ? path : str_skip(path, cut + 1);
}

/*
 * One decoder reads a file once, for the first place that names it; one that
 * is told by its place what to pick, once for each.
 */
static void
try_also(struct reader *r, const struct decoder *d, uint32_t place)
{
	bool picks = place_at(r, place)->picks != NULL;
	size_t i;

	for (i = 0; i < r->n_try; i++)
		if (r->try[i].decoder == d &&
		    (!picks || r->try[i].place == place))
			return;
	if (r->n_try < CANDIDATES)
		r->try[r->n_try++] = (struct candidate){ d, place };
}

/* What the path says that a file is. */
static void
by_path(struct reader *r, struct str path, unsigned depth)
{
	struct str name = name_of(path);
	size_t at = 0;
	uint32_t i;

	r->n_try = 0;
	while (match_file(&r->dirs[depth], name, &at, &i))
		try_also(r, r->job->atlas->rows.v[i].decoder, i);
}

/*
 * Whether a decoder that the path brought reads what ${finder} would, and
 * knows more of it: a line of authorized_keys is no public key lying about.
 */
static bool
is_covered(const struct reader *r, const struct decoder *finder)
{
	static const char *const pairs[][2] = {
		{ "anchors", "der" },
		{ "anchors", "pem" },
		{ "authorized_keys", "ssh_public" },
		{ "dkim", "pem" },
		{ "known_hosts", "ssh_public" },
	};
	size_t i, k;

	for (i = 0; i < r->n_try; i++)
		for (k = 0; k < MU_COUNT(pairs); k++)
			if (strcmp(r->try[i].decoder->name, pairs[k][0]) == 0 &&
			    strcmp(finder->name, pairs[k][1]) == 0)
				return true;
	return false;
}

/* What its bytes say. */
static void
by_content(struct reader *r, struct str head)
{
	const struct atlas *a = r->job->atlas;
	bool armour = str_find(head, STR(DECODE_ARMOUR)) != SIZE_MAX;
	const struct decoder *d;
	size_t i;

	for (i = 0; i < a->n_finders; i++) {
		d = a->finders[i].decoder;
		if ((armour || !d->armour) && d->sniff(head) &&
		    !is_covered(r, d))
			try_also(r, d, a->finders[i].place);
	}
}

/* A directory that is not read hides every place that can lie below it. */
static void
hide(struct reader *r, struct str path)
{
	bool seen[ATLAS_MAX] = { false };
	const struct atlas *a = r->job->atlas;
	size_t i;

	match_below(r->match, path, seen, a->rows.n);
	for (i = 0; i < a->rows.n; i++)
		if (seen[i])
			r->board->counts[i].hidden = true;
}

/* What content alone would find can be anywhere. */
static void
hide_contents(struct reader *r)
{
	const struct atlas *a = r->job->atlas;
	size_t i;

	for (i = 0; i < a->rows.n; i++)
		if (a->rows.v[i].place.globs[0] == NULL &&
		    !a->rows.v[i].place.live)
			r->board->counts[i].hidden = true;
}

static int
on_gap(void *cookie, struct str path, unsigned depth, bool dir,
    enum gap_reason why, const char *text, struct err *e)
{
	struct reader *r = cookie;
	uint32_t place = BOARD_NO_PLACE;
	size_t i;

	hide_contents(r);
	if (dir) {
		hide(r, path);
	} else {
		by_path(r, path, depth);
		for (i = 1; i < r->n_try; i++)
			r->board->counts[r->try[i].place].gaps++;
		if (r->n_try != 0)
			place = r->try[0].place;
	}
	TRY(put_gap(r, path, place, why, text, e));
	return flush(r, e);
}

/*
 * Read from ${at} until ${n} bytes are there or the file ends, which ${size}
 * foretells and saves one call; ${got} says how many. A negative answer is the
 * errno.
 */
static int
fill(struct reader *r, int fd, size_t at, size_t n, off_t size, size_t *got)
{
	ssize_t k;

	while (at < n && (off_t)at != size) {
		k = read(fd, r->bytes + at, n - at);
		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return -errno;
		if (k == 0)
			break;
		at += (size_t)k;
	}
	*got = at;
	if (at > r->touched)
		r->touched = at;
	return 0;
}

/* Give the pages of a large file back. */
static void
shrink(struct reader *r)
{

	if (r->touched <= KEEP_BYTES)
		return;
	(void)madvise(r->bytes + KEEP_BYTES, READER_FILE_MAX - KEEP_BYTES,
	    MADV_DONTNEED);
	r->touched = KEEP_BYTES;
}

static enum gap_reason
reason_of(int code)
{

	switch (code) {
	case MU_EFORMAT:
		return GAP_MALFORMED;
	case MU_ELIMIT:
		return GAP_LIMIT;
	case MU_EDENIED:
		return GAP_DENIED;
	case MU_ENOTFOUND:
		return GAP_VANISHED;
	case MU_EBUG:
		return GAP_CRASHED;
	default:
		return GAP_UNSUPPORTED;
	}
}

/*
 * Learn what the distribution trusts when a file first holds something. It is
 * parsing like any other: a reader that dies of it is not followed by another
 * that tries.
 */
static void
learn_roots(struct reader *r)
{

	if (r->learned)
		return;
	r->learned = true;
	if (r->board->roots++ == 0)
		roots_learn(r->job->root, r->packages, r->certs);
	r->board->roots = 0;
}

/* More logs than there is room for count as none, which claims less. */
static void
tell_span(struct board *b, uint32_t place, const struct decode_span *span)
{

	if (b->n_spans >= LOGSPAN_MAX)
		return;
	b->spans[b->n_spans] =
	    (struct logspan){ place, span->from_s, span->to_s, span->heard };
	b->n_spans++;
}

/* One decoder over one file. */
static int
decode(struct reader *r, const struct candidate *c, const struct file *f,
    struct str bytes, struct err *e)
{
	const struct place *p = place_at(r, c->place);
	struct decode_in in = { .bytes = bytes,
		.file = f,
		.host = &r->host,
		.place = str_from(p->id),
		.kind = p->kind,
		.picks = p->picks,
		.fp_key = secret_view(r->key),
		.peek = lookup_peek(r->lookup),
		.certs = r->certs,
		.job = r->arena,
		.out = &r->sink };
	struct decode_span span = { .from_s = CLOCK_NONE };
	struct err why = { 0 };
	char text[64];
	int ok;

	in.span = &span;
	r->place = c->place;
	r->board->place = c->place;
	if (bytes.n > c->decoder->max_bytes) {
		(void)snprintf(text, sizeof(text), "longer than %zu bytes",
		    c->decoder->max_bytes);
		return put_gap(r, f->path, c->place, GAP_LIMIT, text, e);
	}
	ok = c->decoder->read(&in, &why);
	r->board->counts[c->place].counted += x509memo_counted(r->certs);
	if (ok < 0)
		return put_gap(r, f->path, c->place, reason_of(ok), why.text,
		    e);
	r->board->counts[c->place].files++;
	if (span.from_s != CLOCK_NONE)
		tell_span(r->board, c->place, &span);
	return MU_OK;
}

/* Most bytes that any of the candidates takes, and one to see more. */
static size_t
wanted(const struct reader *r)
{
	size_t i, most = 0;

	for (i = 0; i < r->n_try; i++)
		if (r->try[i].decoder->max_bytes > most)
			most = r->try[i].decoder->max_bytes;
	return most < READER_FILE_MAX ? most + 1 : READER_FILE_MAX + 1;
}

static int
decode_all(struct reader *r, struct str path, int fd, const struct stat *st,
    size_t n, struct err *e)
{
	struct str bytes = str_of(r->bytes, n);
	struct file f;
	size_t i;

	arena_reset(r->arena);
	learn_roots(r);
	facts_file(r->job->root, path, fd, st, &f);
	TRY(facts_context(r->packages, &f, bytes, r->arena, e));
	lookup_begin(r->lookup);
	r->sample = f.context.n != 0;
	for (i = 0; i < r->n_try; i++) {
		TRY(decode(r, &r->try[i], &f, bytes, e));
		r->board->place = BOARD_NO_PLACE;
	}
	r->sample = false;
	return flush(r, e);
}

/* A file too long to be decoded: name what its ends look like. */
static int
large(struct reader *r, struct str path, int fd, const struct stat *st,
    struct err *e)
{
	size_t n = 0, i;

	(void)posix_fadvise(fd, 0, 0, POSIX_FADV_RANDOM);
	if (fill(r, fd, 0, READER_ENDS_BYTES, -1, &n) == 0)
		by_content(r, str_of(r->bytes, n));
	if (lseek(fd, st->st_size - READER_ENDS_BYTES, SEEK_SET) >= 0 &&
	    fill(r, fd, 0, READER_ENDS_BYTES, -1, &n) == 0)
		by_content(r, str_of(r->bytes, n));
	for (i = 0; i < r->n_try; i++)
		TRY(put_gap(r, path, r->try[i].place, GAP_LIMIT,
		    "longer than 64 MB: only its first and last 1 MB were "
		    "looked at",
		    e));
	return flush(r, e);
}

static int
unreadable(struct reader *r, struct str path, unsigned depth, int no,
    struct err *e)
{

	return on_gap(r, path, depth, false,
	    no == EACCES || no == EPERM ? GAP_DENIED : GAP_UNSUPPORTED,
	    strerrordesc_np(no), e);
}

/* The head of a file, by one call: less than was asked for is all there is. */
static int
glance(struct reader *r, int fd, size_t *got)
{
	ssize_t n;

	do
		n = read(fd, r->bytes, READER_HEAD_BYTES);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return -errno;
	*got = (size_t)n;
	if (*got > r->touched)
		r->touched = *got;
	return 0;
}

/*
 * Nearly all files are short and hold nothing: they are opened, read and
 * closed, and not asked what they are. Where a pipe or a device has taken the
 * place of a file between the directory and the open, it is read once, without
 * waiting, and then known for what it is before anything of it is told.
 */
static int
on_file(void *cookie, struct str path, unsigned depth, int fd, struct err *e)
{
	struct reader *r = cookie;
	size_t n = 0;
	struct stat st;
	int no;

	r->board->files++;
	by_path(r, path, depth);
	no = glance(r, fd, &n);
	by_content(r, str_of(r->bytes, n));
	if (no == 0 && r->n_try == 0 && n < READER_HEAD_BYTES)
		return MU_OK;
	if (fstat(fd, &st) < 0)
		return unreadable(r, path, depth, errno, e);
	if (!S_ISREG(st.st_mode))
		return MU_OK;
	if (no == 0 && st.st_size > READER_FILE_MAX)
		return large(r, path, fd, &st, e);
	if (no == 0 && r->n_try == 0)
		return MU_OK;
	if (no == 0)
		no = fill(r, fd, n, wanted(r), st.st_size, &n);
	if (no != 0)
		return unreadable(r, path, depth, -no, e);
	TRY(decode_all(r, path, fd, &st, n, e));
	shrink(r);
	return MU_OK;
}

static const struct walk_ops ops = { .enter = on_enter,
	.begin = on_begin,
	.file = on_file,
	.gap = on_gap };

static int
put_host(struct reader *r, struct err *e)
{
	struct rec rec;

	rec_init(&rec, REC_ASSET);
	rec.asset.key = r->host.key;
	rec.asset.kind = STR("host");
	rec.asset.name = r->host.name;
	rec.asset.os = r->host.os;
	TRY(sink_put(&r->sink, &rec, e));
	return flush(r, e);
}

/* What must be had before the rights are given away. */
static int
prepare(struct reader *r, struct err *e)
{
	AUTO(buf) struct buf key;
	unsigned char sum[16];

	buf_init(&key, KEY_BYTES);
	TRY(fd_read_all(r->job->key, &key, e));
	r->key = secret_new(buf_str(&key));
	mem_wipe(key.p, key.n);
	fd_close(r->job->key);
	(void)md5_sum(STR_NONE, sum);
	(void)map_hash(STR_NONE);
	r->bytes = mmap(NULL, READER_FILE_MAX + 1, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (r->bytes == MAP_FAILED)
		return err_sys(e, errno, "the reader's buffer");
	(void)madvise(r->bytes, READER_FILE_MAX + 1, MADV_DONTDUMP);
	return MU_OK;
}

static int
run(struct reader *r, struct err *e)
{
	struct walk_opts w = { .root = r->job->root,
		.after = r->job->after,
		.mounts = r->job->mounts,
		.quiet_atime = geteuid() == 0,
		.claims = r->job->claims,
		.reader = r->job->number };
	const void *const pages[] = { r->job->board, r->job->claims };
	const int keep[] = { r->job->root, r->job->key, r->job->out };

	TRY(spawn_detach(r->job->parent, keep, MU_COUNT(keep), pages,
	    MU_COUNT(pages), e));
	TRY(prepare(r, e));
	TRY(sandbox_enter(r->job->root, e));
	r->host_arena = arena_new(READER_HOST_BYTES);
	r->arena = arena_new(READER_JOB_BYTES);
	r->packages = packages_new(r->job->root);
	r->certs = x509memo_new();
	r->lookup = lookup_new(r->job->root, r->job->mounts, r->packages);
	buf_init(&r->out, READER_OUT_BYTES);
	TRY(learn_host(r->job->root, r->job->asset, r->host_arena, &r->host,
	    e));
	TRY(put_host(r, e));
	lookup_begin(r->lookup);
	TRY(learn_match(lookup_peek(r->lookup), r->job->atlas, &r->host,
	    r->host_arena, &r->match, e));
	return walk_run(&w, &ops, r, e);
}

_Noreturn void
reader_main(const struct reader_job *job)
{
	struct reader *r = mem_new(1, sizeof(*r));
	struct err e = { 0 };

	r->sink.put = put;
	r->job = job;
	r->board = job->board;
	r->place = BOARD_NO_PLACE;
	/* What happened is seen in the pipe and in the status; all ends here. */
	_exit(run(r, &e) < 0 ? 1 : 0);
}
