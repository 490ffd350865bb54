#include "decode/token.h"

#include "seen.h"

static void
token_named__reads_names_word_by_word(void **state)
{
	static const struct {
		const char *name;
		bool want;
	} t[] = {
		{ "GITHUB_TOKEN", true },
		{ "githubToken", true },
		{ "X-Api-Key", true },
		{ "--api-key", true },
		{ "apikey", true },
		{ "PGPASSWORD", true },
		{ "DB_PASSWORD", true },
		{ "Authorization", true },
		{ "AWS_SECRET_ACCESS_KEY", true },
		{ "client_secret", true },
		{ "SLACK_PAT", true },
		{ "AWS_ACCESS_KEY_ID", false },
		{ "TOKEN_FILE", false },
		{ "KEY_PATH", false },
		{ "PASSWORD_STORE", false },
		{ "MAX_TOKENS", false },
		{ "MAX_TOKEN", false },
		{ "KEYBOARD", false },
		{ "MONKEY", false },
		{ "TOKENIZER", false },
		{ "STRIPE_PUBLISHABLE_KEY", false },
		{ "SSH_PUBLIC_KEY", false },
		{ "PRIMARY_KEY", false },
		{ "PATH", false },
		{ "", false },
		{ "__", false },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaakey", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++)
		if (token_named(str_from(t[i].name)) != t[i].want)
			fail_msg("%s", t[i].name);
}

static void
token_value__tells_secrets_from_what_stands_for_them(void **state)
{
	static const struct {
		const char *value;
		bool want;
	} t[] = {
		{ "tk-5b1f0c9e7a3d42668f10", true },
		{ "hunter2", true },
		{ "p$ssw0rd", true },
		{ "12345678", true },
		{ "/Yq7mG2tB0vX4nL8sK1dF6hJ3wP9zR5cT+uEaQiO", true },
		{ "postgresql://u:pw@h/db", true },
		{ "", false },
		{ "  ", false },
		{ "${TOKEN}", false },
		{ "Bearer ${TOKEN}", false },
		{ "$TOKEN", false },
		{ "$(pass show x)", false },
		{ "%TOKEN%", false },
		{ "{env:TOKEN}", false },
		{ "op://vault/item/field", false },
		{ "<your token>", false },
		{ "YOUR_API_KEY", false },
		{ "your-token-here", false },
		{ "ghp_xxxx-here", false },
		{ "AKIAIOSFODNN7EXAMPLE", false },
		{ "AKIA2OGYBAH6QZ7RTLJB", false },
		{ "xxxxxxxxxxxx", false },
		{ "********", false },
		{ "true", false },
		{ "4096", false },
		{ "/run/secrets/token", false },
		{ "/x/key.pem", false },
		{ "~/.token", false },
		{ "https://api.example.com/v1", false },
		{ "postgresql://u@h/db", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++)
		if (token_value(str_from(t[i].value)) != t[i].want)
			fail_msg("%s", t[i].value);
}

static void
token_preview__gives_four_public_characters_at_most(void **state)
{
	static const struct {
		const char *value, *want;
	} t[] = {
		{ "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "ghp_" },
		{ "github_pat_11AAAAAAA0000000000", "gith" },
		{ "sk-ant-0123456789abcdef", "sk-" },
		{ "sk_live_0123456789abcdef", "sk_l" },
		{ "eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln", "eyJ" },
		{ "eyJhIjoiYiIsImMiOiJkIn0=", "" },
		{ "ghp_short", "" },
		{ "opaque-value-without-a-prefix", "" },
		{ "", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++)
		assert_str(token_preview(str_from(t[i].value)), t[i].want);
}

static void
token_url__takes_addresses_apart(void **state)
{
	struct token_url u;

	(void)state;
	assert_true(token_url(STR("postgresql://ada:p%40ss:w@[::1]:5432/db/"
				  "x?sslmode=no&k=v#f"),
	    &u));
	assert_str(u.scheme, "postgresql");
	assert_str(u.user, "ada");
	assert_str(u.pass, "p%40ss:w");
	assert_str(u.host, "[::1]");
	assert_str(u.port, "5432");
	assert_str(u.path, "db/x");
	assert_str(u.query, "sslmode=no&k=v");
	assert_true(token_url(STR("https://a@b@c.example"), &u));
	assert_str(u.user, "a@b");
	assert_str(u.host, "c.example");
	assert_str(u.pass, "");
	assert_true(token_url(STR("http://h?x=a@b"), &u));
	assert_str(u.host, "h");
	assert_str(u.query, "x=a@b");
	assert_false(token_url(STR("://h"), &u));
	assert_false(token_url(STR("a b://h"), &u));
	assert_false(token_url(STR("http://"), &u));
	assert_false(token_url(STR("http://u:p@"), &u));
	assert_false(token_url(STR("h/x"), &u));
	assert_false(token_url(STR("http://h\0x"), &u));
}

static void
put(struct seen *s, struct str value, const char *label, struct str user)
{
	struct decode_in in = { .file = &s->file,
		.host = &s->host,
		.place = s->place,
		.fp_key = STR("0123456789abcdef0123456789abcdef"),
		.job = s->job,
		.out = &s->sink };
	struct token t = { .value = value,
		.name = STR("a name"),
		.label = str_from(label),
		.user = user,
		.kind = ID_TOKEN,
		.cred = CRED_PASSWORD,
		.n = 3 };
	struct str key;

	buf_reset(&s->text);
	assert_ok(token_put(&in, &t, &key, &s->e), &s->e);
}

/* The first key in the records. */
static struct str
first_key(struct seen *s)
{
	struct str all = buf_str(&s->text), out;

	all = str_skip(all, str_find(all, STR("\"key\":\"")) + 7);
	(void)str_cut(all, '"', &out, &all);
	assert_ok(arena_str(s->job, out, &out, &s->e), &s->e);
	return out;
}

/*
 * The fingerprint is openssl's: printf 'muster/secret/1\0kept:safe' |
 * openssl dgst -sha256 -mac HMAC -macopt key:0123456789abcdef0123456789abcdef
 */
static void
token_put__fingerprints_and_measures_and_shows_nothing(void **state)
{
	static const char fp[] =
	    "07d6adee7012e1a79d228ebd5116de852bf98e2c333c1dd87c7bf996a4dd5a4f";
	struct seen s;

	(void)state;
	seen_init(&s, "", "", "");
	put(&s, STR("kept:safe\n"), "x", STR_NONE);
	assert_count(&s, fp, 5);
	assert_count(&s, "\"length\":9", 1);
	assert_count(&s, "\"locator\":\"etc/file#3\"", 1);
	assert_count(&s, "\"role\":\"private\"", 1);
	assert_count(&s, "kept", 0);
	assert_count(&s, "\"weak\"", 0);
	seen_free(&s);
}

static void
token_put__never_joins_short_values(void **state)
{
	struct seen s;
	struct str one, two;

	(void)state;
	seen_init(&s, "", "", "");
	put(&s, STR("1234567"), "A", STR_NONE);
	one = first_key(&s);
	put(&s, STR("1234567"), "B", STR_NONE);
	two = first_key(&s);
	assert_false(str_eq(one, two));
	put(&s, STR("1234567"), "A", STR_NONE);
	assert_true(str_eq(one, first_key(&s)));
	put(&s, STR("12345678"), "A", STR_NONE);
	one = first_key(&s);
	put(&s, STR("12345678"), "B", STR_NONE);
	assert_true(str_eq(one, first_key(&s)));
	seen_free(&s);
}

static void
token_put__says_how_a_password_is_weak(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, "", "", "");
	put(&s, STR("Ada"), "x", STR("ada"));
	assert_count(&s, "\"weak\":\"same_as_user\"", 1);
	put(&s, STR("changeme"), "x", STR("ada"));
	assert_count(&s, "\"weak\":\"default\"", 1);
	put(&s, STR("qwerty"), "x", STR("ada"));
	assert_count(&s, "\"weak\":\"common\"", 1);
	put(&s, STR(""), "x", STR("ada"));
	assert_count(&s, "\"weak\":\"blank\"", 1);
	put(&s, STR("nine herons at dusk"), "x", STR("ada"));
	assert_count(&s, "\"weak\"", 0);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(token_named__reads_names_word_by_word),
		TEST(token_value__tells_secrets_from_what_stands_for_them),
		TEST(token_preview__gives_four_public_characters_at_most),
		TEST(token_url__takes_addresses_apart),
		TEST(token_put__fingerprints_and_measures_and_shows_nothing),
		TEST(token_put__never_joins_short_values),
		TEST(token_put__says_how_a_password_is_weak),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
