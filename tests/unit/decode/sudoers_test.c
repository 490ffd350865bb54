/*
 * Rules of sudoers as grants. What each rule means is the text of sudoers(5):
 * lists are read in order and the last match counts, an alias is its list, the
 * default run-as user is root, tags hold until they are said anew.
 */

#include "decode/sudoers.h"

#include "seen.h"

static const char passwd[] = "root:x:0:0:::\nada:x:1000:1000:::/bin/sh\n"
			     "bob:x:1001:1001:::\nop:x:1002:1002:::\n"
			     "op2:x:1003:70:::\nci:x:900:900:::\n"
			     "dup:x:950:950:::\nquiet:x:951:951:::\n"
			     "far:x:952:952:::\nnear:x:953:953:::\n"
			     "two:x:954:954:::\ngrp:x:955:955:::\n"
			     "quo ted:x:956:956:::\nstaff:x:957:957:::\n"
			     "opt:x:958:958:::\npostgres:x:113:120:::\n"
			     "mysql:x:114:121:::\nnobody:x:65534:65534:::\n"
			     "seven:x:959:700:::\n";
static const char group[] = "root:x:0:\nsudo:x:27:bob\nops:x:70:op\n"
			    "domain staff:x:71:staff\nadm:x:4:\n"
			    "sevens:x:700:\n";

/* The host of the tests has a machine-id, so its name is certain. */
static void
start(struct seen *s)
{
	struct hostinfo_files f = { .asset = STR_NONE };

	seen_init(s, passwd, NULL, group);
	f.file[HOSTINFO_MACHINE_ID].bytes =
	    STR("0123456789abcdef0123456789abcdef");
	f.file[HOSTINFO_HOSTNAME].bytes = STR("box");
	f.file[HOSTINFO_PASSWD].bytes = str_from(passwd);
	f.file[HOSTINFO_GROUP].bytes = str_from(group);
	assert_ok(hostinfo_build(&f, s->job, &s->host, &s->e), &s->e);
	s->place = STR("os.sudoers");
	s->file.path = STR("etc/sudoers");
}

struct want {
	int line;
	const char *from, *to, *capability;
	bool limited, open;
};

static void
assert_grants(struct seen *s, const struct want *w, size_t n)
{
	char line[600];
	const char *key = "account:host:43f3ce78a1c32709:";
	size_t i;

	for (i = 0; i < n; i++) {
		(void)snprintf(line, sizeof(line),
		    "{\"type\":\"grant\",\"identity\":\"%s%s\","
		    "\"target\":\"%s%s\",\"capability\":\"%s\","
		    "\"asset\":\"host:43f3ce78a1c32709\","
		    "\"place\":\"os.sudoers\",\"locator\":\"etc/sudoers:%d\"%s"
		    "%s}",
		    key, w[i].from, key, w[i].to, w[i].capability, w[i].line,
		    w[i].limited ? ",\"command_limited\":\"yes\"" :
				   ",\"command_limited\":\"no\"",
		    w[i].open ? ",\"nopasswd\":true" : "");
		assert_record(s, line);
	}
	assert_count(s, "\"type\":\"grant\"", n);
}

static void
sudoers__makes_a_grant_of_each_rule_that_holds_here(void **state)
{
	static const struct want want[] = {
		{ 13, "bob", "root", "data_admin", false, false },
		{ 14, "ada", "postgres", "data_admin", false, true },
		{ 14, "ada", "mysql", "data_admin", false, true },
		{ 14, "op", "postgres", "data_admin", false, true },
		{ 14, "op", "mysql", "data_admin", false, true },
		{ 14, "op2", "postgres", "data_admin", false, true },
		{ 14, "op2", "mysql", "data_admin", false, true },
		{ 15, "ci", "root", "data_write", true, false },
		{ 15, "dup", "root", "data_write", true, false },
		{ 16, "quiet", "root", "data_write", true, true },
		{ 20, "near", "root", "data_admin", false, false },
		{ 21, "two", "postgres", "data_write", true, false },
		{ 21, "two", "root", "data_write", true, false },
		{ 21, "two", "mysql", "data_admin", false, false },
		{ 23, "quo ted", "root", "data_admin", false, false },
		{ 24, "staff", "root", "data_admin", false, false },
		{ 25, "opt", "root", "data_write", true, true },
		{ 26, "seven", "root", "unknown", false, false },
		{ 27, "op", "nobody", "data_write", true, false },
		{ 27, "op2", "nobody", "data_write", true, false },
		{ 27, "ci", "nobody", "data_write", true, false },
		{ 27, "dup", "nobody", "data_write", true, false },
		{ 27, "quiet", "nobody", "data_write", true, true },
		{ 27, "far", "nobody", "data_write", true, false },
		{ 27, "near", "nobody", "data_write", true, false },
		{ 27, "two", "nobody", "data_write", true, false },
		{ 27, "grp", "nobody", "data_write", true, false },
		{ 27, "quo ted", "nobody", "data_write", true, false },
		{ 27, "staff", "nobody", "data_write", true, false },
		{ 27, "opt", "nobody", "data_write", true, false },
		{ 27, "postgres", "nobody", "data_write", true, false },
		{ 27, "mysql", "nobody", "data_write", true, false },
		{ 27, "seven", "nobody", "data_write", true, false },
	};
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_sudoers,
		      seen_case(&s, "sudoers/rules")),
	    &s.e);
	assert_grants(&s, want, MU_COUNT(want));
	assert_count(&s, "\"type\":\"gap\"", 0);
	seen_free(&s);
}

