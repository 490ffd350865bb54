#include "seen.h"

static struct decode_in
in_of(struct seen *s)
{

	return (struct decode_in){ .file = &s->file,
		.host = &s->host,
		.peek = &s->peek,
		.job = s->job,
		.out = &s->sink };
}

static void
glob_is(const struct decode_in *in, const char *pattern, const char *want)
{
	AUTO(buf) struct buf b = { 0 };
	struct err e = { 0 };
	struct str *paths = NULL;
	size_t n, i;

	buf_init(&b, 4096);
	assert_ok(peek_glob(in, str_from(pattern), &paths, &n, &e), &e);
	for (i = 0; i < n; i++) {
		buf_add(&b, paths[i]);
		buf_addc(&b, ' ');
	}
	if (!str_eq(buf_str(&b), str_from(want)))
		fail_msg("%s stands for " STR_FMT, pattern,
		    STR_ARG(buf_str(&b)));
}

/* The answers are those of sh(1) over the same tree. */
static void
peek_glob__is_a_shell_s(void **state)
{
	struct seen s;
	struct decode_in in;

	(void)state;
	seen_init(&s, "root:x:0:0::/root:/bin/sh\n", NULL, "");
	s.tree[0] = (struct seen_file){ "etc/d/.hidden.conf", "" };
	s.tree[1] = (struct seen_file){ "etc/d/a.conf", "" };
	s.tree[2] = (struct seen_file){ "etc/d/b.conf", "" };
	s.tree[3] = (struct seen_file){ "etc/d/b.conf.bak", "" };
	s.tree[4] = (struct seen_file){ "etc/d/sub/c.conf", "" };
	s.tree[5] = (struct seen_file){ "etc/e/sub/c.conf", "" };
	in = in_of(&s);
	glob_is(&in, "/etc/d/*.conf", "etc/d/a.conf etc/d/b.conf ");
	glob_is(&in, "etc/*/sub/*.conf", "etc/d/sub/c.conf etc/e/sub/c.conf ");
	glob_is(&in, "etc/d/[b-z].con?", "etc/d/b.conf ");
	glob_is(&in, "etc/d/.*.conf", "etc/d/.hidden.conf ");
	glob_is(&in, "/etc/not/there", "etc/not/there ");
	glob_is(&in, "/etc/not/*", "");
	glob_is(&in, "", "");
	seen_free(&s);
}

static void
peek_file__is_the_same_question_about_another_file(void **state)
{
	struct seen s;
	struct decode_in in, out;
	struct err e = { 0 };

	(void)state;
	seen_init(&s, "root:x:0:0::/root:/bin/sh\n", NULL, "");
	s.tree[0] = (struct seen_file){ "etc/x", "abc" };
	s.tree[1] = (struct seen_file){ "etc/y", NULL };
	in = in_of(&s);
	assert_int_equal(peek_file(&in, STR("/etc/x"), 10, &out, &e), 1);
	assert_true(str_eq(out.bytes, STR("abc")));
	assert_true(str_eq(out.file->path, STR("etc/x")));
	assert_ptr_equal(out.host, in.host);
	assert_int_equal(peek_file(&in, STR("/etc/z"), 10, &out, &e), 0);
	assert_int_equal(peek_file(&in, STR("/etc/x"), 2, &out, &e), MU_ELIMIT);
	assert_int_equal(peek_file(&in, STR("etc/y"), 9, &out, &e), MU_EDENIED);
	assert_int_equal(peek_reason(MU_EDENIED), GAP_DENIED);
	assert_int_equal(peek_reason(MU_ELIMIT), GAP_LIMIT);
	in.peek = NULL;
	assert_int_equal(peek_file(&in, STR("/etc/x"), 10, &out, &e), 0);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(peek_glob__is_a_shell_s),
		cmocka_unit_test(
		    peek_file__is_the_same_question_about_another_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
