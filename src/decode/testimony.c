/*
 * The witness numbers workloads as it names them; what follows refers to them
 * by number. Names were made printable by the witness; one that is not ends the
 * reading, since only the witness writes here.
 *
 * A certificate that is served is the same credential as in its file: the key
 * is its hash. A variable has no value here, so it cannot be the same as a
 * secret in a file by its fingerprint; `unit` says which one it is.
 */

#include "decode/testimony.h"

#include <arpa/inet.h>

#include "base/vec.h"
#include "decode/envname.h"
#include "decode/tlsflight.h"
#include "decode/x509.h"

#define TESTIMONY_LOCATOR "proc"

const char *const testimony_places[TESTIMONY_PLACES] = {
	[TESTIMONY_SOCKETS] = "proc.sockets",
	[TESTIMONY_UNITS] = "proc.units",
	[TESTIMONY_ENVIRON] = "proc.environ",
};

struct testimony_owner {
	char kind;
	struct str name, key; /* key: "" of a program */
};

struct testimony {
	struct decode_in in; /* place and file change with each record */
	struct file file;
	VEC(struct testimony_owner) owners;
	uint32_t *seen;
	bool ended;
};

static void
testimony_auto(struct testimony *t)
{

	vec_free(&t->owners);
}

static void
testimony_at(struct testimony *t, enum testimony_place place,
    struct str locator)
{

	t->in.place = str_from(testimony_places[place]);
	t->file = (struct file){ .path = locator, .birth_s = CLOCK_NONE };
}

static uint32_t
testimony_number(struct str s, size_t at, size_t bytes)
{
	uint32_t v = 0;
	size_t i;

	for (i = 0; i < bytes; i++)
		v = v << 8 | (unsigned char)s.p[at + i];
	return v;
}

static int
testimony_wrong(struct err *e)
{

	return err_set(e, MU_EFORMAT, "no testimony as the witness writes it");
}

/* Printable ASCII without a blank, 1 to TESTIMONY_NAME_MAX bytes. */
static bool
testimony_name(struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~')
			return false;
	return s.n != 0 && s.n <= TESTIMONY_NAME_MAX;
}

static const struct testimony_owner *
testimony_owner(const struct testimony *t, struct str body, size_t at)
{
	uint32_t i = testimony_number(body, at, 4);

	return i < t->owners.n ? &t->owners.v[i] : NULL;
}

static int
testimony_edge(struct testimony *t, enum edge_kind kind, struct str from,
    struct str to, struct str evidence, struct err *e)
{
	struct rec r;

	rec_init(&r, REC_EDGE);
	r.edge.kind = kind;
	r.edge.src = from;
	r.edge.dst = to;
	r.edge.evidence = evidence;
	return decode_put(&t->in, &r, e);
}

static int
testimony_workload(struct testimony *t, struct str body, struct err *e)
{
	struct testimony_owner w = { .kind = body.n != 0 ? body.p[0] : '\0',
		.name = str_skip(body, 1) };
	struct rec r;

	if (!testimony_name(w.name) ||
	    (w.kind != TESTIMONY_UNIT && w.kind != TESTIMONY_CONTAINER &&
		w.kind != TESTIMONY_PROGRAM))
		return testimony_wrong(e);
	if (w.kind != TESTIMONY_PROGRAM)
		TRY(arena_fmt(t->in.job, &w.key, e, "%s:" STR_FMT ":" STR_FMT,
		    w.kind == TESTIMONY_UNIT ? "unit" : "container",
		    STR_ARG(t->in.host->key), STR_ARG(w.name)));
	if (!vec_push(&t->owners, TESTIMONY_WORKLOADS_MAX, w))
		return err_set(e, MU_ELIMIT, "more than %d workloads",
		    TESTIMONY_WORKLOADS_MAX);
	if (w.kind == TESTIMONY_PROGRAM)
		return MU_OK;
	rec_init(&r, REC_IDENTITY);
	r.identity.key = w.key;
	r.identity.kind = ID_WORKLOAD;
	r.identity.name = w.name;
	r.identity.asset = t->in.host->key;
	return decode_put(&t->in, &r, e);
}

static int
testimony_runs_as(struct testimony *t, struct str body, struct err *e)
{
	const struct testimony_owner *w;
	const struct account *a;

	if (body.n != 8)
		return testimony_wrong(e);
	w = testimony_owner(t, body, 0);
	if (w == NULL || w->key.n == 0)
		return testimony_wrong(e);
	a = host_user(t->in.host, testimony_number(body, 4, 4));
	if (a == NULL)
		return MU_OK;
	return testimony_edge(t, EDGE_RUNS_AS, w->key, a->key,
	    STR("seen running as it"), e);
}

