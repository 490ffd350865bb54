#include "decode/unitload.h"

#include <stdlib.h>

#include "decode/peek.h"
#include "decode/unitline.h"

/* Most folders of drop-ins that one name stands for in one load path. */
#define UNITLOAD_FOLDERS_MAX 16
#define UNITLOAD_ALIASES_MAX 8

/* Where units of the system lie. The first ones are small, and can mask. */
static const char *const unitload_dirs[] = { "etc/systemd/system",
	"run/systemd/system", "usr/local/lib/systemd/system",
	"usr/lib/systemd/system", "lib/systemd/system" };

#define UNITLOAD_MASKING 3

enum unitload_found {
	UNITLOAD_ABSENT,
	UNITLOAD_THERE,
	UNITLOAD_MASKED,
};

/* One drop-in: its file's name, and where it lies. */
struct unitload_dropin {
	struct str name, path;
};

struct unitload_dropins {
	const struct decode_in *in;
	struct unitload_dropin v[UNITLOAD_DROPINS_MAX];
	size_t n;
};

static struct str
unitload_base(struct str path, struct str *folder)
{
	size_t slash = str_rchr(path, '/');

	*folder = slash == SIZE_MAX ? STR_NONE : str_head(path, slash);
	return slash == SIZE_MAX ? path : str_skip(path, slash + 1);
}

static bool
unitload_is_dir(struct str folder)
{
	size_t i;

	for (i = 0; i < MU_COUNT(unitload_dirs); i++)
		if (str_eq(folder, str_from(unitload_dirs[i])))
			return true;
	return false;
}

static int
unitload_join(const struct decode_in *in, const char *dir, struct str name,
    struct str *out, struct err *e)
{

	return arena_fmt(in->job, out, e, "%s/" STR_FMT, dir, STR_ARG(name));
}

/* A name that a folder lists and that leads to no file: a link to nothing. */
static int
unitload_listed(const struct decode_in *in, const char *dir, struct str name,
    struct err *e)
{
	struct err why = { 0 };
	struct str *names;
	size_t i, n;

	(void)e;
	if (peek_list(in, str_from(dir), &names, &n, &why) < 0)
		return 0;
	for (i = 0; i < n; i++)
		if (str_eq(names[i], name))
			return 1;
	return 0;
}

/* The file that systemd would take for the unit ${name}, into ${out}. */
static int
unitload_find(const struct decode_in *in, struct str name,
    struct decode_in *out, enum unitload_found *found, struct err *e)
{
	struct err why;
	struct str path;
	size_t i;
	int r;

	*found = UNITLOAD_ABSENT;
	for (i = 0; i < MU_COUNT(unitload_dirs); i++) {
		TRY(unitload_join(in, unitload_dirs[i], name, &path, e));
		*out = *in;
		why = (struct err){ 0 };
		r = str_eq(path, in->file->path) ?
			1 :
			peek_file(in, path, UNITLOAD_BYTES_MAX, out, &why);
		if (r == 0 && i < UNITLOAD_MASKING)
			r = -unitload_listed(in, unitload_dirs[i], name, e);
		if (r == 0)
			continue;
		*found = r > 0 && str_trim(out->bytes).n != 0 ? UNITLOAD_THERE :
								UNITLOAD_MASKED;
		return MU_OK;
	}
	return MU_OK;
}

/* Add the drop-ins of the folder ${dir}/${owner}.d. */
static int
unitload_folder(struct unitload_dropins *d, const char *dir, struct str owner,
    struct err *e)
{
	struct err why = { 0 };
	struct str path, *names;
	size_t i, k, n;

	TRY(arena_fmt(d->in->job, &path, e, "%s/" STR_FMT ".d", dir,
	    STR_ARG(owner)));
	if (peek_list(d->in, path, &names, &n, &why) < 0)
		return MU_OK; /* the walk has told that it is closed */
	for (i = 0; i < n; i++) {
		if (!str_ends(names[i], STR(".conf")))
			continue;
		for (k = 0; k < d->n && !str_eq(d->v[k].name, names[i]); k++)
			;
		if (k < d->n)
			continue;
		if (d->n == UNITLOAD_DROPINS_MAX)
			return err_set(e, MU_ELIMIT,
			    "a unit has more than %d drop-ins",
			    UNITLOAD_DROPINS_MAX);
		d->v[d->n].name = names[i];
		TRY(arena_fmt(d->in->job, &d->v[d->n].path, e,
		    STR_FMT "/" STR_FMT, STR_ARG(path), STR_ARG(names[i])));
		d->n++;
	}
	return MU_OK;
}

