/*
 * Testimonies of tests/cases/testimony/make.sh, which writes them by
 * docs/formats/testimony.md alone.
 */

#include "decode/testimony.h"

#include "decode/envname.h"
#include "seen.h"

#define HOST "host:name:box"

static const char passwd[] = "root:x:0:0:::/bin/sh\n"
			     "shop:x:950:950:::/usr/sbin/nologin\n";

static int
take(struct seen *s, const char *name)
{
	char path[128];

	(void)snprintf(path, sizeof(path), "testimony/%s.bin", name);
	return seen_read(s, &decode_testimony, seen_case(s, path));
}

static void
testimony__tells_services_and_as_whom_they_run(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, passwd, NULL, "");
	assert_ok(take(&s, "whole"), &s.e);
	assert_record(&s,
	    "{\"type\":\"identity\",\"key\":\"unit:" HOST ":nginx.service\","
	    "\"kind\":\"workload\",\"name\":\"nginx.service\","
	    "\"asset\":\"" HOST "\"}");
	assert_record(&s, "{\"type\":\"edge\",\"kind\":\"runs_as\","
			  "\"src\":\"unit:" HOST ":nginx.service\","
			  "\"dst\":\"account:" HOST ":root\","
			  "\"evidence\":\"seen running as it\"}");
	assert_count(&s, "\"dst\":\"account:" HOST ":shop\"", 1);
	/* 4242 has no account; a program alone is no workload. */
	assert_count(&s, "\"runs_as\"", 2);
	assert_count(&s, "\"kind\":\"workload\"", 3);
	assert_count(&s, "container:" HOST ":0123456789ab\",\"kind\"", 1);
	seen_free(&s);
}

static void
testimony__names_secrets_of_environments(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, passwd, NULL, "");
	assert_ok(take(&s, "whole"), &s.e);
	assert_record(&s, "{\"type\":\"identity\",\"key\":\"var:" HOST
			  ":shop.service:DB_PASSWORD\",\"kind\":\"token\","
			  "\"name\":\"DB_PASSWORD of shop.service\","
			  "\"asset\":\"" HOST "\"}");
	assert_record(&s, "{\"type\":\"credential\",\"key\":\"var:" HOST
			  ":shop.service:DB_PASSWORD\",\"identity\":\"var:" HOST
			  ":shop.service:DB_PASSWORD\",\"kind\":\"token\"}");
	assert_record(&s,
	    "{\"type\":\"sighting\",\"credential\":\"var:" HOST
	    ":shop.service:DB_PASSWORD\",\"asset\":\"" HOST "\","
	    "\"place\":\"proc.environ\",\"locator\":\"proc/shop.service\","
	    "\"role\":\"in_use\",\"detail\":"
	    "\"DB_PASSWORD in the environment of shop.service\"}");
	assert_record(&s,
	    "{\"type\":\"edge\",\"kind\":\"consumed_by\",\"src\":\"var:" HOST
	    ":shop.service:DB_PASSWORD\",\"dst\":\"unit:" HOST
	    ":shop.service\",\"evidence\":\"proc/shop.service\"}");
	assert_count(&s, "\"place\":\"proc.environ\"", 3);
	/* sleep is no workload, so nothing consumes it. */
	assert_count(&s, "\"kind\":\"consumed_by\",\"src\":\"var:", 2);
	seen_free(&s);
}

static void
testimony__joins_certificates_to_their_servers(void **state)
{
	struct seen s;
	char want[1024];
	AUTO(buf) struct buf hash = { 0 };

	(void)state;
	seen_init(&s, passwd, NULL, "");
	buf_init(&hash, 4096);
	buf_add(&hash, str_head(seen_case(&s, "tlsflight/rsa.want"), 64));
	assert_ok(take(&s, "whole"), &s.e);
	(void)snprintf(want, sizeof(want),
	    "{\"type\":\"sighting\",\"credential\":\"x509:" STR_FMT
	    "\",\"asset\":\"" HOST "\",\"place\":\"proc.sockets\","
	    "\"locator\":\"0.0.0.0:443\",\"role\":\"served\","
	    "\"detail\":\"nginx, nginx.service\"}",
	    STR_ARG(buf_str(&hash)));
	assert_record(&s, want);
	assert_count(&s, "\"locator\":\"[::]:443\",\"role\":\"served\"", 2);
	assert_count(&s, "\"kind\":\"tls_cert\"", 2);
	assert_count(&s,
	    "\"dst\":\"unit:" HOST ":nginx.service\",\"evidence\":\"served on ",
	    2);
	assert_record(&s,
	    "{\"type\":\"gap\",\"asset\":\"" HOST
	    "\",\"place\":\"proc.sockets\","
	    "\"locator\":\"127.0.0.1:8443\",\"reason\":\"unsupported\","
	    "\"detail\":\"it takes TLS 1.3 alone, which sends a certificate "
	    "encrypted: it was not seen\"}");
	/* redis is no TLS: that costs nothing. */
	assert_count(&s, "6379", 0);
	assert_count(&s, "\"type\":\"gap\"", 1);
	seen_free(&s);
}

