#include "decode/haproxy.h"

#include "decode/columns.h"
#include "decode/hostinfo.h"
#include "decode/inuse.h"
#include "decode/lines.h"
#include "decode/peek.h"
#include "decode/pick.h"

/* Longest list of certificates, and longest part of a key, bytes. */
#define HAPROXY_LIST_MAX ((size_t)1 << 20)
#define HAPROXY_PART_MAX 255

#define HAPROXY_SHOWS "HAProxy shows it"
#define HAPROXY_SENDS "HAProxy signs in with it at other servers"

struct haproxy {
	const struct decode_in *in;
	struct lines l;
	struct str unit;
	struct str base;    /* crt-base, or "" */
	struct str section; /* "stats" of "listen stats" */
	struct str word[HAPROXY_WORDS_MAX];
	size_t n, users;
};

static struct str
haproxy_part(struct str s)
{

	return str_head(str_head(s, str_chr(s, '\0')), HAPROXY_PART_MAX);
}

/* Files that lie beside a certificate and are none. */
static bool
haproxy_beside(struct str name)
{
	static const char *const ends[] = { ".key", ".ocsp", ".issuer", ".sctl",
		".dh" };
	size_t i;

	for (i = 0; i < MU_COUNT(ends); i++)
		if (str_ends(name, str_from(ends[i])))
			return true;
	return false;
}

/* A file with a certificate, or a folder of such files. */
static int
haproxy_crt(struct haproxy *h, struct str path, const char *detail,
    struct err *e)
{
	struct str *names, one;
	struct err why = { 0 };
	size_t i, n = 0;

	if (path.n != 0 && path.p[0] != '/' && h->base.n != 0)
		TRY(arena_fmt(h->in->job, &path, e, STR_FMT "/" STR_FMT,
		    STR_ARG(h->base), STR_ARG(path)));
	TRY(inuse_path(h->in, path, &path, e));
	while (str_ends(path, STR("/")))
		path.n--;
	if (peek_list(h->in, path, &names, &n, &why) < 0 || n == 0)
		return inuse_cert(h->in, path, h->unit, h->l.at, detail, e);
	for (i = 0; i < n; i++) {
		if (haproxy_beside(names[i]))
			continue;
		TRY(arena_fmt(h->in->job, &one, e, STR_FMT "/" STR_FMT,
		    STR_ARG(path), STR_ARG(names[i])));
		TRY(inuse_cert(h->in, one, h->unit, h->l.at, detail, e));
	}
	return MU_OK;
}

/* crt-list: a path a line, options and names after it. */
static int
haproxy_list(struct haproxy *h, struct str path, struct err *e)
{
	struct decode_in in;
	struct str text, line, crt;
	struct err why = { 0 };
	int r;

	TRY(inuse_path(h->in, path, &path, e));
	r = peek_file(h->in, path, HAPROXY_LIST_MAX, &in, &why);
	if (r < 0)
		return decode_gap(h->in, ':', h->l.at, peek_reason(r), e,
		    "the list of certificates named here cannot be read");
	if (r == 0)
		return MU_OK;
	text = in.bytes;
	while (str_line(&text, &line))
		if (str_word(&line, &crt) && crt.p[0] != '#')
			TRY(haproxy_crt(h, crt, HAPROXY_SHOWS, e));
	return MU_OK;
}

static int
haproxy_certs(struct haproxy *h, const char *detail, struct err *e)
{
	size_t i;

	for (i = 1; i + 1 < h->n; i++) {
		if (str_eq(h->word[i], STR("crt")))
			TRY(haproxy_crt(h, h->word[i + 1], detail, e));
		else if (str_eq(h->word[i], STR("crt-list")))
			TRY(haproxy_list(h, h->word[i + 1], e));
	}
	return MU_OK;
}

/* A user of this machine's HAProxy, by the list that knows him. */
static int
haproxy_key(struct haproxy *h, struct str user, struct str *key,
    struct str *name, struct err *e)
{

	if (h->users++ == HAPROXY_USERS_MAX)
		return err_set(e, MU_ELIMIT, "more than %d users",
		    HAPROXY_USERS_MAX);
	TRY(key_login(STR("haproxy"), user, h->in->host->name, STR_NONE,
	    h->section, h->in->job, key, e));
	return arena_fmt(h->in->job, name, e,
	    "HAProxy user " STR_FMT " of " STR_FMT, STR_ARG(user),
	    STR_ARG(h->section));
}

