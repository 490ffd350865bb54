#include "decode/renewal.h"

#include "base/digest.h"
#include "base/mem.h"
#include "decode/certfile.h"
#include "decode/json.h"
#include "decode/peek.h"
#include "decode/token.h"

#define ACMESH_START "__ACME_BASE64__START_"
#define ACMESH_END   "__ACME_BASE64__END_"

/* Longest mail address, name or method kept, bytes. */
#define RENEWAL_TEXT_MAX 254

/* One certificate and who looks after it. */
struct renewal {
	const struct decode_in *in;
	const char *by;            /* "certbot" */
	struct str method;         /* "webroot", or "" */
	struct str certificate;    /* its path */
	struct str contact, where; /* mail address, and the file that has it */
};

/* ${path} without its last ${n} components, its slash kept; "" if too short. */
static struct str
renewal_above(struct str path, size_t n)
{
	size_t slash;

	while (n-- != 0) {
		if (str_ends(path, STR("/")))
			path.n--;
		slash = str_rchr(path, '/');
		if (slash == SIZE_MAX)
			return STR_NONE;
		path = str_head(path, slash + 1);
	}
	return path;
}

/* A word of the file that a record can hold. */
static struct str
renewal_text(struct str s)
{
	size_t i;

	s = str_trim(s);
	for (i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ')
			return STR_NONE;
	return s.n <= RENEWAL_TEXT_MAX ? s : STR_NONE;
}

static bool
renewal_mail(struct str s)
{

	return s.n <= RENEWAL_TEXT_MAX && str_chr(s, '@') != SIZE_MAX &&
	       renewal_text(s).n == s.n && str_chr(s, ' ') == SIZE_MAX;
}

static int
renewal_put(const struct renewal *n, struct err *e)
{
	struct x509_how how = { .trusted = false };
	struct x509 x;
	int r;

	TRY(r = certfile_first(n->in, n->certificate, &x, e));
	if (r == 0)
		return MU_OK;
	TRY(arena_fmt(n->in->job, &how.purpose, e, "renewed by %s", n->by));
	TRY(arena_fmt(n->in->job, &how.detail, e, "renewed by %s%s" STR_FMT,
	    n->by, n->method.n != 0 ? ", " : "", STR_ARG(n->method)));
	if (renewal_mail(n->contact)) {
		how.owner = n->contact;
		TRY(arena_fmt(n->in->job, &how.owner_by, e,
		    "contact of the ACME account in " STR_FMT,
		    STR_ARG(n->where)));
	}
	return x509_managed(n->in, &x, &how, e);
}

/* The account's mail address in certbot's regr.json; newer ones keep none. */
static int
renewal_regr(struct renewal *n, struct str path, struct err *e)
{
	AUTO(json) struct json *p = json_new(RENEWAL_BYTES_MAX);
	struct json_val root, body, list, one;
	struct decode_in other;
	struct json_iter it;
	struct str s;

	if (peek_file(n->in, path, RENEWAL_BYTES_MAX, &other, NULL) <= 0 ||
	    json_parse(p, other.bytes, &root, NULL) < 0 ||
	    !json_get(root, STR("body"), &body) ||
	    !json_get(body, STR("contact"), &list) ||
	    json_kind_of(list) != JSON_ARR)
		return MU_OK;
	it = json_each(list);
	while (n->contact.n == 0 && json_next(&it, NULL, &one))
		if (json_str(one, &s) && str_starts(s, STR("mailto:")))
			TRY(arena_str(n->in->job, str_skip(s, 7), &n->contact,
			    e));
	n->where = path;
	return MU_OK;
}

/*= certbot: names and values; those of the account below [renewalparams]. */
static int
renewal_certbot(struct renewal *n, struct err *e)
{
	struct str rest = n->in->bytes, line, name, value, path;
	struct str account = STR_NONE, server = STR_NONE;

	n->by = "certbot";
	while (str_line(&rest, &line)) {
		if (str_starts(line, STR("#")) ||
		    !str_cut(line, '=', &name, &value))
			continue;
		name = str_trim(name);
		value = renewal_text(value);
		if (str_eq(name, STR("cert")))
			n->certificate = value;
		else if (str_eq(name, STR("authenticator")))
			n->method = value;
		else if (str_eq(name, STR("account")))
			account = value;
		else if (str_eq(name, STR("server")))
			server = value;
	}
	if (str_find(server, STR("://")) != SIZE_MAX)
		server = str_skip(server, str_find(server, STR("://")) + 3);
	TRY(arena_fmt(n->in->job, &path, e,
	    STR_FMT "accounts/" STR_FMT "/" STR_FMT "/regr.json",
	    STR_ARG(renewal_above(n->in->file->path, 2)), STR_ARG(server),
	    STR_ARG(account)));
	if (account.n != 0 && server.n != 0)
		TRY(renewal_regr(n, path, e));
	return renewal_put(n, e);
}

/* A mail address that is the only one among the names in ${path}. */
static int
renewal_only(struct renewal *n, struct str path, struct err *e)
{
	struct str *names;
	size_t i, count, found = 0;

	if (peek_list(n->in, path, &names, &count, NULL) < 0)
		return MU_OK;
	for (i = 0; i < count; i++)
		if (renewal_mail(names[i])) {
			n->contact = names[i];
			found++;
		}
	n->where = path;
	if (found != 1)
		n->contact = STR_NONE;
	(void)e;
	return MU_OK;
}

/*= lego: accounts/SERVER/MAIL beside certificates/. */
static int
renewal_lego(struct renewal *n, struct err *e)
{
	struct str base, path, *servers;
	size_t count;

	n->by = "lego";
	TRY(arena_fmt(n->in->job, &base, e, STR_FMT "accounts/",
	    STR_ARG(renewal_above(n->in->file->path, 2))));
	if (peek_list(n->in, base, &servers, &count, NULL) < 0 || count != 1)
		return renewal_put(n, e);
	TRY(arena_fmt(n->in->job, &path, e, STR_FMT STR_FMT, STR_ARG(base),
	    STR_ARG(servers[0])));
	TRY(renewal_only(n, path, e));
	return renewal_put(n, e);
}

/*= Caddy: certificates/CA/NAME/NAME.json; acme/CA/users/MAIL. */
static int
renewal_caddy(struct renewal *n, struct err *e)
{
	struct str path = n->in->file->path, ca, rest;
	struct str base = renewal_above(path, 4);

	n->by = "Caddy";
	ca = str_skip(renewal_above(path, 2), renewal_above(path, 3).n);
	(void)str_cut(ca, '/', &ca, &rest);
	TRY(arena_fmt(n->in->job, &path, e, STR_FMT "acme/" STR_FMT "/users",
	    STR_ARG(base), STR_ARG(ca)));
	if (ca.n != 0)
		TRY(renewal_only(n, path, e));
	return renewal_put(n, e);
}

/* lego's and Caddy's: NAME.json beside NAME.crt. */
static int
renewal_json(struct renewal *n, struct err *e)
{
	AUTO(json) struct json *p = json_new(RENEWAL_BYTES_MAX);
	struct str path = n->in->file->path;
	struct json_val root, v;

	TRY(json_parse(p, n->in->bytes, &root, e));
	if (!str_ends(path, STR(".json")))
		return MU_OK;
	TRY(arena_fmt(n->in->job, &n->certificate, e, STR_FMT ".crt",
	    STR_ARG(str_head(path, path.n - 5))));
	if (json_get(root, STR("certUrl"), &v) &&
	    json_get(root, STR("domain"), &v))
		return renewal_lego(n, e);
	if (json_get(root, STR("sans"), &v) &&
	    json_get(root, STR("issuer_data"), &v))
		return renewal_caddy(n, e);
	return MU_OK;
}

/* One line NAME='value' of acme.sh. */
static bool
renewal_assign(struct str line, struct str *name, struct str *value)
{

	if (!str_cut(str_trim(line), '=', name, value) ||
	    str_chr(*name, ' ') != SIZE_MAX || str_starts(*name, STR("#")))
		return false;
	if (value->n >= 2 && (value->p[0] == '\'' || value->p[0] == '"') &&
	    value->p[value->n - 1] == value->p[0])
		*value = str_head(str_skip(*value, 1), value->n - 2);
	return true;
}

/* OVH's and its like have names too short to be told by a word. */
static bool
renewal_secret(struct str name)
{
	static const char *const others[] = { "OVH_AK", "OVH_AS", "OVH_CK",
		"DP_Key", "Ali_Secret", "HUAWEICLOUD_Password" };
	size_t i;

	for (i = 0; i < MU_COUNT(others); i++)
		if (str_eq(name, str_from(others[i])))
			return true;
	return token_named(name);
}

static int
renewal_token(const struct decode_in *in, struct str name, struct str value,
    size_t n, struct err *e)
{
	AUTO(buf) struct buf plain = { 0 };
	struct token t = { .label = token_short(renewal_text(name)),
		.value = value,
		.kind = ID_API_KEY,
		.cred = CRED_TOKEN,
		.n = n };
	struct str key;
	int r;

	buf_init(&plain, RENEWAL_BYTES_MAX);
	if (str_starts(value, STR(ACMESH_START)) &&
	    str_ends(value, STR(ACMESH_END)) &&
	    digest_unbase64(str_head(str_skip(value, strlen(ACMESH_START)),
				value.n - strlen(ACMESH_START) -
				    strlen(ACMESH_END)),
		&plain))
		t.value = buf_str(&plain);
	if (!token_value(t.value) || n > RENEWAL_TOKENS_MAX)
		return MU_OK;
	TRY(arena_fmt(in->job, &t.name, e, STR_FMT " of acme.sh",
	    STR_ARG(t.label)));
	t.detail = t.name;
	r = token_put(in, &t, &key, e);
	if (plain.p != NULL)
		mem_wipe(plain.p, plain.n);
	return r;
}

/* The mail address in account.conf, above the certificate's own folder. */
static int
renewal_account(struct renewal *n, struct err *e)
{
	struct str name, value, line, rest;
	struct decode_in other;

	TRY(arena_fmt(n->in->job, &n->where, e, STR_FMT "account.conf",
	    STR_ARG(renewal_above(n->in->file->path, 2))));
	if (peek_file(n->in, n->where, RENEWAL_BYTES_MAX, &other, NULL) <= 0)
		return MU_OK;
	for (rest = other.bytes; str_line(&rest, &line);)
		if (renewal_assign(line, &name, &value) &&
		    str_eq(name, STR("ACCOUNT_EMAIL")))
			n->contact = value;
	return MU_OK;
}

/*= acme.sh: DOMAIN.conf beside DOMAIN.cer; tokens are SAVED_NAME. */
static int
renewal_acmesh(struct renewal *n, struct err *e)
{
	struct str rest = n->in->bytes, line, name, value;
	struct str domain = STR_NONE;
	size_t tokens = 0;

	n->by = "acme.sh";
	while (str_line(&rest, &line)) {
		if (!renewal_assign(line, &name, &value))
			continue;
		if (str_eq(name, STR("Le_Domain")))
			domain = renewal_text(value);
		else if (str_eq(name, STR("Le_Webroot")))
			n->method = str_chr(value, '/') != SIZE_MAX ?
					STR("webroot") :
					renewal_text(value);
		else if (str_starts(name, STR("SAVED_")) &&
			 renewal_secret(str_skip(name, 6)))
			TRY(renewal_token(n->in, str_skip(name, 6), value,
			    ++tokens, e));
	}
	if (domain.n == 0 || str_chr(domain, '/') != SIZE_MAX)
		return MU_OK;
	TRY(arena_fmt(n->in->job, &n->certificate, e, STR_FMT STR_FMT ".cer",
	    STR_ARG(renewal_above(n->in->file->path, 1)), STR_ARG(domain)));
	TRY(renewal_account(n, e));
	return renewal_put(n, e);
}

static int
renewal_read(const struct decode_in *in, struct err *e)
{
	struct renewal n = { .in = in };
	struct str text = str_trim(in->bytes);

	if (str_starts(text, STR("{")))
		return renewal_json(&n, e);
	if (str_find(text, STR("[renewalparams]")) != SIZE_MAX)
		return renewal_certbot(&n, e);
	return renewal_acmesh(&n, e);
}

const struct decoder decode_renewal = {
	.name = "renewal",
	.place = NULL,
	.sees = "What renews a certificate by itself, and for whom",
	.source = "certbot 2.1; acme.sh; lego 4; Caddy 2",
	.max_bytes = RENEWAL_BYTES_MAX,
	.read = renewal_read,
};
