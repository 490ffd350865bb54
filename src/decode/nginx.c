/*
 * The configuration is read as nginx reads it: included files stand where they
 * are included. A certificate of a block counts for the servers in it that name
 * none of their own, and only for those that listen with TLS; so the servers of
 * a block are kept until it ends.
 *
 * An address that one server listens on with "ssl" is one with TLS for every
 * server that listens on it.
 */

#include "decode/nginx.h"

#include "decode/nginxlex.h"
#include "decode/peek.h"
#include "decode/websecret.h"
#include "decode/website.h"

/* Where a directive stands: only some blocks are of interest. */
enum nginx_block {
	NGINX_MAIN,
	NGINX_TOP, /* http, stream, mail */
	NGINX_SERVER,
	NGINX_INNER, /* location, if ... */
	NGINX_OTHER, /* types, map, upstream ...: not directives */
};

struct nginx {
	struct web web;
	struct str prefix; /* "etc/nginx/" */
	size_t bytes, depth, includes;
	bool lost;             /* too deep: nothing more is included */
	VEC(struct str) words; /* of the directive at hand */
};

/* One file on its way, and the block that it is in. */
struct nginx_at {
	const struct decode_in *in;
	struct nginxlex *lex;
	enum nginx_block block;
	struct website_top *top;
	struct website *site;
};

/* A directive: where it stands and its words without its name, which are gone
 * when another file is read. */
struct nginx_said {
	struct web_line at;
	const struct str *v;
	size_t n;
};

static int nginx_file(struct nginx *p, const struct nginx_at *from,
    const struct decode_in *in, struct err *e);

static int
nginx_path(const struct nginx *p, struct str path, struct str *out,
    struct err *e)
{

	*out = path;
	if (str_starts(path, STR("/")))
		return MU_OK;
	return arena_fmt(p->web.in->job, out, e, STR_FMT STR_FMT,
	    STR_ARG(p->prefix), STR_ARG(path));
}

static int
nginx_server_name(struct nginx *p, const struct nginx_at *t,
    const struct nginx_said *s, struct err *e)
{
	size_t i;

	if (t->block != NGINX_SERVER)
		return MU_OK;
	for (i = 0; i < s->n; i++)
		TRY(website_name(t->site, s->v[i], p->web.in->job, e));
	return MU_OK;
}

static int
nginx_listen(struct nginx *p, const struct nginx_at *t,
    const struct nginx_said *s, struct err *e)
{

	if (t->block != NGINX_SERVER)
		return MU_OK;
	return website_listen(t->site, s->v, s->n, p->web.in->job, e);
}

static bool
nginx_on(const struct nginx_said *s)
{

	return str_eq_nocase(s->v[0], STR("on")) ||
	       str_eq_nocase(s->v[0], STR("only"));
}

/* "ssl on" of old versions, and "starttls" of mail. */
static int
nginx_ssl(struct nginx *p, const struct nginx_at *t, const struct nginx_said *s,
    struct err *e)
{

	(void)p, (void)e;
	if (t->site != NULL && t->block != NGINX_INNER)
		t->site->tls = nginx_on(s) ? TRI_YES : TRI_NO;
	return MU_OK;
}

/* What names a file or holds a secret, one row for each directive. */
static int
nginx_keep(struct nginx *p, const struct nginx_at *t,
    const struct nginx_said *s, enum website_what what, struct err *e)
{
	struct website_item item = { .what = what, .at = s->at };

	if (t->site == NULL || s->v[0].n == 0)
		return MU_OK;
	if (str_chr(s->v[0], '$') != SIZE_MAX ||
	    str_starts(s->v[0], STR("data:")))
		return web_gap(&p->web, &s->at, GAP_UNSUPPORTED, e,
		    "which file it is, is decided for each connection");
	TRY(nginx_path(p, s->v[0], &item.path, e));
	return website_keep(t->site, &item, p->web.in->job, e);
}

static int
nginx_certificate(struct nginx *p, const struct nginx_at *t,
    const struct nginx_said *s, struct err *e)
{

	return nginx_keep(p, t, s, WEBSITE_CERT, e);
}

