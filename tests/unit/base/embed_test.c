#include <fcntl.h>

#include "base/embed.h"
#include "base/fd.h"

#include "../test.h"

/* Written by tools/embed.py from tests/cases/embed. */
extern const struct embed_file embed_sample[];

static void
embed__keeps_every_byte_of_every_file(void **state)
{
	static const char *const names[] = { "empty.txt", "nul.bin",
		"odd.txt" };
	AUTO(buf) struct buf path = { 0 };
	AUTO(buf) struct buf b = { 0 };
	struct err e;
	size_t i;

	(void)state;
	buf_init(&path, 4096);
	buf_init(&b, 4096);
	for (i = 0; i < MU_COUNT(names); i++) {
		assert_string_equal(embed_sample[i].name, names[i]);
		buf_reset(&path);
		buf_reset(&b);
		buf_addf(&path, "%s/tests/cases/embed/%s", getenv("SRCDIR"),
		    names[i]);
		buf_addc(&path, '\0');
		assert_ok(fd_read_file(AT_FDCWD, path.p, &b, &e), &e);
		assert_int_equal(b.n, embed_sample[i].n);
		assert_true(str_eq(buf_str(&b),
		    str_of(embed_sample[i].text, embed_sample[i].n)));
		assert_int_equal(embed_sample[i].text[embed_sample[i].n], 0);
	}
	assert_null(embed_sample[i].name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(embed__keeps_every_byte_of_every_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
