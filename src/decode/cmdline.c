#include "decode/cmdline.h"

#include "base/digest.h"
#include "base/mem.h"
#include "decode/cmdopt.h"
#include "decode/token.h"
#include "decode/unitline.h"

/* A shell in a shell in a unit is followed; no deeper. */
#define CMDLINE_DEPTH_MAX 2

struct cmdline_run {
	const struct decode_in *in;
	const struct cmdline *of;
	const struct cmdwords *w;
	struct str program; /* of the command at hand, without its folder */
	size_t found;
	int depth;
};

static int cmdline_run(struct cmdline_run *r, struct str command,
    enum cmdword_style style, struct err *e);

static enum id_kind
cmdline_kind(struct str label)
{
	size_t i;

	for (i = 0; i + 3 <= label.n; i++)
		if (str_eq_nocase(str_head(str_skip(label, i), 3), STR("key")))
			return ID_API_KEY;
	return ID_TOKEN;
}

int
cmdline_edge(const struct decode_in *in, struct str key,
    const struct cmdline *of, struct err *e)
{
	struct rec r;

	rec_init(&r, REC_EDGE);
	r.edge.kind = EDGE_CONSUMED_BY;
	r.edge.src = key;
	r.edge.dst = of->key;
	TRY(arena_fmt(in->job, &r.edge.evidence, e, STR_FMT ":%zu",
	    STR_ARG(in->file->path), of->line));
	return decode_put(in, &r, e);
}

static bool
cmdline_plain(struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~')
			return str_eq(s, STR("a URL"));
	return s.n != 0;
}

/* The secret ${t}, of which value, cred, label and user are set. */
static int
cmdline_token(const struct decode_in *in, struct token *t,
    const struct cmdline *of, struct str *key, struct err *e)
{

	t->label = str_head(t->label, CMDOPT_NAME_MAX);
	/* What is no plain name is not repeated. */
	if (!cmdline_plain(t->label))
		t->label = STR("an argument");
	TRY(arena_str(in->job, t->label, &t->label, e));
	t->detail = t->label;
	t->kind = cmdline_kind(t->label);
	t->mark = ':';
	t->n = of->line;
	TRY(arena_fmt(in->job, &t->name, e, STR_FMT " of " STR_FMT,
	    STR_ARG(t->label), STR_ARG(of->name)));
	TRY(token_put(in, t, key, e));
	return of->key.n != 0 ? cmdline_edge(in, *key, of, e) : MU_OK;
}

static int
cmdline_count(struct cmdline_run *r, struct err *e)
{

	if (r->found++ == CMDLINE_SECRETS_MAX)
		return err_set(e, MU_ELIMIT,
		    "more than %d secrets in one command", CMDLINE_SECRETS_MAX);
	return MU_OK;
}

static int
cmdline_put(struct cmdline_run *r, struct str label, struct str value,
    enum cred_kind cred, struct err *e)
{
	struct token t = { .label = label, .value = value, .cred = cred };
	struct str key;

	TRY(cmdline_count(r, e));
	return cmdline_token(r->in, &t, r->of, &key, e);
}

/* The part of ${s} behind its first colon: "user:password". */
static int
cmdline_login(struct cmdline_run *r, struct str label, struct str s,
    struct err *e)
{
	struct str user, pass;

	if (!str_cut(s, ':', &user, &pass) || !cmdopt_value(pass))
		return MU_OK;
	return cmdline_put(r, label, pass, CRED_PASSWORD, e);
}

/* The password of a URL, and its parameters with a telling name. */
static int
cmdline_url(struct cmdline_run *r, struct str word, struct err *e)
{
	struct token t = { .label = STR("a URL"), .mark = ':' };
	struct str pair, rest, name, value, key;
	struct token_url u;

	if (!token_url(word, &u))
		return MU_OK;
	t.n = r->of->line;
	t.detail = t.label;
	if (cmdopt_value(u.pass) && str_chr(u.host, CMDWORD_HOLE) == SIZE_MAX &&
	    str_chr(u.user, CMDWORD_HOLE) == SIZE_MAX &&
	    str_chr(u.path, CMDWORD_HOLE) == SIZE_MAX) {
		TRY(cmdline_count(r, e));
		TRY(token_put_login(r->in, &u, &t, &key, e));
		TRY(cmdline_edge(r->in, key, r->of, e));
	} else if (cmdopt_value(u.pass)) {
		TRY(cmdline_put(r, t.label, u.pass, CRED_PASSWORD, e));
	}
	for (rest = u.query; rest.n != 0;) {
		(void)str_cut(rest, '&', &pair, &rest);
		if (str_cut(pair, '=', &name, &value) && token_named(name) &&
		    str_utf8(name) && cmdopt_value(value))
			TRY(cmdline_put(r, name, value, CRED_TOKEN, e));
	}
	return MU_OK;
}

