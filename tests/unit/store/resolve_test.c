#include "feed.h"

#define HEX_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HEX_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define SPKI  ",\"spki\":\"" HEX_A "\""

static const char same[] =
    "SELECT i.key, r.key FROM identities i "
    "JOIN identities r ON r.id = i.same_as ORDER BY i.key";

/* A key pair with its identity, and a certificate that holds the key. */
#define PAIR                                                \
	IDENT("spki:" HEX_A, "signing_key", "")             \
	CRED("spki:" HEX_A, "spki:" HEX_A, "keypair", SPKI) \
	SEEN("spki:" HEX_A, "p", "etc/k.key", "private", "")
#define CERT(n)                                            \
	IDENT("tls:" n, "tls_cert", ",\"name\":\"" n "\"") \
	CRED("x509:" n, "tls:" n, "x509", SPKI)            \
	SEEN("x509:" n, "p", "etc/" n ".pem#1", "in_use", "")
#define READ COVER("p", "read")

static void
resolve__gives_a_key_pair_the_identity_of_its_certificate(void **state)
{
	AUTO(store) struct store *s = feed_store();

	(void)state;
	(void)feed(s, RUN("1", "1000") HOST PAIR CERT("b") CERT("a") READ END);
	/* Two certificates of one key stay two; the lower key wins. */
	feed_want(s, same, "spki:" HEX_A "|tls:a\ntls:a|tls:a\ntls:b|tls:b\n");
	feed_want(s,
	    "SELECT e.kind, a.key, b.key, e.evidence FROM edges e "
	    "JOIN identities a ON a.id = e.src_id "
	    "JOIN identities b ON b.id = e.dst_id",
	    "same_as|spki:" HEX_A "|tls:a|the certificate holds this key\n");
	feed_want(s, "SELECT count(*) FROM live_identities", "2\n");
	feed_want(s,
	    "SELECT count(*) FROM live_credentials "
	    "WHERE identity_id = (SELECT id FROM identities "
	    "WHERE key = 'tls:a')",
	    "2\n");
}

#define FP "0000000000000000000000000000000000000000000"
#define USED(at)                                                      \
	LOOSE("ssh:SHA256:" FP, "keypair",                            \
	    ",\"ssh_fp\":\"SHA256:" FP "\",\"last_used\":{\"at\":" at \
	    ",\"by\":\"in_band\"}")
#define LOGIN                                                                 \
	IDENT("spki:" HEX_A, "ssh_key", "")                                   \
	CRED("spki:" HEX_A, "spki:" HEX_A, "keypair",                         \
	    SPKI ",\"ssh_fp\":\"SHA256:" FP "\"")                             \
	SEEN("spki:" HEX_A, "p", "root/.ssh/authorized_keys:1", "authorized", \
	    "")

static void
resolve__gives_a_key_the_use_that_a_log_tells_of(void **state)
{
	static const char used[] =
	    "SELECT c.last_used_at, c.last_used_by FROM credentials c "
	    "WHERE c.key = 'spki:" HEX_A "'";
	AUTO(store) struct store *s = feed_store();
	struct store_delta d;

	(void)state;
	(void)feed(s, RUN("1", "1000") HOST LOGIN READ END);
	feed_want(s, used, "-|none\n");
	d = feed(s, RUN("2", "2000") HOST LOGIN USED("1500") READ END);
	feed_want(s, used, "1500|in_band\n");
	/* A use is no news, and no identity. */
	assert_int_equal(d.credentials_new + d.credentials_changed, 0);
	feed_want(s, "SELECT count(*) FROM changes", "0\n");
	feed_want(s, "SELECT count(*) FROM live_credentials", "1\n");
	/* The latest of all runs: a log that was rotated away takes nothing. */
	d = feed(s, RUN("3", "3000") HOST LOGIN READ END);
	feed_want(s, used, "1500|in_band\n");
	d = feed(s, RUN("4", "4000") HOST LOGIN USED("3500") READ END);
	feed_want(s, used, "3500|in_band\n");
	d = feed(s, RUN("5", "5000") HOST LOGIN USED("3400") READ END);
	feed_want(s, used, "3500|in_band\n");
	assert_int_equal(d.credentials_gone, 0);
	feed_want(s, "SELECT count(*) FROM changes", "0\n");
}

static void
resolve__keeps_a_use_for_the_key_that_comes_later(void **state)
{
	AUTO(store) struct store *s = feed_store();

	(void)state;
	(void)feed(s, RUN("1", "1000") HOST USED("900") READ END);
	(void)feed(s, RUN("2", "2000") HOST LOGIN READ END);
	feed_want(s, "SELECT last_used_at FROM credentials ORDER BY key",
	    "900\n900\n");
}

