#include "decode/traefik.h"

#include "seen.h"

static void
traefik_init(struct seen *s)
{

	seen_init(s, "root:x:0:0::/root:/bin/sh\n", NULL, "");
	s->file.path = STR("srv/traefik/acme.json");
}

/* Every key that openssl gave for ${name} is a credential; how many. */
static size_t
traefik_agrees(struct seen *s, const char *name)
{
	struct str rest = seen_case(s, "traefik/want.txt"), line, word;
	char what[128];
	size_t n = 0;

	while (str_line(&rest, &line)) {
		assert_true(str_word(&line, &word));
		if (!str_eq(word, str_from(name)))
			continue;
		line = str_trim(line);
		(void)snprintf(what, sizeof(what),
		    "{\"type\":\"credential\",\"key\":\"" STR_FMT "\"",
		    STR_ARG(line));
		assert_count(s, what, 1);
		n++;
	}
	return n;
}

static void
decode_traefik__finds_what_openssl_made(void **state)
{
	struct seen s;

	(void)state;
	traefik_init(&s);
	assert_ok(seen_read(&s, &decode_traefik,
		      seen_case(&s, "traefik/acme.json")),
	    &s.e);
	assert_int_equal(traefik_agrees(&s, "acme.json"), 5);
	assert_count(&s, "\"type\":\"credential\"", 5);
	assert_count(&s, "\"role\":\"private\"", 3);
	assert_count(&s, "\"locator\":\"srv/traefik/acme.json#1\"", 1);
	assert_count(&s, "\"locator\":\"srv/traefik/acme.json#3\"", 2);
	assert_count(&s, "\"purpose\":\"renewed by Traefik\"", 2);
	assert_count(&s, "\"owner\":\"proxy@example.com\"", 2);
	assert_count(&s, "\"type\":\"gap\"", 0);
	seen_free(&s);
}

static void
decode_traefik__reads_version_1(void **state)
{
	struct seen s;

	(void)state;
	traefik_init(&s);
	assert_ok(seen_read(&s, &decode_traefik,
		      seen_case(&s, "traefik/v1.json")),
	    &s.e);
	assert_int_equal(traefik_agrees(&s, "v1.json"), 2);
	assert_count(&s, "\"type\":\"credential\"", 2);
	assert_count(&s, "\"owner_by\"", 0);
	seen_free(&s);
}

static void
decode_traefik__says_what_it_cannot_read(void **state)
{
	struct seen s;

	(void)state;
	traefik_init(&s);
	assert_ok(seen_read(&s, &decode_traefik,
		      seen_case(&s, "traefik/bad.json")),
	    &s.e);
	assert_count(&s, "\"reason\":\"malformed\"", 1);
	assert_ok(seen_read(&s, &decode_traefik,
		      seen_case(&s, "traefik/near.json")),
	    &s.e);
	assert_int_equal(s.text.n, 0);
	assert_ok(seen_read(&s, &decode_traefik, STR("\n")), &s.e);
	assert_int_equal(s.text.n, 0);
	assert_int_equal(seen_read(&s, &decode_traefik, STR("{")), MU_EFORMAT);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(decode_traefik__finds_what_openssl_made),
		TEST(decode_traefik__reads_version_1),
		TEST(decode_traefik__says_what_it_cannot_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