static int
nginx_client(struct nginx *p, const struct nginx_at *t,
    const struct nginx_said *s, struct err *e)
{

	return nginx_keep(p, t, s, WEBSITE_CLIENT, e);
}

static int
nginx_trusted(struct nginx *p, const struct nginx_at *t,
    const struct nginx_said *s, struct err *e)
{

	return nginx_keep(p, t, s, WEBSITE_TRUSTED, e);
}

static int
nginx_users(struct nginx *p, const struct nginx_at *t,
    const struct nginx_said *s, struct err *e)
{
	struct str path;

	if (t->site == NULL || str_chr(s->v[0], '$') != SIZE_MAX)
		return MU_OK;
	TRY(nginx_path(p, s->v[0], &path, e));
	return websecret_users(&p->web, &s->at, path, e);
}

static int
nginx_passphrases(struct nginx *p, const struct nginx_at *t,
    const struct nginx_said *s, struct err *e)
{
	struct str path;

	if (t->site == NULL)
		return MU_OK;
	TRY(nginx_path(p, s->v[0], &path, e));
	return websecret_keys(&p->web, &s->at, path, e);
}

static int
nginx_header(struct nginx *p, const struct nginx_at *t,
    const struct nginx_said *s, struct err *e)
{

	(void)t;
	if (s->n < 2)
		return MU_OK;
	return websecret_header(&p->web, &s->at, s->v[0], s->v[1], e);
}

static int
nginx_env(struct nginx *p, const struct nginx_at *t, const struct nginx_said *s,
    struct err *e)
{
	struct str name, value;

	(void)t;
	if (!str_cut(s->v[0], '=', &name, &value))
		return MU_OK;
	return websecret_header(&p->web, &s->at, name, value, e);
}

static int
nginx_url(struct nginx *p, const struct nginx_at *t, const struct nginx_said *s,
    struct err *e)
{

	(void)t;
	return websecret_url(&p->web, &s->at, STR("proxy_pass"), s->v[0], e);
}

static int
nginx_user(struct nginx *p, const struct nginx_at *t,
    const struct nginx_said *s, struct err *e)
{

	(void)e;
	if (t->block == NGINX_MAIN)
		p->web.user = s->v[0];
	return MU_OK;
}

static bool
nginx_is_glob(struct str s)
{

	return str_chr(s, '*') != SIZE_MAX || str_chr(s, '?') != SIZE_MAX ||
	       str_chr(s, '[') != SIZE_MAX;
}

/* One file that is included: one that is not there stops nginx. */
static int
nginx_include_one(struct nginx *p, const struct nginx_at *t,
    const struct web_line *at, struct str path, struct err *e)
{
	struct decode_in *in;
	struct err why = { 0 };
	int r;

	if (p->web.full)
		return MU_OK;
	in = arena_take(p->web.in->job, 1, sizeof(*in));
	if (in == NULL)
		return err_set(e, MU_ELIMIT, "no room for another file");
	r = web_open(p->web.in, path, NGINX_FILE_MAX, in, &why);
	if (r <= 0)
		return web_lost(&p->web, at, path, r, &why, e);
	p->bytes += in->bytes.n;
	if (p->bytes <= NGINX_BYTES_MAX)
		return nginx_file(p, t, in, e);
	p->web.full = true;
	return web_gap(&p->web, at, GAP_LIMIT, e,
	    "all its files together have more than %zu bytes", NGINX_BYTES_MAX);
}

static int
nginx_include(struct nginx *p, const struct nginx_at *t,
    const struct nginx_said *s, struct err *e)
{
	struct web_line at = s->at;
	struct err why = { 0 };
	struct str path, *paths;
	size_t i, n;
	int r;

	if (t->block == NGINX_OTHER || p->web.full || p->lost)
		return MU_OK;
	p->lost = p->includes == NGINX_INCLUDE_MAX;
	if (p->lost)
		return web_gap(&p->web, &at, GAP_LIMIT, e,
		    "files that include files more than %d deep",
		    NGINX_INCLUDE_MAX);
	TRY(nginx_path(p, s->v[0], &path, e));
	paths = &path;
	n = 1;
	r = nginx_is_glob(path) ? peek_glob(p->web.in, path, &paths, &n, &why) :
				  MU_OK;
	if (r < 0)
		return web_lost(&p->web, &at, path, r, &why, e);
	p->includes++;
	for (i = 0; i < n; i++)
		TRY(nginx_include_one(p, t, &at, paths[i], e));
	p->includes--;
	return MU_OK;
}

