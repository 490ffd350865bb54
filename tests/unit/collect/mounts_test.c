#include "../test.h"
#include "collect/mounts.h"

/* Lines as proc_pid_mountinfo(5) shows them. */
static const char sample[] =
    "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw\n"
    "22 27 0:21 / /proc rw,relatime - proc proc rw\n"
    "40 27 0:50 / /net rw shared:3 master:2 - nfs4 srv:/x rw,vers=4.2\n"
    "41 27 0:51 / /a\\040b rw - fuse.sshfs me@there:/ rw\n"
    "42 27 8:1 / /win rw - fuseblk /dev/sda1 rw\n"
    "bad line\n"
    "43 27 x:1 / /y rw - ext4 /dev/y rw\n"
    "44 27 8:2 / /y rw\n";

static void
mounts_parse__reads_ids_devices_and_types(void **state)
{
	AUTO(mounts) struct mounts m = { 0 };
	const struct mounts_row *r;

	(void)state;
	mounts_parse(&m, STR(sample));
	assert_int_equal(m.rows.n, 5);
	r = mounts_find(&m, true, 36, 0, 0);
	assert_non_null(r);
	assert_string_equal(r->type, "ext3");
	assert_int_equal(r->class, MOUNTS_READ);
	assert_int_equal(mounts_find(&m, true, 22, 0, 0)->class, MOUNTS_KERNEL);
	assert_int_equal(mounts_find(&m, true, 40, 0, 0)->class,
	    MOUNTS_FOREIGN);
	assert_int_equal(mounts_find(&m, true, 41, 0, 0)->class,
	    MOUNTS_FOREIGN);
	assert_int_equal(mounts_find(&m, true, 42, 0, 0)->class, MOUNTS_READ);
	assert_null(mounts_find(&m, true, 43, 0, 0));
	assert_int_equal(mounts_find(&m, false, 0, 0, 50)->class,
	    MOUNTS_FOREIGN);
	assert_null(mounts_find(&m, false, 0, 9, 9));
}

static void
mounts_load__knows_proc_of_this_machine(void **state)
{
	AUTO(mounts) struct mounts m = { 0 };
	bool proc = false;
	size_t i;

	(void)state;
	mounts_load(&m);
	for (i = 0; i < m.rows.n; i++)
		if (strcmp(m.rows.v[i].type, "proc") == 0)
			proc = m.rows.v[i].class == MOUNTS_KERNEL;
	assert_true(proc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(mounts_parse__reads_ids_devices_and_types),
		TEST(mounts_load__knows_proc_of_this_machine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
