#include "decode/sudoload.h"

#include "base/mem.h"
#include "decode/peek.h"

static int sudoload_file(struct sudoload *l, const struct decode_in *in,
    int depth, struct err *e);

/* "@include path", "#includedir path" and the like; ${dir} says which. */
static bool
sudoload_directive(struct str line, struct str *path, bool *dir)
{
	struct str word;

	*path = line;
	(void)sudolex_word(path, "", &word);
	if (word.n == 0 || (word.p[0] != '@' && word.p[0] != '#'))
		return false;
	word = str_skip(word, 1);
	*dir = str_eq(word, STR("includedir"));
	*path = str_trim(*path);
	return (*dir || str_eq(word, STR("include"))) && path->n != 0;
}

bool
sudoload_includes(struct str line)
{
	struct str path;
	bool dir;

	return sudoload_directive(line, &path, &dir);
}

static struct str
sudoload_folder(struct str path)
{
	size_t slash = str_rchr(path, '/');

	return str_head(path, slash == SIZE_MAX ? 0 : slash);
}

/* The path that a directive of ${in} means, below the root. */
static int
sudoload_path(const struct decode_in *in, struct str path, struct str *out,
    struct err *e)
{
	AUTO(buf) struct buf b = { 0 };
	struct str name = in->host->name, rest;
	size_t i;

	TRY(sudolex_plain(path, in->job, &path, e));
	buf_init(&b, 8192);
	if (!str_starts(path, STR("/"))) {
		buf_add(&b, sudoload_folder(in->file->path));
		buf_addc(&b, '/');
	}
	(void)str_cut(name, '.', &name, &rest);
	for (i = 0; i < path.n; i++) {
		if (path.p[i] == '%' && i + 1 < path.n &&
		    (path.p[i + 1] == 'h' || path.p[i + 1] == '%')) {
			if (path.p[++i] == 'h')
				buf_add(&b, name);
			else
				buf_addc(&b, '%');
			continue;
		}
		buf_addc(&b, path.p[i]);
	}
	TRY(buf_check(&b, "a path", e));
	return arena_str(in->job, buf_str(&b), out, e);
}

static int
sudoload_closed(struct sudoload *l, size_t file, size_t at, int code,
    struct err *e)
{

	if (l->quiet)
		return MU_OK;
	return lines_gap(&l->gaps[file], at, peek_reason(code),
	    "rules are included from a file that is not read", e);
}

/* A file is read once, whoever includes it. */
static bool
sudoload_has(const struct sudoload *l, struct str path)
{
	size_t i;

	for (i = 0; i < l->n_files; i++)
		if (str_eq(l->files[i].file->path, path))
			return true;
	return false;
}

static int
sudoload_one(struct sudoload *l, size_t from, size_t at, struct str path,
    int depth, struct err *e)
{
	struct err why = { 0 };
	struct decode_in in;
	int r = peek_file(&l->files[from], path, SUDOLOAD_BYTES_MAX, &in, &why);

	if (r < 0)
		return sudoload_closed(l, from, at, r, e);
	if (r == 0 || sudoload_has(l, in.file->path))
		return MU_OK;
	if (depth == SUDOLOAD_DEPTH_MAX)
		return err_set(e, MU_ELIMIT, "files include deeper than %d",
		    SUDOLOAD_DEPTH_MAX);
	return sudoload_file(l, &in, depth + 1, e);
}

static int
sudoload_dir(struct sudoload *l, size_t from, size_t at, struct str path,
    int depth, struct err *e)
{
	struct err why = { 0 };
	struct str *names, one;
	size_t i, n;
	int r = peek_list(&l->files[from], path, &names, &n, &why);

	if (r < 0)
		return sudoload_closed(l, from, at, r, e);
	for (i = 0; i < n; i++) {
		if (str_chr(names[i], '.') != SIZE_MAX ||
		    str_ends(names[i], STR("~")))
			continue;
		TRY(arena_fmt(l->files[from].job, &one, e, STR_FMT "/" STR_FMT,
		    STR_ARG(path), STR_ARG(names[i])));
		TRY(sudoload_one(l, from, at, one, depth, e));
	}
	return MU_OK;
}

static int
sudoload_line(struct sudoload *l, struct str text, size_t at, size_t file,
    struct err *e)
{
	struct sudoload_line *wider;

	if (l->n == SUDOLOAD_LINES_MAX)
		return err_set(e, MU_ELIMIT, "more than %d lines",
		    SUDOLOAD_LINES_MAX);
	if (l->n == l->room) {
		l->room = l->room * 2 + 64;
		wider = arena_take(l->files[0].job, l->room, sizeof(*wider));
		if (wider == NULL)
			return err_set(e, MU_ELIMIT, "no room for the lines");
		mem_copy(wider, l->room * sizeof(*wider), l->lines,
		    l->n * sizeof(*wider));
		l->lines = wider;
	}
	l->lines[l->n++] = (struct sudoload_line){ text, at, file };
	return MU_OK;
}

static int
sudoload_file(struct sudoload *l, const struct decode_in *in, int depth,
    struct err *e)
{
	size_t file = l->n_files, at;
	struct str text, path;
	struct lines lines;
	bool dir;
	int got;

	if (file == SUDOLOAD_FILES_MAX)
		return err_set(e, MU_ELIMIT, "more than %d files are included",
		    SUDOLOAD_FILES_MAX);
	l->files[l->n_files++] = *in;
	lines_init(&l->gaps[file], &l->files[file]);
	lines_init(&lines, &l->files[file]);
	for (;;) {
		TRY(got = sudolex_line(&lines, &text, &at, e));
		if (got == 0)
			return MU_OK;
		if (!sudoload_directive(text, &path, &dir)) {
			TRY(sudoload_line(l, text, at, file, e));
			continue;
		}
		TRY(sudoload_path(in, path, &path, e));
		TRY((dir ? sudoload_dir : sudoload_one)(l, file, at, path,
		    depth, e));
	}
}

int
sudoload_read(const struct decode_in *in, bool quiet, struct sudoload *out,
    struct err *e)
{

	*out = (struct sudoload){ .quiet = quiet };
	out->files =
	    arena_take(in->job, SUDOLOAD_FILES_MAX, sizeof(*out->files));
	out->gaps = arena_take(in->job, SUDOLOAD_FILES_MAX, sizeof(*out->gaps));
	if (out->files == NULL || out->gaps == NULL)
		return err_set(e, MU_ELIMIT, "no room for the files");
	return sudoload_file(out, in, 0, e);
}

int
sudoload_elsewhere(const struct decode_in *in, struct err *e)
{
	static const char *const tops[] = { "etc/sudoers",
		"usr/local/etc/sudoers" };
	struct decode_in top;
	struct sudoload l;
	struct err why;
	size_t i;

	for (i = 0; i < MU_COUNT(tops); i++)
		if (str_eq(in->file->path, str_from(tops[i])))
			return 0;
	for (i = 0; i < MU_COUNT(tops); i++) {
		why = (struct err){ 0 };
		if (peek_file(in, str_from(tops[i]), SUDOLOAD_BYTES_MAX, &top,
			&why) != 1)
			continue;
		/* Where that one breaks off, it has told of what it read. */
		if (sudoload_read(&top, true, &l, &why) < 0)
			continue;
		if (sudoload_has(&l, in->file->path))
			return 1;
	}
	(void)e;
	return 0;
}
