/*
 * YAML by rules.
 *
 * The fingerprints are `printf 'muster/secret/1\0VALUE' | openssl dgst -sha256
 * -hmac 0123456789abcdef0123456789abcdef`; what each scalar stands for is of
 * YAML 1.2.2, chapters 7 and 8.
 */

#include "decode/yamlpick.h"

#include "seen.h"

/* glpat-ABCDEFGHIJKLMNOPQRST, glpat-second-token-0000 */
#define FP_ONE                             \
	"29bdc69535cd7ba484809b773560c2ac" \
	"a77b19c0134ebf7e0a0b6429dd1ba130"
#define FP_TWO                             \
	"43f453b6d103d86edddd0c32b7750d21" \
	"3862c44512f261c6ba1ea3149332a3e4"
/* block-scalar, folded value, 12345678 */
#define FP_BLOCK                           \
	"da5ed1674d0ecfe443782cb982c61f03" \
	"a48ce5de5cd379e4b79d92b3d1276984"
#define FP_FOLDED                          \
	"26a1498895baefb4609d63e4cb4fb71d" \
	"c519eb9ab33c1684b4759e61207cd852"
#define FP_DIGITS                          \
	"8e7717023820cca8642c64eaef3abf8b" \
	"30c2d96323b71faf7f2b8de2e2fd436b"

#define AT(line)    "\"locator\":\"etc/file:" line "\""
#define SIGHTING    "\"type\":\"sighting\""
#define GAP(reason) "\"reason\":\"" reason "\""

static const struct pick tokens[] = {
	{ .secret = "hosts.*.token",
	    .kind = ID_TOKEN,
	    .name = "token for {*}",
	    .scheme = "=https",
	    .host = "{*}",
	    .user = "hosts.*.user" },
	{ .secret = "list.*TOKEN", .kind = ID_API_KEY },
	{ .secret = NULL },
};

static void
start(struct seen *s)
{

	seen_init(s, "root:x:0:0::/root:/bin/sh\n", NULL, NULL);
	s->picks = tokens;
}

static void
yaml__reads_a_real_configuration(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_yamlpick,
		      seen_case(&s, "yamlpick/glab")),
	    &s.e);
	assert_count(&s, SIGHTING, 2);
	assert_record(&s,
	    "{\"type\":\"identity\",\"key\":\"login:https://ada@gitlab.com\","
	    "\"kind\":\"token\",\"name\":\"token for gitlab.com\","
	    "\"asset\":\"host:name:box\"}");
	assert_count(&s, "\"fp\":\"" FP_ONE "\"", 1);
	assert_count(&s, "\"fp\":\"" FP_TWO "\"", 1);
	assert_count(&s, AT("10"), 1);
	assert_count(&s, AT("13"), 1);
	assert_count(&s, "glpat", 0);
	assert_count(&s, "\"type\":\"gap\"", 0);
	seen_free(&s);
}

static void
yaml__knows_every_style_and_document(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_yamlpick,
		      seen_case(&s, "yamlpick/shapes")),
	    &s.e);
	assert_count(&s, SIGHTING, 7);
	assert_count(&s, "key\":\"login:https://v@b\"", 1);
	assert_count(&s, "key\":\"login:https://w@c\"", 1);
	assert_count(&s, "\"fp\":\"" FP_BLOCK "\"", 1);
	assert_count(&s, "\"fp\":\"" FP_FOLDED "\"", 1);
	assert_count(&s, "\"fp\":\"" FP_DIGITS "\"", 1);
	assert_count(&s, "\"name\":\"API_TOKEN in etc/file\"", 1);
	assert_count(&s, AT("6"), 1);
	assert_count(&s, "\"length\":4}", 1);
	assert_count(&s, "key\":\"login:https://e\"", 1);
	/* What Vault closed, and what only another program can look up. */
	assert_count(&s, "\"type\":\"gap\"", 2);
	assert_count(&s, AT("23") "," GAP("encrypted"), 1);
	assert_count(&s, AT("24") "," GAP("unsupported"), 1);
	seen_free(&s);
}

static void
yaml__never_follows_an_alias(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_yamlpick,
		      seen_case(&s, "yamlpick/aliases")),
	    &s.e);
	/* Those that a rule could have meant, and no other. */
	assert_count(&s, "\"type\":\"gap\"", 4);
	assert_count(&s, AT("6") "," GAP("unsupported"), 1);
	assert_count(&s, AT("8") "," GAP("unsupported"), 1);
	assert_count(&s, AT("10") "," GAP("unsupported"), 1);
	assert_count(&s, AT("14") "," GAP("unsupported"), 1);
	/* A mapping that is merged where it stands is no alias. */
	assert_count(&s, SIGHTING, 2);
	assert_count(&s, "key\":\"login:https://c\"", 1);
	assert_count(&s, "key\":\"login:https://d\"", 1);
	assert_ok(seen_read(&s, &decode_yamlpick,
		      seen_case(&s, "yamlpick/wicked-laughs")),
	    &s.e);
	assert_count(&s, "\"type\":\"gap\"", 1);
	assert_count(&s, SIGHTING, 0);
	seen_free(&s);
}

