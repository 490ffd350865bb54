#include "../test.h"
#include "base/jwrite.h"
#include "base/vis.h"

static void
vis_add__shows_what_a_terminal_must_not_get(void **state)
{
	static const struct {
		struct str in;
		const char *want;
	} t[] = {
		{ { "plain \xc3\xa9", 8 }, "plain \xc3\xa9" },
		{ { "\x1b[31m", 5 }, "\\x1b[31m" },
		{ { "a\0b", 3 }, "a\\x00b" },
		{ { "\r\n\t", 3 }, "\\x0d\\x0a\\x09" },
		{ { "\xc2\x9b", 2 }, "\\xc2\\x9b" },
		{ { "\xe2\x80\xae", 3 }, "\\xe2\\x80\\xae" },
		{ { "\xff\xfe", 2 }, "\\xff\\xfe" },
		{ { "\\x41", 4 }, "\\\\x41" },
		{ { "\xed\xa0\x80", 3 }, "\\xed\\xa0\\x80" },
	};
	AUTO(buf) struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, 4096);
	for (i = 0; i < MU_COUNT(t); i++) {
		buf_reset(&b);
		vis_add(&b, t[i].in);
		assert_str(buf_str(&b), t[i].want);
	}
}

static void
vis_fit__cuts_by_columns_not_by_bytes(void **state)
{
	static const struct {
		const char *in;
		size_t columns;
		const char *want;
	} t[] = {
		{ "abcdef", 6, "abcdef" },
		{ "abcdef", 4, "abc\xe2\x80\xa6" },
		{ "abcdef", 1, "\xe2\x80\xa6" },
		{ "abcdef", 0, "" },
		{ "\xe4\xb8\xad\xe6\x96\x87", 4, "\xe4\xb8\xad\xe6\x96\x87" },
		{ "\xe4\xb8\xad\xe6\x96\x87", 3, "\xe4\xb8\xad\xe2\x80\xa6" },
		{ "e\xcc\x81"
		  "x",
		    2,
		    "e\xcc\x81"
		    "x" },
	};
	AUTO(buf) struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, 4096);
	for (i = 0; i < MU_COUNT(t); i++) {
		buf_reset(&b);
		vis_fit(&b, str_from(t[i].in), t[i].columns);
		assert_str(buf_str(&b), t[i].want);
	}
}

static void
jwrite__writes_nested_values_with_commas_where_they_belong(void **state)
{
	AUTO(buf) struct buf b;
	struct jwrite j;

	(void)state;
	buf_init(&b, 4096);
	jwrite_init(&j, &b);
	jwrite_obj(&j);
	jwrite_key(&j, "a");
	jwrite_arr(&j);
	jwrite_i64(&j, INT64_MIN);
	jwrite_bool(&j, true);
	jwrite_null(&j);
	jwrite_arr(&j);
	jwrite_end(&j);
	jwrite_end(&j);
	jwrite_key(&j, "b:");
	jwrite_str(&j, STR(":"));
	jwrite_key(&j, "c");
	jwrite_obj(&j);
	jwrite_end(&j);
	jwrite_end(&j);
	assert_str(buf_str(&b), "{\"a\":[-9223372036854775808,true,null,[]],"
				"\"b:\":\":\",\"c\":{}}");
}

static void
jwrite_quote__escapes_by_rfc_8259_and_mends_what_is_not_utf8(void **state)
{
	AUTO(buf) struct buf b;

	(void)state;
	buf_init(&b, 4096);
	jwrite_quote(&b, str_of("\"\\/\b\f\n\r\t\x01\0\x1f", 11));
	assert_str(buf_str(&b),
	    "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u0000\\u001f\"");
	buf_reset(&b);
	jwrite_quote(&b, STR("\xc3\xa9\xff\xe2\x82 ok"));
	assert_str(buf_str(&b),
	    "\"\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd ok\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(vis_add__shows_what_a_terminal_must_not_get),
		TEST(vis_fit__cuts_by_columns_not_by_bytes),
		TEST(
		    jwrite__writes_nested_values_with_commas_where_they_belong),
		TEST(
		    jwrite_quote__escapes_by_rfc_8259_and_mends_what_is_not_utf8),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
