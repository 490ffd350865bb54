/*
 * All secrets of a unit's own lines go through unitsecret_put(). Those of its
 * environment files go through the rules of the place, as they do for the
 * places of such files: one secret is one identity, whoever tells of it.
 */

#include "decode/unitsecret.h"

#include "base/mem.h"
#include "decode/cmdline.h"
#include "decode/envfile.h"
#include "decode/envname.h"
#include "decode/peek.h"
#include "decode/pick.h"
#include "decode/token.h"
#include "decode/variable.h"

struct unitsecret {
	const struct unitload *load;
	struct str key;  /* of the unit */
	struct buf word; /* wiped at the end */
	size_t n;
};

static int
unitsecret_edge(const struct unitsecret *u, const struct decode_in *in,
    struct str from, size_t line, struct err *e)
{
	struct rec r;

	rec_init(&r, REC_EDGE);
	r.edge.kind = EDGE_CONSUMED_BY;
	r.edge.src = from;
	r.edge.dst = u->key;
	TRY(arena_fmt(in->job, &r.edge.evidence, e, STR_FMT ":%zu",
	    STR_ARG(in->file->path), line));
	return decode_put(in, &r, e);
}

/* One secret of a line of the unit, which calls it ${name}; ${key} becomes that
 * of its identity. */
static int
unitsecret_put(struct unitsecret *u, const struct decode_in *in,
    struct str name, struct str value, size_t line, struct str *key,
    struct err *e)
{
	struct rec i, c, s;

	if (u->n++ == UNITSECRET_MAX)
		return err_set(e, MU_ELIMIT, "more than %d secrets",
		    UNITSECRET_MAX);
	rec_init(&i, REC_IDENTITY);
	rec_init(&c, REC_CREDENTIAL);
	TRY(decode_secret(in, value, name, &c.credential.key, &c.credential.fp,
	    e));
	*key = c.credential.identity = i.identity.key = c.credential.key;
	c.credential.kind = CRED_TOKEN;
	c.credential.length = (int64_t)value.n;
	c.credential.weak = pick_weak(value, STR_NONE);
	i.identity.kind = ID_TOKEN;
	i.identity.asset = in->host->key;
	i.identity.context = in->file->context;
	TRY(arena_fmt(in->job, &i.identity.name, e, STR_FMT " of " STR_FMT,
	    STR_ARG(name), STR_ARG(u->load->name)));
	TRY(decode_sighting(in, &s, c.credential.key, ROLE_PRIVATE, ':', line,
	    e));
	TRY(arena_str(in->job, name, &s.sighting.detail, e));
	TRY(decode_put(in, &i, e));
	TRY(decode_put(in, &c, e));
	TRY(decode_put(in, &s, e));
	return unitsecret_edge(u, in, i.identity.key, line, e);
}

/* The words of one Environment=: NAME=value each. */
static int
unitsecret_environment(struct unitsecret *u, const struct decode_in *in,
    const struct unitline *l, struct err *e)
{
	struct str text = l->value, name, value, key;

	while (text.n != 0 && unitline_word(&text, &u->word)) {
		if (!str_cut(buf_str(&u->word), '=', &name, &value) ||
		    name.n == 0 || str_has_nul(name) || !envname_secret(name))
			continue;
		/* A path is where the secret is, not what it is. */
		if (!pick_secret(value) || str_starts(value, STR("/")))
			continue;
		TRY(unitsecret_put(u, in, name, value, l->at, &key, e));
		TRY(variable_put(in, u->key, name, key, l->at, e));
	}
	return MU_OK;
}

/* SetCredential=ID:DATA, with C escapes. */
static int
unitsecret_credential(struct unitsecret *u, const struct decode_in *in,
    const struct unitline *l, struct err *e)
{
	struct str id, data, key;

	if (!str_cut(l->value, ':', &id, &data) || id.n == 0 ||
	    id.n > UNITFACTS_TEXT_MAX || str_has_nul(id) || !str_utf8(id))
		return MU_OK;
	unitline_plain(data, &u->word);
	if (u->word.bad || !pick_secret(buf_str(&u->word)))
		return MU_OK;
	return unitsecret_put(u, in, id, buf_str(&u->word), l->at, &key, e);
}

/* The part of a unit's name that a specifier stands for; a template's instance
 * is any. */
static bool
unitsecret_part(const struct unitsecret *u, char c, struct str *out)
{
	struct str name = u->load->name, prefix;
	size_t at;

	*out = name;
	if (c == 'n')
		return true;
	name = str_head(name, str_rchr(name, '.'));
	*out = name;
	if (c == 'N')
		return true;
	at = str_chr(name, '@');
	prefix = str_head(name, at);
	*out = c == 'p' ? prefix : str_skip(name, at == SIZE_MAX ? at : at + 1);
	if (c == 'i' && out->n == 0)
		*out = at == SIZE_MAX ? STR_NONE : STR("*");
	return c == 'p' || c == 'i';
}

