#include "collect/dirents.h"

#include <sys/syscall.h>
#include <errno.h>
#include <unistd.h>

#include "base/vec.h"

#define DIRENTS_CHUNK 32768
#define DIRENTS_MAX   UINT32_MAX

/* As the kernel writes it: getdents64(2). */
struct kernel_dirent {
	uint64_t ino;
	int64_t off;
	unsigned short reclen;
	unsigned char type;
	char name[];
};

void
dirents_free(struct dirents *d)
{

	buf_free(&d->names);
	mem_free(d->v);
	d->v = NULL;
	d->n = d->room = 0;
}

const char *
dirents_name(const struct dirents *d, size_t i)
{

	return d->names.p + d->v[i].at;
}

/* The first 8 bytes as a number that orders as they do. */
static uint64_t
head_of(const char *name, size_t n)
{
	uint64_t h = 0;
	size_t i;

	for (i = 0; i < sizeof(h); i++)
		h = h << 8 | (i < n ? (unsigned char)name[i] : 0);
	return h;
}

static bool
is_dots(const char *name)
{

	return name[0] == '.' &&
	       (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

static int
add(struct dirents *d, const struct kernel_dirent *k, struct err *e)
{
	struct dirent_at x = { .at = (uint32_t)d->names.n, .type = k->type };
	size_t n = strlen(k->name);

	if (is_dots(k->name))
		return MU_OK;
	x.n = (uint32_t)n;
	x.head = head_of(k->name, n);
	buf_add(&d->names, str_of(k->name, n + 1));
	TRY(buf_check(&d->names, "the list of names", e));
	d->v = vec_fit(d->v, d->n, &d->room, sizeof(*d->v));
	d->v[d->n++] = x;
	return MU_OK;
}

/* qsort_r(3) is given the names. */
static int
cmp(const void *a, const void *b, void *names)
{
	const struct dirent_at *x = a, *y = b;
	const char *p = names;

	if (x->head != y->head)
		return x->head < y->head ? -1 : 1;
	return strcmp(p + x->at, p + y->at);
}

int
dirents_read(struct dirents *d, int fd, struct err *e)
{
	_Alignas(struct kernel_dirent) char chunk[DIRENTS_CHUNK];
	const struct kernel_dirent *k;
	long n, at;
	int ok = MU_OK;

	if (d->names.cap == 0)
		buf_init(&d->names, DIRENTS_BYTES_MAX);
	buf_reset(&d->names);
	d->n = 0;
	do {
		n = syscall(SYS_getdents64, fd, chunk, sizeof(chunk));
		if (n < 0)
			return err_sys(e, errno, "reading the directory");
		for (at = 0; at < n && ok == MU_OK; at += k->reclen) {
			k = (const void *)(chunk + at);
			ok = add(d, k, e);
		}
	} while (n > 0 && ok == MU_OK);
	if (d->n != 0)
		qsort_r(d->v, d->n, sizeof(*d->v), cmp, d->names.p);
	return ok;
}
