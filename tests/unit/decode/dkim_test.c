#include "decode/dkim.h"

#include "seen.h"

/* Read a key as ${path}; its identity must be called ${name}. */
static void
dkim_is(struct seen *s, const char *path, const char *name)
{
	struct str want, word;
	char text[256];

	want = seen_case(s, "dkim/want.txt");
	assert_true(str_word(&want, &word) && str_word(&want, &word));
	(void)snprintf(text, sizeof(text),
	    "\"key\":\"" STR_FMT "\",\"kind\":\"signing_key\",\"name\":\"%s\"",
	    STR_ARG(word), name);
	s->file.path = str_from(path);
	assert_ok(seen_read(s, &decode_dkim,
		      seen_case(s, "dkim/mail2026.private")),
	    &s->e);
	assert_count(s, text, 1);
	assert_count(s, "\"role\":\"private\"", 1);
}

static void
dkim_init(struct seen *s)
{

	seen_init(s, "root:x:0:0::/root:/bin/sh\n", NULL, "");
}

static void
decode_dkim__reads_the_name_from_the_path(void **state)
{
	struct seen s;

	(void)state;
	dkim_init(&s);
	dkim_is(&s, "etc/opendkim/keys/example.com/mail2026.private",
	    "DKIM key mail2026 of example.com");
	assert_count(&s, "\"purpose\":\"signs the mail of example.com\"", 1);
	dkim_is(&s, "var/lib/rspamd/dkim/example.com.mail2026.key",
	    "DKIM key mail2026 of example.com");
	dkim_is(&s, "etc/dkimkeys/mail2026.private", "DKIM key mail2026");
	dkim_is(&s, "etc/dkimkeys/key", "DKIM key");
	assert_count(&s, "\"purpose\":\"signs mail\"", 1);
	seen_free(&s);
}

static void
decode_dkim__believes_the_settings_first(void **state)
{
	struct seen s;

	(void)state;
	dkim_init(&s);
	s.tree[0] = (struct seen_file){ "etc/dkim.table",
		"# names\n"
		"a._domainkey.b a.example:b:/etc/opendkim/keys/other\n"
		"two  example.net:sel2:/etc/opendkim/keys/two.private\n" };
	s.tree[1] = (struct seen_file){ "etc/opendkim.conf",
		"# Domain not.this\nSyslog yes\nKeyTable refile:/etc/dkim.table"
		"\n" };
	dkim_is(&s, "etc/opendkim/keys/two.private",
	    "DKIM key sel2 of example.net");
	dkim_is(&s, "etc/opendkim/keys/three.private", "DKIM key three");
	s.tree[1].bytes = "Domain example.org\nSelector 2007\n"
			  "KeyFile /etc/dkimkeys/2007.key\n";
	dkim_is(&s, "etc/dkimkeys/2007.key", "DKIM key 2007 of example.org");
	dkim_is(&s, "etc/dkimkeys/2008.key", "DKIM key");
	seen_free(&s);
}

static void
decode_dkim__says_nothing_of_the_public_half(void **state)
{
	struct seen s;

	(void)state;
	dkim_init(&s);
	s.file.path = STR("etc/opendkim/keys/example.com/mail2026.txt");
	assert_ok(seen_read(&s, &decode_dkim,
		      seen_case(&s, "dkim/mail2026.txt")),
	    &s.e);
	assert_int_equal(s.text.n, 0);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(decode_dkim__reads_the_name_from_the_path),
		TEST(decode_dkim__believes_the_settings_first),
		TEST(decode_dkim__says_nothing_of_the_public_half),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
