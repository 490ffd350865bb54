/* The sample follows fstab(5) and mount.cifs(8). */

#include "decode/fstab.h"

#include "seen.h"

static void
fstab__tells_the_logins_of_mounts(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, "root:x:0:0::/root:/bin/sh\n", NULL, NULL);
	s.file.path = STR("etc/fstab");
	s.tree[0] = (struct seen_file){ "root/.cifs",
		"username=svc-backup\npassword=s3cret,with=marks\n"
		"domain=EXAMPLE\n" };
	assert_ok(seen_read(&s, &decode_fstab, seen_case(&s, "fstab/fstab")),
	    &s.e);
	assert_count(&s, "\"type\":\"identity\",\"key\":\"login:", 3);
	assert_record(&s,
	    "{\"type\":\"identity\",\"key\":\"login:smb://svc-backup@example\","
	    "\"kind\":\"service_account\",\"name\":\"smb svc-backup at "
	    "EXAMPLE\",\"asset\":\"host:name:box\"}");
	assert_count(&s, "\"locator\":\"root/.cifs:2\"", 1);
	assert_count(&s, "\"length\":17", 1);
	/* A blank that is written as \040 is one byte of the password. */
	assert_count(&s, "login:smb://team@files", 3);
	assert_count(&s, "\"length\":11", 1);
	assert_count(&s, "\"locator\":\"etc/fstab:4\"", 1);
	assert_count(&s, "login:smb://web@example", 3);
	assert_record(&s,
	    "{\"type\":\"edge\",\"kind\":\"consumed_by\",\"src\":"
	    "\"login:smb://svc-backup@example\",\"dst\":"
	    "\"unit:host:name:box:mnt-backup.mount\",\"evidence\":"
	    "\"etc/fstab:3\"}");
	assert_count(&s, "\"type\":\"gap\"", 0);
	assert_count(&s, "s3cret", 0);
	s.tree[0].bytes = NULL;
	assert_ok(seen_read(&s, &decode_fstab, seen_case(&s, "fstab/fstab")),
	    &s.e);
	assert_count(&s, "\"locator\":\"etc/fstab:3\",\"reason\":\"denied\"",
	    1);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(fstab__tells_the_logins_of_mounts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
