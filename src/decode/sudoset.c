#include "decode/sudoset.h"

#include <stdio.h>

#include "base/mem.h"

/* To look at an account takes a fraction of what a step may. */
#define SUDOSET_SCAN(n) ((n) / 32 + 1)

/* Steps for one member of a list: it is looked up by several names. */
#define SUDOSET_ITEM 8

void
sudoset_free(struct sudoset *s)
{

	map_free(TAKE(s->names));
	map_free(TAKE(s->groups));
	map_free(TAKE(s->aliases));
}

int
sudoset_init(struct sudoset *s, const struct host *host, struct arena *job,
    struct err *e)
{
	size_t i = host->n_groups;

	*s = (struct sudoset){ .job = job, .host = host };
	s->names = hostinfo_index(host);
	s->groups = map_new(HOST_GROUPS_MAX);
	s->aliases = map_new(SUDOSET_ALIASES_MAX);
	while (i-- > 0)
		MU_ASSERT(map_put(s->groups, host->groups[i].name, i, NULL) >=
			  0);
	s->bodies = arena_take(job, SUDOSET_ALIASES_MAX, sizeof(*s->bodies));
	return s->bodies != NULL ? MU_OK :
				   err_set(e, MU_ELIMIT, "no room for aliases");
}

/* "u:NAME" in ${room}, which holds 260 bytes; longer names are cut. */
static struct str
sudoset_key(enum sudoset_kind kind, struct str name, char room[260])
{
	int n = snprintf(room, 260, "%d:" STR_FMT, (int)kind,
	    STR_ARG(str_head(name, 255)));

	return str_of(room, (size_t)n);
}

int
sudoset_alias(struct sudoset *s, enum sudoset_kind kind, struct str name,
    struct str body, struct err *e)
{
	char room[260];
	struct str key = sudoset_key(kind, name, room);
	uint64_t had;

	if (map_get(s->aliases, key, &had))
		return 0;
	if (map_put(s->aliases, key, s->n_bodies, NULL) < 0)
		return err_set(e, MU_ELIMIT, "more than %d aliases",
		    SUDOSET_ALIASES_MAX);
	s->bodies[s->n_bodies++] = body;
	return 1;
}

bool
sudoset_body(const struct sudoset *s, enum sudoset_kind kind, struct str name,
    struct str *body)
{
	char room[260];
	uint64_t i;

	if (!sudolex_alias(name) ||
	    !map_get(s->aliases, sudoset_key(kind, name, room), &i))
		return false;
	*body = s->bodies[i];
	return true;
}

int
sudoset_step(struct sudoset *s, size_t n, struct err *e)
{

	s->steps += n;
	if (s->steps <= SUDOSET_STEPS_MAX)
		return MU_OK;
	return err_set(e, MU_ELIMIT, "the rules multiply to more than %d steps",
	    SUDOSET_STEPS_MAX);
}

static int
sudoset_mark(struct sudoset *s, struct sudoset_accounts *out, size_t i, bool in,
    struct err *e)
{
	size_t *wider;

	TRY(sudoset_step(s, 1, e));
	if (out->in[i] == 0) {
		if (out->n == out->room) {
			out->room = out->room * 2 + 16;
			wider = arena_take(s->job, out->room, sizeof(*wider));
			if (wider == NULL)
				return err_set(e, MU_ELIMIT, "no room");
			mem_copy(wider, out->room * sizeof(*wider),
			    out->touched, out->n * sizeof(*wider));
			out->touched = wider;
		}
		out->touched[out->n++] = i;
	}
	out->in[i] = in ? 2 : 1;
	return MU_OK;
}

/* Each account with ${uid}: several names may share it. */
static int
sudoset_uid(struct sudoset *s, struct sudoset_accounts *out, struct str number,
    bool in, struct err *e)
{
	int64_t uid;
	size_t i;

	if (!hostinfo_number(number, &uid))
		return MU_OK;
	TRY(sudoset_step(s, SUDOSET_SCAN(s->host->n_accounts), e));
	for (i = 0; i < s->host->n_accounts; i++)
		if (s->host->accounts[i].uid == uid)
			TRY(sudoset_mark(s, out, i, in, e));
	return MU_OK;
}

/* Those on the list of ${g}, and those whose primary group it is. */
static int
sudoset_group(struct sudoset *s, struct sudoset_accounts *out,
    const struct group *g, bool in, struct err *e)
{
	struct str left = g->members, name;
	uint64_t at;
	size_t i;

	while (left.n != 0) {
		(void)str_cut(left, ',', &name, &left);
		TRY(sudoset_step(s, 1, e));
		if (map_get(s->names, str_trim(name), &at))
			TRY(sudoset_mark(s, out, at, in, e));
	}
	TRY(sudoset_step(s, SUDOSET_SCAN(s->host->n_accounts), e));
	for (i = 0; i < s->host->n_accounts; i++)
		if (s->host->accounts[i].gid == g->gid)
			TRY(sudoset_mark(s, out, i, in, e));
	return MU_OK;
}

static int
sudoset_percent(struct sudoset *s, struct sudoset_accounts *out,
    struct str word, bool in, struct err *e)
{
	const struct host *h = s->host;
	int64_t gid;
	uint64_t at;
	size_t i;

