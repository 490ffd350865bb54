#include "collect/packages.h"

#include <fcntl.h>

#include "base/digest.h"
#include "base/fd.h"
#include "base/map.h"
#include "base/vec.h"
#include "collect/dirents.h"
#include "decode/md5.h"

#define INFO        "var/lib/dpkg/info"
#define STATUS      "var/lib/dpkg/status"
#define NAMES_MAX   65536
#define NAMES_BYTES 8388608
#define MD5_HEX     ((size_t)2 * MD5_BYTES)
#define DIR_FLAGS   (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

struct owned {
	uint64_t path; /* map_hash() of it */
	uint32_t name; /* which package */
	bool summed;
	unsigned char md5[MD5_BYTES];
};

struct packages {
	int root;
	bool loaded;
	struct arena *a;
	VEC(struct str) names;
	VEC(struct owned) files;
	struct buf text; /* of the file that is being read */
};

void
packages_free(struct packages *p)
{

	if (p == NULL)
		return;
	arena_free(p->a);
	vec_free(&p->names);
	vec_free(&p->files);
	buf_free(&p->text);
	mem_free(p);
}

struct packages *
packages_new(int root)
{
	struct packages *p = mem_new(1, sizeof(*p));

	p->root = root;
	p->a = arena_new(NAMES_BYTES);
	buf_init(&p->text, PACKAGES_BYTES_MAX);
	return p;
}

/* ${name} becomes the package that files are added to; false: no more fit. */
static bool
begin(struct packages *p, struct str name)
{
	struct str kept, rest;

	(void)str_cut(name, ':', &name, &rest); /* "NAME:ARCH" */
	return arena_str(p->a, name, &kept, NULL) == MU_OK &&
	       vec_push(&p->names, NAMES_MAX, kept);
}

/* One file of the package begun last; ${hex} is its sum or "". */
static void
add(struct packages *p, struct str path, struct str hex)
{
	struct owned x = { .name = (uint32_t)p->names.n - 1 };

	while (str_starts(path, STR("/")))
		path = str_skip(path, 1);
	if (path.n == 0 || str_eq(path, STR(".")))
		return;
	x.path = map_hash(path);
	x.summed = hex.n == MD5_HEX &&
		   digest_unhex(hex, x.md5, sizeof(x.md5)) == MD5_BYTES;
	(void)vec_push(&p->files, PACKAGES_FILES_MAX, x);
}

static bool
slurp(struct packages *p, int dir, const char *name)
{

	buf_reset(&p->text);
	return fd_read_file(dir, name, &p->text, NULL) == MU_OK;
}

/* "SUM  path", a line each. */
static void
load_sums(struct packages *p)
{
	struct str text = buf_str(&p->text), line;

	while (str_line(&text, &line))
		if (line.n > MD5_HEX + 2)
			add(p, str_skip(line, MD5_HEX + 2),
			    str_head(line, MD5_HEX));
}

static void
load_list(struct packages *p)
{
	struct str text = buf_str(&p->text), line;

	while (str_line(&text, &line))
		add(p, line, STR_NONE);
}

/* A package without sums has its list; both are named after it. */
static void
load_info(struct packages *p)
{
	AUTO(dirents) struct dirents d = { 0 };
	AUTO(fd) int dir = openat(p->root, INFO, DIR_FLAGS);
	struct str name, stem, last = STR_NONE;
	size_t i;

	if (dir < 0 || dirents_read(&d, dir, NULL) < 0)
		return;
	for (i = d.n; i-- > 0;) {
		/* Backwards: "x.md5sums" comes before "x.list". */
		name = str_from(dirents_name(&d, i));
		if (str_ends(name, STR(".md5sums"))) {
			stem = last = str_head(name, name.n - 8);
			if (slurp(p, dir, name.p) && begin(p, stem))
				load_sums(p);
		} else if (str_ends(name, STR(".list"))) {
			stem = str_head(name, name.n - 5);
			if (!str_eq(stem, last) && slurp(p, dir, name.p) &&
			    begin(p, stem))
				load_list(p);
		}
	}
}

/* " /etc/x SUM [obsolete]" below "Conffiles:" of each package. */
static void
load_status(struct packages *p)
{
	struct str text, line, path, sum;
	bool conffiles = false, named = false;

	if (!slurp(p, p->root, STATUS))
		return;
	text = buf_str(&p->text);
	while (str_line(&text, &line)) {
		if (str_starts(line, STR("Package: ")))
			named = begin(p, str_skip(line, 9));
		if (!str_starts(line, STR(" ")))
			conffiles = str_starts(line, STR("Conffiles:"));
		else if (conffiles && named && str_word(&line, &path) &&
			 str_word(&line, &sum))
			add(p, path, sum);
	}
}

/* By path; of two the one with a sum first. */
static int
cmp(const void *a, const void *b)
{
	const struct owned *x = a, *y = b;

	if (x->path != y->path)
		return x->path < y->path ? -1 : 1;
	return (int)y->summed - (int)x->summed;
}

static void
load(struct packages *p)
{

	p->loaded = true;
	load_info(p);
	load_status(p);
	buf_free(&p->text);
	if (p->files.n != 0)
		qsort(p->files.v, p->files.n, sizeof(*p->files.v), cmp);
}

/* The first file with this path, or the number of files. */
static size_t
first(const struct packages *p, uint64_t path)
{
	size_t lo = 0, hi = p->files.n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (p->files.v[mid].path < path)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static bool
pristine(const struct owned *x, const unsigned char *sum)
{

	return sum != NULL &&
	       str_eq(str_of(x->md5, MD5_BYTES), str_of(sum, MD5_BYTES));
}

static struct str
owner_of(const struct packages *p, struct str path, struct str bytes)
{
	unsigned char md5[MD5_BYTES];
	uint64_t hash = map_hash(path);
	const struct owned *x;
	size_t i = first(p, hash), start = i;
	bool have;

	if (i == p->files.n || p->files.v[i].path != hash)
		return STR_NONE;
	have = md5_sum(bytes, md5);
	for (; i < p->files.n && p->files.v[i].path == hash; i++) {
		x = &p->files.v[i];
		if (x->summed ? pristine(x, have ? md5 : NULL) : i == start)
			return p->names.v[x->name];
	}
	return STR_NONE;
}

struct str
packages_owner(struct packages *p, struct str path, struct str bytes)
{
	static const char *const merged[] = { "usr/bin/", "usr/sbin/",
		"usr/lib/", "usr/lib32/", "usr/lib64/", "usr/libx32/" };
	struct str name;
	size_t i;

	if (!p->loaded)
		load(p);
	name = owner_of(p, path, bytes);
	/* dpkg may know it by the name from before /usr was merged. */
	for (i = 0; i < MU_COUNT(merged) && name.n == 0; i++)
		if (str_starts(path, str_from(merged[i])))
			name = owner_of(p, str_skip(path, 4), bytes);
	return name;
}
