/*
 * The accounts, groups and name of a machine. What a line of passwd or group
 * means is asked of the C library: fgetpwent(3) and fgetgrent(3).
 */

#include "decode/hostinfo.h"

/* The model has a struct group of its own. */
#define group libc_group
#include <grp.h>
#undef group
#include <pwd.h>
#include <stdio.h>

#include "base/buf.h"
#include "test.h"

#define ID "0123456789abcdef0123456789abcdef"

static struct arena *job;
static struct err e;

static int
up(void **state)
{

	(void)state;
	job = arena_new((size_t)64 << 20);
	return 0;
}

static int
down(void **state)
{

	(void)state;
	arena_free(job);
	return 0;
}

static void
give(struct hostinfo_files *f, enum hostinfo_what what, const char *text)
{

	f->file[what] = (struct hostinfo_file){ str_from(text), true };
}

/* A file of the one line ${line}. */
static FILE *
file_of(const char *line)
{
	static char text[256];
	int n = snprintf(text, sizeof(text), "%s\n", line);

	return fmemopen(text, (size_t)n, "r");
}

/* Lines that the C library takes, turns, or turns away. */
static const char *const lines[] = {
	"root:x:0:0:root:/root:/bin/bash",
	"ada:x:1000:1000:Ada,,,:/home/ada:/bin/sh",
	"short:x:0:0",
	"noshell:x:7:7::/",
	"nogid:x:7",
	"nogid2:x:7:",
	"zeros:x:0000:00:::",
	"plus:x:+5:5:::",
	"blank:x: 5:\t6:::",
	"trailing:x:5 :6:::",
	"minus:x:-1:-0:::",
	"back:x:-18446744073709551615:0:::",
	"most:x:4294967295:4294967295:::",
	"beyond:x:4294967296:0:::",
	"far:x:99999999999999999999999:4294967296:::",
	"wraps:x:18446744073709551616:0:::",
	"hex:x:0x10:0:::",
	"letters:x:zero:0:::",
	"nouid:x::0:::",
	"colons:x:1:1:g:h:/bin/sh:more:fields",
	"  indented:x:8:8:::/bin/sh",
	"# comment:x:0:0:::",
	"alone",
	"x:",
	"",
	"   ",
	"blankpw::9:9:::",
	"name with blank:x:9:9:::",
	"\xff\xfe:x:9:9:::",
};

static void
hostinfo_account__reads_a_line_as_the_c_library_does(void **state)
{
	struct account a;
	struct passwd *pw;
	struct str secret;
	bool got;
	size_t i;
	FILE *f;

	(void)state;
	for (i = 0; i < MU_COUNT(lines); i++) {
		got = hostinfo_account(str_from(lines[i]), &a, &secret);
		f = file_of(lines[i]);
		pw = fgetpwent(f);
		if (got != (pw != NULL))
			fail_msg("line '%s': got %d", lines[i], got);
		if (pw != NULL) {
			assert_str(a.name, pw->pw_name);
			assert_str(secret, pw->pw_passwd);
			assert_int_equal(a.uid, pw->pw_uid);
			assert_int_equal(a.gid, pw->pw_gid);
			assert_str(a.gecos, pw->pw_gecos);
			assert_str(a.home, pw->pw_dir);
			assert_str(a.shell, pw->pw_shell);
		}
		(void)fclose(f);
	}
}

static void
hostinfo_account__refuses_what_is_no_account_of_this_machine(void **state)
{
	static const char *const bad[] = { "+::::::", "+@admins::::::",
		"-mallory::::::", "+", ":x:0:0:::", "#root:x:0:0:::" };
	struct account a = { .uid = 77 };
	struct str secret;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(bad); i++)
		assert_false(hostinfo_account(str_from(bad[i]), &a, &secret));
	assert_int_equal(a.uid, 77);
}

static void
hostinfo_account__ends_a_line_at_a_zero_byte(void **state)
{
	struct account a;
	struct str secret;

	(void)state;
	assert_true(hostinfo_account(STR("z:x:0:0:\0:/:/bin/sh"), &a, &secret));
	assert_int_equal(a.uid, 0);
	assert_str(a.shell, "");
}

