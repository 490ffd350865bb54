/*
 * Tables and single values: columns, colons and lone by rules of a place.
 *
 * The fingerprints are `printf 'muster/secret/1\0VALUE' | openssl dgst -sha256
 * -hmac 0123456789abcdef0123456789abcdef`.
 */

#include "decode/columns.h"

#include "decode/colons.h"
#include "decode/lone.h"
#include "decode/pick.h"
#include "seen.h"

static const struct pick rules[] = {
	{ .secret = "value", .kind = ID_TOKEN, .name = "the value" },
	{ .secret = "pass.2",
	    .kind = ID_TOKEN,
	    .scheme = "=smtp",
	    .user = "user.rest",
	    .host = "host.2" },
	{ .secret = "*.3",
	    .kind = ID_TOKEN,
	    .scheme = "=dav",
	    .user = "*.2",
	    .host = "{*}" },
	{ .secret = NULL },
};

static void
start(struct seen *s)
{

	seen_init(s, "root:x:0:0::/root:/bin/sh\n", NULL, NULL);
	s->picks = rules;
}

static void
columns__undo_quotes_and_end_at_a_comment(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_columns,
		      STR("# a b c\n"
			  "https://h1/x ada 'it is secret' # 9\n"
			  "\"h 2\" bob \"say \\\"x\\\" \\\\\"\r\n"
			  "h3 eve # no third\n"
			  "h4 dan p#word\n")),
	    &s.e);
	assert_count(&s, "\"type\":\"identity\"", 3);
	assert_count(&s, "\"key\":\"login:dav://ada@h1\"", 1);
	assert_count(&s, "\"name\":\"dav ada at h1\"", 1);
	assert_count(&s, "\"key\":\"login:dav://bob@h 2\"", 1);
	assert_count(&s, "\"length\":12", 1);
	assert_count(&s, "\"length\":9", 1);
	assert_count(&s, "\"length\":6", 1);
	assert_count(&s, "\"locator\":\"etc/file:3\"", 1);
	seen_free(&s);
}

static void
columns__join_each_secret_with_what_stands_nearest_before_it(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_columns,
		      STR("host a\nuser x y\npass 12345678\n"
			  "host b\nuser z\npass 23456789\n")),
	    &s.e);
	assert_count(&s, "\"key\":\"login:smtp://x y@a\"", 1);
	assert_count(&s, "\"key\":\"login:smtp://z@b\"", 1);
	assert_count(&s, "\"name\":\"smtp z at b\"", 1);
	seen_free(&s);
}

static void
colons__take_columns_as_they_stand(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_colons,
		      STR("# h:u:p\nh1:ada:\"as it is\"\nh2:bob\n"
			  "h3:eve::\n h4 : dan : spaced \n")),
	    &s.e);
	assert_count(&s, "\"type\":\"identity\"", 2);
	assert_count(&s, "\"key\":\"login:dav://ada@h1\"", 1);
	assert_count(&s, "\"key\":\"login:dav://dan@h4\"", 1);
	assert_count(&s, "\"length\":10", 1);
	assert_count(&s, "\"length\":6", 1);
	seen_free(&s);
}

static void
lone__takes_one_line_and_nothing_else(void **state)
{
	static const char *const none[] = { "", "\n", "a\nb\n", "# here\n",
		"a\033b", "${SECRET}\n" };
	struct seen s;
	size_t i;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_lone, STR("s3cr3t-value\r\n")), &s.e);
	assert_count(&s,
	    "\"fp\":\"ddd60c7b71e5fe7c77515024f1cc40a4"
	    "4049269c4432e686d6fad2cf2ab6dc4e\"",
	    1);
	for (i = 0; i < MU_COUNT(none); i++) {
		assert_ok(seen_read(&s, &decode_lone, str_from(none[i])), &s.e);
		assert_int_equal(s.text.n, 0);
	}
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(columns__undo_quotes_and_end_at_a_comment),
		TEST(
		    columns__join_each_secret_with_what_stands_nearest_before_it),
		TEST(colons__take_columns_as_they_stand),
		TEST(lone__takes_one_line_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
