#include "assess/checkfile.h"

#include "base/mem.h"

#include "../test.h"

#define HEAD                         \
	"-- id: TST-ONE-001\n"       \
	"-- title: A thing\n"        \
	"-- kinds: ssh_key token\n"  \
	"-- severity: high\n"        \
	"-- trigger: it is there\n"  \
	"-- why: it should not be\n" \
	"-- remedy: take it away\n"
#define SQL                                                         \
	"SELECT id AS identity_id, NULL AS credential_id, NULL AS " \
	"sighting_id,"                                              \
	" NULL AS since_at, NULL AS value, '' AS detail FROM "      \
	"live_identities\n"

struct fix {
	struct arena *a;
	struct check c;
	struct err e;
};

static int
setup(void **state)
{
	struct fix *f = mem_new(1, sizeof(*f));

	f->a = arena_new(1 << 20);
	*state = f;
	return 0;
}

static int
teardown(void **state)
{
	struct fix *f = *state;

	arena_free(f->a);
	mem_free(f);
	return 0;
}

static int
parse(struct fix *f, const char *text)
{

	return assess_check_parse("x.sql", str_from(text), f->a, &f->c, &f->e);
}

static void
checkfile__reads_every_key(void **state)
{
	struct fix *f = *state;
	int64_t v = 0;

	assert_ok(parse(f, HEAD
		      "-- needs: ssh.authorized_keys log.auth\n"
		      "-- param: days = 14  (days of grace)\n"
		      "-- param: high_below = -5  (grades, unused in SQL)\n"
		      "-- baseline: count\n"
		      "-- verify: look: it is gone\n"
		      "-- maps: CE: CE-A, CE-B; CAF: A3.a\n\n" SQL
		      " WHERE first_seen < :now - :days\n;\n"),
	    &f->e);
	assert_str(f->c.id, "TST-ONE-001");
	assert_str(f->c.title, "A thing");
	assert_str(f->c.kinds, "ssh_key token");
	assert_int_equal(f->c.severity, SEV_HIGH);
	assert_int_equal(f->c.n_needs, 2);
	assert_str(f->c.needs[1], "log.auth");
	assert_int_equal(f->c.n_params, 2);
	assert_str(f->c.params[0].name, "days");
	assert_str(f->c.params[0].help, "days of grace");
	assert_true(checkfile_param(&f->c, STR("high_below"), &v));
	assert_int_equal(v, -5);
	assert_false(checkfile_param(&f->c, STR("low_below"), &v));
	assert_true(f->c.baseline_counts);
	assert_str(f->c.verify, "look: it is gone");
	assert_str(f->c.maps, "CE: CE-A, CE-B; CAF: A3.a");
	assert_str(f->c.remedy, "take it away");
	assert_int_equal(f->c.sql_line, 15);
	assert_int_equal(f->c.sql.p[f->c.sql.n], 0);
}

static void
checkfile__joins_lines_that_go_on(void **state)
{
	struct fix *f = *state;

	assert_ok(parse(f, "--\n" HEAD "--     at once,\n--\tor sooner\n" SQL),
	    &f->e);
	assert_str(f->c.remedy, "take it away at once, or sooner");
	assert_int_equal(f->c.sql_line, 11);
	assert_false(f->c.baseline_counts);
}

static void
checkfile__skips_colons_in_text_and_comments(void **state)
{
	struct fix *f = *state;

	assert_ok(parse(f,
		      HEAD SQL "WHERE name <> 'it''s a:b; c?' -- :nothing; ?\n"
			       " /* :nor ; this */ AND kind = 'x'\n"),
	    &f->e);
}

