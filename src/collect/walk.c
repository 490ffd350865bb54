#include "collect/walk.h"

#include <sys/sysmacros.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>

#include "base/fd.h"
#include "collect/dirents.h"

#define OPEN_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

/* Identity of a directory, and of the mount that it is on. */
struct place_of {
	bool by_id; /* the kernel told the mount's id */
	uint64_t mount, ino;
	uint32_t major, minor;
};

struct level {
	int fd;
	struct dirents names;
	size_t next;   /* the name to look at now */
	size_t path_n; /* bytes of the path of this directory */
	struct place_of at;
	bool skipping; /* ${after} leads through this directory */
	bool mine;     /* its files and gaps are this walk's to tell */
	size_t row;    /* of the claims; CLAIMS_NOWHERE: none, or spent */
	size_t dirs;   /* names from ${next} on that can be directories */
};

/* A directory that is about to be entered. */
struct door {
	struct place_of at;
	bool skipping, mine;
	size_t row;
};

struct walk {
	const struct walk_opts *o;
	const struct walk_ops *ops;
	void *cookie;
	struct level levels[WALK_DEPTH_MAX + 1];
	unsigned depth; /* of the directory that is open */
	bool noatime;
	size_t path_n;
	char path[WALK_PATH_MAX];
};

static struct str
path_of(const struct walk *w)
{

	return str_of(w->path, w->path_n);
}

/* What an errno of a system call means to the one who asks for a gap. */
static enum gap_reason
reason_of(int no)
{

	switch (no) {
	case EACCES:
	case EPERM:
		return GAP_DENIED;
	case ENOENT:
	case ENOTDIR:
	case ESTALE:
	case ELOOP: /* a link has taken its place */
	case ENXIO:
		return GAP_VANISHED;
	case EMFILE:
	case ENFILE:
	case ENOMEM:
	case ENAMETOOLONG:
		return GAP_LIMIT;
	default:
		return GAP_UNSUPPORTED;
	}
}

static int
gap(struct walk *w, bool dir, enum gap_reason why, const char *text,
    struct err *e)
{

	return w->ops->gap(w->cookie, path_of(w), w->depth, dir, why, text, e);
}

static int
gap_errno(struct walk *w, bool dir, int no, struct err *e)
{
	enum gap_reason why = reason_of(no);

	/* What is gone was never there: that is no gap, but a race. */
	if (no == ENOENT)
		return MU_OK;
	return gap(w, dir, why, strerrordesc_np(no), e);
}

int
walk_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n, i;
	int x, y;

	for (i = 0; i < n && a.p[i] == b.p[i]; i++)
		continue;
	/* What ends a name comes before every byte of one. */
	x = i == a.n ? -1 : a.p[i] == '/' ? 0 : (unsigned char)a.p[i];
	y = i == b.n ? -1 : b.p[i] == '/' ? 0 : (unsigned char)b.p[i];
	return x - y;
}

static bool
same_mount(const struct place_of *a, const struct place_of *b)
{

	if (a->by_id && b->by_id)
		return a->mount == b->mount;
	return a->major == b->major && a->minor == b->minor;
}

/* Ask nothing of the file system itself: it may be dead. */
static int
look(int dir, const char *name, struct place_of *out, mode_t *mode)
{
	struct statx sx;
	int flags = AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_STATX_DONT_SYNC |
		    (name[0] == '\0' ? AT_EMPTY_PATH : 0);

	if (statx(dir, name, flags, STATX_TYPE | STATX_INO | STATX_MNT_ID,
		&sx) < 0)
		return errno;
	*out = (struct place_of){
		.by_id = (sx.stx_mask & STATX_MNT_ID) != 0,
		.mount = sx.stx_mnt_id,
		.ino = sx.stx_ino,
		.major = sx.stx_dev_major,
		.minor = sx.stx_dev_minor,
	};
	*mode = sx.stx_mode;
	return 0;
}

/* Whether the directory ${at} is one that the walk is in already. */
static bool
is_above(const struct walk *w, const struct place_of *at)
{
	const struct place_of *up;
	unsigned i;

	for (i = 0; i <= w->depth; i++) {
		up = &w->levels[i].at;
		if (up->ino == at->ino && up->major == at->major &&
		    up->minor == at->minor)
			return true;
	}
	return false;
}

/* 1: go into the other mount; 0: pass over it, its gap is written. */
static int
cross(struct walk *w, const struct place_of *at, bool mine, struct err *e)
{
	const struct mounts_row *m;
	char text[96];

	if (is_above(w, at))
		return 0; /* bound below itself: all of it is read already */
	m = mounts_find(w->o->mounts, at->by_id, at->mount, at->major,
	    at->minor);
	switch (m != NULL ? m->class : MOUNTS_UNKNOWN) {
	case MOUNTS_READ:
		return 1;
	case MOUNTS_KERNEL:
		return 0;
	case MOUNTS_FOREIGN:
		(void)snprintf(text, sizeof(text),
		    "a %s mount: not read unless it is named", m->type);
		break;
	case MOUNTS_UNKNOWN:
	default:
		(void)snprintf(text, sizeof(text),
		    "a mount of an unknown kind");
		break;
	}
	return mine ? gap(w, true, GAP_UNSUPPORTED, text, e) : 0;
}

