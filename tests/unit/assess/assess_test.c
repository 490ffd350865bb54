#include "world.h"

/* A check of our own, for the rules that hold for all of them. */
#define HEAD(id, severity)                                                    \
	"-- id: " id "\n-- title: t\n-- kinds: token\n-- severity: " severity \
	"\n-- trigger: t\n-- why: w\n-- remedy: r\n"
/* Raises every token that is still new, by its credential. */
#define RAISE_NEW                                                       \
	"SELECT i.id AS identity_id, NULL AS credential_id,\n"          \
	"NULL AS sighting_id, i.first_seen AS since_at, 7 AS value,\n"  \
	"'d' AS detail FROM live_identities i WHERE i.kind = 'token'\n" \
	"ORDER BY i.id"

static void
use(struct world *w, const char *name, const char *text)
{
	struct check c;

	assert_ok(assess_check_parse(name, str_from(text), w->a, &c, &w->e),
	    &w->e);
	assert_true(vec_push(&w->checks, 16, c));
}

static void
assess_run__says_na_pass_not_assessed_or_fail(void **state)
{
	struct world *w = *state;

	use(w, "u.sql",
	    HEAD("U-1", "low") "-- needs: test.a test.b test.c\n" RAISE_NEW);
	/* No token, and nobody says the places were not read. */
	audit(w, "1-none", NOW);
	identity(w, "key:1", ID_SSH_KEY);
	done(w);
	/* No token, but a place that was not wholly read. */
	audit(w, "2-unread", NOW);
	cover(w, "test.a", COVER_READ);
	cover(w, "test.b", COVER_UNREAD);
	cover(w, "test.c", COVER_PARTLY);
	done(w);
	/* No token; one place is not there at all, which counts as read. */
	audit(w, "3-absent", NOW);
	cover(w, "test.a", COVER_READ);
	cover(w, "test.b", COVER_ABSENT);
	cover(w, "test.c", COVER_READ);
	done(w);
	/* A token, and a place that was never asked for. */
	audit(w, "4-token", NOW);
	cover(w, "test.a", COVER_READ);
	cover(w, "test.b", COVER_UNREAD);
	identity(w, "tok:4", ID_TOKEN);
	done(w);
	judge_at(w, NOW);
	assert_str(results(w, "U-1"),
	    "1-none|na||0|0\n"
	    "2-unread|not_assessed|test.b test.c|0|0\n"
	    "3-absent|na||0|0\n"
	    "4-token|fail|test.b test.c|1|0\n");
	assert_int_equal(w->sum.na, 2);
	assert_int_equal(w->sum.fail, 1);
	assert_int_equal(w->sum.not_assessed, 1);
	assert_int_equal(w->sum.pass, 0);
}

/* The kind is on the asset, so a place without a word about it is unread. */
static void
assess_run__passes_only_what_was_read(void **state)
{
	struct world *w = *state;

	use(w, "u.sql",
	    HEAD("U-1",
		"low") "-- needs: test.a\n"
		       "SELECT id AS identity_id, NULL AS credential_id,"
		       " NULL AS sighting_id, NULL AS since_at, NULL AS value,"
		       " '' AS detail FROM live_identities WHERE name = 'no "
		       "such'"
		       " ORDER BY id;\n");
	audit(w, "read", NOW);
	identity(w, "tok:1", ID_TOKEN);
	cover(w, "test.a", COVER_READ);
	done(w);
	audit(w, "unsaid", NOW);
	identity(w, "tok:2", ID_TOKEN);
	done(w);
	/* Seen here by its credential alone. */
	audit(w, "seen", NOW);
	identity(w, "tok:3", ID_TOKEN)->asset = STR_NONE;
	credential(w, "c:3", "tok:3", CRED_TOKEN);
	sighting(w, "c:3", ROLE_PRIVATE, "x");
	cover(w, "test.a", COVER_READ);
	done(w);
	judge_at(w, NOW);
	assert_str(results(w, "U-1"), "read|pass||0|0\nseen|pass||0|0\n"
				      "unsaid|not_assessed|test.a|0|0\n");
}

