/*
 * Files of names and values: ini, keyval, json by rules; netrc and pgpass.
 *
 * The fingerprints are `printf 'muster/secret/1\0VALUE' | openssl dgst -sha256
 * -hmac 0123456789abcdef0123456789abcdef`.
 */

#include "decode/pick.h"

#include "decode/ini.h"
#include "decode/jsonpick.h"
#include "decode/keyval.h"
#include "decode/netrc.h"
#include "decode/pgpass.h"
#include "seen.h"

/* s3cr3t-value and p:w\x */
#define FP1                                \
	"ddd60c7b71e5fe7c77515024f1cc40a4" \
	"4049269c4432e686d6fad2cf2ab6dc4e"
#define FP2                                \
	"41ef4039f34a7f6c877b1bcc4bef9749" \
	"e8242922b399c94c3d6ec1221cfe8d3e"

/* 1234567 and 12345678; the places of short values: sha256 of host, zero, path,
 * zero and the sha256 of the name, by sha256sum. */
#define SEVEN                              \
	"2e17eb65b1b2ec0a41eb0f8a210855f3" \
	"dca72310d86b3cf03fba70254ff7579c"
#define EIGHT                              \
	"8e7717023820cca8642c64eaef3abf8b" \
	"30c2d96323b71faf7f2b8de2e2fd436b"
#define SPOT_A "8f05cb417a1dc407"
#define SPOT_B "cb9522b003d132c5"
#define SPOT_L "b99b69546a948a6a"

#define IDENTITY "{\"type\":\"identity\",\"key\":\""
#define ASSET    "\"asset\":\"host:name:box\""

static const struct pick tokens[] = {
	{ .secret = "*TOKEN*", .kind = ID_TOKEN },
	{ .secret = "*.password",
	    .kind = ID_DB_CREDENTIAL,
	    .name = "login of {*}",
	    .scheme = "=mysql",
	    .host = "*.host",
	    .user = "*.user",
	    .port = "*.port" },
	{ .secret = "*.aws_secret_access_key",
	    .kind = ID_CLOUD_ACCESS_KEY,
	    .name = "AWS key of profile {*}",
	    .id = "*.aws_access_key_id",
	    .id_prefix = "aws" },
	{ .secret = "hosts.*.token",
	    .kind = ID_API_KEY,
	    .name = "token for {*}",
	    .scheme = "=https",
	    .host = "{*}",
	    .user = "hosts.*.user" },
	{ .secret = NULL },
};

static void
start(struct seen *s)
{

	seen_init(s, "root:x:0:0::/root:/bin/sh\n", NULL, NULL);
	s->picks = tokens;
}

static void
keyval__finds_by_name_and_undoes_quotes(void **state)
{
	static const char text[] = "# API_TOKEN=commented\n"
				   "export API_TOKEN=\"s3cr3t-value\"\n"
				   "OTHER=s3cr3t-value\n"
				   "B_TOKEN='s3cr3t-value'   # words\r\n"
				   "C_TOKEN=s3cr3t-value # words\n"
				   "D_TOKEN=\n"
				   "H_TOKEN=\"\"\"s3cr3t-value\"\"\"\n"
				   "E_TOKEN=${API_TOKEN}\n"
				   "F_TOKEN=$API_TOKEN\n"
				   "G_TOKEN={{ lookup }}\n"
				   "two words TOKEN=x\n"
				   "no mark\n";
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_keyval, STR(text)), &s.e);
	assert_count(&s, "\"type\":\"sighting\"", 4);
	assert_count(&s, "\"key\":\"secret:" FP1 "\",\"identity\"", 4);
	assert_count(&s, "\"locator\":\"etc/file:2\"", 1);
	assert_count(&s, "\"locator\":\"etc/file:4\"", 1);
	assert_count(&s, "\"locator\":\"etc/file:5\"", 1);
	assert_record(&s,
	    IDENTITY "secret:" FP1 "\",\"kind\":\"token\",\"name\":"
		     "\"API_TOKEN in etc/file\"," ASSET "}");
	assert_count(&s, "s3cr3t", 0);
	seen_free(&s);
}

