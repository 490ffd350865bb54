#include "ssh.h"

#include "decode/sshput.h"

/* The accounts are ssh.h's: root, ada (a person), backup (none). */
static void
sshput_owner__is_a_person_or_nobody(void **state)
{
	static const struct {
		const char *comment, *owner;
	} rows[] = {
		{ "ada@laptop", "ada" },
		{ "eve.martin@example.org", "eve.martin" },
		{ "root@nas", "" },
		{ "backup@nas", "" },
		{ "Deploy@ci7", "" },
		{ "postmaster@example.org", "" },
		{ "svc-print@dc1", "" },
		{ "ubuntu@ip-10-0-0-7", "" },
		{ "ada", "" },
		{ "my old key", "" },
		{ "a b@c", "" },
		{ "", "" },
	};
	struct ssh_run *t = ssh_new(STR_NONE, "k");
	struct str got;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(rows); i++) {
		got = sshput_owner(&t->in, str_from(rows[i].comment));
		if (!str_eq(got, str_from(rows[i].owner)))
			fail_msg("%s: " STR_FMT, rows[i].comment, STR_ARG(got));
	}
	ssh_free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sshput_owner__is_a_person_or_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