static void
assess_run__counts_one_finding_for_many_sightings(void **state)
{
	struct world *w = *state;

	use(w, "u.sql",
	    HEAD("U-1",
		"low") "SELECT c.identity_id AS identity_id, c.id AS "
		       "credential_id,"
		       " s.id AS sighting_id, NULL AS since_at, NULL AS value,"
		       " s.locator AS detail FROM live_credentials c"
		       " JOIN live_sightings s ON s.credential_id = c.id"
		       " ORDER BY c.identity_id, c.id, s.id -- as it comes\n");
	audit(w, "h1", NOW);
	identity(w, "tok", ID_TOKEN);
	credential(w, "c", "tok", CRED_TOKEN);
	sighting(w, "c", ROLE_PRIVATE, "a");
	sighting(w, "c", ROLE_PRIVATE, "b");
	done(w);
	audit(w, "h2", NOW);
	identity(w, "tok", ID_TOKEN);
	credential(w, "c", "tok", CRED_TOKEN);
	sighting(w, "c", ROLE_PRIVATE, "c");
	done(w);
	judge_at(w, NOW);
	assert_str(findings(w, "U-1"), "tok|c|low||a|open\n");
	assert_str(results(w, "U-1"), "h1|fail||1|0\nh2|fail||1|0\n");
	assert_int_equal(w->sum.opened, 1);
	assert_int_equal(w->sum.by_severity[SEV_LOW], 1);
}

/* audit number n of one host, with or without the offender, place read or not */
static void
life_step(struct world *w, int n, bool there, enum cover_state state)
{

	audit(w, "h", NOW + n * DAY);
	identity(w, "stays", ID_WORKLOAD);
	if (there)
		identity(w, "tok", ID_TOKEN);
	cover(w, "test.a", state);
	done(w);
	judge_at(w, NOW + n * DAY);
}

static const char life_sql[] =
    "SELECT f.state, (f.first_at - 1793491200) / 86400,"
    " (f.last_at - 1793491200) / 86400, (f.fixed_at - 1793491200) / 86400"
    " FROM findings f WHERE f.check_id = :c";

static void
assess_run__opens_fixes_and_reopens(void **state)
{
	struct world *w = *state;

	/* The rows hang on a second identity, so that the offender stays live
	 * when it no longer offends. */
	use(w, "u.sql",
	    HEAD("U-1",
		"low") "-- needs: test.a\n"
		       "SELECT i.id AS identity_id, NULL AS credential_id,"
		       " NULL AS sighting_id, NULL AS since_at, NULL AS value,"
		       " '' AS detail FROM live_identities i"
		       " WHERE i.kind = 'workload' AND EXISTS (SELECT 1 FROM"
		       " live_identities t WHERE t.kind = 'token') ORDER BY "
		       "i.id");
	life_step(w, 0, true, COVER_READ);
	assert_str(rows(w, life_sql, "U-1"), "open|0|0|\n");
	assert_int_equal(w->sum.opened, 1);
	life_step(w, 1, true, COVER_READ);
	assert_str(rows(w, life_sql, "U-1"), "open|0|1|\n");
	assert_int_equal(w->sum.opened, 0);
	assert_int_equal(w->sum.open, 1);
	life_step(w, 2, false, COVER_READ);
	assert_str(rows(w, life_sql, "U-1"), "fixed|0|1|2\n");
	assert_int_equal(w->sum.fixed, 1);
	assert_int_equal(w->sum.open, 0);
	assert_str(rows(w, "SELECT COUNT(*) FROM risks", ""), "0\n");
	life_step(w, 3, false, COVER_READ);
	assert_str(rows(w, life_sql, "U-1"), "fixed|0|1|2\n");
	assert_int_equal(w->sum.fixed, 0);
	life_step(w, 4, true, COVER_READ);
	assert_str(rows(w, life_sql, "U-1"), "reopened|0|4|\n");
	assert_int_equal(w->sum.reopened, 1);
	assert_int_equal(w->sum.opened, 0);
	life_step(w, 5, true, COVER_READ);
	assert_str(rows(w, life_sql, "U-1"), "reopened|0|5|\n");
	assert_int_equal(w->sum.reopened, 0);
}

