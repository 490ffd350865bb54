/*
 * Each user is a login in a file, whose password is kept as a hash. Whether a
 * person or a program signs in cannot be seen from here.
 */

#include "decode/htpasswd.h"

#include "decode/hostinfo.h"
#include "decode/lines.h"
#include "decode/pick.h"
#include "decode/token.h"

#define HTPASSWD_MD5_CHARS 32

struct htpasswd {
	const struct decode_in *in;
	int (*one)(void *cookie, struct str identity, struct err *e);
	void *cookie;
	size_t users;
};

static bool
htpasswd_hex(struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (str_chr(STR("0123456789abcdefABCDEF"), s.p[i]) == SIZE_MAX)
			return false;
	return s.n == HTPASSWD_MD5_CHARS;
}

/* "realm:" and an MD5: a line of htdigest(1). */
static bool
htpasswd_digest(struct str field)
{
	struct str realm, rest;

	return str_cut(field, ':', &realm, &rest) && htpasswd_hex(rest);
}

/* How the password is kept; "plain" where nothing hides it. */
static const char *
htpasswd_method(struct str field)
{
	static const struct {
		const char *prefix, *name;
	} t[] = {
		{ "$apr1$", "apr1" },
		{ "{SHA}", "sha1" },
		{ "{SSHA}", "salted-sha1" },
		{ "{PLAIN}", "plain" },
	};
	const char *scheme;
	size_t i;

	for (i = 0; i < MU_COUNT(t); i++)
		if (str_starts(field, str_from(t[i].prefix)))
			return t[i].name;
	if (htpasswd_digest(field))
		return "digest-md5";
	scheme = hostinfo_scheme(field);
	return scheme != NULL ? scheme : "plain";
}

static void
htpasswd_password(struct rec *r, struct str user, struct str field)
{
	const char *method = htpasswd_method(field);

	r->credential.kind = CRED_PASSWORD;
	r->credential.hash = str_from(method);
	if (strcmp(method, "plain") != 0)
		return;
	if (str_starts(field, STR("{PLAIN}")))
		field = str_skip(field, strlen("{PLAIN}"));
	r->credential.weak = pick_weak(field, user);
	r->credential.length = (int64_t)field.n;
}

static int
htpasswd_user(struct htpasswd *h, struct str user, struct str field, size_t n,
    struct err *e)
{
	const struct decode_in *in = h->in;
	struct rec i, c, s;

	rec_init(&i, REC_IDENTITY);
	TRY(key_login(STR("htpasswd"), user, in->host->key, STR_NONE,
	    in->file->path, in->job, &i.identity.key, e));
	i.identity.kind = ID_SERVICE_ACCOUNT;
	i.identity.asset = in->host->key;
	i.identity.context = in->file->context;
	TRY(arena_fmt(in->job, &i.identity.name, e,
	    STR_FMT ", web login of " STR_FMT, STR_ARG(token_short(user)),
	    STR_ARG(in->file->path)));
	rec_init(&c, REC_CREDENTIAL);
	TRY(arena_fmt(in->job, &c.credential.key, e, STR_FMT "#password",
	    STR_ARG(i.identity.key)));
	c.credential.identity = i.identity.key;
	htpasswd_password(&c, user, field);
	TRY(decode_sighting(in, &s, c.credential.key, ROLE_STORED, ':', n, e));
	TRY(decode_put(in, &i, e));
	TRY(decode_put(in, &c, e));
	TRY(decode_put(in, &s, e));
	return h->one != NULL ? h->one(h->cookie, i.identity.key, e) : MU_OK;
}

static int
htpasswd_line(struct htpasswd *h, struct lines *l, struct str line,
    struct err *e)
{
	struct str user, field;

	if (line.n > HTPASSWD_LINE_MAX)
		return lines_gap(l, l->at, GAP_LIMIT,
		    "a line of more than 4096 bytes", e);
	if (!str_cut(line, ':', &user, &field) || user.n == 0 ||
	    !str_utf8(user) || str_has_nul(line))
		return lines_gap(l, l->at, GAP_MALFORMED,
		    "the line has no user and password", e);
	/* nginx takes what stands after a second colon for a comment. */
	if (!htpasswd_digest(field))
		(void)str_cut(field, ':', &field, &line);
	if (field.n == 0)
		return MU_OK; /* no password has an empty hash */
	if (h->users++ == HTPASSWD_USERS_MAX)
		return err_set(e, MU_ELIMIT, "more than %d users",
		    HTPASSWD_USERS_MAX);
	return htpasswd_user(h, user, field, l->at, e);
}

int
htpasswd_each(const struct decode_in *in,
    int (*one)(void *cookie, struct str identity, struct err *e), void *cookie,
    struct err *e)
{
	struct htpasswd h = { .in = in, .one = one, .cookie = cookie };
	struct str line;
	struct lines l;

	lines_init(&l, in);
	while (lines_next(&l, &line)) {
		line = str_trim(line);
		if (line.n != 0 && line.p[0] != '#')
			TRY(htpasswd_line(&h, &l, line, e));
	}
	return lines_done(&l, e);
}

static int
htpasswd_read(const struct decode_in *in, struct err *e)
{

	return htpasswd_each(in, NULL, NULL, e);
}

const struct decoder decode_htpasswd = {
	.name = "htpasswd",
	.place = HTPASSWD_PLACE,
	.sees = "Who may sign in to the pages of a web server",
	.source = "htpasswd(1), htdigest(1)",
	.max_bytes = HTPASSWD_BYTES_MAX,
	.read = htpasswd_read,
};
