#include "../test.h"
#include "base/digest.h"

static void
hex_is(struct digest d, const char *want)
{
	AUTO(buf) struct buf b;

	buf_init(&b, 256);
	digest_hex(&b, digest_str(&d));
	assert_str(buf_str(&b), want);
}

/* FIPS 180-4's own examples. */
static void
digest_sha256__gives_the_standards_examples(void **state)
{

	(void)state;
	hex_is(digest_sha256(STR("abc")), "ba7816bf8f01cfea414140de5dae2223"
					  "b00361a396177a9cb410ff61f20015ad");
	hex_is(digest_sha256(STR_NONE), "e3b0c44298fc1c149afbf4c8996fb924"
					"27ae41e4649b934ca495991b7852b855");
	hex_is(digest_sha256_2(STR("a"), STR("bc")),
	    "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad");
}

/* RFC 4231 test case 2, and RFC 5869 A.3 (no salt, no info; first 32 bytes). */
static void
digest_hmac__and_hkdf_give_the_rfcs_vectors(void **state)
{
	char ikm[22];

	(void)state;
	hex_is(digest_hmac(STR("Jefe"), STR("what do ya want "),
		   STR("for nothing?")),
	    "5bdcc146bf60754e6a042426089575c7"
	    "5a003f089d2739839dec58b964ec3843");
	memset(ikm, 0x0b, sizeof(ikm));
	hex_is(digest_hkdf(str_of(ikm, sizeof(ikm)), STR_NONE),
	    "8da4e775a563c18f715f802a063c5a31"
	    "b8a11f5c5ee1879ec3454e5f3c738d2d");
}

/* RFC 4648 section 10. */
static void
digest_base32__and_base64_give_the_rfcs_vectors(void **state)
{
	static const struct {
		const char *in, *b32, *b64;
	} t[] = {
		{ "", "", "" },
		{ "f", "my", "Zg==" },
		{ "fo", "mzxq", "Zm8=" },
		{ "foo", "mzxw6", "Zm9v" },
		{ "foob", "mzxw6yq", "Zm9vYg==" },
		{ "fooba", "mzxw6ytb", "Zm9vYmE=" },
		{ "foobar", "mzxw6ytboi", "Zm9vYmFy" },
	};
	AUTO(buf) struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, 4096);
	for (i = 0; i < MU_COUNT(t); i++) {
		buf_reset(&b);
		digest_base32(&b, str_from(t[i].in));
		assert_str(buf_str(&b), t[i].b32);
		buf_reset(&b);
		digest_base64(&b, str_from(t[i].in), true);
		assert_str(buf_str(&b), t[i].b64);
		buf_reset(&b);
		assert_true(digest_unbase64(str_from(t[i].b64), &b));
		assert_str(buf_str(&b), t[i].in);
	}
}

static void
digest_unbase64__refuses_what_is_no_base64_and_keeps_the_buffer(void **state)
{
	static const char *const bad[] = { "A", "AAAAA", "Zg==Zg",
		"Z*8=", "Zm9v\x80" };
	AUTO(buf) struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, 4096);
	buf_adds(&b, "kept");
	for (i = 0; i < MU_COUNT(bad); i++) {
		if (digest_unbase64(str_from(bad[i]), &b))
			fail_msg("took '%s'", bad[i]);
		assert_str(buf_str(&b), "kept");
	}
	assert_true(digest_unbase64(STR(" Zm 9v\r\nYg\n"), &b));
	assert_str(buf_str(&b), "keptfoob");
}

static void
digest_unhex__takes_even_runs_of_digits_that_fit(void **state)
{
	unsigned char out[4];

	(void)state;
	assert_true(digest_unhex(STR("00fFa1"), out, sizeof(out)) == 3);
	assert_true(out[0] == 0 && out[1] == 0xff && out[2] == 0xa1);
	assert_true(digest_unhex(STR("0"), out, 4) == SIZE_MAX);
	assert_true(digest_unhex(STR("0g"), out, 4) == SIZE_MAX);
	assert_true(digest_unhex(STR("0011223344"), out, 4) == SIZE_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(digest_sha256__gives_the_standards_examples),
		TEST(digest_hmac__and_hkdf_give_the_rfcs_vectors),
		TEST(digest_base32__and_base64_give_the_rfcs_vectors),
		TEST(
		    digest_unbase64__refuses_what_is_no_base64_and_keeps_the_buffer),
		TEST(digest_unhex__takes_even_runs_of_digits_that_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
