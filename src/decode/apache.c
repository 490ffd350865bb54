/*
 * All of the configuration is taken: what stands in <IfModule>, <IfDefine> and
 * <If> counts, since which modules and conditions there are is not known.
 *
 * A virtual host has TLS where "SSLEngine" is on for it or for the whole server
 * and, where nobody says so, where it is for a port that "Listen" gives to
 * https, as it does 443. The main server answers only where no virtual host
 * does: it counts where no virtual host has TLS.
 */

#include "decode/apache.h"

#include "decode/apachelex.h"
#include "decode/peek.h"
#include "decode/websecret.h"
#include "decode/website.h"

/* Certificates that mod_md renews: the first name is that of the folder. */
struct apache_domain {
	struct str name;
	struct web_line at;
};

struct apache {
	struct web web;
	struct apachelex_vars vars;
	struct str root;  /* "etc/apache2/" */
	struct str store; /* of mod_md, or "" */
	struct website_top *top;
	struct website *all, *site; /* the main server, and the one at hand */
	VEC(struct str) words;
	VEC(struct str) https; /* ports, each once */
	VEC(struct apache_domain) domains;
	struct map *names; /* of domains and ports: the number of a domain */
	size_t bytes, includes;
	bool macro; /* within <Macro> */
};

/* A directive: where it stands and its words without its name. */
struct apache_said {
	struct web_line at;
	const struct str *v;
	size_t n;
};

#define APACHE_PORT_MAX 16

static int
apache_file(struct apache *p, const struct decode_in *in, struct err *e);

static int
apache_path(const struct apache *p, struct str path, struct str *out,
    struct err *e)
{

	*out = path;
	if (str_starts(path, STR("/")))
		return MU_OK;
	return arena_fmt(p->web.in->job, out, e, STR_FMT STR_FMT,
	    STR_ARG(p->root), STR_ARG(path));
}

static int
apache_server_root(struct apache *p, const struct apache_said *s, struct err *e)
{

	return arena_fmt(p->web.in->job, &p->root, e, STR_FMT "%s",
	    STR_ARG(s->v[0]), str_ends(s->v[0], STR("/")) ? "" : "/");
}

static int
apache_define(struct apache *p, const struct apache_said *s, struct err *e)
{

	return apachelex_define(&p->vars, s->v[0],
	    s->n > 1 ? s->v[1] : STR_NONE, e);
}

static int
apache_user(struct apache *p, const struct apache_said *s, struct err *e)
{

	(void)e;
	p->web.user = s->v[0];
	return MU_OK;
}

/* "Listen [address:]port [protocol]": without one, 443 is https. */
static int
apache_listen(struct apache *p, const struct apache_said *s, struct err *e)
{
	size_t colon = str_rchr(s->v[0], ':');
	struct str port =
	    colon == SIZE_MAX ? s->v[0] : str_skip(s->v[0], colon + 1);
	struct str key;

	if (s->n > 1 ? !str_eq_nocase(s->v[1], STR("https")) :
		       !str_eq(port, STR("443")))
		return MU_OK;
	TRY(arena_fmt(p->web.in->job, &key, e, ":" STR_FMT, STR_ARG(port)));
	if (map_put(p->names, key, 0, NULL) == 0)
		return MU_OK;
	if (!vec_push(&p->https, APACHE_WORDS_MAX, port))
		return err_set(e, MU_ELIMIT, "more than %d ports",
		    APACHE_WORDS_MAX);
	return MU_OK;
}

/* "[scheme://]name[:port]" */
static int
apache_server_name(struct apache *p, const struct apache_said *s, struct err *e)
{
	struct str name = s->v[0], rest;
	size_t at = str_find(name, STR("://"));

	if (at != SIZE_MAX)
		name = str_skip(name, at + 3);
	(void)str_cut(name, ':', &name, &rest);
	return website_name(p->site, name, p->web.in->job, e);
}