static void
sudoers__reports_what_it_cannot_follow(void **state)
{
	static const struct {
		int line;
		const char *rest;
	} rows[] = {
		{ 1, "malformed\",\"detail\":\"no rule of sudoers(5)\"}" },
		{ 2, "malformed\",\"detail\":\"no rule of sudoers(5)\"}" },
		{ 3, "malformed\",\"detail\":\"no rule of sudoers(5)\"}" },
		{ 4, "malformed\",\"detail\":\"no rule of sudoers(5)\"}" },
		{ 5, "malformed\",\"detail\":\"no rule of sudoers(5)\"}" },
		{ 6, "malformed\",\"detail\":\"no rule of sudoers(5)\"}" },
		{ 7, "malformed\",\"detail\":\"no rule of sudoers(5)\"}" },
		{ 8, "malformed\",\"detail\":\"no rule of sudoers(5)\"}" },
		{ 9, "malformed\",\"detail\":\"no rule of sudoers(5)\"}" },
		{ 10, "malformed\",\"detail\":\"no rule of sudoers(5)\"}" },
		{ 15, "unsupported\",\"detail\":\"a name here is of a directory"
		      " or another file\"}" },
		{ 16, "unsupported\",\"detail\":\"a name here is of a directory"
		      " or another file\"}" },
		{ 17, "unsupported\",\"detail\":\"a name here is of a directory"
		      " or another file\"}" },
		{ 18, "unsupported\",\"detail\":\"a name here is of a directory"
		      " or another file\"}" },
		{ 19, "denied\",\"detail\":\"rules are included from a file"
		      " that is not read\"}" },
		{ 20, "denied\",\"detail\":\"rules are included from a file"
		      " that is not read\"}" },
		{ 21, "malformed\",\"detail\":\"no rule of sudoers(5)\"}" },
	};
	char line[400];
	struct seen s;
	size_t i;

	(void)state;
	start(&s);
	s.tree[0].path = "etc/sudoers.local";
	s.tree[1].path = "etc/sudoers.other";
	assert_ok(seen_read(&s, &decode_sudoers,
		      seen_case(&s, "sudoers/wicked")),
	    &s.e);
	for (i = 0; i < MU_COUNT(rows); i++) {
		(void)snprintf(line, sizeof(line),
		    "{\"type\":\"gap\",\"asset\":\"host:43f3ce78a1c32709\","
		    "\"place\":\"os.sudoers\",\"locator\":\"etc/sudoers:%d\","
		    "\"reason\":\"%s",
		    rows[i].line, rows[i].rest);
		assert_record(&s, line);
	}
	assert_count(&s, "\"type\":\"gap\"", MU_COUNT(rows));
	/* An alias defined after its use; a rule that ends in a backslash. */
	assert_count(&s, "\"locator\":\"etc/sudoers:13\"", 1);
	assert_count(&s, "\"locator\":\"etc/sudoers:22\"", 1);
	/* An alias of commands that is not here may be anything. */
	assert_count(&s, "\"capability\":\"unknown\"", 1);
	assert_count(&s, "etc/sudoers:17\"}", 1);
	seen_free(&s);
}

static void
sudoers__stops_at_aliases_that_multiply_or_loop(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	assert_int_equal(seen_read(&s, &decode_sudoers,
			     seen_case(&s, "sudoers/bomb")),
	    MU_ELIMIT);
	assert_string_equal(s.e.text,
	    "the rules multiply to more than 1000000 steps");
	assert_int_equal(seen_read(&s, &decode_sudoers,
			     seen_case(&s, "sudoers/loop")),
	    MU_ELIMIT);
	assert_string_equal(s.e.text, "aliases nest deeper than 16");
	seen_free(&s);
}

static void
sudoers__opens_every_rule_where_defaults_ask_no_password(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_sudoers,
		      STR("ada ALL=ALL\nbob ALL=PASSWD: ALL\n"
			  "Defaults !requiretty, !authenticate\n")),
	    &s.e);
	assert_count(&s, "\"nopasswd\":true", 2);
	assert_ok(seen_read(&s, &decode_sudoers,
		      STR("ada ALL=NOPASSWD: /bin/a, PASSWD: /bin/b\n"
			  "bob ALL=/bin/a, /bin/b\n"
			  "Defaults:op authenticate\nop ALL=ALL\n")),
	    &s.e);
	assert_count(&s, "\"nopasswd\":true", 1);
	assert_count(&s, "\"type\":\"grant\"", 3);
	seen_free(&s);
}

