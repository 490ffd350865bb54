/*
 * Texts of /proc as proc(5) has them, and as a hostile program can make them.
 */

#include "collect/procfs.h"

#include <arpa/inet.h>

#include "../test.h"

#define REST " 00000000:00000000 00:00000000 00000000     0        0 "
#define ID64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* ${want}: "ADDRESS PORT INODE", the loopback address after it; NULL: none. */
static void
assert_socket(const char *line, bool v6, const char *want)
{
	char text[INET6_ADDRSTRLEN], loop[INET6_ADDRSTRLEN] = "-", got[256];
	unsigned char address[TESTIMONY_ADDRESS_BYTES];
	struct procfs_socket s;
	int family = v6 ? AF_INET6 : AF_INET;

	if (!procfs_listener(str_from(line), v6, &s)) {
		assert_null(want);
		return;
	}
	assert_non_null(want);
	assert_non_null(inet_ntop(family, s.address, text, sizeof(text)));
	if (procfs_loopback(&s, address))
		assert_non_null(inet_ntop(family, address, loop, sizeof(loop)));
	(void)snprintf(got, sizeof(got), "%s %u %llu %s", text, s.port,
	    (unsigned long long)s.inode, loop);
	assert_string_equal(got, want);
}

/* Words are as this machine holds them: the lines are of a little-endian one. */
static void
procfs_listener__reads_the_tables_of_sockets(void **state)
{

	(void)state;
	assert_socket("  sl  local_address rem_address   st tx_queue rx_queue "
		      "tr tm->when retrnsmt   uid  timeout inode",
	    false, NULL);
	assert_socket("   0: 0100007F:1F90 00000000:0000 0A" REST "1597 1 0",
	    false, "127.0.0.1 8080 1597 127.0.0.1");
	assert_socket("   1: 00000000:01BB 00000000:0000 0A" REST "22 1 0",
	    false, "0.0.0.0 443 22 127.0.0.1");
	assert_socket("   1: 3500007F:0035 00000000:0000 0A" REST "22 1 0",
	    false, "127.0.0.53 53 22 127.0.0.53");
	assert_socket("   2: 0200000A:01BB 00000000:0000 0A" REST "22 1 0",
	    false, "10.0.0.2 443 22 -");
	/* A connection, not a listener. */
	assert_socket("   0: 0100007F:1F90 0100007F:9999 01" REST "1597 1 0",
	    false, NULL);
	assert_socket("   0: 00000000000000000000000000000000:0016 "
		      "00000000000000000000000000000000:0000 0A" REST "7 1 0",
	    true, ":: 22 7 ::1");
	assert_socket("   0: 00000000000000000000000001000000:0016 "
		      "00000000000000000000000000000000:0000 0A" REST "7 1 0",
	    true, "::1 22 7 ::1");
	assert_socket("   0: B80D01200000000000000000EFBEADDE:0016 "
		      "00000000000000000000000000000000:0000 0A" REST "7 1 0",
	    true, "2001:db8::dead:beef 22 7 -");
}

static void
procfs_listener__turns_away_what_is_no_line(void **state)
{
	static const char *const rows[] = {
		"",
		"0: 0100007F:1F90",
		"0: 0100007F 00000000:0000 0A" REST "1 1 0",
		"0: 0100007F:1F9 00000000:0000 0A" REST "1 1 0",
		"0: 0100007F:1F900 00000000:0000 0A" REST "1 1 0",
		"0: 0100007:1F90 00000000:0000 0A" REST "1 1 0",
		"0: 0100007G:1F90 00000000:0000 0A" REST "1 1 0",
		"0: 00000000000000000000000001000000:0016 0 0A" REST "7 1 0",
		"0: 0100007F:1F90 00000000:0000 0A" REST "x 1 0",
		"0: 0100007F:1F90 00000000:0000 0A" REST "0 1 0",
		"0: 0100007F:1F90 00000000:0000 0000A000A" REST "1 1 0",
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(rows); i++)
		assert_socket(rows[i], false, NULL);
	assert_socket(rows[7], false, NULL);
	assert_socket("0: 0100007F:1F90 0:0 0A" REST "1 1 0", true, NULL);
}

static void
procfs_inode__reads_links_of_descriptors(void **state)
{
	uint64_t inode = 0;

	(void)state;
	assert_true(procfs_inode(STR("socket:[1597]"), &inode));
	assert_int_equal(inode, 1597);
	assert_false(procfs_inode(STR("socket:[]"), &inode));
	assert_false(procfs_inode(STR("socket:[-1]"), &inode));
	assert_false(procfs_inode(STR("socket:[1597"), &inode));
	assert_false(procfs_inode(STR("pipe:[1597]"), &inode));
	assert_false(procfs_inode(STR("/tmp/socket:[1597]"), &inode));
	assert_false(procfs_inode(STR(""), &inode));
}

