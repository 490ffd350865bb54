#include "decode/pem.h"

#include "base/mem.h"
#include "ssh.h"

/* 48 bytes of base64, as one line of a body. */
#define LINE "MIIBBQYAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0e"
#define CERT "-----BEGIN CERTIFICATE-----\n"
#define DONE "-----END CERTIFICATE-----\n"

static void
pem_next__gives_blocks_with_their_number_and_line(void **state)
{
	struct pem at = {
		.rest =
		    STR("text\n" CERT LINE "\n" DONE
			"between\nblocks\n-----BEGIN X Y-----\r\n" LINE "\r\n"
			"-----END X Y-----\r\n")
	};
	struct pem_block b;

	(void)state;
	assert_true(pem_next(&at, &b));
	assert_str(b.label, "CERTIFICATE");
	assert_int_equal(b.n, 1);
	assert_int_equal(b.line, 2);
	assert_int_equal(b.state, PEM_WHOLE);
	assert_true(pem_next(&at, &b));
	assert_str(b.label, "X Y");
	assert_int_equal(b.n, 2);
	assert_int_equal(b.line, 7);
	assert_int_equal(b.state, PEM_WHOLE);
	assert_false(pem_next(&at, &b));
	assert_false(pem_next(&at, &b));
}

static void
pem_next__passes_over_what_is_no_armour(void **state)
{
	static const char *const texts[] = {
		"",
		"-----BEGIN ",
		"-----BEGIN CERTIFICATE-----",
		CERT,
		CERT DONE,
		CERT "...\n" DONE,
		CERT "<your certificate here>\n" DONE,
		"Put it between the -----BEGIN CERTIFICATE----- and the\n"
		"-----END CERTIFICATE----- lines, with nothing else there.\n",
		"The words BEGIN CERTIFICATE stand in a sentence.\n",
		"---------- BEGIN CERTIFICATE ----------\n" LINE "\n",
		"------BEGIN CERTIFICATE------\n" LINE "\n",
		"-----BEGIN CERTIFICATE------\n" LINE "\n",
		"-----BEGIN -----\n" LINE "\n",
		"-----BEGIN A\nB-----\n" LINE "\n",
		"-----begin certificate-----\n" LINE "\n",
		"-----END CERTIFICATE-----\n" LINE "\n",
		"-------------------------------------------------------\n",
		"\"-----BEGIN CERTIFICATE-----\\n\"\n\"" LINE "\\n\"\n",
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(texts); i++) {
		struct pem at = { .rest = str_from(texts[i]) };
		struct pem_block b;

		if (pem_next(&at, &b))
			fail_msg("armour in: %s", texts[i]);
		assert_int_equal(at.blocks, 0);
	}
}

static void
pem_next__tells_open_and_crossed_blocks(void **state)
{
	struct pem at = { .rest = STR(CERT LINE
			      "\n" CERT LINE "\n"
			      "-----END PRIVATE KEY-----\n" CERT LINE
			      "\n" DONE CERT LINE) };
	static const enum pem_state want[] = { PEM_OPEN, PEM_CROSSED, PEM_WHOLE,
		PEM_OPEN };
	struct pem_block b;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(want); i++) {
		assert_true(pem_next(&at, &b));
		assert_int_equal(b.state, want[i]);
		assert_int_equal(b.n, i + 1);
	}
	assert_false(pem_next(&at, &b));
}

