#include "feed.h"

#include "store/ingest.h"

#define KEY_A   \
	"spki:" \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HEX_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HEX_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

/* One key, seen as a private file and in authorized_keys. */
#define ONE_KEY                                                            \
	IDENT(KEY_A, "signing_key", "")                                    \
	CRED(KEY_A, KEY_A, "keypair", ",\"alg\":\"ed25519\",\"bits\":256") \
	SEEN(KEY_A, "ssh.private", "root/.ssh/id_ed25519", "private", "")  \
	IDENT(KEY_A, "ssh_key", ",\"name\":\"backup@alpha\"")              \
	CRED(KEY_A, KEY_A, "keypair",                                      \
	    ",\"ssh_fp\":\"SHA256:"                                        \
	    "0000000000000000000000000000000000000000000\"")               \
	SEEN(KEY_A, "ssh.authorized_keys", "root/.ssh/authorized_keys:1",  \
	    "authorized", "")
#define BOTH_READ \
	COVER("ssh.private", "read") COVER("ssh.authorized_keys", "read")

static const char changes[] =
    "SELECT noun, what, field, old_value, new_value FROM changes ORDER BY id";

static void
ingest__joins_the_sayings_of_one_run(void **state)
{
	AUTO(store) struct store *s = feed_store();
	struct store_delta d;

	(void)state;
	d = feed(s, RUN("1", "1000") HOST ONE_KEY BOTH_READ END);
	assert_true(d.baseline);
	assert_false(d.partial);
	assert_int_equal(d.identities_new, 0);
	feed_want(s,
	    "SELECT kind, name, state, baseline, first_seen, gone_at "
	    "FROM identities",
	    "ssh_key|backup@alpha|new|1|1000|-\n");
	feed_want(s,
	    "SELECT alg, bits, ssh_fp <> '', weak, created_by, "
	    "identity_id FROM credentials",
	    "ed25519|256|1|none|none|1\n");
	feed_want(s,
	    "SELECT role, place, readers, asset_id FROM sightings "
	    "ORDER BY id",
	    "private|ssh.private|unknown|1\n"
	    "authorized|ssh.authorized_keys|unknown|1\n");
	feed_want(s, "SELECT partial, baseline FROM runs", "0|1\n");
	feed_want(s, changes, "");
}

static void
ingest__says_nothing_when_nothing_changed(void **state)
{
	AUTO(store) struct store *s = feed_store();
	struct store_delta d;

	(void)state;
	(void)feed(s, RUN("1", "1000") HOST ONE_KEY BOTH_READ END);
	d = feed(s, RUN("2", "2000") HOST ONE_KEY BOTH_READ END);
	assert_false(d.baseline);
	assert_int_equal(d.identities_new + d.identities_gone +
			     d.identities_changed + d.credentials_new +
			     d.credentials_gone + d.credentials_changed +
			     d.sightings_new + d.sightings_gone +
			     d.sightings_changed,
	    0);
	feed_want(s, changes, "");
	feed_want(s, "SELECT first_seen, last_seen, run_id FROM identities",
	    "1000|2000|2\n");
}

static void
ingest__names_what_is_new_gone_back_and_changed(void **state)
{
	AUTO(store) struct store *s = feed_store();
	struct store_delta d;

	(void)state;
	(void)feed(s, RUN("1", "1000") HOST BOTH_READ END);
	d = feed(s, RUN("2", "2000") HOST ONE_KEY BOTH_READ END);
	assert_int_equal(d.identities_new, 1);
	assert_int_equal(d.credentials_new, 1);
	assert_int_equal(d.sightings_new, 2);
	feed_want(s, changes,
	    "identity|new|||\ncredential|new|||\nsighting|new|||\n"
	    "sighting|new|||\n");
	d = feed(s, RUN("3", "3000") HOST BOTH_READ END);
	assert_int_equal(d.identities_gone, 1);
	assert_int_equal(d.credentials_gone, 1);
	assert_int_equal(d.sightings_gone, 2);
	feed_want(s, "SELECT gone_at FROM identities", "3000\n");
	feed_want(s, "SELECT count(*) FROM live_identities", "0\n");
	d = feed(s,
	    RUN("4", "4000") HOST IDENT(KEY_A, "ssh_key", ",\"name\":\"other\"")
		CRED(KEY_A, KEY_A, "keypair", ",\"alg\":\"rsa\"")
		    SEEN(KEY_A, "ssh.private", "root/.ssh/id_ed25519",
			"private", ",\"mode\":\"0644\"") BOTH_READ END);
	assert_int_equal(d.identities_changed, 1);
	feed_want(s,
	    "SELECT noun, what, field, old_value, new_value FROM changes "
	    "WHERE run_id = 4 ORDER BY noun, what, field",
	    "credential|back|||\n"
	    "credential|changed|alg|ed25519|rsa\n"
	    "credential|changed|bits|256|\n"
	    "credential|changed|ssh_fp|SHA256:"
	    "0000000000000000000000000000000000000000000|\n"
	    "identity|back|||\nidentity|changed|name|backup@alpha|other\n"
	    "sighting|back|||\nsighting|changed|mode||420\n");
	feed_want(s, "SELECT gone_at FROM identities", "-\n");
}

