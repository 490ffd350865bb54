/*
 * Lines are gathered first and told at the end: a name of a server may stand
 * after its certificate, and a snippet counts for all who include it.
 */

#include "decode/web.h"

#include <stdarg.h>
#include <stdlib.h>

#include "decode/inuse.h"
#include "decode/peek.h"
#include "decode/pem.h"

#define WEB_WORDS_MAX  190 /* bytes of a gap */
#define WEB_NAME_MAX   120 /* bytes of one name */
#define WEB_NAMES_MAX  12  /* names that are told */
#define WEB_DETAIL_MAX 4096
#define WEB_KEYS_MAX   ((size_t)WEB_USES_MAX * 4)

/* What a path turned out to be: one file, whoever names it. */
struct web_file {
	struct decode_in in;
	int code; /* as of web_open() */
	struct err why;
	bool found; /* a certificate is in it */
	struct x509 cert;
	struct str identity;
};

int
web_start(struct web *w, const struct decode_in *in, const char *product,
    const char *unit_name, struct err *e)
{

	*w = (struct web){
		.in = in, .product = product, .index = map_new(WEB_KEYS_MAX)
	};
	return inuse_unit(in, unit_name, &w->unit, e);
}

void
web_free(struct web *w)
{

	map_free(w->index);
	w->index = NULL;
	vec_free(&w->uses);
}