static int
open_at(struct walk *w, int dir, const char *name, int more)
{
	int fd = -1;

	if (w->noatime) {
		fd = openat(dir, name, OPEN_FLAGS | O_NOATIME | more);
		if (fd >= 0 || errno != EPERM)
			return fd;
	}
	return openat(dir, name, OPEN_FLAGS | more);
}

/*
 * The part of ${after} that names an entry of the open directory; "" where
 * the walk need not skip here.
 */
static struct str
skip_to(const struct walk *w)
{
	const struct level *l = &w->levels[w->depth];
	struct str part, rest;

	if (!l->skipping)
		return STR_NONE;
	rest = str_skip(w->o->after, l->path_n != 0 ? l->path_n + 1 : 0);
	(void)str_cut(rest, '/', &part, &rest);
	return part;
}

/* Step over what lies before ${after} in the directory just entered. */
static void
skip_names(struct walk *w)
{
	struct level *l = &w->levels[w->depth];
	struct str part = skip_to(w);

	while (part.n != 0 && l->next < l->names.n &&
	       str_cmp(str_from(dirents_name(&l->names, l->next)), part) < 0)
		l->next++;
}

static bool
can_be_dir(const struct dirent_at *d)
{

	return d->type == DT_DIR || d->type == DT_UNKNOWN;
}

/* Tell other walks when nothing below the open directory is left for them. */
static void
spend(struct walk *w)
{
	struct level *l = &w->levels[w->depth];

	if (l->dirs != 0 || l->row == CLAIMS_NOWHERE)
		return;
	if (l->mine)
		claims_spent(w->o->claims, l->row);
	l->row = CLAIMS_NOWHERE;
}

/* Step over what lies before ${after}, and count what can be gone into. */
static void
look_ahead(struct walk *w)
{
	struct level *l = &w->levels[w->depth];
	size_t i;

	skip_names(w);
	l->dirs = 0;
	for (i = l->next; i < l->names.n; i++)
		l->dirs += can_be_dir(&l->names.v[i]);
	spend(w);
}

/* Make ${fd}, whose path is the walk's, the open directory. Takes ${fd}. */
static int
push(struct walk *w, int fd, const struct door *d, struct err *e)
{
	struct level *l = &w->levels[w->depth];
	struct err why = { 0 };
	int ok;

	l->fd = fd;
	l->next = 0;
	l->path_n = w->path_n;
	l->at = d->at;
	l->skipping = d->skipping;
	l->mine = d->mine;
	l->row = d->row;
	ok = dirents_read(&l->names, fd, &why);
	if (ok == MU_ELIMIT && l->mine)
		TRY(gap(w, true, GAP_LIMIT, why.text, e));
	else if (ok < 0 && l->mine)
		TRY(gap_errno(w, true, why.sys, e));
	look_ahead(w);
	if (w->ops->enter != NULL && l->mine)
		return w->ops->enter(w->cookie, path_of(w), w->depth, e);
	return MU_OK;
}

/*
 * Who reads the directory at the walk's path; false: it is not to be entered,
 * since others have it and all that is below. On the way to ${after} that is
 * not so: what a walk before this one has left undone is this one's.
 */
static bool
claim(const struct walk *w, bool up, struct door *d)
{
	enum claims_who who = CLAIMS_MINE;

	d->row = CLAIMS_NOWHERE;
	if (w->o->claims != NULL)
		who = claims_take(w->o->claims, path_of(w), w->o->reader, up,
		    &d->row);
	d->mine = who == CLAIMS_MINE;
	return who != CLAIMS_SPENT || d->skipping;
}

/* Go through the door ${d} to the directory ${name}, or say why not. */
static int
go_in(struct walk *w, const char *name, const struct door *d, struct err *e)
{
	struct level *l = &w->levels[w->depth];
	int fd;

	if (w->depth == WALK_DEPTH_MAX)
		return d->mine ? gap(w, true, GAP_LIMIT,
				     "too many levels of directories", e) :
				 MU_OK;
	fd = open_at(w, l->fd, name, O_DIRECTORY);
	if (fd < 0)
		return d->mine ? gap_errno(w, true, errno, e) : MU_OK;
	w->depth++;
	return push(w, fd, d, e);
}

