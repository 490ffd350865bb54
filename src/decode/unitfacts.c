#include "decode/unitfacts.h"

#include "decode/hostinfo.h"

/* One walk over the files: where it is. */
struct unitfacts_walk {
	const struct unitload *load;
	struct unitfacts *f;
	size_t seq; /* lines so far, in all files */
};

/* A value as a text that a record can hold: up to a zero byte. */
static int
unitfacts_text(const struct unitfacts_walk *w, struct str value,
    struct str *out, struct err *e)
{
	struct str rest;

	(void)str_cut(value, '\0', &value, &rest);
	return arena_str(w->load->files[0].job,
	    str_head(value, UNITFACTS_TEXT_MAX), out, e);
}

static int
unitfacts_description(struct unitfacts_walk *w, struct str value, struct err *e)
{

	return unitfacts_text(w, value, &w->f->purpose, e);
}

static int
unitfacts_user(struct unitfacts_walk *w, struct str value, struct err *e)
{

	w->f->user_set = true;
	return unitfacts_text(w, value, &w->f->user, e);
}

/* A word that is neither yes nor no changes nothing, as in systemd. */
static void
unitfacts_bool(bool *b, struct str value)
{

	if (unitline_yes(value))
		*b = true;
	else if (unitline_no(value))
		*b = false;
}

static int
unitfacts_dynamic(struct unitfacts_walk *w, struct str value, struct err *e)
{

	(void)e;
	unitfacts_bool(&w->f->dynamic, value);
	return MU_OK;
}

static int
unitfacts_nonew(struct unitfacts_walk *w, struct str value, struct err *e)
{

	(void)e;
	unitfacts_bool(&w->f->nonew, value);
	return MU_OK;
}

/* "" is no capability at all; "~" alone is all of them again. */
static int
unitfacts_caps(struct unitfacts_walk *w, struct str value, struct err *e)
{

	(void)e;
	w->f->caps = !str_eq(value, STR("~"));
	return MU_OK;
}

static int
unitfacts_strict(struct unitfacts_walk *w, struct str value, struct err *e)
{

	(void)e;
	if (str_eq(value, STR("strict")))
		w->f->strict = true;
	else if (str_eq(value, STR("full")) || unitline_yes(value) ||
		 unitline_no(value))
		w->f->strict = false;
	return MU_OK;
}

static const struct {
	const char *section, *name;
	int (*take)(struct unitfacts_walk *w, struct str value, struct err *e);
} unitfacts_names[] = {
	{ "Service", "CapabilityBoundingSet", unitfacts_caps },
	{ "Service", "DynamicUser", unitfacts_dynamic },
	{ "Service", "NoNewPrivileges", unitfacts_nonew },
	{ "Service", "ProtectSystem", unitfacts_strict },
	{ "Service", "User", unitfacts_user },
	{ "Unit", "Description", unitfacts_description },
};

static const struct {
	const char *name;
	bool command;
} unitfacts_lists[UNITFACTS_LISTS] = {
	[UNITFACTS_ENVIRONMENT] = { "Environment", false },
	[UNITFACTS_ENVIRONMENT_FILE] = { "EnvironmentFile", false },
	[UNITFACTS_SET_CREDENTIAL] = { "SetCredential", false },
	[UNITFACTS_EXEC_CONDITION] = { "ExecCondition", true },
	[UNITFACTS_EXEC_START_PRE] = { "ExecStartPre", true },
	[UNITFACTS_EXEC_START] = { "ExecStart", true },
	[UNITFACTS_EXEC_START_POST] = { "ExecStartPost", true },
	[UNITFACTS_EXEC_RELOAD] = { "ExecReload", true },
	[UNITFACTS_EXEC_STOP] = { "ExecStop", true },
	[UNITFACTS_EXEC_STOP_POST] = { "ExecStopPost", true },
};

/* Prefixes of a command: systemd.service(5), table 2. */
static bool
unitfacts_full(struct str s)
{

	while (s.n != 0 && str_chr(STR("@-:|"), s.p[0]) != SIZE_MAX)
		s = str_skip(s, 1);
	return s.n != 0 && (s.p[0] == '+' || s.p[0] == '!');
}

/* The list that the line ${l} adds to, or UNITFACTS_LISTS. */
static enum unitfacts_list
unitfacts_list_of(const struct unitline *l)
{
	size_t i;

	if (strcmp(l->section, "Service") != 0)
		return UNITFACTS_LISTS;
	for (i = 0; i < UNITFACTS_LISTS; i++)
		if (str_eq(l->name, str_from(unitfacts_lists[i].name)))
			break;
	return (enum unitfacts_list)i;
}

/* First walk: one line. */
static int
unitfacts_take(struct unitfacts_walk *w, const struct unitline *l,
    struct err *e)
{
	enum unitfacts_list list = unitfacts_list_of(l);
	size_t i;

	w->f->service = w->f->service || strcmp(l->section, "Service") == 0;
	if (list != UNITFACTS_LISTS && l->value.n == 0) {
		w->f->emptied[list] = w->seq;
		w->f->full[list] = false;
	} else if (list != UNITFACTS_LISTS && unitfacts_lists[list].command) {
		w->f->full[list] = w->f->full[list] || unitfacts_full(l->value);
	}
	for (i = 0; i < MU_COUNT(unitfacts_names); i++)
		if (strcmp(l->section, unitfacts_names[i].section) == 0 &&
		    str_eq(l->name, str_from(unitfacts_names[i].name)))
			TRY(unitfacts_names[i].take(w, l->value, e));
	return MU_OK;
}

static int
unitfacts_file(struct unitfacts_walk *w, const struct decode_in *in,
    struct err *e)
{
	AUTO(unitline) struct unitline l;
	int got;

	unitline_init(&l, in, UNITLINE_LINE_MAX);
	for (;;) {
		TRY(got = unitline_next(&l, false, e));
		if (got == 0)
			return MU_OK;
		w->seq++;
		TRY(unitfacts_take(w, &l, e));
	}
}

int
unitfacts_read(const struct unitload *l, struct unitfacts *out, struct err *e)
{
	struct unitfacts_walk w = { .load = l, .f = out };
	size_t i;

	*out = (struct unitfacts){ .context = l->files[0].file->context };
	for (i = 0; i < l->n; i++) {
		TRY(unitfacts_file(&w, &l->files[i], e));
		/* One file of the machine's own makes it no package's unit. */
		if (l->files[i].file->context.n == 0)
			out->context = STR_NONE;
	}
	return MU_OK;
}

int
unitfacts_each(const struct unitload *l, const struct unitfacts *f,
    unitfacts_fn fn, void *cookie, struct err *e)
{
	enum unitfacts_list list;
	size_t i, seq = 0;
	int got;

	for (i = 0; i < l->n; i++) {
		AUTO(unitline) struct unitline line;

		unitline_init(&line, &l->files[i], UNITLINE_LINE_MAX);
		for (;;) {
			TRY(got = unitline_next(&line, false, e));
			if (got == 0)
				break;
			list = unitfacts_list_of(&line);
			if (++seq <= (list == UNITFACTS_LISTS ?
					     SIZE_MAX :
					     f->emptied[list]))
				continue;
			TRY(fn(cookie, list, &l->files[i], &line, e));
		}
	}
	return MU_OK;
}

const struct account *
unitfacts_account(const struct unitfacts *f, const struct host *h)
{
	int64_t uid;

	if (f->user.n == 0)
		return host_user(h, 0);
	if (hostinfo_number(f->user, &uid))
		return host_user(h, uid);
	return host_named(h, f->user);
}
