#include "decode/privkey.h"

#include "base/mem.h"
#include "decode/asn1.h"
#include "decode/pem.h"
#include "ssh.h"

static const char *const opened[] = { "dsa", "dsa_old", "ed25519", "ed448",
	"k256", "brainpool", "p256", "p256_compressed_old", "p256_explicit",
	"p256_nopub", "p384_old", "p521_nopub_old", "primes", "pss", "rsa2048",
	"rsa512_old", "x25519", "x448" };
static const char *const public[] = { "p256_pub", "rsa2048_pub" };
static const char *const closed[] = { "sealed", "sealed_old" };

#define FP_KEY STR("0123456789abcdef0123456789abcdef")

/* tests/cases/privkey/NAME${tail} in ${b}. */
static void
privkey_case(struct buf *b, const char *name, const char *tail)
{
	AUTO(buf) struct buf path;

	buf_init(&path, 256);
	buf_addf(&path, "privkey/%s%s", name, tail);
	buf_addc(&path, '\0');
	ssh_case(b, path.p);
}

/* A run of the decoder "pem" over tests/cases/privkey/NAME.pem at ${path}. */
static struct ssh_run *
privkey_run(const char *name, const char *path)
{
	AUTO(buf) struct buf text;
	struct ssh_run *t;

	privkey_case(&text, name, ".pem");
	t = ssh_new(buf_str(&text), path);
	t->in.fp_key = FP_KEY;
	assert_ok(decode_pem.read(&t->in, &t->e), &t->e);
	return t;
}

/* A member of a record, from one line of a .expect file. */
static void
privkey_member(struct buf *out, struct str line)
{
	struct str what;

	(void)str_cut(line, ' ', &what, &line);
	if (str_eq(what, STR("spki")))
		buf_addf(out, "\"key\":\"spki:" STR_FMT "\"", STR_ARG(line));
	else if (str_eq(what, STR("alg")))
		buf_addf(out, "\"alg\":\"" STR_FMT "\"", STR_ARG(line));
	else if (str_eq(what, STR("bits")))
		buf_addf(out, "\"bits\":" STR_FMT, STR_ARG(line));
	else
		fail_msg("what is " STR_FMT "?", STR_ARG(what));
	buf_addc(out, '\0');
}

/* Each line of NAME.expect stands in the credential that came of it. */
static void
privkey_agrees(const struct ssh_run *t, const char *name)
{
	AUTO(buf) struct buf text, member;
	struct str s, line;
	size_t n = 0;

	buf_init(&member, 1024);
	privkey_case(&text, name, ".expect");
	for (s = buf_str(&text); str_line(&s, &line); n++) {
		buf_reset(&member);
		privkey_member(&member, line);
		assert_line(t, "\"type\":\"credential\"",
		    "\"kind\":\"keypair\"", member.p);
	}
	assert_int_equal(n, 3);
}

static void
privkey__agrees_with_openssl_on_the_public_half(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(opened); i++) {
		struct ssh_run *t = privkey_run(opened[i], "etc/ssl/k.pem");

		privkey_agrees(t, opened[i]);
		assert_line(t, "\"type\":\"credential\"",
		    "\"identity\":\"spki:", "\"encrypted\":\"no\"");
		assert_line(t, "\"type\":\"identity\"",
		    "\"key\":\"spki:", "\"kind\":\"signing_key\"",
		    "\"name\":\"k.pem\"");
		assert_line(t, "\"type\":\"sighting\"", "\"role\":\"private\"",
		    "\"locator\":\"etc/ssl/k.pem#");
		assert_no_line(t, "\"type\":\"gap\"");
		ssh_free(t);
	}
}

static void
privkey__takes_a_public_key_for_no_identity(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(public); i++) {
		struct ssh_run *t = privkey_run(public[i], "etc/ssl/k.pub");

		privkey_agrees(t, public[i]);
		assert_no_line(t, "\"type\":\"identity\"");
		assert_no_line(t, "\"encrypted\":");
		assert_line(t, "\"type\":\"sighting\"", "\"role\":\"public\"");
		ssh_free(t);
	}
}

static void
privkey__names_a_closed_key_by_its_fingerprint(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(closed); i++) {
		struct ssh_run *t = privkey_run(closed[i], "etc/ssl/k.pem");

		assert_line(t, "\"type\":\"credential\"",
		    "\"key\":\"secret:", "\"encrypted\":\"yes\"", "\"fp\":\"");
		assert_no_line(t, "\"spki\":");
		assert_line(t, "\"type\":\"identity\"", "\"key\":\"secret:");
		assert_line(t, "\"role\":\"private\"",
		    "\"detail\":\"encrypted\"");
		assert_no_line(t, "\"type\":\"gap\"");
		ssh_free(t);
	}
}

