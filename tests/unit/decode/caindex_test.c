#include "decode/caindex.h"

#include "seen.h"

/* The key that openssl gave the certificate ${name} of the cases. */
static void
caindex_key(struct seen *s, const char *name, char out[80])
{
	struct str rest = seen_case(s, "caindex/want.txt"), line, word;

	while (str_line(&rest, &line))
		if (str_word(&line, &word) && str_eq(word, str_from(name))) {
			line = str_trim(line);
			(void)snprintf(out, 80, STR_FMT, STR_ARG(line));
			return;
		}
	fail_msg("want.txt has no %s", name);
}

/* The case ${name} as the file ${path} beside the ledger. */
static void
caindex_beside(struct seen *s, size_t i, const char *name, const char *path)
{
	struct str bytes, kept;

	bytes = seen_case(s, name);
	assert_ok(arena_str(s->job, bytes, &kept, &s->e), &s->e);
	s->tree[i] = (struct seen_file){ path, kept.p };
}

static void
caindex_init(struct seen *s, const char *path)
{

	seen_init(s, "root:x:0:0::/root:/bin/sh\n", NULL, "");
	s->file.path = str_from(path);
	s->file.mtime_s = 1795000000;
}

static void
decode_caindex__tells_what_became_of_the_certificates(void **state)
{
	char gone[80], kept[80];
	struct seen s;

	(void)state;
	caindex_init(&s, "opt/ca/demoCA/index.txt");
	caindex_key(&s, "01.pem", gone);
	caindex_key(&s, "02.pem", kept);
	caindex_beside(&s, 0, "caindex/01.pem",
	    "opt/ca/demoCA/newcerts/01.pem");
	caindex_beside(&s, 1, "caindex/02.pem",
	    "opt/ca/demoCA/newcerts/02.pem");
	assert_ok(seen_read(&s, &decode_caindex,
		      seen_case(&s, "caindex/openssl.txt")),
	    &s.e);
	assert_count(&s, "\"type\":\"identity\"", 0);
	assert_count(&s, "\"type\":\"sighting\"", 2);
	assert_count(&s, "\"role\":\"stored\"", 2);
	assert_count(&s, "issued here; revoked 2026-11-22, keyCompromise", 1);
	assert_count(&s, gone, 1);
	assert_count(&s, kept, 1);
	assert_count(&s, "\"locator\":\"opt/ca/demoCA/index.txt:2\"", 1);
	assert_count(&s,
	    "\"reason\":\"unsupported\",\"detail\":\"2 valid certificates of "
	    "this authority are not kept beside its ledger: "
	    "away.example.com, far.example.com\"",
	    1);
	seen_free(&s);
}

static void
decode_caindex__finds_what_easyrsa_keeps(void **state)
{
	char vpn[80], laptop[80];
	struct seen s;

	(void)state;
	caindex_init(&s, "etc/openvpn/easy-rsa/pki/index.txt");
	caindex_key(&s, "easyrsa.pem", vpn);
	caindex_key(&s, "easyrsa-revoked.pem", laptop);
	caindex_beside(&s, 0, "caindex/easyrsa.pem",
	    "etc/openvpn/easy-rsa/pki/certs_by_serial/"
	    "EC755409E4A2B11F3ADB6B63554427D6.pem");
	caindex_beside(&s, 1, "caindex/easyrsa-revoked.pem",
	    "etc/openvpn/easy-rsa/pki/revoked/certs_by_serial/"
	    "045F2B00E35291061A991FD939C9D622.crt");
	assert_ok(seen_read(&s, &decode_caindex,
		      seen_case(&s, "caindex/easyrsa.txt")),
	    &s.e);
	assert_count(&s, "\"type\":\"sighting\"", 2);
	assert_count(&s, vpn, 1);
	assert_count(&s, laptop, 1);
	assert_count(&s, "issued here; revoked 2026-11-22\"", 1);
	assert_count(&s, "\"type\":\"gap\"", 0);
	seen_free(&s);
}

/* What was over when the ledger was last written is nobody's loss. */
static void
decode_caindex__misses_only_what_is_valid(void **state)
{
	struct seen s;

	(void)state;
	caindex_init(&s, "opt/ca/index.txt");
	assert_ok(seen_read(&s, &decode_caindex,
		      STR("V\t200101000000Z\t\t01\tunknown\t/CN=over\n"
			  "E\t300101000000Z\t\t02\tunknown\t/CN=expired\n"
			  "R\t300101000000Z\t250101000000Z\t03\tunknown\t/CN=r"
			  "\n"
			  "V\t20300101000000Z\t\t04\tunknown\t/O=x/CN=out/L=y"
			  "\n")),
	    &s.e);
	assert_count(&s, "\"type\":\"gap\"", 1);
	assert_count(&s,
	    "1 valid certificate of this authority is not kept beside its "
	    "ledger: out\"",
	    1);
	seen_free(&s);
}

static void
decode_caindex__says_which_lines_are_none(void **state)
{
	struct seen s;

	(void)state;
	caindex_init(&s, "opt/ca/index.txt");
	assert_ok(seen_read(&s, &decode_caindex,
		      STR("X\t300101000000Z\t\t01\tunknown\t/CN=a\n"
			  "V\t300101000000Z\t250101000000Z\t02\tunknown\t/CN=a"
			  "\n"
			  "R\t300101000000Z\t\t02\tunknown\t/CN=a\n"
			  "V\t301301000000Z\t\t02\tunknown\t/CN=a\n"
			  "V\t300101000000Z\t\t../x\tunknown\t/CN=a\n")),
	    &s.e);
	assert_count(&s, "\"reason\":\"malformed\"", 5);
	s.file.path = STR("opt/ca/index.txt.old");
	assert_ok(seen_read(&s, &decode_caindex, STR("X\n")), &s.e);
	assert_int_equal(s.text.n, 0);
	seen_free(&s);
}

static void
decode_caindex__sniffs_no_other_table(void **state)
{
	struct seen s;

	(void)state;
	caindex_init(&s, "x");
	assert_true(decode_caindex.sniff(seen_case(&s, "caindex/openssl.txt")));
	assert_true(decode_caindex.sniff(seen_case(&s, "caindex/easyrsa.txt")));
	assert_false(decode_caindex.sniff(seen_case(&s, "caindex/near.tsv")));
	assert_false(decode_caindex.sniff(seen_case(&s, "caindex/near.txt")));
	assert_false(decode_caindex.sniff(STR_NONE));
	assert_ptr_equal(decode_find(STR("caindex")), &decode_caindex);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(decode_caindex__tells_what_became_of_the_certificates),
		TEST(decode_caindex__finds_what_easyrsa_keeps),
		TEST(decode_caindex__misses_only_what_is_valid),
		TEST(decode_caindex__says_which_lines_are_none),
		TEST(decode_caindex__sniffs_no_other_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