/* clang-format off */
static const struct {
	const char *name;
	int (*take)(struct nginx *p, const struct nginx_at *t,
	    const struct nginx_said *s, struct err *e);
} nginx_names[] = {
	{ "auth_basic_user_file", nginx_users },
	{ "env", nginx_env },
	{ "fastcgi_param", nginx_header },
	{ "grpc_pass", nginx_url },
	{ "grpc_set_header", nginx_header },
	{ "grpc_ssl_certificate", nginx_client },
	{ "grpc_ssl_trusted_certificate", nginx_trusted },
	{ "include", nginx_include },
	{ "listen", nginx_listen },
	{ "proxy_pass", nginx_url },
	{ "proxy_set_header", nginx_header },
	{ "proxy_ssl_certificate", nginx_client },
	{ "proxy_ssl_password_file", nginx_passphrases },
	{ "proxy_ssl_trusted_certificate", nginx_trusted },
	{ "scgi_param", nginx_header },
	{ "server_name", nginx_server_name },
	{ "ssl", nginx_ssl },
	{ "ssl_certificate", nginx_certificate },
	{ "ssl_client_certificate", nginx_trusted },
	{ "ssl_password_file", nginx_passphrases },
	{ "ssl_trusted_certificate", nginx_trusted },
	{ "starttls", nginx_ssl },
	{ "user", nginx_user },
	{ "uwsgi_param", nginx_header },
	{ "uwsgi_ssl_certificate", nginx_client },
};
/* clang-format on */

static int
nginx_directive(struct nginx *p, const struct nginx_at *t, size_t line,
    struct err *e)
{
	struct nginx_said s = {
		.at = { t->in, line }, .v = p->words.v + 1, .n = p->words.n - 1
	};
	struct str name = p->words.v[0];
	size_t i;

	if (t->block == NGINX_OTHER || s.n == 0)
		return MU_OK;
	for (i = 0; i < MU_COUNT(nginx_names); i++)
		if (str_eq(name, str_from(nginx_names[i].name)))
			return nginx_names[i].take(p, t, &s, e);
	return MU_OK;
}

/* The block that ${name} opens in the one at hand. */
static int
nginx_enter(struct nginx *p, struct nginx_at *t, struct str name, struct err *e)
{
	static const char *const tops[] = { "http", "stream", "mail" };
	static const char *const inner[] = { "location", "if", "limit_except" };
	size_t i;

	if (t->block == NGINX_MAIN)
		for (i = 0; i < MU_COUNT(tops); i++)
			if (str_eq(name, str_from(tops[i]))) {
				t->block = NGINX_TOP;
				return website_top(&t->top, &t->site,
				    p->web.in->job, e);
			}
	if (t->block == NGINX_TOP && str_eq(name, STR("server"))) {
		t->block = NGINX_SERVER;
		return website_server(t->top, &t->site, p->web.in->job, e);
	}
	for (i = 0; i < MU_COUNT(inner); i++)
		if ((t->block == NGINX_SERVER || t->block == NGINX_INNER) &&
		    str_eq(name, str_from(inner[i]))) {
			t->block = NGINX_INNER;
			return MU_OK;
		}
	t->block = NGINX_OTHER;
	return MU_OK;
}

static int nginx_body(struct nginx *p, const struct nginx_at *t, bool closed,
    struct err *e);

/* A block: 1 where the file is to be left, since it cannot be followed. */
static int
nginx_nested(struct nginx *p, const struct nginx_at *t, size_t line,
    struct err *e)
{
	struct nginx_at in = *t;
	struct web_line at = { t->in, line };
	struct str name = p->words.v[0];
	int r;

