#include "feed.h"

#include "store/read.h"

#define HEX_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HEX_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static const struct read_filter all = { 0 };

/* Two certificates, an SSH key, a person, an account, a package's key. */
static const char estate[] = RUN("1", "1000") HOST IDENT("tls:one", "tls_cert",
    ",\"name\":\"shop.example.org\",\"owner\":\"ada\","
    "\"owner_by\":\"file owner\",\"privileged\":\"no\"") CRED("x509:" HEX_A,
    "tls:one", "x509",
    ",\"spki\":\"" HEX_A "\",\"subject\":\"CN=shop\","
    "\"names\":[\"a.example.org\",\"shop.example.org\"],"
    "\"ca\":\"no\",\"expires\":{\"at\":9000,\"by\":\"in_band\"}")
    SEEN("x509:" HEX_A, "tls.files", "etc/shop.pem#1", "in_use",
	",\"mode\":\"0644\",\"readers\":\"world\"") IDENT("spki:" HEX_A,
	"signing_key", "") CRED("spki:" HEX_A, "spki:" HEX_A, "keypair",
	",\"spki\":\"" HEX_A
	"\",\"last_used\":{\"at\":50,\"by\":\"api\"}") SEEN("spki:" HEX_A,
	"tls.files", "etc/shop.key", "private",
	",\"mode\":\"0600\",\"owner\":\"root\"") IDENT("spki:" HEX_B, "ssh_key",
	",\"name\":\"backup@Alpha\"") CRED("spki:" HEX_B, "spki:" HEX_B,
	"keypair", ",\"alg\":\"rsa\"") SEEN("spki:" HEX_B,
	"ssh.authorized_keys", "root/.ssh/authorized_keys:1", "authorized",
	",\"account\":\"account:host:a:root\"") IDENT("account:host:a:root",
	"service_account",
	",\"name\":\"root\",\"asset\":\"host:a\",\"privileged\":\"yes\","
	"\"uid\":0") IDENT("account:host:a:ada", "person", ",\"name\":\"ada\"")
	GRANT("account:host:a:root", "host:a", "sys.sudoers", "etc/sudoers:1")
	    EDGE("authenticates_as", "spki:" HEX_B, "account:host:a:root")
		IDENT("spki:cc", "signing_key",
		    ",\"context\":\"package:ssl-cert\"")
		    COVER("tls.files", "partly")
			COVER("ssh.authorized_keys", "read")
			    GAP("tls.files", "srv/b", "denied")
				GAP("tls.files", "srv/a", "denied")
				    GAP("tls.files", "srv/c", "malformed") END;

static const char *const judged[] = {
	"INSERT INTO findings VALUES (1, 'f1', 'MUS-CRT-001', 1, 1, 1, "
	"'high', 'medium', 'served', 7, 3, 'it is late', 'open', 5, 6, NULL)",
	"INSERT INTO findings VALUES (2, 'f2', 'MUS-SSH-003', 3, 3, 3, "
	"'critical', 'high', '', NULL, NULL, 'to root', 'reopened', 5, 6, "
	"NULL)",
	"INSERT INTO findings VALUES (3, 'f3', 'MUS-CRT-002', 1, 1, 1, "
	"'low', 'low', '', NULL, NULL, '', 'fixed', 5, 6, 7)",
	"INSERT INTO risks VALUES (1, 40, 0, 'internet 20', 2)",
	"INSERT INTO risks VALUES (3, 70, 1, 'privileged 30', 1)",
	"INSERT INTO check_results VALUES ('MUS-CRT-001', 1, 'fail', '', 1, 4)",
	"INSERT INTO check_results VALUES ('MUS-AGT-001', 1, "
	"'not_assessed', 'agent.mcp', 0, 0)",
};

static struct store *
estate_store(void)
{
	struct store *s = feed_store();
	struct err e = { 0 };
	size_t i;

	(void)feed(s, estate);
	for (i = 0; i < MU_COUNT(judged); i++)
		assert_ok(store_query(s, judged[i], NULL, 0, NULL, NULL, &e),
		    &e);
	return s;
}