static void
assess_run__keeps_open_what_it_could_not_look_at(void **state)
{
	struct world *w = *state;

	use(w, "u.sql",
	    HEAD("U-1",
		"low") "-- needs: test.a\n"
		       "SELECT i.id AS identity_id, NULL AS credential_id,"
		       " NULL AS sighting_id, NULL AS since_at, NULL AS value,"
		       " '' AS detail FROM live_identities i"
		       " WHERE i.kind = 'workload' AND EXISTS (SELECT 1 FROM"
		       " live_identities t WHERE t.kind = 'token') ORDER BY "
		       "i.id");
	life_step(w, 0, true, COVER_READ);
	life_step(w, 1, false, COVER_PARTLY);
	assert_str(rows(w, life_sql, "U-1"), "open|0|0|\n");
	assert_int_equal(w->sum.open, 1);
	assert_int_equal(w->sum.by_severity[SEV_LOW], 1);
	assert_str(rows(w,
		       "SELECT i.key, r.ordinal FROM risks r"
		       " JOIN identities i ON i.id = r.identity_id",
		       ""),
	    "stays|1\n");
	life_step(w, 2, false, COVER_READ);
	assert_str(rows(w, life_sql, "U-1"), "fixed|0|0|2\n");
}

static void
assess_run__fixes_what_is_gone_or_no_longer_checked(void **state)
{
	struct world *w = *state;

	use(w, "u.sql", HEAD("U-1", "low") "-- needs: test.a\n" RAISE_NEW);
	use(w, "v.sql", HEAD("V-1", "low") RAISE_NEW);
	life_step(w, 0, true, COVER_READ);
	w->checks.n = 1;
	judge_at(w, NOW);
	assert_str(findings(w, "V-1"), "tok||low|7|d|fixed\n");
	assert_str(findings(w, "U-1"), "tok||low|7|d|open\n");
	/* A token has no sighting here, so the audit that misses it ends it. */
	life_step(w, 1, false, COVER_READ);
	assert_str(findings(w, "U-1"), "tok||low|7|d|fixed\n");
}

static struct str
reasons(struct world *w, const char *check)
{

	return rows(w,
	    "SELECT i.key, f.base_severity, f.severity, f.reasons"
	    " FROM findings f JOIN identities i ON i.id = f.identity_id"
	    " WHERE f.check_id = :c ORDER BY i.key",
	    check);
}

static void
severity__prints_each_step_and_stops_at_two(void **state)
{
	struct world *w = *state;
	struct rec_identity *i;

	use(w, "u.sql", HEAD("U-1", "low") RAISE_NEW);
	use(w, "v.sql", HEAD("V-1", "critical") RAISE_NEW);
	audit(w, "h", NOW);
	identity(w, "1-plain", ID_TOKEN);
	identity(w, "2-priv", ID_TOKEN)->privileged = TRI_YES;
	i = identity(w, "3-three", ID_TOKEN);
	i->privileged = i->internet = TRI_YES;
	i->owner = STR_NONE;
	i = identity(w, "4-unknown", ID_TOKEN);
	i->privileged = i->internet = TRI_UNKNOWN;
	identity(w, "6-bare", ID_TOKEN)->owner = STR_NONE;
	/* A key that may log in as someone privileged is privileged. */
	identity(w, "account:h:adm", ID_SERVICE_ACCOUNT)->privileged = TRI_YES;
	identity(w, "5-reach", ID_TOKEN);
	grant(w, "5-reach", "account:h:adm");
	done(w);
	judge_at(w, NOW);
	assert_str(reasons(w, "U-1"),
	    "1-plain|low|low|not known: personal data\n"
	    "2-priv|low|medium|+1 privileged; not known: personal data\n"
	    "3-three|low|high|+1 privileged, +1 usable from the internet;"
	    " not known: personal data\n"
	    "4-unknown|low|low|not known: privileges, use from the internet,"
	    " personal data\n"
	    "5-reach|low|medium|+1 privileged; not known: personal data\n"
	    "6-bare|low|low|not known: personal data, owner\n");
	assert_str(rows(w,
		       "SELECT DISTINCT severity FROM findings"
		       " WHERE check_id = 'V-1'",
		       ""),
	    "critical\n");
}

