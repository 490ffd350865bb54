#include "decode/website.h"

#include <stdlib.h>

#define WEBSITE_ADDRESSES_MAX 65536

static int
website_room(struct arena *a, size_t size, void *out, struct err *e)
{
	void **p = out;

	*p = arena_take(a, 1, size);
	return *p != NULL ? MU_OK :
			    err_set(e, MU_ELIMIT,
				"the configuration needs too much memory");
}

int
website_top(struct website_top **top, struct website **all, struct arena *a,
    struct err *e)
{

	TRY(website_room(a, sizeof(**top), top, e));
	(*top)->last = &(*top)->servers;
	*all = &(*top)->all;
	(*all)->last = &(*all)->items;
	return MU_OK;
}

int
website_server(struct website_top *top, struct website **out, struct arena *a,
    struct err *e)
{

	TRY(website_room(a, sizeof(**out), out, e));
	(*out)->last = &(*out)->items;
	*top->last = *out;
	top->last = &(*out)->next;
	return MU_OK;
}

int
website_name(struct website *s, struct str name, struct arena *a, struct err *e)
{
	struct website_text *t;

	TRY(website_room(a, sizeof(*t), &t, e));
	*t = (struct website_text){ name, s->names };
	s->names = t;
	s->n_names++;
	return MU_OK;
}

int
website_keep(struct website *s, const struct website_item *item,
    struct arena *a, struct err *e)
{
	struct website_item *own;

	TRY(website_room(a, sizeof(*own), &own, e));
	*own = *item;
	own->next = NULL;
	*s->last = own;
	s->last = &own->next;
	return MU_OK;
}

void
website_forget(struct website *s, enum website_what what)
{
	struct website_item *i = s->items;

	s->items = NULL;
	s->last = &s->items;
	for (; i != NULL; i = i->next) {
		if (i->what == what)
			continue;
		*s->last = i;
		s->last = &i->next;
	}
	*s->last = NULL;
}

static bool
website_digits(struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n != 0;
}

/* "443", "10.0.0.1:443", "[::]:443", "name", "unix:/x": where, and its port. */
static int
website_where(struct str s, struct website_listen *l, struct arena *a,
    struct err *e)
{
	size_t colon = str_rchr(s, ':'), bracket = str_rchr(s, ']');

	if (str_starts(s, STR("unix:"))) {
		l->where = s;
		return MU_OK;
	}
	l->port = STR("80");
	if (website_digits(s)) {
		l->port = s;
		s = STR("*");
	} else if (colon != SIZE_MAX &&
		   (bracket == SIZE_MAX || colon > bracket)) {
		l->port = str_skip(s, colon + 1);
		s = str_head(s, colon);
	}
	if (str_eq(s, STR("0.0.0.0")))
		s = STR("*");
	return arena_fmt(a, &l->where, e, STR_FMT ":" STR_FMT, STR_ARG(s),
	    STR_ARG(l->port));
}

int
website_listen(struct website *s, const struct str *v, size_t n,
    struct arena *a, struct err *e)
{
	struct website_listen *l;
	size_t i;

	if (n == 0)
		return MU_OK;
	TRY(website_room(a, sizeof(*l), &l, e));
	TRY(website_where(v[0], l, a, e));
	for (i = 1; i < n; i++)
		l->tls = l->tls || str_eq(v[i], STR("ssl")) ||
			 str_eq(v[i], STR("quic"));
	l->next = s->listens;
	s->listens = l;
	return MU_OK;
}

static int
website_order(const void *a, const void *b)
{
	const struct str *x = a, *y = b;

	if (x->n != y->n)
		return x->n < y->n ? -1 : 1;
	return str_cmp(*x, *y);
}

/* Whether a server has TLS at ${l}: itself, by the address, or by "ssl on". */
static bool
website_tls(const struct website_listen *l, bool on, const struct map *tls)
{
	uint64_t any;

	return on || l->tls || map_get(tls, l->where, &any);
}

