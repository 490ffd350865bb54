#include "decode/fstab.h"

#include "base/buf.h"
#include "decode/inuse.h"
#include "decode/lines.h"
#include "decode/peek.h"
#include "decode/pick.h"

/* Longest part of a login's key or name, bytes. */
#define FSTAB_PART_MAX 255

struct fstab {
	const struct decode_in *in; /* where the password stands */
	struct str spec, user, pass, domain;
	size_t line; /* of the password, in ${in} */
	bool alone;  /* in a file of its own */
};

static struct str
fstab_part(struct str s)
{

	return str_head(str_head(s, str_chr(s, '\0')), FSTAB_PART_MAX);
}

/*= fstab(5): \040 is a blank, \011 a tab, \012 a line's end, \134 a backslash.
 * Gives 0 where ${s} begins with no such escape. */
static char
fstab_escape(struct str s)
{
	static const struct {
		const char *head;
		char is;
	} t[] = { { "\\040", ' ' }, { "\\011", '\t' }, { "\\012", '\n' },
		{ "\\134", '\\' } };
	size_t i;

	for (i = 0; i < MU_COUNT(t); i++)
		if (str_starts(s, str_from(t[i].head)))
			return t[i].is;
	return 0;
}

static int
fstab_field(const struct decode_in *in, struct str s, struct str *out,
    struct err *e)
{
	char *to = arena_take(in->job, s.n + 1, 1), c;
	size_t i, n = 0;

	if (to == NULL)
		return err_set(e, MU_ELIMIT, "no room for a mount");
	for (i = 0; i < s.n; i++) {
		c = fstab_escape(str_skip(s, i));
		to[n++] = c != 0 ? c : s.p[i];
		i += c != 0 ? 3 : 0;
	}
	*out = str_of(to, n);
	return MU_OK;
}

/* "nas" of //nas/share and of \\nas\share. */
static struct str
fstab_server(struct str spec)
{
	size_t i;

	while (spec.n != 0 && (spec.p[0] == '/' || spec.p[0] == '\\'))
		spec = str_skip(spec, 1);
	for (i = 0; i < spec.n; i++)
		if (spec.p[i] == '/' || spec.p[i] == '\\')
			return fstab_part(str_head(spec, i));
	return fstab_part(spec);
}

static int
fstab_put(const struct fstab *f, struct str *key, struct err *e)
{
	struct str user = fstab_part(f->user), host = fstab_part(f->domain);
	struct str name;

	*key = STR_NONE;
	if (!pick_secret(f->pass))
		return MU_OK;
	if (host.n == 0 && !f->alone)
		host = fstab_server(f->spec);
	TRY(key_login(STR("smb"), user, host, STR_NONE, STR_NONE, f->in->job,
	    key, e));
	TRY(arena_fmt(f->in->job, &name, e, "smb " STR_FMT "%s" STR_FMT,
	    STR_ARG(user), host.n != 0 ? " at " : "", STR_ARG(host)));
	return pick_login(f->in, *key, ID_SERVICE_ACCOUNT, name, user, f->pass,
	    f->line, e);
}

static bool
fstab_is(struct str name, const char *a, const char *b)
{

	return str_eq_nocase(name, str_from(a)) ||
	       str_eq_nocase(name, str_from(b));
}

/* One "name=value" of the options or of a line of credentials. */
static void
fstab_option(struct fstab *f, struct str name, struct str value, size_t line)
{

	if (fstab_is(name, "username", "user")) {
		f->user = value;
	} else if (fstab_is(name, "password", "pass")) {
		f->pass = value;
		f->line = line;
	} else if (fstab_is(name, "domain", "dom") ||
		   fstab_is(name, "workgroup", "workg")) {
		f->domain = value;
	}
}

