/*
 * tests/unit/collect/tree.h: a root to be read, made of files in /tmp.
 */

#ifndef UNIT_COLLECT_TREE_H
#define UNIT_COLLECT_TREE_H

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fd.h"

#define TREE_KEY "0123456789abcdef0123456789abcdef"

static char tree[64];

static inline const char *
tree_at(const char *path)
{
	static char full[1024];

	(void)snprintf(full, sizeof(full), "%s/%s", tree, path);
	return full;
}

/* Write the file ${path} with the directories above it. */
static inline void
tree_put(const char *path, struct str bytes)
{
	char dir[1024];
	char *cut;

	(void)snprintf(dir, sizeof(dir), "%s", tree_at(path));
	cut = strrchr(dir, '/');
	*cut = '\0';
	assert_int_equal(fd_mkdirs(dir, 0755, NULL), MU_OK);
	assert_int_equal(fd_write_file(tree_at(path), bytes, 0644, NULL),
	    MU_OK);
}

static inline int
tree_make(void **state)
{

	(void)state;
	(void)snprintf(tree, sizeof(tree), "/tmp/muster-tree-XXXXXX");
	if (mkdtemp(tree) == NULL || chmod(tree, 0755) < 0)
		return -1;
	tree_put("etc/machine-id", STR("0123456789abcdef0123456789abcdef\n"));
	tree_put("etc/hostname", STR("treetop\n"));
	tree_put("etc/passwd",
	    STR("root:x:0:0:root:/root:/bin/bash\n"
		"ada:x:1000:1000:Ada:/home/ada:/bin/bash\n"));
	return 0;
}

static inline int
tree_drop(void **state)
{
	pid_t pid = fork();
	int st;

	(void)state;
	if (pid == 0) {
		(void)execlp("rm", "rm", "-rf", tree, (char *)NULL);
		_exit(1);
	}
	return waitpid(pid, &st, 0) == pid && st == 0 ? 0 : -1;
}

#endif
