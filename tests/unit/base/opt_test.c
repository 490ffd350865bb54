#include "../test.h"
#include "base/opt.h"

struct opts {
	bool quiet;
	struct str format, root;
	int64_t days;
	struct opt_list also;
};

static const struct opt table[] = {
	{ .name = "quiet",
	    .letter = 'q',
	    .kind = OPT_FLAG,
	    .at = OPT_AT(struct opts, quiet),
	    .help = "Say less" },
	{ .name = "format",
	    .kind = OPT_WORD,
	    .value = "FORMAT",
	    .at = OPT_AT(struct opts, format),
	    .words = "table json",
	    .help = "How to print" },
	{ .name = "root",
	    .letter = 'r',
	    .kind = OPT_STR,
	    .value = "DIR",
	    .at = OPT_AT(struct opts, root),
	    .help = "Where to begin" },
	{ .name = "days",
	    .kind = OPT_I64,
	    .value = "DAYS",
	    .min = 0,
	    .max = 100,
	    .at = OPT_AT(struct opts, days),
	    .help = "How long" },
	{ .name = "also",
	    .kind = OPT_LIST,
	    .value = "DIR",
	    .at = OPT_AT(struct opts, also),
	    .help = "One more" },
	{ .name = NULL },
};

/* Split ${line} at blanks and parse it. */
static int
parse(const char *line, struct opts *o, struct opt_list *rest, struct err *e)
{
	static char words[16][32];
	const struct opt *const tables[] = { table, NULL };
	void *const into[] = { o };
	char *argv[16];
	struct str s = str_from(line), w;
	int n = 0;

	*o = (struct opts){ 0 };
	*rest = (struct opt_list){ 0 };
	while (str_word(&s, &w)) {
		(void)snprintf(words[n], sizeof(words[n]), STR_FMT, STR_ARG(w));
		argv[n] = words[n];
		n++;
	}
	return opt_parse(tables, n, argv, into, rest, e);
}

static void
opt_parse__takes_long_short_joined_and_repeated(void **state)
{
	struct opt_list rest;
	struct opts o;
	struct err e;

	(void)state;
	assert_ok(parse("one -q --format=json --root / --days 7 --also a "
			"--also b two -- --quiet",
		      &o, &rest, &e),
	    &e);
	assert_true(o.quiet && o.days == 7 && o.also.n == 2 && rest.n == 3);
	assert_str(o.format, "json");
	assert_str(o.root, "/");
	assert_str(o.also.v[1], "b");
	assert_str(rest.v[2], "--quiet");
	assert_ok(parse("-r x -", &o, &rest, &e), &e);
	assert_str(o.root, "x");
	assert_str(rest.v[0], "-");
}

static void
opt_parse__says_what_is_wrong_and_what_was_meant(void **state)
{
	static const struct {
		const char *line, *text;
	} t[] = {
		{ "--quit",
		    "unknown option '--quit'; did you mean '--quiet'?" },
		{ "--zebra", "unknown option '--zebra'" },
		{ "-x", "unknown option '-x'" },
		{ "--format xml",
		    "--format takes one of: table json; not 'xml'" },
		{ "--root", "--root needs a DIR" },
		{ "--quiet=1", "--quiet takes no value" },
		{ "--days 101",
		    "--days takes a whole number from 0 to 100; not '101'" },
		{ "--form json",
		    "unknown option '--form'; did you mean '--format'?" },
	};
	struct opt_list rest;
	struct opts o;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		assert_int_equal(parse(t[i].line, &o, &rest, &e), MU_EFORMAT);
		assert_str(str_from(e.text), t[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(opt_parse__takes_long_short_joined_and_repeated),
		TEST(opt_parse__says_what_is_wrong_and_what_was_meant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