static void
ini__joins_a_login_from_its_section(void **state)
{
	static const char text[] =
	    "[client]\nuser = app\nhost=DB.example.com\nport: 3307\n"
	    "; password = no\npassword = s3cr3t-value\n"
	    "[ replica ]\nuser=rep\npassword=rep\n"
	    "[default]\naws_access_key_id = AKIAEXAMPLE\n"
	    "aws_secret_access_key = s3cr3t-value\n"
	    "[sso]\naws_secret_access_key =\n";
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_ini, STR(text)), &s.e);
	assert_count(&s, "\"type\":\"identity\"", 3);
	assert_record(&s, IDENTITY
	    "login:mysql://app@db.example.com:3307\",\"kind\":"
	    "\"db_credential\",\"name\":\"login of client\"," ASSET "}");
	assert_record(&s,
	    IDENTITY "aws:AKIAEXAMPLE\",\"kind\":\"cloud_access_key\","
		     "\"name\":\"AWS key of profile default\"," ASSET "}");
	assert_record(&s,
	    "{\"type\":\"credential\",\"key\":\"secret:" FP1
	    "\",\"identity\":\"aws:AKIAEXAMPLE\",\"kind\":\"token\","
	    "\"fp\":\"" FP1 "\",\"preview\":\"AKIAEXAMPLE\","
	    "\"length\":12}");
	assert_count(&s, "\"weak\":\"same_as_user\"", 1);
	assert_count(&s, "\"type\":\"gap\"", 0);
	seen_free(&s);
}

static void
ini__joins_no_logins_of_which_nothing_is_known(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_ini,
		      STR("[a]\npassword=s3cr3t-value\n")),
	    &s.e);
	assert_count(&s, "login:", 0);
	assert_count(&s, IDENTITY "secret:" FP1 "\"", 1);
	seen_free(&s);
}

static void
ini__makes_a_gap_of_an_open_section_and_goes_on(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_ini,
		      STR("[open\nx=1\n[a]\nhost=h\npassword=longer\n")),
	    &s.e);
	assert_count(&s, "\"type\":\"gap\"", 1);
	assert_count(&s, "\"locator\":\"etc/file:1\"", 1);
	assert_count(&s, "login:mysql://h", 2);
	seen_free(&s);
}

static void
json__follows_paths_through_objects_and_arrays(void **state)
{
	static const char text[] =
	    "{\"hosts\": {\"git.example.com\": {\"token\": \"s3cr3t-value\","
	    "\"user\": \"ada\"}, \"b\": {\"token\": null}},"
	    "\"list\": [{\"token\": \"not by rule\"}],"
	    "\"API_TOKEN\": \"s3cr3t-value\"}";
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_jsonpick, STR(text)), &s.e);
	assert_count(&s, "\"type\":\"identity\"", 2);
	assert_record(&s, IDENTITY
	    "login:https://ada@git.example.com\",\"kind\":"
	    "\"api_key\",\"name\":\"token for git.example.com\"," ASSET "}");
	assert_int_equal(seen_read(&s, &decode_jsonpick, STR("{\"a\":")),
	    MU_EFORMAT);
	assert_count(&s, "s3cr3t", 0);
	seen_free(&s);
}

static void
netrc__reads_words_over_lines_and_passes_macros_by(void **state)
{
	static const char text[] =
	    "machine git.example.com\n\tlogin ada\n\tpassword s3cr3t-value\n"
	    "macdef init\nmachine evil login a password b\n\n"
	    "machine b.example.com login bob account x password bob\n"
	    "# machine c login c password c\n"
	    "default login anonymous password me@example.com\n"
	    "machine nothing.example.com login x\n";
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_netrc, STR(text)), &s.e);
	assert_count(&s, "\"type\":\"identity\"", 3);
	assert_record(&s, IDENTITY
	    "login:https://ada@git.example.com\",\"kind\":"
	    "\"token\",\"name\":\"ada at git.example.com\"," ASSET "}");
	assert_count(&s, "\"locator\":\"etc/file:3\"", 1);
	assert_count(&s, "\"fp\":\"" FP1 "\"", 1);
	assert_count(&s, "\"weak\":\"same_as_user\"", 1);
	assert_count(&s, "evil", 0);
	seen_free(&s);
}

static void
pgpass__undoes_escapes_and_makes_gaps_of_short_lines(void **state)
{
	static const char text[] = "db.example.com:5432:shop:app:p\\:w\\\\x\n"
				   "# comment:1:2:3:4\n"
				   "*:*:*:backup:s3cr3t-value\n"
				   "too:few:fields\n";
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_pgpass, STR(text)), &s.e);
	assert_record(&s,
	    IDENTITY "login:postgres://app@db.example.com:5432/shop\","
		     "\"kind\":\"db_credential\",\"name\":"
		     "\"PostgreSQL login app at db.example.com\"," ASSET "}");
	assert_count(&s, "\"fp\":\"" FP2 "\"", 1);
	assert_count(&s, "login:postgres://backup@*:*/*", 2);
	assert_count(&s, "\"type\":\"gap\"", 1);
	assert_count(&s, "\"locator\":\"etc/file:4\"", 1);
	seen_free(&s);
}

