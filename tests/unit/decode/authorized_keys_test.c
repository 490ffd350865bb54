#include "decode/authorized_keys.h"

#include "ssh.h"

static struct ssh_run *
read_text(struct str text, const char *path)
{
	struct ssh_run *t = ssh_new(text, path);

	assert_ok(decode_authorized_keys.read(&t->in, &t->e), &t->e);
	return t;
}

static struct ssh_run *
read_sample(const char *path)
{
	AUTO(buf) struct buf text;

	ssh_case(&text, "authorized_keys/sample");
	return read_text(buf_str(&text), path);
}

/* The key that stands only on lines which sshd refuses. */
#define REFUSED "SHA256:5amecJPLeau/Zvo0TncBuGASGIzAQMQbneE4EOvVJXs"

static void
authorized_keys__finds_the_keys_that_ssh_keygen_finds(void **state)
{
	AUTO(buf) struct buf want;
	struct ssh_run *t = read_sample("home/ada/.ssh/authorized_keys");
	struct str text, line;
	size_t n = 0;
	char fp[80];

	(void)state;
	ssh_case(&want, "authorized_keys/sample.want");
	for (text = buf_str(&want); str_line(&text, &line);) {
		if (str_eq(line, STR(REFUSED)))
			continue;
		(void)snprintf(fp, sizeof(fp), STR_FMT, STR_ARG(line));
		assert_line(t, "\"type\":\"credential\"", fp);
		n++;
	}
	assert_int_equal(n, 10);
	assert_int_equal(t->sink.counts[REC_CREDENTIAL], 10);
	assert_int_equal(t->sink.counts[REC_SIGHTING], 10);
	/* The authority is no identity, and logs in to nothing. */
	assert_int_equal(t->sink.counts[REC_IDENTITY], 9);
	assert_int_equal(t->sink.counts[REC_GRANT], 9);
	assert_int_equal(t->sink.counts[REC_EDGE], 9);
	ssh_free(t);
}

static void
authorized_keys__makes_a_gap_of_each_line_that_sshd_refuses(void **state)
{
	static const char *const at[][2] = { { "12", "unsupported" },
		{ "13", "malformed" }, { "14", "malformed" },
		{ "15", "malformed" }, { "16", "malformed" },
		{ "17", "malformed" }, { "18", "malformed" } };
	struct ssh_run *t = read_sample("home/ada/.ssh/authorized_keys");
	char where[64];
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(at); i++) {
		(void)snprintf(where, sizeof(where), "authorized_keys:%s\"",
		    at[i][0]);
		assert_line(t, "\"type\":\"gap\"", where, at[i][1]);
		assert_no_line(t, "\"type\":\"sighting\"", where);
	}
	assert_int_equal(t->sink.counts[REC_GAP], MU_COUNT(at));
	assert_no_line(t, REFUSED);
	ssh_free(t);
}

static void
authorized_keys__names_keys_and_their_owners(void **state)
{
	struct ssh_run *t = read_sample("home/ada/.ssh/authorized_keys");

	(void)state;
	assert_line(t, "\"type\":\"identity\"", "\"name\":\"ada@laptop\"",
	    "\"owner\":\"ada\"", "\"owner_by\":\"comment of the key\"",
	    "\"owner_pct\":60", "\"kind\":\"ssh_key\"");
	assert_line(t, "\"name\":\"backup robot\"");
	assert_no_line(t, "\"name\":\"backup robot\"", "\"owner\"");
	assert_line(t, "\"name\":\"root@nas\"");
	assert_no_line(t, "\"owner\":\"root\"");
	/* Twelve characters of what ssh-keygen says of ec521_key. */
	assert_line(t, "\"name\":\"key without comment 6u1fKhVARPaq\"");
	ssh_free(t);
}

static void
authorized_keys__lists_options_by_name_and_never_their_values(void **state)
{
	struct ssh_run *t = read_sample("home/ada/.ssh/authorized_keys");

	(void)state;
	assert_line(t, "\"role\":\"authorized\"", "authorized_keys:5\"",
	    "\"detail\":\"from=10.0.0.0/8,*.example.org, no-pty\"",
	    "\"account\":\"account:host:t:ada\"");
	assert_line(t, "authorized_keys:6\"",
	    "\"detail\":\"command, restrict\"");
	assert_line(t, "authorized_keys:8\"",
	    "\"detail\":\"environment, X11-forwarding\"");
	assert_line(t, "authorized_keys:11\"",
	    "\"detail\":\"from=*, no-pty, an option not known\"");
	assert_no_line(t, "rrsync");
	assert_no_line(t, "canary");
	assert_no_line(t, "future-option");
	assert_no_line(t, "authorized_keys:3\"", "detail");
	ssh_free(t);
}