static void
hostinfo_group__reads_a_line_as_the_c_library_does(void **state)
{
	static const char *const rows[] = { "sudo:x:27:ada,bob",
		"root:x:0:", "short:x:5", "nogid:x:", "odd:x: 07:a", "none",
		"#c:x:1:", "docker:x:990:ada", "two:x:1:a:b" };
	struct libc_group *gr;
	struct group g;
	bool got;
	size_t i;
	FILE *f;

	(void)state;
	for (i = 0; i < MU_COUNT(rows); i++) {
		got = hostinfo_group(str_from(rows[i]), &g);
		f = file_of(rows[i]);
		gr = fgetgrent(f);
		if (got != (gr != NULL))
			fail_msg("line '%s': got %d", rows[i], got);
		if (gr != NULL) {
			assert_str(g.name, gr->gr_name);
			assert_int_equal(g.gid, gr->gr_gid);
			assert_int_equal(g.members.n != 0,
			    gr->gr_mem[0] != NULL);
		}
		(void)fclose(f);
	}
}

static void
hostinfo_login_shell__knows_who_gets_in(void **state)
{
	static const struct {
		const char *shell;
		bool want;
	} rows[] = {
		{ "", true },
		{ "/bin/sh", true },
		{ "/bin/bash", true },
		{ "/usr/bin/git-shell", true },
		{ "/usr/sbin/nologin", false },
		{ "/sbin/nologin", false },
		{ "/bin/false", false },
		{ "/usr/bin/true", false },
		{ "/bin/sync", false },
		{ "/sbin/halt", false },
		{ "/sbin/shutdown", false },
		{ "/dev/null", false },
		{ "/opt/false/bin/sh", true },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(rows); i++)
		assert_int_equal(hostinfo_login_shell(str_from(rows[i].shell)),
		    rows[i].want);
}

/* Prefixes and alphabets are those of crypt(5); the hashes are of nothing. */
static void
hostinfo_scheme__names_the_method_of_crypt(void **state)
{
	static const struct {
		const char *field, *want;
	} rows[] = {
		{ "", "blank" },
		{ "*", NULL },
		{ "!", NULL },
		{ "!!", NULL },
		{ "!*", NULL },
		{ "!$6$salt$hash", NULL },
		{ "*LK*", NULL },
		{ "x", NULL },
		{ "NP", NULL },
		{ "$1$abcdefgh$0123456789012345678901", "md5crypt" },
		{ "$2b$12$aaaaaaaaaaaaaaaaaaaaaa", "bcrypt" },
		{ "$2y$12$aaaaaaaaaaaaaaaaaaaaaa", "bcrypt" },
		{ "$5$salt$hash", "sha256crypt" },
		{ "$6$salt$hash", "sha512crypt" },
		{ "$7$CU..../....salt$hash", "scrypt" },
		{ "$y$j9T$salt$hash", "yescrypt" },
		{ "$gy$j9T$salt$hash", "gost-yescrypt" },
		{ "$sha1$40000$salt$hash", "sha1crypt" },
		{ "$zz$new$thing", "unknown" },
		{ "abcdefghijklm", "descrypt" },
		{ "abcdefghijkl", NULL },
		{ "abcdefghijkl!", NULL },
		{ "_J9..CCCCXBrJUJV154M", "bsdicrypt" },
	};
	const char *got;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(rows); i++) {
		got = hostinfo_scheme(str_from(rows[i].field));
		if ((got == NULL) != (rows[i].want == NULL))
			fail_msg("'%s' gives %s", rows[i].field, got);
		if (got != NULL)
			assert_string_equal(got, rows[i].want);
	}
}