struct str
web_head(struct str s, size_t n)
{

	if (!str_utf8(s) || str_has_nul(s))
		return STR("?");
	if (s.n <= n)
		return s;
	while (n != 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return str_head(s, n);
}

int
web_open(const struct decode_in *in, struct str path, size_t max_bytes,
    struct decode_in *out, struct err *e)
{
	struct file *own;
	int r;

	while (str_starts(path, STR("/")))
		path = str_skip(path, 1);
	TRY(r = peek_file(in, path, max_bytes, out, e));
	if (r == 0 || str_eq(path, out->file->path))
		return r;
	own = arena_take(in->job, 1, sizeof(*own));
	if (own == NULL)
		return err_set(e, MU_ELIMIT, "no room for another file");
	*own = *out->file;
	own->context = STR_NONE;
	out->file = own;
	return r;
}

int
web_gap(struct web *w, const struct web_line *at, enum gap_reason reason,
    struct err *e, const char *fmt, ...)
{
	char words[2 * WEB_DETAIL_MAX];
	struct str s;
	va_list ap;

	if (w->gaps++ >= WEB_GAPS_MAX)
		return MU_OK;
	va_start(ap, fmt);
	(void)vsnprintf(words, sizeof(words), fmt, ap);
	va_end(ap);
	s = web_head(str_from(words), WEB_WORDS_MAX);
	return decode_gap(at->in, ':', at->n, reason, e, STR_FMT, STR_ARG(s));
}

int
web_lost(struct web *w, const struct web_line *at, struct str path, int code,
    const struct err *why, struct err *e)
{

	path = web_head(path, WEB_NAME_MAX);
	if (code == 0)
		return web_gap(w, at, GAP_VANISHED, e,
		    STR_FMT " is named here, and is not there", STR_ARG(path));
	w->full = w->full || code == MU_ELIMIT;
	return web_gap(w, at, peek_reason(code), e, STR_FMT ": %s",
	    STR_ARG(path), why->text);
}

/* The number of ${key} in ${w}->index: a new one gets ${next}. */
static int
web_number(struct web *w, struct str key, uint64_t next, uint64_t *out,
    struct err *e)
{
	int r;

	if (map_get(w->index, key, out))
		return 0;
	*out = next;
	r = map_put(w->index, key, next, NULL);
	if (r < 0)
		return err_set(e, MU_ELIMIT, "the configuration is too long");
	return 1;
}

int
web_add(struct web *w, const struct web_line *at, struct str path,
    enum web_how how, const struct web_site *site, const char *note,
    struct err *e)
{
	struct web_use u = { *at, path, how, note, NULL, 0 };
	struct web_who *who;
	struct str key;
	uint64_t n;
	int new;

	TRY(arena_fmt(w->in->job, &key, e, "%d " STR_FMT ":%zu " STR_FMT,
	    (int)how, STR_ARG(at->in->file->path), at->n, STR_ARG(path)));
	TRY(new = web_number(w, key, w->uses.n, &n, e));
	if (new != 0 && !vec_push(&w->uses, WEB_USES_MAX, u))
		return err_set(e, MU_ELIMIT,
		    "more than %d lines with certificates", WEB_USES_MAX);
	if (site == NULL)
		return MU_OK;
	who = arena_take(w->in->job, 1, sizeof(*who));
	if (who == NULL)
		return err_set(e, MU_ELIMIT, "no room for another server");
	*who = (struct web_who){ site, w->uses.v[n].who };
	w->uses.v[n].who = who;
	w->uses.v[n].n_names += site->n_names + 1;
	return MU_OK;
}

static int
web_order(const void *a, const void *b)
{

	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static bool
web_any_name(struct str name)
{

	return name.n == 0 || str_eq(name, STR("_"));
}

/* The names of all servers of a line, sorted; whether there is a nameless one. */
static int
web_names(const struct web *w, const struct web_use *u, struct str **names,
    size_t *n, bool *any, struct err *e)
{
	const struct web_who *who;
	struct str name;
	size_t i;

	*n = 0;
	*any = false;
	*names = arena_take(w->in->job, u->n_names + 1, sizeof(**names));
	if (*names == NULL)
		return err_set(e, MU_ELIMIT, "no room for the names");
	for (who = u->who; who != NULL; who = who->next) {
		*any = *any || who->site->n_names == 0;
		for (i = 0; i < who->site->n_names; i++) {
			name = who->site->names[i];
			*any = *any || web_any_name(name);
			if (!web_any_name(name))
				(*names)[(*n)++] = web_head(name, WEB_NAME_MAX);
		}
	}
	if (*n != 0)
		qsort(*names, *n, sizeof(**names), web_order);
	return MU_OK;
}

/* "example.org, www.example.org and 3 more names" */
static int
web_add_names(const struct web *w, const struct web_use *u, struct buf *b,
    struct err *e)
{
	struct str *names;
	size_t i, n, said = 0, more = 0;
	bool any;

	TRY(web_names(w, u, &names, &n, &any, e));
	for (i = 0; i < n; i++) {
		if (i != 0 && str_eq(names[i], names[i - 1]))
			continue;
		if (said == WEB_NAMES_MAX) {
			more++;
			continue;
		}
		buf_adds(b, said++ != 0 ? ", " : "");
		buf_add(b, names[i]);
	}
	if (any)
		buf_addf(b, "%sany other name", said != 0 ? ", " : "");
	if (more != 0)
		buf_addf(b, " and %zu more", more);
	return MU_OK;
}

/* The ports of all its servers; each server's are sorted already. */
static void
web_add_ports(const struct web_use *u, struct buf *b)
{
	const struct web_who *who;
	struct str ports = STR_NONE;

	for (who = u->who; who != NULL; who = who->next) {
		if (ports.n != 0 && !str_eq(ports, who->site->ports))
			return; /* they differ: too much for a line */
		ports = who->site->ports;
	}
	if (ports.n != 0)
		buf_addf(b, " on " STR_FMT, STR_ARG(ports));
}

static int
web_detail(const struct web *w, const struct web_use *u, struct str *out,
    struct err *e)
{
	static const struct {
		const char *alone, *head;
	} t[] = {
		[WEB_SERVES] = { "serves all sites", "serves " },
		[WEB_CLIENT] = { "signs in with it at other servers",
		    "signs in with it at other servers, for " },
		[WEB_TRUSTS] = { "checks others with it",
		    "checks others with it, for " },
	};
	AUTO(buf) struct buf b = { 0 };

	buf_init(&b, WEB_DETAIL_MAX);
	buf_addf(&b, "%s %s", w->product,
	    u->who != NULL ? t[u->how].head : t[u->how].alone);
	if (u->who != NULL)
		TRY(web_add_names(w, u, &b, e));
	if (u->how == WEB_SERVES)
		web_add_ports(u, &b);
	if (u->note != NULL)
		buf_addf(&b, "; %s", u->note);
	TRY(buf_check(&b, "what uses a certificate", e));
	return arena_str(w->in->job, buf_str(&b), out, e);
}

static bool
web_is_cert(struct str label)
{

	return str_eq(label, STR("CERTIFICATE")) ||
	       str_eq(label, STR("X509 CERTIFICATE")) ||
	       str_eq(label, STR("TRUSTED CERTIFICATE"));
}

/* The next certificate of a file. 1, or 0 where there is none left. */
static int
web_next(struct pem *at, struct arena *a, struct x509 *out, struct err *e)
{
	AUTO(buf) struct buf der = { 0 };
	struct pem_block b;

	while (pem_next(at, &b)) {
		if (!web_is_cert(b.label))
			continue;
		buf_init(&der, PEM_BODY_MAX);
		TRY(pem_bytes(&b, &der, e));
		TRY(x509_read(buf_str(&der), a, out, e));
		return 1;
	}
	return 0;
}

static int
web_load(struct web *w, struct str path, struct web_file *f, struct err *e)
{
	struct pem at;
	int r;

	f->code = web_open(w->in, path, WEB_FILE_MAX, &f->in, &f->why);
	if (f->code <= 0)
		return MU_OK;
	at = (struct pem){ .rest = f->in.bytes };
	r = web_next(&at, w->in->job, &f->cert, &f->why);
	f->found = r == 1;
	if (!f->found)
		return MU_OK;
	return x509_tell(&f->in, &f->cert, &f->identity, e);
}

/* The file ${path}: looked at once. */
static int
web_file(struct web *w, struct str path, struct web_file **out, struct err *e)
{
	struct str key;
	uint64_t n;
	int new;

	*out = arena_take(w->in->job, 1, sizeof(**out));
	if (*out == NULL)
		return err_set(e, MU_ELIMIT, "no room for another file");
	TRY(arena_fmt(w->in->job, &key, e, "file " STR_FMT, STR_ARG(path)));
	TRY(new = web_number(w, key, (uint64_t)(uintptr_t)*out, &n, e));
	if (new != 0)
		return web_load(w, path, *out, e);
	*out = (struct web_file *)(uintptr_t)n;
	return MU_OK;
}

int
web_workload(struct web *w, struct err *e)
{
	const struct account *user = host_named(w->in->host, w->user);
	struct rec r;

	if (w->unit_put)
		return MU_OK;
	w->unit_put = true;
	TRY(inuse_workload(w->in, w->unit, e));
	if (user == NULL)
		return MU_OK;
	rec_init(&r, REC_EDGE);
	r.edge.kind = EDGE_RUNS_AS;
	r.edge.src = w->unit;
	r.edge.dst = user->key;
	r.edge.evidence = w->in->file->path;
	return decode_put(w->in, &r, e);
}

int
web_consumed(struct web *w, const struct web_line *at, struct str identity,
    struct err *e)
{
	struct rec r;

	TRY(web_workload(w, e));
	rec_init(&r, REC_EDGE);
	r.edge.kind = EDGE_CONSUMED_BY;
	r.edge.src = identity;
	r.edge.dst = w->unit;
	TRY(arena_fmt(w->in->job, &r.edge.evidence, e, STR_FMT ":%zu",
	    STR_ARG(at->in->file->path), at->n));
	return decode_put(w->in, &r, e);
}

static int
web_sighting(struct web *w, const struct web_use *u, struct str credential,
    struct err *e)
{
	struct rec r;

	TRY(decode_sighting(u->at.in, &r, credential,
	    u->how == WEB_TRUSTS ? ROLE_TRUSTED : ROLE_IN_USE, ':', u->at.n,
	    e));
	TRY(web_detail(w, u, &r.sighting.detail, e));
	return decode_put(w->in, &r, e);
}

/* Trust anchors: every certificate of the file, unless it is a bundle. */
static int
web_anchors(struct web *w, const struct web_use *u, const struct web_file *f,
    struct err *e)
{
	struct pem at = { .rest = f->in.bytes };
	struct str identity;
	struct pem_block b;
	struct err why = { 0 };
	struct x509 x;
	size_t n = 0;

	while (pem_next(&at, &b))
		n += web_is_cert(b.label);
	if (n > WEB_ANCHORS_MAX)
		return MU_OK;
	at = (struct pem){ .rest = f->in.bytes };
	while (web_next(&at, w->in->job, &x, &why) == 1) {
		TRY(x509_tell(&f->in, &x, &identity, e));
		TRY(web_sighting(w, u, x.key, e));
	}
	return MU_OK;
}

/* A certificate that cannot be used: for which names, is what matters. */
static int
web_missing(struct web *w, const struct web_use *u, const struct web_file *f,
    struct err *e)
{
	struct str detail, path = web_head(u->path, WEB_NAME_MAX);

	TRY(web_detail(w, u, &detail, e));
	if (f->code == 0)
		return web_gap(w, &u->at, GAP_VANISHED, e,
		    STR_FMT " is not there; " STR_FMT, STR_ARG(path),
		    STR_ARG(detail));
	return web_gap(w, &u->at, GAP_MALFORMED, e,
	    STR_FMT " holds no certificate; " STR_FMT, STR_ARG(path),
	    STR_ARG(detail));
}

static int
web_tell(struct web *w, const struct web_use *u, struct err *e)
{
	struct web_file *f;

	if (w->full)
		return MU_OK;
	TRY(web_file(w, u->path, &f, e));
	if (f->code < 0)
		return web_lost(w, &u->at, u->path, f->code, &f->why, e);
	if (!f->found)
		return web_missing(w, u, f, e);
	if (u->how == WEB_TRUSTS)
		return web_anchors(w, u, f, e);
	TRY(web_sighting(w, u, f->cert.key, e));
	if (f->identity.n == 0)
		return MU_OK;
	return web_consumed(w, &u->at, f->identity, e);
}

int
web_done(struct web *w, struct err *e)
{
	size_t i;

	for (i = 0; i < w->uses.n; i++)
		TRY(web_tell(w, &w->uses.v[i], e));
	if (w->gaps <= WEB_GAPS_MAX)
		return MU_OK;
	return decode_gap(w->in, ':', 0, GAP_MALFORMED, e,
	    "%zu more lines cannot be followed", w->gaps - WEB_GAPS_MAX);
}
