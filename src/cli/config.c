#include "cli/config.h"

#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>

#include "assess/assess.h"
#include "assess/checkfile.h"
#include "base/fd.h"
#include "collect/atlas.h"
#include "collect/dirents.h"

#define CONFIG_PATH_MAX 4096

/* One file being read. */
struct config_text {
	struct config *k;
	const char *name;
	int64_t line;
	struct str check; /* of the section; empty before the first */
};

static int
config_bad(const struct config_text *t, struct err *e)
{
	struct err why = *e;

	return err_set(e, why.code, "%s:%lld: %s", t->name, (long long)t->line,
	    why.text);
}

/* [check.ID] */
static int
config_section(struct config_text *t, struct str line, struct err *e)
{
	const struct check *checks;
	size_t i, n;

	if (!str_ends(line, STR("]")) || !str_starts(line, STR("[check.")))
		return err_set(e, MU_EFORMAT,
		    "'" STR_FMT "' is no section; one is [check.ID]",
		    STR_ARG(line));
	t->check = str_skip(line, sizeof("[check.") - 1);
	t->check.n--;
	checks = assess_checks(&n);
	for (i = 0; i < n; i++)
		if (str_eq(checks[i].id, t->check))
			return MU_OK;
	return err_set(e, MU_ENOTFOUND, "there is no check '" STR_FMT "'",
	    STR_ARG(t->check));
}

static int
config_line(struct config_text *t, struct str line, struct err *e)
{
	struct str name, value;
	int64_t v;

	if (line.n == 0 || line.p[0] == '#' || line.p[0] == ';')
		return MU_OK;
	if (line.p[0] == '[')
		return config_section(t, line, e);
	if (!str_cut(line, '=', &name, &value))
		return err_set(e, MU_EFORMAT,
		    "this is neither [section] nor name = value");
	if (t->check.n == 0)
		return err_set(e, MU_EFORMAT,
		    "a value before the first [section]");
	name = str_trim(name);
	if (!str_i64(str_trim(value), -CHECK_PARAM_MAX, CHECK_PARAM_MAX, &v))
		return err_set(e, MU_EFORMAT,
		    "the value of '" STR_FMT "' is no whole number",
		    STR_ARG(name));
	TRY(assess_set(t->check, name, v, e));
	t->k->values++;
	return MU_OK;
}

static int
config_text(struct config *k, const char *name, struct str text, struct err *e)
{
	struct config_text t = { .k = k, .name = name };
	struct str line;

	while (str_line(&text, &line)) {
		t.line++;
		if (str_has_nul(line) || !str_utf8(line)) {
			(void)err_set(e, MU_EFORMAT, "this is no text");
			return config_bad(&t, e);
		}
		if (config_line(&t, str_trim(line), e) < 0)
			return config_bad(&t, e);
	}
	return MU_OK;
}

/* What becomes of one file of a directory. */
typedef int
config_take(struct config *k, const char *name, struct str text, struct err *e);

static int
config_take_dropin(struct config *k, const char *name, struct str text,
    struct err *e)
{

	k->dropins++;
	return config_text(k, name, text, e);
}

static int
config_take_check(struct config *k, const char *name, struct str text,
    struct err *e)
{

	k->checks++;
	return assess_add(name, text, e);
}

static int
config_one(struct config *k, int dir, const char *path, const char *base,
    config_take *take, struct err *e)
{
	AUTO(buf) struct buf text = { 0 };
	char name[CONFIG_PATH_MAX];

	(void)snprintf(name, sizeof(name), "%s/%s", path, base);
	buf_init(&text, CONFIG_BYTES_MAX);
	TRY(fd_read_ours(dir, base, name, &text, e));
	return take(k, name, buf_str(&text), e);
}

