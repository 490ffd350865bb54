#include "decode/x509.h"

#include "base/mem.h"
#include "decode/pem.h"
#include "ssh.h"

static const char *const cases[] = { "ancient", "both", "chainroot", "client",
	"ed25519", "ed448", "expired", "forever", "hostile", "later", "many",
	"md5", "middle", "names", "negative", "nocn", "p256", "p384", "pss",
	"rollover", "rsa2048", "rsa4096ca", "rsa512", "server", "sha1",
	"signer", "strange", "twocn", "utf8", "v1", "zero" };

/* tests/cases/x509/NAME${tail} in ${b}. */
static void
x509_case(struct buf *b, const char *name, const char *tail)
{
	AUTO(buf) struct buf path;

	buf_init(&path, 256);
	buf_addf(&path, "x509/%s%s", name, tail);
	buf_addc(&path, '\0');
	ssh_case(b, path.p);
}

/* The first block of tests/cases/x509/NAME.pem in ${der}. */
static void
x509_der(struct buf *der, const char *name)
{
	AUTO(buf) struct buf text;
	struct pem at = { 0 };
	struct pem_block b;
	struct err e;

	x509_case(&text, name, ".pem");
	buf_init(der, (size_t)1 << 20);
	at.rest = buf_str(&text);
	assert_true(pem_next(&at, &b));
	assert_ok(pem_bytes(&b, der, &e), &e);
}

static void
x509_same(const char *file, struct str what, struct str got, struct str want)
{

	if (!str_eq(got, want))
		fail_msg("%s: " STR_FMT ": got '" STR_FMT "', want '" STR_FMT
			 "'",
		    file, STR_ARG(what), STR_ARG(got), STR_ARG(want));
}

/* A number, in the words of the .expect files. */
static void
x509_same_int(const char *file, struct str what, int64_t got, struct str want)
{
	AUTO(buf) struct buf b;

	buf_init(&b, 64);
	buf_addf(&b, "%lld", (long long)got);
	x509_same(file, what, buf_str(&b), want);
}

static void
x509_line(const char *file, const struct x509 *x, struct str what,
    struct str want, size_t *names)
{
	const struct {
		const char *word;
		struct str got;
	} texts[] = {
		{ "sha256", str_skip(x->key, 5) },
		{ "spki", x->pkey.spki },
		{ "subject", x->subject },
		{ "issuer", x->issuer },
		{ "serial", x->serial },
		{ "alg", x->pkey.alg },
		{ "sig", x->sig },
		{ "usage", x->usage },
		{ "ca", str_from(word_of(&word_tri, (int)x->ca)) },
		{ "self", str_from(word_of(&word_tri, (int)x->self_signed)) },
		{ "v1", x->v1 ? STR("yes") : STR("no") },
	};
	size_t i;

	for (i = 0; i < MU_COUNT(texts); i++)
		if (str_eq(what, str_from(texts[i].word))) {
			x509_same(file, what, texts[i].got, want);
			return;
		}
	if (str_eq(what, STR("bits"))) {
		x509_same_int(file, what, x->pkey.bits, want);
	} else if (str_eq(what, STR("not_before"))) {
		x509_same_int(file, what, x->not_before, want);
	} else if (str_eq(what, STR("not_after"))) {
		if (str_eq(want, STR("253402300799")))
			assert_true(x->not_after == CLOCK_NONE);
		else
			x509_same_int(file, what, x->not_after, want);
	} else if (str_eq(what, STR("name"))) {
		assert_true(*names < x->n_names);
		x509_same(file, what, x->names[(*names)++], want);
	} else {
		fail_msg("%s: what is " STR_FMT "?", file, STR_ARG(what));
	}
}

static void
x509_read__agrees_with_openssl(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(cases); i++) {
		AUTO(arena) struct arena *a = arena_new((size_t)8 << 20);
		AUTO(buf) struct buf der, want;
		struct str text, line, what;
		struct x509 x;
		struct err e;
		size_t names = 0, lines = 0;

		x509_der(&der, cases[i]);
		assert_ok(x509_read(buf_str(&der), a, &x, &e), &e);
		assert_null(x.fault);
		x509_case(&want, cases[i], ".expect");
		for (text = buf_str(&want); str_line(&text, &line); lines++) {
			(void)str_cut(line, ' ', &what, &line);
			x509_line(cases[i], &x, what, line, &names);
		}
		assert_true(lines >= 14);
		if (names != 0)
			assert_int_equal(names, x.n_names);
	}
}

static void
x509_read__keeps_every_one_of_2000_names(void **state)
{
	AUTO(arena) struct arena *a = arena_new((size_t)8 << 20);
	AUTO(buf) struct buf der;
	struct x509 x;
	struct err e;

	(void)state;
	x509_der(&der, "many");
	assert_ok(x509_read(buf_str(&der), a, &x, &e), &e);
	assert_int_equal(x.n_names, 2000);
	assert_str(x.names[0], "host0001.example.com");
	assert_str(x.names[1999], "host2000.example.com");
}