static void
severity__is_graded_by_value_and_by_time_left(void **state)
{
	struct world *w = *state;
	struct rec_credential *c;

	use(w, "u.sql",
	    HEAD("U-1", "low") "-- param: high_below = 8  (h)\n"
			       "-- param: critical_below = 7  (c)\n" RAISE_NEW);
	use(w, "v.sql",
	    HEAD("V-1",
		"info") "SELECT c.identity_id AS identity_id, c.id AS "
			"credential_id,"
			" NULL AS sighting_id, NULL AS since_at, NULL AS value,"
			" '' AS detail FROM live_credentials c"
			" ORDER BY c.identity_id");
	audit(w, "h", NOW);
	identity(w, "tok", ID_TOKEN);
	c = credential(w, "c", "tok", CRED_TOKEN);
	c->created = (struct when){ NOW - 3600, BY_IN_BAND };
	c->expires = (struct when){ NOW + 3600, BY_IN_BAND };
	identity(w, "unit", ID_WORKLOAD)->owner = STR_NONE;
	c = credential(w, "d", "unit", CRED_TOKEN);
	c->created = (struct when){ NOW - 3600, BY_IN_BAND };
	c->expires = (struct when){ NOW + 3600, BY_IN_BAND };
	done(w);
	judge_at(w, NOW);
	/* 7 is below 8, and not below 7. */
	assert_str(reasons(w, "U-1"),
	    "tok|low|high|graded high; not known: personal data\n");
	assert_str(reasons(w, "V-1"), "tok|info|info|-1 lives less than a day;"
				      " not known: personal data\n"
				      "unit|info|info|-1 lives less than a day;"
				      " not known: personal data, owner\n");
}

static struct str
risks(struct world *w)
{

	return rows(w,
	    "SELECT r.ordinal, i.key, r.score, r.pinned, r.parts FROM risks r"
	    " JOIN identities i ON i.id = r.identity_id ORDER BY r.ordinal",
	    "");
}

/*
 * Sums by hand. Without MUS-REU-001 and MUS-LIF-001 sharing and dormancy are
 * not known: 5 and 3; personal data never is: 8.
 */
static void
risk__adds_up_and_prints_every_part(void **state)
{
	struct world *w = *state;
	struct rec_identity *i;
	struct rec_credential *c;

	use(w, "u.sql", HEAD("U-1", "low") RAISE_NEW);
	audit(w, "h", NOW);
	identity(w, "plain", ID_TOKEN);     /* 8 + 5 + 3 */
	i = identity(w, "worst", ID_TOKEN); /* 30 + 20 + 8 + 10 + 5 + 3 */
	i->privileged = i->internet = TRI_YES;
	i->owner = STR_NONE;
	i = identity(w, "dark", ID_TOKEN); /* 15 + 10 + 8 + 5 + 5 + 3 */
	i->privileged = i->internet = TRI_UNKNOWN;
	credential(w, "c:dark", "dark", CRED_TOKEN);
	identity(w, "used", ID_TOKEN); /* 8 + 5 */
	c = credential(w, "c:used", "used", CRED_TOKEN);
	c->created = (struct when){ NOW - 400 * DAY, BY_IN_BAND };
	c->last_used = (struct when){ NOW - 90 * DAY, BY_IN_BAND };
	identity(w, "no-finding", ID_WORKLOAD);
	done(w);
	judge_at(w, NOW);
	assert_str(risks(w),
	    "1|worst|76|0|30 privileged + 20 usable from the internet +"
	    " 8? personal or card data not known + 10 nobody owns it +"
	    " 5? sharing not known + 3? last use not known\n"
	    "2|dark|46|0|15? privileges not known +"
	    " 10? use from the internet not known +"
	    " 8? personal or card data not known + 5? age not known +"
	    " 5? sharing not known + 3? last use not known\n"
	    "3|plain|16|0|8? personal or card data not known +"
	    " 5? sharing not known + 3? last use not known\n"
	    "4|used|13|0|8? personal or card data not known +"
	    " 5? sharing not known\n");
}

/* Open findings of named checks fill parts; others pin. */
static void
risk__takes_age_sharing_sleep_and_leaks_from_checks(void **state)
{
	struct world *w = *state;
	static const char *const ids[][2] = { { "aged", "MUS-ROT-001" },
		{ "leaked", "MUS-SEC-005" }, { "asleep", "MUS-LIF-001" },
		{ "shared", "MUS-REU-001" } };
	struct str text;
	struct check c;
	size_t k;

	audit(w, "h", NOW);
	for (k = 0; k < MU_COUNT(ids); k++) {
		identity(w, ids[k][0], ID_TOKEN);
		assert_ok(arena_fmt(w->a, &text, &w->e,
			      "-- id: %s\n-- title: t\n-- kinds: token\n"
			      "-- severity: low\n-- trigger: t\n-- why: w\n"
			      "-- remedy: r\n"
			      "SELECT id AS identity_id, NULL AS credential_id,"
			      " NULL AS sighting_id, NULL AS since_at,"
			      " 2 AS value, '' AS detail FROM live_identities"
			      " WHERE key = '%s' ORDER BY id",
			      ids[k][1], ids[k][0]),
		    &w->e);
		assert_ok(assess_check_parse(ids[k][1], text, w->a, &c, &w->e),
		    &w->e);
		assert_true(vec_push(&w->checks, 16, c));
	}
	done(w);
	judge_at(w, NOW);
	assert_str(risks(w),
	    "1|leaked|8|1|8? personal or card data not known\n"
	    "2|aged|18|0|8? personal or card data not known +"
	    " 10 past its policy age\n"
	    "3|shared|18|0|8? personal or card data not known + 10 shared\n"
	    "4|asleep|13|0|8? personal or card data not known + 5 dormant\n");
}

