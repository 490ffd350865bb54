/*
 * Services by a table: the samples begin as Debian's own files. The certificate
 * is that of tests/cases/openvpn, its key by `openssl x509 -outform DER |
 * sha256sum`.
 */

#include "decode/certuse.h"

#include "seen.h"

#define CERT                               \
	"x509:"                            \
	"5ab3eb64cea242c0333f4fc56df6ba1b" \
	"cc63e1b78f5caaffc06d5c5616c8df14"

/* Its identity: made by itself, so it is its key's. */
#define OWNER                                       \
	"tls:spki:72845a1480956f998ccc753b0b9c004f" \
	"220dce3d9183864b8912752a8581d400"

/* A file of settings, the one that it names, and what must come of it. */
static const struct {
	const char *sample, *path, *names, *unit;
	size_t line;
} cases[] = {
	{ "certuse/10-ssl.conf", "etc/dovecot/conf.d/10-ssl.conf",
	    "etc/dovecot/private/dovecot.pem", "dovecot.service", 6 },
	{ "certuse/10-ssl.conf", "etc/dovecot/conf.d/10-ssl.conf",
	    "etc/dovecot/private/org.pem", "dovecot.service", 9 },
	{ "certuse/eap", "etc/freeradius/3.0/mods-available/eap",
	    "etc/freeradius/3.0/certs/server.pem", "freeradius.service", 6 },
	{ "certuse/slapd.ldif", "etc/ldap/slapd.d/cn=config.ldif",
	    "etc/ldap/tls.pem", "slapd.service", 3 },
};

static void
certuse__tells_the_certificate_of_a_service(void **state)
{
	struct buf cert = { 0 };
	char want[512];
	struct seen s;
	size_t i;

	(void)state;
	buf_init(&cert, 65536);
	for (i = 0; i < MU_COUNT(cases); i++) {
		seen_init(&s, "root:x:0:0::/root:/bin/sh\n", NULL, NULL);
		s.file.path = str_from(cases[i].path);
		buf_reset(&cert);
		buf_add(&cert, seen_case(&s, "openvpn/server.crt"));
		buf_addc(&cert, '\0');
		s.tree[0] = (struct seen_file){ cases[i].names, cert.p };
		assert_ok(seen_read(&s, &decode_certuse,
			      seen_case(&s, cases[i].sample)),
		    &s.e);
		assert_count(&s, "\"role\":\"in_use\"", 1);
		(void)snprintf(want, sizeof(want),
		    "{\"type\":\"edge\",\"kind\":\"consumed_by\",\"src\":"
		    "\"" OWNER "\",\"dst\":\"unit:host:name:box:%s\","
		    "\"evidence\":\"%s:%zu\"}",
		    cases[i].unit, cases[i].path, cases[i].line);
		assert_record(&s, want);
		assert_count(&s, "\"type\":\"gap\"", 0);
		seen_free(&s);
	}
	buf_free(&cert);
}

static void
certuse__passes_by_what_another_service_means(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, "root:x:0:0::/root:/bin/sh\n", NULL, NULL);
	s.file.path = STR("etc/grafana/grafana.ini");
	s.tree[0] =
	    (struct seen_file){ "etc/dovecot/private/dovecot.pem", NULL };
	assert_ok(seen_read(&s, &decode_certuse,
		      seen_case(&s, "certuse/10-ssl.conf")),
	    &s.e);
	assert_int_equal(s.text.n, 0);
	/* Its own would be a gap: nobody may read it. */
	s.file.path = STR("etc/dovecot/x.conf");
	assert_ok(seen_read(&s, &decode_certuse,
		      seen_case(&s, "certuse/10-ssl.conf")),
	    &s.e);
	assert_count(&s, "\"reason\":\"denied\"", 1);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(certuse__tells_the_certificate_of_a_service),
		TEST(certuse__passes_by_what_another_service_means),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
