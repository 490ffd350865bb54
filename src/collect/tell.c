#include "collect/tell.h"

/* Where frames go, and what one holds until it is done. */
struct telling {
	struct census *census;
	const struct asker *asker;
	struct buf *out;
	struct buf body;
	uint32_t asked;
};

static void
put32(struct buf *b, uint32_t v)
{
	int shift;

	for (shift = 24; shift >= 0; shift -= 8)
		buf_addc(b, (char)(v >> shift));
}

/* A frame of what ${w}->body holds. */
static void
frame(struct telling *w, enum testimony_frame type)
{

	buf_addc(w->out, (char)type);
	put32(w->out, (uint32_t)w->body.n);
	buf_add(w->out, buf_str(&w->body));
	buf_reset(&w->body);
}

static void
put_gap(struct telling *w, enum testimony_place place, enum testimony_lack why)
{

	buf_addc(&w->body, (char)place);
	buf_addc(&w->body, (char)why);
	frame(w, TESTIMONY_GAP);
}

/* The workload of a process: its unit or container, else its program. */
static uint32_t
workload_of(struct telling *w, const struct census_process *p)
{
	struct str program;
	uint32_t at;

	if (p->workload != CENSUS_NONE)
		return p->workload;
	census_program(w->census, p, &program);
	if (census_workload(w->census, TESTIMONY_PROGRAM, program, &at))
		return at;
	return CENSUS_NONE;
}

static bool
has_variable(const struct census *c, const struct census_process *p,
    struct str name)
{
	size_t i;

	for (i = p->vars; i < p->vars + p->n_vars; i++)
		if (str_eq(c->vars.v[i].name, name))
			return true;
	return false;
}

/*
 * Whose a variable is. A program that has it of the one that started it is
 * passed over: of a shell and all that it runs the shell alone is named.
 */
static void
own_variables(struct telling *w)
{
	struct census *c = w->census;
	const struct census_process *p, *parent;
	struct census_variable *v;
	size_t i, k;

	for (i = 0; i < c->all.n; i++) {
		p = &c->all.v[i];
		parent = census_parent(c, p);
		for (k = p->vars; k < p->vars + p->n_vars; k++) {
			v = &c->vars.v[k];
			if (v->workload == CENSUS_NONE && parent != NULL &&
			    has_variable(c, parent, v->name))
				continue;
			v->workload = workload_of(w, p);
		}
	}
}

static int
by_workload(const void *x, const void *y, void *cookie)
{
	const struct census *c = cookie;
	const struct census_workload *a = &c->workloads.v[*(const uint32_t *)x],
				     *b = &c->workloads.v[*(const uint32_t *)y];

	if (a->kind != b->kind)
		return (int)b->kind - (int)a->kind;
	return str_cmp(a->name, b->name);
}

/* Units run, and are told of; others where they own something. */
static bool *
who_is_told(const struct telling *w)
{
	const struct census *c = w->census;
	bool *told = mem_new(c->workloads.n + 1, sizeof(*told));
	uint32_t at;
	size_t i;

	for (i = 0; i < c->workloads.n; i++)
		told[i] = c->workloads.v[i].kind == TESTIMONY_UNIT;
	for (i = 0; i < c->vars.n; i++)
		if (c->vars.v[i].workload != CENSUS_NONE)
			told[c->vars.v[i].workload] = true;
	for (i = 0; i < w->asker->all.n && c->holders != NULL; i++) {
		at = c->holders[i];
		if (at != CENSUS_NONE && c->all.v[at].workload != CENSUS_NONE)
			told[c->all.v[at].workload] = true;
	}
	return told;
}

static void
put_workloads(struct telling *w)
{
	struct census *c = w->census;
	uint32_t *order = mem_new(c->workloads.n + 1, sizeof(*order)), i, at;
	bool *told = who_is_told(w);
	uint32_t n = 0;

	for (i = 0; i < c->workloads.n; i++)
		order[i] = i;
	if (c->workloads.n != 0)
		qsort_r(order, c->workloads.n, sizeof(*order), by_workload, c);
	for (i = 0; i < c->workloads.n; i++) {
		at = order[i];
		c->workloads.v[at].number = TESTIMONY_NO_WORKLOAD;
		if (!told[at])
			continue;
		c->workloads.v[at].number = n++;
		c->units += c->workloads.v[at].kind == TESTIMONY_UNIT;
		buf_addc(&w->body, (char)c->workloads.v[at].kind);
		buf_add(&w->body, c->workloads.v[at].name);
		frame(w, TESTIMONY_WORKLOAD);
	}
	mem_free(told);
	mem_free(order);
}

static int
by_number(const void *x, const void *y)
{
	const struct census_variable *a = x, *b = y;

	if (a->workload != b->workload)
		return a->workload < b->workload ? -1 : 1;
	return str_cmp(a->name, b->name);
}

/* Numbered, in order, each once. */
static void
put_variables(struct telling *w)
{
	struct census *c = w->census;
	const struct census_variable *v;
	size_t i;

	for (i = 0; i < c->vars.n; i++)
		if (c->vars.v[i].workload != CENSUS_NONE)
			c->vars.v[i].workload =
			    c->workloads.v[c->vars.v[i].workload].number;
	if (c->vars.n != 0)
		qsort(c->vars.v, c->vars.n, sizeof(*c->vars.v), by_number);
	for (i = 0; i < c->vars.n; i++) {
		v = &c->vars.v[i];
		if (v->workload == TESTIMONY_NO_WORKLOAD ||
		    (i != 0 && by_number(v - 1, v) == 0))
			continue;
		put32(&w->body, v->workload);
		buf_add(&w->body, v->name);
		frame(w, TESTIMONY_VARIABLE);
	}
}

