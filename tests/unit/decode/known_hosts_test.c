#include "decode/known_hosts.h"

#include "ssh.h"

static struct ssh_run *
read_text(struct str text)
{
	struct ssh_run *t = ssh_new(text, "home/ada/.ssh/known_hosts");

	assert_ok(decode_known_hosts.read(&t->in, &t->e), &t->e);
	return t;
}

static struct ssh_run *
read_sample(void)
{
	AUTO(buf) struct buf text;

	ssh_case(&text, "known_hosts/sample");
	return read_text(buf_str(&text));
}

static void
known_hosts__finds_the_keys_that_ssh_keygen_finds(void **state)
{
	AUTO(buf) struct buf want;
	struct ssh_run *t = read_sample();
	struct str text, line;
	size_t n = 0;
	char fp[80];

	(void)state;
	ssh_case(&want, "known_hosts/sample.want");
	for (text = buf_str(&want); str_line(&text, &line); n++) {
		(void)snprintf(fp, sizeof(fp), STR_FMT, STR_ARG(line));
		assert_line(t, "\"type\":\"credential\"", fp);
	}
	assert_int_equal(n, 4);
	/* ssh-keygen passes over lines with a marker: two more. */
	assert_int_equal(t->sink.counts[REC_CREDENTIAL], n + 2);
	assert_int_equal(t->sink.counts[REC_SIGHTING], n + 2);
	assert_int_equal(t->sink.counts[REC_IDENTITY], 0);
	ssh_free(t);
}

static void
known_hosts__tells_names_and_keeps_hashed_ones_hashed(void **state)
{
	struct ssh_run *t = read_sample();

	(void)state;
	assert_line(t, "\"role\":\"trusted\"", "known_hosts:2\"",
	    "\"detail\":\"web1.example.org,192.0.2.7\"");
	assert_line(t, "\"role\":\"trusted\"", "known_hosts:3\"",
	    "\"detail\":\"[git.example.org]:2222\"");
	assert_line(t, "\"role\":\"trusted\"", "known_hosts:4\"",
	    "\"detail\":\"a hashed name\"");
	assert_no_line(t, "secret-host");
	assert_no_line(t, "|1|");
	ssh_free(t);
}

static void
known_hosts__trusts_an_authority_and_no_key_revoked(void **state)
{
	struct ssh_run *t = read_sample();

	(void)state;
	assert_line(t, "\"role\":\"trusted\"", "known_hosts:5\"",
	    "\"detail\":\"authority for *.example.org\"");
	assert_line(t, "\"role\":\"public\"", "known_hosts:6\"",
	    "\"detail\":\"revoked for old.example.org\"");
	assert_no_line(t, "\"role\":\"trusted\"", "known_hosts:6\"");
	ssh_free(t);
}

static void
known_hosts__goes_on_after_lines_without_a_key(void **state)
{
	struct ssh_run *t = read_sample();

	(void)state;
	assert_line(t, "\"type\":\"gap\"", "malformed", "known_hosts:7\"");
	assert_line(t, "\"type\":\"gap\"", "malformed", "known_hosts:8\"");
	assert_line(t, "\"type\":\"gap\"", "malformed", "known_hosts:9\"");
	assert_int_equal(t->sink.counts[REC_GAP], 3);
	assert_line(t, "\"role\":\"trusted\"", "known_hosts:10\"");
	ssh_free(t);
}

static void
known_hosts__of_nothing_are_nothing(void **state)
{
	struct ssh_run *t = read_text(STR("\n\n# none\n"));

	(void)state;
	assert_int_equal(t->out.n, 0);
	ssh_free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(known_hosts__finds_the_keys_that_ssh_keygen_finds),
		TEST(known_hosts__tells_names_and_keeps_hashed_ones_hashed),
		TEST(known_hosts__trusts_an_authority_and_no_key_revoked),
		TEST(known_hosts__goes_on_after_lines_without_a_key),
		TEST(known_hosts__of_nothing_are_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