/* The identity, credential and sighting of one variable. */
static int
testimony_secret(struct testimony *t, const struct testimony_owner *w,
    struct str name, struct str key, struct err *e)
{
	struct rec i, c, s;

	rec_init(&i, REC_IDENTITY);
	i.identity.key = key;
	i.identity.kind = ID_TOKEN;
	i.identity.asset = t->in.host->key;
	TRY(arena_fmt(t->in.job, &i.identity.name, e, STR_FMT " of " STR_FMT,
	    STR_ARG(name), STR_ARG(w->name)));
	rec_init(&c, REC_CREDENTIAL);
	c.credential.key = c.credential.identity = key;
	c.credential.kind = CRED_TOKEN;
	rec_init(&s, REC_SIGHTING);
	s.sighting.credential = key;
	s.sighting.asset = t->in.host->key;
	s.sighting.place = t->in.place;
	s.sighting.locator = t->file.path;
	s.sighting.role = ROLE_IN_USE;
	TRY(arena_fmt(t->in.job, &s.sighting.detail, e,
	    STR_FMT " in the environment of " STR_FMT, STR_ARG(name),
	    STR_ARG(w->name)));
	TRY(decode_put(&t->in, &i, e));
	TRY(decode_put(&t->in, &c, e));
	return decode_put(&t->in, &s, e);
}

static int
testimony_variable(struct testimony *t, struct str body, struct err *e)
{
	const struct testimony_owner *w;
	struct str name = str_skip(body, 4), key, locator;

	if (body.n < 4 || !envname_plain(name))
		return testimony_wrong(e);
	w = testimony_owner(t, body, 0);
	if (w == NULL)
		return testimony_wrong(e);
	TRY(key_variable(t->in.host->key, w->name, name, t->in.job, &key, e));
	TRY(arena_fmt(t->in.job, &locator, e, TESTIMONY_LOCATOR "/" STR_FMT,
	    STR_ARG(w->name)));
	testimony_at(t, TESTIMONY_ENVIRON, locator);
	TRY(testimony_secret(t, w, name, key, e));
	if (w->key.n == 0)
		return MU_OK;
	return testimony_edge(t, EDGE_CONSUMED_BY, key, w->key, locator, e);
}

/* One socket, as its frame has it. */
struct testimony_socket {
	char answer;
	const struct testimony_owner *owner; /* or NULL */
	struct str program, flight, locator, detail;
};

static int
testimony_locator(struct testimony *t, struct str body, struct str *out,
    struct err *e)
{
	char text[INET6_ADDRSTRLEN];
	int family = body.p[0] == '4' ? AF_INET : AF_INET6;

	if ((body.p[0] != '4' && body.p[0] != '6') ||
	    inet_ntop(family, body.p + 1, text, sizeof(text)) == NULL)
		return testimony_wrong(e);
	return arena_fmt(t->in.job, out, e,
	    family == AF_INET ? "%s:%u" : "[%s]:%u", text,
	    (unsigned)testimony_number(body, 17, 2));
}

/* "nginx, nginx.service": what is known of who holds the socket. */
static int
testimony_detail(struct testimony *t, struct testimony_socket *s, struct err *e)
{
	bool both = s->program.n != 0 && s->owner != NULL &&
		    s->owner->kind != TESTIMONY_PROGRAM;

	if (!both) {
		s->detail = s->program;
		return MU_OK;
	}
	return arena_fmt(t->in.job, &s->detail, e, STR_FMT ", " STR_FMT,
	    STR_ARG(s->program), STR_ARG(s->owner->name));
}

static int
testimony_lacks(struct testimony *t, enum gap_reason why, const char *words,
    struct err *e)
{

	return decode_gap(&t->in, ':', 0, why, e, "%s", words);
}

