/*
 * One credential an account that a password can open. The days of the last
 * change and of the account's end are the file's own, so they are in band.
 */

#include "decode/shadow.h"

#include "decode/hostinfo.h"
#include "decode/lines.h"

#define SHADOW_DAY_S 86400
#define SHADOW_DAYS  2932896 /* 9999-12-31 */

int
shadow_begin(struct shadow *s, const struct decode_in *in, struct err *e)
{

	s->in = in;
	return decode_sighting(in, &s->sighting, STR_NONE, ROLE_STORED, ':', 0,
	    e);
}

int
shadow_put(struct shadow *s, struct str account, struct str field,
    struct when changed, struct when expires, size_t n, struct err *e)
{
	const char *scheme = hostinfo_scheme(field);
	const struct decode_in *in = s->in;
	struct rec r;

	if (scheme == NULL)
		return MU_OK;
	rec_init(&r, REC_CREDENTIAL);
	TRY(arena_fmt(in->job, &r.credential.key, e, STR_FMT "#password",
	    STR_ARG(account)));
	r.credential.identity = account;
	r.credential.kind = CRED_PASSWORD;
	if (field.n == 0)
		r.credential.weak = WEAK_BLANK;
	else
		r.credential.hash = str_from(scheme);
	r.credential.changed = changed;
	r.credential.expires = expires;
	TRY(decode_put(in, &r, e));
	s->sighting.sighting.credential = r.credential.key;
	TRY(arena_fmt(in->job, &s->sighting.sighting.locator, e, STR_FMT ":%zu",
	    STR_ARG(in->file->path), n));
	return decode_put(in, &s->sighting, e);
}

/*
 * A day of 1970 as a time. An empty field is none; so is 0, which asks for a
 * new password at the next login.
 */
static bool
shadow_day(struct str field, struct when *out)
{
	int64_t day = 0;

	*out = WHEN_NONE;
	if (field.n == 0)
		return true;
	if (!hostinfo_number(field, &day) || day > SHADOW_DAYS)
		return false;
	if (day != 0)
		*out = (struct when){ day * SHADOW_DAY_S, BY_IN_BAND };
	return true;
}

static bool
shadow_comment(struct str line)
{

	return line.n == 0 || str_chr(STR("#+-"), line.p[0]) != SIZE_MAX;
}

struct shadow_walk {
	struct shadow to;
	struct lines lines;
	struct map *index; /* of the host's accounts, by name */
	struct map *seen;  /* names of earlier lines */
};

static int
shadow_bad(struct shadow_walk *w, const char *words, struct err *e)
{

	return lines_gap(&w->lines, w->lines.at, GAP_MALFORMED, words, e);
}

/* name:password:last change:min:max:warning:inactive:end of account:flag */
static int
shadow_line(struct shadow_walk *w, struct str line, struct err *e)
{
	const struct account *a;
	struct when changed, expires;
	struct str f[8];
	bool days;
	size_t i;
	int new;

	(void)str_cut(str_trim(line), '\0', &line, &f[0]);
	if (shadow_comment(line))
		return MU_OK;
	if (!str_cut(line, ':', &f[0], &line) || f[0].n == 0)
		return shadow_bad(w, "no line of shadow(5)", e);
	for (i = 1; i < MU_COUNT(f); i++)
		(void)str_cut(line, ':', &f[i], &line);
	a = hostinfo_named(w->to.in->host, w->index, f[0]);
	if (a == NULL)
		return shadow_bad(w, "passwd has no such account", e);
	new = map_put(w->seen, f[0], 1, NULL);
	MU_ASSERT(new >= 0);
	if (new == 0)
		return shadow_bad(w,
		    "the account is on an earlier line already", e);
	days = shadow_day(f[2], &changed);
	days = shadow_day(f[7], &expires) && days;
	if (!days)
		TRY(shadow_bad(w, "a day is no number", e));
	return shadow_put(&w->to, a->key, f[1], changed, expires, w->lines.at,
	    e);
}

static int
shadow_read(const struct decode_in *in, struct err *e)
{
	AUTO(map) struct map *index = hostinfo_index(in->host);
	AUTO(map) struct map *seen = map_new(HOST_ACCOUNTS_MAX);
	struct shadow_walk w = { .index = index, .seen = seen };
	struct str line;

	lines_init(&w.lines, in);
	TRY(shadow_begin(&w.to, in, e));
	while (lines_next(&w.lines, &line))
		TRY(shadow_line(&w, line, e));
	return lines_done(&w.lines, e);
}

const struct decoder decode_shadow = {
	.name = "shadow",
	.place = "os.shadow",
	.sees = "Which accounts have a password, by which method, since when",
	.source = "shadow(5), crypt(5)",
	.max_bytes = HOSTINFO_BYTES_MAX,
	.read = shadow_read,
};