/* ${path} with its specifiers undone; false where one cannot be. */
static bool
unitsecret_path(const struct unitsecret *u, const struct decode_in *in,
    struct str path, struct buf *out)
{
	static const struct {
		char mark;
		const char *to;
	} fixed[] = { { '%', "%" }, { 't', "/run" }, { 'S', "/var/lib" },
		{ 'C', "/var/cache" }, { 'L', "/var/log" }, { 'E', "/etc" },
		{ 'h', "/root" } };
	struct str part;
	size_t i, k;
	char c;

	buf_reset(out);
	for (i = 0; i < path.n; i++) {
		if (path.p[i] != '%') {
			buf_addc(out, path.p[i]);
			continue;
		}
		c = ++i < path.n ? path.p[i] : '\0';
		for (k = 0; k < MU_COUNT(fixed) && fixed[k].mark != c; k++)
			;
		if (k < MU_COUNT(fixed))
			buf_adds(out, fixed[k].to);
		else if (c == 'H')
			buf_add(out, in->host->name);
		else if (unitsecret_part(u, c, &part))
			buf_add(out, part);
		else
			return false;
	}
	return !out->bad && str_starts(buf_str(out), STR("/"));
}

/* Whether a file says of ${name} where a secret lies, and not what it is. */
static bool
unitsecret_elsewhere(struct str name, struct str value)
{

	return (token_named(name) && str_starts(value, STR("/"))) ||
	       str_ends(name, STR("_FILE")) || str_ends(name, STR("_PATH"));
}

/* The assignments of one environment file. */
static int
unitsecret_file(struct unitsecret *u, const struct decode_in *file,
    struct err *e)
{
	AUTO(pick) struct pick_list list = { 0 };
	AUTO(buf) struct buf room = { 0 };
	struct envfile f;
	char *p;
	int got = MU_OK;

	buf_init(&room, UNITLOAD_BYTES_MAX);
	p = buf_room(&room, file->bytes.n);
	if (p == NULL)
		return buf_check(&room, "an environment file", e);
	envfile_init(&f, file->bytes, p);
	while (got == MU_OK && envfile_next(&f))
		if (!unitsecret_elsewhere(f.name, f.value))
			got = pick_add(&list, f.name, f.value, f.at, e);
	if (got == MU_OK)
		got = pick_consumed(file, &list, u->key, e);
	mem_wipe(p, file->bytes.n);
	return got;
}

/* EnvironmentFile=: a path or a pattern; "-" before it: it need not be there.*/
static int
unitsecret_files(struct unitsecret *u, const struct decode_in *in,
    const struct unitline *l, struct err *e)
{
	struct str path = l->value, *paths;
	struct decode_in file;
	struct err why = { 0 };
	size_t i, n;
	int r;

	if (str_starts(path, STR("-")))
		path = str_skip(path, 1);
	if (in->picks == NULL)
		return MU_OK;
	if (!unitsecret_path(u, in, path, &u->word))
		return decode_gap(in, ':', l->at, GAP_UNSUPPORTED, e,
		    "an environment file whose path cannot be followed");
	TRY(arena_str(in->job, buf_str(&u->word), &path, e));
	r = peek_glob(in, path, &paths, &n, &why);
	for (i = 0; r >= 0 && i < n; i++) {
		r = peek_file(in, paths[i], UNITLOAD_BYTES_MAX, &file, &why);
		if (r == 1)
			TRY(unitsecret_file(u, &file, e));
	}
	if (r < 0 && r != MU_EUNSUPPORTED)
		return decode_gap(in, ':', l->at, peek_reason(r), e,
		    "its environment file could not be read");
	return MU_OK;
}

static int
unitsecret_command(struct unitsecret *u, const struct decode_in *in,
    const struct unitline *l, struct err *e)
{
	struct cmdline of = { CMDWORD_SYSTEMD, u->load->name, u->key, l->at };

	return cmdline_secrets(in, l->value, &of, e);
}

static int
unitsecret_line(void *cookie, enum unitfacts_list list,
    const struct decode_in *in, const struct unitline *l, struct err *e)
{
	struct unitsecret *u = cookie;

	switch (list) {
	case UNITFACTS_ENVIRONMENT:
		return unitsecret_environment(u, in, l, e);
	case UNITFACTS_ENVIRONMENT_FILE:
		return unitsecret_files(u, in, l, e);
	case UNITFACTS_SET_CREDENTIAL:
		return unitsecret_credential(u, in, l, e);
	case UNITFACTS_EXEC_CONDITION:
	case UNITFACTS_EXEC_START_PRE:
	case UNITFACTS_EXEC_START:
	case UNITFACTS_EXEC_START_POST:
	case UNITFACTS_EXEC_RELOAD:
	case UNITFACTS_EXEC_STOP:
	case UNITFACTS_EXEC_STOP_POST:
		return unitsecret_command(u, in, l, e);
	case UNITFACTS_LISTS:
		break;
	}
	return MU_OK;
}

int
unitsecret_read(const struct unitload *l, const struct unitfacts *f,
    struct str key, struct err *e)
{
	struct unitsecret u = { .load = l, .key = key };
	int got;

	buf_init(&u.word, UNITLINE_LINE_MAX);
	got = unitfacts_each(l, f, unitsecret_line, &u, e);
	if (u.word.p != NULL)
		mem_wipe(u.word.p, u.word.room);
	buf_free(&u.word);
	return got;
}