static void
authorized_keys__says_what_limits_a_login(void **state)
{
	static const struct {
		const char *at, *from, *command;
	} t[] = {
		{ ":3\"", "\"from_limited\":\"no\"",
		    "\"command_limited\":\"no\"" },
		{ ":5\"", "\"from_limited\":\"yes\"",
		    "\"command_limited\":\"no\"" },
		{ ":6\"", "\"from_limited\":\"no\"",
		    "\"command_limited\":\"yes\"" },
		{ ":11\"", "\"from_limited\":\"no\"",
		    "\"command_limited\":\"no\"" },
	};
	struct ssh_run *run = read_sample("home/ada/.ssh/authorized_keys");
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++)
		assert_line(run, "\"type\":\"grant\"", t[i].at, t[i].from,
		    t[i].command, "\"capability\":\"data_write\"",
		    "\"target\":\"account:host:t:ada\"");
	ssh_free(run);
}

static void
authorized_keys__takes_the_earlier_of_two_expiry_times(void **state)
{
	struct ssh_run *t = read_sample("home/ada/.ssh/authorized_keys");

	(void)state;
	/* date -u -d '2026-12-31 23:59' +%s */
	assert_line(t, "\"type\":\"credential\"", "\"bits\":521",
	    "\"expires\":{\"at\":1798761540,\"by\":\"in_band\"}");
	assert_no_line(t, "\"bits\":384", "expires");
	ssh_free(t);
}

static void
authorized_keys__holds_an_authority_as_trusted_alone(void **state)
{
	struct ssh_run *t = read_sample("home/ada/.ssh/authorized_keys");

	(void)state;
	assert_line(t, "\"role\":\"trusted\"", "authorized_keys:9\"",
	    "\"detail\":\"cert-authority, principals\"",
	    "\"account\":\"account:host:t:ada\"");
	assert_no_line(t, "\"role\":\"authorized\"", "authorized_keys:9\"");
	assert_no_line(t, "\"name\":\"the authority\"");
	assert_no_line(t, "\"type\":\"grant\"", "authorized_keys:9\"");
	ssh_free(t);
}

static void
authorized_keys__of_root_are_privileged(void **state)
{
	struct ssh_run *t = read_sample("root/.ssh/authorized_keys2");

	(void)state;
	assert_line(t, "\"type\":\"identity\"", "\"name\":\"ada@laptop\"",
	    "\"privileged\":\"yes\"");
	assert_line(t, "\"type\":\"grant\"", "\"capability\":\"data_admin\"",
	    "\"target\":\"account:host:t:root\"");
	assert_line(t, "\"type\":\"edge\"", "\"kind\":\"authenticates_as\"",
	    "\"dst\":\"account:host:t:root\"");
	ssh_free(t);
	t = read_sample("home/ada/.ssh/authorized_keys");
	assert_no_line(t, "privileged");
	ssh_free(t);
}

#define ED                                                                     \
	"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh" \
	"YWFhYWFhYWFh"