static int
apache_server_alias(struct apache *p, const struct apache_said *s,
    struct err *e)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		TRY(website_name(p->site, s->v[i], p->web.in->job, e));
	return MU_OK;
}

static int
apache_engine(struct apache *p, const struct apache_said *s, struct err *e)
{

	(void)e;
	p->site->tls = str_eq_nocase(s->v[0], STR("off")) ? TRI_NO : TRI_YES;
	return MU_OK;
}

static int
apache_keep(struct apache *p, const struct apache_said *s,
    enum website_what what, struct err *e)
{
	struct website_item item = { .what = what, .at = s->at };

	if (str_find(s->v[0], STR("${")) != SIZE_MAX ||
	    str_starts(s->v[0], STR("pkcs11:")))
		return web_gap(&p->web, &s->at, GAP_UNSUPPORTED, e,
		    "which certificate it is, the files do not say");
	TRY(apache_path(p, s->v[0], &item.path, e));
	return website_keep(p->site, &item, p->web.in->job, e);
}

static int
apache_certificate(struct apache *p, const struct apache_said *s, struct err *e)
{

	return apache_keep(p, s, WEBSITE_CERT, e);
}

static int
apache_client(struct apache *p, const struct apache_said *s, struct err *e)
{

	return apache_keep(p, s, WEBSITE_CLIENT, e);
}

static int
apache_trusted(struct apache *p, const struct apache_said *s, struct err *e)
{

	return apache_keep(p, s, WEBSITE_TRUSTED, e);
}

/* A folder of anchors or client certificates, by the names of their hashes. */
static int
apache_folder(struct apache *p, const struct apache_said *s,
    enum website_what what, struct err *e)
{
	struct website_item item = { .what = what, .at = s->at };
	struct str path, *paths;
	struct err why = { 0 };
	size_t i, n;
	int r;

	TRY(apache_path(p, s->v[0], &path, e));
	TRY(arena_fmt(p->web.in->job, &path, e, STR_FMT "/*.[0-9]",
	    STR_ARG(path)));
	r = peek_glob(p->web.in, path, &paths, &n, &why);
	if (r < 0)
		return web_lost(&p->web, &s->at, s->v[0], r, &why, e);
	for (i = 0; i < n && n <= WEB_ANCHORS_MAX; i++) {
		item.path = paths[i];
		TRY(website_keep(p->site, &item, p->web.in->job, e));
	}
	return MU_OK;
}

static int
apache_trusted_folder(struct apache *p, const struct apache_said *s,
    struct err *e)
{

	return apache_folder(p, s, WEBSITE_TRUSTED, e);
}

static int
apache_client_folder(struct apache *p, const struct apache_said *s,
    struct err *e)
{

	return apache_folder(p, s, WEBSITE_CLIENT, e);
}

static int
apache_users(struct apache *p, const struct apache_said *s, struct err *e)
{
	struct str path;

	TRY(apache_path(p, s->v[0], &path, e));
	return websecret_users(&p->web, &s->at, path, e);
}

/* "RequestHeader set NAME VALUE"; "%{NAME}e" and "expr=" are worked out. */
static int
apache_header(struct apache *p, const struct apache_said *s, struct err *e)
{

	if (s->n < 3 || str_find(s->v[2], STR("%{")) != SIZE_MAX ||
	    str_starts(s->v[2], STR("expr=")))
		return MU_OK;
	return websecret_header(&p->web, &s->at, s->v[1], s->v[2], e);
}

static int
apache_setenv(struct apache *p, const struct apache_said *s, struct err *e)
{

	if (s->n < 2)
		return MU_OK;
	return websecret_header(&p->web, &s->at, s->v[0], s->v[1], e);
}

/* Directives that are a secret themselves; ${p}->words[0] is which. */
static int
apache_secret(struct apache *p, const struct apache_said *s, struct err *e)
{

	if (str_starts(s->v[0], STR("exec:")))
		return MU_OK;
	return websecret_value(&p->web, &s->at, p->words.v[0], s->v[0], e);
}