static void
pick_run__never_joins_short_values(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_keyval,
		      STR("A_TOKEN=1234567\nB_TOKEN=1234567\n"
			  "C_TOKEN=12345678\nD_TOKEN=12345678\n")),
	    &s.e);
	assert_count(&s, "\"key\":\"secret:" SEVEN ":", 4);
	assert_count(&s, "\"fp\":\"" SEVEN "\"", 2);
	assert_count(&s, "\"key\":\"secret:" EIGHT "\"", 4);
	/* Each of the short ones by its own name. */
	assert_count(&s, "\"key\":\"secret:" SEVEN ":" SPOT_A "\"", 2);
	assert_count(&s, "\"key\":\"secret:" SEVEN ":" SPOT_B "\"", 2);
	seen_free(&s);
}

static void
pgpass__never_joins_short_values(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_pgpass,
		      STR("h:1:d:a:1234567\nh:1:d:b:1234567\n")),
	    &s.e);
	assert_count(&s, "\"key\":\"secret:" SEVEN ":", 2);
	assert_count(&s, "\"key\":\"secret:" SEVEN ":" SPOT_L "\"", 1);
	assert_count(&s, "\"fp\":\"" SEVEN "\"", 2);
	seen_free(&s);
}

static void
pick_secret__tells_a_value_from_a_reference(void **state)
{
	static const char *const no[] = { "", "${X}", "$X_1", "$(pass show x)",
		"{{ x }}", "<token>", "%(x)s", "%TOKEN%", "true", "None",
		"vault:kv/x", "op://a/b", "null", "os.environ/KEY",
		"ENC[AES256_GCM,data:eA==,type:str]",
		"{credential file /run/x}" };
	static const char *const yes[] = { "x", "$hidden", "$2y$10$abc", "p<w>",
		"${half", "hunter2", "truest" };
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(no); i++)
		if (pick_secret(str_from(no[i])))
			fail_msg("took '%s'", no[i]);
	for (i = 0; i < MU_COUNT(yes); i++)
		if (!pick_secret(str_from(yes[i])))
			fail_msg("passed '%s' by", yes[i]);
}

static void
pick_weak__names_the_cause(void **state)
{

	(void)state;
	assert_int_equal(pick_weak(STR(""), STR("u")), WEAK_BLANK);
	assert_int_equal(pick_weak(STR("App"), STR("app")), WEAK_SAME_AS_USER);
	assert_int_equal(pick_weak(STR("changeme"), STR("u")), WEAK_DEFAULT);
	assert_int_equal(pick_weak(STR("Password"), STR("u")), WEAK_COMMON);
	assert_int_equal(pick_weak(STR("9vX-2k!"), STR("u")), WEAK_NONE);
}

static void
pick_run__stops_at_its_limit_in_bounded_time(void **state)
{
	AUTO(buf) struct buf b;
	struct seen s;
	size_t i;

	(void)state;
	start(&s);
	buf_init(&b, (size_t)8 << 20);
	for (i = 0; i < 2000; i++)
		buf_addf(&b, "A_TOKEN=value-%zu\n", i);
	assert_int_equal(seen_read(&s, &decode_keyval, buf_str(&b)), MU_ELIMIT);
	assert_count(&s, "\"type\":\"sighting\"", PICK_SECRETS_MAX);
	buf_reset(&b);
	for (i = 0; i < 30000; i++)
		buf_adds(&b, "A=b\n");
	assert_int_equal(seen_read(&s, &decode_keyval, buf_str(&b)), MU_ELIMIT);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(keyval__finds_by_name_and_undoes_quotes),
		TEST(ini__joins_a_login_from_its_section),
		TEST(ini__joins_no_logins_of_which_nothing_is_known),
		TEST(ini__makes_a_gap_of_an_open_section_and_goes_on),
		TEST(json__follows_paths_through_objects_and_arrays),
		TEST(netrc__reads_words_over_lines_and_passes_macros_by),
		TEST(pgpass__never_joins_short_values),
		TEST(pick_run__never_joins_short_values),
		TEST(pgpass__undoes_escapes_and_makes_gaps_of_short_lines),
		TEST(pick_secret__tells_a_value_from_a_reference),
		TEST(pick_weak__names_the_cause),
		TEST(pick_run__stops_at_its_limit_in_bounded_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