static void
pem_bytes__are_the_same_in_every_dress(void **state)
{
	static const char *const texts[] = {
		CERT LINE "\n" LINE "\n" DONE,
		"-----BEGIN CERTIFICATE-----\r\n" LINE "\r\n" LINE "\r\n" DONE,
		"  ca: |\n    " CERT "    " LINE "\n    " LINE "\n    " DONE,
		"{\"k\": \"-----BEGIN CERTIFICATE-----\\n" LINE "\\n" LINE
		"\\n-----END CERTIFICATE-----\\n\"}",
		"KEY='-----BEGIN CERTIFICATE----- " LINE " " LINE
		" -----END CERTIFICATE-----'",
		"-----BEGIN CERTIFICATE-----" LINE LINE
		"-----END CERTIFICATE-----",
		CERT "A: b\nC-D: e:f\n\n" LINE LINE "\n" DONE,
		CERT "\n\n" LINE "\n\n" LINE "\n\n" DONE,
		"KEY=-----BEGIN CERTIFICATE-----\\\n" LINE "\\\n" LINE
		"\\\n-----END CERTIFICATE-----",
	};
	AUTO(buf) struct buf want;
	size_t i;

	(void)state;
	buf_init(&want, 4096);
	assert_true(digest_unbase64(STR(LINE LINE), &want));
	for (i = 0; i < MU_COUNT(texts); i++) {
		AUTO(buf) struct buf got;
		struct pem at = { .rest = str_from(texts[i]) };
		struct pem_block b;
		struct err e;

		buf_init(&got, PEM_BODY_MAX);
		if (!pem_next(&at, &b))
			fail_msg("no armour in: %s", texts[i]);
		assert_ok(pem_bytes(&b, &got, &e), &e);
		if (!str_eq(buf_str(&got), buf_str(&want)))
			fail_msg("other bytes in: %s", texts[i]);
	}
}

static void
pem_bytes__undoes_the_escaped_slash(void **state)
{
	AUTO(buf) struct buf got;
	struct pem at = {
		.rest = STR("-----BEGIN X-----\\n"
			    "AAAA\\/AAAAAAAAAAA\\/AAA\\n-----END X-----")
	};
	struct pem_block b;
	struct err e;

	(void)state;
	buf_init(&got, PEM_BODY_MAX);
	assert_true(pem_next(&at, &b));
	assert_ok(pem_bytes(&b, &got, &e), &e);
	assert_int_equal(got.n, 15);
	assert_int_equal((unsigned char)got.p[3], 0xfc);
}

static void
pem_sealed__reads_the_headers_alone(void **state)
{
	struct pem at = { .rest = STR("-----BEGIN K-----\n"
				      "Proc-Type: 4,ENCRYPTED\nDEK-Info: "
				      "AES-128-CBC,00\n\n" LINE
				      "\n-----END K-----\n"
				      "Proc-Type: 4,ENCRYPTED\n"
				      "-----BEGIN K-----\nComment: x\n\n" LINE
				      "\n-----END K-----\n") };
	struct pem_block b;

	(void)state;
	assert_true(pem_next(&at, &b));
	assert_true(pem_sealed(&b));
	assert_true(pem_next(&at, &b));
	assert_false(pem_sealed(&b));
	assert_true(str_starts(b.headers, STR("Comment: x")));
}

/* A run of the decoder over ${text}. */
static struct ssh_run *
pem_run(struct str text, int want)
{
	struct ssh_run *t = ssh_new(text, "etc/ssl/x.pem");

	t->in.fp_key = STR("0123456789abcdef0123456789abcdef");
	if (decode_pem.read(&t->in, &t->e) != want)
		fail_msg("not %d: %s", want, t->e.text);
	return t;
}

static size_t
pem_count(const struct ssh_run *t, const char *what)
{
	struct str rest = buf_str(&t->out), line;
	size_t n = 0;

	while (str_line(&rest, &line))
		n += str_find(line, str_from(what)) != SIZE_MAX;
	return n;
}

static void
decode_pem__makes_a_gap_of_a_bad_block_and_goes_on(void **state)
{
	AUTO(buf) struct buf good, text;
	struct ssh_run *t;

	(void)state;
	ssh_case(&good, "x509/p256.pem");
	buf_init(&text, (size_t)1 << 20);
	buf_adds(&text, CERT LINE "\n" DONE);
	buf_adds(&text, CERT LINE "!\n" DONE);
	buf_adds(&text, CERT LINE "\n-----END PRIVATE KEY-----\n");
	buf_adds(&text, CERT LINE "\n");
	buf_add(&text, buf_str(&good));
	buf_adds(&text, "-----BEGIN PRIVATE KEY-----\n" LINE
			"\n-----END PRIVATE KEY-----\n");
	t = pem_run(buf_str(&text), MU_OK);
	assert_int_equal(pem_count(t, "\"type\":\"gap\""), 5);
	assert_int_equal(pem_count(t, "\"reason\":\"malformed\""), 5);
	assert_line(t, "\"type\":\"gap\"", "x.pem#1\"", "RFC 5280");
	assert_line(t, "\"type\":\"gap\"", "x.pem#2\"", "base64");
	assert_line(t, "\"type\":\"gap\"", "x.pem#3\"", "another label");
	assert_line(t, "\"type\":\"gap\"", "x.pem#4\"", "no END line");
	assert_line(t, "\"type\":\"gap\"", "x.pem#6\"", "RFC 5958");
	assert_line(t, "\"type\":\"sighting\"", "x.pem#5\"");
	ssh_free(t);
}

