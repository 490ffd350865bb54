#include "decode/docker_config.h"

#include "base/digest.h"
#include "base/mem.h"
#include "decode/json.h"
#include "decode/token.h"

#define AUTH_MAX 65536

/* One registry's entry. */
struct entry {
	const struct decode_in *in;
	struct token_url url; /* without user and password */
	size_t n;             /* number in the file, from 1 */
};

/*
 * "https://index.docker.io/v1/", "registry.example.com:5000",
 * "quay.io/team": docker writes all of these. The version of the protocol is
 * no part of whom one logs in to.
 */
static bool
docker_registry(const struct decode_in *in, struct str name,
    struct token_url *out, struct err *e)
{
	struct str full = name;

	if (str_has_nul(name))
		return false;
	if (str_find(name, STR("://")) == SIZE_MAX &&
	    arena_fmt(in->job, &full, e, "https://" STR_FMT, STR_ARG(name)) < 0)
		return false;
	if (!token_url(full, out))
		return false;
	while (str_ends(out->path, STR("/")))
		out->path.n--;
	if (str_eq(out->path, STR("v1")) || str_eq(out->path, STR("v2")))
		out->path = STR_NONE;
	out->user = out->pass = out->query = STR_NONE;
	return true;
}

/* A secret of the login ${user} at the registry. */
static int
docker_put(const struct entry *en, struct str user, struct str value,
    enum cred_kind cred, struct err *e)
{
	const struct token_url *u = &en->url;
	struct token t = {
		.value = value, .kind = ID_TOKEN, .cred = cred, .n = en->n
	};
	struct str key, rest;

	/* A token in the place of the user's name is named nowhere. */
	if (token_preview(user).n != 0)
		user = STR_NONE;
	(void)str_cut(str_head(user, 512), '\0', &user, &rest);
	TRY(arena_str(en->in->job, user, &t.user, e));
	TRY(key_login(u->scheme, t.user, str_head(u->host, 512),
	    str_head(u->port, 16), str_head(u->path, 512), en->in->job,
	    &t.identity, e));
	TRY(arena_fmt(en->in->job, &t.name, e, STR_FMT "%s" STR_FMT,
	    STR_ARG(token_short(t.user)), t.user.n != 0 ? "@" : "",
	    STR_ARG(token_short(u->host))));
	t.label = token_short(u->host);
	TRY(arena_fmt(en->in->job, &t.detail, e, "login to " STR_FMT,
	    STR_ARG(t.label)));
	return token_put(en->in, &t, &key, e);
}

static int
docker_bad(const struct entry *en, const char *what, struct err *e)
{

	return decode_gap(en->in, '#', en->n, GAP_MALFORMED, e, "%s", what);
}

/* The text of the member ${name}, or "". Docker takes the names of members in
 * any case, as Go's reader of JSON does. */
static struct str
docker_text(struct json_val v, const char *name)
{
	struct json_iter it = json_each(v);
	struct json_val member;
	struct str s = STR_NONE, is;

	while (s.n == 0 && it.named && json_next(&it, &is, &member))
		if (str_eq_nocase(is, str_from(name)))
			(void)json_str(member, &s);
	return s;
}

/*
 * base64 of user, colon, password; docker cuts zero bytes off the password. The
 * user is given back, for the tokens of the same entry.
 */
static int
docker_auth(const struct entry *en, struct str coded, struct str *user,
    struct err *e)
{
	AUTO(buf) struct buf plain;
	struct str pass;
	int code = MU_OK;

	buf_init(&plain, AUTH_MAX);
	if (coded.n > AUTH_MAX || !digest_unbase64(coded, &plain) ||
	    !str_cut(buf_str(&plain), ':', user, &pass) || user->n == 0) {
		*user = STR_NONE;
		code = docker_bad(en,
		    "the login of a registry is no base64 of user:password", e);
	} else {
		while (pass.n != 0 && pass.p[pass.n - 1] == '\0')
			pass.n--;
		code = arena_str(en->in->job, *user, user, e);
		if (code == MU_OK && pass.n != 0)
			code = docker_put(en, *user, pass,
			    token_preview(pass).n != 0 ? CRED_TOKEN :
							 CRED_PASSWORD,
			    e);
	}
	if (plain.p != NULL)
		mem_wipe(plain.p, plain.n);
	return code;
}

