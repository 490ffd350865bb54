#include "decode/pick.h"
#include "decode/variable.h"

#include "base/digest.h"

#define PICK_PATH_MAX 1024

/* How the secret of one rule was found, for the texts around it. */
struct hit {
	const struct pick *rule;
	const struct pick_node *node;
	struct str star;
};

void
pick_free(struct pick_list *l)
{

	vec_free(&l->nodes);
}

int
pick_add(struct pick_list *l, struct str path, struct str value, size_t line,
    struct err *e)
{

	if (!vec_push(&l->nodes, PICK_NODES_MAX,
		(struct pick_node){ path, value, line }))
		return err_set(e, MU_ELIMIT, "more than %d values",
		    PICK_NODES_MAX);
	return MU_OK;
}

static char
pick_fold(char c)
{

	return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* Stars match any run, ASCII case is folded; backtracks to the last star. */
static bool
pick_stars(struct str pat, struct str s)
{
	size_t p = 0, i = 0, star = SIZE_MAX, mark = 0;

	while (i < s.n) {
		if (p < pat.n && pat.p[p] == '*') {
			star = p++;
			mark = i;
		} else if (p < pat.n &&
			   pick_fold(pat.p[p]) == pick_fold(s.p[i])) {
			p++;
			i++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			i = ++mark;
		} else {
			return false;
		}
	}
	while (p < pat.n && pat.p[p] == '*')
		p++;
	return p == pat.n;
}

/* One component. What a single star matched is given; with more of them it is
 * the component whole. */
static bool
pick_part(struct str pat, struct str s, struct str *star, bool *starred)
{
	size_t at = str_chr(pat, '*'), tail;

	if (!pick_stars(pat, s))
		return false;
	if (at == SIZE_MAX || *starred)
		return true;
	*starred = true;
	*star = s;
	tail = pat.n - at - 1;
	if (str_rchr(pat, '*') == at)
		*star = str_head(str_skip(s, at), s.n - at - tail);
	return true;
}

bool
pick_match(struct str pattern, struct str path, struct str *star)
{
	struct str p, s;
	bool starred = false, more_p = true, more_s = true;

	*star = STR_NONE;
	while (more_p && more_s) {
		more_p = str_cut(pattern, '.', &p, &pattern);
		more_s = str_cut(path, PICK_SEP, &s, &path);
		if (!pick_part(p, s, star, &starred))
			return false;
	}
	return !more_p && !more_s;
}

/* Whether ${pattern} begins as ${path} does; ${inside}: and goes on. */
static bool
pick_begins(struct str pattern, struct str path, bool inside)
{
	struct str p, s, star;
	bool starred = false, more_p = true, more_s = path.n != 0;

	while (more_s) {
		if (!more_p)
			return false;
		more_p = str_cut(pattern, '.', &p, &pattern);
		more_s = str_cut(path, PICK_SEP, &s, &path);
		if (!pick_part(p, s, &star, &starred))
			return false;
	}
	return more_p || !inside;
}

bool
pick_reaches(const struct pick *picks, struct str path, bool inside)
{
	const struct pick *p;

	for (p = picks; p != NULL && p->secret != NULL; p++)
		if (pick_begins(str_from(p->secret), path, inside))
			return true;
	return false;
}

/* The value at ${path} with the same star as the secret's, or "": of several
 * the last up to the secret's own line, else the first. A text that begins
 * with "=" is meant as it stands. */
static struct str
pick_other(const struct pick_list *l, const char *path, struct str star)
{
	const struct pick_node *best = NULL, *node;
	struct str other, pattern = str_from(path);
	bool plain = str_chr(pattern, '*') == SIZE_MAX;
	size_t i;

	if (pattern.n == 0)
		return STR_NONE;
	if (path[0] == '=')
		return str_from(path + 1);
	for (i = 0; i < l->nodes.n; i++) {
		node = &l->nodes.v[i];
		if (best != NULL && node->line > l->at)
			break;
		/* Most are passed by with two looks. */
		if (plain &&
		    (node->path.n != pattern.n ||
			pick_fold(node->path.p[0]) != pick_fold(path[0])))
			continue;
		if (pick_match(pattern, node->path, &other) &&
		    str_eq(other, star))
			best = node;
	}
	if (best != NULL)
		return best->value;
	return strcmp(path, "{*}") == 0 ? star : STR_NONE;
}

bool
pick_secret(struct str v)
{
	static const char *const words[] = { "true", "false", "yes", "no", "on",
		"off", "none", "null", "nil", "undefined", "todo", "xxx",
		"xxxx", "xxxxx", "redacted", "your_password", "your-password",
		"your_token", "your-token", "your_api_key", "~" };
	static const struct {
		const char *head, *tail;
	} marks[] = {
		{ "${", "}" },
		{ "$(", ")" },
		{ "{{", "}}" },
		{ "<", ">" },
		{ "%(", ")s" },
		{ "%", "%" },
		{ "vault:", "" },
		{ "!vault", "" },
		{ "op://", "" },
		{ "file://", "" },
		{ "/run/secrets/", "" },
		{ "arn:aws:secretsmanager:", "" },
		{ "os.environ/", "" },
		{ "ENC[", "]" },
		{ "{credential ", "}" },
	};
	size_t i;

	if (v.n == 0)
		return false;
	for (i = 0; i < MU_COUNT(words); i++)
		if (str_eq_nocase(v, str_from(words[i])))
			return false;
	for (i = 0; i < MU_COUNT(marks); i++)
		if (str_starts(v, str_from(marks[i].head)) &&
		    str_ends(v, str_from(marks[i].tail)))
			return false;
	/* The public half of a pair of AWS. */
	if (v.n == 20 && str_starts(v, STR("AKIA")))
		return false;
	for (i = 1; i < v.n && v.p[0] == '$'; i++)
		if (!(v.p[i] >= 'A' && v.p[i] <= 'Z') && v.p[i] != '_' &&
		    !(v.p[i] >= '0' && v.p[i] <= '9'))
			return true;
	return v.p[0] != '$';
}

enum weak
pick_weak(struct str value, struct str user)
{
	static const char *const common[] = { "123456", "12345678", "123456789",
		"password", "password1", "passw0rd", "qwerty", "letmein",
		"welcome", "secret", "test", "guest", "master", "qwerty123",
		"abc123", "111111", "iloveyou" };
	static const char *const defaults[] = { "admin", "administrator",
		"root", "toor", "default", "changeme", "change-me", "public",
		"private", "postgres", "mysql", "example", "testing123" };
	size_t i;

	if (value.n == 0)
		return WEAK_BLANK;
	if (user.n != 0 && str_eq_nocase(value, user))
		return WEAK_SAME_AS_USER;
	for (i = 0; i < MU_COUNT(defaults); i++)
		if (str_eq_nocase(value, str_from(defaults[i])))
			return WEAK_DEFAULT;
	for (i = 0; i < MU_COUNT(common); i++)
		if (str_eq_nocase(value, str_from(common[i])))
			return WEAK_COMMON;
	return WEAK_NONE;
}

/* The first host of "ldaps://a.example.com/ ldaps://b.example.com/". */
static struct str
pick_host(struct str s)
{
	size_t at = str_find(s, STR("://")), i;

	if (at == SIZE_MAX)
		return s;
	s = str_skip(s, at + 3);
	for (i = 0; i < s.n; i++)
		if (str_chr(STR("/, \"']"), s.p[i]) != SIZE_MAX)
			return str_head(s, i);
	return s;
}

/* "smtp ada at mail.example.com": a login that the rule has no name for. */
static int
pick_login_name(const struct decode_in *in, const struct pick_list *l,
    const struct hit *h, struct str *out, struct err *e)
{
	const struct pick *p = h->rule;
	struct str user = pick_other(l, p->user, h->star);
	struct str host = pick_host(pick_other(l, p->host, h->star));

	return arena_fmt(in->job, out, e, STR_FMT "%s" STR_FMT "%s" STR_FMT,
	    STR_ARG(pick_other(l, p->scheme, h->star)), user.n != 0 ? " " : "",
	    STR_ARG(str_head(user, PICK_PATH_MAX)),
	    host.n == 0 ? "" :
	    user.n != 0 ? " at " :
			  " ",
	    STR_ARG(str_head(host, PICK_PATH_MAX)));
}

static int
pick_name(const struct decode_in *in, const struct pick_list *l,
    const struct hit *h, struct str *out, struct err *e)
{
	struct str name = str_from(h->rule->name), last;
	size_t at = str_find(name, STR("{*}"));

	if (h->rule->name == NULL &&
	    pick_other(l, h->rule->user, h->star).n +
		    pick_other(l, h->rule->host, h->star).n !=
		0)
		return pick_login_name(in, l, h, out, e);
	if (h->rule->name == NULL) {
		at = str_rchr(h->node->path, PICK_SEP);
		last = at == SIZE_MAX ? h->node->path :
					str_skip(h->node->path, at + 1);
		return arena_fmt(in->job, out, e, STR_FMT " in " STR_FMT,
		    STR_ARG(last), STR_ARG(in->file->path));
	}
	if (at == SIZE_MAX)
		return arena_str(in->job, name, out, e);
	return arena_fmt(in->job, out, e, STR_FMT STR_FMT STR_FMT,
	    STR_ARG(str_head(name, at)), STR_ARG(h->star),
	    STR_ARG(str_skip(name, at + 3)));
}

/* The identity's key: a public id, a login, or the secret's own. */
static int
pick_key(const struct decode_in *in, const struct pick_list *l,
    const struct hit *h, struct str secret, struct str *out, struct err *e)
{
	const struct pick *p = h->rule;
	struct str id = pick_other(l, p->id, h->star), host, user, db;

	if (id.n != 0 && id.n <= PICK_PATH_MAX)
		return arena_fmt(in->job, out, e, "%s:" STR_FMT, p->id_prefix,
		    STR_ARG(id));
	host = pick_host(pick_other(l, p->host, h->star));
	user = pick_other(l, p->user, h->star);
	db = pick_other(l, p->db, h->star);
	/* A login of which nothing is known would be everybody's. */
	if (p->scheme == NULL || host.n > PICK_PATH_MAX ||
	    host.n + user.n + db.n == 0) {
		*out = secret;
		return MU_OK;
	}
	return key_login(pick_other(l, p->scheme, h->star), user, host,
	    pick_other(l, p->port, h->star), db, in->job, out, e);
}

/* A text of the file, as a record may hold it: up to a zero byte, and short. */
static struct str
pick_clean(struct str s)
{

	return str_head(str_head(s, str_chr(s, '\0')), PICK_PATH_MAX);
}

/* The three records of one secret; ${i} is filled in but for its asset. */
static int
pick_emit(const struct decode_in *in, struct rec *i, struct rec *c,
    struct str secret, struct str user, size_t line, struct err *e)
{
	struct rec s;

	i->identity.asset = in->host->key;
	i->identity.name = pick_clean(i->identity.name);
	c->credential.preview = pick_clean(c->credential.preview);
	/* No record can hold such a key: the secret's own takes its place. */
	if (str_has_nul(i->identity.key) || i->identity.key.n > PICK_PATH_MAX)
		i->identity.key = c->credential.key;
	c->credential.identity = i->identity.key;
	c->credential.length = (int64_t)secret.n;
	c->credential.weak = pick_weak(secret, user);
	TRY(decode_sighting(in, &s, c->credential.key, ROLE_PRIVATE, ':', line,
	    e));
	s.sighting.detail = i->identity.name;
	TRY(decode_put(in, i, e));
	TRY(decode_put(in, c, e));
	return decode_put(in, &s, e);
}

static int
pick_edge(const struct decode_in *in, struct str from, struct str to,
    size_t line, struct err *e)
{
	struct rec r;

	if (to.n == 0)
		return MU_OK;
	rec_init(&r, REC_EDGE);
	r.edge.kind = EDGE_CONSUMED_BY;
	r.edge.src = from;
	r.edge.dst = to;
	TRY(arena_fmt(in->job, &r.edge.evidence, e, STR_FMT ":%zu",
	    STR_ARG(in->file->path), line));
	return decode_put(in, &r, e);
}

static int
pick_put(const struct decode_in *in, const struct pick_list *l,
    const struct hit *h, struct str consumer, struct err *e)
{
	struct rec i, c;

	rec_init(&i, REC_IDENTITY);
	rec_init(&c, REC_CREDENTIAL);
	TRY(decode_secret(in, h->node->value, h->node->path, &c.credential.key,
	    &c.credential.fp, e));
	TRY(pick_key(in, l, h, c.credential.key, &i.identity.key, e));
	TRY(pick_name(in, l, h, &i.identity.name, e));
	i.identity.kind = h->rule->kind;
	c.credential.kind =
	    h->rule->scheme != NULL ? CRED_PASSWORD : CRED_TOKEN;
	c.credential.preview = pick_other(l, h->rule->id, h->star);
	TRY(pick_emit(in, &i, &c, h->node->value,
	    pick_other(l, h->rule->user, h->star), h->node->line, e));
	TRY(variable_put(in, consumer, h->node->path, i.identity.key,
	    h->node->line, e));
	return pick_edge(in, i.identity.key, consumer, h->node->line, e);
}

int
pick_login(const struct decode_in *in, struct str key, enum id_kind kind,
    struct str name, struct str user, struct str secret, size_t line,
    struct err *e)
{
	struct rec i, c;

	rec_init(&i, REC_IDENTITY);
	rec_init(&c, REC_CREDENTIAL);
	TRY(decode_secret(in, secret, key.n != 0 ? key : name,
	    &c.credential.key, &c.credential.fp, e));
	i.identity.key = key.n != 0 ? key : c.credential.key;
	i.identity.kind = kind;
	i.identity.name = name;
	c.credential.kind = CRED_PASSWORD;
	return pick_emit(in, &i, &c, secret, user, line, e);
}

int
pick_run(const struct decode_in *in, const struct pick_list *l, struct err *e)
{

	return pick_consumed(in, l, STR_NONE, e);
}

int
pick_consumed(const struct decode_in *in, const struct pick_list *l,
    struct str consumer, struct err *e)
{
	struct pick_list here = *l;
	const struct pick *p;
	struct hit h;
	size_t i, hits = 0;

	for (i = 0; i < l->nodes.n && in->picks != NULL; i++) {
		h.node = &l->nodes.v[i];
		here.at = h.node->line;
		for (p = in->picks; p->secret != NULL; p++) {
			h.rule = p;
			if (!pick_match(str_from(p->secret), h.node->path,
				&h.star))
				continue;
			if (!pick_secret(h.node->value))
				break;
			if (hits++ == PICK_SECRETS_MAX)
				return err_set(e, MU_ELIMIT,
				    "more than %d secrets", PICK_SECRETS_MAX);
			TRY(pick_put(in, &here, &h, consumer, e));
			break;
		}
	}
	return MU_OK;
}