static void
privkey__keeps_a_key_of_an_unknown_algorithm(void **state)
{
	struct ssh_run *t = privkey_run("dh", "etc/ssl/dh.pem");

	(void)state;
	assert_line(t, "\"type\":\"credential\"",
	    "\"key\":\"secret:", "\"encrypted\":\"no\"");
	assert_line(t, "\"detail\":\"public half not known\"");
	assert_no_line(t, "\"type\":\"gap\"");
	ssh_free(t);
}

static void
privkey__takes_the_kind_from_the_path_or_the_place(void **state)
{
	AUTO(buf) struct buf text;
	struct ssh_run *t;

	(void)state;
	t = privkey_run("rsa512_old", "home/ada/.ssh/id_rsa");
	assert_line(t, "\"type\":\"identity\"", "\"kind\":\"ssh_key\"");
	ssh_free(t);
	t = privkey_run("rsa512_old", "home/ada/x.ssh/id_rsa");
	assert_line(t, "\"type\":\"identity\"", "\"kind\":\"signing_key\"");
	ssh_free(t);
	privkey_case(&text, "rsa512_old", ".pem");
	t = ssh_new(buf_str(&text), "home/ada/.ssh/id_rsa");
	t->in.kind = ID_VPN_PEER;
	assert_ok(decode_pem.read(&t->in, &t->e), &t->e);
	assert_line(t, "\"type\":\"identity\"", "\"kind\":\"vpn_peer\"");
	ssh_free(t);
}

/* The bytes of the first block of NAME.pem with a label that ends in KEY. */
static void
privkey_der(struct buf *der, const char *name)
{
	AUTO(buf) struct buf text;
	struct pem_block b = { 0 };
	struct pem at = { 0 };
	struct err e;

	privkey_case(&text, name, ".pem");
	buf_init(der, (size_t)1 << 20);
	at.rest = buf_str(&text);
	while (pem_next(&at, &b) && !str_ends(b.label, STR("KEY")))
		continue;
	assert_ok(pem_bytes(&b, der, &e), &e);
}

static void
privkey_put__refuses_every_shorter_piece(void **state)
{
	size_t i, n;

	(void)state;
	for (i = 0; i < MU_COUNT(opened); i++) {
		AUTO(buf) struct buf der;
		struct ssh_run *t;

		if (str_ends(str_from(opened[i]), STR("_old")))
			continue;
		privkey_der(&der, opened[i]);
		t = ssh_new(buf_str(&der), "x");
		for (n = 0; n < der.n; n++)
			assert_true(privkey_put(&t->in,
					str_head(t->in.bytes, n), 0,
					&t->e) == MU_EFORMAT);
		assert_int_equal(t->out.n, 0);
		ssh_free(t);
	}
}

/* Whether the bytes ${what} stand in ${all}, raw. */
static bool
privkey_holds(struct str all, struct str what)
{

	return str_find(all, what) != SIZE_MAX;
}

static void
privkey_spki__holds_no_byte_of_the_private_number(void **state)
{
	AUTO(buf) struct buf der, spki;
	struct str at, body, v[9];
	struct err e;
	size_t i;

	(void)state;
	privkey_der(&der, "rsa2048");
	buf_init(&spki, 65536);
	assert_ok(privkey_spki(buf_str(&der), &spki, &e), &e);
	at = buf_str(&der);
	assert_true(asn1_take(&at, TAG_SEQUENCE, &body));
	assert_true(asn1_take(&body, TAG_INTEGER, &at));
	assert_true(asn1_take(&body, TAG_SEQUENCE, &at));
	assert_true(asn1_take(&body, TAG_OCTETS, &at));
	assert_true(asn1_take(&at, TAG_SEQUENCE, &body));
	for (i = 0; i < MU_COUNT(v); i++)
		assert_true(asn1_take(&body, TAG_INTEGER, &v[i]));
	assert_true(privkey_holds(buf_str(&spki), v[1]));
	for (i = 3; i < MU_COUNT(v); i++)
		assert_false(privkey_holds(buf_str(&spki),
		    str_head(str_skip(v[i], 1), 8)));
}

