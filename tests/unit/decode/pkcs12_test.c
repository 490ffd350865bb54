#include "decode/pkcs12.h"

#include "base/mem.h"
#include "ssh.h"

/* A run over ${bytes}, which must end as ${want}. */
static struct ssh_run *
pkcs12_run(struct str bytes, int want)
{
	struct ssh_run *t = ssh_new(bytes, "opt/java/site.p12");

	t->in.fp_key = STR("0123456789abcdef0123456789abcdef");
	if (decode_pkcs12.read(&t->in, &t->e) != want)
		fail_msg("not %d: %s", want, t->e.text);
	return t;
}

/* tests/cases/pkcs12/NAME.p12 in ${b}. */
static void
pkcs12_case(struct buf *b, const char *name)
{
	AUTO(buf) struct buf path;

	buf_init(&path, 256);
	buf_addf(&path, "pkcs12/%s.p12", name);
	buf_addc(&path, '\0');
	ssh_case(b, path.p);
}

static size_t
pkcs12_count(const struct ssh_run *t, const char *what)
{
	struct str rest = buf_str(&t->out), line;
	size_t n = 0;

	while (str_line(&rest, &line))
		n += str_find(line, str_from(what)) != SIZE_MAX;
	return n;
}

/* Each key of want.txt for ${name} is a credential of ${t}; how many. */
static size_t
pkcs12_agrees(const struct ssh_run *t, const char *name)
{
	AUTO(buf) struct buf text, member;
	struct str rest, line, word;
	size_t n = 0;

	ssh_case(&text, "pkcs12/want.txt");
	buf_init(&member, 256);
	for (rest = buf_str(&text); str_line(&rest, &line);) {
		(void)str_cut(line, ' ', &word, &line);
		if (!str_eq(word, str_from(name)))
			continue;
		buf_reset(&member);
		buf_addf(&member, "\"key\":\"" STR_FMT "\"", STR_ARG(line));
		buf_addc(&member, '\0');
		assert_line(t, "\"type\":\"credential\"", member.p);
		n++;
	}
	return n;
}

static void
decode_pkcs12__opens_what_no_password_closes(void **state)
{
	static const struct {
		const char *name;
		size_t credentials, sealed;
	} t[] = {
		{ "blank", 3, 0 },
		{ "blank_old", 3, 0 },
		{ "plain", 3, 0 },
		{ "unsealed", 3, 0 },
		{ "trust", 1, 0 },
		{ "closed", 0, 1 },
		{ "closed_key", 2, 1 },
		{ "slow", 0, 1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		AUTO(buf) struct buf bytes;
		struct ssh_run *r;

		pkcs12_case(&bytes, t[i].name);
		assert_true(decode_pkcs12.sniff(buf_str(&bytes)));
		r = pkcs12_run(buf_str(&bytes), MU_OK);
		if (pkcs12_agrees(r, t[i].name) != t[i].credentials)
			fail_msg("want.txt of %s", t[i].name);
		assert_int_equal(pkcs12_count(r, "\"type\":\"credential\""),
		    t[i].credentials + t[i].sealed);
		assert_int_equal(pkcs12_count(r, "\"encrypted\":\"yes\""),
		    t[i].sealed);
		assert_int_equal(pkcs12_count(r, "\"key\":\"secret:"),
		    2 * t[i].sealed);
		assert_no_line(r, "\"type\":\"gap\"");
		ssh_free(r);
	}
}

static void
decode_pkcs12__names_the_private_key_and_the_leaf(void **state)
{
	AUTO(buf) struct buf bytes;
	struct ssh_run *t;

	(void)state;
	pkcs12_case(&bytes, "blank");
	t = pkcs12_run(buf_str(&bytes), MU_OK);
	assert_line(t, "\"role\":\"private\"",
	    "\"locator\":\"opt/java/site.p12\"");
	assert_line(t, "\"type\":\"identity\"", "\"name\":\"site.p12\"");
	assert_line(t, "\"type\":\"identity\"", "store.example.com");
	assert_line(t, "\"role\":\"trusted\"");
	ssh_free(t);
}

static void
decode_pkcs12__says_of_each_shorter_piece_that_it_is_none(void **state)
{
	AUTO(buf) struct buf bytes;
	size_t n;

	(void)state;
	pkcs12_case(&bytes, "closed");
	for (n = 0; n < bytes.n; n++) {
		struct ssh_run *t =
		    pkcs12_run(str_head(buf_str(&bytes), n), MU_EFORMAT);

		assert_int_equal(t->out.n, 0);
		ssh_free(t);
		assert_false(decode_pkcs12.sniff(str_head(buf_str(&bytes), n)));
	}
}

/* Every byte of a store flipped in turn: no crash, and no long work. */
static void
decode_pkcs12__survives_each_flipped_byte(void **state)
{
	AUTO(buf) struct buf bytes;
	struct str all;
	size_t i;

	(void)state;
	pkcs12_case(&bytes, "plain");
	all = buf_str(&bytes);
	for (i = 0; i < all.n; i++) {
		struct ssh_run *t = ssh_new(all, "x.p12");

		t->in.fp_key = STR("k");
		t->text.p[i] ^= 0x55;
		if (decode_pkcs12.read(&t->in, &t->e) < 0)
			assert_true(t->e.text[0] != '\0');
		ssh_free(t);
	}
}

static void
decode_pkcs12__sniffs_no_certificate(void **state)
{
	AUTO(buf) struct buf der;

	(void)state;
	ssh_body(&der, "x509/p256.pem");
	assert_false(decode_pkcs12.sniff(buf_str(&der)));
	assert_false(decode_pkcs12.sniff(STR_NONE));
	assert_false(decode_pkcs12.sniff(STR("\x30\x80\x02\x01\x03\x30")));
	assert_ptr_equal(decode_find(STR("pkcs12")), &decode_pkcs12);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(decode_pkcs12__opens_what_no_password_closes),
		TEST(decode_pkcs12__names_the_private_key_and_the_leaf),
		TEST(decode_pkcs12__says_of_each_shorter_piece_that_it_is_none),
		TEST(decode_pkcs12__survives_each_flipped_byte),
		TEST(decode_pkcs12__sniffs_no_certificate),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