static int
put_identity(void *cookie, const struct read_identity *r, struct err *e)
{
	struct buf *b = cookie;

	(void)e;
	MU_ASSERT(r->shown.n == KEY_ID_CHARS);
	buf_addf(b, STR_FMT " " STR_FMT " c%lld s%lld f%lld " STR_FMT "\n",
	    STR_ARG(r->name), STR_ARG(r->key), (long long)r->credentials,
	    (long long)r->sightings, (long long)r->findings,
	    STR_ARG(r->severity));
	return MU_OK;
}

static void
want_identities(struct store *s, struct read_filter f, const char *want)
{
	AUTO(buf) struct buf b;
	struct err e = { 0 };

	buf_init(&b, 65536);
	assert_ok(read_identities(s, &f, put_identity, &b, &e), &e);
	assert_str(buf_str(&b), want);
}

#define SHOP   "shop.example.org tls:one c2 s2 f1 high\n"
#define BACKUP "backup@Alpha spki:" HEX_B " c1 s1 f1 critical\n"
#define ROOT   "root account:host:a:root c0 s0 f0 \n"
#define ADA    "ada account:host:a:ada c0 s0 f0 \n"

static void
read_identities__lets_by_what_the_filter_says(void **state)
{
	AUTO(store) struct store *s = estate_store();

	(void)state;
	want_identities(s, all, BACKUP ROOT SHOP);
	want_identities(s, (struct read_filter){ .order = READ_BY_RANK },
	    BACKUP SHOP ROOT);
	want_identities(s,
	    (struct read_filter){ .order = READ_BY_RANK, .limit = 1 }, BACKUP);
	want_identities(s, (struct read_filter){ .kind = STR("tls_cert") },
	    SHOP);
	want_identities(s, (struct read_filter){ .persons = true }, ADA);
	want_identities(s, (struct read_filter){ .kind = STR("person") }, ADA);
	want_identities(s, (struct read_filter){ .owner = STR("none") },
	    BACKUP ROOT);
	want_identities(s, (struct read_filter){ .owner = STR("ada") }, SHOP);
	want_identities(s, (struct read_filter){ .text = STR("ALPHA") },
	    BACKUP);
	want_identities(s, (struct read_filter){ .check = STR("MUS-CRT-001") },
	    SHOP);
	want_identities(s, (struct read_filter){ .check = STR("MUS-CRT-002") },
	    "");
	want_identities(s, (struct read_filter){ .state = STR("known") }, "");
	want_identities(s, (struct read_filter){ .asset = STR("alpha") },
	    BACKUP ROOT SHOP);
	want_identities(s, (struct read_filter){ .asset = STR("beta") }, "");
	want_identities(s,
	    (struct read_filter){ .context = true, .kind = STR("signing_key") },
	    " spki:cc c0 s0 f0 \n");
}

static int
keep_identity(void *cookie, const struct read_identity *r, struct err *e)
{
	struct read_identity *out = cookie;

	(void)e;
	*out = *r;
	return MU_OK;
}

static void
read_identity__joins_the_keys_of_one_identity(void **state)
{
	AUTO(store) struct store *s = estate_store();
	struct read_identity r = { 0 };
	struct err e = { 0 };
	int64_t id = 0;

	(void)state;
	/* The key pair's own key leads to the certificate's identity. */
	assert_ok(read_find(s, STR("spki:" HEX_A), &id, &e), &e);
	assert_ok(read_identity(s, id, keep_identity, &r, &e), &e);
	assert_int_equal(r.kind, ID_TLS_CERT);
	assert_int_equal(r.credentials, 2);
	assert_int_equal(r.expires.at, 9000);
	assert_int_equal(r.expires.by, BY_IN_BAND);
	assert_int_equal(r.last_used.at, 50);
	assert_int_equal(r.last_used.by, BY_API);
	assert_int_equal(r.risk, 40);
	assert_int_equal(r.rank, 2);
	assert_int_equal(r.privileged, TRI_NO);
	assert_int_equal(r.internet, TRI_UNKNOWN);
	assert_int_equal(r.gone_at, CLOCK_NONE);
	assert_int_equal(r.uid, REC_NO_INT);
	assert_true(r.baseline);
	assert_int_equal(read_identity(s, 99, keep_identity, &r, &e),
	    MU_ENOTFOUND);
}