/* Twelve certificates outrank seven tokens; the top ten still has six. */
static void
risk__top_ten_takes_six_keys(void **state)
{
	struct world *w = *state;
	struct rec_identity *i;
	struct str name;
	int k;

	use(w, "u.sql",
	    "-- id: U-1\n-- title: t\n-- kinds: token tls_cert\n"
	    "-- severity: low\n-- trigger: t\n-- why: w\n-- remedy: r\n"
	    "SELECT id AS identity_id, NULL AS credential_id,"
	    " NULL AS sighting_id, NULL AS since_at, NULL AS value,"
	    " '' AS detail FROM live_identities ORDER BY id");
	audit(w, "h", NOW);
	for (k = 0; k < 19; k++) {
		assert_ok(arena_fmt(w->a, &name, &w->e, "%s%02d",
			      k < 12 ? "cert" : "tok", k),
		    &w->e);
		i = identity(w, name.p, k < 12 ? ID_TLS_CERT : ID_TOKEN);
		i->privileged = k < 12 ? TRI_YES : TRI_NO;
	}
	done(w);
	judge_at(w, NOW);
	assert_str(rows(w,
		       "SELECT i.key FROM risks r JOIN identities i"
		       " ON i.id = r.identity_id ORDER BY r.ordinal",
		       ""),
	    "cert00\ncert01\ncert02\ncert03\n"
	    "tok12\ntok13\ntok14\ntok15\ntok16\ntok17\n"
	    "cert04\ncert05\ncert06\ncert07\ncert08\ncert09\ncert10\ncert11\n"
	    "tok18\n");
}

static const char dump_sql[] =
    "SELECT f.id, f.fid, f.check_id, f.identity_id, f.credential_id,"
    " f.sighting_id, f.severity, f.base_severity, f.reasons, f.since_at,"
    " f.value, f.detail, f.state, f.first_at, f.last_at, f.fixed_at"
    " FROM findings f ORDER BY f.id";

static void
assess_run__twice_changes_nothing(void **state)
{
	struct world *w = *state;
	struct str first[3];
	int again;
	static const char *const dumps[] = { dump_sql,
		"SELECT * FROM check_results ORDER BY check_id, asset_id",
		"SELECT * FROM risks ORDER BY ordinal" };
	size_t k;

	audit(w, "h", NOW);
	identity(w, "a", ID_SSH_KEY)->owner = STR_NONE;
	credential(w, "a", "a", CRED_KEYPAIR)->alg = STR("dsa");
	sighting(w, "a", ROLE_PRIVATE, "a")->readers = READERS_WORLD;
	identity(w, "b", ID_TOKEN)->privileged = TRI_YES;
	done(w);
	for (again = 0; again < 2; again++) {
		judge_at(w, NOW + 20 * DAY);
		for (k = 0; k < MU_COUNT(dumps); k++) {
			struct str now = rows(w, dumps[k], "");

			assert_true(now.n > 20);
			if (again)
				assert_true(str_eq(now, first[k]));
			else
				assert_ok(arena_str(w->a, now, &first[k],
					      &w->e),
				    &w->e);
		}
	}
	assert_int_equal(w->sum.opened + w->sum.fixed + w->sum.reopened, 0);
	assert_int_equal(w->sum.open,
	    w->sum.by_severity[SEV_CRITICAL] + w->sum.by_severity[SEV_HIGH] +
		w->sum.by_severity[SEV_MEDIUM] + w->sum.by_severity[SEV_LOW] +
		w->sum.by_severity[SEV_INFO]);
}

