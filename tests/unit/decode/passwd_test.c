/*
 * Accounts as identities. useradd.* were made by useradd(8), usermod(8) and
 * chpasswd(8): tests/cases/passwd/make.sh. Which accounts can log in is what
 * `passwd -S` said of them (P, NP against L); the rest is passwd(5).
 */

#include "decode/passwd.h"

#include "seen.h"

#define KEY(name) "\"key\":\"account:host:name:box:" name "\""
#define AT        "\"asset\":\"host:name:box\""
#define NO_LOGIN  "\"context\":\"system account without a login\""
#define GAP                                                              \
	"{\"type\":\"gap\",\"asset\":\"host:name:box\",\"place\":\"the." \
	"place\","                                                       \
	"\"locator\":\"etc/file:"

static void
start(struct seen *s, const char *shadow)
{
	AUTO(buf) struct buf passwd, group, hashes;

	*s = (struct seen){ .place = STR_NONE };
	buf_init(&s->bytes, 1 << 20);
	buf_init(&passwd, 1 << 20);
	buf_init(&group, 1 << 20);
	buf_init(&hashes, 1 << 20);
	buf_add(&passwd, seen_case(s, "passwd/useradd.passwd"));
	buf_add(&group, seen_case(s, "group/useradd.group"));
	if (shadow != NULL)
		buf_add(&hashes, seen_case(s, shadow));
	buf_addc(&passwd, '\0');
	buf_addc(&group, '\0');
	buf_addc(&hashes, '\0');
	buf_free(&s->bytes);
	seen_init(s, passwd.p, shadow != NULL ? hashes.p : NULL, group.p);
	assert_ok(seen_read(s, &decode_passwd,
		      seen_case(s, "passwd/useradd.passwd")),
	    &s->e);
}

static void
passwd__tells_persons_services_and_mere_context(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "shadow/useradd.shadow");
	assert_count(&s, "\"type\":\"identity\"", 24);
	assert_count(&s, "\"type\":\"gap\"", 0);
	assert_record(&s,
	    "{\"type\":\"identity\"," KEY("root") ",\"kind\":\"service_"
						  "account\",\"name\":"
						  "\"root\"," AT
						  ",\"privileged\":\"yes\","
						  "\"uid\":0}");
	assert_record(&s,
	    "{\"type\":\"identity\"," KEY("ada") ",\"kind\":\"person\","
						 "\"name\":\"ada\"," AT
						 ",\"privileged\":\"no\","
						 "\"uid\":1000}");
	assert_record(&s,
	    "{\"type\":\"identity\"," KEY("kiosk") ",\"kind\":\"person\","
						   "\"name\":\"kiosk\"," AT
						   ",\"privileged\":\"no\","
						   "\"uid\":1002}");
	assert_record(&s,
	    "{\"type\":\"identity\"," KEY("backupbot") ",\"kind\":\"service_"
						       "account\",\"name\":"
						       "\"backupbot\"," AT
						       ",\"purpose\":\"Nightly "
						       "backup to the store\""
						       ",\"privileged\":\"no\","
						       "\"uid\":1001}");
	assert_record(&s,
	    "{\"type\":\"identity\"," KEY("queue") ",\"kind\":\"service_"
						   "account\",\"name\":"
						   "\"queue\"," AT
						   ",\"privileged\":\"no\","
						   "\"uid\":901}");
	assert_record(&s,
	    "{\"type\":\"identity\"," KEY("list") ",\"kind\":\"service_"
						  "account\",\"name\":"
						  "\"list\"," AT "," NO_LOGIN
						  ",\"purpose\":\"Mailing List "
						  "Manager\",\"privileged\":"
						  "\"no\""
						  ",\"uid\":38}");
	assert_record(&s,
	    "{\"type\":\"identity\"," KEY("nobody") ",\"kind\":\"service_"
						    "account\",\"name\":"
						    "\"nobody\"," AT
						    "," NO_LOGIN
						    ",\"privileged\":\"no\","
						    "\"uid\":65534}");
	/* Debian's 17 accounts but root; queue and ci are not among them. */
	assert_count(&s, NO_LOGIN, 17);
	seen_free(&s);
}