static void
read_find__takes_keys_ids_and_names(void **state)
{
	AUTO(store) struct store *s = estate_store();
	char shown[KEY_ID_BYTES];
	struct err e = { 0 };
	int64_t id = 0;

	(void)state;
	key_id(STR("spki:" HEX_B), shown);
	assert_ok(read_find(s, str_from(shown), &id, &e), &e);
	assert_int_equal(id, 3);
	id = 0;
	assert_ok(read_find(s, str_of(shown, 4), &id, &e), &e);
	assert_int_equal(id, 3);
	id = 0;
	assert_ok(read_find(s, STR("backup@Alpha"), &id, &e), &e);
	assert_int_equal(id, 3);
	assert_int_equal(read_find(s, str_of(shown, 3), &id, &e), MU_ENOTFOUND);
	assert_int_equal(read_find(s, STR("nobody"), &id, &e), MU_ENOTFOUND);
	(void)feed(s, RUN("2", "2000") IDENT("spki:dd", "ssh_key",
			  ",\"name\":\"backup@Alpha\"") END);
	assert_int_equal(read_find(s, STR("backup@Alpha"), &id, &e),
	    MU_ECONFLICT);
}

static int
put_credential(void *cookie, const struct read_credential *r, struct err *e)
{
	struct buf *b = cookie;

	(void)e;
	buf_addf(b, "%s " STR_FMT " " STR_FMT " s%lld\n",
	    word_of(&word_cred_kind, (int)r->rec.kind), STR_ARG(r->rec.subject),
	    STR_ARG(r->names_json), (long long)r->sightings);
	return MU_OK;
}

static int
put_sighting(void *cookie, const struct read_sighting *r, struct err *e)
{
	struct buf *b = cookie;

	(void)e;
	buf_addf(b, "%s " STR_FMT " %llo " STR_FMT " " STR_FMT "\n",
	    word_of(&word_role, (int)r->rec.role), STR_ARG(r->rec.locator),
	    (unsigned long long)r->rec.mode, STR_ARG(r->rec.owner),
	    STR_ARG(r->asset_name));
	return MU_OK;
}

static int
put_grant(void *cookie, const struct read_grant *r, struct err *e)
{
	struct buf *b = cookie;

	(void)e;
	buf_addf(b, STR_FMT " %s " STR_FMT "\n", STR_ARG(r->rec.target),
	    word_of(&word_capability, (int)r->rec.capability),
	    STR_ARG(r->rec.locator));
	return MU_OK;
}

static int
put_edge(void *cookie, const struct read_edge *r, struct err *e)
{
	struct buf *b = cookie;

	(void)e;
	buf_addf(b, "%s %s " STR_FMT " (" STR_FMT ")\n", r->out ? "out" : "in",
	    word_of(&word_edge_kind, (int)r->kind), STR_ARG(r->other_key),
	    STR_ARG(r->evidence));
	return MU_OK;
}

static void
read_parts__give_one_identity_in_full(void **state)
{
	AUTO(store) struct store *s = estate_store();
	AUTO(buf) struct buf b;
	struct err e = { 0 };

	(void)state;
	buf_init(&b, 65536);
	assert_ok(read_credentials(s, 1, put_credential, &b, &e), &e);
	assert_str(buf_str(&b),
	    "keypair   s1\n"
	    "x509 CN=shop [\"a.example.org\",\"shop.example.org\"] s1\n");
	buf_reset(&b);
	assert_ok(read_sightings(s, 1, put_sighting, &b, &e), &e);
	assert_str(buf_str(&b), "private etc/shop.key 600 root alpha\n"
				"in_use etc/shop.pem#1 644  alpha\n");
	buf_reset(&b);
	assert_ok(read_grants(s, 4, put_grant, &b, &e), &e);
	assert_str(buf_str(&b), "host:a data_admin etc/sudoers:1\n");
	buf_reset(&b);
	assert_ok(read_edges(s, 4, put_edge, &b, &e), &e);
	assert_ok(read_edges(s, 3, put_edge, &b, &e), &e);
	assert_str(buf_str(&b),
	    "in authenticates_as spki:" HEX_B " (said so)\n"
	    "out authenticates_as account:host:a:root (said so)\n");
}

