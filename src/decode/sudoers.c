/*
 * A grant for each account that a rule lets act as another, which is root
 * unless the rule says otherwise. ALL commands make data_admin; named commands
 * make data_write, for a command run as root writes what it likes; an alias
 * that another file defines makes unknown. A command that is ruled out takes
 * nothing away: sudoers(5) itself says that exclusion is easily bypassed. That
 * no password is asked is told in the member "nopasswd" of the grant.
 *
 * The files that sudoers includes are read in their places, as one text; a file
 * that is included says nothing when its own turn comes. Three passes, since
 * aliases and defaults may stand after their use.
 */

#include "decode/sudoers.h"

#include "decode/sudogrant.h"
#include "decode/sudospec.h"

struct sudoers {
	const struct decode_in *in;
	struct sudoload load;
	const struct sudoload_line *line; /* at hand */
	struct sudogrants grants;
	struct sudoset set;
	struct sudoset_accounts users, targets, open;
	struct str root; /* key of the account root */
	bool all_open;   /* Defaults !authenticate */
	bool sure;       /* the rule at hand is for all hosts */
};

static int
sudoers_gap(struct sudoers *s, enum gap_reason reason, const char *words,
    struct err *e)
{

	return lines_gap(&s->load.gaps[s->line->file], s->line->at, reason,
	    words, e);
}

/* Take a list with its commas off ${text}. */
static bool
sudoers_list(struct str *text, const char *stop, struct str *list)
{
	struct sudolex_item item;
	struct str start = *text;

	do {
		if (!sudolex_item(text, stop, &item))
			return false;
	} while (sudolex_take(text, ','));
	*list = str_head(start, start.n - text->n);
	return true;
}

static int
sudoers_grant(struct sudoers *s, const struct account *from, struct str to,
    const struct sudospec_runas *r, bool unsure, struct err *e)
{
	struct sudogrant g = { .from = from, .to = to, .line = s->line };

	if (from->uid == 0 || str_eq(from->key, to))
		return MU_OK;
	g.limited = r->all ? TRI_NO : r->unknown ? TRI_UNKNOWN : TRI_YES;
	g.wipes = r->none;
	if (!r->all && !r->some && !r->unknown)
		g.capability = CAP_NONE;
	else if (unsure || (!r->all && r->unknown))
		g.capability = CAP_UNKNOWN;
	else
		g.capability = r->all ? CAP_DATA_ADMIN : CAP_DATA_WRITE;
	g.open = r->open || s->all_open ||
		 (s->open.in != NULL &&
		     s->open.in[from - s->in->host->accounts] == 2);
	g.decides = s->sure && !unsure && (r->all || r->none);
	return sudogrant_add(&s->grants, &g, e);
}

/*
 * Whether ${to} means root. ALL does, even where root is then ruled out: what
 * the others can reach is not known.
 */
static bool
sudoers_means_root(const struct sudoers *s, struct str list,
    const struct sudoset_accounts *to, bool *unsure)
{
	const struct host *h = s->in->host;
	size_t i;

	*unsure = false;
	if (!to->all)
		return to->n == 0 &&
		       (str_eq(list, STR("root")) || str_eq(list, STR("#0")));
	for (i = 0; i < to->n; i++)
		if (to->in[to->touched[i]] == 1 &&
		    h->accounts[to->touched[i]].uid == 0)
			*unsure = true;
	return true;
}

/* Every account of the rule gets what ${r} allows, as each of its targets. */
static int
sudoers_emit(struct sudoers *s, const struct sudospec_runas *r, struct err *e)
{
	const struct account *all = s->in->host->accounts;
	struct sudoset_accounts *u = &s->users, *t = &s->targets;
	bool root, unsure;
	size_t i, k;

	if (!r->all && !r->some && !r->unknown && !r->none)
		return MU_OK;
	sudoset_none(t);
	TRY(sudoset_accounts(&s->set, SUDOSET_RUNAS, r->list, t, e));
	root = sudoers_means_root(s, r->list, t, &unsure);
	for (i = 0; i < u->n; i++) {
		if (u->in[u->touched[i]] != 2)
			continue;
		if (root)
			TRY(sudoers_grant(s, &all[u->touched[i]], s->root, r,
			    unsure, e));
		TRY(sudoset_step(&s->set, t->n + 1, e));
		for (k = 0; k < t->n && !root; k++)
			if (t->in[t->touched[k]] == 2)
				TRY(sudoers_grant(s, &all[u->touched[i]],
				    all[t->touched[k]].key, r, false, e));
	}
	return MU_OK;
}