/* Go into the directory ${name} of the open one, or say why not. */
static int
descend(struct walk *w, const char *name, bool skipping, struct err *e)
{
	struct level *l = &w->levels[w->depth];
	struct door d = { .skipping = skipping };
	mode_t mode;
	int no, go;

	if (!claim(w, l->mine, &d))
		return MU_OK;
	no = look(l->fd, name, &d.at, &mode);
	if (no != 0 || !S_ISDIR(mode))
		return d.mine && no != 0 ? gap_errno(w, true, no, e) : MU_OK;
	if (!same_mount(&d.at, &l->at)) {
		TRY(go = cross(w, &d.at, d.mine, e));
		if (go == 0)
			return MU_OK;
	}
	return go_in(w, name, &d, e);
}

static int
take_file(struct walk *w, const char *name, struct err *e)
{
	AUTO(fd) int fd = -1;

	fd = open_at(w, w->levels[w->depth].fd, name, 0);
	if (fd < 0)
		return gap_errno(w, false, errno, e);
	return w->ops->file(w->cookie, path_of(w), w->depth, fd, e);
}

/* Some file systems do not say in the directory what an entry is. */
static unsigned char
type_of(int dir, const char *name)
{
	struct stat st;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT) < 0)
		return DT_UNKNOWN;
	return (unsigned char)IFTODT(st.st_mode);
}

/* Whether ${name} is the one that ${after} goes through, and how. */
static bool
on_the_way(const struct walk *w, const char *name, bool *last)
{
	struct str part = skip_to(w);

	if (part.n == 0 || !str_eq(part, str_from(name)))
		return false;
	*last = w->path_n == w->o->after.n;
	return true;
}

static int
take(struct walk *w, const struct dirent_at *d, const char *name, struct err *e)
{
	struct level *l = &w->levels[w->depth];
	unsigned char type = d->type;
	bool last = false, way;

	if (type == DT_UNKNOWN)
		type = type_of(l->fd, name);
	if (type != DT_DIR && (type != DT_REG || !l->mine))
		return MU_OK;
	way = on_the_way(w, name, &last);
	if (way && (last || type == DT_REG))
		return MU_OK;
	if (w->ops->begin != NULL)
		w->ops->begin(w->cookie, path_of(w));
	if (type == DT_DIR)
		return descend(w, name, way, e);
	return take_file(w, name, e);
}

/* Append ${name} to the path of the open directory; false: it is too long. */
static bool
set_path(struct walk *w, const char *name, size_t n)
{
	size_t at = w->levels[w->depth].path_n;

	if (at + 1 + n > sizeof(w->path))
		return false;
	if (at != 0)
		w->path[at++] = '/';
	mem_copy(w->path + at, sizeof(w->path) - at, name, n);
	w->path_n = at + n;
	return true;
}

/* One entry, or the way back up; 1 when the root is done. */
static int
step(struct walk *w, struct err *e)
{
	struct level *l = &w->levels[w->depth];
	const struct dirent_at *d;
	const char *name;

	spend(w);
	if (l->next == l->names.n) {
		fd_close(l->fd);
		l->fd = -1;
		return w->depth-- == 0;
	}
	d = &l->names.v[l->next];
	name = dirents_name(&l->names, l->next++);
	l->dirs -= can_be_dir(d);
	if (!l->mine && !can_be_dir(d))
		return MU_OK;
	if (set_path(w, name, d->n))
		return take(w, d, name, e);
	w->path_n = l->path_n;
	return l->mine ? gap(w, true, GAP_LIMIT,
			     "a path is longer than 4096 bytes", e) :
			 MU_OK;
}

static int
run(struct walk *w, struct err *e)
{
	struct door d = { .skipping = w->o->after.n != 0 };
	mode_t mode;
	int fd, done = 0;

	fd = open_at(w, w->o->root, ".", O_DIRECTORY);
	if (fd < 0 || look(fd, "", &d.at, &mode) != 0) {
		int no = errno;

		fd_close(fd);
		return err_sys(e, no, "the root");
	}
	if (!claim(w, true, &d)) {
		fd_close(fd);
		return MU_OK;
	}
	TRY(push(w, fd, &d, e));
	while (done == 0)
		TRY(done = step(w, e));
	return MU_OK;
}

int
walk_run(const struct walk_opts *o, const struct walk_ops *ops, void *cookie,
    struct err *e)
{
	struct walk *w = mem_new(1, sizeof(*w));
	unsigned i;
	int r;

	w->o = o;
	w->ops = ops;
	w->cookie = cookie;
	w->noatime = o->quiet_atime;
	for (i = 0; i < MU_COUNT(w->levels); i++)
		w->levels[i].fd = -1;
	r = run(w, e);
	for (i = 0; i < MU_COUNT(w->levels); i++) {
		fd_close(w->levels[i].fd);
		dirents_free(&w->levels[i].names);
	}
	mem_free(w);
	return r < 0 ? r : MU_OK;
}
