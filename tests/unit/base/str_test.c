#include "../test.h"

static void
str_glob__stars_stay_in_a_component_and_double_stars_cross(void **state)
{
	static const struct {
		const char *pattern, *path;
		bool want;
	} t[] = {
		{ "etc/passwd", "etc/passwd", true },
		{ "etc/passwd", "etc/passwd-", false },
		{ "etc/*.conf", "etc/a.conf", true },
		{ "etc/*.conf", "etc/x/a.conf", false },
		{ "etc/**/a.conf", "etc/a.conf", true },
		{ "etc/**/a.conf", "etc/x/y/a.conf", true },
		{ "**/id_*", "home/ada/.ssh/id_rsa", true },
		{ "**/id_*", "id_rsa", true },
		{ "**/a/**/b", "x/a/y/a/z/b", true },
		{ "**/a/**/b", "x/a/y/c", false },
		{ "etc/**", "etc/x/y", true },
		{ "*", "a/b", false },
		{ "a?c", "abc", true },
		{ "a?c", "a/c", false },
		{ "", "a", false },
		{ "a", "", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++)
		if (str_glob(str_from(t[i].pattern), str_from(t[i].path)) !=
		    t[i].want)
			fail_msg("%s against %s", t[i].pattern, t[i].path);
}

/* A slow, plainly right matcher: one component by recursion. */
static bool
slow_part(struct str p, struct str s)
{

	if (p.n == 0)
		return s.n == 0;
	if (p.p[0] == '*')
		return slow_part(str_skip(p, 1), s) ||
		       (s.n != 0 && slow_part(p, str_skip(s, 1)));
	return s.n != 0 && (p.p[0] == '?' || p.p[0] == s.p[0]) &&
	       slow_part(str_skip(p, 1), str_skip(s, 1));
}

static bool
slow_glob(struct str p, struct str s)
{
	struct str ph, pr, sh, sr;

	if (p.n == 0)
		return s.n == 0;
	(void)str_cut(p, '/', &ph, &pr);
	(void)str_cut(s, '/', &sh, &sr);
	if (str_eq(ph, STR("**")))
		return pr.n == 0 || slow_glob(pr, s) ||
		       (s.n != 0 && slow_glob(p, sr));
	return s.n != 0 && slow_part(ph, sh) && slow_glob(pr, sr);
}

/* Word ${k} over the alphabet, of length ${n}; no empty components. */
static bool
word(unsigned k, size_t n, const char *alphabet, char *out)
{
	size_t i, letters = strlen(alphabet);

	for (i = 0; i < n; i++) {
		out[i] = alphabet[k % letters];
		k /= (unsigned)letters;
	}
	return n == 0 || (out[0] != '/' && out[n - 1] != '/' &&
			     memmem(out, n, "//", 2) == NULL);
}

static void
str_glob__agrees_with_a_recursive_matcher_on_all_short_inputs(void **state)
{
	char p[5], s[5];
	unsigned i, k;
	size_t np, ns;

	(void)state;
	for (np = 1; np <= 5; np++)
		for (i = 0; i < 3125 && (np == 5 || i < 625); i++) {
			if (!word(i, np, "a*?/b", p))
				continue;
			for (ns = 1; ns <= 4; ns++)
				for (k = 0; k < 81; k++) {
					if (!word(k, ns, "ab/", s))
						continue;
					if (str_glob(str_of(p, np),
						str_of(s, ns)) !=
					    slow_glob(str_of(p, np),
						str_of(s, ns)))
						fail_msg("%.*s %.*s", (int)np,
						    p, (int)ns, s);
				}
		}
}

static void
str_i64__takes_whole_numbers_in_range_and_nothing_else(void **state)
{
	static const char *const bad[] = { "", "-", "+1", " 1", "1 ", "01",
		"1x", "9223372036854775808", "-9223372036854775809", "0x10",
		"99999999999999999999", "1.0" };
	int64_t v = 7;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(bad); i++) {
		if (str_i64(str_from(bad[i]), INT64_MIN, INT64_MAX, &v))
			fail_msg("took '%s'", bad[i]);
		assert_int_equal(v, 7);
	}
	assert_true(str_i64(STR("-9223372036854775808"), INT64_MIN, INT64_MAX,
	    &v));
	assert_true(v == INT64_MIN);
	assert_true(str_i64(STR("9223372036854775807"), INT64_MIN, INT64_MAX,
	    &v));
	assert_true(v == INT64_MAX);
	assert_true(str_i64(STR("0"), 0, 0, &v));
	assert_false(str_i64(STR("11"), 0, 10, &v));
	assert_false(str_i64(STR("-1"), 0, 10, &v));
}

