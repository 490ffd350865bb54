/*
 * Postfix: main.cf begins as Debian's own; the table is that of SASL_README.
 * The certificate is that of tests/cases/openvpn, its key by `openssl x509
 * -outform DER | sha256sum`.
 */

#include "decode/postfix.h"

#include "seen.h"

#define CERT                               \
	"x509:"                            \
	"5ab3eb64cea242c0333f4fc56df6ba1b" \
	"cc63e1b78f5caaffc06d5c5616c8df14"
static void
start(struct seen *s, const char *path)
{

	seen_init(s, "root:x:0:0::/root:/bin/sh\n", NULL, NULL);
	s->file.path = str_from(path);
}

static void
postfix__reads_a_table_of_logins(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "etc/postfix/sasl_passwd");
	assert_ok(seen_read(&s, &decode_postfix,
		      seen_case(&s, "postfix/sasl_passwd")),
	    &s.e);
	assert_count(&s, "\"type\":\"identity\",\"key\":\"login:", 2);
	assert_record(&s,
	    "{\"type\":\"identity\",\"key\":\"login:smtp://relay@example.com@"
	    "smtp.example.com:587\",\"kind\":\"service_account\",\"name\":"
	    "\"smtp relay@example.com at smtp.example.com\",\"asset\":"
	    "\"host:name:box\"}");
	assert_count(&s, "login:smtp://alarm@mail.example.org", 3);
	assert_count(&s, "\"length\":18", 1);
	assert_count(&s, "\"locator\":\"etc/postfix/sasl_passwd:2\"", 1);
	assert_count(&s, "\"dst\":\"unit:host:name:box:postfix@.service\"", 2);
	assert_count(&s, "s3cret", 0);
	assert_ok(seen_read(&s, &decode_postfix,
		      seen_case(&s, "postfix/compiled")),
	    &s.e);
	assert_int_equal(s.text.n, 0);
	seen_free(&s);
}

static void
postfix__reads_settings_over_lines_and_the_tables_that_they_name(void **state)
{
	struct buf cert = { 0 };
	struct seen s;

	(void)state;
	start(&s, "etc/postfix/main.cf");
	buf_init(&cert, 65536);
	buf_add(&cert, seen_case(&s, "openvpn/server.crt"));
	buf_addc(&cert, '\0');
	s.tree[0] = (struct seen_file){ "etc/mail/relays",
		"far.example.com far:s3cret-far\n" };
	s.tree[1] = (struct seen_file){ "etc/postfix/sasl_passwd",
		"smtp.example.com told:s3cret-elsewhere\n" };
	s.tree[2] = (struct seen_file){ "etc/ssl/certs/mail.pem", cert.p };
	assert_ok(seen_read(&s, &decode_postfix,
		      seen_case(&s, "postfix/main.cf")),
	    &s.e);
	assert_count(&s, "\"type\":\"identity\",\"key\":\"login:", 2);
	assert_count(&s, "\"key\":\"login:smtp://far@far.example.com\"", 1);
	assert_count(&s, "\"locator\":\"etc/mail/relays:1\"", 1);
	assert_count(&s, "\"key\":\"login:smtp://lmtp@smtp.example.com:587\"",
	    1);
	assert_count(&s,
	    "\"credential\":\"" CERT
	    "\",\"asset\":\"host:name:box\",\"place\":\"the.place\","
	    "\"locator\":\"etc/postfix/main.cf:6\",\"role\":\"in_use\"",
	    1);
	assert_count(&s, "\"type\":\"gap\"", 0);
	assert_count(&s, "s3cret", 0);
	s.tree[0].bytes = s.tree[2].bytes = NULL;
	assert_ok(seen_read(&s, &decode_postfix,
		      seen_case(&s, "postfix/main.cf")),
	    &s.e);
	assert_count(&s, "\"reason\":\"denied\"", 2);
	buf_free(&cert);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(postfix__reads_a_table_of_logins),
		TEST(
		    postfix__reads_settings_over_lines_and_the_tables_that_they_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
