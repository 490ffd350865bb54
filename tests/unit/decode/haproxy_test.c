/*
 * HAProxy: the sample follows its configuration manual and Debian's own file.
 * The certificate is that of tests/cases/openvpn, its key by `openssl x509
 * -outform DER | sha256sum`.
 */

#include "decode/haproxy.h"

#include "seen.h"

#define CERT                               \
	"x509:"                            \
	"5ab3eb64cea242c0333f4fc56df6ba1b" \
	"cc63e1b78f5caaffc06d5c5616c8df14"

/* Its identity: made by itself, so it is its key's. */
#define OWNER                                       \
	"tls:spki:72845a1480956f998ccc753b0b9c004f" \
	"220dce3d9183864b8912752a8581d400"

static void
haproxy__tells_certificates_in_use(void **state)
{
	struct buf cert = { 0 };
	struct seen s;

	(void)state;
	seen_init(&s, "root:x:0:0::/root:/bin/sh\n", NULL, NULL);
	s.file.path = STR("etc/haproxy/haproxy.cfg");
	buf_init(&cert, 65536);
	buf_add(&cert, seen_case(&s, "openvpn/server.crt"));
	buf_addc(&cert, '\0');
	s.tree[0] = (struct seen_file){ "etc/haproxy/certs/a.pem", cert.p };
	s.tree[1] = (struct seen_file){ "etc/haproxy/certs/a.pem.key", cert.p };
	s.tree[2] = (struct seen_file){ "etc/haproxy/client.pem", cert.p };
	s.tree[3] = (struct seen_file){ "etc/haproxy/list",
		"# of sites\n/etc/haproxy/certs/a.pem [alpn h2] a.example\n" };
	s.tree[4] = (struct seen_file){ "etc/ssl/private/shop.pem", cert.p };
	assert_ok(seen_read(&s, &decode_haproxy,
		      seen_case(&s, "haproxy/haproxy.cfg")),
	    &s.e);
	assert_count(&s, "\"role\":\"in_use\"", 4);
	assert_count(&s, "\"locator\":\"etc/haproxy/haproxy.cfg:10\"", 1);
	assert_count(&s, "\"locator\":\"etc/haproxy/haproxy.cfg:11\"", 1);
	assert_count(&s, "\"locator\":\"etc/haproxy/haproxy.cfg:12\"", 1);
	assert_count(&s, "signs in with it at other servers", 1);
	assert_count(&s,
	    "\"kind\":\"consumed_by\",\"src\":\"" OWNER
	    "\",\"dst\":\"unit:host:name:box:haproxy.service\"",
	    4);
	assert_count(&s, "\"type\":\"gap\"", 0);
	buf_free(&cert);
	seen_free(&s);
}

static void
haproxy__tells_who_may_sign_in(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, "root:x:0:0::/root:/bin/sh\n", NULL, NULL);
	assert_ok(seen_read(&s, &decode_haproxy,
		      seen_case(&s, "haproxy/haproxy.cfg")),
	    &s.e);
	assert_count(&s, "\"type\":\"identity\"", 3);
	assert_record(&s,
	    "{\"type\":\"identity\",\"key\":\"login:haproxy://admin@box/stats"
	    "\",\"kind\":\"service_account\",\"name\":\"HAProxy user admin of "
	    "stats\",\"asset\":\"host:name:box\"}");
	assert_count(&s, "\"locator\":\"etc/file:21\"", 1);
	assert_count(&s, "login:haproxy://ada@box/ops", 2);
	assert_record(&s,
	    "{\"type\":\"credential\",\"key\":\"login:haproxy://grace@box/ops"
	    "#password\",\"identity\":\"login:haproxy://grace@box/ops\","
	    "\"kind\":\"password\",\"hash\":\"sha512crypt\"}");
	assert_count(&s, "\"role\":\"stored\"", 1);
	assert_count(&s, "s3cret", 0);
	assert_count(&s, "JlKBx", 0);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(haproxy__tells_certificates_in_use),
		TEST(haproxy__tells_who_may_sign_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