static const char passwd[] = "root:x:0:0:root:/root:/bin/bash\n"
			     "daemon:x:1:1::/usr/sbin:/usr/sbin/nologin\n"
			     "broken line\n"
			     "ada:x:1000:1000:Ada:/home/ada:/bin/bash\n"
			     "bot:x:1001:1001::/home/bot:/bin/sh\n"
			     "kiosk:x:1002:1002::/home/kiosk:\n"
			     "nosh:x:1003:1003::/home/nosh:/bin/false\n"
			     "low:x:999:999::/:/bin/sh\n"
			     "high:x:60001:60001::/:/bin/sh\n"
			     "inline:$6$s$h:1004:1004::/:/bin/sh\n"
			     "gone:x:1005:1005::/:/bin/sh\n";
static const char shadow[] = "root:$y$j9T$s$h:19000:0:99999:7:::\n"
			     "daemon:*:19000:0:99999:7:::\n"
			     "ada:$6$s$h:19000:0:99999:7:::\n"
			     "ada:!:19000:0:99999:7:::\n"
			     "bot:!:19000:0:99999:7:::\n"
			     "kiosk::19000:0:99999:7:::\n"
			     "nosh:$6$s$h:19000:0:99999:7:::\n"
			     "low:$6$s$h:19000:0:99999:7:::\n"
			     "high:$6$s$h:19000:0:99999:7:::\n";

static void
hostinfo_build__tells_persons_from_services(void **state)
{
	static const struct {
		const char *name;
		enum tri password;
		bool person;
	} rows[] = {
		{ "root", TRI_YES, false },
		{ "daemon", TRI_NO, false },
		{ "ada", TRI_YES, true },
		{ "bot", TRI_NO, false },
		{ "kiosk", TRI_YES, true },
		{ "nosh", TRI_YES, false },
		{ "low", TRI_YES, false },
		{ "high", TRI_YES, false },
		{ "inline", TRI_YES, true },
		{ "gone", TRI_NO, false },
	};
	struct hostinfo_files f = { .asset = STR_NONE };
	struct host h;
	size_t i;

	(void)state;
	give(&f, HOSTINFO_MACHINE_ID, ID "\n");
	give(&f, HOSTINFO_PASSWD, passwd);
	give(&f, HOSTINFO_SHADOW, shadow);
	assert_ok(hostinfo_build(&f, job, &h, &e), &e);
	assert_int_equal(h.n_accounts, MU_COUNT(rows));
	for (i = 0; i < MU_COUNT(rows); i++) {
		assert_str(h.accounts[i].name, rows[i].name);
		if (h.accounts[i].password != rows[i].password ||
		    h.accounts[i].person != rows[i].person)
			fail_msg("%s: password %d, person %d", rows[i].name,
			    h.accounts[i].password, h.accounts[i].person);
	}
}

static void
hostinfo_build__does_not_guess_at_an_unread_shadow(void **state)
{
	struct hostinfo_files f = { .asset = STR_NONE };
	struct host h;

	(void)state;
	give(&f, HOSTINFO_PASSWD, passwd);
	assert_ok(hostinfo_build(&f, job, &h, &e), &e);
	assert_int_equal(h.accounts[3].password, TRI_UNKNOWN); /* bot */
	assert_true(h.accounts[3].person);
	assert_int_equal(h.accounts[8].password, TRI_YES); /* inline */

	/* Read, and empty: nobody has a password there. */
	give(&f, HOSTINFO_SHADOW, "");
	assert_ok(hostinfo_build(&f, job, &h, &e), &e);
	assert_int_equal(h.accounts[3].password, TRI_NO);
	assert_false(h.accounts[3].person);
}

static void
hostinfo_build__takes_the_uid_range_of_login_defs(void **state)
{
	struct hostinfo_files f = { .asset = STR_NONE };
	struct host h;

	(void)state;
	give(&f, HOSTINFO_PASSWD, passwd);
	give(&f, HOSTINFO_SHADOW, shadow);
	give(&f, HOSTINFO_LOGIN_DEFS,
	    "# UID_MIN 1\n  UID_MIN\t\t  500 # low\nUID_MAX 60001\nUMASK 022\n"
	    "UID_MIN\nSYS_UID_MIN 101\nUID_MAX many\n");
	assert_ok(hostinfo_build(&f, job, &h, &e), &e);
	assert_int_equal(h.uid_min, 500);
	assert_int_equal(h.uid_max, 60001);
	assert_true(h.accounts[6].person);
	assert_true(h.accounts[7].person);
}