static int
put_finding(void *cookie, const struct read_finding *r, struct err *e)
{
	struct buf *b = cookie;

	(void)e;
	buf_addf(b,
	    STR_FMT " " STR_FMT " " STR_FMT " " STR_FMT " " STR_FMT " %lld\n",
	    STR_ARG(r->fid), STR_ARG(r->severity), STR_ARG(r->name),
	    STR_ARG(r->asset), STR_ARG(r->locator),
	    (long long)(r->value == REC_NO_INT ? -1 : r->value));
	return MU_OK;
}

static void
want_findings(struct store *s, struct read_filter f, const char *want)
{
	AUTO(buf) struct buf b;
	struct err e = { 0 };

	buf_init(&b, 65536);
	assert_ok(read_findings(s, &f, put_finding, &b, &e), &e);
	assert_str(buf_str(&b), want);
}

#define F1 "f1 high shop.example.org alpha etc/shop.pem#1 3\n"
#define F2 "f2 critical backup@Alpha alpha root/.ssh/authorized_keys:1 -1\n"
#define F3 "f3 low shop.example.org alpha etc/shop.pem#1 -1\n"

static void
read_findings__come_worst_first(void **state)
{
	AUTO(store) struct store *s = estate_store();

	(void)state;
	want_findings(s, all, F2 F1);
	want_findings(s, (struct read_filter){ .order = READ_BY_RANK }, F2 F1);
	want_findings(s, (struct read_filter){ .state = STR("all") }, F2 F1 F3);
	want_findings(s, (struct read_filter){ .state = STR("fixed") }, F3);
	want_findings(s, (struct read_filter){ .severity = STR("critical") },
	    F2);
	want_findings(s, (struct read_filter){ .identity = 1 }, F1);
	want_findings(s, (struct read_filter){ .fid = STR("f1") }, F1);
	want_findings(s, (struct read_filter){ .asset = STR("host:b") }, "");
	want_findings(s, (struct read_filter){ .owner = STR("none") }, F2);
}

#define F4(where) "f4 low shop.example.org  " where " -1\n"

/* No sighting: the place of a right or of the service that runs is given. */
static void
read_findings__find_a_place_without_a_sighting(void **state)
{
	static const struct {
		const char *sql, *want;
	} t[] = {
		{ "INSERT INTO findings VALUES (4, 'f4', 'X', 1, NULL, NULL, "
		  "'low', 'low', '', NULL, NULL, '', 'open', 5, 6, NULL)",
		    F4("") },
		{ "INSERT INTO edges VALUES (900, 'consumed_by', 1, 3, "
		  "'etc/no', 1, 5, 6, NULL, '')",
		    F4("") },
		{ "INSERT INTO edges VALUES (901, 'runs_as', 1, 3, "
		  "'etc/gone', 1, 5, 6, 7, '')",
		    F4("") },
		{ "INSERT INTO edges VALUES (902, 'runs_as', 1, 2, "
		  "'etc/u.service', 1, 5, 6, NULL, '')",
		    F4("etc/u.service") },
		{ "INSERT INTO grants VALUES (903, 1, 'root', 1, 'p', "
		  "'etc/sudoers:3', 'data_admin', 1, 1, 1, 5, 6, NULL, '')",
		    F4("etc/sudoers:3") },
	};
	AUTO(store) struct store *s = estate_store();
	struct err e = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		assert_ok(store_query(s, t[i].sql, NULL, 0, NULL, NULL, &e),
		    &e);
		want_findings(s, (struct read_filter){ .fid = STR("f4") },
		    t[i].want);
	}
}

static int
put_gap(void *cookie, const struct read_gap *r, struct err *e)
{
	struct buf *b = cookie;

	(void)e;
	buf_addf(b, STR_FMT " %s " STR_FMT " %lld\n", STR_ARG(r->place),
	    word_of(&word_gap_reason, (int)r->reason), STR_ARG(r->locator),
	    (long long)r->count);
	return MU_OK;
}

static int
put_coverage(void *cookie, const struct read_coverage *r, struct err *e)
{
	struct buf *b = cookie;

	(void)e;
	buf_addf(b, STR_FMT " " STR_FMT " %s\n", STR_ARG(r->asset),
	    STR_ARG(r->place), word_of(&word_cover_state, (int)r->state));
	return MU_OK;
}

