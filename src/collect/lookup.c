#include "collect/lookup.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/mem.h"
#include "collect/dirents.h"
#include "collect/facts.h"
#include "collect/walk.h"

#define LOOK_FLAGS (AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_STATX_DONT_SYNC)

struct lookup {
	struct peek peek; /* must be first */
	int root;
	const struct mounts *mounts;
	struct packages *packages;
	unsigned left; /* questions of this file */
};

/* A path on its way: what is known to be no link, and what is to come. */
struct trail {
	char done[WALK_PATH_MAX];
	size_t done_n;
	char left[2 * WALK_PATH_MAX];
	unsigned links;
	bool by_id; /* the mount of ${done} */
	uint64_t mount;
	uint32_t major, minor;
	mode_t mode;
};

void
lookup_free(struct lookup *l)
{

	mem_free(l);
}

/* 1, 0 where it is not there, or an error. */
static int
absent(int no, struct str path, struct err *e)
{

	if (no == ENOENT || no == ENOTDIR)
		return 0;
	return err_sys(e, no, STR_FMT, STR_ARG(path));
}

/* Whether a directory that another mount begins at may be touched. */
static int
cross(const struct lookup *l, const struct trail *t, const struct statx *sx,
    struct err *e)
{
	bool by_id = (sx->stx_mask & STATX_MNT_ID) != 0;
	const struct mounts_row *m;

	if (by_id && t->by_id ?
		sx->stx_mnt_id == t->mount :
		sx->stx_dev_major == t->major && sx->stx_dev_minor == t->minor)
		return MU_OK;
	m = mounts_find(l->mounts, by_id, sx->stx_mnt_id, sx->stx_dev_major,
	    sx->stx_dev_minor);
	if (m != NULL && m->class == MOUNTS_READ)
		return MU_OK;
	return err_set(e, MU_EUNSUPPORTED,
	    "it lies on a mount that is not "
	    "read");
}

/* Look at ${t}->done without touching what it is on. */
static int
look(const struct lookup *l, struct trail *t, bool first, struct err *e)
{
	const char *path = t->done_n != 0 ? t->done : ".";
	struct statx sx;

	if (statx(l->root, path, LOOK_FLAGS, STATX_TYPE | STATX_MNT_ID, &sx) <
	    0)
		return absent(errno, str_from(path), e);
	if (!first)
		TRY(cross(l, t, &sx, e));
	t->by_id = (sx.stx_mask & STATX_MNT_ID) != 0;
	t->mount = sx.stx_mnt_id;
	t->major = sx.stx_dev_major;
	t->minor = sx.stx_dev_minor;
	t->mode = sx.stx_mode;
	return 1;
}

/* ".." of the root is the root. */
static void
up(struct trail *t)
{

	while (t->done_n > 0 && t->done[t->done_n - 1] != '/')
		t->done_n--;
	if (t->done_n > 0)
		t->done_n--;
	t->done[t->done_n] = '\0';
}

/* ${t}->done is a link: what it says comes before what is left. */
static int
follow(const struct lookup *l, struct trail *t, struct str rest, struct err *e)
{
	char to[sizeof(t->left)];
	ssize_t n;

	if (t->links++ == LOOKUP_LINKS_MAX)
		return err_set(e, MU_ELIMIT, "more than %d links",
		    LOOKUP_LINKS_MAX);
	n = readlinkat(l->root, t->done, to, WALK_PATH_MAX);
	if (n < 0)
		return err_sys(e, errno, "%s", t->done);
	if ((size_t)n + 1 + rest.n >= sizeof(to))
		return err_set(e, MU_ELIMIT, "a path is too long");
	if (n > 0 && to[0] == '/')
		t->done_n = 0;
	else
		up(t);
	t->done[t->done_n] = '\0';
	to[n] = '/';
	mem_copy(to + n + 1, sizeof(to) - (size_t)n - 1, rest.p, rest.n);
	to[(size_t)n + 1 + rest.n] = '\0';
	mem_copy(t->left, sizeof(t->left), to, (size_t)n + 2 + rest.n);
	return MU_OK;
}

/* Add ${part} to what is known. 1, or 0 where it is not there. */
static int
step(const struct lookup *l, struct trail *t, struct str part, struct str rest,
    struct err *e)
{
	int r;

	if (t->done_n + 1 + part.n >= sizeof(t->done))
		return err_set(e, MU_ELIMIT, "a path is too long");
	if (t->done_n != 0)
		t->done[t->done_n++] = '/';
	mem_copy(t->done + t->done_n, sizeof(t->done) - t->done_n, part.p,
	    part.n);
	t->done_n += part.n;
	t->done[t->done_n] = '\0';
	TRY(r = look(l, t, false, e));
	if (r == 0)
		return 0;
	if (S_ISLNK(t->mode)) {
		TRY(follow(l, t, rest, e));
		TRY(look(l, t, false, e));
		return 1;
	}
	mem_copy(t->left, sizeof(t->left), rest.p, rest.n);
	t->left[rest.n] = '\0';
	return 1;
}

