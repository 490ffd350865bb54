#include <fcntl.h>

#include "../test.h"
#include "base/digest.h"
#include "collect/collect.h"
#include "decode/md5.h"
#include "tree.h"

#define CERTS "usr/share/ca-certificates/works/"

struct lines {
	struct sink sink;
	struct buf b;
};

static int
put(struct sink *sink, const struct rec *r, struct err *e)
{
	struct lines *l = (struct lines *)(void *)sink;

	(void)e;
	if (r->type != REC_RUN)
		rec_write(&l->b, r);
	return MU_OK;
}

static void
run(struct lines *l, unsigned readers)
{
	const struct collect_opts o = {
		.root = tree, .fp_key = STR(TREE_KEY), .readers = readers
	};
	struct err e;

	l->sink = (struct sink){ .put = put };
	buf_free(&l->b);
	buf_init(&l->b, 1 << 24);
	assert_ok(collect_run(&o, &l->sink, &e), &e);
}

static size_t
count(const struct lines *l, const char *what)
{
	struct str rest = buf_str(&l->b);
	size_t at, n = 0;

	while ((at = str_find(rest, str_from(what))) != SIZE_MAX) {
		n++;
		rest = str_skip(rest, at + 1);
	}
	return n;
}

/* The certificate tests/cases/${name}. */
static struct str
pem(struct buf *b, const char *name)
{
	char path[512];
	struct err e;

	(void)snprintf(path, sizeof(path), "%s/tests/cases/%s",
	    getenv("SRCDIR"), name);
	buf_init(b, 1 << 16);
	assert_ok(fd_read_file(AT_FDCWD, path, b, &e), &e);
	return buf_str(b);
}

/* dpkg's own word that CERTS/name holds ${bytes}. */
static void
packaged(const char *name, struct str bytes)
{
	AUTO(buf) struct buf b = { 0 };
	unsigned char sum[MD5_BYTES];

	buf_init(&b, 4096);
	assert_true(md5_sum(bytes, sum));
	digest_hex(&b, str_of((const char *)sum, sizeof(sum)));
	buf_addf(&b, "  " CERTS "%s\n", name);
	tree_put("var/lib/dpkg/info/ca-certificates.md5sums", buf_str(&b));
}

/* A bundle of the distribution's root and of one that somebody put there. */
static void
roots__are_counted_wherever_they_lie(void **state)
{
	AUTO(buf) struct buf theirs = { 0 };
	AUTO(buf) struct buf ours = { 0 };
	AUTO(buf) struct buf both = { 0 };
	struct lines l = { .b = { 0 } };
	struct str a = pem(&theirs, "x509/chainroot.pem");
	struct str b = pem(&ours, "x509/rsa4096ca.pem");
	unsigned n;

	(void)state;
	buf_init(&both, 1 << 16);
	buf_add(&both, a);
	buf_add(&both, b);
	tree_put(CERTS "root.crt", a);
	tree_put("etc/ssl/certs/ca-certificates.crt", buf_str(&both));
	tree_put("usr/local/share/ca-certificates/ours.crt", b);
	tree_put("opt/app/copy", a);
	packaged("root.crt", a);
	for (n = 1; n <= 3; n += 2) {
		run(&l, n);
		assert_int_equal(count(&l, "\"type\":\"sighting\""), 2);
		assert_int_equal(count(&l,
				     "etc/ssl/certs/ca-certificates.crt#2\""),
		    1);
		assert_int_equal(count(&l, "usr/local/share/ca-certificates/"
					   "ours.crt#1\""),
		    1);
		assert_int_equal(count(&l, "\"counted\":"), 1);
		assert_int_equal(count(&l, "\"counted\":3"), 1);
	}
	buf_free(&l.b);
}

/* Another sum than the package's, or no package: nobody vouches for it. */
static void
roots__are_listed_where_no_package_brought_them(void **state)
{
	AUTO(buf) struct buf theirs = { 0 };
	struct lines l = { .b = { 0 } };
	struct str a = pem(&theirs, "x509/chainroot.pem");

	(void)state;
	tree_put(CERTS "root.crt", a);
	run(&l, 2);
	assert_int_equal(count(&l, "\"role\":\"trusted\""), 1);
	packaged("root.crt", STR("other bytes\n"));
	run(&l, 2);
	assert_int_equal(count(&l, "\"role\":\"trusted\""), 1);
	assert_int_equal(count(&l, "\"counted\":"), 0);
	packaged("root.crt", a);
	run(&l, 2);
	assert_int_equal(count(&l, "\"role\":\"trusted\""), 0);
	assert_int_equal(count(&l, "\"counted\":1"), 1);
	buf_free(&l.b);
}

/* What a package brings there and is no authority is listed as ever. */
static void
roots__are_authorities(void **state)
{
	AUTO(buf) struct buf leaf = { 0 };
	struct lines l = { .b = { 0 } };
	struct str a = pem(&leaf, "x509/client.pem");

	(void)state;
	tree_put(CERTS "leaf.crt", a);
	tree_put("etc/ssl/leaf.pem", a);
	packaged("leaf.crt", a);
	run(&l, 2);
	assert_int_equal(count(&l, "\"type\":\"sighting\""), 2);
	assert_int_equal(count(&l, "\"counted\":"), 0);
	buf_free(&l.b);
}

#define ROOTS_TEST(name) \
	cmocka_unit_test_setup_teardown(name, tree_make, tree_drop)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ROOTS_TEST(roots__are_counted_wherever_they_lie),
		ROOTS_TEST(roots__are_listed_where_no_package_brought_them),
		ROOTS_TEST(roots__are_authorities),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