/* A flight without a certificate: say why, where it should have one. */
static int
testimony_empty(struct testimony *t, const struct testimony_socket *s,
    const struct tlsflight *f, struct err *e)
{

	if (f->alert == TLSFLIGHT_ALERT_VERSION)
		return testimony_lacks(t, GAP_UNSUPPORTED,
		    "it takes TLS 1.3 alone, which sends a certificate "
		    "encrypted: it was not seen",
		    e);
	if (f->alert >= 0)
		return decode_gap(&t->in, ':', 0, GAP_UNSUPPORTED, e,
		    "it speaks TLS and refused a plain TLS 1.2 hello with "
		    "alert %d: its certificate was not seen",
		    f->alert);
	if (s->answer == TESTIMONY_CUT)
		return testimony_lacks(t, GAP_LIMIT,
		    "no certificate in the first 64 KiB of its answer", e);
	if (s->answer == TESTIMONY_STOPPED)
		return testimony_lacks(t, GAP_TIMEOUT,
		    "its TLS answer stopped half way", e);
	if (f->done)
		return MU_OK; /* an anonymous server, or one with a shared key */
	return testimony_lacks(t, GAP_MALFORMED,
	    "its TLS answer ended before its certificate", e);
}

static int
testimony_served(struct testimony *t, const struct testimony_socket *s,
    const struct tlsflight *f, struct err *e)
{
	struct str identity, evidence;
	struct err why = { 0 };
	size_t i;
	int ok;

	for (i = 0; i < f->n; i++) {
		t->in.kind = i == 0 ? ID_TLS_CERT : ID_KINDS;
		ok = x509_put_served(&t->in, f->certs[i], i == 0, s->detail,
		    &identity, &why);
		if (ok == MU_EFORMAT) {
			TRY(testimony_lacks(t, GAP_MALFORMED,
			    "it serves a certificate that is none (RFC 5280, "
			    "section 4.1)",
			    e));
			continue;
		}
		if (ok < 0 && e != NULL)
			*e = why;
		TRY(ok);
		if (i != 0 || s->owner == NULL || s->owner->key.n == 0)
			continue;
		TRY(arena_fmt(t->in.job, &evidence, e, "served on " STR_FMT,
		    STR_ARG(s->locator)));
		TRY(testimony_edge(t, EDGE_CONSUMED_BY, identity, s->owner->key,
		    evidence, e));
	}
	return MU_OK;
}

static int
testimony_flight(struct testimony *t, const struct testimony_socket *s,
    struct err *e)
{
	struct tlsflight f;
	struct err why;
	int ok;

	ok = tlsflight_read(s->flight, t->in.job, &f, &why);
	if (ok == MU_EFORMAT)
		return MU_OK; /* no TLS after all */
	if (ok < 0 && e != NULL)
		*e = why;
	TRY(ok);
	TRY(testimony_served(t, s, &f, e));
	if (f.n == 0 && f.fault == NULL)
		return testimony_empty(t, s, &f, e);
	if (f.fault != NULL && (f.n == 0 || !f.done))
		return testimony_lacks(t, GAP_MALFORMED, f.fault, e);
	return MU_OK;
}

static int
testimony_answer(struct testimony *t, const struct testimony_socket *s,
    struct err *e)
{

	switch (s->answer) {
	case TESTIMONY_TLS:
	case TESTIMONY_CUT:
		return testimony_flight(t, s, e);
	case TESTIMONY_STOPPED:
		if (s->flight.n != 0)
			return testimony_flight(t, s, e);
		return testimony_lacks(t, GAP_TIMEOUT,
		    "it took no connection in the time given", e);
	case TESTIMONY_REFUSED:
		return testimony_lacks(t, GAP_VANISHED,
		    "it listened, and then refused a connection", e);
	case TESTIMONY_BEYOND:
		return testimony_lacks(t, GAP_UNSUPPORTED,
		    "it listens on no loopback address: it was not asked", e);
	case TESTIMONY_UNASKED:
		return testimony_lacks(t, GAP_LIMIT,
		    "more listening sockets than are asked", e);
	case TESTIMONY_OTHER:
		return MU_OK;
	default:
		return testimony_wrong(e);
	}
}

/* family 1, address 16, port 2, answer 1, workload 4, program and a zero byte */
static int
testimony_socket(struct testimony *t, struct str body, struct err *e)
{
	struct testimony_socket s = { .answer = '\0' };

	if (body.n < 25)
		return testimony_wrong(e);
	TRY(testimony_locator(t, body, &s.locator, e));
	testimony_at(t, TESTIMONY_SOCKETS, s.locator);
	s.answer = body.p[19];
	s.owner = testimony_owner(t, body, 20);
	if (s.owner == NULL &&
	    testimony_number(body, 20, 4) != TESTIMONY_NO_WORKLOAD)
		return testimony_wrong(e);
	if (!str_cut(str_skip(body, 24), '\0', &s.program, &s.flight) ||
	    (s.program.n != 0 && !testimony_name(s.program)))
		return testimony_wrong(e);
	TRY(testimony_detail(t, &s, e));
	return testimony_answer(t, &s, e);
}

