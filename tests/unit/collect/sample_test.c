#include "../test.h"
#include "collect/sample.h"

static void
sample_why__knows_what_packages_bring(void **state)
{
	static const struct {
		const char *path, *why;
	} t[] = {
		{ "usr/lib/python3/dist-packages/x/y.pem", "dist-packages" },
		{ "usr/share/doc/x/examples/key.pem", "examples" },
		{ "usr/lib/python3.11/test/certdata/keycert.pem", "test" },
		{ "home/ada/app/node_modules/x/key.pem", "node_modules" },
		{ "home/ada/app/node_modules/x/test/key.pem", "test" },
		{ "root/go/pkg/mod/example.org/x@v1/testdata/k.pem",
		    "testdata" },
		{ "root/go/pkg/mod/example.org/x@v1/k.pem", "pkg" },
		{ "home/ada/.cargo/registry/src/x/k.pem", ".cargo" },
		{ "opt/app/vendor/x/k.pem", "vendor" },
		{ "home/ada/.pyenv/versions/2.7/lib/python2.7/test/capath/x.0",
		    "test" },
		{ "usr/local/go/src/crypto/x509/x509_test.go", "test file" },
		{ "opt/x/agent.test.js", "test file" },
		{ "opt/x/test_ssl.py", "test file" },
		{ "opt/x/latest.key", "" },
		{ "srv/app/x_test.go", "" },
		{ "home/ada/lib/python.key", "" },
		{ "home/ada/app/tests/k.pem", "" },
		{ "home/ada/muster/tests/cases/x509/k.pem", "tests" },
		{ "home/ada/muster/fuzz/corpus/pem/k", "fuzz" },
		{ "home/ada/app/fuzz/k.pem", "" },
		{ "srv/app/vendor/k.pem", "" },
		{ "root/pkg/k.pem", "" },
		{ "usr/local/etc/test", "" },
		{ "etc/ssl/private/k.pem", "" },
		{ "node_modules", "" },
		{ "", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++)
		if (!str_eq(sample_why(str_from(t[i].path)),
			str_from(t[i].why)))
			fail_msg("%s: '" STR_FMT "', want '%s'", t[i].path,
			    STR_ARG(sample_why(str_from(t[i].path))), t[i].why);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(sample_why__knows_what_packages_bring),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
