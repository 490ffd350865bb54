#include "decode/pkcs.h"

#include "base/mem.h"
#include "decode/pem.h"
#include "ssh.h"

/* A run of the decoder "pem" over tests/cases/pkcs/NAME. */
static struct ssh_run *
pkcs_run(const char *name)
{
	AUTO(buf) struct buf text;
	struct ssh_run *t;

	ssh_case(&text, name);
	t = ssh_new(buf_str(&text), "etc/ssl/x.pem");
	assert_ok(decode_pem.read(&t->in, &t->e), &t->e);
	return t;
}

/* The ${nth} line of want.txt that begins with ${what}, in ${b}, behind
 * ${prefix}. */
static void
pkcs_want(struct buf *b, const char *what, size_t nth, const char *prefix)
{
	AUTO(buf) struct buf text;
	struct str rest, line, word;

	ssh_case(&text, "pkcs/want.txt");
	buf_init(b, 256);
	for (rest = buf_str(&text); str_line(&rest, &line);) {
		(void)str_cut(line, ' ', &word, &line);
		if (!str_eq(word, str_from(what)) || nth-- != 0)
			continue;
		buf_adds(b, prefix);
		buf_add(b, line);
		buf_addc(b, '\0');
		return;
	}
	fail_msg("want.txt has no %s", what);
}

static size_t
pkcs_count(const struct ssh_run *t, const char *what)
{
	struct str rest = buf_str(&t->out), line;
	size_t n = 0;

	while (str_line(&rest, &line))
		n += str_find(line, str_from(what)) != SIZE_MAX;
	return n;
}

static void
pkcs_request__gives_its_key_and_says_for_whom(void **state)
{
	AUTO(buf) struct buf spki;
	struct ssh_run *t = pkcs_run("pkcs/request.pem");

	(void)state;
	pkcs_want(&spki, "request", 0, "\"key\":\"spki:");
	assert_line(t, "\"type\":\"credential\"", "\"kind\":\"keypair\"",
	    spki.p);
	assert_line(t, "\"role\":\"public\"",
	    "\"detail\":\"certificate request for next.example.com\"");
	assert_no_line(t, "\"type\":\"identity\"");
	assert_no_line(t, "\"type\":\"gap\"");
	ssh_free(t);
}

static void
pkcs_bundle__gives_each_certificate(void **state)
{
	struct ssh_run *t = pkcs_run("pkcs/bundle.pem");
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		AUTO(buf) struct buf key;

		pkcs_want(&key, "bundle", i, "\"key\":\"x509:");
		assert_line(t, "\"type\":\"credential\"", key.p);
	}
	assert_int_equal(pkcs_count(t, "\"type\":\"credential\""), 2);
	assert_line(t, "\"type\":\"identity\"", "server.example.com");
	assert_line(t, "\"role\":\"trusted\"");
	assert_no_line(t, "\"type\":\"gap\"");
	ssh_free(t);
}

static void
pkcs_bundle__may_be_empty(void **state)
{
	struct ssh_run *t = pkcs_run("pkcs/empty.pem");

	(void)state;
	assert_int_equal(t->out.n, 0);
	ssh_free(t);
}

static void
pkcs_crl__gives_nothing(void **state)
{
	struct ssh_run *t = pkcs_run("pkcs/crl.pem");

	(void)state;
	assert_int_equal(t->out.n, 0);
	ssh_free(t);
}

static void
pkcs__refuses_what_is_another_thing(void **state)
{
	static const struct {
		int (*put)(const struct decode_in *in, struct str der,
		    size_t block, struct err *e);
		const char *name, *rfc;
	} t[] = {
		{ pkcs_request, "pkcs/crl.pem", "RFC 2986" },
		{ pkcs_bundle, "pkcs/request.pem", "RFC 2315" },
		{ pkcs_crl, "pkcs/request.pem", "RFC 5280" },
	};
	size_t i, n;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		AUTO(buf) struct buf der;
		struct ssh_run *r;

		ssh_body(&der, t[i].name);
		r = ssh_new(buf_str(&der), "x");
		assert_int_equal(t[i].put(&r->in, r->in.bytes, 1, &r->e),
		    MU_EFORMAT);
		assert_true(str_find(str_from(r->e.text), str_from(t[i].rfc)) !=
			    SIZE_MAX);
		for (n = 0; n < der.n; n++)
			assert_int_equal(t[i].put(&r->in,
					     str_head(r->in.bytes, n), 1,
					     &r->e),
			    MU_EFORMAT);
		assert_int_equal(r->out.n, 0);
		ssh_free(r);
	}
}

static void
pkcs__refuses_what_is_too_long(void **state)
{
	AUTO(buf) struct buf long_text;
	struct ssh_run *t = ssh_new(STR("x"), "x");

	(void)state;
	buf_init(&long_text, (size_t)8 << 20);
	while (long_text.n <= PKCS_BYTES_MAX)
		buf_adds(&long_text, "0123456789abcdef");
	assert_int_equal(pkcs_request(&t->in, buf_str(&long_text), 1, &t->e),
	    MU_ELIMIT);
	assert_int_equal(pkcs_bundle(&t->in, buf_str(&long_text), 1, &t->e),
	    MU_ELIMIT);
	assert_int_equal(pkcs_crl(&t->in, buf_str(&long_text), 1, &t->e),
	    MU_ELIMIT);
	ssh_free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(pkcs_request__gives_its_key_and_says_for_whom),
		TEST(pkcs_bundle__gives_each_certificate),
		TEST(pkcs_bundle__may_be_empty),
		TEST(pkcs_crl__gives_nothing),
		TEST(pkcs__refuses_what_is_another_thing),
		TEST(pkcs__refuses_what_is_too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
