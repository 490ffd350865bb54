#include "decode/docker_config.h"

#include "seen.h"

/* Fingerprints are openssl's, under the key of seen_read():
 * printf 'muster/secret/1\0VALUE' | openssl dgst -sha256 -mac HMAC ... */
#define FP_KEPT \
	"07d6adee7012e1a79d228ebd5116de852bf98e2c333c1dd87c7bf996a4dd5a4f"
#define FP_HUB \
	"03e72c43a8558ab645a6625f72cd377634f07fb5a4659c22ed0a93c3fd25a215"
#define FP_BRICK \
	"90cddac21a163945c57ad8d27a17767eb519f74e7f582c3ea92fd5b47b5f4812"
#define FP_SCHOOL \
	"2711bb0a3897f46cafbd46567860d86012e9640394ad9b9f8ce05a739e34364a"
#define FP_ONE \
	"e013d73d9e72befd279e8479cac16f48bac38f08aeea0853113a6be914a2f82d"
#define FP_PROXY \
	"0d7eac635dfa53da76cbb778f5080458a1e6205342f4d2ccfc817a304c7848cb"

static int
read_as(struct seen *s, const char *sample, const char *path)
{
	char name[128];

	seen_init(s, "root:x:0:0::/root:/bin/bash\n", NULL, "");
	s->file.path = str_from(path);
	s->file.mode = 0600;
	(void)snprintf(name, sizeof(name), "docker_config/%s", sample);
	return seen_read(s, decode_find(STR("docker_config")),
	    seen_case(s, name));
}

static int
read_config(struct seen *s, const char *sample)
{

	return read_as(s, sample, "root/.docker/config.json");
}

static void
docker_config__reads_the_logins_of_a_file(void **state)
{
	struct seen s;

	(void)state;
	assert_ok(read_config(&s, "config.json"), &s.e);
	assert_record(&s,
	    "{\"type\":\"identity\","
	    "\"key\":\"login:https://puller@registry.example.com\","
	    "\"kind\":\"token\",\"name\":\"puller@registry.example.com\","
	    "\"asset\":\"host:name:box\"}");
	/* What stands after the first colon, with the second. */
	assert_record(&s,
	    "{\"type\":\"credential\",\"key\":\"secret:" FP_KEPT
	    "\",\"identity\":\"login:https://puller@registry.example.com\","
	    "\"kind\":\"password\",\"fp\":\"" FP_KEPT "\",\"length\":9}");
	assert_count(&s, "\"credential\":\"secret:" FP_KEPT "\"", 1);
	assert_count(&s, "\"locator\":\"root/.docker/config.json#1\"", 1);
	assert_count(&s, "\"detail\":\"login to registry.example.com\"", 1);
	assert_count(&s,
	    "\"identity\":\"login:https://exampleworks@"
	    "index.docker.io\",\"kind\":\"password\",\"fp\":\"" FP_HUB "\"",
	    1);
	assert_count(&s, "\"key\":\"login:https://bot@quay.io/harbour\"", 1);
	assert_count(&s, "\"kind\":\"token\",\"fp\"", 1);
	assert_count(&s, "\"preview\":\"dckr\"", 1);
	assert_count(&s,
	    "\"identity\":\"login:https://builder@localhost:5000\","
	    "\"kind\":\"password\",\"fp\":\"" FP_BRICK "\"",
	    1);
	assert_count(&s, "\"type\":\"credential\"", 4);
	assert_count(&s, "\"type\":\"gap\"", 0);
	assert_count(&s, "kept", 0);
	assert_count(&s, "ExampleExample", 0);
	seen_free(&s);
}

