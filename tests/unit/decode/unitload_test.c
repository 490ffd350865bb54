/*
 * Which files make a unit, and in which order, by systemd.unit(5). The same
 * trees are given to systemd-analyze by tests/oracle/run.
 */

#include "decode/unitload.h"

#include "decode/unit.h"
#include "seen.h"

static const char passwd[] = "root:x:0:0:::/bin/sh\n"
			     "shop:x:950:950:::/usr/sbin/nologin\n";

#define ETC "etc/systemd/system/"
#define LIB "usr/lib/systemd/system/"

static void
start(struct seen *s, const char *path)
{

	seen_init(s, passwd, NULL, "");
	s->place = STR("os.unit");
	s->file.path = str_from(path);
}

/* Read the file ${path} of ${s}->tree. */
static void
read_one(struct seen *s, const char *path)
{
	size_t i;

	for (i = 0; strcmp(s->tree[i].path, path) != 0; i++)
		;
	s->file.path = str_from(path);
	assert_ok(seen_read(s, &decode_unit, str_from(s->tree[i].bytes)),
	    &s->e);
}

static void
unitload__lets_later_files_change_a_unit(void **state)
{
	static const struct {
		struct seen_file tree[4];
		const char *privileged; /* NULL: unknown */
		size_t runs_as_shop;
	} rows[] = {
		{ { { ETC "x.service", "[Service]\nUser=root\n" },
		      { ETC "x.service.d/10.conf", "[Service]\nUser=shop\n" } },
		    "no", 1 },
		/* By the files' names, wherever they lie. */
		{ { { ETC "x.service", "[Service]\n" },
		      { ETC "x.service.d/10.conf", "[Service]\nUser=shop\n" },
		      { LIB "x.service.d/20.conf", "[Service]\nUser=\n" } },
		    "yes", 0 },
		{ { { ETC "x.service", "[Service]\n" },
		      { ETC "x.service.d/20.conf", "[Service]\nUser=shop\n" },
		      { LIB "x.service.d/10.conf", "[Service]\nUser=\n" } },
		    "no", 1 },
		/* A name in etc hides that name in usr/lib. */
		{ { { ETC "x.service", "[Service]\n" },
		      { ETC "x.service.d/10.conf", "[Service]\nUser=shop\n" },
		      { LIB "x.service.d/10.conf", "[Service]\nUser=\n" } },
		    "no", 1 },
		/* An empty one hides too. */
		{ { { ETC "x.service", "[Service]\n" },
		      { ETC "x.service.d/10.conf", "" },
		      { LIB "x.service.d/10.conf", "[Service]\nUser=shop\n" } },
		    "yes", 0 },
		/* For all services; its name makes it come last. */
		{ { { ETC "service.d/90.conf",
			"[Service]\nNoNewPrivileges=yes\n" },
		      { ETC "x.service", "[Service]\n" },
		      { ETC "x.service.d/10.conf",
			  "[Service]\nNoNewPrivileges=no\n" } },
		    NULL, 0 },
		/* The unit's own folder comes before that of all. */
		{ { { ETC "service.d/10.conf",
			"[Service]\nProtectSystem=strict\n" },
		      { ETC "x.service", "[Service]\n" },
		      { LIB "x.service.d/10.conf",
			  "[Service]\nProtectSystem=full\n" } },
		    "yes", 0 },
		{ { { ETC "x.service",
			"[Service]\nCapabilityBoundingSet=CAP_KILL\n" },
		      { ETC "x.service.d/10.conf",
			  "[Service]\nCapabilityBoundingSet=~\n" } },
		    "yes", 0 },
		{ { { ETC "x.service", "[Service]\nUser=shop\n"
				       "ExecStart=+/bin/a\n" },
		      { ETC "x.service.d/10.conf",
			  "[Service]\nExecStart=\nExecStart=/bin/a\n" } },
		    "no", 1 },
		/* A folder of something else says nothing. */
		{ { { ETC "x.service", "[Service]\n" },
		      { ETC "x.service.d/10.txt", "[Service]\nUser=shop\n" },
		      { ETC "y.service.d/10.conf", "[Service]\nUser=shop\n" } },
		    "yes", 0 },
	};
	AUTO(buf) struct buf want = { 0 };
	size_t i, k;

	(void)state;
	buf_init(&want, 256);
	for (i = 0; i < MU_COUNT(rows); i++) {
		struct seen s;

		start(&s, "");
		for (k = 0; k < 4; k++)
			s.tree[k] = rows[i].tree[k];
		read_one(&s, ETC "x.service");
		assert_count(&s, "\"type\":\"identity\"", 1);
		assert_count(&s, "\"privileged\"", rows[i].privileged != NULL);
		buf_reset(&want);
		buf_addf(&want, "\"privileged\":\"%s\"",
		    rows[i].privileged != NULL ? rows[i].privileged : "?");
		buf_addc(&want, '\0');
		assert_count(&s, want.p, rows[i].privileged != NULL);
		assert_count(&s, "account:host:name:box:shop",
		    rows[i].runs_as_shop);
		seen_free(&s);
	}
}

