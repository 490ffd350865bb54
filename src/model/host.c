#include "model/host.h"

const struct account *
host_user(const struct host *h, int64_t uid)
{
	size_t i;

	for (i = 0; i < h->n_accounts; i++)
		if (h->accounts[i].uid == uid)
			return &h->accounts[i];
	return NULL;
}

const struct account *
host_named(const struct host *h, struct str name)
{
	size_t i;

	for (i = 0; i < h->n_accounts; i++)
		if (str_eq(h->accounts[i].name, name))
			return &h->accounts[i];
	return NULL;
}

const struct group *
host_group(const struct host *h, int64_t gid)
{
	size_t i;

	for (i = 0; i < h->n_groups; i++)
		if (h->groups[i].gid == gid)
			return &h->groups[i];
	return NULL;
}

/* "/home/ada/" as "home/ada"; "" where it is no home to speak of. */
static struct str
host_home_path(struct str home)
{
	static const char *const system[] = { "bin", "dev", "etc", "lib",
		"proc", "run", "sbin", "sys", "tmp", "usr", "var" };
	size_t i;

	while (str_starts(home, STR("/")))
		home = str_skip(home, 1);
	while (str_ends(home, STR("/")))
		home.n--;
	for (i = 0; i < MU_COUNT(system); i++)
		if (str_eq(home, str_from(system[i])))
			return STR_NONE;
	return home;
}

const struct account *
host_home(const struct host *h, struct str path)
{
	const struct account *best = NULL;
	size_t i, len = 0;
	struct str home;

	for (i = 0; i < h->n_accounts; i++) {
		home = host_home_path(h->accounts[i].home);
		if (home.n <= len || !str_starts(path, home))
			continue;
		if (path.n > home.n && path.p[home.n] != '/')
			continue;
		best = &h->accounts[i];
		len = home.n;
	}
	return best;
}

/* The lesser of two, where unknown is no limit. */
static enum readers
host_least(enum readers a, enum readers b)
{

	if (a == READERS_UNKNOWN || b == READERS_UNKNOWN)
		return a == READERS_UNKNOWN ? b : a;
	return a < b ? a : b;
}

enum readers
host_readers(int64_t mode, enum readers reach)
{
	enum readers own = READERS_OWNER;

	if (mode & 0004)
		own = READERS_WORLD;
	else if (mode & 0040)
		own = READERS_GROUP;
	return host_least(own, reach);
}

enum readers
host_reach(enum readers reach, int64_t mode)
{
	enum readers own = READERS_OWNER;

	if (mode & 0001)
		own = READERS_WORLD;
	else if (mode & 0010)
		own = READERS_GROUP;
	return host_least(own, reach);
}
