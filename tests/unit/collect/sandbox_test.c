#include "../test.h"
#include "collect/sandbox.h"

/* landlock(7): 13 rights in ABI 1, then REFER, TRUNCATE and IOCTL_DEV. */
static void
sandbox_fs_rights__follow_the_abi(void **state)
{

	(void)state;
	assert_int_equal(sandbox_fs_rights(0), 0);
	assert_int_equal(sandbox_fs_rights(-1), 0);
	assert_int_equal(sandbox_fs_rights(1), 0x1fff);
	assert_int_equal(sandbox_fs_rights(2), 0x3fff);
	assert_int_equal(sandbox_fs_rights(3), 0x7fff);
	assert_int_equal(sandbox_fs_rights(4), 0x7fff);
	assert_int_equal(sandbox_fs_rights(5), 0xffff);
	assert_int_equal(sandbox_fs_rights(7), 0xffff);
	assert_int_equal(sandbox_fs_rights(99), 0xffff);
}

static void
sandbox_report__says_a_line_a_layer(void **state)
{
	AUTO(buf) struct buf b;
	struct str text, line;

	(void)state;
	buf_init(&b, 1024);
	sandbox_report(&b);
	text = buf_str(&b);
	assert_true(str_line(&text, &line));
	assert_true(str_starts(line, STR("landlock: ")));
	assert_true(str_line(&text, &line));
	assert_true(str_starts(line, STR("seccomp: ")));
	assert_true(str_line(&text, &line));
	assert_true(str_starts(line, STR("limits: ")));
	assert_false(str_line(&text, &line));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(sandbox_fs_rights__follow_the_abi),
		TEST(sandbox_report__says_a_line_a_layer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
