#include "base/clock.h"

#include <time.h>

#define DAY_S 86400

int64_t
clock_now_s(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec;
}

int64_t
clock_mono_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Days since 1970-01-01, years counted from March so that leap days end them.*/
static int64_t
clock_days(int64_t y, unsigned m, unsigned d)
{
	int64_t era, yoe, doy;

	y -= m <= 2;
	era = (y >= 0 ? y : y - 399) / 400;
	yoe = y - era * 400;
	doy = (153 * (int64_t)(m + (m > 2 ? -3u : 9u)) + 2) / 5 + d - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

struct clock_utc
clock_split(int64_t at_s)
{
	int64_t z, s, era, doe, yoe, doy, mp;
	struct clock_utc u;

	z = at_s / DAY_S - (at_s % DAY_S < 0);
	s = at_s - z * DAY_S;
	z += 719468;
	era = (z >= 0 ? z : z - 146096) / 146097;
	doe = z - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	u.day = (unsigned)(doy - (153 * mp + 2) / 5 + 1);
	u.month = (unsigned)(mp < 10 ? mp + 3 : mp - 9);
	u.year = yoe + era * 400 + (u.month <= 2);
	u.hour = (unsigned)(s / 3600);
	u.minute = (unsigned)(s / 60 % 60);
	u.second = (unsigned)(s % 60);
	return u;
}

int64_t
clock_join(const struct clock_utc *u)
{

	return clock_days(u->year, u->month, u->day) * DAY_S +
	       (int64_t)u->hour * 3600 + (int64_t)u->minute * 60 + u->second;
}

void
clock_day(struct buf *b, int64_t at_s)
{
	struct clock_utc u;

	if (at_s == CLOCK_NONE) {
		buf_addc(b, '-');
		return;
	}
	u = clock_split(at_s);
	buf_addf(b, "%04lld-%02u-%02u", (long long)u.year, u.month, u.day);
}

void
clock_stamp(struct buf *b, int64_t at_s)
{
	struct clock_utc u;

	clock_day(b, at_s);
	if (at_s == CLOCK_NONE)
		return;
	u = clock_split(at_s);
	buf_addf(b, "T%02u:%02u:%02uZ", u.hour, u.minute, u.second);
}

/* The digits s[at..at+n), as a number; false where one is no digit. */
static bool
clock_digits(struct str s, size_t at, size_t n, unsigned *out)
{
	unsigned v = 0;
	size_t i;

	for (i = at; i < at + n; i++) {
		if (i >= s.n || s.p[i] < '0' || s.p[i] > '9')
			return false;
		v = v * 10 + (unsigned)(s.p[i] - '0');
	}
	*out = v;
	return true;
}

bool
clock_parse(struct str s, int64_t *at_s)
{
	struct clock_utc u = { 0 }, back;
	unsigned year = 0;
	int64_t at;

	if (s.n != 0 && s.p[0] == '@')
		return str_i64(str_skip(s, 1), -67768040609740800,
		    67768036191676799, at_s);
	if (s.n != 10 && s.n != 20)
		return false;
	if (!clock_digits(s, 0, 4, &year) || !clock_digits(s, 5, 2, &u.month) ||
	    !clock_digits(s, 8, 2, &u.day) || s.p[4] != '-' || s.p[7] != '-')
		return false;
	if (s.n == 20 &&
	    (!clock_digits(s, 11, 2, &u.hour) ||
		!clock_digits(s, 14, 2, &u.minute) ||
		!clock_digits(s, 17, 2, &u.second) || s.p[10] != 'T' ||
		s.p[13] != ':' || s.p[16] != ':' || s.p[19] != 'Z'))
		return false;
	u.year = year;
	at = clock_join(&u);
	back = clock_split(at);
	if (back.year != u.year || back.month != u.month || back.day != u.day ||
	    back.hour != u.hour || back.minute != u.minute ||
	    back.second != u.second)
		return false;
	*at_s = at;
	return true;
}