/* The files of a directory that end in ${tail}, by name; it need not be. */
static int
config_dir(struct config *k, const char *path, const char *tail,
    config_take *take, struct err *e)
{
	AUTO(dirents) struct dirents list = { 0 };
	AUTO(fd) int dir = -1;
	const char *name;
	size_t i;

	dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0 && errno == ENOENT)
		return MU_OK;
	if (dir < 0)
		return err_sys(e, errno, "%s", path);
	TRY(fd_is_ours(dir, path, e));
	if (dirents_read(&list, dir, e) < 0)
		return err_wrap(e, "%s", path);
	for (i = 0; i < list.n; i++) {
		name = dirents_name(&list, i);
		if (name[0] != '.' && str_ends(str_from(name), str_from(tail)))
			TRY(config_one(k, dir, path, name, take, e));
	}
	return MU_OK;
}

/* The file itself; the one that nobody asked for by name need not be there. */
static int
config_file(const struct cli *c, struct config *k, struct err *e)
{
	AUTO(buf) struct buf text = { 0 };
	int r;

	buf_init(&text, CONFIG_BYTES_MAX);
	r = fd_read_ours(AT_FDCWD, k->file.p, k->file.p, &text, e);
	if (r == MU_ENOTFOUND && c->asked.config.n == 0)
		return MU_OK;
	TRY(r);
	k->there = true;
	return config_text(k, k->file.p, buf_str(&text), e);
}

static int
config_paths(struct cli *c, struct config *k, struct err *e)
{
	struct str dir, asked = c->asked.config;
	size_t slash;

	if (str_has_nul(asked) || asked.n >= CONFIG_PATH_MAX / 2)
		return err_set(e, MU_EFORMAT, "--config: no such path can be");
	TRY(arena_fmt(c->arena, &k->file, e, STR_FMT,
	    STR_ARG(asked.n != 0 ? asked : STR(CONFIG_FILE))));
	slash = str_rchr(k->file, '/');
	dir = slash == SIZE_MAX ? STR(".") : str_head(k->file, slash);
	TRY(arena_fmt(c->arena, &k->checks_dir, e, STR_FMT "/checks.d",
	    STR_ARG(dir)));
	TRY(arena_fmt(c->arena, &k->places_dir, e, STR_FMT "/places.d",
	    STR_ARG(dir)));
	return arena_fmt(c->arena, &k->dropins_dir, e, STR_FMT "/muster.conf.d",
	    STR_ARG(dir));
}

/* What is wrong with a place is known before anything is read. */
static int
config_places(struct cli *c, struct config *k, struct err *e)
{
	AUTO(atlas) struct atlas a = { .n_finders = 0 };

	c->places_dir = k->places_dir.p;
	TRY(atlas_load(&a, k->places_dir.p, e));
	k->places = (int64_t)a.own.rows.n;
	return MU_OK;
}

/* A check that does what it may not is a mistake in its file, no lack of a
 * right of the asker's. */
static int
config_try(struct err *e)
{
	int r = assess_try(e);

	if (r == MU_EDENIED)
		e->code = MU_EFORMAT;
	return r == MU_EDENIED ? MU_EFORMAT : r;
}

static int
config_all(struct cli *c, struct config *k, struct err *e)
{

	TRY(config_paths(c, k, e));
	TRY(config_dir(k, k->checks_dir.p, ".sql", config_take_check, e));
	TRY(config_try(e));
	TRY(config_file(c, k, e));
	TRY(config_dir(k, k->dropins_dir.p, ".conf", config_take_dropin, e));
	return config_places(c, k, e);
}

int
config_load(struct cli *c, struct config *out, struct err *e)
{
	struct err why = { 0 };
	int r;

	*out = (struct config){ .there = false };
	r = config_all(c, out, &why);
	if (r >= 0)
		return MU_OK;
	*e = why;
	c->usage = r != MU_EDENIED && r != MU_ESYSTEM;
	return r;
}

int
config_use(struct cli *c, struct err *e)
{
	struct config k;

	return config_load(c, &k, e);
}