static void
testimony__says_what_was_not_seen(void **state)
{
	static const char *const want[] = {
		"\"locator\":\"proc\",\"reason\":\"denied\"",
		"127.0.0.1:1\",\"reason\":\"timeout\"",
		"127.0.0.1:2\",\"reason\":\"vanished\"",
		"10.0.0.1:3\",\"reason\":\"unsupported\"",
		"127.0.0.1:4\",\"reason\":\"limit\"",
		"127.0.0.1:5\",\"reason\":\"timeout\"",
		"127.0.0.1:6\",\"reason\":\"limit\"",
		"127.0.0.1:7\",\"reason\":\"malformed\"",
		"127.0.0.1:8\",\"reason\":\"malformed\"",
		"127.0.0.1:9\",\"reason\":\"malformed\"",
		"127.0.0.1:10\",\"reason\":\"unsupported\"",
	};
	struct seen s;
	size_t i;

	(void)state;
	seen_init(&s, passwd, NULL, "");
	assert_ok(take(&s, "gaps"), &s.e);
	assert_count(&s, want[0], 3);
	for (i = 1; i < MU_COUNT(want); i++)
		assert_count(&s, want[i], 1);
	assert_count(&s, "\"type\":\"gap\"", 12 + 10);
	assert_count(&s, "\"place\":\"proc.sockets\"", 4 + 10);
	assert_count(&s, "alert 40", 1);
	seen_free(&s);
}

static void
testimony__bears_what_the_witness_never_writes(void **state)
{
	static const char *const names[] = { "magic", "nobody", "stranger",
		"name", "value", "type", "long", "answer", "family", "place" };
	struct seen s;
	size_t i;

	(void)state;
	seen_init(&s, passwd, NULL, "");
	for (i = 0; i < MU_COUNT(names); i++) {
		if (take(&s, names[i]) != MU_EFORMAT)
			fail_msg("%s was taken", names[i]);
		assert_count(&s, "canary", 0);
	}
	assert_ok(take(&s, "half"), &s.e);
	assert_count(&s, "nginx.service", 3);
	seen_free(&s);
}

static void
testimony_read__counts_what_was_looked_at(void **state)
{
	uint32_t seen[TESTIMONY_PLACES] = { 0 };
	struct seen s;
	struct decode_in in = { .out = &s.sink };

	(void)state;
	seen_init(&s, passwd, NULL, "");
	in.host = &s.host;
	in.job = s.job;
	in.bytes = seen_case(&s, "testimony/whole.bin");
	assert_ok(testimony_read(&in, seen, &s.e), &s.e);
	assert_int_equal(seen[TESTIMONY_SOCKETS], 4);
	assert_int_equal(seen[TESTIMONY_UNITS], 2);
	assert_int_equal(seen[TESTIMONY_ENVIRON], 30);
	seen_free(&s);
}

static void
envname__tells_secrets_by_their_names(void **state)
{
	static const struct {
		const char *name;
		bool secret, plain;
	} rows[] = {
		{ "DB_PASSWORD", true, true },
		{ "aws_secret_access_key", true, true },
		{ "GITHUB_TOKEN", true, true },
		{ "DB_PASSWORD_FILE", false, true },
		{ "AWS_ACCESS_KEY_ID", false, true },
		{ "PATH", false, true },
		{ "", false, false },
		{ "1TOKEN", true, false },
		{ "A TOKEN", true, false },
		{ "TOKEN\xff", false, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(rows); i++) {
		assert_int_equal(envname_secret(str_from(rows[i].name)),
		    rows[i].secret);
		assert_int_equal(envname_plain(str_from(rows[i].name)),
		    rows[i].plain);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(testimony__tells_services_and_as_whom_they_run),
		TEST(testimony__names_secrets_of_environments),
		TEST(testimony__joins_certificates_to_their_servers),
		TEST(testimony__says_what_was_not_seen),
		TEST(testimony__bears_what_the_witness_never_writes),
		TEST(testimony_read__counts_what_was_looked_at),
		TEST(envname__tells_secrets_by_their_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
