#include "../test.h"
#include "report/says.h"

#define DAY_S 86400
#define NOW   INT64_C(1795262400) /* 2026-11-21T12:00:00Z */

/* An audit by an ordinary account with nothing in it. */
static struct audit
bare(void)
{
	struct audit d = {
		.now_s = NOW, .took_ms = REC_NO_INT, .before_at = CLOCK_NONE
	};
	struct read_asset a = { .name = STR("web01"), .euid = 1000 };

	assert_true(vec_push(&d.assets, 1, a));
	return d;
}

static void
gap(struct audit *d, enum gap_reason reason, const char *locator, int64_t n)
{
	struct read_gap g = {
		.reason = reason, .locator = str_from(locator), .count = n
	};

	assert_true(vec_push(&d->gaps, 16, g));
	d->counts.gaps += n;
}

static void
says(void (*sentence)(struct buf *, const struct audit *),
    const struct audit *d, const char *want)
{
	AUTO(buf) struct buf b;

	buf_init(&b, 4096);
	sentence(&b, d);
	assert_str(buf_str(&b), want);
}

static void
cover(struct audit *d, enum cover_state state, int64_t files)
{
	struct read_coverage c = { .state = state, .files = files };

	assert_true(vec_push(&d->coverage, 16, c));
}

static void
says_looked__counts_places_and_files(void **state)
{
	AUTO(audit) struct audit d = bare();

	(void)state;
	says(says_looked, &d, "0 files");
	cover(&d, COVER_ABSENT, 0);
	cover(&d, COVER_ABSENT, 0);
	says(says_looked, &d,
	    "0 files; of 2 kinds of place, none is on this machine");
	says(says_not_seen, &d,
	    "Nothing that Muster knows to look for; is this the root directory "
	    "of a machine?");
	cover(&d, COVER_READ, 1);
	says(says_looked, &d,
	    "1 kind of place, 1 file; 2 more are not on this machine");
}

static void
says_not_seen__counts_by_reason(void **state)
{
	AUTO(audit) struct audit d = bare();

	(void)state;
	cover(&d, COVER_READ, 7);
	says(says_not_seen, &d, "Nothing that Muster knows to look for");
	gap(&d, GAP_MALFORMED, "etc/a", 1);
	says(says_not_seen, &d,
	    "1 thing damaged or not what it claims to be; by name: "
	    "`muster gaps`");
	gap(&d, GAP_DENIED, "etc/shadow", 1200);
	says(says_not_seen, &d,
	    "1,201 things: 1,200 that this account may not read, 1 damaged or "
	    "not what it claims to be; by name: `muster gaps`");
}

static void
says_rights__names_what_root_would_see(void **state)
{
	AUTO(audit) struct audit d = bare();

	(void)state;
	says(says_rights, &d, "");
	gap(&d, GAP_LIMIT, "var/huge", 3);
	says(says_rights, &d, "");
	gap(&d, GAP_DENIED, "etc/shadow", 1);
	says(says_rights, &d, "Run it as root to read /etc/shadow");
	gap(&d, GAP_DENIED, "ro\x1bot", 14);
	says(says_rights, &d,
	    "Run it as root to read /etc/shadow, /ro\\x1bot and 13 more");
	d.assets.v[0].euid = 0;
	says(says_rights, &d, "");
}

static void
says_change__tells_a_baseline_from_no_change(void **state)
{
	AUTO(audit) struct audit d = bare();

	(void)state;
	says(says_change, &d, "");
	d.compared = true;
	says(says_change, &d,
	    "Nothing was kept (--no-save), so there is nothing to compare "
	    "with");
	d.kept = true;
	d.delta.baseline = true;
	d.counts.identities = d.counts.unconfirmed = 47;
	says(says_change, &d,
	    "This is the first audit here, the baseline: 47 identities are "
	    "not yet confirmed by a person");
	d.delta.baseline = false;
	d.before_at = NOW - 7 * DAY_S;
	says(says_change, &d, "No change since 14 Nov 2026");
	d.delta.sightings_changed = 1;
	says(says_change, &d,
	    "The same identities; keys or places of them changed since 14 Nov "
	    "2026; which: `muster changes`");
	d.delta.identities_new = 2;
	d.delta.identities_changed = 1;
	says(says_change, &d,
	    "2 new, 1 changed since 14 Nov 2026; which: `muster changes`");
}