static void
authorized_keys__finds_the_account_by_home_name_or_directory(void **state)
{
	static const struct {
		const char *path, *account, *capability;
	} t[] = {
		{ "var/backups/.ssh/authorized_keys", "account:host:t:backup",
		    "\"unknown\"" },
		{ "etc/ssh/authorized_keys.d/ada", "account:host:t:ada",
		    "\"data_write\"" },
		{ "etc/ssh/keys/root/authorized_keys", "account:host:t:root",
		    "\"data_admin\"" },
		{ "etc/ssh/all_keys", "\"host:t\"", "\"unknown\"" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		struct ssh_run *run = read_text(STR(ED " x\n"), t[i].path);

		assert_line(run, "\"type\":\"grant\"", t[i].account,
		    t[i].capability);
		ssh_free(run);
	}
}

static void
authorized_keys__let_in_every_account_of_the_same_home(void **state)
{
	struct str was = ssh_accounts[2].home;
	struct ssh_run *t;

	(void)state;
	ssh_accounts[2].home = ssh_accounts[0].home;
	t = read_text(STR(ED " x\n"), "root/.ssh/authorized_keys");
	ssh_accounts[2].home = was;
	assert_line(t, "\"type\":\"grant\"", "account:host:t:root");
	assert_line(t, "\"type\":\"grant\"", "account:host:t:backup");
	assert_int_equal(t->sink.counts[REC_EDGE], 2);
	ssh_free(t);
}

/* A key hidden behind a line that is too long, and behind a zero byte. */
static void
authorized_keys__goes_on_after_a_very_long_line(void **state)
{
	AUTO(buf) struct buf b;
	struct ssh_run *t;
	size_t i;

	(void)state;
	buf_init(&b, (size_t)4 << 20);
	for (i = 0; i < 1 << 17; i++)
		buf_adds(&b, "command=");
	buf_adds(&b, "x " ED " long\n" ED " after\n" ED " zero");
	buf_add(&b, STR("\0byte\n"));
	t = read_text(buf_str(&b), "home/ada/.ssh/authorized_keys");
	assert_line(t, "\"type\":\"gap\"", ":1\"", "\"limit\"");
	assert_line(t, "\"name\":\"after\"");
	assert_line(t, "\"name\":\"zero\"");
	ssh_free(t);
}

/*
 * What sshd of OpenSSH 9.2p1 answered to a login with the key on such a line.
 * Where it refuses a key for an option that it does not know, or that stands
 * there twice, a later or earlier one may take it: those keys are listed.
 */
static void
authorized_keys__takes_options_as_sshd_does(void **state)
{
	static const struct {
		const char *options;
		bool want;
	} t[] = {
		{ "no-pty", true },
		{ "no-pty,", true },
		{ ",no-pty", true },
		{ "no-pty,,pty", true },
		{ "NO-PTY", true },
		{ "restrict,pty", true },
		{ "restrict  \t", true },
		{ "from=\"127.0.0.1\"no-pty", false },
		{ "from=127.0.0.1", false },
		{ "from=\"127.0.0.1", false },
		{ "from=\"127.0.0.1\\\"", false },
		{ "from=\"*\"", true },
		{ "command=\"true a,b\tc\"", true },
		{ "command=\"a\\\"b\"", true },
		{ "=\"x\"", false },
		{ "expiry-time=\"20370101\"", true },
		{ "expiry-time=\"20370101000000utc\"", true },
		{ "expiry-time=\"20370101000000Z\"", true },
		{ "expiry-time=\"20370229\"", true },
		{ "expiry-time=\"2037010\"", false },
		{ "expiry-time=\"2037010125\"", false },
		{ "expiry-time=\"20371301\"", false },
		{ "expiry-time=\"\"", false },
		{ "@cert", true },
		{ "future-option=\"x\"", true },
	};
	char line[256];
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		struct ssh_run *run;

		(void)snprintf(line, sizeof(line), "%s " ED " x\n",
		    t[i].options);
		run =
		    read_text(str_from(line), "home/ada/.ssh/authorized_keys");
		if ((run->sink.counts[REC_GRANT] == 1) != t[i].want)
			fail_msg("%s", t[i].options);
		assert_int_equal(run->sink.counts[REC_GAP], t[i].want ? 0 : 1);
		ssh_free(run);
	}
}

static void
authorized_keys__do_not_see_past_a_byte_order_mark(void **state)
{
	struct ssh_run *t = read_text(STR("\xef\xbb\xbf" ED " a\n" ED " b\n"),
	    "home/ada/.ssh/authorized_keys");

	(void)state;
	assert_line(t, "\"type\":\"gap\"", ":1\"");
	assert_no_line(t, "\"name\":\"a\"");
	assert_line(t, "\"name\":\"b\"");
	ssh_free(t);
}

static void
authorized_keys__take_a_day_too_many_for_one_of_the_next_month(void **state)
{
	struct ssh_run *t = read_text(STR("expiry-time=\"20370229\" " ED "\n"),
	    "home/ada/.ssh/authorized_keys");

	(void)state;
	/* date -u -d 2037-03-01 +%s */
	assert_line(t, "\"expires\":{\"at\":2119478400,");
	ssh_free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(authorized_keys__finds_the_keys_that_ssh_keygen_finds),
		TEST(
		    authorized_keys__makes_a_gap_of_each_line_that_sshd_refuses),
		TEST(authorized_keys__names_keys_and_their_owners),
		TEST(
		    authorized_keys__lists_options_by_name_and_never_their_values),
		TEST(authorized_keys__says_what_limits_a_login),
		TEST(authorized_keys__takes_the_earlier_of_two_expiry_times),
		TEST(authorized_keys__holds_an_authority_as_trusted_alone),
		TEST(authorized_keys__of_root_are_privileged),
		TEST(
		    authorized_keys__finds_the_account_by_home_name_or_directory),
		TEST(authorized_keys__let_in_every_account_of_the_same_home),
		TEST(authorized_keys__goes_on_after_a_very_long_line),
		TEST(authorized_keys__takes_options_as_sshd_does),
		TEST(authorized_keys__do_not_see_past_a_byte_order_mark),
		TEST(
		    authorized_keys__take_a_day_too_many_for_one_of_the_next_month),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
