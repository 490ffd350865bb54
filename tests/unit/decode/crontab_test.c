/*
 * Jobs of cron as workloads, by crontab(5), anacrontab(5) and run-parts(8).
 * The hashes are of `printf 'user\0command' | sha256sum | cut -c 1-16`.
 */

#include "decode/crontab.h"

#include "seen.h"

static const char passwd[] = "root:x:0:0:::/bin/sh\n"
			     "ada:x:1000:1000:::/bin/sh\n"
			     "backup:x:34:34:::/usr/sbin/nologin\n";

static int
read_as(struct seen *s, const char *path, const char *file)
{

	s->file.path = str_from(path);
	return seen_read(s, &decode_crontab, seen_case(s, file));
}

#define KEY(file, hash) "cron:host:name:box:" file ":" hash
#define JOB(file, hash, program, rest)                                    \
	"{\"type\":\"identity\",\"key\":\"" KEY(file,                     \
	    hash) "\",\"kind\":\"workload\",\"name\":\"cron job " program \
		  " of " file "\",\"asset\":\"host:name:box\"" rest "}"
#define MAIL(to)                                                        \
	",\"owner\":\"" to "\",\"owner_by\":\"MAILTO of the crontab\"," \
	"\"owner_pct\":60"
#define RUNS(file, hash, user, line)                                   \
	"{\"type\":\"edge\",\"kind\":\"runs_as\",\"src\":\"" KEY(file, \
	    hash) "\",\"dst\":\"account:host:name:box:" user           \
		  "\",\"evidence\":\"" file ":" line "\"}"
#define ROOT  ",\"privileged\":\"yes\""
#define OTHER ",\"privileged\":\"no\""

static void
crontab__reads_the_system_s_with_its_user_column(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, passwd, NULL, "");
	assert_ok(read_as(&s, "etc/crontab", "crontab/system"), &s.e);
	assert_record(&s, JOB("etc/crontab", "84e5fe1f6095f7ad", "run-parts",
			      MAIL("ops@example.net") ROOT));
	assert_record(&s, RUNS("etc/crontab", "84e5fe1f6095f7ad", "root", "6"));
	assert_record(&s, JOB("etc/crontab", "7eba2b38e02ad48c", "run-parts",
			      MAIL("ops@example.net") ROOT));
	assert_record(&s, JOB("etc/crontab", "daab2d8da2209d10", "pg_dump",
			      MAIL("ops@example.net") OTHER));
	assert_record(&s,
	    RUNS("etc/crontab", "daab2d8da2209d10", "backup", "8"));
	assert_record(&s,
	    RUNS("etc/crontab", "daab2d8da2209d10", "backup", "9"));
	assert_record(&s, JOB("etc/crontab", "0a361e8621b3e701", "start",
			      MAIL("ops@example.net")));
	assert_record(&s, JOB("etc/crontab", "cb492be522e0ee74", "nice", ROOT));
	assert_record(&s, JOB("etc/crontab", "f7fc6ef11d278f62", "run", ROOT));
	assert_count(&s, "\"kind\":\"workload\"", 7);
	assert_count(&s, "\"kind\":\"runs_as\"", 6);
	assert_count(&s,
	    "etc/crontab:10\",\"reason\":\"malformed\","
	    "\"detail\":\"the job's user is no account here\"",
	    1);
	assert_count(&s, "\"type\":\"gap\"", 1);
	seen_free(&s);
}

static void
crontab__tells_no_byte_of_a_command_but_its_program(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, passwd, NULL, "");
	assert_ok(read_as(&s, "etc/crontab", "crontab/system"), &s.e);
	assert_count(&s, "hunter2", 0);
	assert_count(&s, "not to be told", 0);
	assert_ok(read_as(&s, "var/spool/cron/ada", "crontab/user"), &s.e);
	assert_count(&s, "hunter2", 0);
	seen_free(&s);
}

static void
crontab__says_which_option_holds_a_secret(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, passwd, NULL, "");
	assert_ok(read_as(&s, "etc/crontab", "crontab/system"), &s.e);
	/* The variable is for every job below it: two of them are one twice. */
	assert_count(&s, "\"name\":\"API_TOKEN of etc/crontab\"", 1);
	assert_count(&s, "\"evidence\":\"etc/crontab:13\"", 3);
	assert_count(&s, "\"consumed_by\"", 10);
	assert_count(&s, "\"locator\":\"etc/crontab:4\"", 1);
	assert_count(&s, "\"locator\":\"etc/crontab:8\"", 1);
	assert_count(&s, "\"locator\":\"etc/crontab:9\"", 1);
	assert_count(&s, "\"key\":\"login:https://user@example.net\"", 1);
	assert_count(&s,
	    "\"name\":\"PGPASSWORD of cron job pg_dump of etc/crontab\"", 2);
	assert_ok(read_as(&s, "var/spool/cron/ada", "crontab/user"), &s.e);
	assert_count(&s, "\"detail\":\"--token\"", 1);
	assert_count(&s, "\"type\":\"sighting\"", 1);
	seen_free(&s);
}