/* hosts = commands */
static int
sudoers_part(struct sudoers *s, struct str *text, struct err *e)
{
	struct sudospec c;
	struct str hosts;
	bool here;
	size_t i;

	if (!sudoers_list(text, ",=", &hosts) || !sudolex_take(text, '='))
		return MU_EFORMAT;
	TRY(sudoset_here(&s->set, hosts, &here, e));
	s->sure = str_eq(str_trim(hosts), STR("ALL"));
	sudospec_init(&c, *text);
	TRY(sudospec_read(&c, &s->set, e));
	*text = c.text;
	for (i = 0; i < c.n && here; i++)
		TRY(sudoers_emit(s, &c.runas[i], e));
	return MU_OK;
}

/* users hosts = commands : hosts = commands */
static int
sudoers_rule(struct sudoers *s, struct str text, struct err *e)
{
	struct str users;

	if (!sudoers_list(&text, ",=", &users))
		return MU_EFORMAT;
	sudoset_none(&s->users);
	TRY(sudoset_accounts(&s->set, SUDOSET_USER, users, &s->users, e));
	do {
		TRY(sudoers_part(s, &text, e));
	} while (sudolex_take(&text, ':'));
	return text.n == 0 ? MU_OK : MU_EFORMAT;
}

/* "Defaults" with "!authenticate", for all or for some users. */
static int
sudoers_defaults(struct sudoers *s, struct str scope, struct str text,
    struct err *e)
{
	struct str list, word;
	bool open = false;

	if (sudolex_take(&scope, ':'))
		list = scope;
	else
		list = STR_NONE;
	while (text.n != 0) {
		sudolex_until(&text, ",", &word);
		(void)sudolex_take(&text, ',');
		if (sudolex_take(&word, '!'))
			open =
			    open || str_eq(str_trim(word), STR("authenticate"));
	}
	if (!open)
		return MU_OK;
	if (list.n == 0)
		s->all_open = true;
	else
		TRY(sudoset_accounts(&s->set, SUDOSET_USER, list, &s->open, e));
	return MU_OK;
}

/* Whether "NAME =" stands next in ${text}. */
static bool
sudoers_names(struct str text, struct str *name, struct str *rest)
{

	if (!sudolex_word(&text, "=:,", name) || !sudolex_alias(*name) ||
	    !sudolex_take(&text, '='))
		return false;
	*rest = text;
	return true;
}

/* NAME = list : NAME = list. The colons of an IPv6 address end no list. */
static int
sudoers_alias(struct sudoers *s, enum sudoset_kind kind, struct str text,
    struct err *e)
{
	struct str name, body, next;

	while (sudoers_names(text, &name, &text)) {
		body = text;
		do {
			sudolex_until(&text, ":", &next);
			next = str_skip(text, 1);
			text = next;
		} while (text.n != 0 && kind == SUDOSET_HOST &&
			 !sudoers_names(next, &next, &next));
		body = str_head(body, body.n - text.n);
		if (str_ends(body, STR(":")) && text.n != 0)
			body.n--;
		TRY(sudoset_alias(&s->set, kind, name, str_trim(body), e));
		if (text.n == 0)
			return MU_OK;
	}
	return MU_EFORMAT;
}

static const struct {
	const char *word;
	enum sudoset_kind kind;
} sudoers_kinds[] = {
	{ "User_Alias", SUDOSET_USER },
	{ "Runas_Alias", SUDOSET_RUNAS },
	{ "Host_Alias", SUDOSET_HOST },
	{ "Cmnd_Alias", SUDOSET_CMND },
	{ "Cmd_Alias", SUDOSET_CMND },
};

static bool
sudoers_is_defaults(struct str word)
{

	return str_starts(word, STR("Defaults")) &&
	       (word.n == 8 || str_chr(STR("@:!>"), word.p[8]) != SIZE_MAX);
}

