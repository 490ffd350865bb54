/*
 * sshd_config: what sshd_config(5) says of its lines and of AuthorizedKeysFile,
 * and argv_split() of OpenSSH of quotes: `"`, `'` and `\` before them.
 */

#include "decode/sshd_config.h"

#include "seen.h"

#define GAP(n, reason, words)                               \
	"{\"type\":\"gap\",\"asset\":\"host:name:box\","    \
	"\"place\":\"the.place\",\"locator\":\"etc/file:" n \
	"\",\"reason\":\"" reason "\",\"detail\":\"" words "\"}"

/* The patterns of a file with ${bytes}, added to ${k}. */
static void
keyfiles(struct seen *s, struct str bytes, struct sshd_config_keyfiles *k)
{
	struct decode_in in = { .bytes = bytes,
		.file = &s->file,
		.host = &s->host,
		.peek = &s->peek,
		.job = s->job };

	assert_ok(sshd_config_keyfiles(&in, k, &s->e), &s->e);
}

static void
assert_globs(struct seen *s, struct str bytes, const char *const *want,
    size_t n)
{
	struct sshd_config_keyfiles k = { .n = 0 };
	size_t i;

	keyfiles(s, bytes, &k);
	for (i = 0; i < k.n && i < n; i++)
		assert_str(k.glob[i], want[i]);
	assert_int_equal(k.n, n);
}

static void
sshd_config_keyfiles__follows_the_forms_of_the_manual(void **state)
{
	static const char *const want[] = { "~/.ssh/authorized_keys",
		"~/.ssh/other", "etc/ssh/keys/*", "etc/ssh/two words/*.pub",
		"srv/%/*", "~/.ssh/a\"b" };
	struct seen s;

	(void)state;
	seen_init(&s, "", "", "");
	assert_globs(&s, seen_case(&s, "sshd_config/forms"), want,
	    MU_COUNT(want));
	seen_free(&s);
}

static void
sshd_config_keyfiles__leaves_out_what_no_glob_can_say(void **state)
{
	static const char *const bad[] = { "../up", "/a/../b", "/a/%h/b", "%k",
		"%", "/", "/a//b", "%h", "none", "\"open", "" };
	static const char *const good[] = { "~/k", "~/x" };
	AUTO(buf) struct buf b;
	struct seen s;
	size_t i;

	(void)state;
	seen_init(&s, "", "", "");
	buf_init(&b, 1 << 20);
	for (i = 0; i < MU_COUNT(bad); i++) {
		buf_reset(&b);
		buf_addf(&b, "AuthorizedKeysFile %s\n", bad[i]);
		assert_globs(&s, buf_str(&b), NULL, 0);
	}
	assert_globs(&s, STR("AuthorizedKeysFile k k x\n"), good, 2);
	/* Another keyword that begins like it, and a comment. */
	assert_globs(&s, STR("AuthorizedKeysFile2 a\n#AuthorizedKeysFile b\n"),
	    NULL, 0);
	seen_free(&s);
}

static void
sshd_config_keyfiles__adds_and_stops_at_its_cap(void **state)
{
	struct sshd_config_keyfiles k = { .n = 0 };
	AUTO(buf) struct buf b;
	struct seen s;
	int i;

	(void)state;
	seen_init(&s, "", "", "");
	buf_init(&b, 1 << 20);
	keyfiles(&s, STR("AuthorizedKeysFile one\n"), &k);
	buf_adds(&b, "AuthorizedKeysFile one");
	for (i = 0; i < 200; i++)
		buf_addf(&b, " k%d", i);
	keyfiles(&s, buf_str(&b), &k);
	assert_int_equal(k.n, SSHD_CONFIG_KEYFILES_MAX);
	assert_str(k.glob[0], "~/one");
	assert_str(k.glob[1], "~/k0");
	seen_free(&s);
}

static void
sshd_config__is_one_server_and_says_what_it_cannot_list(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, "", "", "");
	assert_ok(seen_read(&s, &decode_sshd_config,
		      seen_case(&s, "sshd_config/forms")),
	    &s.e);
	assert_record(&s,
	    "{\"type\":\"identity\",\"key\":\"sshd:host:name:box\","
	    "\"kind\":\"host_key\",\"name\":\"SSH server on box\","
	    "\"asset\":\"host:name:box\"}");
	assert_record(&s,
	    GAP("14", "unsupported",
		"keys come from a program; they cannot be listed"));
	assert_record(&s,
	    GAP("18", "unsupported",
		"principals come from a program; they cannot be listed"));
	assert_count(&s, "\"type\":", 3);
	seen_free(&s);
}

