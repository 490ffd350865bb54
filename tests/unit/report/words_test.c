#include "../test.h"
#include "report/words.h"

#define DAY_S 86400
#define NOW   INT64_C(1795262400) /* 2026-11-21T12:00:00Z */

static void
words_when__says_the_distance_in_days_by_the_calendar(void **state)
{
	static const struct {
		int64_t at;
		const char *want;
	} t[] = {
		{ NOW, "today (21 Nov 2026)" },
		{ NOW + 43199, "today (21 Nov 2026)" },
		{ NOW + 43200, "in 1 day (22 Nov 2026)" },
		{ NOW - 43201, "1 day ago (20 Nov 2026)" },
		{ NOW + 9 * DAY_S, "in 9 days (30 Nov 2026)" },
		{ NOW + 89 * DAY_S, "in 89 days (18 Feb 2027)" },
		{ NOW + 90 * DAY_S, "in 3 months (19 Feb 2027)" },
		{ NOW + 729 * DAY_S, "in 24 months (19 Nov 2028)" },
		{ NOW + 730 * DAY_S, "in 2 years (20 Nov 2028)" },
		{ NOW - 1500 * DAY_S, "4 years ago (13 Oct 2022)" },
		{ CLOCK_NONE, "-" },
		{ 0, "56 years ago (1 Jan 1970)" },
		{ -1, "56 years ago (31 Dec 1969)" },
	};
	AUTO(buf) struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, 256);
	for (i = 0; i < MU_COUNT(t); i++) {
		buf_reset(&b);
		words_when(&b, NOW, t[i].at);
		assert_str(buf_str(&b), t[i].want);
	}
}

static void
words_ratio__counts_machines_for_each_person(void **state)
{
	static const struct {
		int64_t machines, people;
		const char *want;
	} t[] = {
		{ 312, 7, "312 machine identities, 7 people: 45 to 1" },
		{ 1, 1, "1 machine identity, 1 person: 1 to 1" },
		{ 10, 4, "10 machine identities, 4 people: 3 to 1" },
		{ 9, 4, "9 machine identities, 4 people: 2 to 1" },
		{ 1200, 1, "1,200 machine identities, 1 person: 1,200 to 1" },
		{ 3, 0, "3 machine identities and no people" },
		{ 0, 2, "0 machine identities, 2 people: 0 to 1" },
	};
	AUTO(buf) struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, 256);
	for (i = 0; i < MU_COUNT(t); i++) {
		buf_reset(&b);
		words_ratio(&b, t[i].machines, t[i].people);
		assert_str(buf_str(&b), t[i].want);
	}
}

static void
words_sentence__ends_where_a_new_one_begins(void **state)
{
	static const struct {
		const char *in, *want;
	} t[] = {
		{ "Do this. Then that.", "Do this" },
		{ "Do this.", "Do this" },
		{ "Set 192.0.2.1 first. Then more.", "Set 192.0.2.1 first" },
		{ "ssh-ed25519 ... and so on. Next.",
		    "ssh-ed25519 ... and so on" },
		{ "chmod 600 x. it goes on", "chmod 600 x. it goes on" },
		{ "", "" },
		{ ".", "" },
		{ "a. B", "a" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++)
		assert_str(words_sentence(str_from(t[i].in)), t[i].want);
}

static void
words_where__gives_paths_their_slash(void **state)
{
	static const struct {
		const char *in, *want;
	} t[] = {
		{ "etc/ssl/a.pem#1", "/etc/ssl/a.pem#1" },
		{ "root/.ssh/authorized_keys:3",
		    "/root/.ssh/authorized_keys:3" },
		{ ".env#2", "/.env#2" },
		{ "/already", "/already" },
		{ "tcp:127.0.0.1:443", "tcp:127.0.0.1:443" },
		{ "[::1]:443", "[::1]:443" },
		{ "", "-" },
	};
	AUTO(buf) struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, 256);
	for (i = 0; i < MU_COUNT(t); i++) {
		buf_reset(&b);
		words_where(&b, str_from(t[i].in));
		assert_str(buf_str(&b), t[i].want);
	}
}

static void
words_kind__leaves_a_word_it_does_not_know(void **state)
{

	(void)state;
	assert_str(words_kind(STR("tls_cert")), "TLS certificate");
	assert_str(words_kind(STR("teapot")), "teapot");
}

static void
words_fill__puts_the_path_for_file(void **state)
{
	static const struct {
		const char *locator, *want;
	} t[] = {
		{ "etc/a.env:6", "chmod 600 /etc/a.env; stat /etc/a.env." },
		{ "srv/jwt#1", "chmod 600 /srv/jwt; stat /srv/jwt." },
		{ "srv/key2", "chmod 600 /srv/key2; stat /srv/key2." },
		{ "srv/a:b/c", "chmod 600 /srv/a:b/c; stat /srv/a:b/c." },
		{ "srv/a b", "chmod 600 '/srv/a b'; stat '/srv/a b'." },
		{ "srv/$(id)", "chmod 600 '/srv/$(id)'; stat '/srv/$(id)'." },
		{ "srv/a'b", "chmod 600 FILE; stat FILE." },
		{ "srv/a\x1b", "chmod 600 FILE; stat FILE." },
		{ "srv/a\xc3\xbc", "chmod 600 FILE; stat FILE." },
		{ "tcp:127.0.0.1:443", "chmod 600 FILE; stat FILE." },
		{ "", "chmod 600 FILE; stat FILE." },
	};
	AUTO(buf) struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, 4096);
	for (i = 0; i < MU_COUNT(t); i++) {
		buf_reset(&b);
		words_fill(&b, STR("chmod 600 FILE; stat FILE."),
		    str_from(t[i].locator));
		assert_str(buf_str(&b), t[i].want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(words_fill__puts_the_path_for_file),
		TEST(words_when__says_the_distance_in_days_by_the_calendar),
		TEST(words_ratio__counts_machines_for_each_person),
		TEST(words_sentence__ends_where_a_new_one_begins),
		TEST(words_where__gives_paths_their_slash),
		TEST(words_kind__leaves_a_word_it_does_not_know),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