static int
apache_url(struct apache *p, const struct apache_said *s, struct err *e)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		TRY(websecret_url(&p->web, &s->at, STR("ProxyPass"), s->v[i],
		    e));
	return MU_OK;
}

static int
apache_domain(struct apache *p, const struct apache_said *s, struct err *e)
{
	struct apache_domain d = { s->v[0], s->at };
	size_t i;

	for (i = 0; i < s->n; i++)
		if (map_put(p->names, s->v[i], p->domains.n, NULL) < 0)
			break;
	if (i < s->n || !vec_push(&p->domains, APACHE_NAMES_MAX, d))
		return err_set(e, MU_ELIMIT, "more than %d managed domains",
		    APACHE_NAMES_MAX);
	return MU_OK;
}

static int
apache_store(struct apache *p, const struct apache_said *s, struct err *e)
{

	return apache_path(p, s->v[0], &p->store, e);
}

static int
apache_use(struct apache *p, const struct apache_said *s, struct err *e)
{

	return web_gap(&p->web, &s->at, GAP_UNSUPPORTED, e,
	    "a macro: what it stands for is not read");
}

static bool
apache_is_glob(struct str s)
{

	return str_chr(s, '*') != SIZE_MAX || str_chr(s, '?') != SIZE_MAX ||
	       str_chr(s, '[') != SIZE_MAX;
}

static int apache_take(struct apache *p, const struct web_line *at,
    struct str path, bool must, struct err *e);

/* All that lies in a folder. 1, or 0 where there is no such folder. */
static int
apache_take_folder(struct apache *p, const struct web_line *at, struct str path,
    struct err *e)
{
	struct str *names, one;
	struct err why = { 0 };
	size_t i, n;

	if (peek_list(p->web.in, path, &names, &n, &why) < 0 || n == 0)
		return 0;
	for (i = 0; i < n; i++) {
		TRY(arena_fmt(p->web.in->job, &one, e, STR_FMT "/" STR_FMT,
		    STR_ARG(path), STR_ARG(names[i])));
		TRY(apache_take(p, at, one, true, e));
	}
	return 1;
}

/* One file or folder that is included. */
static int
apache_take(struct apache *p, const struct web_line *at, struct str path,
    bool must, struct err *e)
{
	struct decode_in *in;
	struct err why = { 0 };
	int r, code;

	if (p->web.full)
		return MU_OK;
	if (p->includes == APACHE_INCLUDE_MAX)
		return web_gap(&p->web, at, GAP_LIMIT, e,
		    "files that include files more than %d deep",
		    APACHE_INCLUDE_MAX);
	in = arena_take(p->web.in->job, 1, sizeof(*in));
	if (in == NULL)
		return err_set(e, MU_ELIMIT, "no room for another file");
	code = web_open(p->web.in, path, APACHE_FILE_MAX, in, &why);
	p->includes++;
	r = 0;
	if (code == 0 || code == MU_EUNSUPPORTED)
		r = apache_take_folder(p, at, path, e);
	else if (code == 1 && (p->bytes += in->bytes.n) <= APACHE_BYTES_MAX)
		r = apache_file(p, in, e);
	p->includes--;
	if (r != 0 || (code == 0 && !must))
		return r < 0 ? r : MU_OK;
	if (code != 1)
		return web_lost(&p->web, at, path, code, &why, e);
	if (p->bytes <= APACHE_BYTES_MAX)
		return MU_OK;
	p->web.full = true;
	return web_gap(&p->web, at, GAP_LIMIT, e,
	    "all its files together have more than %zu bytes",
	    APACHE_BYTES_MAX);
}

static int
apache_include_all(struct apache *p, const struct apache_said *s, bool must,
    struct err *e)
{
	struct web_line at = s->at;
	struct err why = { 0 };
	struct str path, *paths;
	size_t i, n;
	int r;

