#include "decode/sshcert.h"

#include "ssh.h"

/* What ssh-keygen -L says, in tests/cases/sshkey/certs.txt. */
static void
sshcert_blob__agrees_with_ssh_keygen(void **state)
{
	static const struct {
		const char *file, *serial, *id;
		enum sshcert_type type;
		int64_t after_s, before_s;
		size_t names;
		const char *first;
	} t[] = {
		{ "sshkey/user-cert.pub", "2a", "ada until spring",
		    SSHCERT_USER, 1767225600, 1775001600, 2, "ada" },
		{ "sshkey/host-cert.pub", "7", "web1", SSHCERT_HOST, CLOCK_NONE,
		    CLOCK_NONE, 2, "web1" },
		{ "sshkey/rsa-cert.pub", "0", "no principals", SSHCERT_USER,
		    CLOCK_NONE, CLOCK_NONE, 0, "" },
		{ "sshkey/sk-cert.pub", "0", "token", SSHCERT_USER, CLOCK_NONE,
		    1893456000, 1, "ada" },
	};
	AUTO(arena) struct arena *a = arena_new((size_t)1 << 20);
	AUTO(buf) struct buf text;
	struct sshcert c;
	struct err e = { 0 };
	size_t i;

	(void)state;
	ssh_case(&text, "sshkey/certs.txt");
	for (i = 0; i < MU_COUNT(t); i++) {
		AUTO(buf) struct buf blob;

		ssh_blob(&blob, t[i].file);
		assert_ok(sshcert_blob(buf_str(&blob), a, &c, &e), &e);
		assert_str(c.serial, t[i].serial);
		assert_str(c.id, t[i].id);
		assert_str(c.sig, "ssh-ed25519");
		assert_int_equal(c.type, t[i].type);
		assert_int_equal(c.after_s, t[i].after_s);
		assert_int_equal(c.before_s, t[i].before_s);
		assert_int_equal(c.n_names, t[i].names);
		if (c.n_names != 0)
			assert_str(c.names[0], t[i].first);
		assert_true(str_find(buf_str(&text), c.key.ssh_fp) != SIZE_MAX);
		assert_true(str_find(buf_str(&text), c.ca_fp) != SIZE_MAX);
		assert_false(str_eq(c.ca_fp, c.key.ssh_fp));
	}
}

static void
sshcert_blob__holds_the_key_that_stands_alone(void **state)
{
	static const char *const t[][2] = {
		{ "sshkey/user-cert.pub", "sshkey/ed25519_key.pub" },
		{ "sshkey/host-cert.pub", "sshkey/ec256_key.pub" },
		{ "sshkey/rsa-cert.pub", "sshkey/rsa2048_key.pub" },
		{ "sshkey/sk-cert.pub", "sshkey/sk_ed25519_key.pub" },
	};
	AUTO(arena) struct arena *a = arena_new((size_t)1 << 20);
	struct sshcert c;
	struct sshkey k;
	struct err e = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		AUTO(buf) struct buf cert, key;

		ssh_blob(&cert, t[i][0]);
		ssh_blob(&key, t[i][1]);
		assert_ok(sshcert_blob(buf_str(&cert), a, &c, &e), &e);
		assert_ok(sshkey_blob(buf_str(&key), a, &k, &e), &e);
		assert_true(str_eq(c.key.key, k.key));
		assert_false(str_eq(c.cred, k.key));
	}
}

static void
sshcert_blob__refuses_every_truncation_and_a_byte_too_many(void **state)
{
	static const char *const t[] = { "sshkey/user-cert.pub",
		"sshkey/host-cert.pub", "sshkey/sk-cert.pub" };
	AUTO(arena) struct arena *a = arena_new((size_t)16 << 20);
	struct sshcert c;
	struct err e = { 0 };
	size_t i, n;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		AUTO(buf) struct buf blob;

		ssh_blob(&blob, t[i]);
		for (n = 0; n < blob.n; n++)
			assert_int_equal(sshcert_blob(str_of(blob.p, n), a, &c,
					     &e),
			    MU_EFORMAT);
		buf_addc(&blob, 'x');
		assert_int_equal(sshcert_blob(buf_str(&blob), a, &c, &e),
		    MU_EFORMAT);
	}
}

/* The bytes of ${blob} that hold ${from} become ${to}, of the same length. */
static void
patch(struct buf *blob, struct str from, struct str to)
{
	size_t i, at = str_find(buf_str(blob), from);

	assert_true(at != SIZE_MAX && from.n == to.n);
	for (i = 0; i < to.n; i++)
		blob->p[at + i] = to.p[i];
}

static void
sshcert_blob__refuses_a_third_kind_and_types_not_known(void **state)
{
	AUTO(arena) struct arena *a = arena_new((size_t)1 << 20);
	AUTO(buf) struct buf kind, type;
	struct sshcert c;
	struct err e = { 0 };

	(void)state;
	/* Serial 42, then the type: 1 is a user's, 3 is nobody's. */
	ssh_blob(&kind, "sshkey/user-cert.pub");
	patch(&kind, STR("\x2a\0\0\0\1"), STR("\x2a\0\0\0\3"));
	assert_int_equal(sshcert_blob(buf_str(&kind), a, &c, &e), MU_EFORMAT);
	ssh_blob(&type, "sshkey/user-cert.pub");
	patch(&type, STR("ssh-ed25519-cert"), STR("ssh-ed25518-cert"));
	assert_int_equal(sshcert_blob(buf_str(&type), a, &c, &e),
	    MU_EUNSUPPORTED);
}

static void
sshcert_blob__refuses_principals_that_do_not_fill_their_field(void **state)
{
	AUTO(arena) struct arena *a = arena_new((size_t)1 << 20);
	AUTO(buf) struct buf blob;
	struct sshcert c;
	struct err e = { 0 };

	(void)state;
	ssh_blob(&blob, "sshkey/user-cert.pub");
	patch(&blob, STR("\0\0\0\3ada"), STR("\0\0\0\4ada"));
	assert_int_equal(sshcert_blob(buf_str(&blob), a, &c, &e), MU_EFORMAT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(sshcert_blob__agrees_with_ssh_keygen),
		TEST(sshcert_blob__holds_the_key_that_stands_alone),
		TEST(
		    sshcert_blob__refuses_every_truncation_and_a_byte_too_many),
		TEST(sshcert_blob__refuses_a_third_kind_and_types_not_known),
		TEST(
		    sshcert_blob__refuses_principals_that_do_not_fill_their_field),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
