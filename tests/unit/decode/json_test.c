#include "../test.h"

#include "base/buf.h"
#include "decode/json.h"

#define CAP ((size_t)1 << 20)

static void
json_parse__gives_every_kind(void **state)
{
	static const struct {
		const char *text;
		enum json_kind kind;
	} t[] = {
		{ "null", JSON_NULL },
		{ " true ", JSON_BOOL },
		{ "0", JSON_INT },
		{ "-9223372036854775808", JSON_INT },
		{ "9223372036854775807", JSON_INT },
		{ "9223372036854775808", JSON_REAL },
		{ "1.0", JSON_REAL },
		{ "1e3", JSON_REAL },
		{ "\"\"", JSON_STR },
		{ "[]", JSON_ARR },
		{ "{}", JSON_OBJ },
		{ "\xef\xbb\xbf[1]", JSON_ARR },
	};
	AUTO(json) struct json *p = json_new(CAP);
	struct json_val v;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		assert_ok(json_parse(p, str_from(t[i].text), &v, &e), &e);
		if (json_kind_of(v) != t[i].kind)
			fail_msg("%s", t[i].text);
	}
}

static void
json_accessors__answer_only_for_their_kind(void **state)
{
	AUTO(json) struct json *p = json_new(CAP);
	struct json_val root, v;
	struct str s;
	struct err e;
	int64_t n = 7;
	bool b = false;

	(void)state;
	assert_ok(json_parse(p,
		      STR("{\"s\":\"a\\u00e9\\ud83d\\ude00\\u0000z\",\"n\":-5,"
			  "\"b\":true,"
			  "\"r\":1.5,\"z\":null,\"o\":{\"x\":1},\"a\":[1]}"),
		      &root, &e),
	    &e);
	assert_true(json_get(root, STR("s"), &v) && json_str(v, &s));
	assert_int_equal(s.n, 9);
	assert_true(str_eq(s, STR("a\xc3\xa9\xf0\x9f\x98\x80\0z")));
	assert_false(json_i64(v, &n));
	assert_false(json_bool(v, &b));
	assert_true(json_get(root, STR("n"), &v) && json_i64(v, &n));
	assert_int_equal(n, -5);
	assert_false(json_str(v, &s));
	assert_true(json_get(root, STR("b"), &v) && json_bool(v, &b) && b);
	assert_true(json_get(root, STR("r"), &v));
	assert_false(json_i64(v, &n));
	assert_true(json_get(root, STR("z"), &v));
	assert_false(json_bool(v, &b));
	assert_false(json_get(root, STR("missing"), &v));
	assert_true(json_get(root, STR("a"), &v));
	assert_false(json_get(v, STR("a"), &v));
	assert_str(json_text(root, "n"), "");
	assert_str(json_text(root, "missing"), "");
	assert_str(json_text(v, "s"), "");
}

static void
json_next__steps_in_the_order_of_the_text(void **state)
{
	AUTO(json) struct json *p = json_new(CAP);
	AUTO(buf) struct buf b;
	struct json_val root, v;
	struct json_iter it, in;
	struct str name;
	struct err e;
	int64_t n;

	(void)state;
	buf_init(&b, CAP);
	assert_ok(json_parse(p,
		      STR("{\"z\":[1,[2,3],{\"q\":0},4],\"\":5,\"a\\n\":{}}"),
		      &root, &e),
	    &e);
	for (it = json_each(root); json_next(&it, &name, &v);) {
		buf_addf(&b, "<" STR_FMT ">", STR_ARG(name));
		if (json_i64(v, &n))
			buf_addf(&b, "%d", (int)n);
		for (in = json_each(v); json_next(&in, &name, &v);)
			if (json_i64(v, &n))
				buf_addf(&b, "(%d" STR_FMT ")", (int)n,
				    STR_ARG(name));
	}
	assert_str(buf_str(&b), "<z>(1)(4)<>5<a\n>");
}

