#include "collect/facts.h"

#include <fcntl.h>

#include "collect/sample.h"
#include "collect/walk.h"

/* Who gets through the directories above ${path}: asked only where a file
 * holds something. The root itself lets in everybody. */
static enum readers
reach_of(int root, struct str path)
{
	enum readers reach = READERS_WORLD;
	char dir[WALK_PATH_MAX];
	struct stat st;
	size_t i;

	for (i = 0; i < path.n && i < sizeof(dir) - 1; i++) {
		dir[i] = path.p[i];
		if (path.p[i] != '/')
			continue;
		dir[i] = '\0';
		if (fstatat(root, dir, &st, AT_SYMLINK_NOFOLLOW) == 0)
			reach = host_reach(reach, st.st_mode & 07777);
		dir[i] = '/';
	}
	return reach;
}

void
facts_file(int root, struct str path, int fd, const struct stat *st,
    struct file *out)
{
	struct statx sx;

	*out = (struct file){ .path = path,
		.mode = st->st_mode & 07777,
		.uid = st->st_uid,
		.gid = st->st_gid,
		.size_bytes = st->st_size,
		.mtime_s = st->st_mtim.tv_sec,
		.birth_s = CLOCK_NONE,
		.reach = reach_of(root, path) };
	if (statx(fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_BTIME,
		&sx) == 0 &&
	    (sx.stx_mask & STATX_BTIME) != 0)
		out->birth_s = sx.stx_btime.tv_sec;
}

int
facts_context(struct packages *p, struct file *f, struct str bytes,
    struct arena *a, struct err *e)
{
	struct str why;

	why = packages_owner(p, f->path, bytes);
	if (why.n != 0)
		return arena_fmt(a, &f->context, e, "package:" STR_FMT,
		    STR_ARG(why));
	why = sample_why(f->path);
	if (why.n != 0)
		return arena_fmt(a, &f->context, e, "sample:" STR_FMT,
		    STR_ARG(why));
	return MU_OK;
}