/* "foo@.service" of "foo@bar.service"; "" where it is no instance. */
static int
unitload_template(const struct decode_in *in, struct str name, struct str *out,
    struct err *e)
{
	size_t at = str_chr(name, '@'), dot = str_rchr(name, '.');

	*out = STR_NONE;
	if (at == SIZE_MAX || dot == SIZE_MAX || at == 0 || dot <= at + 1)
		return MU_OK;
	return arena_fmt(in->job, out, e, STR_FMT STR_FMT,
	    STR_ARG(str_head(name, at + 1)), STR_ARG(str_skip(name, dot)));
}

/*
 * The names whose folders change the unit ${name}, itself first: "a-b-.service"
 * and "a-.service" of "a-b-c.service", then its template.
 */
static int
unitload_owners(const struct decode_in *in, struct str name, struct str *owners,
    size_t *n, struct err *e)
{
	struct str head = name, dot = str_skip(name, str_rchr(name, '.'));
	struct str template;

	if (*n == UNITLOAD_FOLDERS_MAX)
		return MU_OK;
	owners[(*n)++] = name;
	head = str_head(head, str_chr(head, '@'));
	head = str_head(head, str_rchr(head, '.'));
	while (*n < UNITLOAD_FOLDERS_MAX && str_rchr(head, '-') != SIZE_MAX &&
	       str_rchr(head, '-') != 0) {
		head = str_head(head, str_rchr(head, '-'));
		TRY(arena_fmt(in->job, &owners[*n], e, STR_FMT "-" STR_FMT,
		    STR_ARG(head), STR_ARG(dot)));
		(*n)++;
	}
	TRY(unitload_template(in, name, &template, e));
	if (template.n != 0 && *n < UNITLOAD_FOLDERS_MAX)
		owners[(*n)++] = template;
	return MU_OK;
}

static int
unitload_by_name(const void *a, const void *b)
{
	const struct unitload_dropin *x = a, *y = b;
	size_t i;

	for (i = 0; i < x->name.n && i < y->name.n; i++)
		if (x->name.p[i] != y->name.p[i])
			return (unsigned char)x->name.p[i] <
				       (unsigned char)y->name.p[i] ?
				   -1 :
				   1;
	return (x->name.n > y->name.n) - (x->name.n < y->name.n);
}

/* All drop-ins of the unit that has ${names}, in their order. */
static int
unitload_dropins(struct unitload_dropins *d, const struct str *names,
    size_t n_names, struct err *e)
{
	struct str owners[UNITLOAD_FOLDERS_MAX];
	size_t i, k, name, n;

	for (name = 0; name < n_names; name++) {
		n = 0;
		TRY(unitload_owners(d->in, names[name], owners, &n, e));
		for (i = 0; i < MU_COUNT(unitload_dirs); i++)
			for (k = 0; k < n; k++)
				TRY(unitload_folder(d, unitload_dirs[i],
				    owners[k], e));
	}
	for (i = 0; i < MU_COUNT(unitload_dirs); i++)
		TRY(unitload_folder(d, unitload_dirs[i], STR("service"), e));
	qsort(d->v, d->n, sizeof(d->v[0]), unitload_by_name);
	return MU_OK;
}

/* Read the drop-ins into ${out}, after what is there. */
static int
unitload_add(struct unitload_dropins *d, struct unitload *out, struct err *e)
{
	struct err why;
	size_t i;
	int r;

	for (i = 0; i < d->n; i++) {
		why = (struct err){ 0 };
		out->files[out->n] = *d->in;
		r = str_eq(d->v[i].path, d->in->file->path) ?
			1 :
			peek_file(d->in, d->v[i].path, UNITLOAD_BYTES_MAX,
			    &out->files[out->n], &why);
		/* A link to /dev/null is no regular file. */
		out->unsure = out->unsure || r == MU_EDENIED || r == MU_ELIMIT;
		if (r == 1)
			out->n++;
	}
	(void)e;
	return MU_OK;
}

/* The other names under which ${unit} is linked, by its own Alias=. */
static int
unitload_aliases(const struct decode_in *unit, struct str *names, size_t *n,
    struct err *e)
{
	AUTO(unitline) struct unitline l;
	struct decode_in other;
	struct err why;
	struct str rest, word, path;
	int got;

	unitline_init(&l, unit, UNITLINE_LINE_MAX);
	if (str_find(unit->bytes, STR("Alias=")) == SIZE_MAX)
		return MU_OK;
	for (;;) {
		TRY(got = unitline_next(&l, false, e));
		if (got == 0)
			return MU_OK;
		if (strcmp(l.section, "Install") != 0 ||
		    !str_eq(l.name, STR("Alias")))
			continue;
		for (rest = l.value;
		     *n < UNITLOAD_ALIASES_MAX && str_word(&rest, &word);) {
			why = (struct err){ 0 };
			TRY(unitload_join(unit, unitload_dirs[0], word, &path,
			    e));
			if (str_ends(word, STR(".service")) &&
			    peek_file(unit, path, UNITLOAD_BYTES_MAX, &other,
				&why) == 1 &&
			    str_eq(other.file->path, unit->file->path))
				TRY(arena_str(unit->job, word, &names[(*n)++],
				    e));
		}
	}
}