/* Each is refused, and the words name the file and the line. */
static void
checkfile__refuses_and_names_the_line(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "", "x.sql:1: the head has no 'id'" },
		{ HEAD, "x.sql:8: after the head comes one SELECT" },
		{ "SELECT 1", "x.sql:1: the head has no 'id'" },
		{ HEAD "-- sverity: low\n" SQL,
		    "x.sql:8: unknown key 'sverity'" },
		{ HEAD "-- escalate: privileged\n" SQL,
		    "x.sql:8: unknown key 'escalate'" },
		{ HEAD "-- title: again\n" SQL,
		    "x.sql:8: 'title' is there twice" },
		{ HEAD "-- a comment\n" SQL,
		    "x.sql:8: the head wants '-- key: value'" },
		{ "-- id: low-1\n", "x.sql:1: an id is 3 to 32 capital "
				    "letters, digits and dashes" },
		{ "-- id:\n", "x.sql:1: 'id' is empty" },
		{ "-- title: x\n-- kinds: ssh_key shh_key\n",
		    "x.sql:2: 'shh_key' is no identity kind" },
		{ "-- severity: awful\n", "x.sql:1: a severity is info, low, "
					  "medium, high or critical" },
		{ "-- needs: Etc/Passwd\n",
		    "x.sql:1: 'Etc/Passwd' is no id of a place" },
		{ "-- param: now = 1  (x)\n",
		    "x.sql:1: a parameter is 'name = number  (help)'" },
		{ "-- param: Days = 1  (x)\n",
		    "x.sql:1: a parameter is 'name = number  (help)'" },
		{ "-- param: days = 1.5  (x)\n",
		    "x.sql:1: 'days' has no whole number" },
		{ "-- param: days = 99999999999999  (x)\n",
		    "x.sql:1: 'days' has no whole number" },
		{ "-- param: days = 1\n",
		    "x.sql:1: 'days' has no help in brackets" },
		{ "-- param: a = 1  (x)\n-- param: a = 2  (y)\n",
		    "x.sql:2: 'a' is there twice" },
		{ HEAD "-- param: days = 1  (x)\n" SQL,
		    "x.sql:9: parameter 'days' is not used" },
		{ HEAD SQL "WHERE id = :days\n",
		    "x.sql:9: ':days' is no parameter of the head" },
		{ HEAD SQL "WHERE\nid::text = ''\n",
		    "x.sql:10: a ':' without the name of a parameter" },
		{ HEAD SQL "WHERE id = ?1\n",
		    "x.sql:9: a parameter is written :name" },
		{ HEAD SQL "; DELETE FROM findings\n",
		    "x.sql:9: more than one statement" },
		{ HEAD "DELETE FROM findings\n",
		    "x.sql:8: after the head comes one SELECT" },
		{ HEAD "WITH x AS (SELECT 1) DELETE FROM findings\n",
		    "x.sql:8: after the head comes one SELECT" },
		{ HEAD "SELECT 'a\n",
		    "x.sql:8: a quote or comment without an end" },
		{ HEAD "SELECT 1 /* a\n",
		    "x.sql:8: a quote or comment without an end" },
		{ HEAD "-- maps: CE\n" SQL, "x.sql:8: a mapping is 'framework: "
					    "ids', with ';' between" },
		{ HEAD "-- baseline: maybe\n" SQL,
		    "x.sql:8: baseline is 'count' or 'raise'" },
		{ "-- id: \xff\n", "x.sql:1: this is no text in UTF-8" },
	};
	struct fix *f = *state;
	size_t i;

	for (i = 0; i < MU_COUNT(cases); i++) {
		f->e.text[0] = '\0';
		assert_int_equal(parse(f, cases[i].text), MU_EFORMAT);
		assert_string_equal(f->e.text, cases[i].want);
	}
}

static void
checkfile__caps_the_file(void **state)
{
	struct fix *f = *state;
	char *big = mem_new(CHECKFILE_MAX + 2, 1);
	size_t i;

	for (i = 0; i <= CHECKFILE_MAX; i++)
		big[i] = '\n';
	assert_int_equal(parse(f, big), MU_ELIMIT);
	assert_string_equal(f->e.text, "x.sql: longer than 65536 bytes");
	mem_free(big);
}

static void
checkfile__leaves_the_result_alone_on_failure(void **state)
{
	struct fix *f = *state;

	f->c.n_params = 3;
	assert_int_equal(parse(f, HEAD "nothing\n"), MU_EFORMAT);
	assert_int_equal(f->c.n_params, 3);
}

/* Every compiled-in check can be read, and they stand in the order of ids. */
static void
assess_checks__are_whole_and_sorted(void **state)
{
	const struct check *c;
	size_t i, n;

	(void)state;
	c = assess_checks(&n);
	assert_int_equal(n, 15);
	for (i = 0; i < n; i++) {
		assert_true(str_starts(c[i].id, STR("MUS-")));
		assert_true(c[i].maps.n != 0 && c[i].verify.n != 0);
		assert_true(str_starts(str_from(c[i].file), c[i].id));
		assert_string_equal(c[i].file + c[i].id.n, ".sql");
		assert_true(i == 0 || str_cmp(c[i - 1].id, c[i].id) < 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(checkfile__reads_every_key),
		TEST(checkfile__joins_lines_that_go_on),
		TEST(checkfile__skips_colons_in_text_and_comments),
		TEST(checkfile__refuses_and_names_the_line),
		TEST(checkfile__caps_the_file),
		TEST(checkfile__leaves_the_result_alone_on_failure),
		TEST(assess_checks__are_whole_and_sorted),
	};
	struct CMUnitTest each[MU_COUNT(tests)];
	size_t i;

	for (i = 0; i < MU_COUNT(tests); i++) {
		each[i] = tests[i];
		each[i].setup_func = setup;
		each[i].teardown_func = teardown;
	}
	return cmocka_run_group_tests(each, NULL, NULL);
}