static int
docker_entry(const struct entry *en, struct json_val v, struct err *e)
{
	static const char *const tokens[] = { "identitytoken",
		"registrytoken" };
	struct str user = docker_text(v, "username"), s;
	size_t i;

	s = docker_text(v, "auth");
	if (s.n != 0)
		TRY(docker_auth(en, s, &user, e));
	s = docker_text(v, "password");
	if (s.n != 0)
		TRY(docker_put(en, user, s, CRED_PASSWORD, e));
	for (i = 0; i < MU_COUNT(tokens); i++) {
		s = docker_text(v, tokens[i]);
		if (s.n != 0)
			TRY(docker_put(en, user, s, CRED_TOKEN, e));
	}
	return MU_OK;
}

/* A map of registries; ${n} counts on. */
static int
docker_entries(const struct decode_in *in, struct json_val auths, size_t *n,
    struct err *e)
{
	struct json_iter it = json_each(auths);
	struct entry en = { .in = in };
	struct json_val v;
	struct str name;

	while (it.named && json_next(&it, &name, &v)) {
		if (*n == DOCKER_CONFIG_AUTHS_MAX)
			return err_set(e, MU_ELIMIT, "more than %d registries",
			    DOCKER_CONFIG_AUTHS_MAX);
		en.n = ++*n;
		if (json_kind_of(v) != JSON_OBJ)
			continue;
		if (docker_registry(in, name, &en.url, e))
			TRY(docker_entry(&en, v, e));
		else
			TRY(docker_bad(&en,
			    "the name of a registry is no address", e));
	}
	return MU_OK;
}

/* The passwords that proxies are given; numbered after the registries. */
static int
docker_proxies(const struct decode_in *in, struct json_val proxies, size_t n,
    struct err *e)
{
	struct json_iter it = json_each(proxies), urls;
	struct json_val v, url;
	struct token t = { .label = STR("proxies"),
		.detail = STR("password of a proxy") };
	struct token_url u;
	struct str s, key;

	while (it.named && json_next(&it, NULL, &v)) {
		t.n = ++n;
		for (urls = json_each(v); json_next(&urls, NULL, &url);)
			if (json_str(url, &s) && token_url(s, &u) &&
			    u.pass.n != 0 && token_value(u.pass))
				TRY(token_put_login(in, &u, &t, &key, e));
	}
	return MU_OK;
}

static int
docker_members(const struct decode_in *in, struct json_val root, struct err *e)
{
	struct json_iter it = json_each(root);
	struct json_val v;
	struct str name;
	size_t n = 0;

	while (json_next(&it, &name, &v))
		if (str_eq_nocase(name, STR("auths")))
			TRY(docker_entries(in, v, &n, e));
	for (it = json_each(root); json_next(&it, &name, &v);)
		if (str_eq_nocase(name, STR("proxies")))
			TRY(docker_proxies(in, v, n, e));
	return MU_OK;
}

static int
docker_config_read(const struct decode_in *in, struct err *e)
{
	AUTO(json) struct json *p = json_new(DOCKER_CONFIG_BYTES_MAX);
	struct json_val root, auths;
	size_t n = 0;

	if (str_trim(in->bytes).n == 0)
		return MU_OK;
	TRY(json_parse(p, in->bytes, &root, e));
	if (json_kind_of(root) != JSON_OBJ)
		return err_set(e, MU_EFORMAT, "the configuration is no object");
	/* Before docker 1.7 the registries were the members of the file. */
	if (str_ends(in->file->path, STR(".dockercfg")) &&
	    !json_get(root, STR("auths"), &auths))
		return docker_entries(in, root, &n, e);
	return docker_members(in, root, e);
}

const struct decoder decode_docker_config = {
	.name = "docker_config",
	.place = "docker.config",
	.sees = "Logins to container registries",
	.source = "docker-login(1); containers-auth.json(5)",
	.max_bytes = DOCKER_CONFIG_BYTES_MAX,
	.read = docker_config_read,
};
