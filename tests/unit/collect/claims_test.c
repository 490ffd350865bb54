#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../test.h"
#include "base/mem.h"
#include "collect/claims.h"

static void
claims__give_a_directory_to_who_asks_first(void **state)
{
	struct claims *c = mem_new(1, CLAIMS_BYTES);
	size_t at, again;

	(void)state;
	assert_int_equal(claims_take(c, STR("a/b"), 1, false, &at),
	    CLAIMS_MINE);
	assert_int_equal(claims_take(c, STR("a/b"), 0, true, &again),
	    CLAIMS_THEIRS);
	assert_int_equal(at, again);
	assert_int_equal(claims_take(c, STR("a/b"), 1, false, &again),
	    CLAIMS_MINE);
	assert_int_equal(claims_take(c, STR("a"), 0, false, &again),
	    CLAIMS_MINE);
	assert_int_not_equal(at, again);
	claims_spent(c, at);
	assert_int_equal(claims_take(c, STR("a/b"), 3, true, &again),
	    CLAIMS_SPENT);
	assert_int_equal(claims_take(c, STR("a/b"), 1, false, &again),
	    CLAIMS_MINE);
	assert_int_equal(claims_take(c, STR("a"), 3, false, &again),
	    CLAIMS_THEIRS);
	claims_spent(c, CLAIMS_NOWHERE);
	mem_free(c);
}

/* Where no row is left the directory above decides, for all readers alike. */
static void
claims__go_with_the_directory_above_when_full(void **state)
{
	struct claims *c = mem_new(1, CLAIMS_BYTES);
	size_t i, at, full = 0;
	char path[32];

	(void)state;
	for (i = 0; i < 4 * (size_t)CLAIMS_ROWS; i++) {
		int n = snprintf(path, sizeof(path), "d/%zu", i);
		struct str s = str_of(path, (size_t)n);

		if (claims_take(c, s, 0, true, &at) != CLAIMS_MINE)
			fail_msg("%s is not the first one's", path);
		if (at != CLAIMS_NOWHERE)
			continue;
		full++;
		if (claims_take(c, s, 1, false, &at) != CLAIMS_SPENT ||
		    claims_take(c, s, 0, true, &at) != CLAIMS_MINE)
			fail_msg("%s has two readers", path);
	}
	assert_true(full > 2 * (size_t)CLAIMS_ROWS);
	mem_free(c);
}

/* Processes that ask at once: each directory has one reader, in all. */
static void
claims__are_given_once_to_many_at_once(void **state)
{
	struct claims *c = mmap(NULL, CLAIMS_BYTES, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	unsigned char *got = mmap(NULL, 4 * 20000, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	size_t i, at;
	unsigned r;
	char path[32];
	int st;

	(void)state;
	assert_true(c != MAP_FAILED && got != MAP_FAILED);
	(void)claims_take(c, STR("key"), 0, false, &at);
	for (r = 0; r < 4; r++) {
		if (fork() != 0)
			continue;
		for (i = 0; i < 20000; i++) {
			int n = snprintf(path, sizeof(path), "%zu", i);

			got[r * 20000 + i] =
			    claims_take(c, str_of(path, (size_t)n), r, r == 0,
				&at) == CLAIMS_MINE;
		}
		_exit(0);
	}
	for (r = 0; r < 4; r++)
		assert_true(wait(&st) > 0 && st == 0);
	for (i = 0; i < 20000; i++)
		if (got[i] + got[20000 + i] + got[40000 + i] + got[60000 + i] !=
		    1)
			fail_msg("directory %zu has not one reader", i);
	assert_int_equal(munmap(c, CLAIMS_BYTES), 0);
	assert_int_equal(munmap(got, 4 * 20000), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(claims__give_a_directory_to_who_asks_first),
		cmocka_unit_test(claims__go_with_the_directory_above_when_full),
		cmocka_unit_test(claims__are_given_once_to_many_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
