#include <sys/stat.h>
#include <unistd.h>

#include "../test.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/fd.h"
#include "base/map.h"
#include "base/vec.h"

static void
arena_take__stops_at_its_cap_and_starts_anew_after_reset(void **state)
{
	AUTO(arena) struct arena *a = arena_new(100000);
	struct str s;
	struct err e;
	size_t n = 0;

	(void)state;
	while (arena_take(a, 1, 1000) != NULL)
		n++;
	assert_true(n >= 95 && n <= 100);
	assert_int_equal(arena_str(a, STR("x"), &s, &e), MU_OK);
	while (arena_str(a, STR("some text"), &s, &e) == MU_OK)
		continue;
	assert_int_equal(e.code, MU_ELIMIT);
	arena_reset(a);
	assert_true(arena_used(a) == 0);
	assert_non_null(arena_take(a, 99, 1000));
	assert_null(arena_take(a, SIZE_MAX, 2));
	assert_null(arena_take(a, SIZE_MAX, 1));
}

static void
arena_take__gives_zeroed_aligned_memory_again_after_reset(void **state)
{
	AUTO(arena) struct arena *a = arena_new(1 << 20);
	unsigned char *p;
	size_t i, round;

	(void)state;
	for (round = 0; round < 3; round++) {
		assert_non_null(arena_take(a, 1, 3));
		p = arena_take(a, 1, 500);
		assert_non_null(p);
		assert_true((uintptr_t)p % _Alignof(max_align_t) == 0);
		for (i = 0; i < 500; i++)
			assert_true(p[i] == 0);
		memset(p, 0xa5, 500);
		arena_reset(a);
	}
}

static void
buf_add__goes_bad_at_its_cap_and_keeps_what_it_had(void **state)
{
	AUTO(buf) struct buf b;
	struct err e;

	(void)state;
	buf_init(&b, 8);
	buf_adds(&b, "12345678");
	assert_ok(buf_check(&b, "it", &e), &e);
	buf_addc(&b, '9');
	buf_adds(&b, "");
	assert_str(buf_str(&b), "12345678");
	assert_int_equal(buf_check(&b, "the name", &e), MU_ELIMIT);
	assert_str(str_from(e.text), "the name is longer than 8 bytes");
	buf_reset(&b);
	buf_adds(&b, "abc");
	buf_drop(&b, 2);
	assert_str(buf_str(&b), "c");
}

static void
vec_push__grows_to_its_limit_and_says_so(void **state)
{
	VEC(int) v = { 0 };
	int i;

	(void)state;
	for (i = 0; i < 100; i++)
		assert_true(vec_push(&v, 100, i));
	assert_false(vec_push(&v, 100, i));
	assert_true(v.n == 100 && v.v[0] == 0 && v.v[99] == 99);
	vec_free(&v);
	assert_null(v.v);
}

static void
map_put__binds_finds_and_counts_a_hundred_thousand_keys(void **state)
{
	AUTO(map) struct map *m = map_new(100000);
	uint64_t v, sum = 0;
	struct str k;
	char key[32];
	size_t at = 0, i;
	int n;

	(void)state;
	for (i = 0; i < 100000; i++) {
		n = snprintf(key, sizeof(key), "key %zu", i);
		assert_int_equal(map_put(m, str_of(key, (size_t)n), i, NULL),
		    1);
	}
	assert_int_equal(map_put(m, STR("one more"), 1, NULL), MU_ELIMIT);
	assert_int_equal(map_put(m, STR("key 7"), 70, &v), 0);
	assert_true(v == 7 && map_count(m) == 100000);
	assert_true(map_get(m, STR("key 7"), &v) && v == 70);
	assert_true(map_get(m, STR("key 99999"), &v) && v == 99999);
	assert_false(map_get(m, STR("key 100000"), &v));
	while (map_next(m, &at, &k, &v))
		sum += v;
	assert_true(sum == (uint64_t)99999 * 100000 / 2 - 7 + 70);
}

static void
map_put__takes_the_empty_key_and_keys_with_zero_bytes(void **state)
{
	AUTO(map) struct map *m = map_new(10);
	uint64_t v;

	(void)state;
	assert_int_equal(map_put(m, STR_NONE, 1, NULL), 1);
	assert_int_equal(map_put(m, str_of("a\0b", 3), 2, NULL), 1);
	assert_false(map_get(m, STR("a"), &v));
	assert_true(map_get(m, STR_NONE, &v) && v == 1);
	assert_true(map_get(m, str_of("a\0b", 3), &v) && v == 2);
}

static void
err_set__cuts_at_a_characters_end_and_wrap_puts_the_outer_first(void **state)
{
	char longer[400];
	struct err e;

	(void)state;
	memset(longer, 'x', sizeof(longer));
	longer[230] = '\xc3';
	longer[231] = '\xa9';
	longer[399] = '\0';
	assert_int_equal(err_set(&e, MU_ELIMIT, "%s", longer), MU_ELIMIT);
	assert_true(strlen(e.text) == 230);
	(void)err_set(&e, MU_EFORMAT, "inner");
	assert_int_equal(err_wrap(&e, "outer %d", 1), MU_EFORMAT);
	assert_str(str_from(e.text), "outer 1: inner");
	assert_int_equal(err_set(NULL, MU_EDENIED, "x"), MU_EDENIED);
}

static void
fd_write_file__replaces_whole_and_keeps_the_mode(void **state)
{
	char dir[] = "/tmp/muster-test-XXXXXX", path[64];
	AUTO(buf) struct buf b;
	struct stat st;
	struct err e;

	(void)state;
	assert_non_null(mkdtemp(dir));
	(void)snprintf(path, sizeof(path), "%s/f", dir);
	buf_init(&b, 16);
	assert_ok(fd_write_file(path, STR("first text"), 0600, &e), &e);
	assert_ok(fd_write_file(path, STR("second"), 0600, &e), &e);
	assert_ok(fd_read_file(-1, path, &b, &e), &e);
	assert_str(buf_str(&b), "second");
	assert_true(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
	buf_reset(&b);
	assert_ok(fd_write_file(path, STR("0123456789abcdef"), 0600, &e), &e);
	assert_ok(fd_read_file(-1, path, &b, &e), &e);
	assert_true(b.n == 16);
	buf_reset(&b);
	assert_ok(fd_write_file(path, STR("0123456789abcdefg"), 0600, &e), &e);
	assert_int_equal(fd_read_file(-1, path, &b, &e), MU_ELIMIT);
	assert_int_equal(fd_read_file(-1, dir, &b, &e), MU_EUNSUPPORTED);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(fd_read_file(-1, path, &b, &e), MU_ENOTFOUND);
	assert_int_equal(rmdir(dir), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(arena_take__stops_at_its_cap_and_starts_anew_after_reset),
		TEST(arena_take__gives_zeroed_aligned_memory_again_after_reset),
		TEST(buf_add__goes_bad_at_its_cap_and_keeps_what_it_had),
		TEST(vec_push__grows_to_its_limit_and_says_so),
		TEST(map_put__binds_finds_and_counts_a_hundred_thousand_keys),
		TEST(map_put__takes_the_empty_key_and_keys_with_zero_bytes),
		TEST(
		    err_set__cuts_at_a_characters_end_and_wrap_puts_the_outer_first),
		TEST(fd_write_file__replaces_whole_and_keeps_the_mode),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