static void
passwd__sees_every_way_to_be_root(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "shadow/useradd.shadow");
	/* root, toor by its uid, ci by the group docker. */
	assert_count(&s, "\"privileged\":\"yes\"", 3);
	assert_record(&s,
	    "{\"type\":\"identity\"," KEY("toor") ",\"kind\":\"service_"
						  "account\",\"name\":"
						  "\"toor\"," AT
						  ",\"privileged\":\"yes\","
						  "\"uid\":0}");
	assert_record(&s,
	    "{\"type\":\"identity\"," KEY("ci") ",\"kind\":\"service_account\","
						"\"name\":\"ci\"," AT
						",\"purpose\":\"Continuous "
						"integration\""
						",\"privileged\":\"yes\","
						"\"uid\":900}");
	seen_free(&s);
}

static void
passwd__takes_a_person_as_one_while_shadow_is_unread(void **state)
{
	struct seen s;

	(void)state;
	start(&s, NULL);
	assert_record(&s,
	    "{\"type\":\"identity\"," KEY("backupbot") ",\"kind\":\"person\","
						       "\"name\":"
						       "\"backupbot\"," AT
						       ",\"privileged\":\"no\","
						       "\"uid\":1001}");
	assert_count(&s, "\"kind\":\"person\"", 3);
	seen_free(&s);
}

static void
passwd__counts_the_primary_group_but_not_that_of_root(void **state)
{
	static const char text[] = "a:x:10:990:::/bin/sh\n"
				   "b:x:11:0:::/bin/sh\n"
				   "c:x:12:12:::/bin/sh\n"
				   "d:x:13:13:::/bin/sh\n";
	struct seen s;

	(void)state;
	seen_init(&s, text, NULL,
	    "docker:x:990:\nroot:x:0:c\nadm:x:4:d\nusers:x:13:a,b\n");
	assert_ok(seen_read(&s, &decode_passwd, str_from(text)), &s.e);
	assert_count(&s, "\"privileged\":\"yes\"", 2);
	assert_count(&s, "\"privileged\":\"yes\",\"uid\":10", 1);
	assert_count(&s, "\"privileged\":\"yes\",\"uid\":12", 1);
	seen_free(&s);
}

static void
passwd__puts_a_gap_for_each_line_that_is_no_account(void **state)
{
	static const char nis[] =
	    "\",\"reason\":\"unsupported\",\"detail\":"
	    "\"accounts come from NIS; they cannot be listed\"}";
	static const int nis_lines[] = { 2, 3, 4 };
	static const int bad_lines[] = { 5, 6, 7, 8, 9, 14 };
	static const char bad[] = "\",\"reason\":\"malformed\",\"detail\":"
				  "\"no line of passwd(5)\"}";
	char line[300];
	struct seen s;
	size_t i;

	(void)state;
	seen_init(&s, "", "", "");
	assert_ok(seen_read(&s, &decode_passwd,
		      seen_case(&s, "passwd/wicked.passwd")),
	    &s.e);
	for (i = 0; i < MU_COUNT(nis_lines); i++) {
		(void)snprintf(line, sizeof(line), GAP "%d%s", nis_lines[i],
		    nis);
		assert_record(&s, line);
	}
	for (i = 0; i < MU_COUNT(bad_lines); i++) {
		(void)snprintf(line, sizeof(line), GAP "%d%s", bad_lines[i],
		    bad);
		assert_record(&s, line);
	}
	assert_record(&s, GAP "12\",\"reason\":\"malformed\",\"detail\":"
			      "\"the account is on an earlier line already\"}");
	assert_record(&s, GAP "13\",\"reason\":\"malformed\",\"detail\":"
			      "\"a zero byte ends the line early\"}");
	assert_count(&s, "\"type\":\"gap\"", 11);
	/* An account whose uid is "00" is root all the same; so is nul. */
	assert_count(&s, "\"privileged\":\"yes\",\"uid\":0}", 3);
	assert_count(&s, "\"name\":\"hidden\"", 1);
	assert_count(&s, "\"name\":\"hidden2\"", 0);
	assert_count(&s, "\"name\":\"last\"", 1);
	seen_free(&s);
}