static void
sshd_config__reports_lines_that_make_no_sense(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, "", "", "");
	s.tree[0].path = "etc/ssh/local.conf";
	assert_ok(seen_read(&s, &decode_sshd_config,
		      seen_case(&s, "sshd_config/wicked")),
	    &s.e);
	assert_record(&s, GAP("1", "malformed", "no line of sshd_config(5)"));
	assert_record(&s, GAP("2", "malformed", "no line of sshd_config(5)"));
	assert_record(&s, GAP("3", "unsupported",
			      "keys lie at a path that cannot be followed"));
	assert_record(&s,
	    GAP("7", "denied", "files are included that are not read"));
	assert_record(&s, GAP("8", "malformed", "no line of sshd_config(5)"));
	assert_record(&s, GAP("9", "malformed", "no line of sshd_config(5)"));
	assert_record(&s, GAP("12", "malformed", "no line of sshd_config(5)"));
	assert_count(&s, "\"type\":\"identity\"", 1);
	seen_free(&s);
}

static void
sshd_config__follows_includes_as_sshd_does(void **state)
{
	static const char *const want[] = { "~/d1", "~/m1", "~/inner", "~/m2",
		"~/m3" };
	static const char main_file[] = "Include sshd_config.d/*.conf\n"
					"AuthorizedKeysFile ignored\n"
					"Match User a\n"
					"Include /etc/ssh/a /etc/ssh/absent\n"
					"AuthorizedKeysFile ignored\n"
					"Match User b\n"
					"Include b\n"
					"AuthorizedKeysFile m3\n";
	struct sshd_config_keyfiles k = { .n = 0 };
	struct seen s;
	size_t i;

	(void)state;
	seen_init(&s, "", "", "");
	s.tree[0] =
	    (struct seen_file){ "etc/ssh/a", "AuthorizedKeysFile m1\n" };
	/* A Match of an included file ends with it. */
	s.tree[1] = (struct seen_file){ "etc/ssh/b",
		"Match Group x\nAuthorizedKeysFile inner\n"
		"Match Group y\nInclude c\n" };
	s.tree[2] = (struct seen_file){ "etc/ssh/c",
		"AuthorizedKeysFile m2\nAuthorizedKeysCommand /x\n" };
	s.tree[3] = (struct seen_file){ "etc/ssh/sshd_config", main_file };
	s.tree[4] = (struct seen_file){ "etc/ssh/sshd_config.d/1.conf",
		"AuthorizedKeysFile d1\n" };
	s.tree[5] = (struct seen_file){ "etc/ssh/sshd_config.d/2.conf",
		"AuthorizedKeysFile ignored\n" };
	s.file.path = STR("etc/ssh/sshd_config");
	keyfiles(&s, str_from(main_file), &k);
	for (i = 0; i < k.n && i < MU_COUNT(want); i++)
		assert_str(k.glob[i], want[i]);
	assert_int_equal(k.n, MU_COUNT(want));
	assert_ok(seen_read(&s, &decode_sshd_config, str_from(main_file)),
	    &s.e);
	assert_count(&s, "\"locator\":\"etc/ssh/c:2\"", 1);
	assert_count(&s, "\"type\"", 2);
	/* The others have told it all with that one. */
	s.file.path = STR("etc/ssh/sshd_config.d/1.conf");
	assert_ok(seen_read(&s, &decode_sshd_config,
		      STR("AuthorizedKeysCommand /x\n")),
	    &s.e);
	assert_int_equal(s.text.n, 0);
	s.tree[3].bytes = NULL;
	assert_ok(seen_read(&s, &decode_sshd_config,
		      STR("AuthorizedKeysCommand /x\n")),
	    &s.e);
	assert_count(&s, "\"type\":\"gap\"", 1);
	seen_free(&s);
}

static void
sshd_config__stops_where_files_include_each_other(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, "", "", "");
	s.tree[0] = (struct seen_file){ "etc/ssh/sshd_config",
		"Include sshd_config\n" };
	s.file.path = STR("etc/ssh/sshd_config");
	assert_int_equal(seen_read(&s, &decode_sshd_config,
			     STR("Include sshd_config\n")),
	    MU_ELIMIT);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(sshd_config_keyfiles__follows_the_forms_of_the_manual),
		TEST(sshd_config_keyfiles__leaves_out_what_no_glob_can_say),
		TEST(sshd_config_keyfiles__adds_and_stops_at_its_cap),
		TEST(sshd_config__is_one_server_and_says_what_it_cannot_list),
		TEST(sshd_config__reports_lines_that_make_no_sense),
		TEST(sshd_config__follows_includes_as_sshd_does),
		TEST(sshd_config__stops_where_files_include_each_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
