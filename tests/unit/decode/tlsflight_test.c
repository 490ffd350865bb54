/*
 * Flights of openssl s_server; hashes are of `openssl x509 -outform DER |
 * sha256sum` when they were recorded: tests/cases/tlsflight/make.sh.
 */

#include "decode/tlsflight.h"

#include "base/digest.h"
#include "seen.h"

struct flight {
	struct seen s;
	struct tlsflight f;
};

static int
take(struct flight *t, const char *name)
{
	char path[128];

	(void)snprintf(path, sizeof(path), "tlsflight/%s.bin", name);
	return tlsflight_read(seen_case(&t->s, path), t->s.job, &t->f, &t->s.e);
}

/* The certificates are those whose hashes stand in ${want}, in that order. */
static void
assert_certs(struct flight *t, const char *want)
{
	AUTO(buf) struct buf hex = { 0 };
	AUTO(buf) struct buf file = { 0 };
	struct digest d;
	struct str text, line;
	char path[512];
	size_t i = 0;

	(void)snprintf(path, sizeof(path), "%s/tests/cases/tlsflight/%s",
	    getenv("SRCDIR"), want);
	buf_init(&hex, 128);
	buf_init(&file, 4096);
	assert_ok(fd_read_file(AT_FDCWD, path, &file, &t->s.e), &t->s.e);
	for (text = buf_str(&file); str_line(&text, &line); i++) {
		assert_true(i < t->f.n);
		d = digest_sha256(t->f.certs[i]);
		buf_reset(&hex);
		digest_hex(&hex, digest_str(&d));
		assert_true(str_eq(buf_str(&hex), line));
	}
	assert_true(i != 0);
	assert_int_equal(t->f.n, i);
}

static void
tlsflight__finds_what_openssl_served(void **state)
{
	static const struct {
		const char *name, *want;
	} rows[] = {
		{ "rsa", "rsa.want" }, { "chain", "chain.want" },
		{ "asks", "rsa.want" },    /* for a client's certificate too */
		{ "slivers", "rsa.want" }, /* in records of 7 bytes */
	};
	struct flight t;
	size_t i;

	(void)state;
	seen_init(&t.s, "", NULL, "");
	for (i = 0; i < MU_COUNT(rows); i++) {
		assert_ok(take(&t, rows[i].name), &t.s.e);
		assert_certs(&t, rows[i].want);
		assert_true(t.f.hello && t.f.done);
		assert_int_equal(t.f.alert, TLSFLIGHT_NO_ALERT);
		assert_null(t.f.fault);
	}
	seen_free(&t.s);
}

static void
tlsflight__tells_an_alert(void **state)
{
	struct flight t;

	(void)state;
	seen_init(&t.s, "", NULL, "");
	assert_ok(take(&t, "only13"), &t.s.e);
	assert_int_equal(t.f.alert, TLSFLIGHT_ALERT_VERSION);
	assert_int_equal(t.f.n, 0);
	assert_ok(take(&t, "refused"), &t.s.e);
	assert_int_equal(t.f.alert, TLSFLIGHT_ALERT_HANDSHAKE);
	seen_free(&t.s);
}

static void
tlsflight__bears_what_is_wrong(void **state)
{
	static const struct {
		const char *name;
		size_t certs;
		bool fault, done;
	} rows[] = {
		{ "cut", 0, false, false },
		{ "nothing", 0, false, false },
		{ "length", 0, true, false },
		{ "breaks", 0, true, false },
		{ "empty", 0, false, true },
		{ "zero", 0, true, false },
		{ "many", TLSFLIGHT_CERTS_MAX, true, false },
		{ "junk", 1, false, true },
		{ "garbage", 0, true, false },
		{ "strange", 0, true, false },
	};
	struct flight t;
	size_t i;

	(void)state;
	seen_init(&t.s, "", NULL, "");
	for (i = 0; i < MU_COUNT(rows); i++) {
		assert_ok(take(&t, rows[i].name), &t.s.e);
		if (t.f.n != rows[i].certs || t.f.done != rows[i].done ||
		    (t.f.fault != NULL) != rows[i].fault)
			fail_msg("%s: %zu, %d, %s", rows[i].name, t.f.n,
			    t.f.done, t.f.fault);
	}
	/* What comes after the ServerHelloDone is not looked at. */
	assert_ok(take(&t, "twice"), &t.s.e);
	assert_int_equal(t.f.n, 1);
	seen_free(&t.s);
}

/* Each prefix of a flight, and each with one byte turned over. */
static void
tlsflight__bears_every_cut_and_every_flip(void **state)
{
	static char bytes[4096];
	struct flight t;
	struct str whole;
	size_t i;

	(void)state;
	seen_init(&t.s, "", NULL, "");
	whole = seen_case(&t.s, "tlsflight/rsa.bin");
	assert_true(whole.n < sizeof(bytes));
	for (i = 0; i < whole.n; i++) {
		arena_reset(t.s.job);
		if (tlsflight_read(str_head(whole, i), t.s.job, &t.f, NULL) ==
		    MU_OK)
			assert_false(t.f.done);
		memmove(bytes, whole.p, whole.n);
		bytes[i] = (char)~bytes[i];
		if (tlsflight_read(str_of(bytes, whole.n), t.s.job, &t.f,
			NULL) == MU_OK)
			assert_true(t.f.n <= TLSFLIGHT_CERTS_MAX);
	}
	seen_free(&t.s);
}

static void
tlsflight__is_no_other_protocol(void **state)
{
	static const char *const rows[] = { "", "\x16", "SSH-2.0-x\r\n",
		"HTTP/1.1 400 Bad Request\r\n", "\x17\3\3\1" };
	struct arena *a = arena_new(1 << 20);
	struct tlsflight f;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(rows); i++)
		assert_int_equal(tlsflight_read(str_from(rows[i]), a, &f, NULL),
		    MU_EFORMAT);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(tlsflight__finds_what_openssl_served),
		TEST(tlsflight__tells_an_alert),
		TEST(tlsflight__bears_what_is_wrong),
		TEST(tlsflight__bears_every_cut_and_every_flip),
		TEST(tlsflight__is_no_other_protocol),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
