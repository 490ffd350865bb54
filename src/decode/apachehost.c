/* Which host has TLS, and which certificate it shows. */

#include "decode/apacheconf.h"
#include "decode/peek.h"

/* Longest port, with a sign before it. */
#define APACHE_PORT_MAX 16

/* Where the certificate that mod_md keeps for ${name} lies; "" is nowhere. */
static int
apachehost_managed(struct apache *p, struct str name, struct str *out,
    struct err *e)
{
	struct str stores[] = { p->store, STR_NONE, STR("var/lib/apache2/md"),
		STR_NONE };
	struct decode_in in;
	size_t i;

	*out = STR_NONE;
	TRY(apachesaid_path(p, STR("md"), &stores[1], e));
	TRY(apachesaid_path(p, STR("state/md"), &stores[3], e));
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
apachehost_domain_of(const struct apache *p, const struct website *s)
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
apachehost_manage(struct apache *p, struct website *s, struct err *e)
{
	const struct apache_domain *d = apachehost_domain_of(p, s);
	struct website_item item = { .what = WEBSITE_CERT,
		.note = "mod_md renews it" };

	if (d == NULL)
		return MU_OK;
	TRY(apachehost_managed(p, d->name, &item.path, e));
	if (item.path.n == 0)
		return MU_OK;
	item.at = d->at;
	website_forget(s, WEBSITE_CERT);
	return website_keep(s, &item, p->web.in->job, e);
}

/* Whether a port that ${s} is for is one of https. */
static bool
apachehost_https(const struct apache *p, const struct website *s)
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
apachehost_main(struct apache *p, struct err *e)
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

int
apachehost_finish(struct apache *p, struct err *e)
{
	struct website *s;
	bool any = false;

	for (s = p->top->servers; s != NULL; s = s->next) {
		if (s->tls == TRI_UNKNOWN)
			s->tls = p->all->tls;
		if (s->tls == TRI_UNKNOWN && apachehost_https(p, s))
			s->tls = TRI_YES;
		any = any || s->tls == TRI_YES;
		TRY(apachehost_manage(p, s, e));
	}
	if (!any)
		TRY(apachehost_main(p, e));
	p->all->tls = TRI_UNKNOWN;
	TRY(website_tell(p->top, &p->web, e));
	return web_done(&p->web, e);
}
