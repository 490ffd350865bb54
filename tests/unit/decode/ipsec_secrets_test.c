/*
 * The sample follows ipsec.secrets(5), its first lines those of Debian's own
 * file.
 */

#include "decode/ipsec_secrets.h"

#include "seen.h"

static void
ipsec_secrets__tell_keys_passwords_and_passphrases(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, "root:x:0:0::/root:/bin/sh\n", NULL, NULL);
	s.file.path = STR("etc/ipsec.secrets");
	assert_ok(seen_read(&s, &decode_ipsec_secrets,
		      seen_case(&s, "ipsec_secrets/ipsec.secrets")),
	    &s.e);
	assert_count(&s, "\"type\":\"identity\"", 6);
	assert_count(&s,
	    "\"kind\":\"network_secret\",\"name\":\"IPsec "
	    "preshared key of 192.0.2.1 vpn.example.net\"",
	    1);
	assert_count(&s, "IPsec preshared key of %any6 ::1", 2);
	assert_count(&s,
	    "\"kind\":\"network_secret\",\"name\":\"IPsec "
	    "preshared key of @moon.example.org "
	    "@sun.example.org\"",
	    1);
	assert_count(&s,
	    "\"kind\":\"service_account\",\"name\":\"EAP login of "
	    "carol@example.org\"",
	    1);
	assert_count(&s,
	    "\"kind\":\"service_account\",\"name\":\"XAUTH login of dave\"", 1);
	assert_count(&s,
	    "\"kind\":\"token\",\"name\":\"passphrase of the key "
	    "venusKey.pem\"",
	    1);
	assert_count(&s, "\"locator\":\"etc/ipsec.secrets:6\"", 1);
	assert_count(&s, "\"type\":\"gap\"", 0);
	assert_count(&s, "s3cret", 0);
	seen_free(&s);
}

static void
ipsec_secrets__join_both_ends_by_the_key(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, "root:x:0:0::/root:/bin/sh\n", NULL, NULL);
	assert_ok(seen_read(&s, &decode_ipsec_secrets,
		      STR("a b : PSK s3cr3t-value\nb a : PSK "
			  "\"s3cr3t-value\"\n")),
	    &s.e);
	/* printf 'muster/secret/1\0s3cr3t-value' | openssl dgst -hmac ... */
	assert_count(&s,
	    "{\"type\":\"identity\",\"key\":\"secret:"
	    "ddd60c7b71e5fe7c77515024f1cc40a4"
	    "4049269c4432e686d6fad2cf2ab6dc4e\"",
	    2);
	seen_free(&s);
}

static void
ipsec_secrets__make_a_gap_of_a_line_without_a_colon(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, "root:x:0:0::/root:/bin/sh\n", NULL, NULL);
	assert_ok(seen_read(&s, &decode_ipsec_secrets,
		      STR("me PSK s3cret\n: PSK 12345678\n")),
	    &s.e);
	assert_count(&s, "\"locator\":\"etc/file:1\",\"reason\":\"malformed\"",
	    1);
	assert_count(&s, "\"type\":\"identity\"", 1);
	assert_count(&s, "s3cret", 0);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(ipsec_secrets__tell_keys_passwords_and_passphrases),
		TEST(ipsec_secrets__join_both_ends_by_the_key),
		TEST(ipsec_secrets__make_a_gap_of_a_line_without_a_colon),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
