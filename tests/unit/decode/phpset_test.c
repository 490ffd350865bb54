#include "decode/phpset.h"

#include "decode/pick.h"
#include "seen.h"

static const struct pick all[] = {
	{ .secret = "*", .kind = ID_TOKEN, .name = "[{*}]" },
	{ .secret = NULL },
};

static void
phpset__knows_who_is_given_a_text(void **state)
{
	static const struct {
		const char *text, *names[3];
		size_t line;
	} cases[] = {
		{ "<?php define('A', 'xyz');", { "[A]" }, 1 },
		{ "<?php\nDEFINE(\n\"A\",\n\"xyz\");", { "[A]" }, 4 },
		{ "<?php\n$A = 'xyz';", { "[A]" }, 2 },
		{ "<?php public $A='xyz';", { "[A]" }, 1 },
		{ "<?php $c['b'][\"A\"] = 'xyz';", { "[A]" }, 1 },
		{ "<?php ['A' => 'xyz', 'B'=>'xyz', 1 => 'xyz']",
		    { "[A]", "[B]" }, 1 },
		{ "<?php # $A = 'x';\n// $A = 'x';\n/* $A = 'x'; */", { NULL },
		    0 },
		{ "<?php f('A', 'xyz'); $A == 'xyz'; $A . 'xyz';", { NULL },
		    0 },
		{ "<?php $A = getenv('xyz');", { NULL }, 0 },
		{ "<?php $A = 'it\\'s'; $B = \"//no\";", { "[A]", "[B]" }, 1 },
		{ "<?php $A = 'open", { "[A]" }, 1 },
		{ "", { NULL }, 0 },
	};
	char where[64];
	struct seen s;
	size_t i, n;

	(void)state;
	seen_init(&s, "root:x:0:0::/root:/bin/sh\n", NULL, NULL);
	s.picks = all;
	for (i = 0; i < MU_COUNT(cases); i++) {
		assert_ok(seen_read(&s, &decode_phpset,
			      str_from(cases[i].text)),
		    &s.e);
		for (n = 0; cases[i].names[n] != NULL; n++)
			assert_count(&s, cases[i].names[n], 2);
		assert_count(&s, "\"type\":\"identity\"", n);
		(void)snprintf(where, sizeof(where), "etc/file:%zu\"",
		    cases[i].line);
		assert_count(&s, where, n);
	}
	seen_free(&s);
}

static void
phpset__undoes_escapes(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, "root:x:0:0::/root:/bin/sh\n", NULL, NULL);
	s.picks = all;
	/* abc'de\f is eight bytes; a backslash before a letter stays. */
	assert_ok(seen_read(&s, &decode_phpset,
		      STR("<?php $A = 'abc\\'de\\\\f'; $B = 'a\\b';")),
	    &s.e);
	assert_count(&s, "\"length\":8", 1);
	assert_count(&s, "\"length\":3", 1);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(phpset__knows_who_is_given_a_text),
		TEST(phpset__undoes_escapes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