	TRY(apache_path(p, s->v[0], &path, e));
	if (!apache_is_glob(path))
		return apache_take(p, &at, path, must, e);
	r = peek_glob(p->web.in, path, &paths, &n, &why);
	if (r < 0)
		return web_lost(&p->web, &at, path, r, &why, e);
	for (i = 0; i < n; i++)
		TRY(apache_take(p, &at, paths[i], true, e));
	return MU_OK;
}

static int
apache_include(struct apache *p, const struct apache_said *s, struct err *e)
{

	return apache_include_all(p, s, true, e);
}

static int
apache_include_optional(struct apache *p, const struct apache_said *s,
    struct err *e)
{

	return apache_include_all(p, s, false, e);
}

/* clang-format off */
static const struct {
	const char *name;
	int (*take)(struct apache *p, const struct apache_said *s,
	    struct err *e);
} apache_names[] = {
	{ "AuthLDAPBindPassword", apache_secret },
	{ "AuthUserFile", apache_users },
	{ "BalancerMember", apache_url },
	{ "Define", apache_define },
	{ "Include", apache_include },
	{ "IncludeOptional", apache_include_optional },
	{ "Listen", apache_listen },
	{ "MDStoreDir", apache_store },
	{ "MDomain", apache_domain },
	{ "OIDCClientSecret", apache_secret },
	{ "OIDCCryptoPassphrase", apache_secret },
	{ "ProxyPass", apache_url },
	{ "ProxyPassMatch", apache_url },
	{ "ProxyRemote", apache_url },
	{ "RequestHeader", apache_header },
	{ "RewriteRule", apache_url },
	{ "SSLCACertificateFile", apache_trusted },
	{ "SSLCACertificatePath", apache_trusted_folder },
	{ "SSLCertificateFile", apache_certificate },
	{ "SSLEngine", apache_engine },
	{ "SSLProxyCACertificateFile", apache_trusted },
	{ "SSLProxyCACertificatePath", apache_trusted_folder },
	{ "SSLProxyMachineCertificateFile", apache_client },
	{ "SSLProxyMachineCertificatePath", apache_client_folder },
	{ "ServerAlias", apache_server_alias },
	{ "ServerName", apache_server_name },
	{ "ServerRoot", apache_server_root },
	{ "SessionCryptoPassphrase", apache_secret },
	{ "SetEnv", apache_setenv },
	{ "Use", apache_use },
	{ "User", apache_user },
};
/* clang-format on */

/* <VirtualHost address:port ...>: a server of its own. */
static int
apache_host(struct apache *p, struct str line, struct err *e)
{
	struct str word;
	size_t colon;

	if (str_ends(line, STR(">")))
		line.n--;
	TRY(website_server(p->top, &p->site, p->web.in->job, e));
	while (apachelex_word(&line, &word)) {
		colon = str_rchr(word, ':');
		if (colon != SIZE_MAX && !str_ends(word, STR("]")))
			TRY(website_listen(p->site, &word, 1, p->web.in->job,
			    e));
	}
	return MU_OK;
}

/* The head or the end of a section. */
static int
apache_section(struct apache *p, struct str line, struct err *e)
{
	struct str word;

	line = str_skip(line, 1);
	if (!str_word(&line, &word))
		return MU_OK;
	if (str_eq_nocase(word, STR("Macro")))
		p->macro = true;
	else if (str_eq_nocase(word, STR("/Macro>")))
		p->macro = false;
	else if (!p->macro && str_eq_nocase(word, STR("VirtualHost")))
		return apache_host(p, line, e);
	else if (str_eq_nocase(word, STR("/VirtualHost>")))
		p->site = p->all;
	return MU_OK;
}

static int
apache_line(struct apache *p, const struct decode_in *in, size_t at,
    struct str line, struct err *e)
{
	struct apache_said s = { .at = { in, at } };
	struct str word;
	size_t i;