static void
json_get__gives_the_first_of_two_and_json_repeat_tells(void **state)
{
	AUTO(json) struct json *p = json_new(CAP);
	struct json_val v;
	struct str name;
	struct err e;

	(void)state;
	assert_ok(json_parse(p, STR("{\"a\":\"1\",\"b\":0,\"\\u0061\":\"2\"}"),
		      &v, &e),
	    &e);
	assert_str(json_text(v, "a"), "1");
	assert_true(json_repeat(v, &name));
	assert_str(name, "a");
	assert_ok(json_parse(p, STR("{\"a\":{\"a\":1},\"A\":2}"), &v, &e), &e);
	assert_false(json_repeat(v, &name));
	assert_ok(json_parse(p, STR("[1,1]"), &v, &e), &e);
	assert_false(json_repeat(v, &name));
}

/* Where it goes wrong is counted by hand; the reason need only be ours. */
static void
json_parse__names_line_and_byte_and_quotes_nothing(void **state)
{
	const struct {
		struct str text;
		const char *where;
	} t[] = {
		{ STR(""), "line 1, byte 1:" },
		{ STR("  "), "line 1, byte 3:" },
		{ STR("{\n\"hush\":tru}"), "line 2, byte 10:" },
		{ STR("[1,\n2,\n]"), "line 3, byte 8:" },
		{ STR("[1 2]"), "line 1, byte 4:" },
		{ STR("{\"a\" 1}"), "line 1, byte 6:" },
		{ STR("{a:1}"), "line 1, byte 2:" },
		{ STR("[01]"), "line 1, byte 3:" },
		{ STR("[1.]"), "line 1, byte 4:" },
		{ STR("[-]"), "line 1, byte 3:" },
		{ STR("[1e]"), "line 1, byte 4:" },
		{ STR("[+1]"), "line 1, byte 2:" },
		{ STR("[NaN]"), "line 1, byte 2:" },
		{ STR("[\"\\x\"]"), "line 1, byte 4:" },
		{ STR("[\"\\u12g4\"]"), "line 1, byte 7:" },
		{ STR("[\"\\ud800\"]"), "line 1, byte 9:" },
		{ STR("[\"\\udc00\"]"), "line 1, byte 9:" },
		{ STR("[\"a\nb\"]"), "line 1, byte 4:" },
		{ STR("[\"\xff\"]"), "line 1, byte 3:" },
		{ STR("[\"\xed\xa0\x80\"]"), "line 1, byte 3:" },
		{ STR("[\"hush"), "line 1, byte 7:" },
		{ STR("{} {}"), "line 1, byte 4:" },
		{ STR("[1]\0"), "line 1, byte 4:" },
		{ STR("[1}"), "line 1, byte 3:" },
		{ STR("// no\n1"), "line 1, byte 1:" },
	};
	AUTO(json) struct json *p = json_new(CAP);
	struct json_val v;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		if (json_parse(p, t[i].text, &v, &e) != MU_EFORMAT)
			fail_msg("row %zu was taken", i);
		if (strstr(e.text, t[i].where) == NULL)
			fail_msg("row %zu: %s", i, e.text);
		assert_null(strstr(e.text, "hush"));
	}
}

static void
json_parse__refuses_numbers_that_nothing_holds(void **state)
{
	static const char *const t[] = { "[1e400]", "[18446744073709551616]" };
	AUTO(json) struct json *p = json_new(CAP);
	struct json_val v;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		assert_int_equal(json_parse(p, str_from(t[i]), &v, &e),
		    MU_EFORMAT);
		assert_non_null(strstr(e.text, "out of range"));
	}
}

static int
nested(struct json *p, size_t depth, const char *open, const char *close,
    struct err *e)
{
	AUTO(buf) struct buf b;
	struct json_val v;
	size_t i;

	buf_init(&b, CAP);
	for (i = 0; i < depth; i++)
		buf_adds(&b, open);
	buf_adds(&b, "1");
	for (i = 0; i < depth; i++)
		buf_adds(&b, close);
	return json_parse(p, buf_str(&b), &v, e);
}