/* Where ${path} really lies, in ${t}->done. 1, or 0 where it is not there. */
static int
resolve(struct lookup *l, struct str path, struct trail *t, struct err *e)
{
	char again[sizeof(t->left)];
	struct str part, rest;
	int r;

	if (l->left == 0)
		return err_set(e, MU_ELIMIT, "asks for more than %d files",
		    PEEK_MAX);
	l->left--;
	if (path.n >= WALK_PATH_MAX)
		return err_set(e, MU_ELIMIT, "a path is too long");
	*t = (struct trail){ .done_n = 0 };
	mem_copy(t->left, sizeof(t->left), path.p, path.n);
	TRY(r = look(l, t, true, e));
	while (t->left[0] != '\0') {
		mem_copy(again, sizeof(again), t->left, sizeof(again));
		(void)str_cut(str_from(again), '/', &part, &rest);
		if (str_eq(part, STR("..")))
			up(t);
		if (part.n != 0 && !str_eq(part, STR(".")) &&
		    !str_eq(part, STR(".."))) {
			TRY(r = step(l, t, part, rest, e));
			if (r == 0)
				return 0;
			continue;
		}
		mem_copy(t->left, sizeof(t->left), rest.p, rest.n);
		t->left[rest.n] = '\0';
	}
	return r;
}

static int
take_bytes(int fd, size_t max_bytes, struct arena *a, struct str *bytes,
    struct err *e)
{
	AUTO(buf) struct buf b = { 0 };

	buf_init(&b, max_bytes);
	TRY(fd_read_all(fd, &b, e));
	TRY(arena_str(a, buf_str(&b), bytes, e));
	mem_wipe(b.p, b.n);
	return MU_OK;
}

static int
file(struct peek *p, struct str path, size_t max_bytes, struct arena *a,
    struct str *bytes, struct file *out, struct err *e)
{
	struct lookup *l = (struct lookup *)(void *)p;
	AUTO(fd) int fd = -1;
	struct trail t;
	struct stat st;
	struct str real;
	int r;

	TRY(r = resolve(l, path, &t, e));
	if (r == 0)
		return 0;
	if (!S_ISREG(t.mode))
		return err_set(e, MU_EUNSUPPORTED, "it is no regular file");
	fd = openat(l->root, t.done,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return absent(errno, path, e);
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return err_set(e, MU_EUNSUPPORTED, "it is no regular file");
	if ((uint64_t)st.st_size > max_bytes)
		return err_set(e, MU_ELIMIT, "it is longer than %zu bytes",
		    max_bytes);
	TRY(take_bytes(fd, max_bytes, a, bytes, e));
	TRY(arena_str(a, str_of(t.done, t.done_n), &real, e));
	facts_file(l->root, real, fd, &st, out);
	TRY(facts_context(l->packages, out, *bytes, a, e));
	return 1;
}

static int
list(struct peek *p, struct str path, struct arena *a, struct str **names,
    size_t *n, struct err *e)
{
	struct lookup *l = (struct lookup *)(void *)p;
	AUTO(dirents) struct dirents d = { 0 };
	AUTO(fd) int fd = -1;
	struct trail t;
	size_t i;
	int r;

	TRY(r = resolve(l, path, &t, e));
	if (r == 0 || !S_ISDIR(t.mode))
		return 0;
	fd = openat(l->root, t.done_n != 0 ? t.done : ".",
	    O_RDONLY | O_NOFOLLOW | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return absent(errno, path, e);
	TRY(dirents_read(&d, fd, e));
	*names = arena_take(a, d.n + 1, sizeof(**names));
	if (*names == NULL)
		return err_set(e, MU_ELIMIT, "no room for a folder");
	for (i = 0; i < d.n; i++)
		TRY(arena_str(a, str_from(dirents_name(&d, i)), &(*names)[i],
		    e));
	*n = d.n;
	return 1;
}

struct lookup *
lookup_new(int root, const struct mounts *mounts, struct packages *packages)
{
	struct lookup *l = mem_new(1, sizeof(*l));

	l->peek = (struct peek){ .file = file, .list = list };
	l->root = root;
	l->mounts = mounts;
	l->packages = packages;
	return l;
}

void
lookup_begin(struct lookup *l)
{

	l->left = PEEK_MAX;
}

struct peek *
lookup_peek(struct lookup *l)
{

	return &l->peek;
}
