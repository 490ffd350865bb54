#include "fuzz.h"

#include "decode/obs.h"
#include "decode/peek.h"

#define FUZZ_JOB_BYTES ((size_t)64 << 20)

static struct account accounts[] = {
	{ .name = { "root", 4 },
	    .home = { "/root", 5 },
	    .shell = { "/bin/bash", 9 },
	    .key = { "account:host:fuzz:root", 22 },
	    .login_shell = true,
	    .password = TRI_YES },
	{ .name = { "ada", 3 },
	    .home = { "/home/ada", 9 },
	    .shell = { "/bin/sh", 7 },
	    .key = { "account:host:fuzz:ada", 21 },
	    .uid = 1000,
	    .gid = 1000,
	    .login_shell = true,
	    .password = TRI_YES,
	    .person = true },
	{ .name = { "www-data", 8 },
	    .home = { "/var/www", 8 },
	    .shell = { "/usr/sbin/nologin", 17 },
	    .key = { "account:host:fuzz:www-data", 26 },
	    .uid = 33,
	    .gid = 33,
	    .password = TRI_NO },
};

static struct group groups[] = {
	{ .name = { "root", 4 } },
	{ .name = { "docker", 6 }, .gid = 998, .members = { "ada", 3 } },
};

const struct host *
fuzz_host(void)
{
	static const struct host h = { .key = { "host:fuzz", 9 },
		.name = { "fuzz", 4 },
		.accounts = accounts,
		.n_accounts = MU_COUNT(accounts),
		.groups = groups,
		.n_groups = MU_COUNT(groups),
		.uid_min = 1000,
		.uid_max = 60000 };

	return &h;
}

struct fuzz_sink {
	struct sink sink;
	struct buf line;
};

/* What is written reads back as itself: the engine takes nothing less. */
static void
fuzz_back(struct str line)
{
	static struct json *p;
	static struct arena *a;
	AUTO(buf) struct buf again;
	struct rec r;
	struct err e = { 0 };

	if (p == NULL)
		p = json_new(REC_LINE_MAX);
	if (a == NULL)
		a = arena_new(FUZZ_JOB_BYTES);
	arena_reset(a);
	buf_init(&again, FUZZ_JOB_BYTES);
	if (obs_read(p, line, a, &r, &e) < 0) {
		fprintf(stderr, "%s in %.*s", e.text, (int)line.n, line.p);
		abort();
	}
	rec_write(&again, &r);
	MU_ASSERT(str_eq(buf_str(&again), line));
}

static int
fuzz_put(struct sink *s, const struct rec *r, struct err *e)
{
	struct fuzz_sink *f = (struct fuzz_sink *)(void *)s;

	(void)e;
	buf_reset(&f->line);
	rec_write(&f->line, r);
	MU_ASSERT(!f->line.bad);
	MU_ASSERT(str_utf8(buf_str(&f->line)));
	MU_ASSERT(str_chr(buf_str(&f->line), '\n') == f->line.n - 1);
	fuzz_back(buf_str(&f->line));
	return MU_OK;
}

/* The other files of the root: what stands after each FUZZ_CUT of the input. */
struct fuzz_peek {
	struct peek peek;
	struct str rest;
	unsigned left;
};

/* Any path is there: which of the files it is, its bytes say. */
static int
fuzz_file(struct peek *p, struct str path, size_t max_bytes, struct arena *a,
    struct str *bytes, struct file *file, struct err *e)
{
	struct fuzz_peek *f = (struct fuzz_peek *)(void *)p;
	struct str rest = f->rest, one;
	size_t at, turn = path.n != 0 ? (unsigned char)path.p[path.n - 1] : 0;

	if (rest.n == 0)
		return 0;
	if (f->left == 0)
		return err_set(e, MU_ELIMIT, "asked too often");
	f->left--;
	do {
		at = str_find(rest, STR(FUZZ_CUT));
		one = at == SIZE_MAX ? rest : str_head(rest, at);
		rest = at == SIZE_MAX ? STR_NONE :
					str_skip(rest, at + strlen(FUZZ_CUT));
	} while (rest.n != 0 && turn-- % 4 != 0);
	if (one.n > max_bytes)
		return err_set(e, MU_EDENIED, "no right");
	TRY(arena_str(a, one, bytes, e));
	*file = (struct file){ .mode = 0644, .birth_s = CLOCK_NONE };
	TRY(arena_str(a, path, &file->path, e));
	return 1;
}

static int
fuzz_list(struct peek *p, struct str path, struct arena *a, struct str **names,
    size_t *n, struct err *e)
{
	static struct str two[] = { { "a.conf", 6 }, { "b.conf", 6 } };
	struct fuzz_peek *f = (struct fuzz_peek *)(void *)p;

	(void)path, (void)a, (void)e;
	*names = two;
	*n = MU_COUNT(two);
	return f->rest.n != 0;
}

void
fuzz_decoder(const struct decoder *d, struct str in, const char *path)
{

	fuzz_picks(d, in, path, NULL);
}

void
fuzz_picks(const struct decoder *d, struct str in, const char *path,
    const struct pick *picks)
{
	AUTO(arena) struct arena *job = arena_new(FUZZ_JOB_BYTES);
	struct fuzz_sink sink = { .sink = { .put = fuzz_put } };
	struct file file = { .path = str_from(path),
		.mode = 0644,
		.mtime_s = 1700000000,
		.birth_s = CLOCK_NONE,
		.size_bytes = (int64_t)in.n };
	struct fuzz_peek peek = { .peek = { .file = fuzz_file,
				      .list = fuzz_list },
		.left = PEEK_MAX };
	size_t cut = str_find(in, STR(FUZZ_CUT));
	struct decode_in di = { .bytes = in,
		.file = &file,
		.host = fuzz_host(),
		.place = STR("fuzz.place"),
		.kind = ID_KINDS,
		.picks = picks,
		.fp_key = STR("0123456789abcdef0123456789abcdef"),
		.peek = &peek.peek,
		.job = job,
		.out = &sink.sink };
	struct err e = { 0 };

	if (cut != SIZE_MAX) {
		peek.rest = str_skip(in, cut + strlen(FUZZ_CUT));
		di.bytes = in = str_head(in, cut);
	}
	buf_init(&sink.line, (size_t)16 << 20);
	if (d->sniff != NULL)
		(void)d->sniff(str_head(in, 65536));
	if (in.n <= d->max_bytes && d->read(&di, &e) < 0) {
		MU_ASSERT(e.code != MU_OK && e.code != MU_EBUG);
		MU_ASSERT(e.text[0] != '\0');
	}
	buf_free(&sink.line);
}

/** LLVMFuzzerTestOneInput(data, n): libFuzzer's entry. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

__attribute__((visibility("default"))) int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{

	fuzz_one(str_of(n != 0 ? (const void *)data : "", n));
	return 0;
}