/* The boundaries of RFC 3629 section 4, and what lies beyond each. */
static void
str_utf8__holds_to_rfc_3629(void **state)
{
	static const struct {
		const char *s;
		bool want;
	} t[] = {
		{ "plain", true },
		{ "\xc2\x80\xdf\xbf", true },
		{ "\xe0\xa0\x80\xef\xbf\xbf", true },
		{ "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", true },
		{ "\x80", false },
		{ "\xc1\xbf", false },
		{ "\xe0\x9f\xbf", false },
		{ "\xed\xa0\x80", false },
		{ "\xf0\x8f\xbf\xbf", false },
		{ "\xf4\x90\x80\x80", false },
		{ "\xf5\x80\x80\x80", false },
		{ "\xe2\x82", false },
		{ "\xe2\x28\xa1", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++)
		if (str_utf8(str_from(t[i].s)) != t[i].want)
			fail_msg("row %zu", i);
}

static void
str_line__takes_lf_and_crlf_and_the_last_without_either(void **state)
{
	struct str text = STR("a\r\n\nb\r\r\nc"), line;

	(void)state;
	assert_true(str_line(&text, &line));
	assert_str(line, "a");
	assert_true(str_line(&text, &line));
	assert_str(line, "");
	assert_true(str_line(&text, &line));
	assert_str(line, "b\r");
	assert_true(str_line(&text, &line));
	assert_str(line, "c");
	assert_false(str_line(&text, &line));
}

static void
str_cut__splits_at_the_first_and_may_write_over_its_input(void **state)
{
	struct str s = STR("a:b:c"), head;

	(void)state;
	assert_true(str_cut(s, ':', &head, &s));
	assert_str(head, "a");
	assert_str(s, "b:c");
	assert_true(str_cut(s, ':', &s, &head));
	assert_str(s, "b");
	assert_false(str_cut(head, ':', &s, &head));
	assert_str(s, "c");
	assert_str(head, "");
}

/* Each offset and length around the stride, against the C library's answer. */
static void
str_find__agrees_with_memmem_at_every_offset(void **state)
{
	static const char *const words[] = { "-----BEGIN ", "--", "-=-",
		"-0123456789abcde", "-0123456789abcdef" };
	char hay[600];
	struct str w;
	const char *at;
	size_t i, n, k;

	(void)state;
	for (k = 0; k < MU_COUNT(words); k++) {
		w = str_from(words[k]);
		for (n = 0; n <= sizeof(hay); n += 1 + n % 3)
			for (i = 0; i + w.n <= sizeof(hay); i++) {
				memset(hay, '-', sizeof(hay));
				memcpy(hay + i, w.p, w.n);
				at = memmem(hay, n, w.p, w.n);
				assert_true(str_find(str_of(hay, n), w) ==
					    (at != NULL ? (size_t)(at - hay) :
							  SIZE_MAX));
			}
	}
}

static void
str_find__finds_the_first_and_says_when_there_is_none(void **state)
{

	(void)state;
	assert_true(str_find(STR("ababc"), STR("abc")) == 2);
	assert_true(str_find(STR("ab"), STR("abc")) == SIZE_MAX);
	assert_true(str_find(STR_NONE, STR("a")) == SIZE_MAX);
	assert_true(str_find(STR("a"), STR("")) == 0);
	assert_true(str_rchr(STR("a/b/c"), '/') == 3);
	assert_true(str_chr(STR_NONE, '/') == SIZE_MAX);
	assert_true(str_cmp(STR("a"), STR("ab")) < 0);
	assert_true(str_cmp(STR("b"), STR("ab")) > 0);
	assert_true(str_cmp(STR("\xff"), STR("a")) > 0);
	assert_true(str_eq_nocase(STR("HoSt"), STR("hOsT")));
	assert_false(str_eq_nocase(STR("ho[t"), STR("ho{t")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(
		    str_glob__stars_stay_in_a_component_and_double_stars_cross),
		TEST(
		    str_glob__agrees_with_a_recursive_matcher_on_all_short_inputs),
		TEST(str_i64__takes_whole_numbers_in_range_and_nothing_else),
		TEST(str_utf8__holds_to_rfc_3629),
		TEST(str_line__takes_lf_and_crlf_and_the_last_without_either),
		TEST(str_cut__splits_at_the_first_and_may_write_over_its_input),
		TEST(str_find__agrees_with_memmem_at_every_offset),
		TEST(str_find__finds_the_first_and_says_when_there_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
