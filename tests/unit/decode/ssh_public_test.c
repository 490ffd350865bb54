#include "ssh.h"

static struct ssh_run *
read_text(struct str text, enum id_kind kind)
{
	const struct decoder *d = decode_find(STR("ssh_public"));
	struct ssh_run *t = ssh_new(text, "home/ada/.ssh/id_x.pub");

	assert_non_null(d);
	t->in.kind = kind;
	assert_ok(d->read(&t->in, &t->e), &t->e);
	return t;
}

static struct ssh_run *
read_case(const char *name, enum id_kind kind)
{
	AUTO(buf) struct buf text;

	ssh_case(&text, name);
	return read_text(buf_str(&text), kind);
}

static void
ssh_public__reads_what_ssh_keygen_wrote(void **state)
{
	AUTO(buf) struct buf want, path;
	struct ssh_want w;
	struct str text;

	(void)state;
	buf_init(&path, 256);
	ssh_case(&want, "sshkey/want.tsv");
	for (text = buf_str(&want); ssh_next(&text, &w);) {
		struct ssh_run *t;
		char fp[128], name[128];

		t = read_case(ssh_path(&path, &w, ".pub"), ID_KINDS);
		(void)snprintf(fp, sizeof(fp), "\"ssh_fp\":\"" STR_FMT "\"",
		    STR_ARG(w.fp));
		(void)snprintf(name, sizeof(name), "\"name\":\"" STR_FMT "\"",
		    STR_ARG(w.comment.n == 0 ? STR("id_x.pub of ada") :
					       w.comment));
		assert_line(t, "\"type\":\"identity\"", name,
		    "\"kind\":\"ssh_key\"");
		assert_line(t, "\"type\":\"credential\"", fp);
		assert_line(t, "\"type\":\"sighting\"", "\"role\":\"public\"",
		    "id_x.pub:1\"");
		assert_no_line(t, "\"type\":\"gap\"");
		ssh_free(t);
	}
}

static void
ssh_public__reads_a_certificate(void **state)
{
	struct ssh_run *t = read_case("sshkey/user-cert.pub", ID_KINDS);
	struct ssh_run *key = read_case("sshkey/ed25519_key.pub", ID_KINDS);
	struct str s = buf_str(&key->out);
	char identity[128];

	(void)state;
	s = str_head(str_skip(s, str_find(s, STR("\"spki:"))), 71);
	(void)snprintf(identity, sizeof(identity), "\"identity\":" STR_FMT "\"",
	    STR_ARG(str_head(s, 70)));
	assert_line(t, "\"kind\":\"ssh_cert\"",
	    "\"key\":\"ssh:SHA256:", identity, "\"names\":[\"ada\",\"backup\"]",
	    "\"serial\":\"2a\"", "\"subject\":\"ada until spring\"",
	    "\"usage\":\"user\"",
	    "\"created\":{\"at\":1767225600,\"by\":\"in_band\"}",
	    "\"expires\":{\"at\":1775001600,\"by\":\"in_band\"}");
	assert_line(t, "\"type\":\"sighting\"",
	    "\"credential\":\"ssh:SHA256:", "\"role\":\"public\"");
	ssh_free(t);
	ssh_free(key);
}

static void
ssh_public__says_nothing_of_times_that_are_none(void **state)
{
	struct ssh_run *t = read_case("sshkey/host-cert.pub", ID_HOST_KEY);

	(void)state;
	assert_line(t, "\"type\":\"identity\"", "\"key\":\"sshd:host:t\"",
	    "\"name\":\"SSH server on web1\"");
	assert_line(t, "\"kind\":\"ssh_cert\"", "\"identity\":\"sshd:host:t\"",
	    "\"usage\":\"host\"", "\"names\":[\"web1\",\"web1.example.org\"]");
	assert_no_line(t, "\"created\"");
	assert_no_line(t, "\"expires\"");
	ssh_free(t);
}

static void
ssh_public__of_a_host_is_the_server(void **state)
{
	struct ssh_run *t = read_case("sshkey/ec384_key.pub", ID_HOST_KEY);

	(void)state;
	assert_line(t, "\"type\":\"identity\"", "\"kind\":\"host_key\"",
	    "\"key\":\"sshd:host:t\"");
	assert_line(t, "\"type\":\"credential\"",
	    "\"identity\":\"sshd:host:t\"", "\"bits\":384");
	ssh_free(t);
}