static void
x509_read__refuses_every_shorter_piece(void **state)
{
	AUTO(arena) struct arena *a = arena_new((size_t)8 << 20);
	AUTO(buf) struct buf der;
	struct x509 x;
	struct err e;
	size_t n;

	(void)state;
	x509_der(&der, "p256");
	for (n = 0; n < der.n; n++)
		assert_int_equal(x509_read(str_head(buf_str(&der), n), a, &x,
				     &e),
		    MU_EFORMAT);
	assert_ok(x509_read(buf_str(&der), a, &x, &e), &e);
}

static void
x509_read__refuses_what_is_too_long(void **state)
{
	AUTO(arena) struct arena *a = arena_new((size_t)8 << 20);
	AUTO(buf) struct buf der;
	struct x509 x;
	struct err e;

	(void)state;
	x509_der(&der, "p256");
	while (der.n <= X509_BYTES_MAX)
		buf_addc(&der, '\0');
	assert_int_equal(x509_read(buf_str(&der), a, &x, &e), MU_ELIMIT);
}

static void
x509_read__says_when_the_arena_is_full(void **state)
{
	AUTO(arena) struct arena *a = arena_new(4096);
	AUTO(buf) struct buf der;
	struct x509 x;
	struct err e;

	(void)state;
	x509_der(&der, "many");
	assert_int_equal(x509_read(buf_str(&der), a, &x, &e), MU_ELIMIT);
}

/* Change the bytes ${from} in ${b} to ${to}, which is as long, once. */
static void
x509_patch(struct buf *b, struct str from, struct str to)
{
	size_t at = str_find(buf_str(b), from);

	assert_true(at != SIZE_MAX && from.n == to.n);
	mem_copy(b->p + at, b->n - at, to.p, to.n);
}

static void
x509_read__shows_a_nul_in_a_name(void **state)
{
	AUTO(arena) struct arena *a = arena_new((size_t)8 << 20);
	AUTO(buf) struct buf der;
	struct x509 x;
	struct err e;

	(void)state;
	x509_der(&der, "server");
	x509_patch(&der, STR("server.example.com"), STR("server\0example.com"));
	x509_patch(&der, STR("server.internal"), STR("server\0internal"));
	assert_ok(x509_read(buf_str(&der), a, &x, &e), &e);
	assert_str(x.cn, "server\\x00example.com");
	assert_str(x.names[1], "server\\x00internal");
}

static void
x509_read__keeps_a_certificate_whose_date_is_none(void **state)
{
	AUTO(arena) struct arena *a = arena_new((size_t)8 << 20);
	AUTO(buf) struct buf der;
	struct x509 x;
	struct err e;

	(void)state;
	x509_der(&der, "expired");
	x509_patch(&der, STR("110101000000Z"), STR("111332000000Z"));
	assert_ok(x509_read(buf_str(&der), a, &x, &e), &e);
	assert_true(x.not_after == CLOCK_NONE);
	assert_true(x.not_before == 1262304000);
	assert_non_null(x.fault);
}

static void
x509_read__says_no_where_the_own_key_did_not_sign(void **state)
{
	AUTO(arena) struct arena *a = arena_new((size_t)8 << 20);
	AUTO(buf) struct buf der;
	struct x509 x;
	struct err e;

	(void)state;
	x509_der(&der, "p256");
	der.p[der.n - 1] ^= 1;
	assert_ok(x509_read(buf_str(&der), a, &x, &e), &e);
	assert_int_equal(x.self_signed, TRI_NO);
}

static void
x509_read__keeps_a_certificate_whose_key_is_none(void **state)
{
	AUTO(arena) struct arena *a = arena_new((size_t)8 << 20);
	AUTO(buf) struct buf der;
	struct x509 x;
	struct err e;

	(void)state;
	x509_der(&der, "server");
	/* An uncompressed point of P-256, made one of no form. */
	x509_patch(&der, STR("\x03\x42\x00\x04"), STR("\x03\x42\x00\x05"));
	assert_ok(x509_read(buf_str(&der), a, &x, &e), &e);
	assert_int_equal(x.pkey.spki.n, 64);
	assert_int_equal(x.pkey.alg.n, 0);
	assert_str(x.cn, "server.example.com");
	assert_non_null(x.fault);
}

/* A run of x509_put over tests/cases/x509/NAME.pem. */
static struct ssh_run *
x509_run(const char *name, enum id_kind kind)
{
	AUTO(buf) struct buf der;
	struct ssh_run *t;

	x509_der(&der, name);
	t = ssh_new(buf_str(&der), "etc/ssl/x.pem");
	t->in.kind = kind;
	assert_ok(x509_put(&t->in, t->in.bytes, 3, &t->e), &t->e);
	return t;
}