/* Each ends with file, line and words, and leaves the register alone. */
static void
assess_run__names_file_and_line_of_a_broken_check(void **state)
{
	static const struct {
		const char *sql, *want;
		int code;
	} cases[] = {
		{ "SELECT id AS identity_id,\nNULL AS credential_id\n"
		  "FRM live_identities",
		    "u.sql:10: ", MU_EFORMAT },
		{ "SELECT id AS identity_id FROM\nlive_things",
		    "u.sql:9: ", MU_EFORMAT },
		{ "SELECT id AS identity_id FROM live_identities",
		    "u.sql:8: ", MU_EFORMAT },
		{ "SELECT i.id AS identity_id, NULL AS credential_id,"
		  " NULL AS sighting_id, NULL AS since_at, COUNT(*) AS value,"
		  " '' AS detail FROM live_identities i, identities a,"
		  " identities b, identities c, identities d, identities e,"
		  " identities f, identities g, identities h, identities j,"
		  " identities k, identities l, identities m, identities n",
		    "u.sql:8: ", MU_ELIMIT },
		{ "SELECT 1 AS identity_id, NULL AS credential_id,"
		  " NULL AS sighting_id, NULL AS since_at, NULL AS value,"
		  " name AS detail FROM sqlite_master",
		    "u.sql:8: ", MU_EDENIED },
	};
	struct world *w = *state;
	struct assess_summary sum;
	struct str name;
	size_t k;
	int i;

	audit(w, "h", NOW);
	for (i = 0; i < 12; i++) {
		assert_ok(arena_fmt(w->a, &name, &w->e, "t%d", i), &w->e);
		identity(w, name.p, ID_TOKEN);
	}
	done(w);
	use(w, "good.sql", HEAD("A-1", "low") RAISE_NEW);
	for (k = 0; k < MU_COUNT(cases); k++) {
		struct str text;

		assert_ok(arena_fmt(w->a, &text, &w->e, "%s%s",
			      HEAD("U-1", "low"), cases[k].sql),
		    &w->e);
		w->checks.n = 1;
		use(w, "u.sql", text.p);
		i = assess_run_checks(w->s, w->checks.v, w->checks.n, NOW, &sum,
		    &w->e);
		if (i != cases[k].code ||
		    !str_starts(str_from(w->e.text), str_from(cases[k].want)))
			fail_msg("case %zu: %d: %s", k, i, w->e.text);
		assert_str(rows(w, "SELECT COUNT(*) FROM findings", ""), "0\n");
	}
}

static void
assess_run__refuses_two_checks_with_one_id(void **state)
{
	struct world *w = *state;
	struct assess_summary sum;

	use(w, "a.sql", HEAD("U-1", "low") RAISE_NEW);
	use(w, "b.sql", HEAD("U-1", "low") RAISE_NEW);
	assert_int_equal(assess_run_checks(w->s, w->checks.v, 2, NOW, &sum,
			     &w->e),
	    MU_EFORMAT);
	assert_string_equal(w->e.text, "b.sql:1: its id is that of a.sql");
}

static void
assess_run__of_an_empty_register(void **state)
{
	struct world *w = *state;

	judge_at(w, NOW);
	assert_int_equal(w->sum.open + w->sum.pass + w->sum.fail, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(assess_run__says_na_pass_not_assessed_or_fail),
		WORLD_TEST(assess_run__passes_only_what_was_read),
		WORLD_TEST(assess_run__counts_one_finding_for_many_sightings),
		WORLD_TEST(assess_run__opens_fixes_and_reopens),
		WORLD_TEST(assess_run__keeps_open_what_it_could_not_look_at),
		WORLD_TEST(assess_run__fixes_what_is_gone_or_no_longer_checked),
		WORLD_TEST(severity__prints_each_step_and_stops_at_two),
		WORLD_TEST(severity__is_graded_by_value_and_by_time_left),
		WORLD_TEST(risk__adds_up_and_prints_every_part),
		WORLD_TEST(risk__takes_age_sharing_sleep_and_leaks_from_checks),
		WORLD_TEST(risk__top_ten_takes_six_keys),
		WORLD_TEST(assess_run__twice_changes_nothing),
		WORLD_TEST(assess_run__names_file_and_line_of_a_broken_check),
		WORLD_TEST(assess_run__refuses_two_checks_with_one_id),
		WORLD_TEST(assess_run__of_an_empty_register),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