static void
resolve__follows_the_certificates_that_are_left(void **state)
{
	AUTO(store) struct store *s = feed_store();

	(void)state;
	(void)feed(s, RUN("1", "1000") HOST PAIR CERT("b") CERT("a") READ END);
	(void)feed(s, RUN("2", "2000") HOST PAIR CERT("b") READ END);
	feed_want(s, same, "spki:" HEX_A "|tls:b\ntls:a|tls:a\ntls:b|tls:b\n");
	(void)feed(s, RUN("3", "3000") HOST PAIR READ END);
	feed_want(s, same,
	    "spki:" HEX_A "|spki:" HEX_A "\ntls:a|tls:a\ntls:b|tls:b\n");
	feed_want(s, "SELECT count(*) FROM edges", "0\n");
}

static void
resolve__takes_the_word_of_a_stream_and_breaks_circles(void **state)
{
	AUTO(store) struct store *s = feed_store();

	(void)state;
	(void)feed(s, RUN("1", "1000") HOST IDENT("a", "token", "")
			  IDENT("b", "token", "") IDENT("c", "token", "")
			      IDENT("d", "token", "") EDGE("same_as", "a", "b")
				  EDGE("same_as", "b", "c") EDGE("same_as", "c",
				      "a") EDGE("same_as", "d", "d") READ END);
	feed_want(s, same, "a|a\nb|a\nc|a\nd|d\n");
}

static void
resolve__does_not_merge_two_certificates_of_one_key(void **state)
{
	AUTO(store) struct store *s = feed_store();

	(void)state;
	/* The key pair belongs to the identity of one of them already. */
	(void)feed(s,
	    RUN("1", "1000") HOST CERT("a") CERT("b") CRED("spki:" HEX_A,
		"tls:b", "keypair", SPKI)
		SEEN("spki:" HEX_A, "p", "etc/k.key", "private", "") READ END);
	feed_want(s, same, "tls:a|tls:a\ntls:b|tls:b\n");
}

static void
resolve__gives_the_same_for_any_order_of_records(void **state)
{
	static const char *const t[] = {
		RUN("1", "1000") HOST PAIR CERT("a") CERT("b") READ END,
		RUN("1", "1000") HOST CERT("b") CERT("a") PAIR READ END,
		RUN("1", "1000") HOST CERT("b") PAIR CERT("a") READ END,
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		AUTO(store) struct store *s = feed_store();

		(void)feed(s, t[i]);
		feed_want(s, same,
		    "spki:" HEX_A "|tls:a\ntls:a|tls:a\ntls:b|tls:b\n");
	}
}

static void
resolve__makes_an_identity_of_an_authority_whose_key_is_here(void **state)
{
	static const char anchor[] = LOOSE("x509:ca", "x509",
	    SPKI ",\"ca\":\"yes\",\"subject\":\"CN=Our CA\"")
	    SEEN("x509:ca", "p", "etc/ca.pem#1", "trusted", "");
	static const char key[] = LOOSE("spki:" HEX_A, "keypair", SPKI)
	    SEEN("spki:" HEX_A, "p", "root/ca.key", "private", "");
	AUTO(store) struct store *s = feed_store();
	AUTO(buf) struct buf b;
	struct store_delta d;

	(void)state;
	buf_init(&b, 65536);
	/* Without the private key it is a trust anchor, and no identity. */
	buf_addf(&b, "%s%s%s", RUN("1", "1000") HOST, anchor, READ END);
	buf_addc(&b, '\0');
	(void)feed(s, b.p);
	feed_want(s, "SELECT count(*) FROM identities", "0\n");
	buf_reset(&b);
	buf_addf(&b, "%s%s%s%s", RUN("2", "2000") HOST, anchor, key, READ END);
	buf_addc(&b, '\0');
	d = feed(s, b.p);
	assert_int_equal(d.identities_new, 1);
	feed_want(s,
	    "SELECT i.key, i.kind, i.name, a.key, i.gone_at, "
	    "(SELECT count(*) FROM credentials c WHERE c.identity_id = i.id) "
	    "FROM identities i JOIN assets a ON a.id = i.asset_id",
	    "tls:spki:" HEX_A "|internal_ca|CN=Our CA|host:a|-|1\n");
	/* Again: no change. */
	d = feed(s, b.p);
	assert_int_equal(d.identities_new + d.identities_gone +
			     d.identities_changed + d.credentials_changed,
	    0);
	feed_want(s, "SELECT gone_at FROM identities", "-\n");
}

