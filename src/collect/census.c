#include "collect/census.h"

#include <sys/mman.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"

#define CENSUS_NAMES_BYTES ((size_t)32 << 20)
#define CENSUS_TEXT_MAX    16384
#define CENSUS_PATH_MAX    64
#define CENSUS_LINK_MAX    4096

void
census_free(struct census *c)
{

	if (c->page != NULL)
		(void)munmap(c->page, CENSUS_ENVIRON_MAX);
	arena_free(c->names);
	buf_free(&c->text);
	vec_free(&c->pids);
	dirents_free(&c->fds);
	vec_free(&c->all);
	vec_free(&c->workloads);
	vec_free(&c->vars);
	mem_free(c->holders);
}

bool
census_workload(struct census *c, enum testimony_kind kind, struct str name,
    uint32_t *out)
{
	struct census_workload w = { kind, STR_NONE, 0 };
	uint32_t i;

	for (i = 0; i < c->workloads.n; i++)
		if (c->workloads.v[i].kind == kind &&
		    str_eq(c->workloads.v[i].name, name)) {
			*out = i;
			return true;
		}
	if (name.n == 0 || arena_str(c->names, name, &w.name, NULL) < 0 ||
	    !vec_push(&c->workloads, TESTIMONY_WORKLOADS_MAX, w))
		return false;
	*out = i;
	return true;
}

/* Open a file of a process; -1 with the errno. */
static int
census_open(const struct census *c, uint32_t pid, const char *name, int flags)
{
	char path[CENSUS_PATH_MAX];

	(void)snprintf(path, sizeof(path), "%u/%s", pid, name);
	return openat(c->proc, path, O_RDONLY | O_CLOEXEC | flags);
}

