#include "../test.h"
#include "collect/lookup.h"
#include "tree.h"

#include <fcntl.h>

struct fixture {
	struct lookup *l;
	struct mounts mounts;
	struct packages *packages;
	struct arena *a;
	struct str bytes;
	struct file file;
	int root;
};

static void
setup(struct fixture *f)
{

	*f = (struct fixture){ .root = open(tree, O_RDONLY | O_DIRECTORY) };
	assert_true(f->root >= 0);
	mounts_load(&f->mounts);
	f->packages = packages_new(f->root);
	f->a = arena_new(1 << 20);
	f->l = lookup_new(f->root, &f->mounts, f->packages);
	lookup_begin(f->l);
}

static void
teardown(struct fixture *f)
{

	lookup_free(f->l);
	packages_free(f->packages);
	mounts_free(&f->mounts);
	arena_free(f->a);
	(void)close(f->root);
}

static int
ask(struct fixture *f, const char *path, struct err *e)
{
	struct peek *p = lookup_peek(f->l);

	return p->file(p, str_from(path), 4096, f->a, &f->bytes, &f->file, e);
}

static void
link_to(const char *to, const char *from)
{

	assert_int_equal(symlink(to, tree_at(from)), 0);
}

static void
lookup__gives_the_file_and_what_is_known_of_it(void **state)
{
	struct fixture f;
	struct err e = { 0 };

	(void)state;
	setup(&f);
	tree_put("etc/web/a.conf", STR("hello"));
	assert_int_equal(chmod(tree_at("etc/web/a.conf"), 0640), 0);
	assert_int_equal(ask(&f, "/etc/web/a.conf", &e), 1);
	assert_true(str_eq(f.bytes, STR("hello")));
	assert_true(str_eq(f.file.path, STR("etc/web/a.conf")));
	assert_int_equal(f.file.mode, 0640);
	assert_int_equal(f.file.size_bytes, 5);
	assert_int_equal(ask(&f, "etc//web/./../web/a.conf", &e), 1);
	assert_int_equal(ask(&f, "etc/web/b.conf", &e), 0);
	assert_int_equal(ask(&f, "etc/web/a.conf/x", &e), 0);
	assert_int_equal(ask(&f, "etc/web", &e), MU_EUNSUPPORTED);
	teardown(&f);
}

/* As if the tree were the machine's own "/". */
static void
lookup__no_link_leads_out_of_the_root(void **state)
{
	struct fixture f;
	struct err e = { 0 };

	(void)state;
	setup(&f);
	tree_put("srv/real/cert.pem", STR("inside"));
	link_to("/srv/real", "srv/absolute");
	link_to("real/cert.pem", "srv/relative");
	link_to("../../../../../../../../../etc/hostname", "srv/above");
	link_to("loop", "srv/loop");
	link_to("/dev/null", "srv/device");
	assert_int_equal(ask(&f, "srv/absolute/cert.pem", &e), 1);
	assert_true(str_eq(f.bytes, STR("inside")));
	assert_true(str_eq(f.file.path, STR("srv/real/cert.pem")));
	assert_int_equal(ask(&f, "srv/relative", &e), 1);
	assert_true(str_eq(f.bytes, STR("inside")));
	assert_int_equal(ask(&f, "srv/above", &e), 1);
	assert_true(str_eq(f.bytes, STR("treetop\n")));
	assert_int_equal(ask(&f, "../../../../../../../../etc/hostname", &e),
	    1);
	assert_true(str_eq(f.bytes, STR("treetop\n")));
	assert_int_equal(ask(&f, "srv/loop", &e), MU_ELIMIT);
	assert_int_equal(ask(&f, "srv/device", &e), 0);
	teardown(&f);
}

static void
lookup__refuses_what_is_no_file_or_too_much(void **state)
{
	struct fixture f;
	struct err e = { 0 };
	char many[5000];
	int i;

	(void)state;
	setup(&f);
	tree_put("srv/x", STR("x"));
	assert_int_equal(mkfifo(tree_at("srv/fifo"), 0600), 0);
	assert_int_equal(ask(&f, "srv/fifo", &e), MU_EUNSUPPORTED);
	memset(many, 'x', sizeof(many));
	many[4999] = '\0';
	assert_int_equal(ask(&f, many, &e), MU_ELIMIT);
	tree_put("srv/long", str_of(many, 4999));
	assert_int_equal(ask(&f, "srv/long", &e), MU_ELIMIT);
	lookup_begin(f.l);
	for (i = 0; i < PEEK_MAX; i++)
		assert_int_equal(ask(&f, "srv/x", &e), 1);
	assert_int_equal(ask(&f, "srv/x", &e), MU_ELIMIT);
	lookup_begin(f.l);
	assert_int_equal(ask(&f, "srv/x", &e), 1);
	teardown(&f);
}

static void
lookup__lists_a_folder_by_name(void **state)
{
	struct fixture f;
	struct err e = { 0 };
	struct peek *p;
	struct str *names;
	size_t n;

	(void)state;
	setup(&f);
	p = lookup_peek(f.l);
	tree_put("etc/d/20-b.conf", STR(""));
	tree_put("etc/d/10-a.conf", STR(""));
	tree_put("etc/d/.hidden", STR(""));
	assert_int_equal(p->list(p, STR("/etc/d/"), f.a, &names, &n, &e), 1);
	assert_int_equal(n, 3);
	assert_true(str_eq(names[0], STR(".hidden")));
	assert_true(str_eq(names[1], STR("10-a.conf")));
	assert_true(str_eq(names[2], STR("20-b.conf")));
	assert_int_equal(p->list(p, STR("etc/none"), f.a, &names, &n, &e), 0);
	teardown(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    lookup__gives_the_file_and_what_is_known_of_it, tree_make,
		    tree_drop),
		cmocka_unit_test_setup_teardown(
		    lookup__no_link_leads_out_of_the_root, tree_make,
		    tree_drop),
		cmocka_unit_test_setup_teardown(
		    lookup__refuses_what_is_no_file_or_too_much, tree_make,
		    tree_drop),
		cmocka_unit_test_setup_teardown(lookup__lists_a_folder_by_name,
		    tree_make, tree_drop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
