#include "decode/sshkey.h"

#include "base/mem.h"
#include "ssh.h"

#define WANT_KEYS 14

static void
sshkey_blob__agrees_with_ssh_keygen_and_openssl(void **state)
{
	AUTO(arena) struct arena *a = arena_new((size_t)1 << 20);
	AUTO(buf) struct buf want, path, bits;
	struct ssh_want w;
	struct sshkey k;
	struct str text;
	struct err e = { 0 };
	size_t n = 0;

	(void)state;
	buf_init(&path, 256);
	buf_init(&bits, 32);
	ssh_case(&want, "sshkey/want.tsv");
	for (text = buf_str(&want); ssh_next(&text, &w); n++) {
		AUTO(buf) struct buf blob;
		bool plain = !str_eq(w.spki, STR("-"));

		ssh_blob(&blob, ssh_path(&path, &w, ".pub"));
		assert_ok(sshkey_blob(buf_str(&blob), a, &k, &e), &e);
		buf_reset(&bits);
		buf_addf(&bits, "%lld", (long long)k.bits);
		assert_true(str_eq(buf_str(&bits), w.bits));
		assert_true(str_eq(k.ssh_fp, w.fp));
		assert_true(str_eq(k.spki, plain ? w.spki : STR_NONE));
		assert_true(str_starts(k.key,
		    plain ? STR("spki:") : STR("ssh:")));
		assert_true(str_ends(k.key, plain ? w.spki : w.fp));
	}
	assert_int_equal(n, WANT_KEYS);
}

static void
sshkey_blob__names_the_algorithm(void **state)
{
	static const char *const t[][2] = { { "dsa_key", "dsa" },
		{ "ec521_key", "ec" }, { "ed25519_key", "ed25519" },
		{ "ed448_key", "ed448" }, { "rsa1024_key", "rsa" },
		{ "sk_ec_key", "sk-ec" }, { "sk_ed25519_key", "sk-ed25519" } };
	AUTO(arena) struct arena *a = arena_new((size_t)1 << 20);
	AUTO(buf) struct buf path;
	struct ssh_want w;
	struct sshkey k;
	struct err e = { 0 };
	size_t i;

	(void)state;
	buf_init(&path, 256);
	for (i = 0; i < MU_COUNT(t); i++) {
		AUTO(buf) struct buf blob;

		w.name = str_from(t[i][0]);
		ssh_blob(&blob, ssh_path(&path, &w, ".pub"));
		assert_ok(sshkey_blob(buf_str(&blob), a, &k, &e), &e);
		assert_str(k.alg, t[i][1]);
	}
}

static void
sshkey_blob__refuses_every_truncation_and_a_byte_too_many(void **state)
{
	AUTO(arena) struct arena *a = arena_new((size_t)16 << 20);
	AUTO(buf) struct buf want, path;
	struct ssh_want w;
	struct sshkey k;
	struct str text;
	struct err e = { 0 };
	size_t n;

	(void)state;
	buf_init(&path, 256);
	ssh_case(&want, "sshkey/want.tsv");
	for (text = buf_str(&want); ssh_next(&text, &w);) {
		AUTO(buf) struct buf blob;

		ssh_blob(&blob, ssh_path(&path, &w, ".pub"));
		for (n = 0; n < blob.n; n++)
			assert_int_equal(sshkey_blob(str_of(blob.p, n), a, &k,
					     &e),
			    MU_EFORMAT);
		buf_addc(&blob, 'x');
		assert_int_equal(sshkey_blob(buf_str(&blob), a, &k, &e),
		    MU_EFORMAT);
	}
}

#define BLOB(lit) STR(lit)
#define RSA       "\0\0\0\7ssh-rsa"
#define EXP       "\0\0\0\3\1\0\1"
#define ED        "\0\0\0\13ssh-ed25519"
#define EC        "\0\0\0\23ecdsa-sha2-nistp256"