/* Public keys that are none, and one whose algorithm nobody knows. */
static void
privkey_public__refuses_what_is_no_key_of_its_algorithm(void **state)
{
#define RSA_ALG "\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\0"
#define ROW(lit)                       \
	{                              \
		(lit), sizeof(lit) - 1 \
	}
	static const struct {
		struct str der;
		int want;
	} t[] = {
		{ ROW("\x30\x1a" RSA_ALG
		      "\x03\x09\0\x30\x06\x02\x01\x23\x02\x01\x03"),
		    0 },
		{ ROW("\x30\x1a" RSA_ALG
		      "\x03\x09\0\x30\x06\x02\x01\x83\x02\x01\x03"),
		    MU_EFORMAT },
		{ ROW("\x30\x1a" RSA_ALG
		      "\x03\x09\0\x30\x06\x02\x01\0\x02\x01\x03"),
		    MU_EFORMAT },
		{ ROW("\x30\x17" RSA_ALG "\x03\x06\0\x30\x03\x02\x01\x23"),
		    MU_EFORMAT },
		{ ROW("\x30\x0a\x30\x05\x06\x03\x2b\x65\x70\x03\x01\0"),
		    MU_EFORMAT },
		{ ROW("\x30\x0a\x30\x05\x06\x03\x2b\x65\x0a\x03\x01\0"), 0 },
		{ ROW("\x30\x0a\x30\x05\x06\x03\x2b\x65\x0a\x04\x01\0"),
		    MU_EFORMAT },
		{ ROW("\x30\x0b\x30\x05\x06\x03\x2b\x65\x0a\x03\x01\0"),
		    MU_EFORMAT },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		struct ssh_run *r = ssh_new(t[i].der, "x");

		if (privkey_public(&r->in, r->in.bytes, 0, &r->e) != t[i].want)
			fail_msg("row %zu", i);
		assert_int_equal(r->out.n == 0, t[i].want != 0);
		ssh_free(r);
	}
}

/* Sixteen bytes of a private number, kept so that they stand nowhere. */
static unsigned char needle[16];
#define NEEDLE_MASK 0xa5

/* Take the needle from NAME.pem: the bytes that ${offset} bytes end. */
static void
privkey_needle(const char *name, size_t offset)
{
	AUTO(buf) struct buf der;
	size_t i;

	privkey_der(&der, name);
	assert_true(offset + sizeof(needle) <= der.n);
	for (i = 0; i < sizeof(needle); i++)
		needle[i] =
		    (unsigned char)der.p[der.n - offset - sizeof(needle) + i] ^
		    NEEDLE_MASK;
	mem_wipe(der.p, der.room);
}

/* Whether the needle stands in ${n} bytes of ${p}. */
static bool
privkey_stands(const unsigned char *p, size_t n)
{
	size_t i, k;

	for (i = 0; i + sizeof(needle) <= n; i++) {
		for (k = 0; k < sizeof(needle); k++)
			if ((p[i + k] ^ NEEDLE_MASK) != needle[k])
				break;
		if (k == sizeof(needle))
			return true;
	}
	return false;
}

/* Whether it stands anywhere in this process's own writable memory. */
static bool
privkey_left_behind(void)
{
	AUTO(buf) struct buf maps;
	AUTO(fd) int mem = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	AUTO(fd) int list = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
	static unsigned char page[65536];
	struct str text, line;
	unsigned long from, to;
	struct err e;
	ssize_t n;

	assert_true(mem >= 0 && list >= 0);
	buf_init(&maps, (size_t)4 << 20);
	assert_ok(fd_read_all(list, &maps, &e), &e);
	buf_addc(&maps, '\0');
	for (text = buf_str(&maps); str_line(&text, &line);) {
		if (sscanf(line.p, "%lx-%lx rw", &from, &to) != 2 ||
		    to - from > (unsigned long)64 << 20)
			continue;
		for (; from < to; from += sizeof(page) - sizeof(needle)) {
			n = pread(mem, page,
			    to - from < sizeof(page) ? to - from : sizeof(page),
			    (off_t)from);
			if (n > 0 && privkey_stands(page, (size_t)n))
				return true;
		}
	}
	mem_wipe(page, sizeof(page));
	return false;
}

