#include "decode/websecret.h"

#include "base/digest.h"
#include "base/mem.h"
#include "decode/htpasswd.h"
#include "decode/lines.h"
#include "decode/token.h"

/* Longest value of a header, bytes; most passphrases of one file. */
#define WEBSECRET_MAX  65536
#define WEBSECRET_KEYS 64

/* Put ${value}, the password of ${user} or of nobody, and who uses it. */
static int
websecret_put(struct web *w, const struct web_line *at, struct str label,
    struct str value, struct str user, enum cred_kind kind, struct err *e)
{
	struct token t = { .value = value,
		.label = label,
		.detail = label,
		.user = user,
		.kind = ID_TOKEN,
		.cred = kind,
		.n = at->n,
		.mark = ':' };
	struct str key;

	TRY(arena_fmt(w->in->job, &t.name, e, STR_FMT " of %s", STR_ARG(label),
	    w->product));
	TRY(token_put(at->in, &t, &key, e));
	return web_consumed(w, at, key, e);
}

int
websecret_value(struct web *w, const struct web_line *at, struct str label,
    struct str value, struct err *e)
{

	if (!token_value(value))
		return MU_OK;
	return websecret_put(w, at, web_head(label, TOKEN_NAME_MAX), value,
	    STR_NONE, CRED_TOKEN, e);
}

/*= RFC 7617 section 2: base64 of user, colon, password. */
static int
websecret_basic(struct web *w, const struct web_line *at, struct str label,
    struct str coded, struct err *e)
{
	AUTO(buf) struct buf plain = { 0 };
	struct str user, pass;
	int code = MU_OK;

	buf_init(&plain, WEBSECRET_MAX);
	if (coded.n <= WEBSECRET_MAX && digest_unbase64(coded, &plain) &&
	    str_cut(buf_str(&plain), ':', &user, &pass) && pass.n != 0)
		code =
		    websecret_put(w, at, label, pass, user, CRED_PASSWORD, e);
	if (plain.p != NULL)
		mem_wipe(plain.p, plain.room);
	return code;
}

int
websecret_header(struct web *w, const struct web_line *at, struct str label,
    struct str value, struct err *e)
{
	struct str word, rest = value;

	label = web_head(label, TOKEN_NAME_MAX);
	if (!token_named(label) || !str_word(&rest, &word))
		return MU_OK;
	rest = str_trim(rest);
	if (rest.n != 0 && str_eq_nocase(word, STR("Basic")))
		return token_value(rest) ?
			   websecret_basic(w, at, label, rest, e) :
			   MU_OK;
	if (rest.n != 0 && (str_eq_nocase(word, STR("Bearer")) ||
			       str_eq_nocase(word, STR("Token"))))
		value = rest;
	return websecret_value(w, at, label, value, e);
}

int
websecret_url(struct web *w, const struct web_line *at, struct str label,
    struct str url, struct err *e)
{
	struct token t = {
		.label = label, .detail = label, .n = at->n, .mark = ':'
	};
	struct token_url u;
	struct str key;

	if (!token_url(url, &u) || u.pass.n == 0 || !token_value(u.pass))
		return MU_OK;
	TRY(token_put_login(at->in, &u, &t, &key, e));
	return web_consumed(w, at, key, e);
}

/* Who is let in: called for each user of a password file. */
struct websecret_grant {
	struct web *w;
	const struct web_line *at;
};

static int
websecret_grant(void *cookie, struct str identity, struct err *e)
{
	const struct websecret_grant *g = cookie;
	const struct decode_in *in = g->w->in;
	struct rec r;

	TRY(web_workload(g->w, e));
	rec_init(&r, REC_GRANT);
	r.grant.identity = identity;
	r.grant.target = g->w->unit;
	r.grant.asset = in->host->key;
	r.grant.place = in->place;
	r.grant.capability = CAP_UNKNOWN;
	TRY(arena_fmt(in->job, &r.grant.locator, e, STR_FMT ":%zu",
	    STR_ARG(g->at->in->file->path), g->at->n));
	return decode_put(in, &r, e);
}

/* Whether ${path} is asked for as ${what} for the first time. */
static int
websecret_first(struct web *w, const char *what, struct str path, struct err *e)
{
	struct str key;
	int r;

	TRY(arena_fmt(w->in->job, &key, e, "%s " STR_FMT, what, STR_ARG(path)));
	r = map_put(w->index, key, 0, NULL);
	return r < 0 ? err_set(e, MU_ELIMIT, "the configuration is too long") :
		       r;
}

/* 1 where ${path} is to be read now, 0 where not; what is lost has a gap. */
static int
websecret_open(struct web *w, const struct web_line *at, const char *what,
    struct str path, size_t max_bytes, struct decode_in *out, struct err *e)
{
	struct err why = { 0 };
	int r;

	if (w->full)
		return 0;
	TRY(r = websecret_first(w, what, path, e));
	if (r == 0)
		return 0;
	r = web_open(w->in, path, max_bytes, out, &why);
	if (r == 1)
		return 1;
	TRY(web_lost(w, at, path, r, &why, e));
	return 0;
}

int
websecret_users(struct web *w, const struct web_line *at, struct str path,
    struct err *e)
{
	struct websecret_grant g = { w, at };
	struct decode_in in;
	int r;

	TRY(r = websecret_open(w, at, "users", path, HTPASSWD_BYTES_MAX, &in,
		e));
	if (r == 0)
		return MU_OK;
	in.place = STR(HTPASSWD_PLACE);
	return htpasswd_each(&in, websecret_grant, &g, e);
}

int
websecret_keys(struct web *w, const struct web_line *at, struct str path,
    struct err *e)
{
	struct web_line line;
	struct decode_in in;
	struct str text;
	struct lines l;
	int r;

	TRY(r = websecret_open(w, at, "keys", path, WEB_FILE_MAX, &in, e));
	if (r == 0)
		return MU_OK;
	line.in = &in;
	lines_init(&l, &in);
	while (lines_next(&l, &text) && l.at <= WEBSECRET_KEYS) {
		line.n = l.at;
		if (text.n != 0)
			TRY(websecret_put(w, &line,
			    STR("passphrase of a private key"), text, STR_NONE,
			    CRED_PASSWORD, e));
	}
	return MU_OK;
}
