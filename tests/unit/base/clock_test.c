#include <time.h>

#include "../test.h"
#include "base/clock.h"

/* The C library's calendar is the other opinion. */
static void
clock_split__agrees_with_gmtime_r_over_ten_thousand_years(void **state)
{
	int64_t at;
	struct clock_utc u;
	struct tm tm;
	time_t t;

	(void)state;
	for (at = -70000000000; at < 260000000000; at += 86400 * 3 + 12345) {
		t = at;
		assert_non_null(gmtime_r(&t, &tm));
		u = clock_split(at);
		if (u.year != tm.tm_year + 1900 ||
		    u.month != (unsigned)tm.tm_mon + 1 ||
		    u.day != (unsigned)tm.tm_mday ||
		    u.hour != (unsigned)tm.tm_hour ||
		    u.minute != (unsigned)tm.tm_min ||
		    u.second != (unsigned)tm.tm_sec)
			fail_msg("at %lld", (long long)at);
		assert_true(clock_join(&u) == at);
	}
}

static void
clock_parse__takes_real_dates_and_no_others(void **state)
{
	static const char *const bad[] = { "", "2026", "2026-02-29",
		"2026-13-01", "2026-00-10", "2026-1-1", "2026-11-21T25:00:00Z",
		"2026-11-21T22:50:60Z", "2026-11-21 22:50:00Z",
		"2026-11-21T22:50:34", "@", "@x", "2026/11/21" };
	int64_t at = 5;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(bad); i++) {
		if (clock_parse(str_from(bad[i]), &at))
			fail_msg("took '%s'", bad[i]);
		assert_true(at == 5);
	}
	/* date -u -d 2026-11-21T22:50:34Z +%s */
	assert_true(clock_parse(STR("2026-11-21T22:50:34Z"), &at));
	assert_true(at == 1795301434);
	assert_true(clock_parse(STR("2024-02-29"), &at));
	assert_true(at == 1709164800);
	assert_true(clock_parse(STR("@-1"), &at));
	assert_true(at == -1);
}

static void
clock_stamp__prints_what_clock_parse_reads(void **state)
{
	AUTO(buf) struct buf b;

	(void)state;
	buf_init(&b, 256);
	clock_stamp(&b, 1795301434);
	assert_str(buf_str(&b), "2026-11-21T22:50:34Z");
	buf_reset(&b);
	clock_day(&b, -1);
	assert_str(buf_str(&b), "1969-12-31");
	buf_reset(&b);
	clock_day(&b, CLOCK_NONE);
	assert_str(buf_str(&b), "-");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(clock_split__agrees_with_gmtime_r_over_ten_thousand_years),
		TEST(clock_parse__takes_real_dates_and_no_others),
		TEST(clock_stamp__prints_what_clock_parse_reads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