static void
resolve__leaves_a_self_signed_server_certificate_alone(void **state)
{
	AUTO(store) struct store *s = feed_store();

	(void)state;
	(void)feed(s,
	    RUN("1", "1000") HOST PAIR IDENT("tls:spki:" HEX_A, "tls_cert",
		",\"name\":\"snake\"") CRED("x509:s", "tls:spki:" HEX_A, "x509",
		SPKI ",\"ca\":\"yes\",\"self_signed\":\"yes\"")
		SEEN("x509:s", "p", "etc/s.pem#1", "in_use", "") READ END);
	feed_want(s, "SELECT kind FROM live_identities", "tls_cert\n");
}

#define KEY(role, context)                                \
	SEEN("spki:" HEX_A, "p", "k-" role context, role, \
	    ",\"context\":\"" context "\"")
#define BARE(role) SEEN("spki:" HEX_A, "p", "k-" role, role, "")

static void
context__is_what_every_sighting_says(void **state)
{
	static const struct {
		const char *sightings, *derived;
	} t[] = {
		{ KEY("private", "package:ssl-cert"), "package:ssl-cert\n" },
		{ KEY("private", "sample:docs"), "sample:docs\n" },
		{ KEY("private", "sample:docs") KEY("public", "package:b"),
		    "package:b\n" },
		{ KEY("private", "package:b") BARE("private"), "\n" },
		{ KEY("private", "package:b") BARE("authorized"), "\n" },
		{ KEY("private", "package:b") BARE("in_use"), "\n" },
		{ KEY("private", "package:b") BARE("served"), "\n" },
		{ KEY("private", "package:b") BARE("stored"), "\n" },
		{ KEY("public", "package:b") BARE("trusted") BARE("public"),
		    "package:b\n" },
		{ KEY("public", "sample:x") BARE("public"), "\n" },
		{ BARE("private"), "\n" },
		{ BARE("public"), "\n" },
		{ "", "\n" },
		/* A second credential of the identity is a real one. */
		{ KEY("private", "package:b")
			CRED("spki:" HEX_B, "spki:" HEX_A, "keypair", "")
			    SEEN("spki:" HEX_B, "p", "z", "private", ""),
		    "\n" },
		/* And one that was never sighted is nobody's context. */
		{ KEY("private", "package:b")
			CRED("spki:" HEX_B, "spki:" HEX_A, "keypair", ""),
		    "\n" },
	};
	AUTO(buf) struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, 65536);
	for (i = 0; i < MU_COUNT(t); i++) {
		AUTO(store) struct store *s = feed_store();

		print_message("case %zu\n", i);
		buf_reset(&b);
		buf_addf(&b, "%s%s%s",
		    RUN("1", "1000") HOST IDENT("spki:" HEX_A, "ssh_key", "")
			CRED("spki:" HEX_A, "spki:" HEX_A, "keypair", SPKI),
		    t[i].sightings, READ END);
		buf_addc(&b, '\0');
		(void)feed(s, b.p);
		feed_want(s, "SELECT derived FROM identities", t[i].derived);
	}
}

static void
context__ends_when_a_real_sighting_comes(void **state)
{
	AUTO(store) struct store *s = feed_store();

	(void)state;
	(void)feed(s, RUN("1", "1000") HOST IDENT("spki:" HEX_A, "ssh_key", "")
			  CRED("spki:" HEX_A, "spki:" HEX_A, "keypair", SPKI)
			      KEY("private", "package:b") READ END);
	feed_want(s, "SELECT derived FROM identities", "package:b\n");
	(void)feed(s,
	    RUN("2", "2000") HOST IDENT("spki:" HEX_A, "ssh_key", "")
		CRED("spki:" HEX_A, "spki:" HEX_A, "keypair", SPKI)
		    KEY("private", "package:b") BARE("private") READ END);
	feed_want(s, "SELECT derived FROM identities", "\n");
	(void)feed(s, RUN("3", "3000") HOST IDENT("spki:" HEX_A, "ssh_key", "")
			  CRED("spki:" HEX_A, "spki:" HEX_A, "keypair", SPKI)
			      KEY("private", "package:b") READ END);
	feed_want(s, "SELECT derived FROM identities", "package:b\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(resolve__gives_a_key_pair_the_identity_of_its_certificate),
		TEST(resolve__gives_a_key_the_use_that_a_log_tells_of),
		TEST(resolve__keeps_a_use_for_the_key_that_comes_later),
		TEST(resolve__follows_the_certificates_that_are_left),
		TEST(resolve__takes_the_word_of_a_stream_and_breaks_circles),
		TEST(resolve__does_not_merge_two_certificates_of_one_key),
		TEST(resolve__gives_the_same_for_any_order_of_records),
		TEST(
		    resolve__makes_an_identity_of_an_authority_whose_key_is_here),
		TEST(resolve__leaves_a_self_signed_server_certificate_alone),
		TEST(context__is_what_every_sighting_says),
		TEST(context__ends_when_a_real_sighting_comes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