static void
says_findings__leaves_out_what_is_none(void **state)
{
	AUTO(audit) struct audit d = bare();

	(void)state;
	says(says_findings, &d, "None in what was read");
	d.counts.high = 12;
	d.counts.info = 1;
	says(says_findings, &d, "12 high, 1 for information");
}

/* Three findings of one check, and one of another, of identity 7. */
static void
says_why__says_a_title_once(void **state)
{
	static const struct read_finding rows[] = {
		{ .identity_id = 7,
		    .check = { "MUS-CRT-001", 11 },
		    .detail = { "in a file", 9 } },
		{ .identity_id = 8,
		    .check = { "MUS-CRT-001", 11 },
		    .detail = { "in a file", 9 } },
		{ .identity_id = 7,
		    .check = { "MUS-CRT-001", 11 },
		    .detail = { "in a file", 9 } },
		{ .identity_id = 7, .check = { "X-1", 3 } },
		{ .identity_id = 7, .check = { "MUS-CRT-001", 11 } },
	};
	struct read_identity who = { .id = 7, .findings = 4 };
	AUTO(audit) struct audit d = bare();
	AUTO(buf) struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, 4096);
	for (i = 0; i < MU_COUNT(rows); i++)
		assert_true(vec_push(&d.findings, 16, rows[i]));
	says_why(&b, &d, &who);
	assert_str(buf_str(&b),
	    "MUS-CRT-001 (in a file), and 2 more like it; X-1");
	buf_reset(&b);
	who.findings = 6;
	says_why(&b, &d, &who);
	assert_str(buf_str(&b),
	    "MUS-CRT-001 (in a file), and 2 more like it; X-1; and 2 more");
	buf_reset(&b);
	who.id = 8;
	who.findings = 1;
	says_why(&b, &d, &who);
	assert_str(buf_str(&b), "MUS-CRT-001 (in a file)");
}

static void
says_headline__says_that_nothing_was_found(void **state)
{
	AUTO(audit) struct audit d = bare();

	(void)state;
	says(says_headline, &d, "No machine identity was found on web01");
	d.compared = d.kept = d.delta.baseline = true;
	says(says_change, &d,
	    "This is the first audit here, and it found nothing");
	d.counts.persons = 1;
	says(says_headline, &d,
	    "0 machine identities, 1 person: 0 to 1 on web01");
}

static void
says_context__adds_up_by_reason(void **state)
{
	static const struct read_reason rows[] = {
		{ { "package", 7 }, ID_TLS_CERT, 1000 },
		{ { "package", 7 }, ID_SSH_KEY, 204 },
		{ { "sample", 6 }, ID_SSH_KEY, 1 },
	};
	AUTO(audit) struct audit d = bare();
	size_t i;

	(void)state;
	says(says_context, &d, "");
	for (i = 0; i < MU_COUNT(rows); i++)
		assert_true(vec_push(&d.reasons, 16, rows[i]));
	says(says_context, &d,
	    "1,204 belong to the distribution's packages, 1 is a "
	    "test sample. See them: `muster list --all`.");
}

static void
says_next__names_one_command(void **state)
{
	AUTO(audit) struct audit d = bare();
	struct read_identity r = { .shown = STR("ab12cd34") };

	(void)state;
	says(says_next, &d, "`muster places` shows where Muster looks.");
	d.counts.identities = 3;
	says(says_next, &d, "`muster list` shows them all.");
	assert_true(vec_push(&d.top, AUDIT_TOP, r));
	says(says_next, &d,
	    "`muster show ab12cd34` says all that is known of the first one.");
	gap(&d, GAP_DENIED, "etc/shadow", 1);
	says(says_next, &d,
	    "`sudo muster audit` sees the rest of the machine.");
}

static void
says_headline__makes_the_name_of_a_host_safe(void **state)
{
	AUTO(audit) struct audit d = bare();

	(void)state;
	d.counts.identities = 4;
	d.counts.persons = 2;
	d.assets.v[0].name = STR("we\x1b[31mb");
	says(says_headline, &d,
	    "4 machine identities, 2 people: 2 to 1 on we\\x1b[31mb");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(says_looked__counts_places_and_files),
		TEST(says_not_seen__counts_by_reason),
		TEST(says_rights__names_what_root_would_see),
		TEST(says_change__tells_a_baseline_from_no_change),
		TEST(says_findings__leaves_out_what_is_none),
		TEST(says_context__adds_up_by_reason),
		TEST(says_headline__says_that_nothing_was_found),
		TEST(says_why__says_a_title_once),
		TEST(says_next__names_one_command),
		TEST(says_headline__makes_the_name_of_a_host_safe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