static void
hostinfo_build__names_the_machine(void **state)
{
	static const struct {
		const char *id, *hostname, *hosts, *asset, *key, *name;
	} rows[] = {
		/* printf 0123456789abcdef0123456789abcdefmuster | sha256sum */
		{ ID "\n", "web1\n", "", "", "host:43f3ce78a1c32709", "web1" },
		{ "uninitialized\n", "Web1\n", "", "", "host:name:web1",
		    "Web1" },
		{ "", "# comment\n\n web1 \n",
		    "127.0.0.1 localhost\n"
		    "127.0.1.1 web1.example.net web1 # here\n",
		    "", "host:name:web1.example.net", "web1.example.net" },
		{ "", "web1\n", "10.0.0.9 web2.example.net web2\n", "",
		    "host:name:web1", "web1" },
		{ ID "\n", "web1\n", "", "Client-DB", "host:name:client-db",
		    "Client-DB" },
		{ "", "", "", "", "host:name:localhost", "localhost" },
	};
	struct hostinfo_files f;
	struct host h;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(rows); i++) {
		f = (struct hostinfo_files){ .asset = STR_NONE };
		give(&f, HOSTINFO_MACHINE_ID, rows[i].id);
		give(&f, HOSTINFO_HOSTNAME, rows[i].hostname);
		give(&f, HOSTINFO_HOSTS, rows[i].hosts);
		f.asset = str_from(rows[i].asset);
		assert_ok(hostinfo_build(&f, job, &h, &e), &e);
		assert_str(h.key, rows[i].key);
		assert_str(h.name, rows[i].name);
	}
}

static void
hostinfo_build__reads_the_name_of_the_system(void **state)
{
	struct hostinfo_files f = { .asset = STR_NONE };
	struct host h;

	(void)state;
	give(&f, HOSTINFO_OS_RELEASE,
	    "# x\nNAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 12\"\n");
	assert_ok(hostinfo_build(&f, job, &h, &e), &e);
	assert_str(h.os, "Debian GNU/Linux 12");
	give(&f, HOSTINFO_OS_RELEASE, "PRETTY_NAME='Void'\nPRETTY_NAME=Last\n");
	assert_ok(hostinfo_build(&f, job, &h, &e), &e);
	assert_str(h.os, "Last");
	give(&f, HOSTINFO_OS_RELEASE, "PRETTY_NAME");
	assert_ok(hostinfo_build(&f, job, &h, &e), &e);
	assert_str(h.os, "");
}

static void
hostinfo_build__keys_accounts_and_groups(void **state)
{
	struct hostinfo_files f = { .asset = STR("box") };
	AUTO(map) struct map *index = NULL;
	struct host h;

	(void)state;
	give(&f, HOSTINFO_PASSWD, "a:x:5:5:::\nb:x:6:6:::\na:x:0:0:::\n");
	give(&f, HOSTINFO_GROUP, "root:x:0:\nbad\ndocker:x:990:a,b\n");
	assert_ok(hostinfo_build(&f, job, &h, &e), &e);
	assert_str(h.accounts[1].key, "account:host:name:box:b");
	assert_int_equal(h.n_groups, 2);
	assert_str(h.groups[1].members, "a,b");
	index = hostinfo_index(&h);
	assert_ptr_equal(hostinfo_named(&h, index, STR("a")), h.accounts);
	assert_ptr_equal(hostinfo_named(&h, index, STR("b")), h.accounts + 1);
	assert_null(hostinfo_named(&h, index, STR("c")));
}

