/*
 * Services of systemd by systemd.syntax(7), systemd.service(5) and
 * systemd.exec(5). Fingerprints wanted are of openssl:
 *	printf 'muster/secret/1\0VALUE' | openssl dgst -sha256 -mac HMAC \
 *	    -macopt key:0123456789abcdef0123456789abcdef
 */

#include "decode/unit.h"

#include "decode/unitline.h"
#include "seen.h"

static const char passwd[] = "root:x:0:0:::/bin/sh\n"
			     "shop:x:950:950:::/usr/sbin/nologin\n";

#define UNIT  "unit:host:name:box:shop.service"
#define TOKEN "005b4856d52ceacb484c274813f137d44d70152cac3905c82acf9282e16e994b"
#define DBPW  "5b5344aa4230f24d3c03184b5e2d8daf65da9ecfdceb9f090b6646e99fa1669a"
#define SHORT "f5f026c9c2ef4315e7173ee9e68c2916e4eea873a525aba097384cf937402484"

static void
start(struct seen *s, const char *path)
{

	seen_init(s, passwd, NULL, "");
	s->place = STR("os.unit");
	s->file.path = str_from(path);
}

static void
unit__is_a_workload_that_runs_as_its_user(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "etc/systemd/system/shop.service");
	s.file.context = STR("package:shop");
	assert_ok(seen_read(&s, &decode_unit,
		      seen_case(&s, "unit/shop.service")),
	    &s.e);
	assert_record(&s,
	    "{\"type\":\"identity\",\"key\":\"" UNIT "\","
	    "\"kind\":\"workload\",\"name\":\"shop.service\","
	    "\"asset\":\"host:name:box\",\"context\":\"package:shop\","
	    "\"purpose\":\"Web shop,  second half\",\"privileged\":\"no\"}");
	assert_record(&s,
	    "{\"type\":\"edge\",\"kind\":\"runs_as\",\"src\":\"" UNIT
	    "\",\"dst\":\"account:host:name:box:shop\","
	    "\"evidence\":\"etc/systemd/system/shop.service\"}");
	assert_count(&s, "\"type\":\"gap\"", 0);
	seen_free(&s);
}

static void
unit__finds_the_secrets_of_its_environment(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "etc/systemd/system/shop.service");
	assert_ok(seen_read(&s, &decode_unit,
		      seen_case(&s, "unit/shop.service")),
	    &s.e);
	assert_record(&s,
	    "{\"type\":\"identity\",\"key\":\"secret:" TOKEN "\","
	    "\"kind\":\"token\",\"name\":\"SHOP_TOKEN of shop.service\","
	    "\"asset\":\"host:name:box\"}");
	assert_record(&s,
	    "{\"type\":\"credential\",\"key\":\"secret:" TOKEN
	    "\",\"identity\":\"secret:" TOKEN "\",\"kind\":\"token\","
	    "\"fp\":\"" TOKEN "\",\"length\":17}");
	assert_record(&s,
	    "{\"type\":\"edge\",\"kind\":\"consumed_by\","
	    "\"src\":\"secret:" TOKEN "\",\"dst\":\"" UNIT "\",\"evidence\":"
	    "\"etc/systemd/system/shop.service:12\"}");
	/* Escapes, and a line that goes on inside quotes: qA"%z and a blank. */
	/* A short one has its place in its key: sha256 as in pick_test.c. */
	assert_record(&s,
	    "{\"type\":\"credential\",\"key\":\"secret:" DBPW
	    ":fe9622a73282862e"
	    "\",\"identity\":\"secret:" DBPW ":fe9622a73282862e\","
	    "\"kind\":\"token\",\"fp\":\"" DBPW "\",\"length\":6}");
	assert_record(&s,
	    "{\"type\":\"credential\",\"key\":\"secret:" SHORT
	    ":4579b75d502b6f20"
	    "\",\"identity\":\"secret:" SHORT ":4579b75d502b6f20\","
	    "\"kind\":\"token\",\"fp\":\"" SHORT "\",\"length\":5}");
	assert_count(&s, "\"type\":\"credential\"", 3);
	assert_count(&s, "\"role\":\"private\"", 3);
	assert_count(&s, "\"detail\":\"SHOP_TOKEN\"", 1);
	assert_count(&s, "etc/systemd/system/shop.service:12\",\"role\"", 3);
	seen_free(&s);
}