static void
privkey__leaves_no_byte_of_the_private_number_behind(void **state)
{
	/* Where it ends, seen from the end of the DER. */
	static const struct {
		const char *name;
		size_t offset;
	} t[] = {
		{ "rsa2048", 4 },    /* the coefficient */
		{ "rsa2048", 700 },  /* the private exponent */
		{ "ed25519", 0 },    /* the seed */
		{ "p256_nopub", 0 }, /* the number */
		{ "p521_nopub_old", 20 },
		{ "dsa", 0 },
		{ "dsa_old", 0 },
	};
	volatile unsigned char *copy;
	size_t i, k;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		struct ssh_run *r;

		privkey_needle(t[i].name, t[i].offset);
		r = privkey_run(t[i].name, "etc/ssl/k.pem");
		ssh_free(r);
		if (privkey_left_behind())
			fail_msg("%s is left behind", t[i].name);
	}
	/* The search finds what there is. */
	copy = mem_new(1, sizeof(needle));
	for (k = 0; k < sizeof(needle); k++)
		copy[k] = needle[k] ^ NEEDLE_MASK;
	assert_true(privkey_left_behind());
	for (k = 0; k < sizeof(needle); k++)
		copy[k] = 0;
	mem_free((void *)(uintptr_t)copy);
}

/* An RSAPrivateKey whose modulus has ${bytes} bytes. */
static void
privkey_absurd(struct buf *der, size_t bytes)
{
	AUTO(buf) struct buf body, n;
	size_t i;

	buf_init(der, (size_t)1 << 20);
	buf_init(&body, (size_t)1 << 20);
	buf_init(&n, (size_t)1 << 20);
	for (i = 0; i < bytes; i++)
		buf_addc(&n, 0x55);
	asn1_put(&body, TAG_INTEGER, STR("\0"));
	asn1_put(&body, TAG_INTEGER, buf_str(&n));
	for (i = 0; i < 7; i++)
		asn1_put(&body, TAG_INTEGER, STR("\x03"));
	asn1_put(der, TAG_SEQUENCE, buf_str(&body));
}

static void
privkey_rsa__takes_absurd_sizes_at_once_or_not_at_all(void **state)
{
	AUTO(buf) struct buf der, longer;
	struct ssh_run *t;

	(void)state;
	privkey_absurd(&der, 60000);
	privkey_absurd(&longer, 70000);
	t = ssh_new(buf_str(&der), "x");
	assert_ok(privkey_rsa(&t->in, t->in.bytes, 0, &t->e), &t->e);
	assert_line(t, "\"bits\":479999");
	assert_int_equal(privkey_rsa(&t->in, buf_str(&longer), 0, &t->e),
	    MU_ELIMIT);
	ssh_free(t);
}

static void
privkey_put__refuses_a_dsa_prime_that_takes_long(void **state)
{
	AUTO(buf) struct buf numbers, alg, body, key, der, n;
	struct ssh_run *t;
	size_t i;

	(void)state;
	buf_init(&numbers, 65536);
	buf_init(&alg, 65536);
	buf_init(&body, 65536);
	buf_init(&key, 65536);
	buf_init(&der, 65536);
	buf_init(&n, 65536);
	for (i = 0; i < 8000; i++)
		buf_addc(&n, 0x55);
	for (i = 0; i < 3; i++)
		asn1_put(&numbers, TAG_INTEGER, buf_str(&n));
	buf_add(&body, STR("\x06\x07\x2a\x86\x48\xce\x38\x04\x01"));
	asn1_put(&body, TAG_SEQUENCE, buf_str(&numbers));
	asn1_put(&alg, TAG_INTEGER, STR("\0"));
	asn1_put(&alg, TAG_SEQUENCE, buf_str(&body));
	asn1_put(&key, TAG_INTEGER, STR("\x55\x55"));
	asn1_put(&alg, TAG_OCTETS, buf_str(&key));
	asn1_put(&der, TAG_SEQUENCE, buf_str(&alg));
	t = ssh_new(buf_str(&der), "x");
	assert_int_equal(privkey_put(&t->in, t->in.bytes, 0, &t->e), MU_ELIMIT);
	ssh_free(t);
}

int
main(void)
{
	/* The first looks at all memory: others leave keys of their own. */
	const struct CMUnitTest tests[] = {
		TEST(privkey__leaves_no_byte_of_the_private_number_behind),
		TEST(privkey__agrees_with_openssl_on_the_public_half),
		TEST(privkey__takes_a_public_key_for_no_identity),
		TEST(privkey__names_a_closed_key_by_its_fingerprint),
		TEST(privkey__keeps_a_key_of_an_unknown_algorithm),
		TEST(privkey__takes_the_kind_from_the_path_or_the_place),
		TEST(privkey_put__refuses_every_shorter_piece),
		TEST(privkey_spki__holds_no_byte_of_the_private_number),
		TEST(privkey_public__refuses_what_is_no_key_of_its_algorithm),
		TEST(privkey_rsa__takes_absurd_sizes_at_once_or_not_at_all),
		TEST(privkey_put__refuses_a_dsa_prime_that_takes_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