static void
decode_pem__passes_over_labels_that_it_does_not_know(void **state)
{
	struct ssh_run *t;

	(void)state;
	t = pem_run(STR("-----BEGIN PGP MESSAGE-----\n\n" LINE
			"\n=abcd\n-----END PGP MESSAGE-----\n"
			"-----BEGIN OpenVPN Static key V1-----\n"
			"0123456789abcdef0123456789abcdef\n"
			"-----END OpenVPN Static key V1-----\n"
			"-----BEGIN DH PARAMETERS-----\n" LINE),
	    MU_OK);
	assert_int_equal(t->out.n, 0);
	ssh_free(t);
}

static void
decode_pem__reads_a_chain_and_its_key_in_one_file(void **state)
{
	static const char *const parts[] = { "x509/server.pem",
		"x509/middle.pem", "x509/chainroot.pem", "privkey/p256.pem" };
	AUTO(buf) struct buf text;
	struct ssh_run *t;
	size_t i;

	(void)state;
	buf_init(&text, (size_t)1 << 20);
	for (i = 0; i < MU_COUNT(parts); i++) {
		AUTO(buf) struct buf one;

		ssh_case(&one, parts[i]);
		buf_adds(&text, "Bag Attributes\n    localKeyID: 01 02\n");
		buf_add(&text, buf_str(&one));
	}
	t = pem_run(buf_str(&text), MU_OK);
	assert_int_equal(pem_count(t, "\"type\":\"credential\""), 4);
	assert_int_equal(pem_count(t, "\"type\":\"identity\""), 2);
	assert_int_equal(pem_count(t, "\"role\":\"public\""), 1);
	assert_int_equal(pem_count(t, "\"role\":\"trusted\""), 2);
	assert_int_equal(pem_count(t, "\"role\":\"private\""), 1);
	assert_line(t, "\"role\":\"private\"", "x.pem#4\"");
	assert_no_line(t, "\"type\":\"gap\"");
	ssh_free(t);
}

static void
decode_pem__reads_an_openssh_key(void **state)
{
	AUTO(buf) struct buf text;
	struct ssh_run *t;

	(void)state;
	ssh_case(&text, "sshkey/ed25519_key");
	t = pem_run(buf_str(&text), MU_OK);
	assert_line(t, "\"type\":\"credential\"", "\"alg\":\"ed25519\"",
	    "\"ssh_fp\":\"SHA256:");
	ssh_free(t);
}

static void
decode_pem__ends_at_its_caps(void **state)
{
	AUTO(buf) struct buf text;
	struct ssh_run *t;
	size_t i;

	(void)state;
	buf_init(&text, (size_t)8 << 20);
	for (i = 0; i <= PEM_BLOCKS_MAX; i++)
		buf_adds(&text,
		    "-----BEGIN Y-----\n" LINE "\n-----END Y-----\n");
	t = pem_run(buf_str(&text), MU_ELIMIT);
	ssh_free(t);
	buf_reset(&text);
	buf_adds(&text, CERT);
	while (text.n < PEM_BODY_MAX + 100)
		buf_adds(&text, LINE "\n");
	buf_adds(&text, DONE);
	t = pem_run(buf_str(&text), MU_OK);
	assert_line(t, "\"type\":\"gap\"", "\"reason\":\"limit\"");
	ssh_free(t);
}

/* Files that would take minutes if any step were quadratic: more than the
 * runner gives a test. */
