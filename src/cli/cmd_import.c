/*
 * muster import: records from a scan or an export into the register.
 */

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/fd.h"
#include "cli/config.h"
#include "cli/look.h"
#include "cli/register.h"
#include "decode/obs.h"

extern const struct cmd cmd_import;

#define IMPORT_ARENA_MAX 67108864
#define IMPORT_BUF_MAX   (4 * REC_LINE_MAX)

struct import {
	struct cli *c;
	struct store *s;
	struct json *parser;
	struct arena *line_arena;
	const char *name; /* of the file, for errors */
	int64_t line, streams, records;
	bool open; /* a stream has begun and has not ended */
	struct store_delta sum;
};

static int
import_close(struct import *m, struct err *e)
{
	struct store_delta d;

	m->open = false;
	TRY(store_end(m->s, &d, e));
	m->streams++;
	m->sum.identities_new += d.identities_new;
	m->sum.identities_gone += d.identities_gone;
	m->sum.identities_changed += d.identities_changed;
	m->sum.partial |= d.partial;
	return MU_OK;
}

static int
import_record(struct import *m, const struct rec *r, struct err *e)
{

	if (r->type == REC_RUN) {
		if (m->open)
			TRY(import_close(m, e));
		TRY(store_begin(m->s, e));
		m->open = true;
	}
	if (!m->open)
		return err_set(e, MU_EFORMAT,
		    "a record stands before the 'run' that it belongs to");
	m->records++;
	TRY(sink_put(store_sink(m->s), r, e));
	return r->type == REC_END ? import_close(m, e) : MU_OK;
}

static int
import_line(struct import *m, struct str line, struct err *e)
{
	struct rec r;
	int got;

	m->line++;
	if (str_trim(line).n == 0)
		return MU_OK;
	arena_reset(m->line_arena);
	got = obs_read(m->parser, line, m->line_arena, &r, e);
	if (got == MU_OK)
		got = import_record(m, &r, e);
	return got < 0 ? err_wrap(e, "%s:%lld", m->name, (long long)m->line) :
			 MU_OK;
}

/* Take the whole lines that ${b} holds off its front. */
static int
import_lines(struct import *m, struct buf *b, bool last, struct err *e)
{
	struct str rest = buf_str(b), line;
	size_t nl;

	while ((nl = str_chr(rest, '\n')) != SIZE_MAX) {
		line = str_head(rest, nl);
		rest = str_skip(rest, nl + 1);
		TRY(import_line(m, line, e));
	}
	if (last && rest.n != 0)
		return import_line(m, rest, e);
	if (rest.n > REC_LINE_MAX)
		return err_set(e, MU_ELIMIT,
		    "%s:%lld: the line is longer than %d bytes", m->name,
		    (long long)m->line + 1, REC_LINE_MAX);
	buf_drop(b, b->n - rest.n);
	return MU_OK;
}

static int
import_fd(struct import *m, int fd, struct err *e)
{
	AUTO(buf) struct buf b;
	ssize_t n;
	char *at;

	buf_init(&b, IMPORT_BUF_MAX);
	for (;;) {
		at = buf_room(&b, REC_LINE_MAX);
		if (at == NULL)
			return buf_check(&b, "the line", e);
		n = read(fd, at, REC_LINE_MAX);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_sys(e, errno, "%s", m->name);
		if (n == 0)
			break;
		buf_took(&b, (size_t)n);
		TRY(import_lines(m, &b, false, e));
	}
	TRY(import_lines(m, &b, true, e));
	return m->open ? import_close(m, e) : MU_OK;
}

static int
import_from(struct import *m, struct err *e)
{
	AUTO(fd) int fd = -1;
	char path[LOOK_PATH_MAX];

	if (str_eq(cmd_arg(m->c, 0), STR("-"))) {
		m->name = "standard input";
		return import_fd(m, STDIN_FILENO, e);
	}
	TRY(look_path(m->c, cmd_arg(m->c, 0), path, e));
	m->name = path;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return err_sys(e, errno, "%s", path);
	return import_fd(m, fd, e);
}

static int
import_take(struct import *m, struct err *e)
{
	struct assess_summary judged;
	int r;

	r = import_from(m, e);
	if (r < 0) {
		store_abort(m->s);
		return r;
	}
	if (m->streams == 0)
		return err_set(e, MU_EFORMAT,
		    "there is no record in it; `muster scan` prints them");
	TRY(assess_run(m->s, m->c->now_s, &judged, e));
	cmd_hint(m->c,
	    "Took in %lld records of %lld %s: %lld identities new, %lld gone, "
	    "%lld changed.%s\nNext: `muster list`",
	    (long long)m->records, (long long)m->streams,
	    m->streams == 1 ? "reading" : "readings",
	    (long long)m->sum.identities_new, (long long)m->sum.identities_gone,
	    (long long)m->sum.identities_changed,
	    m->sum.partial ? " A stream broke off: what it did not reach "
			     "counts as still there." :
			     "");
	return m->sum.partial ? CMD_PARTIAL : CMD_OK;
}

static int
import_run(struct cli *c, struct err *e)
{
	AUTO(store) struct store *s = NULL;
	struct import m = { .c = c };
	struct workspace w;
	int r;

	TRY(config_use(c, e));
	TRY(register_find(c, &w, e));
	TRY(workspace_make(&w, e));
	TRY(store_open(w.db.p, STORE_WRITE, &s, e));
	m.s = s;
	m.line_arena = arena_new(IMPORT_ARENA_MAX);
	m.parser = json_new(REC_LINE_MAX);
	r = import_take(&m, e);
	json_free(m.parser);
	arena_free(m.line_arena);
	return r;
}

const struct cmd cmd_import = {
	.name = "import",
	.line = "take records of a scan or an export into the register",
	.args = "FILE",
	.about = "Reads muster.observation/1, one record a line, from FILE or, "
		 "for -, from standard\ninput, keeps it and judges it. A line "
		 "that is wrong ends the import: the reading it\nbelongs to is "
		 "not kept, the ones before it are. Fingerprints made with "
		 "another key\nare kept, and joined to no others.",
	.examples = "  muster import web01.ndjson --client acme\n"
		    "  ssh web01 muster scan | muster import -\n",
	.uses = CMD_STORE | CMD_CLOCK | CMD_CONFIG,
	.args_min = 1,
	.args_max = 1,
	.exits = "0 1 2 4 5",
	.run = import_run,
};