/*= RFC 7617: Basic and base64 of user, colon, password. */
static int
cmdline_basic(struct cmdline_run *r, struct str coded, struct err *e)
{
	AUTO(buf) struct buf plain = { 0 };
	int code = MU_OK;

	buf_init(&plain, coded.n);
	if (digest_unbase64(coded, &plain))
		code =
		    cmdline_login(r, STR("Authorization"), buf_str(&plain), e);
	if (plain.p != NULL)
		mem_wipe(plain.p, plain.room);
	return code;
}

/* A header "Name: value". */
static int
cmdline_header(struct cmdline_run *r, struct str s, struct err *e)
{
	static const char *const schemes[] = { "Bearer", "token", "ApiKey",
		"Api-Key" };
	struct str name, value, word, rest;
	size_t i;

	if (!str_cut(s, ':', &name, &value) || !token_named(name) ||
	    !str_utf8(name))
		return MU_OK;
	value = rest = str_trim(value);
	(void)str_word(&rest, &word);
	rest = str_trim(rest);
	if (str_eq_nocase(word, STR("Basic")))
		return cmdline_basic(r, rest, e);
	for (i = 0; i < MU_COUNT(schemes) && rest.n != 0; i++)
		if (str_eq_nocase(word, str_from(schemes[i])))
			value = rest;
	if (str_chr(value, ' ') != SIZE_MAX || !cmdopt_value(value))
		return MU_OK;
	return cmdline_put(r, name, value, CRED_TOKEN, e);
}

/* A short option of a program that takes a secret by one. */
static int
cmdline_short(struct cmdline_run *r, size_t i, struct err *e)
{
	struct str option, value;
	bool login;

	if (!cmdopt_short(r->program, cmdword_str(r->w, i),
		cmdword_str(r->w, i + 1), &option, &value, &login))
		return MU_OK;
	if (login)
		return cmdline_login(r, option, value, e);
	if (!cmdopt_value(value))
		return MU_OK;
	return cmdline_put(r, option, value, CRED_PASSWORD, e);
}

/* "pass:X" of openssl; others of its forms say where the password is. */
static int
cmdline_openssl(struct cmdline_run *r, struct str word, struct err *e)
{

	if (!str_eq(r->program, STR("openssl")) ||
	    !str_starts(word, STR("pass:")) || !cmdopt_value(str_skip(word, 5)))
		return MU_OK;
	return cmdline_put(r, STR("pass:"), str_skip(word, 5), CRED_PASSWORD,
	    e);
}

/* An option with its value, glued by "=" or in the next word. */
static int
cmdline_long(struct cmdline_run *r, size_t i, struct err *e)
{
	struct str word = cmdword_str(r->w, i), option, value, name;
	bool glued = str_cut(word, '=', &option, &value);
	enum cred_kind cred;

	if (!cmdopt_name(option, &name))
		return MU_OK;
	if (!glued)
		value = cmdword_str(r->w, i + 1);
	if (str_eq(option, STR("--header")))
		return cmdline_header(r, value, e);
	if (!cmdopt_telling(name) ||
	    (!glued &&
		(cmdopt_flag(r->program, name) || str_starts(value, STR("-")) ||
		    (i + 1 < r->w->n && r->w->v[i + 1].begins))) ||
	    (glued && cmdopt_flag(r->program, name) &&
		str_eq_nocase(name, STR("secret"))))
		return MU_OK;
	/* openssl's own form is looked at as a word of its own. */
	if (str_starts(value, STR("pass:")) || !cmdopt_value(value))
		return MU_OK;
	cred = str_find(name, STR("pass")) != SIZE_MAX ? CRED_PASSWORD :
							 CRED_TOKEN;
	return cmdline_put(r, option, value, cred, e);
}

