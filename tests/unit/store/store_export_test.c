#include "feed.h"

#define HEX_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HEX_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

/* Everything that a record can hold, and names that are hard to quote. */
static const char full[] = RUN("1", "1000") HOST IDENT("tls:one", "tls_cert",
    ",\"name\":\"shop \\u0001 \\u009f \xe2\x82\xac\",\"asset\":\"host:a\","
    "\"purpose\":\"shop\",\"owner\":\"ada\",\"owner_by\":\"gecos\","
    "\"owner_pct\":80,\"privileged\":\"no\",\"internet\":\"yes\","
    "\"novel\":{\"a\":[1,2]}") CRED("x509:" HEX_A, "tls:one", "x509",
    ",\"alg\":\"rsa\",\"bits\":2048,\"spki\":\"" HEX_A "\","
    "\"subject\":\"CN=shop\",\"issuer\":\"CN=ca\",\"serial\":\"0a\","
    "\"sig\":\"sha256WithRSAEncryption\",\"usage\":\"server\","
    "\"names\":[\"\",\"\\\"q\\\\\",\"a\\tb\\u0001\",\"\\u009f\"],"
    "\"ca\":\"no\",\"self_signed\":\"no\","
    "\"created\":{\"at\":1,\"by\":\"in_band\"},"
    "\"expires\":{\"at\":2,\"by\":\"in_band\"}") SEEN("x509:" HEX_A,
    "tls.files", "etc/shop.pem#1", "in_use",
    ",\"readers\":\"world\",\"mode\":\"0644\",\"uid\":0,\"gid\":4294967295,"
    "\"owner\":\"root\",\"group\":\"www\",\"detail\":\"d\","
    "\"mtime\":{\"at\":3,\"by\":\"mtime\"}") IDENT("spki:" HEX_A, "signing_key",
    "") CRED("spki:" HEX_A, "spki:" HEX_A, "keypair",
    ",\"spki\":\"" HEX_A "\",\"encrypted\":\"no\"") SEEN("spki:" HEX_A,
    "tls.files", "etc/shop.key", "private",
    "") IDENT("account:host:a:root", "service_account", ",\"uid\":0")
    CRED("secret:" HEX_B, "account:host:a:root", "password",
	",\"fp\":\"" HEX_B "\",\"preview\":\"p\",\"hash\":\"md5\","
	"\"weak\":\"common\",\"length\":8,"
	"\"changed\":{\"at\":4,\"by\":\"registry\"},"
	"\"last_used\":{\"at\":5,\"by\":\"api\"}")
	GRANT("account:host:a:root", "host:a", "sys.sudoers", "etc/sudoers:1")
	    EDGE("runs_as", "tls:one", "account:host:a:root") EDGE("runs_as",
		"tls:one", "account:host:a:nobody") COVER("tls.files", "partly")
		GAP("tls.files", "srv/b", "denied")
		    END RUN_OF("2", "2000", "host:b", "true")
			IDENT("spki:" HEX_B, "ssh_key", ",\"asset\":\"host:c\"")
			    EDGE("trusts", "spki:" HEX_B, "tls:one")
				LOOSE("secret:" HEX_A, "token", "") END;

struct text_sink {
	struct sink sink;
	struct buf b;
};

static int
put_text(struct sink *sink, const struct rec *r, struct err *e)
{
	struct text_sink *t = (struct text_sink *)(void *)sink;

	rec_write(&t->b, r);
	return buf_check(&t->b, "the text", e);
}

static void
export_text(struct store *s, struct text_sink *t)
{
	struct err e = { 0 };

	*t = (struct text_sink){ .sink = { .put = put_text } };
	buf_init(&t->b, 1 << 20);
	assert_ok(store_export(s, &t->sink, &e), &e);
	buf_addc(&t->b, '\0');
}

static void
store_export__comes_back_to_the_same_bytes(void **state)
{
	AUTO(store) struct store *a = feed_store();
	AUTO(store) struct store *b = feed_store();
	struct text_sink once, twice;

	(void)state;
	(void)feed(a, full);
	export_text(a, &once);
	(void)feed(b, once.b.p);
	export_text(b, &twice);
	assert_string_equal(once.b.p, twice.b.p);
	assert_true(once.b.n > 3000);
	buf_free(&once.b);
	buf_free(&twice.b);
}

/* What must be in the stream, as written: nothing is lost on the way. */
static void
store_export__holds_all_that_was_said(void **state)
{
	static const char *const lines[] = {
		IDENT("tls:one", "tls_cert",
		    ",\"name\":\"shop \\u0001 \\u009f \xe2\x82\xac\","
		    "\"asset\":\"host:a\",\"purpose\":\"shop\","
		    "\"owner\":\"ada\",\"owner_by\":\"gecos\","
		    "\"owner_pct\":80,\"privileged\":\"no\","
		    "\"internet\":\"yes\",\"novel\":{\"a\":[1,2]}"),
		"\"names\":[\"\",\"\\\"q\\\\\",\"a\\tb\\u0001\","
		"\"\\u009f\"]",
		"\"mode\":\"0644\",\"uid\":0,\"gid\":4294967295",
		"\"weak\":\"common\",\"length\":8",
		"\"ephemeral\":true",
		"\"secret:ephemeral:0000000000000002:" HEX_A "\"",
		"{\"type\":\"asset\",\"key\":\"host:c\",\"kind\":\"unknown\"",
		"which the stream does not describe",
	};
	AUTO(store) struct store *s = feed_store();
	struct text_sink t;
	size_t i;

	(void)state;
	(void)feed(s, full);
	export_text(s, &t);
	for (i = 0; i < MU_COUNT(lines); i++)
		if (strstr(t.b.p, lines[i]) == NULL)
			fail_msg("missing: %s in\n%s", lines[i], t.b.p);
	/* The store's own edges are found again, not told. */
	assert_null(strstr(t.b.p, "same_as"));
	buf_free(&t.b);
}

static void
store_export__leaves_what_is_gone_behind(void **state)
{
	AUTO(store) struct store *s = feed_store();
	struct text_sink t;

	(void)state;
	(void)feed(s, full);
	(void)feed(s, RUN("3", "3000") HOST COVER("tls.files", "read")
			  COVER("sys.sudoers", "absent") END);
	export_text(s, &t);
	assert_null(strstr(t.b.p, "tls:one"));
	assert_null(strstr(t.b.p, "etc/shop.key"));
	assert_non_null(strstr(t.b.p, "spki:" HEX_B));
	buf_free(&t.b);
}

static int
put_refuse(struct sink *sink, const struct rec *r, struct err *e)
{

	(void)sink;
	(void)r;
	return err_set(e, MU_ESYSTEM, "the pipe is broken");
}

static void
store_export__passes_the_sinks_error_on(void **state)
{
	struct sink sink = { .put = put_refuse };
	AUTO(store) struct store *s = feed_store();
	struct err e = { 0 };

	(void)state;
	(void)feed(s, full);
	assert_int_equal(store_export(s, &sink, &e), MU_ESYSTEM);
	assert_string_equal(e.text, "the pipe is broken");
	/* And the store goes on. */
	(void)feed(s, RUN("3", "3000") HOST END);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(store_export__comes_back_to_the_same_bytes),
		TEST(store_export__holds_all_that_was_said),
		TEST(store_export__leaves_what_is_gone_behind),
		TEST(store_export__passes_the_sinks_error_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
