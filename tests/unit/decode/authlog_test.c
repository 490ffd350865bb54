/*
 * Logs of sign-ins. What sshd says in tests/cases/authlog is its own
 * (make.sh there); seconds are `date -u -d ... +%s`.
 */

#include "decode/authlog.h"

#include "seen.h"

#define ED     "GXGSQiU7oA33JGhHEWo07OCD42awsM14rYl80bbztz8"
#define RSA    "GpPXyAqfJYuPGYo87bFmm5nJTyo82aXHlKTVuoWm6sI"
#define EC     "kXSOJccu1S0thPS+s0BlaEx9nynVBM/SVvpowOvrRVw"
#define SIGNED "sGcDUMj6yXIKsltnLyjCxtrrG9JA/QrYLIojui0c8+g"
#define CA     "Ub35aYEvaKprS7n9zVSXFkNIWZ7D1vXigG71Bh9k91w"

#define USED(fp, at)                                        \
	"{\"type\":\"credential\",\"key\":\"ssh:SHA256:" fp \
	"\",\"kind\":\"keypair\",\"ssh_fp\":\"SHA256:" fp   \
	"\",\"last_used\":{\"at\":" at ",\"by\":\"in_band\"}}"

static struct decode_span span;

static void
start(struct seen *s, int64_t mtime_s)
{

	seen_init(s, "root:x:0:0::/root:/bin/sh\n", NULL, NULL);
	s->file.mtime_s = mtime_s;
	s->span = &span;
	span = (struct decode_span){ .from_s = CLOCK_NONE };
}

static void
bsd__gets_its_year_from_the_file_over_new_year(void **state)
{
	struct seen s;

	(void)state;
	start(&s, 1732147200); /* 2024-11-21 */
	assert_ok(seen_read(&s, &decode_authlog, seen_case(&s, "authlog/bsd")),
	    &s.e);
	assert_count(&s, "\"type\":\"credential\"", 5);
	assert_record(&s, USED(ED, "1704067198"));
	assert_record(&s, USED(RSA, "1704067205"));
	assert_record(&s, USED(EC, "1709208000"));
	assert_record(&s, USED(SIGNED, "1732090500"));
	assert_record(&s, USED(CA, "1732090500"));
	assert_count(&s, "\"type\":\"gap\"", 0);
	assert_int_equal(span.from_s, 1703917501);
	assert_int_equal(span.to_s, 1732093204);
	assert_true(span.heard);
	seen_free(&s);
}

static void
iso__knows_zones_and_both_forms(void **state)
{
	struct seen s;

	(void)state;
	start(&s, 1795219200); /* 2026-11-21 */
	assert_ok(seen_read(&s, &decode_authlog, seen_case(&s, "authlog/iso")),
	    &s.e);
	assert_count(&s, "\"type\":\"credential\"", 5);
	assert_record(&s, USED(ED, "1795161600"));
	assert_record(&s, USED(RSA, "1795161600"));
	assert_record(&s, USED(EC, "1795163400"));
	assert_record(&s, USED(SIGNED, "1795167000"));
	assert_record(&s, USED(CA, "1795167000"));
	assert_count(&s, "\"reason\":\"unsupported\"", 1);
	assert_count(&s, "etc/file:6", 1);
	assert_int_equal(span.from_s, 1795161600);
	assert_int_equal(span.to_s, 1795167120);
	seen_free(&s);
}

static void
no_line_is_younger_than_its_file(void **state)
{
	struct seen s;

	(void)state;
	start(&s, 1795161000);
	assert_ok(seen_read(&s, &decode_authlog, seen_case(&s, "authlog/iso")),
	    &s.e);
	assert_count(&s, "\"at\":1795161000", 5);
	seen_free(&s);
}

static void
only_what_sshd_says_counts(void **state)
{
	struct seen s;

	(void)state;
	start(&s, 1732147200);
	assert_ok(seen_read(&s, &decode_authlog,
		      seen_case(&s, "authlog/wicked")),
	    &s.e);
	assert_count(&s, "\"type\":\"credential\"", 2);
	assert_count(&s, SIGNED, 2);
	assert_count(&s, CA, 2);
	assert_count(&s, "\"reason\":\"unsupported\"", 2);
	assert_ok(seen_read(&s, &decode_authlog,
		      STR("Nov 20 09:00:00 web1 sshd[1]: Invalid user "
			  "Accepted publickey for x from y port 1 ssh2: RSA "
			  "SHA256:" ED " from 192.0.2.1 port 2\n")),
	    &s.e);
	assert_count(&s, "\"type\"", 0);
	seen_free(&s);
}

static void
a_packed_or_foreign_file_is_a_gap(void **state)
{
	struct seen s;

	(void)state;
	start(&s, 1732147200);
	assert_int_equal(seen_read(&s, &decode_authlog,
			     seen_case(&s, "authlog/packed.gz")),
	    MU_EUNSUPPORTED);
	assert_int_equal(seen_read(&s, &decode_authlog, STR("words\n")),
	    MU_EFORMAT);
	assert_ok(seen_read(&s, &decode_authlog, STR("")), &s.e);
	assert_int_equal(span.from_s, CLOCK_NONE);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(bsd__gets_its_year_from_the_file_over_new_year),
		TEST(iso__knows_zones_and_both_forms),
		TEST(no_line_is_younger_than_its_file),
		TEST(only_what_sshd_says_counts),
		TEST(a_packed_or_foreign_file_is_a_gap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
