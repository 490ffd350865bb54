#include "collect/collect.h"

#include <errno.h>
#include <fcntl.h>

#include "base/fd.h"
#include "collect/crew.h"
#include "collect/sandbox.h"

/* What one run has beside its readers. */
struct run {
	struct relay s;
	struct atlas atlas;
	struct mounts mounts;
	int root;
};

static inline void
run_auto(struct run *r)
{

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

int
collect_run(const struct collect_opts *opts, struct sink *out, struct err *e)
{
	AUTO(run) struct run r = { .root = -1 };
	AUTO(crew) struct crew crew = { .n = 0 };
	int done;

	relay_init(&r.s, opts, out);
	TRY(prepare(&r, e));
	TRY(crew_new(&crew, &r.s, &r.atlas, &r.mounts, r.root, e));
	TRY(done = crew_run(&crew, e));
	if (done == 0)
		return relay_gap(&r.s, GAP_CRASHED, STR_NONE, STR_NONE,
		    "too many readers died: the rest is unread", e);
	TRY(crew_logs(&crew, e));
	TRY(relay_coverage(&r.s, &r.atlas, crew_counts(&crew), e));
	return relay_end(&r.s, e);
}

void
collect_sandbox(struct buf *out)
{

	sandbox_report(out);
}
