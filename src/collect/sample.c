#include "collect/sample.h"

/* Trees that a language's package manager fills, by component or by two. */
static const struct {
	const char *one, *two;
} trees[] = {
	{ "node_modules", NULL }, { "site-packages", NULL },
	{ "dist-packages", NULL }, { "pkg", "mod" }, /* Go's module cache */
	{ ".cargo", "registry" }, { "cargo", "registry" },
	{ ".m2", "repository" }, { "gems", NULL }, { "bower_components", NULL },
	{ "fuzz", "corpus" }, /* inputs of a fuzzer */
	{ "tests", "cases" }, /* and of a test, our own among them */
};

static const char *const folders[] = { "testdata", "test_data", "test", "tests",
	"testing", "fixtures", "examples", "example", "samples", "vendor" };

static bool
is_folder(struct str part)
{
	size_t i;

	for (i = 0; i < MU_COUNT(folders); i++)
		if (str_eq(part, str_from(folders[i])))
			return true;
	return false;
}

/* "python3.11": the interpreter's own library. */
static bool
is_python(struct str part)
{

	return part.n > 6 && str_starts(part, STR("python")) &&
	       part.p[6] >= '0' && part.p[6] <= '9';
}

/* "x509_test.go", "test_ssl.py", "agent.test.js": a test by its name. */
static bool
is_test_file(struct str name)
{
	static const char *const marks[] = { "_test.", ".test.", ".spec." };
	size_t i;

	for (i = 0; i < MU_COUNT(marks); i++)
		if (str_find(name, str_from(marks[i])) != SIZE_MAX)
			return true;
	return str_starts(name, STR("test_"));
}

static bool
is_tree(struct str part, struct str next)
{
	size_t i;

	for (i = 0; i < MU_COUNT(trees); i++)
		if (str_eq(part, str_from(trees[i].one)) &&
		    (trees[i].two == NULL ||
			str_eq(next, str_from(trees[i].two))))
			return true;
	return false;
}

struct str
sample_why(struct str path)
{
	bool system =
	    str_starts(path, STR("usr/")) || str_starts(path, STR("opt/"));
	struct str part, next, rest = path, skip, why = STR_NONE;

	/* The last component is the file itself. */
	while (str_cut(rest, '/', &part, &rest)) {
		(void)str_cut(rest, '/', &next, &skip);
		system =
		    system || (str_eq(part, STR("lib")) && is_python(next));
		if (is_tree(part, next)) {
			system = true;
			why = why.n != 0 ? why : part;
		} else if (system && is_folder(part)) {
			return part;
		}
	}
	if (why.n == 0 && system && is_test_file(part))
		return STR("test file");
	return why;
}