static void
docker_config__reads_tokens_and_proxies(void **state)
{
	struct seen s;

	(void)state;
	assert_ok(read_config(&s, "tokens.json"), &s.e);
	assert_count(&s,
	    "\"identity\":\"login:https://00000000-0000-0000-0000-"
	    "000000000000@team.azurecr.io\",\"kind\":\"token\"",
	    1);
	assert_count(&s, "\"preview\":\"eyJ\"", 1);
	assert_count(&s, "\"key\":\"login:https://r.example.com\"", 1);
	assert_count(&s,
	    "\"key\":\"login:http://proxy-user@"
	    "proxy.example.com:3128\"",
	    1);
	assert_count(&s, "\"fp\":\"" FP_PROXY "\"", 1);
	assert_count(&s, "config.json#3\"", 1);
	assert_count(&s, "\"type\":\"credential\"", 3);
	seen_free(&s);
}

static void
docker_config__finds_nothing_where_a_store_keeps_it(void **state)
{
	struct seen s;

	(void)state;
	assert_ok(read_config(&s, "store.json"), &s.e);
	assert_int_equal(s.text.n, 0);
	seen_free(&s);
	assert_ok(read_config(&s, "empty.json"), &s.e);
	assert_int_equal(s.text.n, 0);
	seen_free(&s);
}

static void
docker_config__reads_the_old_file_by_its_name_alone(void **state)
{
	struct seen s;

	(void)state;
	assert_ok(read_as(&s, "dockercfg.json", "root/.dockercfg"), &s.e);
	assert_count(&s, "\"key\":\"login:https://old@registry.example.com\"",
	    1);
	assert_count(&s, "\"fp\":\"" FP_SCHOOL "\"", 1);
	seen_free(&s);
	assert_ok(read_config(&s, "dockercfg.json"), &s.e);
	assert_int_equal(s.text.n, 0);
	seen_free(&s);
}

static void
docker_config__takes_members_in_any_case(void **state)
{
	struct seen s;

	(void)state;
	assert_ok(read_config(&s, "case.json"), &s.e);
	assert_count(&s, "\"key\":\"login:https://Puller@r.example.com\"", 1);
	seen_free(&s);
}

static void
docker_config__shows_that_two_logins_share_a_password(void **state)
{
	struct seen s;

	(void)state;
	assert_ok(read_config(&s, "shared.json"), &s.e);
	assert_count(&s, "\"key\":\"login:https://one@a.example.com\"", 1);
	assert_count(&s, "\"key\":\"login:https://two@b.example.com\"", 1);
	assert_count(&s, "\"fp\":\"" FP_ONE "\"", 2);
	seen_free(&s);
}

static void
docker_config__makes_a_gap_of_each_login_it_cannot_read(void **state)
{
	struct seen s;

	(void)state;
	assert_ok(read_config(&s, "wicked-auth.json"), &s.e);
	/* No base64, no colon, no user; four names that are no address. */
	assert_count(&s, "\"type\":\"gap\"", 7);
	assert_count(&s, "config.json#1\",\"reason\":\"malformed\"", 1);
	assert_count(&s, "\"length\":1,", 0);
	assert_count(&s, "\"weak\":\"same_as_user\"", 1);
	assert_count(&s, "\\u0000", 0);
	seen_free(&s);
}

static void
docker_config__survives_wicked_members(void **state)
{
	struct seen s;

	(void)state;
	assert_ok(read_config(&s, "wicked-auths.json"), &s.e);
	assert_count(&s, "\"type\":\"credential\"", 1);
	seen_free(&s);
	assert_ok(read_config(&s, "wicked-twice.json"), &s.e);
	assert_count(&s, "\"type\":\"credential\"", 2);
	seen_free(&s);
	assert_int_equal(read_config(&s, "wicked-array.json"), MU_EFORMAT);
	seen_free(&s);
	assert_int_equal(read_config(&s, "wicked-cut.json"), MU_EFORMAT);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(docker_config__reads_the_logins_of_a_file),
		TEST(docker_config__reads_tokens_and_proxies),
		TEST(docker_config__finds_nothing_where_a_store_keeps_it),
		TEST(docker_config__reads_the_old_file_by_its_name_alone),
		TEST(docker_config__takes_members_in_any_case),
		TEST(docker_config__shows_that_two_logins_share_a_password),
		TEST(docker_config__makes_a_gap_of_each_login_it_cannot_read),
		TEST(docker_config__survives_wicked_members),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