/* Read up to ${room} bytes; a negative answer is the errno. */
static ssize_t
census_read(int fd, char *to, size_t room)
{
	size_t at = 0;
	ssize_t n;

	while (at < room) {
		n = read(fd, to + at, room - at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		at += (size_t)n;
	}
	return (ssize_t)at;
}

/* A short text of a process, a view of ${c}->text; false: it is gone. */
static bool
census_text(struct census *c, uint32_t pid, const char *name, struct str *out)
{
	AUTO(fd) int fd = census_open(c, pid, name, 0);
	char *at;
	ssize_t n;

	buf_reset(&c->text);
	at = buf_room(&c->text, CENSUS_TEXT_MAX);
	MU_ASSERT(at != NULL);
	n = fd < 0 ? -errno : census_read(fd, at, CENSUS_TEXT_MAX);
	if (n == -EACCES || n == -EPERM)
		c->denied[TESTIMONY_UNITS] = true;
	*out = str_of(at, n < 0 ? 0 : (size_t)n);
	return n >= 0;
}

static struct str
census_link(const struct census *c, uint32_t pid, const char *name, char *to)
{
	char path[CENSUS_PATH_MAX];
	ssize_t n;

	(void)snprintf(path, sizeof(path), "%u/%s", pid, name);
	n = readlinkat(c->proc, path, to, CENSUS_LINK_MAX);
	return n > 0 ? str_of(to, (size_t)n) : STR_NONE;
}

void
census_program(struct census *c, const struct census_process *p,
    struct str *out)
{
	char link[CENSUS_LINK_MAX];
	AUTO(buf) struct buf b = { 0 };
	struct str exe = census_link(c, p->pid, "exe", link), comm = STR_NONE;

	*out = STR_NONE;
	buf_init(&b, TESTIMONY_NAME_MAX);
	if (exe.n == 0)
		(void)census_text(c, p->pid, "comm", &comm);
	procfs_program(exe, comm, &b);
	if (arena_str(c->names, buf_str(&b), out, NULL) < 0)
		*out = STR_NONE;
}

/* The names of secrets in an environment; the values are wiped unseen. */
static void
census_environ(struct census *c, struct census_process *p)
{
	AUTO(fd) int fd = census_open(c, p->pid, "environ", 0);
	struct census_variable v = { .workload = p->workload };
	struct str rest, name;
	ssize_t n;

	p->vars = c->vars.n;
	n = fd < 0 ? -errno : census_read(fd, c->page, CENSUS_ENVIRON_MAX);
	if (n == -EACCES || n == -EPERM)
		c->denied[TESTIMONY_ENVIRON] = true;
	if (n < 0)
		return;
	rest = str_of(c->page, (size_t)n);
	while (procfs_variable(&rest, &name))
		if (arena_str(c->names, name, &v.name, NULL) < 0 ||
		    !vec_push(&c->vars, CENSUS_VARIABLES_MAX, v))
			c->limit[TESTIMONY_ENVIRON] = true;
	mem_wipe(c->page, (size_t)n);
	c->environs++;
	if ((size_t)n == CENSUS_ENVIRON_MAX)
		c->limit[TESTIMONY_ENVIRON] = true;
	p->n_vars = c->vars.n - p->vars;
}

/*
 * Of several processes that hold a socket: one that is not the first process,
 * which opens sockets for others; of those one in a unit or container; of those
 * the one whose program comes first, so that the answer is the same next time.
 */
static bool
census_better(struct census *c, uint32_t old, uint32_t new)
{
	const struct census_process *a = &c->all.v[old], *b = &c->all.v[new];
	struct str x, y;

	if ((a->pid == 1) != (b->pid == 1))
		return a->pid == 1;
	if ((a->workload == CENSUS_NONE) != (b->workload == CENSUS_NONE))
		return a->workload == CENSUS_NONE;
	census_program(c, a, &x);
	census_program(c, b, &y);
	return str_cmp(y, x) < 0;
}

static void
census_holds(struct census *c, const struct asker *a, uint32_t process,
    uint64_t inode)
{
	size_t at;

	if (!asker_find(a, inode, &at))
		return;
	if (c->holders[at] == CENSUS_NONE ||
	    census_better(c, c->holders[at], process))
		c->holders[at] = process;
}

static void
census_sockets(struct census *c, const struct asker *a, uint32_t process)
{
	AUTO(fd) int fd = -1;
	char path[CENSUS_PATH_MAX], link[CENSUS_LINK_MAX];
	uint32_t pid = c->all.v[process].pid;
	uint64_t inode;
	size_t i;

	if (a->all.n == 0)
		return;
	fd = census_open(c, pid, "fd", O_DIRECTORY);
	if (fd < 0 && (errno == EACCES || errno == EPERM))
		c->denied[TESTIMONY_SOCKETS] = true;
	if (fd < 0 || dirents_read(&c->fds, fd, NULL) < 0)
		return;
	if (c->fds.n > CENSUS_DESCRIPTORS_MAX)
		c->limit[TESTIMONY_SOCKETS] = true;
	for (i = 0; i < c->fds.n && i < CENSUS_DESCRIPTORS_MAX; i++) {
		(void)snprintf(path, sizeof(path), "fd/%s",
		    dirents_name(&c->fds, i));
		if (procfs_inode(census_link(c, pid, path, link), &inode))
			census_holds(c, a, process, inode);
	}
}

/* One process; one that ends meanwhile was never there. */
static void
census_one(struct census *c, const struct asker *a, uint32_t pid)
{
	struct census_process p = { .pid = pid, .workload = CENSUS_NONE };
	enum testimony_kind kind;
	struct procfs_status st;
	struct str text, name;
	AUTO(buf) struct buf b = { 0 };

	if (!census_text(c, pid, "status", &text) || !procfs_status(text, &st))
		return;
	p.parent = st.parent;
	p.uid = st.uid;
	if (pid == c->self || pid == c->engine || p.parent == c->engine ||
	    !census_text(c, pid, "cgroup", &text))
		return;
	kind = procfs_workload(text, &name);
	buf_init(&b, TESTIMONY_NAME_MAX);
	procfs_print(name, &b);
	if (kind != TESTIMONY_PROGRAM &&
	    !census_workload(c, kind, buf_str(&b), &p.workload))
		c->limit[TESTIMONY_UNITS] = true;
	census_environ(c, &p);
	if (!vec_push(&c->all, CENSUS_PROCESSES_MAX, p)) {
		c->limit[TESTIMONY_UNITS] = true;
		return;
	}
	census_sockets(c, a, (uint32_t)c->all.n - 1);
}

static int
census_order(const void *x, const void *y)
{
	const struct census_process *a = x, *b = y;

	return a->pid < b->pid ? -1 : a->pid > b->pid;
}

const struct census_process *
census_parent(const struct census *c, const struct census_process *p)
{
	const struct census_process want = { .pid = p->parent };

	if (c->all.n == 0)
		return NULL;
	return bsearch(&want, c->all.v, c->all.n, sizeof(*c->all.v),
	    census_order);
}

static int
census_up(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

static bool
census_prepare(struct census *c, const struct asker *a)
{
	size_t i;

	c->names = arena_new(CENSUS_NAMES_BYTES);
	buf_init(&c->text, CENSUS_TEXT_MAX);
	c->page = mmap(NULL, CENSUS_ENVIRON_MAX, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (c->page == MAP_FAILED) {
		c->page = NULL;
		return false;
	}
	(void)madvise(c->page, CENSUS_ENVIRON_MAX, MADV_DONTDUMP);
	c->holders = mem_new(a->all.n + 1, sizeof(*c->holders));
	for (i = 0; i < a->all.n; i++)
		c->holders[i] = CENSUS_NONE;
	return true;
}

/* Where processes of others are hidden (hidepid=), the first one is as well. */
static void
census_hidden(struct census *c)
{
	AUTO(fd) int fd = census_open(c, 1, "status", 0);

	if (fd < 0)
		c->denied[TESTIMONY_UNITS] = true;
}

/* The numbers among the names below /proc, in order. */
static bool
census_pids(struct census *c)
{
	struct dirents d = { 0 };
	int64_t pid;
	size_t i;
	bool ok = dirents_read(&d, c->proc, NULL) == MU_OK;

	for (i = 0; i < d.n; i++)
		if (str_i64(str_from(dirents_name(&d, i)), 1, UINT32_MAX,
			&pid) &&
		    !vec_push(&c->pids, CENSUS_PROCESSES_MAX, (uint32_t)pid))
			c->limit[TESTIMONY_UNITS] = true;
	dirents_free(&d);
	if (c->pids.n != 0)
		qsort(c->pids.v, c->pids.n, sizeof(*c->pids.v), census_up);
	return ok && c->pids.n != 0;
}

void
census_take(struct census *c, const struct asker *a, int64_t until_ms)
{
	size_t i;

	if (!census_prepare(c, a) || !census_pids(c)) {
		c->none = true;
		return;
	}
	census_hidden(c);
	for (i = 0; i < c->pids.n && !c->late; i++) {
		census_one(c, a, c->pids.v[i]);
		c->late = clock_mono_ms() > until_ms;
	}
}
