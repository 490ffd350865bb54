#include "collect/match.h"

#include "base/map.h"

/* Most live globs of one directory; more are not told apart from none. */
#define LIVE_MAX MATCH_GLOBS_MAX

struct glob {
	struct str dir; /* all but the last component, without its slash */
	struct str last;
	struct str first; /* first component where it has no star, or "" */
	uint32_t place;
};

struct match {
	VEC(struct glob) rooted, homes; /* those of homes are without "~/" */
	struct map *home;               /* the directories that are homes */
};

void
match_free(struct match *m)
{

	if (m == NULL)
		return;
	vec_free(&m->rooted);
	vec_free(&m->homes);
	map_free(m->home);
	mem_free(m);
}

/* "/home/ada/" as "home/ada"; the root is no home to look below. */
static struct str
home_path(struct str home)
{

	while (str_starts(home, STR("/")))
		home = str_skip(home, 1);
	while (str_ends(home, STR("/")))
		home.n--;
	return home;
}

struct match *
match_new(const struct host *h)
{
	struct match *m = mem_new(1, sizeof(*m));
	struct str home;
	size_t i;

	m->home = map_new(HOST_ACCOUNTS_MAX);
	for (i = 0; i < h->n_accounts; i++) {
		home = home_path(h->accounts[i].home);
		if (home.n != 0)
			(void)!map_put(m->home, home, 0, NULL);
	}
	return m;
}

static bool
has_star(struct str s)
{

	return str_chr(s, '*') != SIZE_MAX || str_chr(s, '?') != SIZE_MAX;
}

int
match_add(struct match *m, struct str glob, uint32_t place, struct err *e)
{
	bool home = str_starts(glob, STR("~/"));
	struct glob g = { .place = place };
	struct str rest;
	size_t cut;
	bool ok;

	if (home)
		glob = str_skip(glob, 2);
	cut = str_rchr(glob, '/');
	g.last = cut == SIZE_MAX ? glob : str_skip(glob, cut + 1);
	g.dir = str_head(glob, cut == SIZE_MAX ? 0 : cut);
	if (str_eq(g.last, STR("**")))
		g.dir = glob; /* any directory below, and their files */
	(void)str_cut(g.dir, '/', &g.first, &rest);
	if (has_star(g.first))
		g.first = STR_NONE;
	ok = home ? vec_push(&m->homes, MATCH_GLOBS_MAX, g) :
		    vec_push(&m->rooted, MATCH_GLOBS_MAX, g);
	if (!ok)
		return err_set(e, MU_ELIMIT, "more than %d globs",
		    MATCH_GLOBS_MAX);
	return MU_OK;
}

void
match_dir_free(struct match_dir *d)
{

	vec_free(&d->live);
}

/* Whether ${g} names files of the directory ${dir}. */
static bool
is_live(const struct glob *g, struct str dir)
{

	if (g->first.n != 0 && !str_starts(dir, g->first))
		return false;
	return str_glob(g->dir, dir);
}

static void
enter(const struct glob *g, size_t n, struct str dir, struct match_dir *d)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (is_live(&g[i], dir))
			(void)vec_push(&d->live, LIVE_MAX,
			    (struct match_live){ g[i].last, g[i].place });
}

/* The part of ${dir} after its first ${n} bytes and their slash. */
static struct str
below(struct str dir, size_t n)
{

	return str_skip(dir, n < dir.n ? n + 1 : n);
}

/* The next ancestor of ${dir} after the one of ${n} bytes, itself the last. */
static bool
ancestor(struct str dir, size_t *n)
{
	struct str rest;
	size_t cut;

	if (*n >= dir.n)
		return false;
	rest = str_skip(dir, *n + 1);
	cut = str_chr(rest, '/');
	*n = cut == SIZE_MAX ? dir.n : *n + 1 + cut;
	return true;
}

void
match_enter(const struct match *m, struct str dir, struct match_dir *d)
{
	uint64_t value;
	size_t n = 0;

	d->live.n = 0;
	enter(m->rooted.v, m->rooted.n, dir, d);
	while (m->homes.n != 0 && ancestor(dir, &n))
		if (map_get(m->home, str_head(dir, n), &value))
			enter(m->homes.v, m->homes.n, below(dir, n), d);
}

bool
match_file(const struct match_dir *d, struct str name, size_t *at,
    uint32_t *place)
{
	const struct match_live *l;

	while (*at < d->live.n) {
		l = &d->live.v[(*at)++];
		if (!str_eq(l->last, name) && !str_glob(l->last, name))
			continue;
		*place = l->place;
		return true;
	}
	return false;
}

/* Whether ${g} can name a file in ${dir} or below it. */
static bool
reaches(const struct glob *g, struct str dir)
{
	struct str pat = g->dir, p, d;

	while (dir.n != 0) {
		if (pat.n == 0)
			return false;
		(void)str_cut(pat, '/', &p, &pat);
		if (str_eq(p, STR("**")))
			return true;
		(void)str_cut(dir, '/', &d, &dir);
		if (!str_glob(p, d))
			return false;
	}
	return true;
}

void
match_below(const struct match *m, struct str dir, bool *seen, size_t n)
{
	struct str home;
	size_t i, k, at = 0;
	uint64_t value;

	for (i = 0; i < m->rooted.n; i++)
		if (m->rooted.v[i].place < n && reaches(&m->rooted.v[i], dir))
			seen[m->rooted.v[i].place] = true;
	while (map_next(m->home, &at, &home, &value)) {
		bool holds = dir.n == 0 || str_eq(home, dir) ||
			     (str_starts(home, dir) && home.p[dir.n] == '/');
		bool held = str_starts(dir, home) && dir.n > home.n &&
			    dir.p[home.n] == '/';

		for (i = 0; (holds || held) && i < m->homes.n; i++) {
			k = m->homes.v[i].place;
			if (k < n && (holds || reaches(&m->homes.v[i],
						   below(dir, home.n))))
				seen[k] = true;
		}
	}
}