static void
json_parse__takes_depth_to_its_cap_and_no_further(void **state)
{
	AUTO(json) struct json *p = json_new(CAP);
	struct err e;

	(void)state;
	assert_ok(nested(p, JSON_DEPTH_MAX, "[", "]", &e), &e);
	assert_ok(nested(p, JSON_DEPTH_MAX, "{\"a\":", "}", &e), &e);
	assert_int_equal(nested(p, JSON_DEPTH_MAX + 1, "[", "]", &e),
	    MU_ELIMIT);
	assert_int_equal(nested(p, JSON_DEPTH_MAX + 1, "{\"a\":", "}", &e),
	    MU_ELIMIT);
	assert_int_equal(nested(p, 100000, "[", "]", &e), MU_ELIMIT);
}

static void
json_parse__takes_texts_to_its_cap_and_no_further(void **state)
{
	AUTO(json) struct json *p = json_new(8);
	struct json_val v;
	struct err e;

	(void)state;
	assert_ok(json_parse(p, STR("[123456]"), &v, &e), &e);
	assert_int_equal(json_parse(p, STR("[1234567]"), &v, &e), MU_ELIMIT);
	assert_ok(json_parse(p, STR("[1]"), &v, &e), &e);
}

static void
json_parse_lax__takes_comments_and_last_commas(void **state)
{
	static const struct {
		const char *text, *want; /* of member "a"; NULL: refused */
	} t[] = {
		{ "// head\n{\"a\":\"x\"} // tail", "x" },
		{ "/* h */{/**/\"a\"/* b */:\"x\",/*c*/}/*t*/", "x" },
		{ "{\"a\":\"x\",\n// why\n}", "x" },
		{ "{\"b\":[1,2,],\"a\":\"x\"}", "x" },
		{ "{\"a\":\"http://x/*y*/,}\"}", "http://x/*y*/,}" },
		{ "{\"a\":\"\\\"//\\\\\"}//", "\"//\\" },
		{ "{\"a\":\"x\",,}", NULL },
		{ "{,}", NULL },
		{ "{\"a\":\"x\"} /", NULL },
		{ "{\"a\":\"x\"} /* open", "x" },
		{ "{\"a\":\"x\" # no\n}", NULL },
	};
	AUTO(json) struct json *p = json_new(CAP);
	struct json_val v;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		if (t[i].want == NULL) {
			assert_int_equal(json_parse_lax(p, str_from(t[i].text),
					     &v, &e),
			    MU_EFORMAT);
			continue;
		}
		assert_ok(json_parse_lax(p, str_from(t[i].text), &v, &e), &e);
		assert_str(json_text(v, "a"), t[i].want);
	}
	assert_int_equal(json_parse_lax(p, STR("/* 1\n2 */\n[1,\n x]"), &v, &e),
	    MU_EFORMAT);
	assert_non_null(strstr(e.text, "line 4, byte 16:"));
}

static void
jtext_member__gives_the_bytes_as_they_stand(void **state)
{
	struct str rest = STR(" { \"a\" : 1.50 ,\"b\\\"\":[ {\"}\":\"]\"} ] , "
			      "\"c\":\"x\\\\\" } ");
	static const char *const want[][2] = { { "\"a\"", "1.50" },
		{ "\"b\\\"\"", "[ {\"}\":\"]\"} ]" },
		{ "\"c\"", "\"x\\\\\"" } };
	struct str name, value, empty = STR("{ }");
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(want); i++) {
		assert_true(jtext_member(&rest, &name, &value));
		assert_str(name, want[i][0]);
		assert_str(value, want[i][1]);
	}
	assert_false(jtext_member(&rest, &name, &value));
	assert_false(jtext_member(&empty, &name, &value));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(json_parse__gives_every_kind),
		TEST(json_accessors__answer_only_for_their_kind),
		TEST(json_next__steps_in_the_order_of_the_text),
		TEST(json_get__gives_the_first_of_two_and_json_repeat_tells),
		TEST(json_parse__names_line_and_byte_and_quotes_nothing),
		TEST(json_parse__refuses_numbers_that_nothing_holds),
		TEST(json_parse__takes_depth_to_its_cap_and_no_further),
		TEST(json_parse__takes_texts_to_its_cap_and_no_further),
		TEST(json_parse_lax__takes_comments_and_last_commas),
		TEST(jtext_member__gives_the_bytes_as_they_stand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
