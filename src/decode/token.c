#include "decode/token.h"

#include "base/digest.h"
#include "base/mem.h"
#include "decode/pick.h"

#define TOKEN_WORD_MAX 24

/* The key of a login has all of its parts; longer ones are cut. */
#define TOKEN_PART_MAX 512

static bool
token_in(const char *const *list, size_t n, struct str word)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (str_eq(word, str_from(list[i])))
			return true;
	return false;
}

static char
token_lower(char c)
{

	return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool
token_letter(char c)
{

	c = token_lower(c);
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/*
 * The next word of a name, in lower case: "X-Api-Key", "API_KEY" and "apiKey"
 * all have api and key.
 */
static bool
token_word(struct str *name, char word[TOKEN_WORD_MAX], struct str *out)
{
	size_t n = 0;
	bool lower = false, upper;

	while (name->n != 0 && !token_letter(name->p[0]))
		*name = str_skip(*name, 1);
	while (name->n != 0 && token_letter(name->p[0])) {
		upper = name->p[0] >= 'A' && name->p[0] <= 'Z';
		if (upper && lower)
			break;
		lower = !upper;
		if (n < TOKEN_WORD_MAX)
			word[n++] = token_lower(name->p[0]);
		*name = str_skip(*name, 1);
	}
	*out = str_of(word, n);
	return n != 0;
}

bool
token_named(struct str name)
{
	static const char *const yes[] = { "key", "passphrase", "pwd", "pass",
		"pat", "credential", "credentials", "bearer", "authorization",
		"authkey", "accesskey", "secretkey", "privatekey" };
	static const char *const never[] = { "public", "publishable", "max",
		"min", "num", "no", "disable", "tokenizer", "sort", "foreign",
		"primary", "partition" };
	static const char *const last[] = { "url", "uri", "endpoint", "host",
		"path", "file", "filename", "dir", "directory", "id", "ids",
		"name", "type", "ttl", "expiry", "expires", "expiration",
		"limit", "length", "size", "count", "region", "version", "env",
		"var", "variable", "header", "prefix", "fingerprint", "alg",
		"algorithm", "format", "mode", "enabled", "timeout", "scope",
		"scopes", "user", "username", "store", "helper", "command",
		"ref" };
	static const char *const ends[] = { "password", "passwd", "secret",
		"token", "apikey" };
	char word[TOKEN_WORD_MAX];
	struct str w = STR_NONE;
	bool found = false;
	size_t i;

	while (token_word(&name, word, &w)) {
		if (token_in(never, MU_COUNT(never), w))
			return false;
		found = found || token_in(yes, MU_COUNT(yes), w);
		for (i = 0; i < MU_COUNT(ends); i++)
			found = found || str_ends(w, str_from(ends[i]));
		if (name.n == 0 && token_in(last, MU_COUNT(last), w))
			return false;
	}
	return found;
}

static bool
token_all(struct str s, bool (*is)(char c))
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (!is(s.p[i]))
			return false;
	return true;
}

static bool
token_digit(char c)
{

	return c >= '0' && c <= '9';
}

static bool
token_filler(char c)
{

	return c == 'x' || c == 'X' || c == '*' || c == '.' || c == '-' ||
	       c == '_' || c == '#' || c == ' ';
}

static bool
token_starts_nocase(struct str s, struct str head)
{

	return s.n >= head.n && str_eq_nocase(str_head(s, head.n), head);
}

/* What a manual writes where the reader's own value goes. */
static bool
token_placeholder(struct str s)
{
	static const char *const heads[] = { "your-", "your_", "your ", "my-",
		"insert", "replace", "enter", "put-", "paste", "todo",
		"changeme", "change-me", "change_me", "placeholder", "dummy",
		"example", "redacted" };
	static const char *const words[] = { "true", "false", "null", "none",
		"undefined", "yes", "no", "on", "off", "token", "password",
		"secret", "key", "apikey", "api-key", "api_key" };
	static const char *const tails[] = { "-here", "_here", " here",
		"EXAMPLE", "-placeholder" };
	size_t i;

	for (i = 0; i < MU_COUNT(heads); i++)
		if (token_starts_nocase(s, str_from(heads[i])))
			return true;
	for (i = 0; i < MU_COUNT(words); i++)
		if (str_eq_nocase(s, str_from(words[i])))
			return true;
	for (i = 0; i < MU_COUNT(tails); i++)
		if (s.n > strlen(tails[i]) &&
		    str_eq_nocase(str_skip(s, s.n - strlen(tails[i])),
			str_from(tails[i])))
			return true;
	if (str_starts(s, STR("<")) && str_ends(s, STR(">")))
		return true;
	return token_all(s, token_filler) ||
	       (s.n < DECODE_JOIN_MIN && token_all(s, token_digit));
}

/* "${X}", "$X", "%X%", "{env:X}", "op://x/y": the value lies elsewhere. */
static bool
token_reference(struct str s)
{
	static const char *const heads[] = { "${", "$(",
		"{env:", "{file:", "{{", "op://",
		"vault:", "keychain:", "env:", "file:", "ref+",
		"bws:", "arn:aws:secretsmanager:", "arn:aws:ssm:" };
	size_t i;

	for (i = 0; i < MU_COUNT(heads); i++)
		if (str_starts(s, str_from(heads[i])))
			return true;
	if (str_find(s, STR("${")) != SIZE_MAX && str_ends(s, STR("}")))
		return true;
	if (s.n > 1 && s.p[0] == '$' &&
	    (s.p[1] == '_' || (token_letter(s.p[1]) && !token_digit(s.p[1]))))
		return true;
	return s.n > 2 && s.p[0] == '%' && s.p[s.n - 1] == '%';
}

/* A file's name. Base64 can begin with a slash too: the folder must be one of
 * those that machines have, or the name must have an ending. */
static bool
token_path(struct str s)
{
	static const char *const heads[] = { "~/", "./", "../", "C:\\" };
	static const char *const tops[] = { "Users", "app", "certs", "config",
		"data", "dev", "etc", "home", "mnt", "opt", "proc", "root",
		"run", "secrets", "srv", "tmp", "usr", "var", "workspace" };
	struct str top, rest;
	size_t i;

	for (i = 0; i < MU_COUNT(heads); i++)
		if (str_starts(s, str_from(heads[i])))
			return true;
	if (!str_starts(s, STR("/")))
		return false;
	(void)str_cut(str_skip(s, 1), '/', &top, &rest);
	return token_in(tops, MU_COUNT(tops), top) ||
	       str_chr(str_skip(s, str_rchr(s, '/')), '.') != SIZE_MAX;
}

/* The public half of a pair: it names, and opens nothing. */
static bool
token_aws_id(struct str s)
{

	return s.n == 20 &&
	       (str_starts(s, STR("AKIA")) || str_starts(s, STR("ASIA")));
}

bool
token_value(struct str value)
{
	struct token_url u;
	struct str s = str_trim(value);

	if (s.n == 0 || token_reference(s) || token_placeholder(s) ||
	    token_path(s) || token_aws_id(s))
		return false;
	return !token_url(s, &u) || u.pass.n != 0;
}

struct str
token_preview(struct str value)
{
	/* Prefixes that their makers publish. */
	static const char *const prefixes[] = { "ghp_", "gho_", "ghu_", "ghs_",
		"ghr_", "github_pat_", "glpat-", "gldt-", "glrt-", "xoxb-",
		"xoxp-", "xoxa-", "xapp-", "sk-", "sk_live_", "sk_test_",
		"rk_live_", "whsec_", "npm_", "pypi-", "dckr_pat_", "AKIA",
		"ASIA", "AIza", "ya29.", "hf_", "SG.", "dop_v1_", "shpat_",
		"lin_api_", "ntn_", "secret_", "tvly-", "pplx-", "gsk_", "r8_",
		"figd_", "ATATT3", "ATCTT3", "hvs.", "hvb.", "dp.st.", "glsa_",
		"PMAK-", "sntrys_", "fo1_", "rnd_", "eyJ" };
	size_t i, n = 0;

	for (i = 0; i < MU_COUNT(prefixes); i++)
		if (str_starts(value, str_from(prefixes[i])) &&
		    strlen(prefixes[i]) > n)
			n = strlen(prefixes[i]);
	/* Of a short value even its prefix would say too much; and what begins
	 * as a JSON Web Token has two dots, or is any JSON in base64. */
	if (value.n < 16 || (str_starts(value, STR("eyJ")) &&
				str_chr(value, '.') == str_rchr(value, '.')))
		n = 0;
	return str_head(value, n < 4 ? n : 4);
}

struct str
token_short(struct str s)
{
	size_t n = TOKEN_NAME_MAX;

	if (s.n <= n)
		return s;
	while (n != 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return str_head(s, n);
}

static bool
token_scheme(char c)
{

	return token_letter(c) || c == '+' || c == '-' || c == '.';
}

bool
token_url(struct str s, struct token_url *out)
{
	struct token_url u = { .scheme = STR_NONE };
	size_t at = str_find(s, STR("://"));
	struct str rest;

	if (at == SIZE_MAX || at == 0 || at > 32 || str_has_nul(s))
		return false;
	u.scheme = str_head(s, at);
	if (!token_all(u.scheme, token_scheme))
		return false;
	(void)str_cut(str_skip(s, at + 3), '#', &rest, &s);
	(void)str_cut(rest, '?', &rest, &u.query);
	(void)str_cut(rest, '/', &rest, &u.path);
	if ((at = str_rchr(rest, '@')) != SIZE_MAX) {
		(void)str_cut(str_head(rest, at), ':', &u.user, &u.pass);
		rest = str_skip(rest, at + 1);
	}
	at = str_starts(rest, STR("[")) ? str_chr(rest, ']') : SIZE_MAX;
	if (at != SIZE_MAX) {
		u.host = str_head(rest, at + 1);
		(void)str_cut(str_skip(rest, at + 1), ':', &rest, &u.port);
	} else {
		(void)str_cut(rest, ':', &u.host, &u.port);
	}
	if (u.host.n == 0 || str_eq(u.host, STR("[")) || u.port.n > 5 ||
	    !token_all(u.port, token_digit))
		return false;
	*out = u;
	return true;
}

static int
token_identity(const struct decode_in *in, const struct token *t,
    struct str key, struct err *e)
{
	struct rec r;

	rec_init(&r, REC_IDENTITY);
	r.identity.key = key;
	r.identity.kind = t->kind;
	r.identity.name = t->name;
	r.identity.asset = in->host->key;
	r.identity.context = in->file->context;
	return decode_put(in, &r, e);
}

int
token_put(const struct decode_in *in, const struct token *t, struct str *key,
    struct err *e)
{
	struct token less = *t;
	struct rec r;
	struct str cred, fp;

	if (str_ends(less.value, STR("\n")))
		less.value.n--;
	TRY(decode_secret(in, less.value, t->label, &cred, &fp, e));
	*key = t->identity.n != 0 ? t->identity : cred;
	TRY(token_identity(in, t, *key, e));
	rec_init(&r, REC_CREDENTIAL);
	r.credential.key = cred;
	r.credential.identity = *key;
	r.credential.kind = t->cred;
	r.credential.fp = fp;
	r.credential.preview = token_preview(less.value);
	r.credential.length = (int64_t)less.value.n;
	if (t->cred == CRED_PASSWORD)
		r.credential.weak = pick_weak(less.value, t->user);
	TRY(decode_put(in, &r, e));
	TRY(decode_sighting(in, &r, cred, ROLE_PRIVATE,
	    t->mark != '\0' ? t->mark : '#', t->n, e));
	r.sighting.detail = t->detail;
	return decode_put(in, &r, e);
}

static int
token_nibble(char c)
{

	c = token_lower(c);
	return c >= '0' && c <= '9' ? c - '0' :
	       c >= 'a' && c <= 'f' ? c - 'a' + 10 :
				      -1;
}

/*= RFC 3986 section 2.1: percent-encoding; what is none stays as it is. */
static void
token_unescape(struct buf *b, struct str s)
{
	size_t i;
	int hi, lo;

	for (i = 0; i < s.n; i++) {
		hi = s.p[i] == '%' && i + 2 < s.n ? token_nibble(s.p[i + 1]) :
						    -1;
		lo = hi >= 0 ? token_nibble(s.p[i + 2]) : -1;
		if (lo < 0) {
			buf_addc(b, s.p[i]);
			continue;
		}
		buf_addc(b, (char)(hi << 4 | lo));
		i += 2;
	}
}

static enum id_kind
token_login_kind(struct str scheme)
{
	static const char *const db[] = { "postgres", "postgresql", "mysql",
		"mariadb", "mongodb", "mongodb+srv", "redis", "rediss", "mssql",
		"sqlserver", "clickhouse", "neo4j", "bolt", "oracle",
		"cockroachdb", "couchdb", "snowflake" };
	size_t i, n = 0;

	/* "mysql+pymysql": what stands before the driver. */
	for (n = 0; n < scheme.n && scheme.p[n] != '+'; n++)
		;
	for (i = 0; i < MU_COUNT(db); i++)
		if (str_eq_nocase(scheme, str_from(db[i])) ||
		    str_eq_nocase(str_head(scheme, n), str_from(db[i])))
			return ID_DB_CREDENTIAL;
	return ID_TOKEN;
}

/*
 * Who signs in with what. Where the user's part is the token ("https://TOKEN@"
 * and "https://TOKEN:x-oauth-basic@"), nobody is named.
 */
static void
token_parts(const struct token_url *u, struct buf *user, struct buf *pass)
{
	bool swapped = token_preview(u->user).n != 0 ||
		       str_eq(u->pass, STR("x-oauth-basic"));

	token_unescape(pass, swapped ? u->user : u->pass);
	if (!swapped)
		token_unescape(user, str_head(u->user, TOKEN_PART_MAX));
}

/* The path of a web address can hold a token; that of a database is its name.*/
static int
token_login_key(const struct decode_in *in, const struct token_url *u,
    struct token *t, struct err *e)
{
	struct str db = t->kind == ID_DB_CREDENTIAL ? u->path : STR_NONE;

	TRY(key_login(u->scheme, t->user, str_head(u->host, TOKEN_PART_MAX),
	    u->port, str_head(db, TOKEN_PART_MAX), in->job, &t->identity, e));
	return arena_fmt(in->job, &t->name, e, STR_FMT "%s" STR_FMT,
	    STR_ARG(token_short(t->user)), t->user.n != 0 ? "@" : "",
	    STR_ARG(token_short(u->host)));
}

int
token_put_login(const struct decode_in *in, const struct token_url *u,
    const struct token *t, struct str *key, struct err *e)
{
	AUTO(buf) struct buf user, pass;
	struct token login = { .label = t->label,
		.detail = t->detail,
		.n = t->n,
		.mark = t->mark,
		.kind = token_login_kind(u->scheme),
		.cred = CRED_PASSWORD };
	struct str rest;
	int code;

	buf_init(&user, TOKEN_PART_MAX);
	buf_init(&pass, REC_LINE_MAX);
	token_parts(u, &user, &pass);
	(void)str_cut(buf_str(&user), '\0', &login.user, &rest);
	login.value = buf_str(&pass);
	if (user.n == 0)
		login.cred = CRED_TOKEN;
	code = arena_str(in->job, login.user, &login.user, e);
	if (code == MU_OK)
		code = token_login_key(in, u, &login, e);
	if (code == MU_OK)
		code = token_put(in, &login, key, e);
	if (pass.p != NULL)
		mem_wipe(pass.p, pass.n);
	return code;
}
