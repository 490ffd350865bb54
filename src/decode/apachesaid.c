/* One function for each directive that names a file, a server or a secret. */

#include "decode/apacheconf.h"
#include "decode/peek.h"
#include "decode/websecret.h"

int
apachesaid_path(const struct apache *p, struct str path, struct str *out,
    struct err *e)
{

	*out = path;
	if (str_starts(path, STR("/")))
		return MU_OK;
	return arena_fmt(p->web.in->job, out, e, STR_FMT STR_FMT,
	    STR_ARG(p->root), STR_ARG(path));
}

static int
apachesaid_server_root(struct apache *p, const struct apache_said *s,
    struct err *e)
{

	return arena_fmt(p->web.in->job, &p->root, e, STR_FMT "%s",
	    STR_ARG(s->v[0]), str_ends(s->v[0], STR("/")) ? "" : "/");
}

static int
apachesaid_define(struct apache *p, const struct apache_said *s, struct err *e)
{

	return apachelex_define(&p->vars, s->v[0],
	    s->n > 1 ? s->v[1] : STR_NONE, e);
}

static int
apachesaid_user(struct apache *p, const struct apache_said *s, struct err *e)
{

	(void)e;
	p->web.user = s->v[0];
	return MU_OK;
}

/* "Listen [address:]port [protocol]": without one, 443 is https. */
static int
apachesaid_listen(struct apache *p, const struct apache_said *s, struct err *e)
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
apachesaid_server_name(struct apache *p, const struct apache_said *s,
    struct err *e)
{
	struct str name = s->v[0], rest;
	size_t at = str_find(name, STR("://"));

	if (at != SIZE_MAX)
		name = str_skip(name, at + 3);
	(void)str_cut(name, ':', &name, &rest);
	return website_name(p->site, name, p->web.in->job, e);
}

static int
apachesaid_server_alias(struct apache *p, const struct apache_said *s,
    struct err *e)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		TRY(website_name(p->site, s->v[i], p->web.in->job, e));
	return MU_OK;
}

static int
apachesaid_engine(struct apache *p, const struct apache_said *s, struct err *e)
{

	(void)e;
	p->site->tls = str_eq_nocase(s->v[0], STR("off")) ? TRI_NO : TRI_YES;
	return MU_OK;
}

static int
apachesaid_keep(struct apache *p, const struct apache_said *s,
    enum website_what what, struct err *e)
{
	struct website_item item = { .what = what, .at = s->at };

	if (str_find(s->v[0], STR("${")) != SIZE_MAX ||
	    str_starts(s->v[0], STR("pkcs11:")))
		return web_gap(&p->web, &s->at, GAP_UNSUPPORTED, e,
		    "which certificate it is, the files do not say");
	TRY(apachesaid_path(p, s->v[0], &item.path, e));
	return website_keep(p->site, &item, p->web.in->job, e);
}

static int
apachesaid_certificate(struct apache *p, const struct apache_said *s,
    struct err *e)
{

	return apachesaid_keep(p, s, WEBSITE_CERT, e);
}

static int
apachesaid_client(struct apache *p, const struct apache_said *s, struct err *e)
{

	return apachesaid_keep(p, s, WEBSITE_CLIENT, e);
}

static int
apachesaid_trusted(struct apache *p, const struct apache_said *s, struct err *e)
{

	return apachesaid_keep(p, s, WEBSITE_TRUSTED, e);
}

/* A folder of anchors or client certificates, by the names of their hashes. */
static int
apachesaid_folder(struct apache *p, const struct apache_said *s,
    enum website_what what, struct err *e)
{
	struct website_item item = { .what = what, .at = s->at };
	struct str path, *paths;
	struct err why = { 0 };
	size_t i, n;
	int r;

	TRY(apachesaid_path(p, s->v[0], &path, e));
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
apachesaid_trusted_folder(struct apache *p, const struct apache_said *s,
    struct err *e)
{

	return apachesaid_folder(p, s, WEBSITE_TRUSTED, e);
}

static int
apachesaid_client_folder(struct apache *p, const struct apache_said *s,
    struct err *e)
{