static void
unit__tells_no_byte_of_a_secret(void **state)
{
	static const char *const values[] = { "tok en", "0123456789\"", "qA",
		"short", "dropped", "signing.key", "AKIAX" };
	struct seen s;
	size_t i;

	(void)state;
	start(&s, "etc/systemd/system/shop.service");
	assert_ok(seen_read(&s, &decode_unit,
		      seen_case(&s, "unit/shop.service")),
	    &s.e);
	for (i = 0; i < MU_COUNT(values); i++)
		assert_count(&s, values[i], 0);
	seen_free(&s);
}

static void
unit__is_privileged_as_root_that_nothing_confines(void **state)
{
	static const struct {
		const char *service, *want;
		size_t edges;
	} rows[] = {
		{ "", "\"privileged\":\"yes\"", 1 },
		{ "User=root\n", "\"privileged\":\"yes\"", 1 },
		{ "User=0\n", "\"privileged\":\"yes\"", 1 },
		{ "User=shop\nUser=\n", "\"privileged\":\"yes\"", 1 },
		{ "User=shop\n", "\"privileged\":\"no\"", 1 },
		{ "User=950\n", "\"privileged\":\"no\"", 1 },
		{ "User=absent\n", "\"privileged\":\"no\"", 0 },
		{ "User=%i\n", "\"type\":\"identity\"", 0 },
		{ "DynamicUser=yes\n", "\"privileged\":\"no\"", 0 },
		{ "DynamicUser=no\n", "\"privileged\":\"yes\"", 1 },
		{ "User=shop\nExecStart=+/bin/x\n", "\"privileged\":\"yes\"",
		    1 },
		{ "User=shop\nExecStart=-!/bin/x\n", "\"privileged\":\"yes\"",
		    1 },
		{ "User=shop\nExecStart=-/bin/+x\n", "\"privileged\":\"no\"",
		    1 },
		{ "NoNewPrivileges=no\nProtectSystem=full\n",
		    "\"privileged\":\"yes\"", 1 },
	};
	static const char *const confined[] = { "NoNewPrivileges=true\n",
		"ProtectSystem=strict\n", "CapabilityBoundingSet=\n",
		"CapabilityBoundingSet=CAP_NET_BIND_SERVICE\n" };
	AUTO(buf) struct buf b;
	struct seen s;
	size_t i;

	(void)state;
	start(&s, "lib/systemd/system/x.service");
	buf_init(&b, 4096);
	for (i = 0; i < MU_COUNT(rows); i++) {
		buf_reset(&b);
		buf_addf(&b, "[Service]\n%s", rows[i].service);
		assert_ok(seen_read(&s, &decode_unit, buf_str(&b)), &s.e);
		assert_count(&s, rows[i].want, 1);
		assert_count(&s, "\"runs_as\"", rows[i].edges);
	}
	for (i = 0; i < MU_COUNT(confined); i++) {
		buf_reset(&b);
		buf_addf(&b, "[Service]\n%s", confined[i]);
		assert_ok(seen_read(&s, &decode_unit, buf_str(&b)), &s.e);
		assert_count(&s, "\"privileged\"", 0);
		assert_count(&s, "\"runs_as\"", 1);
	}
	seen_free(&s);
}

