#include <dirent.h>
#include <fcntl.h>

#include "../test.h"
#include "decode/pem.h"
#include "decode/x509memo.h"
#include "seen.h"

/* The records of ${der}, with the memory ${m}, in ${s}->text. */
static int
put(struct seen *s, struct x509memo *m, struct str der)
{
	AUTO(arena) struct arena *job = arena_new((size_t)16 << 20);
	struct decode_in in = { .bytes = der,
		.file = &s->file,
		.host = &s->host,
		.place = s->place,
		.kind = ID_KINDS,
		.certs = m,
		.job = job,
		.out = &s->sink };

	buf_reset(&s->text);
	return x509_put(&in, der, 1, &s->e);
}

/* The bytes of the first block of tests/cases/x509/${name}. */
static bool
case_der(struct seen *s, const char *name, struct buf *der)
{
	char path[300];
	struct pem at;
	struct pem_block b;

	(void)snprintf(path, sizeof(path), "x509/%s", name);
	at = (struct pem){ .rest = seen_case(s, path) };
	buf_init(der, 1 << 22);
	return pem_next(&at, &b) && pem_bytes(&b, der, NULL) == MU_OK;
}

/* With and without memory, the first time and the third: the same. */
static void
x509memo_read__changes_no_record(void **state)
{
	AUTO(x509memo) struct x509memo *m = x509memo_new();
	AUTO(buf) struct buf a = { 0 };
	struct seen s;
	struct dirent *d;
	char dir[512];
	int i, r, files = 0;
	DIR *all;

	(void)state;
	buf_init(&a, 1 << 22);
	seen_init(&s, "", NULL, "");
	(void)snprintf(dir, sizeof(dir), "%s/tests/cases/x509",
	    getenv("SRCDIR"));
	all = opendir(dir);
	assert_non_null(all);
	while ((d = readdir(all)) != NULL) {
		AUTO(buf) struct buf der = { 0 };

		if (!str_ends(str_from(d->d_name), STR(".pem")) ||
		    !case_der(&s, d->d_name, &der))
			continue;
		files++;
		r = put(&s, NULL, buf_str(&der));
		buf_reset(&a);
		buf_add(&a, buf_str(&s.text));
		for (i = 0; i < 3; i++) {
			assert_int_equal(put(&s, m, buf_str(&der)), r);
			assert_true(str_eq(buf_str(&s.text), buf_str(&a)));
		}
	}
	(void)closedir(all);
	assert_true(files > 5);
	seen_free(&s);
}

/* What is read again comes from memory: the arena is not asked. */
static void
x509memo_read__reads_a_certificate_once(void **state)
{
	AUTO(x509memo) struct x509memo *m = x509memo_new();
	AUTO(arena) struct arena *none = arena_new(1);
	AUTO(buf) struct buf der = { 0 };
	struct x509 x, again;
	struct seen s;
	struct err e;

	(void)state;
	seen_init(&s, "", NULL, "");
	assert_true(case_der(&s, "both.pem", &der));
	assert_int_equal(x509memo_read(NULL, buf_str(&der), none, &x, &e),
	    MU_ELIMIT);
	assert_ok(x509memo_read(m, buf_str(&der), none, &x, &e), &e);
	assert_ok(x509memo_read(m, buf_str(&der), none, &again, &e), &e);
	assert_true(x.subject.p == again.subject.p && x.subject.n != 0);
	/* Another byte is another certificate. */
	der.p[der.n - 1] ^= 1;
	assert_ok(x509memo_read(m, buf_str(&der), none, &again, &e), &e);
	assert_false(str_eq(x.key, again.key));
	/* What is none is none each time. */
	assert_int_equal(x509memo_read(m, STR("0\x80none"), none, &x, &e),
	    MU_EFORMAT);
	assert_int_equal(x509memo_read(m, STR("0\x80none"), none, &x, &e),
	    MU_EFORMAT);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(x509memo_read__changes_no_record),
		cmocka_unit_test(x509memo_read__reads_a_certificate_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