static void
hostinfo_build__keeps_odd_names_apart_and_short(void **state)
{
	struct hostinfo_files f = { .asset = STR("box") };
	AUTO(buf) struct buf b;
	struct host h;
	int i;

	(void)state;
	buf_init(&b, 4096);
	buf_adds(&b, "\xff:x:0:0:::\n\xfe:x:0:0:::\n");
	for (i = 0; i < HOSTINFO_NAME_MAX; i++)
		buf_addc(&b, 'a');
	buf_adds(&b, ":x:1:1:::\n");
	for (i = 0; i <= HOSTINFO_NAME_MAX; i++)
		buf_addc(&b, 'b');
	buf_adds(&b, ":x:1:1:::\n");
	f.file[HOSTINFO_PASSWD] = (struct hostinfo_file){ buf_str(&b), true };
	assert_ok(hostinfo_build(&f, job, &h, &e), &e);
	assert_int_equal(h.n_accounts, 3);
	assert_false(str_eq(h.accounts[0].key, h.accounts[1].key));
	assert_true(str_utf8(h.accounts[0].key));
	assert_int_equal(h.accounts[2].name.p[0], 'a');
}

static void
hostinfo_build__keeps_nothing_of_the_bytes_given(void **state)
{
	struct hostinfo_files f = { .asset = STR_NONE };
	char text[] = "ada:x:1000:1000:Ada:/home/ada:/bin/sh\n";
	struct host h;

	(void)state;
	give(&f, HOSTINFO_PASSWD, text);
	assert_ok(hostinfo_build(&f, job, &h, &e), &e);
	memset(text, 'z', sizeof(text) - 1);
	assert_str(h.accounts[0].name, "ada");
	assert_str(h.accounts[0].home, "/home/ada");
}

static void
hostinfo_build__stops_at_its_cap_of_accounts(void **state)
{
	struct hostinfo_files f = { .asset = STR_NONE };
	AUTO(buf) struct buf b;
	struct host h;
	size_t i;

	(void)state;
	buf_init(&b, (size_t)16 << 20);
	for (i = 0; i < HOST_ACCOUNTS_MAX + 10; i++)
		buf_addf(&b, "u%zu:x:%zu:1::/home/u%zu:/bin/sh\n", i, i, i);
	f.file[HOSTINFO_PASSWD] = (struct hostinfo_file){ buf_str(&b), true };
	assert_ok(hostinfo_build(&f, job, &h, &e), &e);
	assert_int_equal(h.n_accounts, HOST_ACCOUNTS_MAX);
	assert_str(h.accounts[HOST_ACCOUNTS_MAX - 1].name, "u65535");
}

static void
hostinfo_build__says_when_the_arena_is_full(void **state)
{
	struct hostinfo_files f = { .asset = STR_NONE };
	AUTO(arena) struct arena *small = arena_new(512);
	struct host h = { .n_accounts = 99 };

	(void)state;
	give(&f, HOSTINFO_PASSWD, passwd);
	assert_int_equal(hostinfo_build(&f, small, &h, &e), MU_ELIMIT);
	assert_int_equal(h.n_accounts, 99);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(hostinfo_account__reads_a_line_as_the_c_library_does),
		TEST(
		    hostinfo_account__refuses_what_is_no_account_of_this_machine),
		TEST(hostinfo_account__ends_a_line_at_a_zero_byte),
		TEST(hostinfo_group__reads_a_line_as_the_c_library_does),
		TEST(hostinfo_login_shell__knows_who_gets_in),
		TEST(hostinfo_scheme__names_the_method_of_crypt),
		TEST(hostinfo_build__tells_persons_from_services),
		TEST(hostinfo_build__does_not_guess_at_an_unread_shadow),
		TEST(hostinfo_build__takes_the_uid_range_of_login_defs),
		TEST(hostinfo_build__names_the_machine),
		TEST(hostinfo_build__reads_the_name_of_the_system),
		TEST(hostinfo_build__keys_accounts_and_groups),
		TEST(hostinfo_build__keeps_odd_names_apart_and_short),
		TEST(hostinfo_build__keeps_nothing_of_the_bytes_given),
		TEST(hostinfo_build__stops_at_its_cap_of_accounts),
		TEST(hostinfo_build__says_when_the_arena_is_full),
	};

	return cmocka_run_group_tests(tests, up, down);
}