static void
crontab__takes_the_user_of_a_spooled_one_from_its_name(void **state)
{
	static const char *const paths[] = { "var/spool/cron/crontabs/ada",
		"var/spool/cron/ada" };
	struct seen s;
	size_t i;

	(void)state;
	seen_init(&s, passwd, NULL, "");
	for (i = 0; i < MU_COUNT(paths); i++) {
		assert_ok(read_as(&s, paths[i], "crontab/user"), &s.e);
		assert_count(&s, "\"dst\":\"account:host:name:box:ada\"", 2);
		assert_count(&s, "\"name\":\"cron job sync-shop of ", 1);
		assert_count(&s, "\"name\":\"cron job python3 of ", 1);
		assert_count(&s, ":a83492689035f5ce\",\"kind\"", 1);
		assert_count(&s, "\"privileged\":\"no\"", 2);
		assert_count(&s, "\"owner_by\"", 0);
		assert_count(&s, "\"type\":\"gap\"", 0);
	}
	seen_free(&s);
}

static void
crontab__takes_a_script_that_run_parts_would_run(void **state)
{
	static const struct {
		const char *path;
		int64_t mode;
		size_t jobs;
	} rows[] = {
		{ "etc/cron.daily/logrotate", 0755, 1 },
		{ "etc/cron.hourly/sync_it-2", 0700, 1 },
		{ "etc/cron.daily/logrotate", 0644, 0 },
		{ "etc/cron.weekly/.placeholder", 0755, 0 },
		{ "etc/cron.monthly/x.dpkg-new", 0755, 0 },
		{ "etc/cron.monthly/x~", 0755, 0 },
	};
	struct seen s;
	size_t i;

	(void)state;
	seen_init(&s, passwd, NULL, "");
	s.file.context = STR("package:logrotate");
	for (i = 0; i < MU_COUNT(rows); i++) {
		s.file.mode = rows[i].mode;
		s.file.path = str_from(rows[i].path);
		assert_ok(seen_read(&s, &decode_crontab, STR("#!/bin/sh\n")),
		    &s.e);
		assert_count(&s, "\"type\":\"identity\"", rows[i].jobs);
		assert_count(&s, "\"context\":\"package:logrotate\"",
		    rows[i].jobs);
		assert_count(&s, "\"type\":\"edge\"", rows[i].jobs);
		/* A script has no line. */
		assert_count(&s, ":0\"", 0);
	}
	seen_free(&s);
}

static void
crontab__reads_that_of_anacron(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, passwd, NULL, "");
	assert_ok(read_as(&s, "etc/anacrontab", "crontab/anacrontab"), &s.e);
	assert_count(&s, "\"name\":\"cron job run-parts of etc/anacrontab\"",
	    2);
	assert_count(&s, "\"owner\":\"it@example.net\"", 2);
	assert_count(&s, "\"privileged\":\"yes\"", 2);
	assert_count(&s, "etc/anacrontab:6\",\"reason\":\"malformed\"", 1);
	seen_free(&s);
}

static void
crontab__reports_lines_that_make_no_sense(void **state)
{
	static const int bad[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 19, 20 };
	char want[80];
	struct seen s;
	size_t i;

	(void)state;
	seen_init(&s, passwd, NULL, "");
	assert_ok(read_as(&s, "etc/cron.d/x", "crontab/wicked"), &s.e);
	for (i = 0; i < MU_COUNT(bad); i++) {
		(void)snprintf(want, sizeof(want),
		    "\"etc/cron.d/x:%d\",\"reason\":\"malformed\"", bad[i]);
		assert_count(&s, want, 1);
	}
	assert_count(&s, "\"type\":\"gap\"", MU_COUNT(bad));
	/* A time that cron may refuse is still somebody's job. */
	assert_count(&s, "\"name\":\"cron job x of etc/cron.d/x\"", 2);
	assert_count(&s, "\"name\":\"cron job command of etc/cron.d/x\"", 4);
	assert_count(&s, "\"owner\"", 0);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(crontab__reads_the_system_s_with_its_user_column),
		TEST(crontab__tells_no_byte_of_a_command_but_its_program),
		TEST(crontab__says_which_option_holds_a_secret),
		TEST(crontab__takes_the_user_of_a_spooled_one_from_its_name),
		TEST(crontab__takes_a_script_that_run_parts_would_run),
		TEST(crontab__reads_that_of_anacron),
		TEST(crontab__reports_lines_that_make_no_sense),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