static void
procfs_status__takes_parent_and_user(void **state)
{
	struct procfs_status s;

	(void)state;
	assert_true(procfs_status(STR("Name:\tx\nPid:\t9\nPPid:\t7\n"
				      "Uid:\t0\t33\t0\t0\nGid:\t1\t1\t1\t1\n"),
	    &s));
	assert_int_equal(s.parent, 7);
	assert_int_equal(s.uid, 33);
	assert_false(procfs_status(STR("Name:\tx\nPPid:\t7\nUid:\t0\n"), &s));
	assert_false(procfs_status(STR("Name:\tx\nUid:\t0\t0\t0\t0\n"), &s));
	assert_false(procfs_status(STR("PPid:\t-7\nUid:\t0\t0\t0\t0\n"), &s));
	assert_false(procfs_status(STR(""), &s));
}

static void
procfs_workload__knows_units_and_containers(void **state)
{
	static const struct {
		const char *text, *name;
		enum testimony_kind kind;
	} rows[] = {
		{ "0::/system.slice/nginx.service\n", "nginx.service",
		    TESTIMONY_UNIT },
		{ "0::/system.slice/system-getty.slice/getty@tty1.service\n",
		    "getty@tty1.service", TESTIMONY_UNIT },
		{ "12:pids:/x.service\n1:name=systemd:/system.slice/a.service\n"
		  "0::/\n",
		    "a.service", TESTIMONY_UNIT },
		{ "0::/user.slice/user-1000.slice/user@1000.service/app.slice/"
		  "evil.service\n",
		    "user@1000.service", TESTIMONY_UNIT },
		{ "0::/user.slice/user-0.slice/session-3.scope\n", "",
		    TESTIMONY_PROGRAM },
		{ "0::/\n", "", TESTIMONY_PROGRAM },
		{ "0::/init.scope\n", "", TESTIMONY_PROGRAM },
		{ "0::/system.slice/docker-" ID64 ".scope\n", "0123456789ab",
		    TESTIMONY_CONTAINER },
		{ "3:cpu:/docker/" ID64 "\n0::/system.slice/docker.service\n",
		    "0123456789ab", TESTIMONY_CONTAINER },
		{ "0::/kubepods.slice/cri-containerd:" ID64 "/x.service\n",
		    "0123456789ab", TESTIMONY_CONTAINER },
		{ "0::/system.slice/docker-" ID64 "0.scope\n", "",
		    TESTIMONY_PROGRAM },
		{ "0::/.service\n", "", TESTIMONY_PROGRAM },
		{ "no colons\n:\n::\n", "", TESTIMONY_PROGRAM },
		{ "", "", TESTIMONY_PROGRAM },
	};
	struct str name;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(rows); i++) {
		if (procfs_workload(str_from(rows[i].text), &name) !=
		    rows[i].kind)
			fail_msg("%s", rows[i].text);
		assert_str(name, rows[i].name);
	}
}

static void
procfs_variable__names_secrets_alone(void **state)
{
	struct str rest = STR("PATH=/bin\0DB_PASSWORD=x\0DB_PASSWORD_FILE=y\0"
			      "EMPTY_TOKEN=\0KEY_AT=/etc/key\0=TOKEN\0"
			      "TOKEN\0BAD TOKEN=x\0MY_TOKEN=a=b\0"
			      "LAST_SECRET=no end"),
		   name;

	(void)state;
	assert_true(procfs_variable(&rest, &name));
	assert_str(name, "DB_PASSWORD");
	assert_true(procfs_variable(&rest, &name));
	assert_str(name, "MY_TOKEN");
	assert_true(procfs_variable(&rest, &name));
	assert_str(name, "LAST_SECRET");
	assert_false(procfs_variable(&rest, &name));
	/* What setproctitle(3) leaves behind. */
	rest = STR("sshd: ada [priv] SECRET=\1\2\0\0\0\0");
	assert_false(procfs_variable(&rest, &name));
}

static void
procfs_program__is_printable(void **state)
{
	static const struct {
		const char *link, *comm, *want;
	} rows[] = {
		{ "/usr/sbin/nginx", "nginx", "nginx" },
		{ "/usr/sbin/nginx (deleted)", "nginx", "nginx" },
		{ "", "kworker/0:1\n", "kworker/0:1" },
		{ "/tmp/a b\n\xff\"", "x", "a?b??\"" },
		{ "", "", "" },
	};
	AUTO(buf) struct buf b = { 0 };
	size_t i;

	(void)state;
	buf_init(&b, TESTIMONY_NAME_MAX);
	for (i = 0; i < MU_COUNT(rows); i++) {
		buf_reset(&b);
		procfs_program(str_from(rows[i].link), str_from(rows[i].comm),
		    &b);
		assert_str(buf_str(&b), rows[i].want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(procfs_listener__reads_the_tables_of_sockets),
		TEST(procfs_listener__turns_away_what_is_no_line),
		TEST(procfs_inode__reads_links_of_descriptors),
		TEST(procfs_status__takes_parent_and_user),
		TEST(procfs_workload__knows_units_and_containers),
		TEST(procfs_variable__names_secrets_alone),
		TEST(procfs_program__is_printable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
