#include "cli/look.h"

#include <sys/stat.h>
#include <errno.h>

#include "base/vis.h"

#define LOOK_EVERY_MS  100
#define LOOK_PATH_COLS 48
#define LOOK_TEXT_MAX  16384

/* What stands between the giver of the records and their taker. */
struct tap {
	struct sink sink;
	struct sink *out;
	struct look *l;
};

/*
 * A gap without a place in it is a source that failed as a whole: the reader
 * that could not start, or that gave up.
 */
static int
look_put(struct sink *sink, const struct rec *r, struct err *e)
{
	struct tap *t = (struct tap *)(void *)sink;

	if (r->type == REC_GAP && r->gap.locator.n == 0 &&
	    r->gap.place.n == 0 &&
	    (r->gap.reason == GAP_CRASHED || r->gap.reason == GAP_TIMEOUT))
		t->l->source_failed = true;
	if (r->type == REC_RUN)
		TRY(arena_str(t->l->c->arena, r->run.asset, &t->l->asset, e));
	return sink_put(t->out, r, e);
}

/* One line on standard error, ten times a second at most. */
static void
look_progress(void *cookie, const struct collect_progress *p)
{
	AUTO(buf) struct buf b = { 0 };
	AUTO(buf) struct buf path = { 0 };
	struct look *l = cookie;
	int64_t now = clock_mono_ms();

	if (l->drawn && now - l->drawn_ms < LOOK_EVERY_MS)
		return;
	l->drawn = true;
	l->drawn_ms = now;
	buf_init(&b, LOOK_TEXT_MAX);
	buf_init(&path, LOOK_TEXT_MAX);
	buf_adds(&b, "\r\x1b[KReading: ");
	table_thousands(&b, p->files);
	buf_adds(&b, " files, ");
	table_thousands(&b, p->records);
	buf_adds(&b, " records  ");
	vis_add(&path, p->path);
	vis_fit(&b, buf_str(&path), LOOK_PATH_COLS);
	(void)fprintf(stderr, STR_FMT, STR_ARG(buf_str(&b)));
	(void)fflush(stderr);
}

int
look_path(struct cli *c, struct str s, char out[LOOK_PATH_MAX], struct err *e)
{
	int n;

	n = snprintf(out, LOOK_PATH_MAX, STR_FMT, STR_ARG(s));
	if (n < 0 || n >= LOOK_PATH_MAX || str_has_nul(s))
		return cmd_usage(c, e, "a path is too long");
	return MU_OK;
}

static int
look_root(struct cli *c, char path[LOOK_PATH_MAX], struct err *e)
{
	struct stat st;

	if (c->asked.root.n == 0)
		c->asked.root = STR("/");
	TRY(look_path(c, c->asked.root, path, e));
	if (stat(path, &st) < 0 && errno == ENOENT)
		return cmd_usage(c, e, "there is no directory '%s'", path);
	if (stat(path, &st) == 0 && !S_ISDIR(st.st_mode))
		return cmd_usage(c, e, "'%s' is no directory", path);
	return MU_OK;
}

int
look_run(struct look *l, const struct secret *fp, struct sink *out,
    struct err *e)
{
	struct tap tap = { { look_put, { 0 } }, out, l };
	char root[LOOK_PATH_MAX], id[WORKSPACE_ID_CHARS + 1];
	struct collect_opts o = { .root = root };
	int64_t began = clock_mono_ms();
	size_t i;
	int r;

	TRY(look_root(l->c, root, e));
	workspace_id(fp, id);
	o.asset = l->c->asked.asset;
	o.places_dir = l->c->places_dir;
	o.fp_key = secret_view(fp);
	o.fp_key_id = str_from(id);
	o.ephemeral = l->ephemeral;
	o.no_witness = l->c->asked.witness_not;
	o.now_s = l->c->now_s;
	o.progress = l->c->chatty ? look_progress : NULL;
	o.cookie = l;
	r = collect_run(&o, &tap.sink, e);
	if (l->drawn)
		(void)fputs("\r\x1b[K", stderr);
	for (i = 0; i < REC_TYPES; i++)
		l->counts[i] = tap.sink.counts[i];
	l->took_ms = clock_mono_ms() - began;
	return r;
}

int
look_exit(const struct look *l)
{

	return l->source_failed ? CMD_PARTIAL : CMD_OK;
}
