#include "decode/blocks.h"

#include "seen.h"

static int
told(void *cookie, const struct blocks_item *item, struct err *e)
{
	struct buf *b = cookie;
	size_t i;

	(void)e;
	buf_addf(b, "%zu ", item->line);
	for (i = 0; i < item->path.n; i++)
		buf_addc(b, item->path.p[i] == '\x1f' ? '/' : item->path.p[i]);
	buf_addf(b, "=" STR_FMT "\n", STR_ARG(item->value));
	return MU_OK;
}

static int
blocks_of(const char *text, struct buf *out, struct err *e)
{
	AUTO(arena) struct arena *job = arena_new((size_t)8 << 20);
	struct decode_in in = { .bytes = str_from(text), .job = job };

	buf_reset(out);
	return blocks_each(&in, told, out, e);
}

static void
blocks__tell_each_setting_with_the_heads_around_it(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "a = b\n", "1 a=b\n" },
		{ "a b c\n", "1 a=b c\n" },
		{ "a=\"b # c\" # d\n", "1 a=b # c\n" },
		{ "a = b#c ; d = e;f\n", "1 a=b#c\n1 d=e;f\n" },
		{ "x { a = b }\nc = d", "1 x/a=b\n2 c=d\n" },
		{ "x {\n y \"z\" {\n a \"b\";\n }\n}\nc=d",
		    "3 x/y z/a=b\n6 c=d\n" },
		/* A brace on the next line is the same block. */
		{ "x y\n{\n a=b\n}\n", "1 x=y\n3 x y/a=b\n" },
		{ "n={\na=1\n}\nn={\na=2\n}\n", "2 n/a=1\n5 n#2/a=2\n" },
		{ "user = fred {\n a = {SSHA}x\n b = ${c}/d\n}\n",
		    "2 user fred/a={SSHA}x\n3 user fred/b=${c}/d\n" },
		{ "p : q {\n a=1\n}\n", "2 p q/a=1\n" },
		{ "// a = b\n# c = d\nu = http://x/#y\n", "3 u=http://x/#y\n" },
		{ "a = 'it''s'\nb don't { }\n", "1 a=it\n" },
		{ "}\n}\na = \"open\nb = \"c\\\"d\"\n",
		    "3 a=open\n4 b=c\"d\n" },
		{ "a =\nb\n\n= c\n", "1 a=\n" },
	};
	AUTO(buf) struct buf got = { 0 };
	struct err e = { 0 };
	size_t i;

	(void)state;
	buf_init(&got, (size_t)1 << 20);
	for (i = 0; i < MU_COUNT(cases); i++) {
		assert_ok(blocks_of(cases[i].text, &got, &e), &e);
		if (!str_eq(buf_str(&got), str_from(cases[i].want)))
			fail_msg("case %zu:\n" STR_FMT, i,
			    STR_ARG(buf_str(&got)));
	}
}

static void
blocks__refuse_what_nests_without_end(void **state)
{
	AUTO(buf) struct buf got = { 0 }, deep = { 0 };
	struct err e = { 0 };
	size_t i;

	(void)state;
	buf_init(&got, (size_t)1 << 20);
	buf_init(&deep, (size_t)1 << 20);
	for (i = 0; i < 10000; i++)
		buf_adds(&deep, "a {\n");
	buf_addc(&deep, '\0');
	assert_int_equal(blocks_of(deep.p, &got, &e), MU_EFORMAT);
	buf_reset(&deep);
	for (i = 0; i < 20000; i++)
		buf_addf(&deep, "a%zu { }\n", i);
	buf_addc(&deep, '\0');
	assert_int_equal(blocks_of(deep.p, &got, &e), MU_ELIMIT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(blocks__tell_each_setting_with_the_heads_around_it),
		TEST(blocks__refuse_what_nests_without_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