static void
sudoers__knows_a_comment_from_a_uid(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_sudoers,
		      STR("#1000 ALL=ALL\n# 1000 ALL=ALL\n#comment\\\n"
			  "bob ALL = (#113) ALL # and (#114)\n"
			  "op ALL = /bin/echo \\#1, \"/bin/a#b\"\n")),
	    &s.e);
	assert_count(&s, "\"type\":\"grant\"", 3);
	assert_count(&s, ":ada\",\"target\"", 1);
	assert_count(&s,
	    "\"target\":\"account:host:43f3ce78a1c32709:postgres\"", 1);
	assert_count(&s, "\"type\":\"gap\"", 0);
	seen_free(&s);
}

static void
sudoers__passes_over_files_that_sudo_passes_over(void **state)
{
	static const struct {
		const char *path;
		size_t grants;
	} rows[] = {
		{ "etc/sudoers.d/ada", 1 },
		{ "etc/sudoers.d/ada.bak", 0 },
		{ "etc/sudoers.d/ada~", 0 },
		{ "etc/sudoers", 1 },
	};
	struct seen s;
	size_t i;

	(void)state;
	start(&s);
	for (i = 0; i < MU_COUNT(rows); i++) {
		s.file.path = str_from(rows[i].path);
		assert_ok(seen_read(&s, &decode_sudoers, STR("ada ALL=ALL")),
		    &s.e);
		assert_count(&s, "\"type\":\"grant\"", rows[i].grants);
	}
	seen_free(&s);
}

static void
sudoers__believes_any_host_where_the_name_is_not_certain(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, passwd, NULL, group);
	assert_ok(seen_read(&s, &decode_sudoers, STR("ada other=ALL")), &s.e);
	assert_count(&s, "\"type\":\"grant\"", 1);
	seen_free(&s);
}

static void
sudoers__takes_the_last_rule_that_matches(void **state)
{
	static const struct {
		const char *rules;
		size_t grants, open;
	} rows[] = {
		{ "ada ALL=NOPASSWD: ALL\nada ALL=ALL\n", 2, 0 },
		{ "ada ALL=ALL\nada ALL=NOPASSWD: ALL\n", 2, 1 },
		{ "ada ALL=NOPASSWD: ALL\nada ALL=ALL\n"
		  "ada ALL=NOPASSWD: ALL\n",
		    3, 2 },
		{ "ada ALL=NOPASSWD: /bin/a\nada ALL=(ALL) ALL\n", 2, 0 },
		{ "ada ALL=NOPASSWD: ALL\nada ALL=/bin/a\n", 2, 1 },
		{ "ada ALL=NOPASSWD: ALL\nbob ALL=ALL\n", 2, 1 },
		{ "ada ALL=NOPASSWD: ALL\nada ALL=(postgres) ALL\n", 2, 1 },
		{ "ada ALL=ALL\nada ALL=!ALL\n", 0, 0 },
		{ "ada ALL=!ALL\nada ALL=ALL\n", 1, 0 },
		{ "ada ALL=ALL, !ALL, /bin/a\n", 1, 0 },
		{ "ada ALL=ALL\nada ALL=!ALL, /bin/a\n", 1, 0 },
		{ "ada ALL=ALL\nALL, !bob ALL=!ALL\n", 0, 0 },
		{ "ada ALL=ALL\nALL, !ada ALL=!ALL\n", 1, 0 },
		{ "ada ALL=ALL\nada ALL=!/bin/sh\n", 1, 0 },
		/* For one host of several nothing is sure. */
		{ "ada ALL=NOPASSWD: ALL\nada box=!ALL\n", 1, 1 },
	};
	struct seen s;
	size_t i;

	(void)state;
	start(&s);
	for (i = 0; i < MU_COUNT(rows); i++) {
		assert_ok(seen_read(&s, &decode_sudoers,
			      str_from(rows[i].rules)),
		    &s.e);
		assert_count(&s, "\"type\":\"grant\"", rows[i].grants);
		assert_count(&s, "\"nopasswd\":true", rows[i].open);
	}
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(sudoers__makes_a_grant_of_each_rule_that_holds_here),
		TEST(sudoers__reports_what_it_cannot_follow),
		TEST(sudoers__stops_at_aliases_that_multiply_or_loop),
		TEST(sudoers__opens_every_rule_where_defaults_ask_no_password),
		TEST(sudoers__knows_a_comment_from_a_uid),
		TEST(sudoers__passes_over_files_that_sudo_passes_over),
		TEST(sudoers__takes_the_last_rule_that_matches),
		TEST(sudoers__believes_any_host_where_the_name_is_not_certain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