#define ED                                                                     \
	"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh" \
	"YWFhYWFhYWFh"

static void
ssh_public__goes_on_after_lines_that_are_no_keys(void **state)
{
	struct ssh_run *t = read_text(STR("\xef\xbb\xbf\n# one\r\n" ED
					  " first\r\nprose\nssh-rsa AAAA!\n"
					  "ssh-rsa AAAAC3NzaC1lZDI1NTE5\n"
					  "\t" ED "\tlast one  \n"),
	    ID_KINDS);

	(void)state;
	assert_line(t, "\"name\":\"first\"");
	assert_line(t, "\"name\":\"last one\"");
	assert_line(t, "id_x.pub:3\"", "\"type\":\"sighting\"");
	assert_line(t, "id_x.pub:4\"", "\"type\":\"gap\"", "malformed");
	assert_line(t, "id_x.pub:5\"", "\"type\":\"gap\"", "malformed");
	assert_line(t, "id_x.pub:6\"", "\"type\":\"gap\"", "malformed");
	assert_line(t, "id_x.pub:7\"", "\"type\":\"sighting\"");
	ssh_free(t);
}

static void
ssh_public__counts_gaps_rather_than_list_a_thousand(void **state)
{
	AUTO(buf) struct buf b;
	struct ssh_run *t;
	size_t i;

	(void)state;
	buf_init(&b, (size_t)1 << 20);
	for (i = 0; i < 1000; i++)
		buf_adds(&b, "no key\n");
	buf_adds(&b, ED " at the end\n");
	t = read_text(buf_str(&b), ID_KINDS);
	assert_line(t, "\"name\":\"at the end\"");
	assert_line(t, "\"type\":\"gap\"", "950", "\"limit\"");
	assert_int_equal(t->sink.counts[REC_GAP], 51);
	ssh_free(t);
}

static void
ssh_public__cuts_a_long_comment_and_takes_no_owner_from_root(void **state)
{
	AUTO(buf) struct buf b;
	struct ssh_run *t;
	size_t i;

	(void)state;
	buf_init(&b, (size_t)1 << 20);
	buf_adds(&b, ED " root@web1\n" ED " eve@mallory.example\n" ED " ");
	for (i = 0; i < 300; i++)
		buf_adds(&b, "\xc3\xa9");
	t = read_text(buf_str(&b), ID_KINDS);
	assert_line(t, "\"name\":\"root@web1\"");
	assert_no_line(t, "\"owner\":\"root\"");
	assert_line(t, "\"owner\":\"eve\"");
	assert_no_line(t, "\xef\xbf\xbd");
	assert_true(t->out.n < 4096);
	ssh_free(t);
}

static void
ssh_public__sniffs_keys_by_their_first_line(void **state)
{
	static const struct {
		const char *head;
		bool want;
	} t[] = {
		{ ED, true },
		{ "\n \t\n" ED " x\n", true },
		{ "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AA", true },
		{ "ssh-rsa AAAAC3NzaC1lZDI1NTE5AA", false },
		{ "ssh-ed25519 AAAA", false },
		{ "ssh-ed25519", false },
		{ "ssh-ed25519 is a type of key", false },
		{ "# " ED, false },
		{ "restrict " ED, false },
		{ "", false },
		{ " ", false },
		{ "-----BEGIN OPENSSH PRIVATE KEY-----", false },
	};
	const struct decoder *d = decode_find(STR("ssh_public"));
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++)
		if (d->sniff(str_from(t[i].head)) != t[i].want)
			fail_msg("%s", t[i].head);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(ssh_public__reads_what_ssh_keygen_wrote),
		TEST(ssh_public__reads_a_certificate),
		TEST(ssh_public__says_nothing_of_times_that_are_none),
		TEST(ssh_public__of_a_host_is_the_server),
		TEST(ssh_public__goes_on_after_lines_that_are_no_keys),
		TEST(ssh_public__counts_gaps_rather_than_list_a_thousand),
		TEST(
		    ssh_public__cuts_a_long_comment_and_takes_no_owner_from_root),
		TEST(ssh_public__sniffs_keys_by_their_first_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
