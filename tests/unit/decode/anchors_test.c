#include "decode/anchors.h"

#include "seen.h"

static void
anchors_init(struct seen *s)
{

	seen_init(s, "root:x:0:0::/root:/bin/sh\n", NULL, "");
	s->file.path = str_from("usr/local/share/ca-certificates/x.crt");
}

static void
decode_anchors__takes_each_certificate_for_trusted(void **state)
{
	struct str rest, line, name;
	char path[128], key[128];
	struct seen s;
	size_t n = 0;

	(void)state;
	anchors_init(&s);
	for (rest = STR("root.pem\npinned.pem\nroot.der\n");
	     str_line(&rest, &name); n++) {
		struct str want = seen_case(&s, "anchors/want.txt"), word;

		key[0] = '\0';
		while (str_line(&want, &line))
			if (str_word(&line, &word) && str_eq(word, name))
				(void)snprintf(key, sizeof(key),
				    "\"credential\":\"" STR_FMT "\"",
				    STR_ARG(str_trim(line)));
		assert_true(key[0] != '\0');
		(void)snprintf(path, sizeof(path), "anchors/" STR_FMT,
		    STR_ARG(name));
		assert_ok(seen_read(&s, &decode_anchors, seen_case(&s, path)),
		    &s.e);
		assert_count(&s, "\"type\":\"identity\"", 0);
		assert_count(&s, "\"identity\":", 0);
		assert_count(&s, key, 1);
		assert_count(&s, "\"role\":\"trusted\"", 1);
		assert_count(&s, "trusted by the whole machine", 1);
	}
	assert_int_equal(n, 3);
	seen_free(&s);
}

static void
decode_anchors__leaves_a_private_key_what_it_is(void **state)
{
	struct seen s;

	(void)state;
	anchors_init(&s);
	assert_ok(seen_read(&s, &decode_anchors,
		      seen_case(&s, "dkim/mail2026.private")),
	    &s.e);
	assert_count(&s, "\"type\":\"identity\"", 1);
	assert_count(&s, "\"role\":\"private\"", 1);
	assert_ok(seen_read(&s, &decode_anchors,
		      seen_case(&s, "anchors/near.txt")),
	    &s.e);
	assert_int_equal(s.text.n, 0);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(decode_anchors__takes_each_certificate_for_trusted),
		TEST(decode_anchors__leaves_a_private_key_what_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