	if (str_ends(name, STR("_by_lua_block"))) {
		if (nginxlex_lua(t->lex))
			return 0;
		TRY(web_gap(&p->web, &at, GAP_MALFORMED, e,
		    "the block is not closed"));
		return 1;
	}
	if (p->depth == NGINX_DEPTH_MAX) {
		TRY(web_gap(&p->web, &at, GAP_LIMIT, e,
		    "blocks are nested more than %d deep", NGINX_DEPTH_MAX));
		return 1;
	}
	TRY(nginx_enter(p, &in, name, e));
	p->depth++;
	r = nginx_body(p, &in, true, e);
	p->depth--;
	if (r >= 0 && t->block == NGINX_MAIN && in.block == NGINX_TOP)
		TRY(website_tell(in.top, &p->web, e));
	return r;
}

static int
nginx_stop(struct nginx *p, const struct nginx_at *t, enum gap_reason reason,
    const char *words, struct err *e)
{
	struct web_line at = { t->in, t->lex->at };

	TRY(web_gap(&p->web, &at, reason, e, "%s", words));
	return 1;
}

/* The words of one directive, to what ends it. */
static enum nginxlex_what
nginx_words(struct nginx *p, struct nginxlex *l, size_t *line)
{
	enum nginxlex_what what;
	struct str word;

	p->words.n = 0;
	while ((what = nginxlex_next(l, &word)) == NGINXLEX_WORD) {
		if (p->words.n == 0)
			*line = l->at;
		if (!vec_push(&p->words, NGINX_WORDS_MAX, word)) {
			l->fault = "a directive has too many words";
			l->reason = GAP_LIMIT;
			return NGINXLEX_BAD;
		}
	}
	return what;
}

/*
 * What stands in a block or, not ${closed}, in a whole file. 0 at its end, 1
 * where the file cannot be followed any further.
 */
static int
nginx_body(struct nginx *p, const struct nginx_at *t, bool closed,
    struct err *e)
{
	enum nginxlex_what what;
	size_t line = 0;
	int r;

	for (;;) {
		what = nginx_words(p, t->lex, &line);
		if (what == NGINXLEX_BAD)
			return nginx_stop(p, t, t->lex->reason, t->lex->fault,
			    e);
		if (what == NGINXLEX_EOF && !closed && p->words.n == 0)
			return 0;
		if (what == NGINXLEX_EOF)
			return nginx_stop(p, t, GAP_MALFORMED,
			    "the file ends within a block or directive", e);
		if (what == NGINXLEX_CLOSE && closed && p->words.n == 0)
			return 0;
		if (what == NGINXLEX_CLOSE || p->words.n == 0)
			return nginx_stop(p, t, GAP_MALFORMED,
			    "a sign stands where a directive should", e);
		r = what == NGINXLEX_END ? nginx_directive(p, t, line, e) :
					   nginx_nested(p, t, line, e);
		if (r != 0)
			return r;
	}
}

static int
nginx_file(struct nginx *p, const struct nginx_at *from,
    const struct decode_in *in, struct err *e)
{
	struct nginx_at t = *from;
	struct nginxlex lex;
	int r;

	t.in = in;
	t.lex = &lex;
	nginxlex_init(&lex, in->bytes, p->web.in->job);
	r = nginx_body(p, &t, false, e);
	return r < 0 ? r : MU_OK;
}

static void
nginx_auto(struct nginx *p)
{

	web_free(&p->web);
	vec_free(&p->words);
}

static int
nginx_read(const struct decode_in *in, struct err *e)
{
	AUTO(nginx) struct nginx p = { 0 };
	struct nginx_at t = { .block = NGINX_MAIN };
	size_t slash = str_rchr(in->file->path, '/');

	TRY(web_start(&p.web, in, "nginx", "nginx.service", e));
	if (slash != SIZE_MAX)
		p.prefix = str_head(in->file->path, slash + 1);
	p.bytes = in->bytes.n;
	TRY(nginx_file(&p, &t, in, e));
	return web_done(&p.web, e);
}

const struct decoder decode_nginx = {
	.name = "nginx",
	.place = "web.nginx",
	.sees =
	    "Which certificates nginx serves under which names, and secrets "
	    "in its configuration",
	.source = "nginx.org, ngx_http_ssl_module and others",
	.max_bytes = NGINX_FILE_MAX,
	.read = nginx_read,
};