static void
decode_pem__ends_on_files_that_are_all_markers(void **state)
{
	static const char *const pieces[] = { CERT, "-----BEGIN ", "-----", "-",
		"-----BEGIN A-----", "-----END A-----", DONE, "\\n",
		"-----BEGIN AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(pieces); i++) {
		AUTO(buf) struct buf text;
		struct ssh_run *t;

		buf_init(&text, (size_t)8 << 20);
		while (text.n < (size_t)3 << 20)
			buf_adds(&text, pieces[i]);
		t = pem_run(buf_str(&text), MU_OK);
		assert_int_equal(t->out.n, 0);
		ssh_free(t);
	}
}

static void
decode_pem__sniffs_the_marker_and_nothing_else(void **state)
{

	(void)state;
	assert_true(decode_pem.sniff(STR("x\n" CERT)));
	assert_false(decode_pem.sniff(STR("-----END CERTIFICATE-----")));
	assert_false(decode_pem.sniff(STR("BEGIN CERTIFICATE")));
	assert_false(decode_pem.sniff(STR_NONE));
	assert_ptr_equal(decode_find(STR("pem")), &decode_pem);
}

/* What ssh-keygen -m PEM writes, at the places of OpenSSH. */
static void
decode_pem__names_keys_of_ssh_as_openssh_s_own(void **state)
{
	AUTO(buf) struct buf text;
	struct ssh_run *t;

	(void)state;
	ssh_case(&text, "privkey/p256.pem");
	t = ssh_new(buf_str(&text), "etc/ssh/ssh_host_ecdsa_key");
	t->in.kind = ID_HOST_KEY;
	assert_ok(decode_pem.read(&t->in, &t->e), &t->e);
	assert_line(t, "\"type\":\"identity\"", "\"key\":\"sshd:host:t\"",
	    "\"name\":\"SSH server on web1\"");
	assert_line(t, "\"type\":\"credential\"",
	    "\"key\":\"spki:", "\"identity\":\"sshd:host:t\"");
	assert_int_equal(t->sink.counts[REC_IDENTITY], 1);
	ssh_free(t);
	t = ssh_new(buf_str(&text), "home/ada/.ssh/id_ecdsa");
	assert_ok(decode_pem.read(&t->in, &t->e), &t->e);
	assert_line(t, "\"type\":\"identity\"",
	    "\"key\":\"spki:", "\"kind\":\"ssh_key\"",
	    "\"name\":\"id_ecdsa of ada\"");
	ssh_free(t);
}

static void
decode_pem__makes_no_gap_of_a_broken_block_in_a_program(void **state)
{
	static const char program[] =
	    "\177ELF\0text\n"
	    "-----BEGIN CERTIFICATE-----\n" LINE "\n" LINE "\n"
	    "-----END CERTIFICATE-----\n\0more";
	struct ssh_run *t;

	(void)state;
	t = pem_run(STR(program), MU_OK);
	assert_int_equal(t->sink.counts[REC_GAP], 0);
	ssh_free(t);
	t = pem_run(STR("-----BEGIN CERTIFICATE-----\n" LINE "\n" LINE "\n"
			"-----END CERTIFICATE-----\n"),
	    MU_OK);
	assert_int_equal(t->sink.counts[REC_GAP], 1);
	ssh_free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(decode_pem__makes_no_gap_of_a_broken_block_in_a_program),
		TEST(pem_next__gives_blocks_with_their_number_and_line),
		TEST(pem_next__passes_over_what_is_no_armour),
		TEST(pem_next__tells_open_and_crossed_blocks),
		TEST(pem_bytes__are_the_same_in_every_dress),
		TEST(pem_bytes__undoes_the_escaped_slash),
		TEST(pem_sealed__reads_the_headers_alone),
		TEST(decode_pem__makes_a_gap_of_a_bad_block_and_goes_on),
		TEST(decode_pem__passes_over_labels_that_it_does_not_know),
		TEST(decode_pem__reads_a_chain_and_its_key_in_one_file),
		TEST(decode_pem__reads_an_openssh_key),
		TEST(decode_pem__names_keys_of_ssh_as_openssh_s_own),
		TEST(decode_pem__ends_at_its_caps),
		TEST(decode_pem__ends_on_files_that_are_all_markers),
		TEST(decode_pem__sniffs_the_marker_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
