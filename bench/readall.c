/*
 * readall: the least that any reader of a root must do: one process that opens
 * every regular file below a directory, reads up to 64 KiB of it, and says how
 * much that was. What `muster scan` is held against.
 *
 *	readall DIR
 */

#include <sys/stat.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define HEAD_BYTES 65536

static char head[HEAD_BYTES];
static unsigned long long files, bytes, dirs;

static void
read_one(int dir, const char *name)
{
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return;
	n = read(fd, head, sizeof(head));
	if (n > 0)
		bytes += (unsigned long long)n;
	files++;
	(void)close(fd);
}

static void
walk(int fd)
{
	DIR *d = fdopendir(fd);
	struct dirent *e;
	int sub;

	if (d == NULL) {
		(void)close(fd);
		return;
	}
	dirs++;
	while ((e = readdir(d)) != NULL) {
		if (e->d_type == DT_REG)
			read_one(dirfd(d), e->d_name);
		if (e->d_type != DT_DIR || strcmp(e->d_name, ".") == 0 ||
		    strcmp(e->d_name, "..") == 0)
			continue;
		sub = openat(dirfd(d), e->d_name,
		    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (sub >= 0)
			walk(sub);
	}
	(void)closedir(d);
}

int
main(int argc, char **argv)
{
	int fd = argc == 2 ? open(argv[1], O_RDONLY | O_DIRECTORY) : -1;

	if (fd < 0) {
		(void)fprintf(stderr, "usage: readall DIR\n");
		return 2;
	}
	walk(fd);
	return printf("%llu files, %llu directories, %llu bytes\n", files, dirs,
		   bytes) < 0;
}