	TRY(sudolex_plain(word, s->job, &word, e));
	if (str_starts(word, STR(":"))) {
		s->foreign = true;
		return MU_OK;
	}
	if (!str_starts(word, STR("#")))
		return map_get(s->groups, word, &at) ?
			   sudoset_group(s, out, &h->groups[at], in, e) :
			   MU_OK;
	if (!hostinfo_number(str_skip(word, 1), &gid))
		return MU_OK;
	TRY(sudoset_step(s, SUDOSET_SCAN(h->n_groups), e));
	for (i = 0; i < h->n_groups; i++)
		if (h->groups[i].gid == gid)
			TRY(sudoset_group(s, out, &h->groups[i], in, e));
	return MU_OK;
}

static int
sudoset_all(struct sudoset *s, enum sudoset_kind kind,
    struct sudoset_accounts *out, bool in, struct err *e)
{
	size_t i;

	out->all = in;
	if (kind == SUDOSET_RUNAS)
		return MU_OK;
	for (i = 0; i < s->host->n_accounts; i++)
		TRY(sudoset_mark(s, out, i, in, e));
	return MU_OK;
}

static int
sudoset_name(struct sudoset *s, struct sudoset_accounts *out, struct str word,
    bool in, struct err *e)
{
	uint64_t at;

	if (str_starts(word, STR("\"%")) || str_starts(word, STR("\"#")) ||
	    str_starts(word, STR("\"+"))) {
		/* A quote may stand before the mark as well as after it. */
		TRY(sudolex_plain(word, s->job, &word, e));
	}
	switch (word.n != 0 ? word.p[0] : '\0') {
	case '#':
		return sudoset_uid(s, out, str_skip(word, 1), in, e);
	case '%':
		return sudoset_percent(s, out, str_skip(word, 1), in, e);
	case '+':
		s->foreign = true;
		return MU_OK;
	default:
		s->foreign = s->foreign || sudolex_alias(word);
		TRY(sudolex_plain(word, s->job, &word, e));
		return map_get(s->names, word, &at) ?
			   sudoset_mark(s, out, at, in, e) :
			   MU_OK;
	}
}

static int
sudoset_list(struct sudoset *s, enum sudoset_kind kind, struct str list,
    bool in, int depth, struct sudoset_accounts *out, struct err *e)
{
	struct sudolex_item item;
	struct str body;
	bool yes;

	if (depth > SUDOSET_DEPTH_MAX)
		return err_set(e, MU_ELIMIT, "aliases nest deeper than %d",
		    SUDOSET_DEPTH_MAX);
	while (sudolex_item(&list, ",", &item)) {
		TRY(sudoset_step(s, SUDOSET_ITEM, e));
		yes = in != item.negated;
		if (str_eq(item.word, STR("ALL")))
			TRY(sudoset_all(s, kind, out, yes, e));
		else if (sudoset_body(s, kind, item.word, &body))
			TRY(sudoset_list(s, kind, body, yes, depth + 1, out,
			    e));
		else
			TRY(sudoset_name(s, out, item.word, yes, e));
		if (!sudolex_take(&list, ','))
			break;
	}
	return MU_OK;
}

void
sudoset_none(struct sudoset_accounts *out)
{
	size_t i;

	for (i = 0; i < out->n; i++)
		out->in[out->touched[i]] = 0;
	out->n = 0;
	out->all = false;
}

int
sudoset_accounts(struct sudoset *s, enum sudoset_kind kind, struct str list,
    struct sudoset_accounts *out, struct err *e)
{

	if (out->in == NULL) {
		out->in = arena_take(s->job, s->host->n_accounts, 1);
		if (out->in == NULL)
			return err_set(e, MU_ELIMIT, "no room for accounts");
	}
	return sudoset_list(s, kind, list, true, 0, out, e);
}

/* Whether ${word} is this machine; unknown for what only a network tells. */
static enum tri
sudoset_machine(const struct sudoset *s, struct str word)
{
	struct str name = s->host->name, first, rest;

	if (str_eq(word, STR("ALL")))
		return TRI_YES;
	(void)str_cut(name, '.', &first, &rest);
	if (str_eq_nocase(word, name) || str_eq_nocase(word, first))
		return TRI_YES;
	/* Without a machine-id, or under another name, the name is not sure. */
	if (str_starts(s->host->key, STR("host:name:")) || sudolex_alias(word))
		return TRI_UNKNOWN;
	if (word.n != 0 && word.p[0] >= '0' && word.p[0] <= '9')
		return TRI_UNKNOWN;
	for (rest = word; rest.n != 0; rest = str_skip(rest, 1))
		if (str_chr(STR("+*?[:/"), rest.p[0]) != SIZE_MAX)
			return TRI_UNKNOWN;
	return TRI_NO;
}

static int
sudoset_hosts(struct sudoset *s, struct str list, bool in, int depth,
    bool *here, struct err *e)
{
	struct sudolex_item item;
	struct str body;
	enum tri is;
	bool yes;

	if (depth > SUDOSET_DEPTH_MAX)
		return err_set(e, MU_ELIMIT, "aliases nest deeper than %d",
		    SUDOSET_DEPTH_MAX);
	while (sudolex_item(&list, ",=", &item)) {
		TRY(sudoset_step(s, SUDOSET_ITEM, e));
		yes = in != item.negated;
		is = sudoset_machine(s, item.word);
		if (sudoset_body(s, SUDOSET_HOST, item.word, &body))
			TRY(sudoset_hosts(s, body, yes, depth + 1, here, e));
		else if (is == TRI_YES || (is == TRI_UNKNOWN && yes))
			*here = yes;
		if (!sudolex_take(&list, ','))
			break;
	}
	return MU_OK;
}

int
sudoset_here(struct sudoset *s, struct str list, bool *here, struct err *e)
{

	*here = false;
	return sudoset_hosts(s, list, true, 0, here, e);
}