struct pair {
	uint32_t workload, uid;
};

static int
by_pair(const void *x, const void *y)
{
	const struct pair *a = x, *b = y;

	if (a->workload != b->workload)
		return a->workload < b->workload ? -1 : 1;
	return a->uid < b->uid ? -1 : a->uid > b->uid;
}

/*
 * A process of a unit that another part of the system started is its main one:
 * what that one starts may run as somebody else.
 */
static bool
is_main(const struct census *c, const struct census_process *p)
{
	const struct census_process *parent = census_parent(c, p);

	return p->workload != CENSUS_NONE &&
	       c->workloads.v[p->workload].kind == TESTIMONY_UNIT &&
	       (parent == NULL || parent->workload != p->workload);
}

static void
put_runs_as(struct telling *w)
{
	const struct census *c = w->census;
	struct pair *pairs = mem_new(c->all.n + 1, sizeof(*pairs));
	size_t i, n = 0;

	for (i = 0; i < c->all.n; i++)
		if (is_main(c, &c->all.v[i]))
			pairs[n++] = (struct pair){
				c->workloads.v[c->all.v[i].workload].number,
				c->all.v[i].uid
			};
	qsort(pairs, n, sizeof(*pairs), by_pair);
	for (i = 0; i < n; i++) {
		if (i != 0 && by_pair(&pairs[i - 1], &pairs[i]) == 0)
			continue;
		put32(&w->body, pairs[i].workload);
		put32(&w->body, pairs[i].uid);
		frame(w, TESTIMONY_RUNS_AS);
	}
	mem_free(pairs);
}

static void
put_socket(struct telling *w, size_t i)
{
	const struct asker_one *o = &w->asker->all.v[i];
	struct census *c = w->census;
	const struct census_process *p = NULL;
	struct str program = STR_NONE;
	uint32_t number = TESTIMONY_NO_WORKLOAD;

	if (c->holders != NULL && c->holders[i] != CENSUS_NONE) {
		p = &c->all.v[c->holders[i]];
		census_program(c, p, &program);
		if (p->workload != CENSUS_NONE)
			number = c->workloads.v[p->workload].number;
	}
	buf_addc(&w->body, o->where.v6 ? '6' : '4');
	buf_add(&w->body, str_of(o->where.address, sizeof(o->where.address)));
	buf_addc(&w->body, (char)(o->where.port >> 8));
	buf_addc(&w->body, (char)o->where.port);
	buf_addc(&w->body, (char)o->answer);
	put32(&w->body, number);
	buf_add(&w->body, program);
	buf_addc(&w->body, '\0');
	/* What is no TLS is nobody's business. */
	if (o->answer != TESTIMONY_OTHER)
		buf_add(&w->body, buf_str(&o->said));
	w->asked += o->answer == TESTIMONY_TLS ||
		    o->answer == TESTIMONY_OTHER || o->answer == TESTIMONY_CUT;
	frame(w, TESTIMONY_SOCKET);
}

static void
put_gaps(struct telling *w, bool no_tcp)
{
	const struct census *c = w->census;
	bool unheld = false;
	size_t i;
	int p;

	for (i = 0; i < w->asker->all.n && c->holders != NULL; i++)
		unheld = unheld || c->holders[i] == CENSUS_NONE;
	for (p = 0; p < TESTIMONY_PLACES; p++) {
		if (c->denied[p] && (p != TESTIMONY_SOCKETS || unheld))
			put_gap(w, (enum testimony_place)p, TESTIMONY_DENIED);
		if (c->limit[p])
			put_gap(w, (enum testimony_place)p, TESTIMONY_LIMIT);
		if (c->late)
			put_gap(w, (enum testimony_place)p, TESTIMONY_LATE);
		if (c->none || (p == TESTIMONY_SOCKETS && no_tcp))
			put_gap(w, (enum testimony_place)p, TESTIMONY_NO_PROC);
	}
}

static void
put_end(struct telling *w)
{

	put32(&w->body, w->asked);
	put32(&w->body, w->census->units);
	put32(&w->body, w->census->environs);
	frame(w, TESTIMONY_END);
}

void
tell_processes(struct census *c, const struct asker *a, struct buf *out)
{
	struct telling w = { .census = c, .asker = a, .out = out };

	buf_init(&w.body, TESTIMONY_FRAME_MAX);
	buf_adds(out, TESTIMONY_MAGIC);
	own_variables(&w);
	put_workloads(&w);
	put_runs_as(&w);
	put_variables(&w);
	buf_free(&w.body);
}

void
tell_sockets(struct census *c, const struct asker *a, bool no_tcp,
    struct buf *out)
{
	struct telling w = { .census = c, .asker = a, .out = out };
	size_t i;

	buf_init(&w.body, TESTIMONY_FRAME_MAX);
	for (i = 0; i < a->all.n; i++)
		put_socket(&w, i);
	put_gaps(&w, no_tcp);
	put_end(&w);
	buf_free(&w.body);
}
