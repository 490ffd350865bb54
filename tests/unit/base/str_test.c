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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(
		    str_glob__stars_stay_in_a_component_and_double_stars_cross),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