	TRY(apachelex_resolve(&p->vars, line, in->job, &line, e));
	if (line.p[0] == '<')
		return apache_section(p, line, e);
	p->words.n = 0;
	while (!p->macro && apachelex_word(&line, &word))
		if (!vec_push(&p->words, APACHE_WORDS_MAX, word))
			return web_gap(&p->web, &s.at, GAP_LIMIT, e,
			    "a directive has too many words");
	if (p->words.n < 2)
		return MU_OK;
	s.v = p->words.v + 1;
	s.n = p->words.n - 1;
	for (i = 0; i < MU_COUNT(apache_names); i++)
		if (str_eq_nocase(p->words.v[0],
			str_from(apache_names[i].name)))
			return apache_names[i].take(p, &s, e);
	return MU_OK;
}

static int
apache_file(struct apache *p, const struct decode_in *in, struct err *e)
{
	struct apachelex l;
	struct err why = { 0 };
	struct web_line at;
	struct str line;
	int r;

	apachelex_init(&l, in->bytes, in->job);
	for (;;) {
		r = apachelex_line(&l, &line, &why);
		if (r == 0)
			return MU_OK;
		if (r == 1) {
			TRY(apache_line(p, in, l.at, line, e));
			continue;
		}
		at = (struct web_line){ in, l.at };
		return web_gap(&p->web, &at, GAP_LIMIT, e, "%s", why.text);
	}
}

/* "export NAME=value" of Debian's envvars: only values that are plain. */
static int
apache_envvars(struct apache *p, struct err *e)
{
	struct str path, text, line, name, value;
	struct decode_in in;

	TRY(apache_path(p, STR("envvars"), &path, e));
	if (peek_file(p->web.in, path, APACHE_FILE_MAX, &in, NULL) != 1)
		return MU_OK;
	text = in.bytes;
	while (str_line(&text, &line)) {
		line = str_trim(line);
		if (!str_starts(line, STR("export ")) ||
		    !str_cut(str_skip(line, 7), '=', &name, &value) ||
		    str_chr(value, '$') != SIZE_MAX ||
		    str_chr(value, '`') != SIZE_MAX ||
		    !apachelex_word(&value, &line))
			continue;
		TRY(apachelex_define(&p->vars, str_trim(name), line, e));
	}
	return MU_OK;
}

/* Where the certificate that mod_md keeps for ${name} lies; "" is nowhere. */
static int
apache_managed(struct apache *p, struct str name, struct str *out,
    struct err *e)
{
	struct str stores[] = { p->store, STR_NONE, STR("var/lib/apache2/md"),
		STR_NONE };
	struct decode_in in;
	size_t i;

	*out = STR_NONE;
	TRY(apache_path(p, STR("md"), &stores[1], e));
	TRY(apache_path(p, STR("state/md"), &stores[3], e));
	for (i = 0; i < MU_COUNT(stores); i++) {
		if (stores[i].n == 0)
			continue;
		TRY(arena_fmt(p->web.in->job, out, e,
		    STR_FMT "/domains/" STR_FMT "/pubcert.pem",
		    STR_ARG(stores[i]), STR_ARG(name)));
		if (peek_file(p->web.in, *out, WEB_FILE_MAX, &in, NULL) == 1)
			return MU_OK;
	}
	*out = STR_NONE;
	return MU_OK;
}

/* The managed domain that has a name of ${s}, or NULL. */
static const struct apache_domain *
apache_domain_of(const struct apache *p, const struct website *s)
{
	const struct website_text *t;
	uint64_t n;

	for (t = s->names; t != NULL; t = t->next)
		if (map_get(p->names, t->s, &n) && n < p->domains.n)
			return &p->domains.v[n];
	return NULL;
}