static int
testimony_gap(struct testimony *t, struct str body, struct err *e)
{
	static const struct {
		enum testimony_place place;
		char lack;
		enum gap_reason reason;
		const char *words;
	} rows[] = {
		{ TESTIMONY_SOCKETS, TESTIMONY_DENIED, GAP_DENIED,
		    "which programs listen: no right to see it of every "
		    "process" },
		{ TESTIMONY_UNITS, TESTIMONY_DENIED, GAP_DENIED,
		    "some processes: no right to see them" },
		{ TESTIMONY_ENVIRON, TESTIMONY_DENIED, GAP_DENIED,
		    "environments of some processes: no right to "
		    "read them" },
	};
	enum testimony_place p;
	size_t i;

	if (body.n != 2 || (unsigned char)body.p[0] >= TESTIMONY_PLACES)
		return testimony_wrong(e);
	p = (enum testimony_place)body.p[0];
	testimony_at(t, p, STR(TESTIMONY_LOCATOR));
	for (i = 0; i < MU_COUNT(rows); i++)
		if (rows[i].place == p && rows[i].lack == body.p[1])
			return testimony_lacks(t, rows[i].reason, rows[i].words,
			    e);
	switch (body.p[1]) {
	case TESTIMONY_LIMIT:
		return testimony_lacks(t, GAP_LIMIT, "more than is looked at",
		    e);
	case TESTIMONY_LATE:
		return testimony_lacks(t, GAP_TIMEOUT,
		    "the time was up before all was looked at", e);
	case TESTIMONY_NO_PROC:
		return testimony_lacks(t, GAP_UNSUPPORTED,
		    "this system shows no /proc", e);
	default:
		return testimony_wrong(e);
	}
}

static int
testimony_end(struct testimony *t, struct str body, struct err *e)
{
	size_t i;

	if (body.n != 4 * TESTIMONY_PLACES)
		return testimony_wrong(e);
	for (i = 0; i < TESTIMONY_PLACES; i++)
		t->seen[i] = testimony_number(body, 4 * i, 4);
	t->ended = true;
	return MU_OK;
}

static int
testimony_one(struct testimony *t, char type, struct str body, struct err *e)
{

	switch (type) {
	case TESTIMONY_WORKLOAD:
		return testimony_workload(t, body, e);
	case TESTIMONY_RUNS_AS:
		return testimony_runs_as(t, body, e);
	case TESTIMONY_VARIABLE:
		return testimony_variable(t, body, e);
	case TESTIMONY_SOCKET:
		return testimony_socket(t, body, e);
	case TESTIMONY_GAP:
		return testimony_gap(t, body, e);
	case TESTIMONY_END:
		return testimony_end(t, body, e);
	default:
		return testimony_wrong(e);
	}
}

int
testimony_read(const struct decode_in *in, uint32_t seen[TESTIMONY_PLACES],
    struct err *e)
{
	AUTO(testimony) struct testimony t = { .in = *in, .seen = seen };
	struct str s = in->bytes;
	size_t n;

	t.in.file = &t.file;
	t.in.kind = ID_KINDS;
	if (!str_starts(s, STR(TESTIMONY_MAGIC)))
		return testimony_wrong(e);
	s = str_skip(s, sizeof(TESTIMONY_MAGIC) - 1);
	while (s.n >= TESTIMONY_HEAD_BYTES && !t.ended) {
		n = testimony_number(s, 1, 4);
		if (n > TESTIMONY_FRAME_MAX)
			return testimony_wrong(e);
		if (n > s.n - TESTIMONY_HEAD_BYTES)
			return MU_OK;
		TRY(testimony_one(&t, s.p[0],
		    str_head(str_skip(s, TESTIMONY_HEAD_BYTES), n), e));
		s = str_skip(s, TESTIMONY_HEAD_BYTES + n);
	}
	return MU_OK;
}

static int
testimony_decode(const struct decode_in *in, struct err *e)
{
	uint32_t seen[TESTIMONY_PLACES] = { 0 };

	return testimony_read(in, seen, e);
}

const struct decoder decode_testimony = {
	.name = "testimony",
	.sees = "What the witness saw of the running system",
	.source = "docs/formats/testimony.md",
	.max_bytes = TESTIMONY_BYTES_MAX,
	.read = testimony_decode,
};