static void
yaml__takes_both_where_a_key_is_there_twice(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_yamlpick,
		      seen_case(&s, "yamlpick/twice")),
	    &s.e);
	assert_count(&s, SIGHTING, 2);
	assert_count(&s, AT("3"), 1);
	assert_count(&s, AT("4"), 1);
	seen_free(&s);
}

static void
yaml__keeps_what_stands_before_an_error(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	assert_int_equal(seen_read(&s, &decode_yamlpick,
			     seen_case(&s, "yamlpick/wicked-truncated")),
	    MU_EFORMAT);
	assert_count(&s, SIGHTING, 1);
	assert_count(&s, AT("3"), 1);
	/* No byte of the file is in the words. */
	assert_null(strstr(s.e.text, "un"));
	assert_non_null(strstr(s.e.text, "this is no YAML"));
	seen_free(&s);
}

static void
yaml__refuses_what_is_no_text_of_utf8(void **state)
{
	static const struct {
		const char *file;
		int code;
	} rows[] = {
		{ "yamlpick/wicked-bytes", MU_EFORMAT },
		{ "yamlpick/wicked-nul", MU_EFORMAT },
		{ "yamlpick/wicked-utf16", MU_EUNSUPPORTED },
		{ "yamlpick/wicked-utf16-bare", MU_EUNSUPPORTED },
		{ "yamlpick/wicked-deep-flow", MU_ELIMIT },
		{ "yamlpick/wicked-deep-block", MU_ELIMIT },
		{ "yamlpick/wicked-keys", MU_ELIMIT },
	};
	struct seen s;
	size_t i;

	(void)state;
	start(&s);
	for (i = 0; i < MU_COUNT(rows); i++) {
		if (seen_read(&s, &decode_yamlpick,
			seen_case(&s, rows[i].file)) != rows[i].code)
			fail_msg("%s: %s", rows[i].file, s.e.text);
		assert_count(&s, SIGHTING, 0);
	}
	seen_free(&s);
}

static void
yaml__takes_an_empty_file(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_yamlpick, STR("")), &s.e);
	assert_ok(seen_read(&s, &decode_yamlpick, STR("\xef\xbb\xbf")), &s.e);
	assert_ok(seen_read(&s, &decode_yamlpick, STR("# words\n")), &s.e);
	assert_ok(seen_read(&s, &decode_yamlpick, STR("just words")), &s.e);
	assert_count(&s, "\"type\"", 0);
	assert_ok(seen_read(&s, &decode_yamlpick,
		      STR("$ANSIBLE_VAULT;1.1;AES256\n3031\n")),
	    &s.e);
	assert_count(&s, GAP("encrypted"), 1);
	seen_free(&s);
}

static void
yaml__stops_at_its_budget_of_nodes(void **state)
{
	AUTO(buf) struct buf b = { 0 };
	struct seen s;
	size_t i;

	(void)state;
	start(&s);
	buf_init(&b, (size_t)8 << 20);
	buf_adds(&b, "hosts: {a: {token: before-them-all}}\nx:\n");
	for (i = 0; i < 50000; i++)
		buf_adds(&b, "- {}\n");
	assert_int_equal(seen_read(&s, &decode_yamlpick, buf_str(&b)),
	    MU_ELIMIT);
	assert_non_null(strstr(s.e.text, "100000 nodes"));
	assert_count(&s, SIGHTING, 1);
	seen_free(&s);
}

/* Each of these took a gigabyte, or a minute, of libfyaml. */
static void
yaml__refuses_what_would_cost_too_much(void **state)
{
	static const struct {
		const char *unit, *words;
		size_t n;
	} rows[] = {
		{ "[", "in one line", 4000000 },
		{ "{a: b,", "in one line", 500000 },
		{ "%TAG !a! tag:a\n", "directives", 100000 },
	};
	AUTO(buf) struct buf b = { 0 };
	struct seen s;
	size_t i, k;

	(void)state;
	start(&s);
	buf_init(&b, (size_t)8 << 20);
	for (i = 0; i < MU_COUNT(rows); i++) {
		buf_reset(&b);
		for (k = 0; k < rows[i].n; k++)
			buf_adds(&b, rows[i].unit);
		assert_false(b.bad);
		assert_int_equal(seen_read(&s, &decode_yamlpick, buf_str(&b)),
		    MU_ELIMIT);
		assert_non_null(strstr(s.e.text, rows[i].words));
	}
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(yaml__reads_a_real_configuration),
		TEST(yaml__knows_every_style_and_document),
		TEST(yaml__never_follows_an_alias),
		TEST(yaml__takes_both_where_a_key_is_there_twice),
		TEST(yaml__keeps_what_stands_before_an_error),
		TEST(yaml__refuses_what_is_no_text_of_utf8),
		TEST(yaml__takes_an_empty_file),
		TEST(yaml__stops_at_its_budget_of_nodes),
		TEST(yaml__refuses_what_would_cost_too_much),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