static int
put_check(void *cookie, const struct read_check *r, struct err *e)
{
	struct buf *b = cookie;

	(void)e;
	buf_addf(b, STR_FMT " " STR_FMT " " STR_FMT " " STR_FMT " %lld\n",
	    STR_ARG(r->check), STR_ARG(r->asset), STR_ARG(r->state),
	    STR_ARG(r->missing), (long long)r->unconfirmed);
	return MU_OK;
}

static void
read_lists__come_in_order(void **state)
{
	AUTO(store) struct store *s = estate_store();
	AUTO(buf) struct buf b;
	struct err e = { 0 };

	(void)state;
	buf_init(&b, 65536);
	assert_ok(read_gaps(s, &all, true, put_gap, &b, &e), &e);
	assert_str(buf_str(&b), "tls.files denied srv/a 2\n"
				"tls.files malformed srv/c 1\n");
	buf_reset(&b);
	assert_ok(read_gaps(s, &all, false, put_gap, &b, &e), &e);
	assert_str(buf_str(&b), "tls.files denied srv/a 1\n"
				"tls.files denied srv/b 1\n"
				"tls.files malformed srv/c 1\n");
	buf_reset(&b);
	assert_ok(read_coverages(s, &all, put_coverage, &b, &e), &e);
	assert_str(buf_str(&b), "alpha ssh.authorized_keys read\n"
				"alpha tls.files partly\n");
	buf_reset(&b);
	assert_ok(read_checks(s, &all, put_check, &b, &e), &e);
	assert_str(buf_str(&b), "MUS-AGT-001 alpha not_assessed agent.mcp 0\n"
				"MUS-CRT-001 alpha fail  4\n");
}

static int
put_change(void *cookie, const struct read_change *r, struct err *e)
{
	struct buf *b = cookie;

	(void)e;
	buf_addf(b,
	    "%lld " STR_FMT " " STR_FMT " " STR_FMT ":" STR_FMT ">" STR_FMT
	    " " STR_FMT " " STR_FMT "\n",
	    (long long)r->at, STR_ARG(r->noun), STR_ARG(r->what),
	    STR_ARG(r->field), STR_ARG(r->old_value), STR_ARG(r->new_value),
	    STR_ARG(r->name), STR_ARG(r->thing));
	return MU_OK;
}

static void
want_changes(struct store *s, struct read_filter f, int64_t since,
    struct str run, const char *want)
{
	AUTO(buf) struct buf b;
	struct err e = { 0 };

	buf_init(&b, 65536);
	assert_ok(read_changes(s, &f, since, run, put_change, &b, &e), &e);
	assert_str(buf_str(&b), want);
}

static void
read_changes__speak_in_words(void **state)
{
	AUTO(store) struct store *s = estate_store();

	(void)state;
	want_changes(s, all, CLOCK_NONE, STR_NONE, "");
	(void)feed(s,
	    RUN("2", "2000")
		HOST SEEN("spki:" HEX_A, "tls.files", "etc/shop.key", "private",
		    ",\"mode\":\"0644\",\"owner\":\"root\"")
		    IDENT("spki:ee", "ssh_key", ",\"context\":\"sample:x\"")
			COVER("ssh.authorized_keys", "read") END);
	(void)feed(s, RUN("3", "3000")
			  HOST IDENT("account:host:a:root", "service_account",
			      ",\"name\":\"root\",\"asset\":\"host:a\","
			      "\"privileged\":\"no\",\"uid\":0") END);
#define MODE                                                     \
	"2000 sighting changed mode:0600>0644 shop.example.org " \
	"etc/shop.key\n"
#define GONE                                                    \
	"2000 sighting gone :> backup@Alpha "                   \
	"root/.ssh/authorized_keys:1\n"                         \
	"2000 credential gone :> backup@Alpha spki:" HEX_B "\n" \
	"2000 identity gone :> backup@Alpha spki:" HEX_B "\n"   \
	"2000 identity gone :> ada account:host:a:ada\n"        \
	"2000 edge gone :> backup@Alpha authenticates_as\n"
#define LESS                                            \
	"3000 identity changed privileged:yes>no root " \
	"account:host:a:root\n"
	want_changes(s, all, 2500, STR_NONE, LESS);
	want_changes(s, all, CLOCK_NONE, STR("last"), LESS);
	want_changes(s, all, CLOCK_NONE, STR("0000000000000002"), GONE MODE);
	want_changes(s, (struct read_filter){ .identity = 1 }, CLOCK_NONE,
	    STR_NONE, MODE);
	want_changes(s,
	    (struct read_filter){ .context = true, .text = STR("spki:ee") },
	    CLOCK_NONE, STR_NONE, "2000 identity new :>  spki:ee\n");
}