static void
ingest__keeps_what_could_not_be_looked_at(void **state)
{
	static const struct {
		const char *second;
		const char *gone; /* rows of sightings with gone_at */
	} t[] = {
		{ RUN("2", "2000") HOST, "0\n" },     /* no end */
		{ RUN("2", "2000") HOST END, "0\n" }, /* no coverage */
		{ RUN("2", "2000") HOST COVER("ssh.private", "unread")
			COVER("ssh.authorized_keys", "unread") END,
		    "0\n" },
		{ RUN("2", "2000") HOST COVER("ssh.private", "absent")
			COVER("ssh.authorized_keys", "unread") END,
		    "1\n" },
		{ RUN("2", "2000") HOST BOTH_READ END, "2\n" },
		/* A gap above the file hides it; one elsewhere does not. */
		{ RUN("2", "2000") HOST GAP("ssh.private", "root/.ssh",
		      "denied") COVER("ssh.private", "partly")
			COVER("ssh.authorized_keys", "partly") END,
		    "0\n" },
		{ RUN("2", "2000") HOST GAP("ssh.private", "home/ada/.ssh",
		      "denied") COVER("ssh.private", "partly")
			COVER("ssh.authorized_keys", "partly") END,
		    "2\n" },
		{ RUN("2", "2000") HOST GAP("x", "root/.ssh/authorized_keys:9",
		      "malformed") COVER("ssh.private", "partly")
			COVER("ssh.authorized_keys", "partly") END,
		    "1\n" },
		{ RUN("2", "2000") HOST
		    "{\"type\":\"gap\",\"asset\":\"host:a\","
		    "\"reason\":\"limit\"}\n" COVER("ssh.private", "partly")
			END,
		    "0\n" },
		/* It counts three gaps and tells of none. */
		{ RUN("2", "2000") HOST
		    "{\"type\":\"coverage\",\"place\":\"ssh.private\","
		    "\"asset\":\"host:a\",\"state\":\"partly\","
		    "\"files\":1,\"gaps\":3}\n" END,
		    "0\n" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		AUTO(store) struct store *s = feed_store();

		print_message("case %zu\n", i);
		(void)feed(s, RUN("1", "1000") HOST ONE_KEY BOTH_READ END);
		(void)feed(s, t[i].second);
		feed_want(s,
		    "SELECT count(*) FROM sightings "
		    "WHERE gone_at IS NOT NULL",
		    t[i].gone);
		feed_want(s,
		    "SELECT count(*) FROM identities "
		    "WHERE gone_at IS NOT NULL",
		    t[i].gone[0] == '2' ? "1\n" : "0\n");
	}
}

static void
ingest__loses_an_account_only_with_open_eyes(void **state)
{
	static const struct {
		const char *second, *gone;
	} t[] = {
		{ RUN("2", "2000") HOST COVER("p", "read") END, "2000\n" },
		{ RUN("2", "2000") HOST COVER("p", "unread") END, "-\n" },
		{ RUN("2", "2000") HOST GAP("p", "x", "denied")
			COVER("p", "partly") END,
		    "-\n" },
		{ RUN("2", "2000") HOST GAP("p", "x", "malformed")
			COVER("p", "partly") END,
		    "2000\n" },
		{ RUN("2", "2000") HOST COVER("p", "read"), "-\n" },
		{ RUN("2", "2000") HOST END, "-\n" },
		{ "{\"type\":\"run\",\"schema\":"
		  "\"muster.observation/1\",\"tool\":\"muster 0\","
		  "\"run\":\"0000000000000002\",\"asset\":\"host:a\","
		  "\"at\":2000,\"euid\":0,\"ephemeral\":false,"
		  "\"sources\":\"witness\"}\n" COVER("q", "read") END,
		    "-\n" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		AUTO(store) struct store *s = feed_store();

		print_message("case %zu\n", i);
		(void)feed(s, RUN("1", "1000") HOST IDENT("account:host:a:web",
				  "service_account", ",\"asset\":\"host:a\"")
				  COVER("p", "read") END);
		(void)feed(s, t[i].second);
		feed_want(s, "SELECT gone_at FROM identities", t[i].gone);
	}
}

static void
ingest__takes_references_in_any_order(void **state)
{
	AUTO(store) struct store *s = feed_store();

	(void)state;
	(void)feed(s,
	    RUN("1", "1000") HOST EDGE("runs_as", "unit:host:a:web",
		"account:host:a:web") SEEN(KEY_A, "p", "etc/key", "private", "")
		GRANT("account:host:a:web", "root", "p", "etc/sudoers:3")
		    CRED(KEY_A, "account:host:a:web", "keypair", "")
			IDENT("account:host:a:web", "service_account", "")
			    IDENT("unit:host:a:web", "workload", "") END);
	feed_want(s,
	    "SELECT e.kind, a.key, b.key FROM edges e "
	    "JOIN identities a ON a.id = e.src_id "
	    "JOIN identities b ON b.id = e.dst_id",
	    "runs_as|unit:host:a:web|account:host:a:web\n");
	feed_want(s,
	    "SELECT i.kind, c.kind, s.locator FROM sightings s "
	    "JOIN credentials c ON c.id = s.credential_id "
	    "JOIN identities i ON i.id = c.identity_id",
	    "service_account|keypair|etc/key\n");
	feed_want(s, "SELECT count(*) FROM grants", "1\n");
	feed_want(s, "SELECT count(*) FROM gaps", "0\n");
}

static void
ingest__makes_a_gap_of_a_reference_to_nothing(void **state)
{
	AUTO(store) struct store *s = feed_store();

	(void)state;
	(void)feed(s, RUN("1", "1000") HOST END);
	(void)feed(s,
	    RUN("2", "2000") HOST IDENT("unit:host:a:web", "workload",
		"") EDGE("runs_as", "unit:host:a:web", "account:host:a:no")
		SEEN("x509:" HEX_A, "p", "etc/a.pem", "public", "")
		    GRANT("account:host:a:no", "root", "p", "etc/sudoers:3")
			CRED(KEY_A, "account:host:a:no", "keypair", "") END);
	feed_want(s, "SELECT reason, locator, detail FROM gaps ORDER BY detail",
	    "malformed||a credential names account:host:a:no, which the "
	    "stream does not describe\n"
	    "malformed|etc/sudoers:3|a grant names account:host:a:no, which "
	    "the stream does not describe\n"
	    "malformed|etc/a.pem|a sighting names x509:" HEX_A
	    ", which the stream does not describe\n"
	    "malformed||an edge names account:host:a:no, which the stream "
	    "does not describe\n");
	feed_want(s,
	    "SELECT (SELECT count(*) FROM identities), "
	    "(SELECT count(*) FROM credentials), "
	    "(SELECT count(*) FROM sightings), "
	    "(SELECT count(*) FROM grants), "
	    "(SELECT count(*) FROM edges)",
	    "1|1|0|0|0\n");
	feed_want(s, changes, "identity|new|||\ncredential|new|||\n");
}

static void
ingest__never_joins_a_passing_fingerprint(void **state)
{
	static const char one[] = RUN_OF("1", "1000", "host:a", "true")
	    HOST CRED("secret:" HEX_A, "secret:" HEX_A, "token",
		",\"fp\":\"" HEX_A "\"") IDENT("secret:" HEX_A, "token", "")
		SEEN("secret:" HEX_A, "p", "etc/env:1", "private", "")
		    COVER("p", "read") END;
	static const char two[] = RUN_OF("2", "2000", "host:a", "true")
	    HOST CRED("secret:" HEX_A, "secret:" HEX_A, "token",
		",\"fp\":\"" HEX_A "\"") IDENT("secret:" HEX_A, "token", "")
		SEEN("secret:" HEX_A, "p", "etc/env:1", "private", "")
		    COVER("p", "read") END;
	AUTO(store) struct store *s = feed_store();

	(void)state;
	(void)feed(s, one);
	(void)feed(s, two);
	feed_want(s, "SELECT key, gone_at FROM identities ORDER BY id",
	    "secret:ephemeral:0000000000000001:" HEX_A "|2000\n"
	    "secret:ephemeral:0000000000000002:" HEX_A "|-\n");
	feed_want(s, "SELECT count(*) FROM credentials", "2\n");
	/* Nobody can say whether these are new: the history is silent. */
	feed_want(s, "SELECT noun, what FROM changes WHERE noun <> 'sighting'",
	    "");
}

static void
ingest__stores_a_stream_without_end_as_partial(void **state)
{
	AUTO(store) struct store *s = feed_store();
	struct store_delta d;

	(void)state;
	d = feed(s, RUN("1", "1000") HOST ONE_KEY);
	assert_true(d.partial);
	feed_want(s, "SELECT partial, ended_at FROM runs", "1|-\n");
	/* The baseline goes on until a run is whole. */
	d = feed(s, RUN("2", "2000") HOST ONE_KEY BOTH_READ END);
	assert_true(d.baseline);
	d = feed(s, RUN("3", "3000") HOST ONE_KEY BOTH_READ END);
	assert_false(d.baseline);
}

static void
ingest__refuses_records_outside_a_run(void **state)
{
	static const char *const t[] = { HOST, "", RUN("1", "1000") END HOST };
	AUTO(store) struct store *s = feed_store();
	struct store_delta d;
	struct err e = { 0 };
	size_t i;
	int r;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		assert_ok(store_begin(s, &e), &e);
		r = feed_lines(s, t[i], &e);
		if (r >= 0)
			r = store_end(s, &d, &e);
		assert_int_equal(r, MU_EFORMAT);
		store_abort(s);
		feed_want(s, "SELECT count(*) FROM runs", "0\n");
	}
}

static void
ingest__replaces_coverage_and_gaps_of_the_asset_alone(void **state)
{
	AUTO(store) struct store *s = feed_store();

	(void)state;
	(void)feed(s,
	    RUN("1", "1000") HOST COVER("p", "read") COVER("q", "read")
		GAP("p", "etc/a", "denied") END RUN_OF("2", "1000", "host:b",
		    "false") "{\"type\":\"coverage\",\"place\":\"p\",\"asset\":"
			     "\"host:b\","
			     "\"state\":\"absent\",\"files\":0,\"gaps\":0}\n"
			     "{\"type\":\"gap\",\"asset\":\"host:b\",\"place\":"
			     "\"p\","
			     "\"locator\":\"b\",\"reason\":\"limit\"}\n" END);
	(void)feed(s, RUN("3", "2000") HOST COVER("p", "partly")
			  GAP("p", "etc/c", "limit") END);
	feed_want(s,
	    "SELECT a.key, c.place, c.state FROM coverage c "
	    "JOIN assets a ON a.id = c.asset_id ORDER BY 1, 2",
	    "host:a|p|partly\nhost:b|p|absent\n");
	feed_want(s,
	    "SELECT a.key, g.locator, g.reason FROM gaps g "
	    "JOIN assets a ON a.id = g.asset_id ORDER BY 1, 2",
	    "host:a|etc/c|limit\nhost:b|b|limit\n");
	feed_want(s, "SELECT key, kind, name FROM assets ORDER BY key",
	    "host:a|host|alpha\nhost:b|unknown|host:b\n");
}

static void
ingest__does_not_call_a_touched_file_changed(void **state)
{
	AUTO(store) struct store *s = feed_store();
	struct store_delta d;

	(void)state;
	(void)feed(s, RUN("1", "1000") HOST IDENT(KEY_A, "ssh_key", "")
			  CRED(KEY_A, KEY_A, "keypair",
			      ",\"created\":{\"at\":5,\"by\":\"mtime\"},"
			      "\"last_used\":{\"at\":9,\"by\":\"in_band\"}")
			      SEEN(KEY_A, "p", "k", "private",
				  ",\"mtime\":{\"at\":5,\"by\":\"mtime\"}")
				  COVER("p", "read") END);
	d = feed(s, RUN("2", "2000") HOST IDENT(KEY_A, "ssh_key", "")
			CRED(KEY_A, KEY_A, "keypair",
			    ",\"created\":{\"at\":7,\"by\":\"mtime\"},"
			    "\"last_used\":{\"at\":8,\"by\":\"in_band\"}")
			    SEEN(KEY_A, "p", "k", "private",
				",\"mtime\":{\"at\":7,\"by\":\"mtime\"}")
				COVER("p", "read") END);
	assert_int_equal(d.credentials_changed + d.sightings_changed, 0);
	feed_want(s, changes, "");
	feed_want(s, "SELECT created_at, last_used_at FROM credentials",
	    "7|9\n");
	feed_want(s, "SELECT mtime_at FROM sightings", "7\n");
	/* Better evidence is another matter. */
	(void)feed(s,
	    RUN("3", "3000") HOST IDENT(KEY_A, "ssh_key", "") CRED(KEY_A, KEY_A,
		"keypair", ",\"created\":{\"at\":6,\"by\":\"in_band\"}")
		SEEN(KEY_A, "p", "k", "private", "") COVER("p", "read") END);
	feed_want(s, changes,
	    "credential|changed|created_at|7|6\n"
	    "credential|changed|created_by|mtime|in_band\n");
}

#define KEY_B "spki:" HEX_B
#define ACCOUNT \
	IDENT("account:host:a:root", "service_account", ",\"name\":\"root\"")

/* Each noun is said twice, and referred to before it is said at all. */
#define TWICE                                                                \
	SEEN(KEY_A, "ssh.private", "root/a", "private", "")                  \
	EDGE("authenticates_as", KEY_A, "account:host:a:root")               \
	GRANT(KEY_A, "account:host:a:root", "ssh.authorized_keys", "root/k") \
	ACCOUNT ACCOUNT ONE_KEY SEEN(KEY_A, "ssh.private", "root/a",         \
	    "private", ",\"mode\":\"0600\"")                                 \
	    EDGE("authenticates_as", KEY_A, "account:host:a:root")           \
		GRANT(KEY_A, "account:host:a:root", "ssh.authorized_keys",   \
		    "root/k") IDENT(KEY_B, "ssh_key", "")                    \
		    CRED(KEY_B, KEY_B, "keypair", "")                        \
			SEEN(KEY_B, "ssh.private", "root/b", "private", "")

static const char indices[] =
    "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
    "ORDER BY name";

static void
ingest__has_all_indices_after_the_first_import(void **state)
{
	AUTO(store) struct store *s = feed_store(), *fresh = feed_store();
	AUTO(buf) struct buf want = { 0 };
	struct err e = { 0 };

	(void)state;
	buf_init(&want, 1 << 16);
	assert_ok(store_query(fresh, indices, NULL, 0, feed_row, &want, &e),
	    &e);
	buf_addc(&want, '\0');
	assert_non_null(strstr(want.p, "sightings_key"));

	/* Dropped in a transaction that is taken back. */
	assert_ok(store_begin(s, &e), &e);
	assert_ok(feed_lines(s, RUN("1", "1000") HOST TWICE, &e), &e);
	feed_want(s, "SELECT count(*) FROM identities", "3\n");
	store_abort(s);
	feed_want(s, indices, want.p);
	feed_want(s, "SELECT count(*) FROM identities", "0\n");

	/* A stream without an end, then whole ones. */
	(void)feed(s, RUN("1", "1000") HOST TWICE);
	feed_want(s, indices, want.p);
	(void)feed(s, RUN("2", "2000") HOST TWICE BOTH_READ END);
	feed_want(s, indices, want.p);
}

static void
ingest__finds_rows_that_no_index_holds(void **state)
{
	AUTO(store) struct store *s = feed_store();

	(void)state;
	(void)feed(s, RUN("1", "1000") HOST TWICE BOTH_READ END);
	feed_want(s, "SELECT key, kind FROM identities ORDER BY key",
	    "account:host:a:root|service_account\n" KEY_A "|ssh_key\n" KEY_B
	    "|ssh_key\n");
	feed_want(s, "SELECT key, bits FROM credentials ORDER BY key",
	    KEY_A "|256\n" KEY_B "|-\n");
	feed_want(s, "SELECT locator, mode FROM sightings ORDER BY locator",
	    "root/.ssh/authorized_keys:1|-\nroot/.ssh/id_ed25519|-\n"
	    "root/a|384\nroot/b|-\n");
	feed_want(s, "SELECT count(*) FROM edges", "1\n");
	feed_want(s, "SELECT count(*) FROM grants", "1\n");
	feed_want(s, "SELECT count(*) FROM gaps", "0\n");
}

/* One identity and its credential, twice; of number ${n}. */
static int
numbered(struct store *s, size_t n, struct err *e)
{
	AUTO(buf) struct buf b = { 0 };
	int turn;

	buf_init(&b, 4096);
	for (turn = 0; turn < 2; turn++)
		buf_addf(&b,
		    IDENT("spki:%zu", "ssh_key", ",\"name\":\"%zu\"")
			CRED("spki:%zu", "spki:%zu", "keypair", "")
			    SEEN("spki:%zu", "ssh.private", "home/%zu",
				"private", ""),
		    n, n, n, n, n, n);
	buf_addc(&b, '\0');
	assert_false(b.bad);
	return feed_lines(s, b.p, e);
}

static void
ingest__goes_on_by_index_when_its_memory_is_full(void **state)
{
	AUTO(store) struct store *s = feed_store();
	struct store_delta d;
	struct err e = { 0 };
	size_t n;

	(void)state;
	assert_ok(store_begin(s, &e), &e);
	s->ingest->bulk_max = 1;
	assert_ok(feed_lines(s, RUN("1", "1000") HOST, &e), &e);
	assert_non_null(s->ingest->bulk);
	for (n = 0; n < 600; n++)
		assert_ok(numbered(s, n, &e), &e);
	assert_null(s->ingest->bulk);
	/* What went in before the indices is still known. */
	for (n = 0; n < 600; n++)
		assert_ok(numbered(s, n, &e), &e);
	assert_ok(feed_lines(s, COVER("ssh.private", "read") END, &e), &e);
	assert_ok(store_end(s, &d, &e), &e);
	feed_want(s, "SELECT count(*), count(DISTINCT key) FROM identities",
	    "600|600\n");
	feed_want(s, "SELECT count(*), count(DISTINCT key) FROM credentials",
	    "600|600\n");
	feed_want(s,
	    "SELECT count(*), count(DISTINCT credential_id) FROM sightings",
	    "600|600\n");
	feed_want(s,
	    "SELECT count(*) FROM sightings s JOIN credentials c "
	    "ON c.id = s.credential_id WHERE 'home/' || substr(c.key, 6) = "
	    "s.locator",
	    "600\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(ingest__joins_the_sayings_of_one_run),
		TEST(ingest__has_all_indices_after_the_first_import),
		TEST(ingest__finds_rows_that_no_index_holds),
		TEST(ingest__goes_on_by_index_when_its_memory_is_full),
		TEST(ingest__says_nothing_when_nothing_changed),
		TEST(ingest__names_what_is_new_gone_back_and_changed),
		TEST(ingest__keeps_what_could_not_be_looked_at),
		TEST(ingest__loses_an_account_only_with_open_eyes),
		TEST(ingest__takes_references_in_any_order),
		TEST(ingest__makes_a_gap_of_a_reference_to_nothing),
		TEST(ingest__never_joins_a_passing_fingerprint),
		TEST(ingest__stores_a_stream_without_end_as_partial),
		TEST(ingest__refuses_records_outside_a_run),
		TEST(ingest__replaces_coverage_and_gaps_of_the_asset_alone),
		TEST(ingest__does_not_call_a_touched_file_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
