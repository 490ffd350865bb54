#include "decode/jks.h"

#include "ssh.h"

/* A run over the case ${name}, which must end as ${want}. */
static struct ssh_run *
jks_run(const char *name, int want)
{
	AUTO(buf) struct buf bytes = { 0 }, path = { 0 };
	struct ssh_run *t;

	buf_init(&path, 256);
	buf_addf(&path, "jks/%s", name);
	buf_addc(&path, '\0');
	ssh_case(&bytes, path.p);
	assert_true(decode_jks.sniff(buf_str(&bytes)));
	t = ssh_new(buf_str(&bytes), "opt/java/site.jks");
	t->in.fp_key = STR("0123456789abcdef0123456789abcdef");
	if (decode_jks.read(&t->in, &t->e) != want)
		fail_msg("%s: not %d: %s", name, want, t->e.text);
	return t;
}

static size_t
jks_count(const struct ssh_run *t, const char *what)
{
	struct str rest = buf_str(&t->out), line;
	size_t n = 0;

	while (str_line(&rest, &line))
		n += str_find(line, str_from(what)) != SIZE_MAX;
	return n;
}

/* One line of want.txt, by keytool: each of its words with a zero byte. */
struct jks_want {
	char word[6][96];
};

static bool
jks_next(struct str *text, struct jks_want *w)
{
	struct str line, word;
	size_t i;

	if (!str_line(text, &line))
		return false;
	for (i = 0; i < MU_COUNT(w->word); i++) {
		assert_true(str_word(&line, &word));
		(void)snprintf(w->word[i], sizeof(w->word[i]), STR_FMT,
		    STR_ARG(word));
	}
	return true;
}

/* What keytool lists of one entry is in the records. */
static void
jks_agrees(const struct ssh_run *t, const struct jks_want *w)
{
	char detail[256];

	(void)snprintf(detail, sizeof(detail), "alias %s, since %s", w->word[1],
	    w->word[3]);
	if (strcmp(w->word[2], "trustedCertEntry") == 0) {
		assert_line(t, "\"type\":\"sighting\"", "\"role\":\"trusted\"",
		    w->word[4], detail);
	} else if (strcmp(w->word[2], "PrivateKeyEntry") == 0) {
		assert_line(t, "\"type\":\"sighting\"", "\"role\":\"private\"",
		    w->word[5], detail);
		assert_line(t, "\"type\":\"sighting\"", "\"role\":\"public\"",
		    w->word[4], detail);
		assert_line(t, "\"type\":\"credential\"", w->word[5],
		    "\"kind\":\"keypair\"", "\"encrypted\":\"yes\"",
		    "\"by\":\"in_band\"");
	} else {
		assert_line(t, "\"type\":\"sighting\"", "secret:", detail);
		assert_line(t, "\"type\":\"credential\"", "\"kind\":\"token\"",
		    "\"encrypted\":\"yes\"");
	}
}

static void
decode_jks__lists_what_keytool_lists(void **state)
{
	AUTO(buf) struct buf text = { 0 };
	struct jks_want w;
	struct str rest;
	size_t n = 0;

	(void)state;
	ssh_case(&text, "jks/want.txt");
	for (rest = buf_str(&text); jks_next(&rest, &w); n++) {
		struct ssh_run *t = jks_run(w.word[0], MU_OK);

		jks_agrees(t, &w);
		assert_no_line(t, "\"type\":\"gap\"");
		ssh_free(t);
	}
	assert_int_equal(n, 8);
}

static void
decode_jks__knows_a_default_password_and_no_other(void **state)
{
	struct ssh_run *t;

	(void)state;
	t = jks_run("default.jks", MU_OK);
	assert_line(t, "\"kind\":\"keypair\"", "\"weak\":\"default\"");
	ssh_free(t);
	t = jks_run("default.jceks", MU_OK);
	assert_int_equal(jks_count(t, "\"weak\":\"default\""), 2);
	ssh_free(t);
	t = jks_run("own.jks", MU_OK);
	assert_int_equal(jks_count(t, "\"weak\""), 0);
	ssh_free(t);
}

static void
decode_jks__makes_no_identity_of_an_anchor(void **state)
{
	struct ssh_run *t = jks_run("trust.jks", MU_OK);

	(void)state;
	assert_int_equal(jks_count(t, "\"type\":\"identity\""), 0);
	assert_int_equal(jks_count(t, "\"type\":\"credential\""), 1);
	ssh_free(t);
}

static void
decode_jks__names_the_key_by_its_alias(void **state)
{
	struct ssh_run *t = jks_run("default.jceks", MU_OK);

	(void)state;
	assert_line(t, "\"type\":\"identity\"",
	    "\"key\":\"spki:", "\"name\":\"shop\"");
	assert_line(t, "\"type\":\"identity\"",
	    "\"key\":\"secret:", "\"name\":\"token-key\"");
	ssh_free(t);
}

/* Each shorter piece is an error, and what came before it is kept. */
static void
decode_jks__says_that_a_store_is_cut(void **state)
{
	AUTO(buf) struct buf bytes = { 0 };
	size_t n;

	(void)state;
	ssh_free(jks_run("cut.jks", MU_EFORMAT));
	ssh_case(&bytes, "jks/default.jceks");
	for (n = 0; n < bytes.n; n++) {
		struct ssh_run *t =
		    ssh_new(str_head(buf_str(&bytes), n), "x.jks");

		t->in.fp_key = STR("k");
		assert_true(decode_jks.read(&t->in, &t->e) < 0);
		assert_true(t->e.text[0] != '\0');
		ssh_free(t);
	}
}

static void
decode_jks__survives_each_flipped_byte(void **state)
{
	AUTO(buf) struct buf bytes = { 0 };
	size_t i;

	(void)state;
	ssh_case(&bytes, "jks/default.jceks");
	for (i = 0; i < bytes.n; i++) {
		struct ssh_run *t = ssh_new(buf_str(&bytes), "x.jks");

		t->in.fp_key = STR("k");
		t->text.p[i] ^= 0x55;
		if (decode_jks.read(&t->in, &t->e) < 0)
			assert_true(t->e.text[0] != '\0');
		ssh_free(t);
	}
}

static void
decode_jks__sniffs_no_other(void **state)
{
	static const char *const near[] = { "jks/near.class", "jks/near.txt",
		"jks/version9.jks", "pkcs12/blank.p12" };
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(near); i++) {
		AUTO(buf) struct buf b = { 0 };

		ssh_case(&b, near[i]);
		assert_false(decode_jks.sniff(buf_str(&b)));
	}
	assert_false(decode_jks.sniff(STR_NONE));
	assert_ptr_equal(decode_find(STR("jks")), &decode_jks);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(decode_jks__lists_what_keytool_lists),
		TEST(decode_jks__knows_a_default_password_and_no_other),
		TEST(decode_jks__makes_no_identity_of_an_anchor),
		TEST(decode_jks__names_the_key_by_its_alias),
		TEST(decode_jks__says_that_a_store_is_cut),
		TEST(decode_jks__survives_each_flipped_byte),
		TEST(decode_jks__sniffs_no_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
