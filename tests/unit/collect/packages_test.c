#include <fcntl.h>

#include "../test.h"
#include "collect/packages.h"
#include "tree.h"

/* Sums by md5sum(1): "hello\n", "conf\n". */
#define HELLO_SUM "b1946ac92492d2347c6235b4d2611184"
#define CONF_SUM  "b9a771b420047cfaa3543e66c78f44f6"

static void
owner_is(struct packages *p, const char *path, const char *bytes,
    const char *want)
{
	struct str got = packages_owner(p, str_from(path), str_from(bytes));

	if (!str_eq(got, str_from(want)))
		fail_msg("%s: '" STR_FMT "', want '%s'", path, STR_ARG(got),
		    want);
}

static void
packages_owner__knows_a_file_by_path_and_sum(void **state)
{
	AUTO(packages) struct packages *p = NULL;
	AUTO(fd) int root = open(tree, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	(void)state;
	tree_put("var/lib/dpkg/info/hello:amd64.md5sums",
	    STR(HELLO_SUM "  usr/share/hello\n" HELLO_SUM "  lib/hello.so\n"
			  "short\n"));
	tree_put("var/lib/dpkg/info/hello:amd64.list",
	    STR("/.\n/usr\n/usr/share/hello\n/etc/hello.conf\n"));
	tree_put("var/lib/dpkg/info/bare.list", STR("/.\n/usr/bare\n"));
	tree_put("var/lib/dpkg/status",
	    STR("Package: hello\nStatus: install ok installed\nConffiles:\n "
		"/etc/hello.conf " CONF_SUM "\n /etc/old " CONF_SUM
		" obsolete\nDescription: x\n /etc/no " CONF_SUM "\n\n"
		"Package: other\nDescription: y\n"));
	p = packages_new(root);
	owner_is(p, "usr/share/hello", "hello\n", "hello");
	owner_is(p, "usr/share/hello", "edited\n", "");
	owner_is(p, "usr/lib/hello.so", "hello\n", "hello");
	owner_is(p, "usr/share/other", "hello\n", "");
	owner_is(p, "etc/hello.conf", "conf\n", "hello");
	owner_is(p, "etc/hello.conf", "edited\n", "");
	owner_is(p, "etc/old", "conf\n", "hello");
	owner_is(p, "etc/no", "conf\n", "");
	owner_is(p, "usr/bare", "anything", "bare");
}

static void
packages_owner__bears_a_root_without_packages(void **state)
{
	AUTO(packages) struct packages *p = NULL;
	AUTO(fd) int root = open(tree, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	(void)state;
	p = packages_new(root);
	owner_is(p, "usr/share/hello", "hello\n", "");
	owner_is(p, "", "", "");
}

/* The machine's own dpkg is the judge, where there is one. */
static void
packages_owner__agrees_with_dpkg(void **state)
{
	AUTO(packages) struct packages *p = NULL;
	AUTO(fd) int root = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	AUTO(buf) struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	if (access("/var/lib/dpkg/info/base-files.md5sums", R_OK) < 0)
		skip();
	p = packages_new(root);
	assert_int_equal(fd_read_file(root, "usr/share/base-files/motd", &b,
			     NULL),
	    MU_OK);
	assert_str(packages_owner(p, STR("usr/share/base-files/motd"),
		       buf_str(&b)),
	    "base-files");
	buf_addc(&b, '!');
	assert_str(packages_owner(p, STR("usr/share/base-files/motd"),
		       buf_str(&b)),
	    "");
}

#define PACKAGES_TEST(name) \
	cmocka_unit_test_setup_teardown(name, tree_make, tree_drop)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PACKAGES_TEST(packages_owner__knows_a_file_by_path_and_sum),
		PACKAGES_TEST(packages_owner__bears_a_root_without_packages),
		TEST(packages_owner__agrees_with_dpkg),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
