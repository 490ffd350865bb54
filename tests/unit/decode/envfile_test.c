/*
 * Environment files by systemd.exec(5). The values wanted are what
 * systemd-tmpfiles makes of the same line in os-release, which it reads by the
 * same rules: `printf 'ID=...' >R/etc/os-release; systemd-tmpfiles --root=R
 * --create` with a line "f+ /out 0644 - - - %o".
 */

#include "decode/envfile.h"

#include "test.h"

static void
envfile_next__undoes_quotes_as_systemd_does(void **state)
{
	static const struct {
		const char *text, *value;
	} rows[] = {
		{ "ID=abc", "abc" },
		{ "ID= a b \t\n", "a b" },
		{ "ID=\"a\\\"b c\" d\\\n e  \n", "a\"b cd e" },
		{ "ID='a\\b'", "a\\b" },
		{ "ID=\"a\\b\"", "a\\b" },
		{ "ID=\"a\\$b\"", "a$b" },
		{ "ID=a\\b", "ab" },
		{ "ID=a'b'", "a'b'" },
		{ "ID='a' 'b'", "ab" },
		{ "ID=a # b", "a # b" },
		{ "ID=\"a\nb\"", "a\nb" },
		{ "ID=\"a\\\nb\"", "ab" },
		{ "ID=a=b", "a=b" },
		{ "ID =a", "a" },
		{ "; x\n#ID=y\nID=a", "a" },
	};
	struct envfile f;
	char room[64];
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(rows); i++) {
		envfile_init(&f, str_from(rows[i].text), room);
		assert_true(envfile_next(&f));
		assert_str(f.name, "ID");
		assert_str(f.value, rows[i].value);
		assert_false(envfile_next(&f));
	}
}

static void
envfile_next__knows_the_lines(void **state)
{
	static const char text[] = "# one\nA=\"x\ny\"\r\n\nno sign\n"
				   "export C=1\n1D=2\n B=z";
	struct envfile f;
	char room[64];

	(void)state;
	envfile_init(&f, STR(text), room);
	assert_true(envfile_next(&f));
	assert_int_equal(f.at, 2);
	assert_str(f.value, "x\ny");
	assert_true(envfile_next(&f));
	assert_str(f.name, "B");
	assert_str(f.value, "z");
	assert_int_equal(f.at, 8);
	assert_false(envfile_next(&f));
}

static void
envfile_next__ends_where_nothing_closes(void **state)
{
	static const char *const texts[] = { "", "\n", "=x", "A", "#", "#\\",
		"A=\"", "A='", "A=\\", "A=\"\\" };
	struct envfile f;
	char room[64];
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(texts); i++) {
		envfile_init(&f, str_from(texts[i]), room);
		while (envfile_next(&f))
			assert_true(f.n <= strlen(texts[i]));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(envfile_next__undoes_quotes_as_systemd_does),
		TEST(envfile_next__knows_the_lines),
		TEST(envfile_next__ends_where_nothing_closes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
