/*
 * Files that sudoers includes, by sudoers(5). tests/oracle/run gives such files
 * to cvtsudoers.
 */

#include "decode/sudoload.h"

#include "decode/sudoers.h"
#include "seen.h"

static void
start(struct seen *s)
{

	seen_init(s, "root:x:0:0:::\nada:x:1000:1000:::\nbob:x:1001:1001:::\n",
	    NULL, "");
	s->place = STR("os.sudoers");
}

static void
read_one(struct seen *s, size_t i)
{

	s->file.path = str_from(s->tree[i].path);
	assert_ok(seen_read(s, &decode_sudoers, str_from(s->tree[i].bytes)),
	    &s->e);
}

static void
sudoload__reads_what_is_included_where_it_stands(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	s.tree[0] = (struct seen_file){ "etc/sudoers",
		"#includedir /etc/sudoers.d\n"
		"OPS ALL = EVERY\n@include sudoers.%h # mine\n" };
	s.tree[1] =
	    (struct seen_file){ "etc/sudoers.box", "ada ALL = PASSWD: ALL\n" };
	s.tree[2] = (struct seen_file){ "etc/sudoers.d/10-names",
		"User_Alias OPS = ada, bob\n\nOPS ALL = NOPASSWD: ALL\n" };
	s.tree[3] = (struct seen_file){ "etc/sudoers.d/20-names",
		"Cmnd_Alias EVERY = ALL\nnothing\n" };
	s.tree[4] = (struct seen_file){ "etc/sudoers.d/a.bak", "ada ALL=ALL" };
	s.tree[5] = (struct seen_file){ "etc/sudoers.d/a~", "ada ALL=ALL" };
	s.tree[6] = (struct seen_file){ "etc/sudoers.local", "bob ALL=ALL" };
	read_one(&s, 0);
	assert_count(&s, "\"locator\":\"etc/sudoers.d/10-names:3\"", 2);
	assert_count(&s, "\"locator\":\"etc/sudoers:2\"", 2);
	assert_count(&s, "\"locator\":\"etc/sudoers.box:1\"", 1);
	assert_count(&s, "\"type\":\"grant\"", 5);
	/* The later rules ask for a password. */
	assert_count(&s, "nopasswd", 0);
	assert_count(&s, "\"locator\":\"etc/sudoers.d/20-names:2\"", 1);
	assert_count(&s, "\"type\":\"gap\"", 1);
	read_one(&s, 2);
	assert_int_equal(s.text.n, 0);
	read_one(&s, 3);
	assert_int_equal(s.text.n, 0);
	/* What nobody includes stands alone. */
	read_one(&s, 6);
	assert_count(&s, "\"type\":\"grant\"", 1);
	seen_free(&s);
}

static void
sudoload__lets_a_file_speak_where_sudoers_cannot_be_read(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	s.tree[0] = (struct seen_file){ "etc/sudoers", NULL };
	s.tree[1] = (struct seen_file){ "etc/sudoers.d/a", "ada ALL=ALL\n" };
	read_one(&s, 1);
	assert_count(&s, "\"type\":\"grant\"", 1);
	seen_free(&s);
}

static void
sudoload__stops_where_files_include_each_other(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	s.tree[0] = (struct seen_file){ "etc/sudoers",
		"@include a\n@include etc\nada ALL=ALL\n" };
	s.tree[1] = (struct seen_file){ "etc/a",
		"@include sudoers\n@include a\n@include \"/etc/a b\"\n"
		"@include /etc/c\\ d\n@include absent\n@includedir absent\n" };
	s.tree[2] = (struct seen_file){ "etc/a b", "bob ALL=ALL\n" };
	s.tree[3] = (struct seen_file){ "etc/c d", "bob ALL=(ada) ALL\n" };
	read_one(&s, 0);
	assert_count(&s, "\"type\":\"grant\"", 3);
	assert_count(&s, "\"type\":\"gap\"", 0);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(sudoload__reads_what_is_included_where_it_stands),
		TEST(sudoload__lets_a_file_speak_where_sudoers_cannot_be_read),
		TEST(sudoload__stops_where_files_include_each_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