/* "443, 8443": where ${s} has TLS; false where it has none. */
static bool
website_ports(const struct website *s, bool on, const struct map *tls,
    struct buf *out)
{
	struct str v[WEBSITE_PORTS_MAX];
	const struct website_listen *l;
	size_t i, n = 0;
	bool any = on && s->listens == NULL;

	for (l = s->listens; l != NULL; l = l->next) {
		if (!website_tls(l, on, tls))
			continue;
		any = true;
		if (l->port.n != 0 && n < MU_COUNT(v))
			v[n++] = web_head(l->port, 16);
	}
	if (n != 0)
		qsort(v, n, sizeof(*v), website_order);
	for (i = 0; i < n; i++) {
		if (i != 0 && str_eq(v[i], v[i - 1]))
			continue;
		buf_adds(out, out->n != 0 ? ", " : "");
		buf_add(out, v[i]);
	}
	return any;
}

static int
website_site(const struct website *s, struct arena *a, struct web_site **out,
    struct err *e)
{
	const struct website_text *t;
	struct str *names;

	TRY(website_room(a, sizeof(**out), out, e));
	names = arena_take(a, s->n_names + 1, sizeof(*names));
	if (names == NULL)
		return err_set(e, MU_ELIMIT, "no room for the names");
	(*out)->names = names;
	for (t = s->names; t != NULL; t = t->next)
		names[(*out)->n_names++] = t->s;
	return MU_OK;
}

/* The items of ${from} that are ${cert}ificates, or that are not, for ${site}. */
static int
website_items(const struct website *from, bool cert,
    const struct web_site *site, struct web *w, struct err *e)
{
	static const enum web_how how[] = { WEB_SERVES, WEB_CLIENT,
		WEB_TRUSTS };
	const struct website_item *i;

	for (i = from->items; i != NULL; i = i->next)
		if ((i->what == WEBSITE_CERT) == cert)
			TRY(web_add(w, &i->at, i->path, how[i->what], site,
			    i->note, e));
	return MU_OK;
}

static bool
website_has_cert(const struct website *s)
{
	const struct website_item *i;

	for (i = s->items; i != NULL; i = i->next)
		if (i->what == WEBSITE_CERT)
			return true;
	return false;
}

static int
website_tell_one(const struct website_top *top, const struct website *s,
    const struct map *tls, struct web *w, struct err *e)
{
	enum tri said = s->tls != TRI_UNKNOWN ? s->tls : top->all.tls;
	AUTO(buf) struct buf ports = { 0 };
	struct web_site *site;
	bool used;

	TRY(website_site(s, w->in->job, &site, e));
	buf_init(&ports, WEBSITE_PORTS_MAX * 32);
	used = website_ports(s, said == TRI_YES, tls, &ports);
	TRY(arena_str(w->in->job, buf_str(&ports), &site->ports, e));
	TRY(website_items(s, false, site, w, e));
	if (!used)
		return MU_OK;
	return website_items(website_has_cert(s) ? s : &top->all, true, site, w,
	    e);
}

/* The addresses with TLS, of all servers. */
static int
website_addresses(const struct website_top *top, struct map *tls, struct err *e)
{
	const struct website_listen *l;
	const struct website *s;

	for (s = top->servers; s != NULL; s = s->next)
		for (l = s->listens; l != NULL; l = l->next)
			if (l->tls && map_put(tls, l->where, 1, NULL) < 0)
				return err_set(e, MU_ELIMIT,
				    "more than %d addresses",
				    WEBSITE_ADDRESSES_MAX);
	return MU_OK;
}

int
website_tell(struct website_top *top, struct web *w, struct err *e)
{
	AUTO(map) struct map *tls = map_new(WEBSITE_ADDRESSES_MAX);
	const struct website *s;

	TRY(website_addresses(top, tls, e));
	TRY(website_items(&top->all, false, NULL, w, e));
	for (s = top->servers; s != NULL; s = s->next)
		TRY(website_tell_one(top, s, tls, w, e));
	return MU_OK;
}
