#include "decode/peek.h"

#include <fnmatch.h>

#define PEEK_PATH_MAX 4096

int
peek_file(const struct decode_in *in, struct str path, size_t max_bytes,
    struct decode_in *out, struct err *e)
{
	struct file *file;
	int r;

	if (in->peek == NULL || path.n == 0 || str_has_nul(path))
		return 0;
	file = arena_take(in->job, 1, sizeof(*file));
	if (file == NULL)
		return err_set(e, MU_ELIMIT, "no room for another file");
	*out = *in;
	TRY(r = in->peek->file(in->peek, path, max_bytes, in->job, &out->bytes,
		file, e));
	out->file = file;
	return r;
}

int
peek_list(const struct decode_in *in, struct str path, struct str **names,
    size_t *n, struct err *e)
{
	int r;

	*names = NULL;
	*n = 0;
	if (in->peek == NULL || str_has_nul(path))
		return MU_OK;
	TRY(r = in->peek->list(in->peek, path, in->job, names, n, e));
	if (r == 0)
		*n = 0;
	return MU_OK;
}

static bool
peek_is_pattern(struct str s)
{

	return str_chr(s, '*') != SIZE_MAX || str_chr(s, '?') != SIZE_MAX ||
	       str_chr(s, '[') != SIZE_MAX;
}

/* One component of a pattern at a time: what is matched, what is left. */
struct peek_globbing {
	const struct decode_in *in;
	struct str *paths;
	size_t n;
};

static int
peek_add(struct peek_globbing *g, struct str path, struct err *e)
{

	if (g->n == PEEK_GLOB_MAX)
		return err_set(e, MU_ELIMIT,
		    "a pattern stands for more than %d files", PEEK_GLOB_MAX);
	g->paths[g->n++] = path;
	return MU_OK;
}

static int
peek_join(const struct peek_globbing *g, struct str dir, struct str name,
    struct str *out, struct err *e)
{

	if (dir.n + name.n >= PEEK_PATH_MAX)
		return err_set(e, MU_ELIMIT, "a path is too long");
	return arena_fmt(g->in->job, out, e, STR_FMT "%s" STR_FMT, STR_ARG(dir),
	    dir.n != 0 ? "/" : "", STR_ARG(name));
}

/* The paths below ${dir} that match ${part}; the next ones take ${paths}. */
static int
peek_step(struct peek_globbing *g, struct str dir, struct str part,
    struct err *e)
{
	struct str *names, path, pattern;
	size_t n, i;

	if (!peek_is_pattern(part)) {
		TRY(peek_join(g, dir, part, &path, e));
		return peek_add(g, path, e);
	}
	TRY(arena_str(g->in->job, part, &pattern, e));
	TRY(peek_list(g->in, dir.n != 0 ? dir : STR("/"), &names, &n, e));
	for (i = 0; i < n; i++) {
		TRY(arena_str(g->in->job, names[i], &path, e));
		if (fnmatch(pattern.p, path.p, FNM_PERIOD) != 0)
			continue;
		TRY(peek_join(g, dir, names[i], &path, e));
		TRY(peek_add(g, path, e));
	}
	return MU_OK;
}

int
peek_glob(const struct decode_in *in, struct str pattern, struct str **paths,
    size_t *n, struct err *e)
{
	struct peek_globbing g = { .in = in };
	struct str part, *from;
	size_t i, n_from = 1;

	*n = 0;
	from = arena_take(in->job, 1, sizeof(*from));
	if (from == NULL)
		return err_set(e, MU_ELIMIT, "no room for a pattern");
	from[0] = STR_NONE;
	if (pattern.n == 0 || str_has_nul(pattern))
		return MU_OK;
	while (pattern.n != 0) {
		(void)str_cut(pattern, '/', &part, &pattern);
		if (part.n == 0)
			continue;
		g.n = 0;
		g.paths = arena_take(in->job, PEEK_GLOB_MAX, sizeof(*from));
		if (g.paths == NULL)
			return err_set(e, MU_ELIMIT, "no room for a pattern");
		for (i = 0; i < n_from; i++)
			TRY(peek_step(&g, from[i], part, e));
		from = g.paths;
		n_from = g.n;
	}
	*paths = from;
	*n = n_from;
	return MU_OK;
}

enum gap_reason
peek_reason(int code)
{

	switch (code) {
	case MU_EDENIED:
		return GAP_DENIED;
	case MU_ELIMIT:
		return GAP_LIMIT;
	case MU_ENOTFOUND:
		return GAP_VANISHED;
	default:
		return GAP_UNSUPPORTED;
	}
}