static int
cmdline_word(struct cmdline_run *r, size_t i, struct err *e)
{
	struct str word = cmdword_str(r->w, i), name, value;
	size_t at = str_find(word, STR("://")), cut;

	if (at != SIZE_MAX) {
		/* "--dsn=postgres://..." */
		cut = str_rchr(str_head(word, at), '=');
		return cmdline_url(r, str_skip(word, cut + 1), e);
	}
	if (cmdopt_assigns(word, &name, &value)) {
		if (!token_named(name) || !cmdopt_value(value))
			return MU_OK;
		return cmdline_put(r, name, value, CRED_TOKEN, e);
	}
	if (str_eq(word, STR("-H")))
		return cmdline_header(r, cmdword_str(r->w, i + 1), e);
	TRY(cmdline_openssl(r, word, e));
	TRY(cmdline_long(r, i, e));
	return cmdline_short(r, i, e);
}

static struct str
cmdline_base(struct str word)
{
	size_t slash = str_rchr(word, '/');

	return slash == SIZE_MAX ? word : str_skip(word, slash + 1);
}

/* Which program the words from ${i} on are of. */
static void
cmdline_enter(struct cmdline_run *r, size_t i)
{
	struct str word = cmdword_str(r->w, i), name, value;

	if (r->w->v[i].begins)
		r->program = STR_NONE;
	if ((r->program.n != 0 && !cmdopt_wraps(r->program)) ||
	    str_starts(word, STR("-")) || cmdopt_assigns(word, &name, &value))
		return;
	/* What a wrapper takes as a value is no program that matters. */
	word = cmdline_base(word);
	if (r->program.n == 0 || cmdopt_known(word))
		r->program = word;
}

static int
cmdline_words(struct cmdline_run *r, struct err *e)
{
	struct str word;
	size_t i;

	for (i = 0; i < r->w->n; i++) {
		cmdline_enter(r, i);
		word = cmdword_str(r->w, i);
		/* "sh -c 'commands'", also "-ec" and "-lc"; su's "-c". */
		if (cmdopt_shell(r->program) && str_starts(word, STR("-")) &&
		    word.n < 8 && str_ends(word, STR("c"))) {
			TRY(cmdline_run(r, cmdword_str(r->w, i + 1),
			    CMDWORD_SHELL, e));
			i++;
			continue;
		}
		TRY(cmdline_word(r, i, e));
	}
	return MU_OK;
}

static int
cmdline_run(struct cmdline_run *r, struct str command, enum cmdword_style style,
    struct err *e)
{
	const struct cmdwords *outer = r->w;
	AUTO(buf) struct buf b = { 0 };
	struct str program = r->program;
	struct cmdwords *w;
	int code;

	if (r->depth == CMDLINE_DEPTH_MAX || command.n == 0)
		return MU_OK;
	w = arena_take(r->in->job, 1, sizeof(*w));
	if (w == NULL)
		return err_set(e, MU_ELIMIT, "no room for a command");
	buf_init(&b, UNITLINE_LINE_MAX);
	cmdword_split(command, style, &b, w);
	r->w = w;
	r->depth++;
	r->program = STR_NONE;
	code = cmdline_words(r, e);
	r->depth--;
	r->program = program;
	r->w = outer;
	if (b.p != NULL)
		mem_wipe(b.p, b.room);
	return code;
}

int
cmdline_secrets(const struct decode_in *in, struct str command,
    const struct cmdline *of, struct err *e)
{
	struct cmdline_run r = { .in = in, .of = of };

	return cmdline_run(&r, command, of->style, e);
}

int
cmdline_setting(const struct decode_in *in, struct str name, struct str value,
    const struct cmdline *of, struct str *key, struct err *e)
{
	struct token t = { .label = name, .value = value, .cred = CRED_TOKEN };

	*key = STR_NONE;
	if (!token_named(name) || str_has_nul(name) || !str_utf8(name) ||
	    !cmdopt_value(value))
		return MU_OK;
	return cmdline_token(in, &t, of, key, e);
}