/* First pass: aliases. */
static int
sudoers_define(struct sudoers *s, struct str line, struct err *e)
{
	struct str rest = line, word;
	size_t i;

	(void)sudolex_word(&rest, "", &word);
	for (i = 0; i < MU_COUNT(sudoers_kinds); i++)
		if (str_eq(word, str_from(sudoers_kinds[i].word)))
			return sudoers_alias(s, sudoers_kinds[i].kind, rest, e);
	return MU_OK;
}

/* Second pass: defaults. */
static int
sudoers_preset(struct sudoers *s, struct str line, struct err *e)
{
	struct str rest = line, word;

	(void)sudolex_word(&rest, "", &word);
	if (!sudoers_is_defaults(word))
		return MU_OK;
	return sudoers_defaults(s, str_skip(word, 8), rest, e);
}

/* Third pass: rules. */
static int
sudoers_use(struct sudoers *s, struct str line, struct err *e)
{
	struct str rest = line, word;
	size_t i;

	(void)sudolex_word(&rest, "", &word);
	for (i = 0; i < MU_COUNT(sudoers_kinds); i++)
		if (str_eq(word, str_from(sudoers_kinds[i].word)))
			return MU_OK;
	if (sudoers_is_defaults(word))
		return MU_OK;
	return sudoers_rule(s, line, e);
}

/*
 * One pass over all lines by ${take}, which says MU_EFORMAT and leaves the
 * error alone where a line is none of sudoers.
 */
static int
sudoers_pass(struct sudoers *s,
    int (*take)(struct sudoers *s, struct str line, struct err *e),
    struct err *e)
{
	size_t i;
	int got;

	for (i = 0; i < s->load.n; i++) {
		s->line = &s->load.lines[i];
		e->code = MU_OK;
		got = take(s, s->line->text, e);
		if (got == MU_EFORMAT && e->code == MU_OK)
			got = sudoers_gap(s, GAP_MALFORMED,
			    "no rule of sudoers(5)", e);
		TRY(got);
		if (s->set.foreign)
			TRY(sudoers_gap(s, GAP_UNSUPPORTED,
			    "a name here is of a directory or another file",
			    e));
		s->set.foreign = false;
	}
	return MU_OK;
}

/* sudo passes over files in sudoers.d whose name has a dot or ends in "~". */
static bool
sudoers_skipped(struct str path)
{
	size_t slash = str_rchr(path, '/');
	struct str name = slash == SIZE_MAX ? path : str_skip(path, slash + 1);

	return str_find(path, STR("sudoers.d/")) != SIZE_MAX &&
	       (str_chr(name, '.') != SIZE_MAX || str_ends(name, STR("~")));
}

static int
sudoers_all(struct sudoers *s, struct err *e)
{
	struct err why = { 0 };
	size_t i;
	int got;

	TRY(hostinfo_root(s->in->host, s->in->job, &s->root, e));
	TRY(sudoers_pass(s, sudoers_define, e));
	TRY(sudoers_pass(s, sudoers_preset, e));
	/* What was read before an error counts. */
	got = sudoers_pass(s, sudoers_use, e);
	if (got < 0)
		e = &why;
	TRY(sudogrant_put(&s->grants, &s->load, e));
	TRY(got);
	for (i = 0; i < s->load.n_files; i++)
		TRY(lines_done(&s->load.gaps[i], e));
	return MU_OK;
}

static int
sudoers_read(const struct decode_in *in, struct err *e)
{
	AUTO(sudoset) struct sudoset set = { .job = in->job };
	struct sudoers s = { .in = in };
	int got;

	if (sudoers_skipped(in->file->path))
		return MU_OK;
	TRY(got = sudoload_elsewhere(in, e));
	if (got != 0)
		return MU_OK;
	TRY(sudoload_read(in, false, &s.load, e));
	TRY(sudoset_init(&set, in->host, in->job, e));
	s.set = set;
	got = sudoers_all(&s, e);
	sudogrant_free(&s.grants);
	return got;
}

const struct decoder decode_sudoers = {
	.name = "sudoers",
	.place = "os.sudoers",
	.sees = "Which accounts may act as root or another, by sudo",
	.source = "sudoers(5)",
	.max_bytes = SUDOLOAD_BYTES_MAX,
	.read = sudoers_read,
};
