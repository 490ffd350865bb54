/*
 * Members of groups as good as root. useradd.group is of groupadd(8) and
 * useradd -G: tests/cases/passwd/make.sh; the rest is group(5).
 */

#include "decode/group.h"

#include "seen.h"

#define GRANT(who, line)                                                \
	"{\"type\":\"grant\",\"identity\":\"account:host:name:box:" who \
	"\",\"target\":\"account:host:name:box:root\","                 \
	"\"capability\":\"data_admin\",\"asset\":\"host:name:box\","    \
	"\"place\":\"the.place\",\"locator\":\"etc/file:" line          \
	"\",\"command_limited\":\"no\"}"

static const char passwd[] = "root:x:0:0:::\nada:x:1000:1000:::\n"
			     "ci:x:900:900:::\nprim:x:901:991:::\n"
			     "zero:x:902:0:::\ntoor:x:0:990:::\n";

static void
group__grants_root_to_the_members_that_useradd_made(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, passwd, NULL, "");
	assert_ok(seen_read(&s, &decode_group,
		      seen_case(&s, "group/useradd.group")),
	    &s.e);
	assert_record(&s, GRANT("ci", "39"));
	assert_count(&s, "\"type\":\"grant\"", 1);
	assert_count(&s, "\"type\":\"gap\"", 0);
	seen_free(&s);
}

static void
group__sees_members_primary_groups_and_bad_lines(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, passwd, NULL, "");
	assert_ok(seen_read(&s, &decode_group,
		      seen_case(&s, "group/wicked.group")),
	    &s.e);
	assert_record(&s, GRANT("ada", "2"));
	assert_record(&s, GRANT("ci", "5"));
	assert_record(&s, GRANT("prim", "8"));
	assert_record(&s, GRANT("ada", "9"));
	/* ci stands twice on its line; ghost is no account; 0x10 no number. */
	assert_count(&s, "\"type\":\"grant\"", 5);
	assert_count(&s, "\"reason\":\"malformed\"", 2);
	assert_count(&s, "etc/file:3\",\"reason\":\"malformed\"", 1);
	assert_count(&s, "etc/file:7\",\"reason\":\"malformed\"", 1);
	assert_count(&s, "etc/file:4\",\"reason\":\"unsupported\"", 1);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(group__grants_root_to_the_members_that_useradd_made),
		TEST(group__sees_members_primary_groups_and_bad_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