/*= mount.cifs(8): username=, password= and domain=, one a line. */
static int
fstab_file(const struct decode_in *from, struct fstab *f, struct str path,
    size_t at, struct str *key, struct err *e)
{
	struct decode_in *in = arena_take(from->job, 1, sizeof(*in));
	struct str line, name, value;
	struct err why = { 0 };
	struct lines l;
	int r;

	if (in == NULL)
		return err_set(e, MU_ELIMIT, "no room for a file");
	r = peek_file(from, path, FSTAB_FILE_MAX, in, &why);
	if (r < 0)
		return decode_gap(from, ':', at, peek_reason(r), e,
		    "the credentials that are named here cannot be read");
	if (r == 0)
		return MU_OK;
	lines_init(&l, in);
	while (lines_next(&l, &line))
		if (str_cut(line, '=', &name, &value))
			fstab_option(f, str_trim(name), value, l.at);
	f->in = in;
	f->alone = true;
	return fstab_put(f, key, e);
}

/*= systemd.mount(5): "mnt-backup.mount" for /mnt/backup. Other bytes than
 * letters, digits, "_", "." and ":" are escaped as \xNN. */
static int
fstab_unit(const struct decode_in *in, struct str where, struct str *out,
    struct err *e)
{
	AUTO(buf) struct buf b = { 0 };
	size_t i;
	char c;

	buf_init(&b, 8 * (size_t)FSTAB_PART_MAX);
	buf_addf(&b, "unit:" STR_FMT ":", STR_ARG(in->host->key));
	where = fstab_part(where);
	while (str_starts(where, STR("/")))
		where = str_skip(where, 1);
	for (i = 0; i < where.n; i++) {
		c = where.p[i];
		if (c == '/')
			buf_addc(&b, '-');
		else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			 (c >= '0' && c <= '9') || c == '_' || c == '.' ||
			 c == ':')
			buf_addc(&b, c);
		else
			buf_addf(&b, "\\x%02x", (unsigned)(unsigned char)c);
	}
	buf_adds(&b, ".mount");
	TRY(buf_check(&b, "a mount", e));
	return arena_str(in->job, buf_str(&b), out, e);
}

static int
fstab_options(const struct decode_in *in, struct str spec, struct str options,
    size_t at, struct str *key, struct err *e)
{
	struct fstab f = { .in = in, .spec = spec, .line = at };
	struct str one, name, value, file = STR_NONE;
	bool more = true;

	while (more) {
		more = str_cut(options, ',', &one, &options);
		if (!str_cut(one, '=', &name, &value))
			continue;
		TRY(fstab_field(in, value, &value, e));
		if (fstab_is(name, "credentials", "cred"))
			file = value;
		else
			fstab_option(&f, name, value, at);
	}
	if (file.n != 0)
		return fstab_file(in, &f, file, at, key, e);
	return fstab_put(&f, key, e);
}

static bool
fstab_shares(struct str type)
{

	return str_eq(type, STR("cifs")) || str_eq(type, STR("smb3")) ||
	       str_eq(type, STR("smbfs"));
}

static int
fstab_line(const struct decode_in *in, struct str line, size_t at, size_t *n,
    struct err *e)
{
	struct str spec, where, type, options, key = STR_NONE, unit;

	if (!str_word(&line, &spec) || spec.p[0] == '#' ||
	    !str_word(&line, &where) || !str_word(&line, &type) ||
	    !str_word(&line, &options) || !fstab_shares(type))
		return MU_OK;
	if ((*n)++ == FSTAB_MOUNTS_MAX)
		return err_set(e, MU_ELIMIT, "more than %d mounts",
		    FSTAB_MOUNTS_MAX);
	TRY(fstab_field(in, spec, &spec, e));
	TRY(fstab_options(in, spec, options, at, &key, e));
	TRY(fstab_field(in, where, &where, e));
	TRY(fstab_unit(in, where, &unit, e));
	return inuse_edge(in, key, unit, at, e);
}

static int
fstab_read(const struct decode_in *in, struct err *e)
{
	struct lines l;
	struct str line;
	size_t n = 0;

	lines_init(&l, in);
	while (lines_next(&l, &line))
		TRY(fstab_line(in, line, l.at, &n, e));
	return MU_OK;
}

const struct decoder decode_fstab = {
	.name = "fstab",
	.place = NULL,
	.sees = "Logins by which shares are mounted",
	.source = "fstab(5); mount.cifs(8)",
	.max_bytes = (size_t)1 << 20,
	.read = fstab_read,
};
