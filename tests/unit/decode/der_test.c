#include "decode/der.h"

#include "base/mem.h"
#include "decode/pkcs12.h"
#include "ssh.h"

/* The sample, the .expect file that has its hash, the line of it, the key. */
static const struct {
	const char *name, *expect, *word, *prefix, *role;
} cases[] = {
	{ "server", "x509/server", "sha256", "x509:", "public" },
	{ "chainroot", "x509/chainroot", "sha256", "x509:", "trusted" },
	{ "ed25519", "privkey/ed25519", "spki", "spki:", "private" },
	{ "p256", "privkey/p256", "spki", "spki:", "private" },
	{ "p256_old", "privkey/p256", "spki", "spki:", "private" },
	{ "rsa2048", "privkey/rsa2048", "spki", "spki:", "private" },
	{ "rsa2048_old", "privkey/rsa2048", "spki", "spki:", "private" },
	{ "bundle", "x509/server", "sha256", "x509:", "public" },
	{ "bundle", "x509/middle", "sha256", "x509:", "trusted" },
};

/* tests/cases/DIR/NAME${tail} in ${b}. */
static void
der_case(struct buf *b, const char *dir, const char *name, const char *tail)
{
	AUTO(buf) struct buf path;

	buf_init(&path, 256);
	buf_addf(&path, "%s%s%s", dir, name, tail);
	buf_addc(&path, '\0');
	ssh_case(b, path.p);
}

static struct ssh_run *
der_run(struct str bytes)
{
	struct ssh_run *t = ssh_new(bytes, "srv/x/certificate");

	t->in.fp_key = STR("0123456789abcdef0123456789abcdef");
	assert_ok(decode_der.read(&t->in, &t->e), &t->e);
	return t;
}

/* "KEY" of the expect file, with its prefix and quotes, in ${b}. */
static void
der_want(struct buf *b, size_t i)
{
	AUTO(buf) struct buf text;
	struct str rest, line, word;

	der_case(&text, "", cases[i].expect, ".expect");
	buf_init(b, 256);
	for (rest = buf_str(&text); str_line(&rest, &line);) {
		(void)str_cut(line, ' ', &word, &line);
		if (str_eq(word, str_from(cases[i].word)))
			buf_addf(b, "\"%s" STR_FMT "\"", cases[i].prefix,
			    STR_ARG(line));
	}
	assert_true(b->n > 64);
	buf_addc(b, '\0');
}

static void
decode_der__agrees_with_openssl(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(cases); i++) {
		AUTO(buf) struct buf bytes, key, role;
		struct ssh_run *t;

		der_case(&bytes, "der/", cases[i].name, ".der");
		assert_true(decode_der.sniff(buf_str(&bytes)));
		assert_false(decode_pkcs12.sniff(buf_str(&bytes)));
		t = der_run(buf_str(&bytes));
		der_want(&key, i);
		buf_init(&role, 64);
		buf_addf(&role, "\"role\":\"%s\"", cases[i].role);
		buf_addc(&role, '\0');
		assert_line(t, "\"type\":\"credential\"", key.p);
		assert_line(t, "\"type\":\"sighting\"", key.p, role.p,
		    "\"locator\":\"srv/x/certificate\"");
		assert_no_line(t, "\"type\":\"gap\"");
		ssh_free(t);
	}
}

static void
decode_der__knows_a_sealed_key_by_its_algorithm(void **state)
{
	AUTO(buf) struct buf bytes;
	struct ssh_run *t;

	(void)state;
	der_case(&bytes, "der/", "sealed", ".der");
	assert_true(decode_der.sniff(buf_str(&bytes)));
	t = der_run(buf_str(&bytes));
	assert_line(t, "\"type\":\"credential\"",
	    "\"key\":\"secret:", "\"encrypted\":\"yes\"");
	ssh_free(t);
}

static void
decode_der__finds_the_key_of_a_request(void **state)
{
	AUTO(buf) struct buf bytes;
	struct ssh_run *t;

	(void)state;
	der_case(&bytes, "der/", "request", ".der");
	t = der_run(buf_str(&bytes));
	assert_line(t, "certificate request for next.example.com");
	ssh_free(t);
}

static void
decode_der__is_silent_on_what_only_looks_like_it(void **state)
{
	static const struct {
		struct str bytes;
		bool sniffed;
	} t[] = {
		{ { "", 0 }, false },
		{ { "0123456789", 10 }, false },
		{ { "\x30\x08\x02\x01\x00\x30\x03\x06\x01\x2a", 10 }, true },
		{ { "\x30\x08\x02\x01\x07\x30\x03\x06\x01\x2a", 10 }, false },
		{ { "\x30\x09\x02\x01\x00\x30\x03\x06\x01\x2a", 10 }, false },
		{ { "\x30\x07\x02\x01\x00\x30\x03\x06\x01\x2a", 10 }, false },
		{ { "\x30\x08\x30\x06\x02\x01\x01\x02\x01\x02", 10 }, true },
		{ { "\x30\x08\x04\x06\x02\x01\x01\x02\x01\x02", 10 }, false },
		{ { "\x30\x80\x30\x80\x02\x01\x01\x02\x01\x02", 10 }, true },
		{ { "\x30\x85\0\0\0\0\4\x30\x02\x01\x01", 11 }, false },
		{ { "\x30\x81\x07\x30\x05\x02\x03\1\2\3", 10 }, true },
		{ { "\x30\x0c\x30\x0a\x06\x03\x55\x04\x03\x04\x03"
		    "abc",
		      14 },
		    true },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		struct ssh_run *r = der_run(t[i].bytes);

		if (decode_der.sniff(t[i].bytes) != t[i].sniffed)
			fail_msg("row %zu sniffs otherwise", i);
		assert_int_equal(r->out.n, 0);
		ssh_free(r);
	}
}

static void
decode_der__is_silent_on_every_shorter_piece(void **state)
{
	static const char *const names[] = { "server", "p256", "sealed",
		"rsa2048_old" };
	size_t i, n;

	(void)state;
	for (i = 0; i < MU_COUNT(names); i++) {
		AUTO(buf) struct buf bytes;

		der_case(&bytes, "der/", names[i], ".der");
		for (n = 0; n < bytes.n; n++) {
			struct ssh_run *t =
			    der_run(str_head(buf_str(&bytes), n));

			assert_int_equal(t->out.n, 0);
			assert_false(decode_der.sniff(str_head(buf_str(&bytes),
			    n)));
			ssh_free(t);
		}
	}
}

static void
der_shape__trusts_the_length_where_the_head_ends_first(void **state)
{
	AUTO(buf) struct buf head;
	struct str inner;

	(void)state;
	buf_init(&head, 2 * DER_HEAD_BYTES);
	buf_add(&head, STR("\x30\x83\x02\x00\x00\x30"));
	while (head.n < DER_HEAD_BYTES)
		buf_addc(&head, 'x');
	assert_true(der_shape(buf_str(&head), &inner));
	assert_int_equal(inner.n, DER_HEAD_BYTES - 5);
	assert_false(der_shape(str_head(buf_str(&head), 65535), &inner));
	head.p[2] = 0;
	assert_false(der_shape(buf_str(&head), &inner));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(decode_der__agrees_with_openssl),
		TEST(decode_der__knows_a_sealed_key_by_its_algorithm),
		TEST(decode_der__finds_the_key_of_a_request),
		TEST(decode_der__is_silent_on_what_only_looks_like_it),
		TEST(decode_der__is_silent_on_every_shorter_piece),
		TEST(der_shape__trusts_the_length_where_the_head_ends_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