static void
sshkey_blob__refuses_wrong_numbers_curves_and_names(void **state)
{
	static const struct {
		const char *why;
		struct str blob;
		int code;
	} t[] = {
		/* clang-format off */
		{ "a small modulus is a key", { RSA EXP "\0\0\0\2\0\x81", 24 }, 0 },
		{ "negative", { RSA EXP "\0\0\0\1\x81", 23 }, MU_EFORMAT },
		{ "zero", { RSA EXP "\0\0\0\1\0", 23 }, MU_EFORMAT },
		{ "empty", { RSA EXP "\0\0\0\0", 22 }, MU_EFORMAT },
		{ "no exponent", { RSA "\0\0\0\0\0\0\0\1\5", 20 }, MU_EFORMAT },
		{ "a length of 4 GB", { RSA "\xff\xff\xff\xff", 15 }, MU_EFORMAT },
		{ "31 bytes", { ED "\0\0\0\37aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		    50 }, MU_EFORMAT },
		{ "32 bytes", { ED "\0\0\0\40aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		    51 }, 0 },
		{ "another curve", { EC "\0\0\0\10nistp384\0\0\0\1\4", 40 },
		    MU_EFORMAT },
		{ "a name of blanks", { "\0\0\0\3a b", 7 }, MU_EFORMAT },
		{ "no name", { "\0\0\0\0", 4 }, MU_EFORMAT },
		{ "nothing", { "", 0 }, MU_EFORMAT },
		{ "a type of tomorrow", { "\0\0\0\10ssh-next1234", 16 }, 0 },
		{ "a certificate",
		    { "\0\0\0\34ssh-rsa-cert-v01@openssh.com", 32 },
		    MU_EUNSUPPORTED },
		/* clang-format on */
	};
	AUTO(arena) struct arena *a = arena_new((size_t)1 << 20);
	struct sshkey k;
	struct err e = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++)
		if (sshkey_blob(t[i].blob, a, &k, &e) != t[i].code)
			fail_msg("%s: %s", t[i].why, e.text);
}

static void
sshkey_blob__takes_a_compressed_point_for_no_key(void **state)
{
	AUTO(arena) struct arena *a = arena_new((size_t)1 << 20);
	AUTO(buf) struct buf blob;
	struct sshkey k;
	struct err e = { 0 };

	(void)state;
	ssh_blob(&blob, "sshkey/ec256_key.pub");
	assert_int_equal(blob.p[blob.n - 65], 0x04);
	blob.p[blob.n - 65] = 0x02;
	assert_int_equal(sshkey_blob(buf_str(&blob), a, &k, &e), MU_EFORMAT);
}

static void
sshkey_blob__caps_numbers_at_16384_bits(void **state)
{
	AUTO(arena) struct arena *a = arena_new((size_t)1 << 20);
	AUTO(buf) struct buf blob;
	struct sshkey k;
	struct err e = { 0 };
	size_t i, bytes;

	(void)state;
	buf_init(&blob, 8192);
	for (bytes = 2048; bytes <= 2049; bytes++) {
		buf_reset(&blob);
		buf_add(&blob, STR(RSA EXP "\0\0"));
		buf_addc(&blob, (char)(bytes >> 8));
		buf_addc(&blob, (char)(bytes & 0xff));
		for (i = 0; i < bytes; i++)
			buf_addc(&blob, 0x7f);
		assert_int_equal(sshkey_blob(buf_str(&blob), a, &k, &e),
		    bytes == 2048 ? MU_OK : MU_EFORMAT);
	}
	assert_int_equal(k.bits, 16383);
}

static void
sshkey_blob__keeps_an_unknown_type_by_its_fingerprint(void **state)
{
	AUTO(arena) struct arena *a = arena_new((size_t)1 << 20);
	struct sshkey k;
	struct err e = { 0 };

	(void)state;
	assert_ok(sshkey_blob(BLOB("\0\0\0\10ssh-next1234"), a, &k, &e), &e);
	assert_str(k.type, "ssh-next");
	assert_int_equal(k.alg.n, 0);
	assert_int_equal(k.bits, REC_NO_INT);
	assert_int_equal(k.spki.n, 0);
	/* printf '\0\0\0\10ssh-next1234' | openssl dgst -sha256 -binary | base64 */
	assert_str(k.key, "ssh:SHA256:"
			  "IP2OK+58OUS9QF6BBIr56WOf/GPP0nEV/l+TaaAlygA");
}

/* Every private key of want.tsv: its public half alone, and all of that. */
static void
sshkey_private__gives_the_public_half(void **state)
{
	AUTO(buf) struct buf want, path;
	struct ssh_want w;
	struct str text;

	(void)state;
	buf_init(&path, 256);
	ssh_case(&want, "sshkey/want.tsv");
	for (text = buf_str(&want); ssh_next(&text, &w);) {
		AUTO(buf) struct buf body;
		struct ssh_run *t;
		bool enc = str_find(w.name, STR("enc")) != SIZE_MAX;
		char spki[65] = "", name[128];

		if (str_eq(w.spki, STR("-")) ||
		    str_starts(w.name, STR("ed448")))
			continue;
		ssh_body(&body, ssh_path(&path, &w, ""));
		mem_copy(spki, 64, w.spki.p, w.spki.n);
		t = ssh_new(STR_NONE, "home/ada/.ssh/id_x");
		assert_ok(sshkey_private(&t->in, buf_str(&body), 3, &t->e),
		    &t->e);
		(void)snprintf(name, sizeof(name), "\"name\":\"" STR_FMT "\"",
		    STR_ARG(enc || w.comment.n == 0 ? STR("id_x of ada") :
						      w.comment));
		assert_line(t, "\"type\":\"identity\"", spki, name,
		    "\"kind\":\"ssh_key\"", "\"asset\":\"host:t\"");
		assert_line(t, "\"type\":\"credential\"", spki,
		    enc ? "\"encrypted\":\"yes\"" : "\"encrypted\":\"no\"",
		    "\"kind\":\"keypair\"", "\"ssh_fp\":\"SHA256:");
		assert_line(t, "\"type\":\"sighting\"", spki,
		    "\"role\":\"private\"", "id_x#3\"");
		ssh_free(t);
	}
}

static void
sshkey_private__tells_the_cipher_of_an_encrypted_key(void **state)
{
	AUTO(buf) struct buf body;
	struct ssh_run *t = ssh_new(STR_NONE, "home/ada/.ssh/id_x");

	(void)state;
	ssh_body(&body, "sshkey/ed25519_enc_key");
	assert_ok(sshkey_private(&t->in, buf_str(&body), 1, &t->e), &t->e);
	assert_line(t, "\"type\":\"sighting\"",
	    "encrypted by aes256-gcm@openssh.com, key from bcrypt");
	assert_no_line(t, "hidden comment");
	ssh_free(t);
}

static void
sshkey_private__of_a_host_is_the_server_itself(void **state)
{
	AUTO(buf) struct buf body;
	struct ssh_run *t = ssh_new(STR_NONE, "etc/ssh/ssh_host_ed25519_key");

	(void)state;
	t->in.kind = ID_HOST_KEY;
	ssh_body(&body, "sshkey/ed25519_key");
	assert_ok(sshkey_private(&t->in, buf_str(&body), 1, &t->e), &t->e);
	assert_line(t, "\"type\":\"identity\"", "\"key\":\"sshd:host:t\"",
	    "\"kind\":\"host_key\"", "\"name\":\"SSH server on web1\"");
	assert_line(t, "\"type\":\"credential\"",
	    "\"key\":\"spki:", "\"identity\":\"sshd:host:t\"");
	assert_no_line(t, "owner_by");
	ssh_free(t);
}

static void
sshkey_private__takes_the_owner_from_the_comment(void **state)
{
	AUTO(buf) struct buf body;
	struct ssh_run *t = ssh_new(STR_NONE, "srv/key");

	(void)state;
	ssh_body(&body, "sshkey/ed25519_key");
	assert_ok(sshkey_private(&t->in, buf_str(&body), 1, &t->e), &t->e);
	assert_line(t, "\"name\":\"ada@laptop\"", "\"owner\":\"ada\"",
	    "\"owner_by\":\"comment of the key\"", "\"owner_pct\":60");
	ssh_free(t);
}

static void
sshkey_private__refuses_every_truncation(void **state)
{
	AUTO(buf) struct buf body;
	size_t n;

	(void)state;
	ssh_body(&body, "sshkey/ed25519_key");
	for (n = 0; n < body.n; n++) {
		struct ssh_run *t = ssh_new(STR_NONE, "k");

		assert_int_equal(sshkey_private(&t->in, str_of(body.p, n), 1,
				     &t->e),
		    MU_EFORMAT);
		assert_int_equal(t->out.n, 0);
		ssh_free(t);
	}
}

static void
sshkey_private__leaves_two_keys_in_one_file_alone(void **state)
{
	AUTO(buf) struct buf body;
	struct ssh_run *t = ssh_new(STR_NONE, "k");
	size_t at;

	(void)state;
	ssh_body(&body, "sshkey/ed25519_key");
	/* magic, "none", "none", "": the number of keys follows. */
	at = 15 + 8 + 8 + 4 + 3;
	assert_int_equal(body.p[at], 1);
	body.p[at] = 2;
	assert_int_equal(sshkey_private(&t->in, buf_str(&body), 1, &t->e),
	    MU_EUNSUPPORTED);
	ssh_free(t);
}

static void
sshkey_private__does_without_a_comment_that_cannot_be_had(void **state)
{
	AUTO(buf) struct buf body;
	struct ssh_run *t = ssh_new(STR_NONE, "home/ada/.ssh/id_x");
	size_t at;

	(void)state;
	ssh_body(&body, "sshkey/ed25519_key");
	/* The first byte of the first check number, after the public half. */
	at = 15 + 8 + 8 + 4 + 4 + 4 + 51 + 4;
	body.p[at] ^= 1;
	assert_ok(sshkey_private(&t->in, buf_str(&body), 1, &t->e), &t->e);
	assert_line(t, "\"name\":\"id_x of ada\"");
	ssh_free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(sshkey_blob__agrees_with_ssh_keygen_and_openssl),
		TEST(sshkey_blob__names_the_algorithm),
		TEST(sshkey_blob__refuses_every_truncation_and_a_byte_too_many),
		TEST(sshkey_blob__refuses_wrong_numbers_curves_and_names),
		TEST(sshkey_blob__takes_a_compressed_point_for_no_key),
		TEST(sshkey_blob__caps_numbers_at_16384_bits),
		TEST(sshkey_blob__keeps_an_unknown_type_by_its_fingerprint),
		TEST(sshkey_private__gives_the_public_half),
		TEST(sshkey_private__tells_the_cipher_of_an_encrypted_key),
		TEST(sshkey_private__of_a_host_is_the_server_itself),
		TEST(sshkey_private__takes_the_owner_from_the_comment),
		TEST(sshkey_private__refuses_every_truncation),
		TEST(sshkey_private__leaves_two_keys_in_one_file_alone),
		TEST(sshkey_private__does_without_a_comment_that_cannot_be_had),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