static void
passwd__names_a_hash_that_stands_in_passwd_and_keeps_it_back(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, "", "", "");
	assert_ok(seen_read(&s, &decode_passwd,
		      seen_case(&s, "passwd/wicked.passwd")),
	    &s.e);
	assert_record(&s,
	    "{\"type\":\"credential\"," KEY("inline#password") ",\"identity\":"
							       "\"account:host:"
							       "name:box:"
							       "inline\","
							       "\"kind\":"
							       "\"password\","
							       "\"hash\":"
							       "\"md5crypt\"}");
	assert_record(&s,
	    "{\"type\":\"credential\"," KEY("blank#password") ",\"identity\":"
							      "\"account:host:"
							      "name:box:"
							      "blank\","
							      "\"kind\":"
							      "\"password\","
							      "\"weak\":"
							      "\"blank\"}");
	assert_count(&s, "\"type\":\"credential\"", 2);
	assert_count(&s, "\"locator\":\"etc/file:17\",\"role\":\"stored\"", 1);
	assert_count(&s, "W4JFn2NLcS", 0);
	assert_count(&s, "2W44LzIH", 0);
	seen_free(&s);
}

static void
passwd__counts_bad_lines_beyond_its_cap_in_one_gap(void **state)
{
	AUTO(buf) struct buf b;
	struct seen s;
	int i;

	(void)state;
	buf_init(&b, 1 << 20);
	for (i = 0; i < 1000; i++)
		buf_adds(&b, "bad\n");
	seen_init(&s, "", "", "");
	assert_ok(seen_read(&s, &decode_passwd, buf_str(&b)), &s.e);
	assert_count(&s, "\"type\":\"gap\"", 51);
	assert_count(&s,
	    "\"locator\":\"etc/file\",\"reason\":\"limit\","
	    "\"detail\":\"950 more lines could not be read\"",
	    1);
	seen_free(&s);
}

static void
passwd__reads_as_many_accounts_as_a_host_may_have(void **state)
{
	AUTO(buf) struct buf b;
	struct seen s;
	int i;

	(void)state;
	buf_init(&b, 16 << 20);
	for (i = 0; i < HOST_ACCOUNTS_MAX; i++)
		buf_addf(&b, "u%d:x:%d:100::/:/bin/sh\n", i, i + 1);
	buf_addc(&b, '\0');
	seen_init(&s, b.p, NULL, "docker:x:990:u7,u65535\n");
	buf_cut(&b, b.n - 1);
	assert_ok(seen_read(&s, &decode_passwd, buf_str(&b)), &s.e);
	assert_count(&s, "\"type\":\"identity\"", HOST_ACCOUNTS_MAX);
	assert_count(&s, "\"privileged\":\"yes\"", 2);
	buf_adds(&b, "one:x:1:1:::\n");
	assert_int_equal(seen_read(&s, &decode_passwd, buf_str(&b)), MU_ELIMIT);
	assert_string_equal(s.e.text, "more than 65536 accounts");
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(passwd__tells_persons_services_and_mere_context),
		TEST(passwd__sees_every_way_to_be_root),
		TEST(passwd__takes_a_person_as_one_while_shadow_is_unread),
		TEST(passwd__counts_the_primary_group_but_not_that_of_root),
		TEST(passwd__puts_a_gap_for_each_line_that_is_no_account),
		TEST(
		    passwd__names_a_hash_that_stands_in_passwd_and_keeps_it_back),
		TEST(passwd__counts_bad_lines_beyond_its_cap_in_one_gap),
		TEST(passwd__reads_as_many_accounts_as_a_host_may_have),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
