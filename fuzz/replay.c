/* Feed every file of the folders named to fuzz_one(): the corpus as a test. */

#include <dirent.h>
#include <fcntl.h>

#include "base/fd.h"
#include "fuzz.h"

#define REPLAY_FILE_MAX ((size_t)8 << 20)

static int
replay_folder(const char *folder, struct buf *b)
{
	struct dirent *d;
	struct err e;
	DIR *dir;
	int n = 0;

	dir = opendir(folder);
	if (dir == NULL)
		return 0;
	while ((d = readdir(dir)) != NULL) {
		buf_reset(b);
		if (fd_read_file(dirfd(dir), d->d_name, b, &e) < 0)
			continue;
		fuzz_one(buf_str(b));
		n++;
	}
	(void)closedir(dir);
	return n;
}

int
main(int argc, char **argv)
{
	struct buf b;
	int i, n = 0;

	buf_init(&b, REPLAY_FILE_MAX);
	fuzz_one(STR_NONE);
	for (i = 1; i < argc; i++)
		n += replay_folder(argv[i], &b);
	buf_free(&b);
	(void)printf("%d inputs replayed\n", n);
	return n == 0;
}