/* What mod_md keeps for a host is what it shows, whatever else is said. */
static int
apache_manage(struct apache *p, struct website *s, struct err *e)
{
	const struct apache_domain *d = apache_domain_of(p, s);
	struct website_item item = { .what = WEBSITE_CERT,
		.note = "mod_md renews it" };

	if (d == NULL)
		return MU_OK;
	TRY(apache_managed(p, d->name, &item.path, e));
	if (item.path.n == 0)
		return MU_OK;
	item.at = d->at;
	website_forget(s, WEBSITE_CERT);
	return website_keep(s, &item, p->web.in->job, e);
}

/* Whether a port that ${s} is for is one of https. */
static bool
apache_https(const struct apache *p, const struct website *s)
{
	const struct website_listen *l;
	char key[APACHE_PORT_MAX];
	uint64_t n;

	for (l = s->listens; l != NULL; l = l->next) {
		(void)snprintf(key, sizeof(key), ":" STR_FMT, STR_ARG(l->port));
		if (map_get(p->names, str_from(key), &n))
			return true;
	}
	return false;
}

/* The main server, where no virtual host has TLS. */
static int
apache_main(struct apache *p, struct err *e)
{
	struct website *s;
	size_t i;

	TRY(website_server(p->top, &s, p->web.in->job, e));
	s->names = p->all->names;
	s->n_names = p->all->n_names;
	s->tls = p->all->tls == TRI_UNKNOWN && p->https.n != 0 ? TRI_YES :
								 p->all->tls;
	for (i = 0; i < p->https.n; i++)
		TRY(website_listen(s, &p->https.v[i], 1, p->web.in->job, e));
	return MU_OK;
}

static int
apache_finish(struct apache *p, struct err *e)
{
	struct website *s;
	bool any = false;

	for (s = p->top->servers; s != NULL; s = s->next) {
		if (s->tls == TRI_UNKNOWN)
			s->tls = p->all->tls;
		if (s->tls == TRI_UNKNOWN && apache_https(p, s))
			s->tls = TRI_YES;
		any = any || s->tls == TRI_YES;
		TRY(apache_manage(p, s, e));
	}
	if (!any)
		TRY(apache_main(p, e));
	p->all->tls = TRI_UNKNOWN;
	TRY(website_tell(p->top, &p->web, e));
	return web_done(&p->web, e);
}

static void
apache_auto(struct apache *p)
{

	web_free(&p->web);
	apachelex_free(&p->vars);
	vec_free(&p->words);
	vec_free(&p->https);
	vec_free(&p->domains);
	map_free(p->names);
	p->names = NULL;
}

static int
apache_read(const struct decode_in *in, struct err *e)
{
	AUTO(apache) struct apache p = { 0 };
	bool debian = str_find(in->file->path, STR("apache2.conf")) != SIZE_MAX;
	size_t slash = str_rchr(in->file->path, '/');
	struct str dir =
	    str_head(in->file->path, slash == SIZE_MAX ? 0 : slash + 1);

	apachelex_start(&p.vars);
	p.names = map_new(APACHE_NAMES_MAX);
	TRY(web_start(&p.web, in, "Apache",
	    debian ? "apache2.service" : "httpd.service", e));
	/* ServerRoot, until the file says it: its folder, or that above conf. */
	p.root = dir;
	if (str_ends(dir, STR("/conf/")))
		p.root.n -= strlen("conf/");
	p.bytes = in->bytes.n;
	TRY(website_top(&p.top, &p.all, in->job, e));
	p.site = p.all;
	TRY(apache_envvars(&p, e));
	TRY(apache_file(&p, in, e));
	return apache_finish(&p, e);
}

const struct decoder decode_apache = {
	.name = "apache",
	.place = "web.apache",
	.sees = "Which certificates Apache serves under which names, and "
		"secrets in its configuration",
	.source = "httpd.apache.org, mod_ssl and others",
	.max_bytes = APACHE_FILE_MAX,
	.read = apache_read,
};
