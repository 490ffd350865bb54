/*
 * OpenVPN: keys by `openvpn --genkey`; the fingerprint is openssl's HMAC over
 * the 256 bytes that the static key's hexadecimal stands for, the certificate's
 * key `openssl x509 -outform DER | sha256sum`.
 */

#include "decode/openvpn.h"

#include "seen.h"

#define STATIC                             \
	"fcaf927a0f88a10e9641efe8d9baa0a0" \
	"9499b1ef92725b3ead71d80185d0d2e3"
#define CERT                               \
	"x509:"                            \
	"5ab3eb64cea242c0333f4fc56df6ba1b" \
	"cc63e1b78f5caaffc06d5c5616c8df14"

/* Its identity: made by itself, so it is its key's. */
#define OWNER                                       \
	"tls:spki:72845a1480956f998ccc753b0b9c004f" \
	"220dce3d9183864b8912752a8581d400"

static void
start(struct seen *s, const char *path)
{

	seen_init(s, "root:x:0:0::/root:/bin/sh\n", NULL, NULL);
	s->file.path = str_from(path);
}

static void
openvpn__joins_a_static_key_inline_with_its_file(void **state)
{
	static const char *const names[] = { "openvpn/ta.key",
		"openvpn/office.ovpn" };
	struct seen s;
	size_t i;

	(void)state;
	start(&s, "etc/openvpn/ta.key");
	for (i = 0; i < MU_COUNT(names); i++) {
		assert_true(decode_openvpn.sniff(seen_case(&s, names[i])));
		assert_ok(seen_read(&s, &decode_openvpn,
			      seen_case(&s, names[i])),
		    &s.e);
		assert_count(&s,
		    "{\"type\":\"identity\",\"key\":\"secret:" STATIC
		    "\",\"kind\":\"network_secret\",\"name\":\"static key of "
		    "OpenVPN ta\"",
		    1);
		assert_count(&s, "\"length\":256", 1);
		assert_count(&s, "\"type\":\"gap\"", 0);
	}
	seen_free(&s);
}

static void
openvpn__tells_which_certificate_a_server_uses(void **state)
{
	struct seen s;
	struct buf cert = { 0 };

	(void)state;
	start(&s, "etc/openvpn/server/office.conf");
	buf_init(&cert, 65536);
	buf_add(&cert, seen_case(&s, "openvpn/server.crt"));
	buf_addc(&cert, '\0');
	s.tree[0] =
	    (struct seen_file){ "etc/openvpn/server/server.crt", cert.p };
	assert_ok(seen_read(&s, &decode_openvpn,
		      seen_case(&s, "openvpn/server.conf")),
	    &s.e);
	assert_count(&s,
	    "{\"type\":\"sighting\",\"credential\":\"" CERT
	    "\",\"asset\":\"host:name:box\",\"place\":\"the.place\","
	    "\"locator\":\"etc/openvpn/server/office.conf:7\","
	    "\"role\":\"in_use\"",
	    1);
	assert_record(&s,
	    "{\"type\":\"edge\",\"kind\":\"consumed_by\",\"src\":\"" OWNER
	    "\",\"dst\":\"unit:host:name:box:openvpn-server@.service\","
	    "\"evidence\":\"etc/openvpn/server/office.conf:7\"}");
	assert_count(&s, "\"role\":\"in_use\"", 1);
	assert_count(&s, "\"type\":\"gap\"", 0);
	s.tree[0].bytes = NULL;
	assert_ok(seen_read(&s, &decode_openvpn,
		      seen_case(&s, "openvpn/server.conf")),
	    &s.e);
	assert_count(&s, "\"reason\":\"denied\"", 1);
	buf_free(&cert);
	seen_free(&s);
}

static void
openvpn__tells_logins_by_the_server(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "etc/openvpn/client/office.conf");
	s.tree[0] = (struct seen_file){ "etc/openvpn/client/office.txt",
		"ada\ns3cret-ada\n" };
	assert_ok(seen_read(&s, &decode_openvpn,
		      seen_case(&s, "openvpn/office.ovpn")),
	    &s.e);
	assert_count(&s,
	    "{\"type\":\"identity\",\"key\":\"login:openvpn://"
	    "ada@vpn.example.net:1194\",\"kind\":\"vpn_peer\",\"name\":"
	    "\"OpenVPN login ada at vpn.example.net\"",
	    1);
	assert_count(&s, "\"locator\":\"etc/openvpn/client/office.txt:2\"", 1);
	assert_count(&s,
	    "\"dst\":\"unit:host:name:box:openvpn-client@.service\"", 1);
	assert_count(&s, "s3cret", 0);
	seen_free(&s);
	start(&s, "home/ada/inline.ovpn");
	assert_ok(seen_read(&s, &decode_openvpn,
		      seen_case(&s, "openvpn/inline.ovpn")),
	    &s.e);
	assert_count(&s, "login:openvpn://branch@192.0.2.7", 2);
	assert_count(&s, "\"locator\":\"home/ada/inline.ovpn:5\"", 1);
	assert_count(&s, "\"type\":\"gap\"", 0);
	assert_count(&s, "s3cret", 0);
	seen_free(&s);
}

static void
openvpn__tells_the_two_kinds_of_tls_crypt_v2_keys(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "etc/openvpn/v2.key");
	assert_ok(seen_read(&s, &decode_openvpn,
		      seen_case(&s, "openvpn/v2-server.key")),
	    &s.e);
	assert_count(&s,
	    "\"kind\":\"network_secret\",\"name\":\"tls-crypt-v2 "
	    "server key of OpenVPN v2\"",
	    1);
	assert_ok(seen_read(&s, &decode_openvpn,
		      seen_case(&s, "openvpn/v2-client.key")),
	    &s.e);
	assert_count(&s,
	    "\"kind\":\"vpn_peer\",\"name\":\"tls-crypt-v2 client "
	    "key of OpenVPN v2\"",
	    1);
	seen_free(&s);
}

static void
openvpn__makes_gaps_of_keys_that_are_none(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "etc/openvpn/x.conf");
	assert_ok(seen_read(&s, &decode_openvpn,
		      seen_case(&s, "openvpn/wicked")),
	    &s.e);
	assert_count(&s, "\"reason\":\"malformed\"", 1);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(openvpn__joins_a_static_key_inline_with_its_file),
		TEST(openvpn__tells_which_certificate_a_server_uses),
		TEST(openvpn__tells_logins_by_the_server),
		TEST(openvpn__tells_the_two_kinds_of_tls_crypt_v2_keys),
		TEST(openvpn__makes_gaps_of_keys_that_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