static void
unit__joins_a_drop_in_to_its_unit(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "etc/systemd/system/shop.service.d/10-env.conf");
	assert_ok(seen_read(&s, &decode_unit,
		      STR("[Service]\nEnvironment=X_SECRET=0123456789abc\n")),
	    &s.e);
	assert_record(&s, "{\"type\":\"identity\",\"key\":\"" UNIT "\","
			  "\"kind\":\"workload\",\"name\":\"shop.service\","
			  "\"asset\":\"host:name:box\"}");
	assert_count(&s, "\"runs_as\"", 0);
	assert_count(&s, "\"consumed_by\"", 1);
	assert_ok(seen_read(&s, &decode_unit, STR("[Service]\nUser=root\n")),
	    &s.e);
	assert_count(&s, "\"runs_as\"", 1);
	assert_count(&s, "\"privileged\":\"yes\"", 1);
	/* One for every service is told with each of them. */
	s.file.path = STR("etc/systemd/system/service.d/x.conf");
	assert_ok(seen_read(&s, &decode_unit, STR("[Service]\nUser\n")), &s.e);
	assert_count(&s, ".conf:2\",\"reason\":\"malformed\"", 1);
	assert_count(&s, "\"type\"", 1);
	seen_free(&s);
}

static void
unit__turns_away_what_is_no_service(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "etc/systemd/system/x.service");
	assert_int_equal(seen_read(&s, &decode_unit,
			     STR("[Unit]\nDescription=x\n")),
	    MU_EFORMAT);
	assert_string_equal(s.e.text, "the unit has no [Service]");
	/* An empty file masks the unit. */
	assert_ok(seen_read(&s, &decode_unit, STR(" \n")), &s.e);
	assert_int_equal(s.text.n, 0);
	assert_ok(seen_read(&s, &decode_unit,
		      seen_case(&s, "unit/wicked.service")),
	    &s.e);
	assert_count(&s, ".service:1\",\"reason\":\"malformed\"", 1);
	assert_count(&s, ".service:2\",\"reason\":\"malformed\"", 1);
	assert_count(&s, ".service:4\",\"reason\":\"malformed\"", 1);
	assert_count(&s, ".service:5\",\"reason\":\"malformed\"", 1);
	assert_count(&s, ".service:6\",\"reason\":\"malformed\"", 1);
	assert_count(&s, "\"type\":\"gap\"", 5);
	/* Each as what it is, and as the variable of a process that has it. */
	assert_count(&s, "\"name\":\"SECRET of x.service\"", 2);
	assert_count(&s, "\"name\":\"B_TOKEN of x.service\"", 2);
	assert_count(&s,
	    "\"src\":\"var:host:name:box:x.service:B_TOKEN\","
	    "\"dst\":\"secret:",
	    1);
	assert_count(&s, "OPEN_TOKEN", 0);
	seen_free(&s);
}

static void
unitline_word__undoes_quotes_and_escapes(void **state)
{
	static const struct {
		const char *text, *first;
		bool more;
	} rows[] = {
		{ "a b", "a", true },
		{ "  'a b' c", "a b", true },
		{ "\"a 'b' c\"", "a 'b' c", true },
		{ "a\" \"b", "a b", true },
		{ "\\x41\\101\\s\\t|", "AA \t|", true },
		{ "\\q\\x4", "\\q\\x4", true },
		{ "50%% %i", "50%", true },
		{ "'open", "", false },
		{ "   ", "", false },
	};
	AUTO(buf) struct buf b;
	struct str text;
	size_t i;

	(void)state;
	buf_init(&b, 4096);
	for (i = 0; i < MU_COUNT(rows); i++) {
		text = str_from(rows[i].text);
		assert_int_equal(unitline_word(&text, &b), rows[i].more);
		if (rows[i].more)
			assert_str(buf_str(&b), rows[i].first);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(unit__is_a_workload_that_runs_as_its_user),
		TEST(unit__finds_the_secrets_of_its_environment),
		TEST(unit__tells_no_byte_of_a_secret),
		TEST(unit__is_privileged_as_root_that_nothing_confines),
		TEST(unit__joins_a_drop_in_to_its_unit),
		TEST(unit__turns_away_what_is_no_service),
		TEST(unitline_word__undoes_quotes_and_escapes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