static void
read_count__counts_each_thing_once(void **state)
{
	AUTO(store) struct store *s = estate_store();
	struct read_filter b = { .asset = STR("host:b") };
	struct read_counts n;
	struct err e = { 0 };

	(void)state;
	assert_ok(read_count(s, &all, &n, &e), &e);
	assert_int_equal(n.identities, 3);
	assert_int_equal(n.persons, 1);
	assert_int_equal(n.context, 1);
	assert_int_equal(n.by_kind[ID_TLS_CERT], 1);
	assert_int_equal(n.by_kind[ID_SIGNING_KEY], 0);
	assert_int_equal(n.unowned, 2);
	assert_int_equal(n.unconfirmed, 3);
	assert_int_equal(n.credentials, 3);
	assert_int_equal(n.sightings, 3);
	assert_int_equal(n.grants, 1);
	assert_int_equal(n.gaps, 3);
	assert_int_equal(n.assets, 1);
	assert_int_equal(n.last_run_at, 1000);
	assert_int_equal(n.critical, 1);
	assert_int_equal(n.high, 1);
	assert_int_equal(n.low, 0);
	assert_ok(read_count(s, &b, &n, &e), &e);
	assert_int_equal(n.identities + n.persons + n.gaps + n.critical, 0);
	assert_int_equal(n.last_run_at, CLOCK_NONE);
}

static int
put_reason(void *cookie, const struct read_reason *r, struct err *e)
{

	(void)e;
	buf_addf(cookie, STR_FMT " %s %lld\n", STR_ARG(r->reason),
	    word_of(&word_id_kind, (int)r->kind), (long long)r->count);
	return MU_OK;
}

static int
put_asset(void *cookie, const struct read_asset *r, struct err *e)
{

	(void)e;
	buf_addf(cookie, STR_FMT " " STR_FMT " %lld %lld\n", STR_ARG(r->name),
	    STR_ARG(r->run), (long long)r->identities, (long long)r->runs);
	return MU_OK;
}

static void
read_assets__and_reasons_are_told(void **state)
{
	AUTO(store) struct store *s = estate_store();
	AUTO(buf) struct buf b;
	struct err e = { 0 };

	(void)state;
	buf_init(&b, 65536);
	assert_ok(read_reasons(s, &all, put_reason, &b, &e), &e);
	assert_str(buf_str(&b), "package signing_key 1\n");
	buf_reset(&b);
	assert_ok(read_assets(s, &all, put_asset, &b, &e), &e);
	assert_str(buf_str(&b), "alpha 0000000000000001 1 1\n");
}

static int
stop_at_once(void *cookie, const struct read_identity *r, struct err *e)
{

	(void)cookie;
	(void)r;
	return err_set(e, MU_ELIMIT, "enough");
}

static void
read_identities__stops_when_the_row_function_says_so(void **state)
{
	AUTO(store) struct store *s = estate_store();
	struct err e = { 0 };

	(void)state;
	assert_int_equal(read_identities(s, &all, stop_at_once, NULL, &e),
	    MU_ELIMIT);
	assert_string_equal(e.text, "enough");
	/* The statement is given back: the next one runs. */
	want_identities(s, all, BACKUP ROOT SHOP);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(read_identities__lets_by_what_the_filter_says),
		TEST(read_identity__joins_the_keys_of_one_identity),
		TEST(read_find__takes_keys_ids_and_names),
		TEST(read_parts__give_one_identity_in_full),
		TEST(read_findings__come_worst_first),
		TEST(read_findings__find_a_place_without_a_sighting),
		TEST(read_lists__come_in_order),
		TEST(read_changes__speak_in_words),
		TEST(read_count__counts_each_thing_once),
		TEST(read_assets__and_reasons_are_told),
		TEST(read_identities__stops_when_the_row_function_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