static void
unitload__takes_drop_ins_of_prefixes_and_templates(void **state)
{
	static const char *const folders[] = { ETC "a-b@.service.d/1.conf",
		ETC "a-b@c.service.d/1.conf", ETC "a-.service.d/1.conf" };
	struct seen s;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(folders); i++) {
		start(&s, "");
		s.tree[0] =
		    (struct seen_file){ folders[i], "[Service]\nUser=shop\n" };
		s.tree[1] =
		    (struct seen_file){ LIB "a-b@c.service", "[Service]\n" };
		read_one(&s, LIB "a-b@c.service");
		assert_count(&s, "\"privileged\":\"no\"", 1);
		seen_free(&s);
	}
}

static void
unitload__tells_a_unit_once(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "");
	s.tree[0] = (struct seen_file){ ETC "x.service",
		"[Service]\nEnvironment=A_TOKEN=0123456789abc\n" };
	s.tree[1] = (struct seen_file){ ETC "x.service.d/10.conf",
		"[Service]\nEnvironment=B_TOKEN=0123456789abd\nnothing\n" };
	s.tree[2] = (struct seen_file){ LIB "x.service",
		"[Service]\nEnvironment=C_TOKEN=0123456789abe\nnothing\n" };
	s.tree[3] = (struct seen_file){ LIB "y.service", "[Service]\n" };
	read_one(&s, ETC "x.service");
	assert_count(&s, "\"consumed_by\"", 2);
	assert_count(&s, "\"locator\":\"" ETC "x.service.d/10.conf:2\"", 1);
	assert_count(&s, "\"type\":\"gap\"", 0);
	/* The drop-in has its bad lines to tell, and the hidden unit nothing. */
	read_one(&s, ETC "x.service.d/10.conf");
	assert_count(&s, "\"locator\":\"" ETC "x.service.d/10.conf:3\"", 1);
	assert_count(&s, "\"type\"", 1);
	read_one(&s, LIB "x.service");
	assert_int_equal(s.text.n, 0);
	read_one(&s, LIB "y.service");
	assert_count(&s, "\"type\":\"identity\"", 1);
	seen_free(&s);
}

static void
unitload__hides_what_is_masked(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "");
	s.tree[0] = (struct seen_file){ ETC "x.service", "" };
	s.tree[1] = (struct seen_file){ LIB "x.service", "[Service]\n" };
	read_one(&s, LIB "x.service");
	assert_int_equal(s.text.n, 0);
	read_one(&s, ETC "x.service");
	assert_int_equal(s.text.n, 0);
	seen_free(&s);
}

static void
unitload__does_not_guess_at_what_is_closed(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "");
	s.tree[0] = (struct seen_file){ ETC "x.service", "[Service]\n" };
	s.tree[1] = (struct seen_file){ ETC "x.service.d/10.conf", NULL };
	read_one(&s, ETC "x.service");
	assert_count(&s, "\"type\":\"identity\"", 1);
	assert_count(&s, "\"privileged\"", 0);
	seen_free(&s);
}

static void
unitload__tells_an_instance_by_its_first_drop_in(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "");
	s.tree[0] = (struct seen_file){ ETC "x@a.service.d/1.conf",
		"[Service]\nUser=shop\n" };
	s.tree[1] = (struct seen_file){ ETC "x@a.service.d/2.conf",
		"[Service]\nProtectSystem=full\n" };
	s.tree[2] = (struct seen_file){ LIB "x@.service",
		"[Unit]\nDescription=X\n[Service]\n" };
	read_one(&s, ETC "x@a.service.d/1.conf");
	assert_record(&s, "{\"type\":\"identity\","
			  "\"key\":\"unit:host:name:box:x@a.service\","
			  "\"kind\":\"workload\",\"name\":\"x@a.service\","
			  "\"asset\":\"host:name:box\",\"purpose\":\"X\","
			  "\"privileged\":\"no\"}");
	read_one(&s, ETC "x@a.service.d/2.conf");
	assert_int_equal(s.text.n, 0);
	read_one(&s, LIB "x@.service");
	assert_count(&s, "\"privileged\":\"yes\"", 1);
	/* Without a template they are all there is to tell. */
	s.tree[2].path = NULL;
	read_one(&s, ETC "x@a.service.d/1.conf");
	assert_count(&s, "\"privileged\":\"no\"", 1);
	assert_count(&s, "\"purpose\"", 0);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(unitload__lets_later_files_change_a_unit),
		TEST(unitload__takes_drop_ins_of_prefixes_and_templates),
		TEST(unitload__tells_a_unit_once),
		TEST(unitload__hides_what_is_masked),
		TEST(unitload__does_not_guess_at_what_is_closed),
		TEST(unitload__tells_an_instance_by_its_first_drop_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
