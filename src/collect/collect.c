#include "collect/collect.h"

#include <errno.h>
#include <fcntl.h>

#include "base/fd.h"
#include "collect/crew.h"
#include "collect/hearing.h"
#include "collect/sandbox.h"

/* What one run has beside its readers. */
struct run {
	struct relay s;
	struct atlas atlas;
	struct mounts mounts;
	struct witness witness;
	int root;
};

static inline void
run_auto(struct run *r)
{

	witness_free(&r->witness);
	atlas_free(&r->atlas);
	mounts_free(&r->mounts);
	relay_free(&r->s);
	fd_close(r->root);
}

static int
prepare(struct run *r, struct err *e)
{

	r->root = open(r->s.o->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (r->root < 0)
		return err_sys(e, errno, "%s", r->s.o->root);
	TRY(atlas_load(&r->atlas, r->s.o->places_dir, e));
	mounts_load(&r->mounts);
	return MU_OK;
}

/* A witness looks at the running system while its files are read. */
static int
call_witness(struct run *r, struct err *e)
{

	r->s.live = !r->s.o->no_witness && hearing_is_live(r->root);
	return r->s.live ? witness_start(&r->witness, e) : MU_OK;
}

/* What it saw, where there was one. */
static int
hear(struct run *r, struct board_count *counts, struct err *e)
{
	const struct hearing h = { r->root, &r->atlas, &r->s, counts };

	return r->s.live ? hearing_run(&h, &r->witness, e) : MU_OK;
}

int
collect_run(const struct collect_opts *opts, struct sink *out, struct err *e)
{
	AUTO(run) struct run r = { .root = -1, .witness = WITNESS_NONE };
	AUTO(crew) struct crew crew = { .n = 0 };
	struct board_count *counts;
	int done;

	relay_init(&r.s, opts, out);
	TRY(prepare(&r, e));
	TRY(call_witness(&r, e));
	TRY(crew_new(&crew, &r.s, &r.atlas, &r.mounts, r.root, e));
	TRY(done = crew_run(&crew, e));
	if (done == 0)
		return relay_gap(&r.s, GAP_CRASHED, STR_NONE, STR_NONE,
		    "too many readers died: the rest is unread", e);
	TRY(crew_logs(&crew, e));
	counts = crew_counts(&crew);
	TRY(hear(&r, counts, e));
	TRY(relay_coverage(&r.s, &r.atlas, counts, e));
	return relay_end(&r.s, e);
}

void
collect_sandbox(struct buf *out)
{

	sandbox_report(out);
}

void
collect_witness(struct buf *out)
{

	witness_report(out);
}
