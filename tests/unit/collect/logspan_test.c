/* How far back logs reach. */

#include "collect/logspan.h"

#include "test.h"

#define DAY 86400
#define NOW ((int64_t)1795219200)

/* ${from} and ${to} in days before NOW. */
static struct logspan
days(int from, int to, bool heard)
{

	return (struct logspan){ .from_s = NOW - (int64_t)from * DAY,
		.to_s = NOW - (int64_t)to * DAY,
		.heard = heard };
}

static void
logspan__wants_ninety_days_to_now(void **state)
{
	struct logspan one[] = { days(90, 0, true) };
	struct logspan two[] = { days(95, 30, true), days(29, 0, false) };
	struct logspan old[] = { days(200, 8, true) };
	struct logspan young[] = { days(89, 0, true) };

	(void)state;
	assert_null(logspan_lack(one, 1, NOW));
	assert_null(logspan_lack(two, 2, NOW));
	assert_non_null(strstr(logspan_lack(old, 1, NOW), "7 days ago"));
	assert_non_null(strstr(logspan_lack(young, 1, NOW), "90 days"));
	assert_non_null(logspan_lack(NULL, 0, NOW));
}

static void
logspan__sees_a_hole(void **state)
{
	struct logspan whole[] = { days(100, 60, true), days(53, 20, true),
		days(20, 1, true) };
	struct logspan hole[] = { days(20, 1, true), days(100, 60, true),
		days(52, 20, true) };

	(void)state;
	assert_null(logspan_lack(whole, 3, NOW));
	assert_non_null(strstr(logspan_lack(hole, 3, NOW), "hole"));
}

static void
logspan__wants_a_sign_in(void **state)
{
	struct logspan quiet[] = { days(100, 0, false) };

	(void)state;
	assert_non_null(strstr(logspan_lack(quiet, 1, NOW), "no sign-in"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(logspan__wants_ninety_days_to_now),
		TEST(logspan__sees_a_hole),
		TEST(logspan__wants_a_sign_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
