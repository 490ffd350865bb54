#include "base/fd.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define FD_CHUNK_BYTES 65536
#define FD_PATH_MAX    4096

void
fd_close(int fd)
{

	if (fd >= 0)
		(void)close(fd);
}

int
fd_read_all(int fd, struct buf *out, struct err *e)
{
	size_t want;
	ssize_t n;
	char *at;

	for (;;) {
		want = out->cap - out->n;
		if (want > FD_CHUNK_BYTES)
			want = FD_CHUNK_BYTES;
		if (want == 0)
			want = 1; /* one more shows whether it ends here */
		if ((at = buf_room(out, want)) == NULL) {
			char one;

			n = read(fd, &one, 1);
			if (n == 0) {
				out->bad = false;
				return MU_OK;
			}
			return err_set(e, MU_ELIMIT, "longer than %zu bytes",
			    out->cap);
		}
		n = read(fd, at, want);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_sys(e, errno, "read");
		if (n == 0)
			return MU_OK;
		buf_took(out, (size_t)n);
	}
}

static int
fd_open_file(int dir, const char *path, const char *name, int *out,
    struct err *e)
{
	AUTO(fd) int fd = -1;
	struct stat st;

	fd = openat(dir, path,
	    O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	if (fd < 0 || fstat(fd, &st) < 0)
		return err_sys(e, errno, "%s", name);
	if (!S_ISREG(st.st_mode))
		return err_set(e, MU_EUNSUPPORTED, "%s: not a regular file",
		    name);
	*out = fd;
	fd = -1;
	return MU_OK;
}

int
fd_read_file(int dir, const char *path, struct buf *out, struct err *e)
{
	AUTO(fd) int fd = -1;
	int r;

	TRY(fd_open_file(dir, path, path, &fd, e));
	r = fd_read_all(fd, out, e);
	return r < 0 ? err_wrap(e, "%s", path) : r;
}

int
fd_is_ours(int fd, const char *name, struct err *e)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return err_sys(e, errno, "%s", name);
	if ((st.st_uid != 0 && st.st_uid != geteuid()) ||
	    (st.st_mode & (S_IWGRP | S_IWOTH)) != 0)
		return err_set(e, MU_EDENIED,
		    "%s: must belong to root or to you, and nobody else may "
		    "write it",
		    name);
	return MU_OK;
}

int
fd_read_ours(int dir, const char *path, const char *name, struct buf *out,
    struct err *e)
{
	AUTO(fd) int fd = -1;
	int r;

	TRY(fd_open_file(dir, path, name, &fd, e));
	TRY(fd_is_ours(fd, name, e));
	r = fd_read_all(fd, out, e);
	return r < 0 ? err_wrap(e, "%s", name) : r;
}

int
fd_write_all(int fd, struct str s, struct err *e)
{
	ssize_t n;

	while (s.n != 0) {
		n = write(fd, s.p, s.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_sys(e, errno, "write");
		s = str_skip(s, (size_t)n);
	}
	return MU_OK;
}

int
fd_write_file(const char *path, struct str s, unsigned mode, struct err *e)
{
	AUTO(fd) int fd = -1;
	char tmp[FD_PATH_MAX];
	int n, r;

	n = snprintf(tmp, sizeof(tmp), "%s.%ld.tmp", path, (long)getpid());
	if (n < 0 || (size_t)n >= sizeof(tmp))
		return err_set(e, MU_ELIMIT, "%s: the path is too long", path);
	fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
	    mode);
	if (fd < 0)
		return err_sys(e, errno, "%s", tmp);
	r = fd_write_all(fd, s, e);
	if (r == MU_OK && fsync(fd) < 0)
		r = err_sys(e, errno, "fsync");
	if (r == MU_OK && rename(tmp, path) < 0)
		r = err_sys(e, errno, "rename");
	if (r < 0) {
		(void)unlink(tmp);
		return err_wrap(e, "%s", path);
	}
	return MU_OK;
}

int
fd_memory(const char *name, struct str s, int *out, struct err *e)
{
	AUTO(fd) int fd = -1;

	fd = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0)
		return err_sys(e, errno, "memfd_create");
	TRY(fd_write_all(fd, s, e));
	if (lseek(fd, 0, SEEK_SET) < 0 ||
	    fcntl(fd, F_ADD_SEALS,
		F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) < 0)
		return err_sys(e, errno, "sealing a memory file");
	*out = fd;
	fd = -1;
	return MU_OK;
}

int
fd_mkdirs(const char *path, unsigned mode, struct err *e)
{
	char part[FD_PATH_MAX];
	size_t n = strlen(path), i;

	if (n >= sizeof(part))
		return err_set(e, MU_ELIMIT, "%s: the path is too long", path);
	for (i = 1; i <= n; i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		(void)snprintf(part, sizeof(part), "%.*s", (int)i, path);
		if (mkdir(part, mode) < 0 && errno != EEXIST)
			return err_sys(e, errno, "%s", part);
	}
	return MU_OK;
}