static void
x509_put__makes_an_identity_of_a_leaf(void **state)
{
	struct ssh_run *t = x509_run("server", ID_KINDS);

	(void)state;
	assert_line(t, "\"type\":\"identity\"", "\"kind\":\"tls_cert\"",
	    "\"key\":\"tls:", "\"name\":\"server.example.com\"",
	    "\"internet\":\"yes\"");
	assert_no_line(t, "\"key\":\"tls:spki:");
	assert_line(t, "\"type\":\"credential\"", "\"kind\":\"x509\"",
	    "\"key\":\"x509:", "\"identity\":\"tls:",
	    "\"names\":[\"server.example.com\",\"server.internal\"]",
	    "\"usage\":\"server_auth\"", "\"by\":\"in_band\"");
	assert_line(t, "\"type\":\"sighting\"", "\"role\":\"public\"",
	    "\"locator\":\"etc/ssl/x.pem#3\"");
	assert_no_line(t, "\"type\":\"gap\"");
	ssh_free(t);
}

static void
x509_put__makes_no_identity_of_an_authority(void **state)
{
	static const char *const names[] = { "rsa4096ca", "middle",
		"rollover" };
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(names); i++) {
		struct ssh_run *t = x509_run(names[i], ID_KINDS);

		assert_no_line(t, "\"type\":\"identity\"");
		assert_no_line(t, "\"identity\":");
		assert_line(t, "\"type\":\"credential\"");
		assert_line(t, "\"role\":\"trusted\"");
		ssh_free(t);
	}
}

static void
x509_put__takes_a_self_signed_one_for_a_host_as_the_hosts(void **state)
{
	struct ssh_run *t = x509_run("v1", ID_KINDS);

	(void)state;
	assert_line(t, "\"type\":\"identity\"", "\"kind\":\"tls_cert\"",
	    "\"name\":\"v1.example.com\"");
	assert_line(t, "\"role\":\"public\"");
	ssh_free(t);
}

static void
x509_put__takes_the_kind_from_usages_or_the_place(void **state)
{
	static const struct {
		const char *name;
		enum id_kind place;
		const char *kind;
	} t[] = {
		{ "server", ID_KINDS, "\"kind\":\"tls_cert\"" },
		{ "both", ID_KINDS, "\"kind\":\"tls_cert\"" },
		{ "client", ID_KINDS, "\"kind\":\"client_cert\"" },
		{ "signer", ID_KINDS, "\"kind\":\"signing_key\"" },
		{ "p256", ID_KINDS, "\"kind\":\"tls_cert\"" },
		{ "p256", ID_VPN_PEER, "\"kind\":\"vpn_peer\"" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		struct ssh_run *r = x509_run(t[i].name, t[i].place);

		assert_line(r, "\"type\":\"identity\"", t[i].kind);
		ssh_free(r);
	}
}

static void
x509_put__keeps_self_signed_ones_apart_by_key(void **state)
{
	struct ssh_run *t = x509_run("rsa2048", ID_KINDS);

	(void)state;
	assert_line(t, "\"type\":\"identity\"", "\"key\":\"tls:spki:");
	assert_line(t, "\"self_signed\":\"yes\"");
	ssh_free(t);
}

static void
x509_put__leaves_the_expiry_out_where_there_is_none(void **state)
{
	struct ssh_run *t = x509_run("forever", ID_KINDS);

	(void)state;
	assert_line(t, "\"type\":\"credential\"", "\"created\":");
	assert_no_line(t, "\"expires\":");
	assert_no_line(t, "\"type\":\"gap\"");
	ssh_free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(x509_put__takes_a_self_signed_one_for_a_host_as_the_hosts),
		TEST(x509_read__agrees_with_openssl),
		TEST(x509_read__keeps_every_one_of_2000_names),
		TEST(x509_read__refuses_every_shorter_piece),
		TEST(x509_read__refuses_what_is_too_long),
		TEST(x509_read__says_when_the_arena_is_full),
		TEST(x509_read__shows_a_nul_in_a_name),
		TEST(x509_read__keeps_a_certificate_whose_date_is_none),
		TEST(x509_read__keeps_a_certificate_whose_key_is_none),
		TEST(x509_read__says_no_where_the_own_key_did_not_sign),
		TEST(x509_put__makes_an_identity_of_a_leaf),
		TEST(x509_put__makes_no_identity_of_an_authority),
		TEST(x509_put__takes_the_kind_from_usages_or_the_place),
		TEST(x509_put__keeps_self_signed_ones_apart_by_key),
		TEST(x509_put__leaves_the_expiry_out_where_there_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