/* Fill ${out} with ${unit}, if there is one, and all drop-ins. */
static int
unitload_collect(const struct decode_in *in, const struct decode_in *unit,
    struct unitload *out, struct err *e)
{
	struct unitload_dropins *d;
	struct str names[UNITLOAD_ALIASES_MAX] = { out->name };
	size_t n = 1;

	d = arena_take(in->job, 1, sizeof(*d));
	out->files =
	    arena_take(in->job, UNITLOAD_DROPINS_MAX + 1, sizeof(*out->files));
	if (d == NULL || out->files == NULL)
		return err_set(e, MU_ELIMIT, "no room for the unit's files");
	*d = (struct unitload_dropins){ .in = in };
	out->headless = unit == NULL;
	if (unit != NULL) {
		out->files[out->n++] = *unit;
		TRY(unitload_aliases(unit, names, &n, e));
	}
	TRY(unitload_dropins(d, names, n, e));
	return unitload_add(d, out, e);
}

/* The unit's own file. */
static int
unitload_unit(const struct decode_in *in, struct unitload *out,
    enum unitload_role *role, struct err *e)
{
	enum unitload_found found;
	struct decode_in unit;
	struct str folder;

	(void)unitload_base(in->file->path, &folder);
	if (unitload_is_dir(folder)) {
		TRY(unitload_find(in, out->name, &unit, &found, e));
		if (found != UNITLOAD_THERE ||
		    !str_eq(unit.file->path, in->file->path)) {
			*role = UNITLOAD_NOTHING;
			return MU_OK;
		}
	}
	*role = UNITLOAD_TELL;
	return unitload_collect(in, in, out, e);
}

/* Whether ${in} is the first of the drop-ins in folders of the unit's name. */
static bool
unitload_leads(const struct decode_in *in, const struct unitload *l)
{
	struct str folder, owner;
	size_t i;

	for (i = !l->headless; i < l->n; i++) {
		if (str_eq(l->files[i].file->path, in->file->path))
			return true;
		(void)unitload_base(l->files[i].file->path, &folder);
		owner = unitload_base(folder, &folder);
		if (owner.n == l->name.n + 2 && str_starts(owner, l->name))
			return false;
	}
	return false;
}

static int
unitload_dropin(const struct decode_in *in, struct unitload *out,
    enum unitload_role *role, struct err *e)
{
	enum unitload_found found;
	struct decode_in unit;
	struct str template, folder;

	*role = UNITLOAD_LINES;
	/* service.d and foo-.service.d are for every such service. */
	if (!str_ends(out->name, STR(".service")) ||
	    str_ends(out->name, STR("-.service")))
		return MU_OK;
	TRY(unitload_find(in, out->name, &unit, &found, e));
	if (found == UNITLOAD_ABSENT) {
		TRY(unitload_template(in, out->name, &template, e));
		if (template.n != 0)
			TRY(unitload_find(in, template, &unit, &found, e));
	} else if (found == UNITLOAD_THERE) {
		/* A link to a file that is no place of units is not read. */
		(void)unitload_base(unit.file->path, &folder);
		if (unitload_is_dir(folder))
			return MU_OK;
	}
	if (found == UNITLOAD_MASKED)
		return MU_OK;
	TRY(unitload_collect(in, found == UNITLOAD_THERE ? &unit : NULL, out,
	    e));
	if (out->n == (size_t)!out->headless && !out->unsure)
		out->files[out->n++] = *in; /* nobody answers but itself */
	*role = unitload_leads(in, out) ? UNITLOAD_TELL : UNITLOAD_LINES;
	return MU_OK;
}

int
unitload_read(const struct decode_in *in, struct unitload *out,
    enum unitload_role *role, struct err *e)
{
	struct str folder, owner;

	*out = (struct unitload){ .n = 0 };
	*role = UNITLOAD_NOTHING;
	out->name = unitload_base(in->file->path, &folder);
	if (str_trim(in->bytes).n == 0)
		return MU_OK; /* an empty file masks */
	if (!str_ends(folder, STR(".d")))
		return unitload_unit(in, out, role, e);
	owner = unitload_base(folder, &folder);
	out->name = str_head(owner, owner.n - 2);
	return unitload_dropin(in, out, role, e);
}