static int
haproxy_login(struct haproxy *h, struct str user, struct str pass,
    struct err *e)
{
	struct str key, name;

	user = haproxy_part(user);
	if (!pick_secret(pass))
		return MU_OK;
	TRY(haproxy_key(h, user, &key, &name, e));
	return pick_login(h->in, key, ID_SERVICE_ACCOUNT, name, user, pass,
	    h->l.at, e);
}

/* "password $5$...": what can be told of a hash is its method. */
static int
haproxy_hash(struct haproxy *h, struct str user, struct str hash, struct err *e)
{
	const char *scheme = hostinfo_scheme(hash);
	struct str key, name, cred;
	struct rec r;

	user = haproxy_part(user);
	if (scheme == NULL || hash.n == 0)
		return MU_OK;
	TRY(haproxy_key(h, user, &key, &name, e));
	TRY(arena_fmt(h->in->job, &cred, e, STR_FMT "#password", STR_ARG(key)));
	rec_init(&r, REC_IDENTITY);
	r.identity.key = key;
	r.identity.kind = ID_SERVICE_ACCOUNT;
	r.identity.name = name;
	r.identity.asset = h->in->host->key;
	TRY(decode_put(h->in, &r, e));
	rec_init(&r, REC_CREDENTIAL);
	r.credential.key = cred;
	r.credential.identity = key;
	r.credential.kind = CRED_PASSWORD;
	r.credential.hash = str_from(scheme);
	TRY(decode_put(h->in, &r, e));
	TRY(decode_sighting(h->in, &r, cred, ROLE_STORED, ':', h->l.at, e));
	return decode_put(h->in, &r, e);
}

static int
haproxy_user(struct haproxy *h, struct err *e)
{
	size_t i;

	for (i = 2; i + 1 < h->n; i++) {
		if (str_eq(h->word[i], STR("insecure-password")))
			return haproxy_login(h, h->word[1], h->word[i + 1], e);
		if (str_eq(h->word[i], STR("password")))
			return haproxy_hash(h, h->word[1], h->word[i + 1], e);
	}
	return MU_OK;
}

static bool
haproxy_begins(struct str word)
{
	static const char *const heads[] = { "global", "defaults", "frontend",
		"backend", "listen", "userlist", "peers", "resolvers", "cache",
		"mailers", "program", "ring", "http-errors" };
	size_t i;

	for (i = 0; i < MU_COUNT(heads); i++)
		if (str_eq(word, str_from(heads[i])))
			return true;
	return false;
}

static int
haproxy_words(struct haproxy *h, struct err *e)
{
	struct str user, pass;

	if (haproxy_begins(h->word[0])) {
		h->section = haproxy_part(h->word[h->n > 1]);
		return MU_OK;
	}
	if (h->n < 2)
		return MU_OK;
	if (str_eq(h->word[0], STR("crt-base"))) {
		h->base = h->word[1];
		return MU_OK;
	}
	if (str_eq(h->word[0], STR("bind")))
		return haproxy_certs(h, HAPROXY_SHOWS, e);
	if (str_eq(h->word[0], STR("server")) ||
	    str_eq(h->word[0], STR("default-server")))
		return haproxy_certs(h, HAPROXY_SENDS, e);
	if (str_eq(h->word[0], STR("user")))
		return haproxy_user(h, e);
	if (h->n > 2 && str_eq(h->word[0], STR("stats")) &&
	    str_eq(h->word[1], STR("auth")) &&
	    str_cut(h->word[2], ':', &user, &pass))
		return haproxy_login(h, user, pass, e);
	return MU_OK;
}

static int
haproxy_read(const struct decode_in *in, struct err *e)
{
	struct haproxy h = { .in = in };
	struct str line;
	int got;

	TRY(inuse_unit(in, "haproxy.service", &h.unit, e));
	lines_init(&h.l, in);
	while (lines_next(&h.l, &line)) {
		for (h.n = 0, got = 1; got == 1 && h.n < MU_COUNT(h.word);
		     h.n += got == 1)
			TRY(got =
				columns_next(&line, in->job, &h.word[h.n], e));
		if (h.n != 0)
			TRY(haproxy_words(&h, e));
	}
	return MU_OK;
}

const struct decoder decode_haproxy = {
	.name = "haproxy",
	.place = NULL,
	.sees = "Certificates that HAProxy uses, and who may sign in at it",
	.source = "HAProxy's configuration manual",
	.max_bytes = (size_t)4 << 20,
	.read = haproxy_read,
};