	return apachesaid_folder(p, s, WEBSITE_CLIENT, e);
}

static int
apachesaid_users(struct apache *p, const struct apache_said *s, struct err *e)
{
	struct str path;

	TRY(apachesaid_path(p, s->v[0], &path, e));
	return websecret_users(&p->web, &s->at, path, e);
}

/* "RequestHeader set NAME VALUE"; "%{NAME}e" and "expr=" are worked out. */
static int
apachesaid_header(struct apache *p, const struct apache_said *s, struct err *e)
{

	if (s->n < 3 || str_find(s->v[2], STR("%{")) != SIZE_MAX ||
	    str_starts(s->v[2], STR("expr=")))
		return MU_OK;
	return websecret_header(&p->web, &s->at, s->v[1], s->v[2], e);
}

static int
apachesaid_setenv(struct apache *p, const struct apache_said *s, struct err *e)
{

	if (s->n < 2)
		return MU_OK;
	return websecret_header(&p->web, &s->at, s->v[0], s->v[1], e);
}

/* Directives that are a secret themselves; ${p}->words[0] is which. */
static int
apachesaid_secret(struct apache *p, const struct apache_said *s, struct err *e)
{

	if (str_starts(s->v[0], STR("exec:")))
		return MU_OK;
	return websecret_value(&p->web, &s->at, p->words.v[0], s->v[0], e);
}

static int
apachesaid_url(struct apache *p, const struct apache_said *s, struct err *e)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		TRY(websecret_url(&p->web, &s->at, STR("ProxyPass"), s->v[i],
		    e));
	return MU_OK;
}

static int
apachesaid_domain(struct apache *p, const struct apache_said *s, struct err *e)
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
apachesaid_store(struct apache *p, const struct apache_said *s, struct err *e)
{

	return apachesaid_path(p, s->v[0], &p->store, e);
}

static int
apachesaid_use(struct apache *p, const struct apache_said *s, struct err *e)
{

	return web_gap(&p->web, &s->at, GAP_UNSUPPORTED, e,
	    "a macro: what it stands for is not read");
}

/* clang-format off */
static const struct {
	const char *name;
	int (*take)(struct apache *p, const struct apache_said *s,
	    struct err *e);
} apachesaid_names[] = {
	{ "AuthLDAPBindPassword", apachesaid_secret },
	{ "AuthUserFile", apachesaid_users },
	{ "BalancerMember", apachesaid_url },
	{ "Define", apachesaid_define },
	{ "Listen", apachesaid_listen },
	{ "MDStoreDir", apachesaid_store },
	{ "MDomain", apachesaid_domain },
	{ "OIDCClientSecret", apachesaid_secret },
	{ "OIDCCryptoPassphrase", apachesaid_secret },
	{ "ProxyPass", apachesaid_url },
	{ "ProxyPassMatch", apachesaid_url },
	{ "ProxyRemote", apachesaid_url },
	{ "RequestHeader", apachesaid_header },
	{ "RewriteRule", apachesaid_url },
	{ "SSLCACertificateFile", apachesaid_trusted },
	{ "SSLCACertificatePath", apachesaid_trusted_folder },
	{ "SSLCertificateFile", apachesaid_certificate },
	{ "SSLEngine", apachesaid_engine },
	{ "SSLProxyCACertificateFile", apachesaid_trusted },
	{ "SSLProxyCACertificatePath", apachesaid_trusted_folder },
	{ "SSLProxyMachineCertificateFile", apachesaid_client },
	{ "SSLProxyMachineCertificatePath", apachesaid_client_folder },
	{ "ServerAlias", apachesaid_server_alias },
	{ "ServerName", apachesaid_server_name },
	{ "ServerRoot", apachesaid_server_root },
	{ "SessionCryptoPassphrase", apachesaid_secret },
	{ "SetEnv", apachesaid_setenv },
	{ "Use", apachesaid_use },
	{ "User", apachesaid_user },
};
/* clang-format on */

int
apachesaid_take(struct apache *p, const struct apache_said *s, struct err *e)
{
	size_t i;

	for (i = 0; i < MU_COUNT(apachesaid_names); i++)
		if (str_eq_nocase(p->words.v[0],
			str_from(apachesaid_names[i].name)))
			return apachesaid_names[i].take(p, s, e);
	return MU_OK;
}
