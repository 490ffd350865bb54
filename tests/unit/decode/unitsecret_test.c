/* Secrets of a unit outside its Environment=, by systemd.exec(5). */

#include "decode/unitsecret.h"

#include "decode/keyval.h"
#include "decode/unit.h"
#include "model/place.h"
#include "seen.h"

#define UNIT "etc/systemd/system/x.service"
#define KEY  "unit:host:name:box:x.service"

static const struct pick picks[] = {
	{ .secret = "DB_PASSWORD",
	    .kind = ID_DB_CREDENTIAL,
	    .scheme = "=db",
	    .user = "DB_USER*",
	    .host = "DB_HOST" },
	{ .secret = "*TOKEN", .kind = ID_TOKEN },
	{ .secret = "*PASSWORD*", .kind = ID_TOKEN },
	{ .secret = NULL },
};

static void
start(struct seen *s)
{

	seen_init(s, "root:x:0:0:::/bin/sh\n", NULL, "");
	s->place = STR("os.unit");
	s->picks = picks;
}

static void
read_unit(struct seen *s, const char *service)
{
	AUTO(buf) struct buf b = { 0 };

	buf_init(&b, 4096);
	buf_addf(&b, "[Service]\n%s", service);
	s->file.path = STR(UNIT);
	assert_ok(seen_read(s, &decode_unit, buf_str(&b)), &s->e);
}

static void
unitsecret__follows_environment_files(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	s.tree[0] = (struct seen_file){ "etc/x/env",
		"# shop\nA_TOKEN=\"0123456789 abc\"\nB_TOKEN=$A_TOKEN\n"
		"A_TOKEN_FILE=/etc/x/token\nC_TOKEN=/etc/x/token\n" };
	s.others[0] = (struct file){ .mode = 0644, .birth_s = CLOCK_NONE };
	read_unit(&s, "EnvironmentFile=-/etc/x/env\n");
	assert_count(&s, "\"type\":\"sighting\"", 1);
	assert_count(&s, "\"locator\":\"etc/x/env:2\"", 1);
	assert_count(&s, "\"readers\":\"world\"", 1);
	assert_count(&s, "\"dst\":\"" KEY "\",\"evidence\":\"etc/x/env:2\"", 1);
	assert_count(&s, "\"name\":\"A_TOKEN in etc/x/env\"", 1);
	assert_count(&s, "0123456789", 0);
	seen_free(&s);
}

static void
unitsecret__is_one_identity_with_what_the_file_itself_tells(void **state)
{
	static const char env[] = "DB_USER=shop\nDB_HOST=db.example.com\n"
				  "DB_PASSWORD=0123456789abc\n";
	struct seen s;

	(void)state;
	start(&s);
	s.tree[0] = (struct seen_file){ "etc/default/x", env };
	read_unit(&s, "EnvironmentFile=/etc/default/x\n");
	assert_count(&s,
	    "\"src\":\"login:db://shop@db.example.com\",\"dst\":\"" KEY "\"",
	    1);
	s.file.path = STR("etc/default/x");
	assert_ok(seen_read(&s, &decode_keyval, STR(env)), &s.e);
	assert_count(&s, "\"key\":\"login:db://shop@db.example.com\"", 1);
	seen_free(&s);
}

static void
unitsecret__takes_patterns_and_specifiers(void **state)
{
	static const struct {
		const char *service;
		size_t secrets, gaps;
	} rows[] = {
		{ "EnvironmentFile=/etc/x/*.env\n", 2, 0 },
		{ "EnvironmentFile=/etc/x/%N.env\n", 1, 0 },
		{ "EnvironmentFile=%E/%p/[xy].env\n", 2, 0 },
		{ "EnvironmentFile=/etc/x/x.env\nEnvironmentFile=\n", 0, 0 },
		{ "EnvironmentFile=/etc/x/x.env\nEnvironmentFile=\n"
		  "EnvironmentFile=/etc/x/y.env\n",
		    1, 0 },
		{ "EnvironmentFile=/etc/absent\n", 0, 0 },
		{ "EnvironmentFile=-/etc/absent\n", 0, 0 },
		{ "EnvironmentFile=/etc/x/z\n", 0, 1 },
		{ "EnvironmentFile=%d/x\n", 0, 1 },
		{ "EnvironmentFile=etc/x/x.env\n", 0, 1 },
		{ "PassEnvironment=A_TOKEN\n", 0, 0 },
	};
	struct seen s;
	size_t i;

	(void)state;
	start(&s);
	s.tree[0] = (struct seen_file){ "etc/x/x.env", "A_TOKEN=0123456789\n" };
	s.tree[1] = (struct seen_file){ "etc/x/y.env", "A_TOKEN=0123456780\n" };
	s.tree[2] = (struct seen_file){ "etc/x/z", NULL };
	for (i = 0; i < MU_COUNT(rows); i++) {
		read_unit(&s, rows[i].service);
		assert_count(&s, "\"type\":\"sighting\"", rows[i].secrets);
		assert_count(&s, "\"type\":\"gap\"", rows[i].gaps);
	}
	assert_count(&s, "\"type\"", 2);
	seen_free(&s);
}

static void
unitsecret__takes_all_instances_of_a_template(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	s.tree[0] = (struct seen_file){ "etc/x/a.env", "A_TOKEN=0123456789\n" };
	s.tree[1] = (struct seen_file){ "etc/x/b.env", "A_TOKEN=0123456780\n" };
	s.file.path = STR("etc/systemd/system/x@.service");
	assert_ok(seen_read(&s, &decode_unit,
		      STR("[Service]\nEnvironmentFile=/etc/x/%i.env\n")),
	    &s.e);
	assert_count(&s, "\"type\":\"sighting\"", 2);
	seen_free(&s);
}

static void
unitsecret__finds_credentials_that_stand_in_the_unit(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	read_unit(&s, "SetCredential=old:0123456789\nSetCredential=\n"
		      "SetCredential=db:line\\none:0123456789\n"
		      "LoadCredential=tls:/etc/x/key\n"
		      "SetCredentialEncrypted=e:0123456789abc\n");
	assert_count(&s, "\"type\":\"sighting\"", 1);
	assert_count(&s, "\"name\":\"db of x.service\"", 1);
	assert_count(&s, "\"length\":19", 1);
	assert_count(&s, "0123456789", 0);
	seen_free(&s);
}

static void
unitsecret__looks_into_commands(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	read_unit(&s, "ExecStart=/bin/old --token=0123456780\nExecStart=\n"
		      "ExecStart=-/bin/app --token=0123456789 \\\n"
		      "  --user=x\nExecStartPre=/bin/app --token=$TOKEN\n");
	assert_count(&s, "\"type\":\"sighting\"", 1);
	assert_count(&s, "\"name\":\"--token of x.service\"", 1);
	assert_count(&s, "\"locator\":\"" UNIT ":4\"", 1);
	assert_count(&s, "\"dst\":\"" KEY "\"", 1);
	assert_count(&s, "0123456789", 0);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(unitsecret__follows_environment_files),
		TEST(
		    unitsecret__is_one_identity_with_what_the_file_itself_tells),
		TEST(unitsecret__takes_patterns_and_specifiers),
		TEST(unitsecret__takes_all_instances_of_a_template),
		TEST(unitsecret__finds_credentials_that_stand_in_the_unit),
		TEST(unitsecret__looks_into_commands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
