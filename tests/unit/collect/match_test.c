#include "../test.h"
#include "collect/match.h"

static struct account users[] = {
	{ .home = { "/root", 5 } },
	{ .home = { "/home/ada/", 10 } },
	{ .home = { "/home/ada/inner", 15 } },
	{ .home = { "/", 1 } },
};
static const struct host host = { .accounts = users, .n_accounts = 4 };

/* The places of ${path} as bits. */
static unsigned
places_of(const struct match *m, const char *path)
{
	struct match_dir d = { 0 };
	struct str p = str_from(path);
	size_t cut = str_rchr(p, '/'), at = 0;
	unsigned bits = 0;
	uint32_t place;

	match_enter(m, str_head(p, cut == SIZE_MAX ? 0 : cut), &d);
	while (match_file(&d, cut == SIZE_MAX ? p : str_skip(p, cut + 1), &at,
	    &place))
		bits |= 1U << place;
	match_dir_free(&d);
	return bits;
}

static void
match__tells_the_places_of_a_path(void **state)
{
	static const struct {
		const char *path;
		unsigned want;
	} t[] = {
		{ "etc/passwd", 1 << 0 },
		{ "etc/passwd-", 0 },
		{ "x/etc/passwd", 0 },
		{ "passwd", 0 },
		{ "root/.ssh/authorized_keys", 1 << 1 },
		{ "home/ada/.ssh/authorized_keys", 1 << 1 },
		{ "home/ada/inner/.ssh/authorized_keys", 1 << 1 },
		{ "home/bob/.ssh/authorized_keys", 0 },
		{ "home/adam/.ssh/authorized_keys", 0 },
		{ ".ssh/authorized_keys", 0 },
		{ "etc/cron.d/x", 1 << 2 },
		{ "etc/cron.d/x/y", 0 },
		{ "etc/letsencrypt/live/a/cert.pem", 1 << 3 | 1 << 4 },
		{ "etc/letsencrypt/x", 1 << 3 },
		{ "cert.pem", 1 << 4 },
		{ "etcetera/cron.d/x", 0 },
		{ "srv/a/id_rsa", 1 << 5 },
		{ "srv/a/b/id_rsa", 0 },
		{ "README", 1 << 6 },
		{ "home/ada/.config/x/y/token", 1 << 7 },
		{ "home/ada/.config/token", 1 << 7 },
		{ "home/ada/token", 0 },
	};
	static const char *const globs[] = { "etc/passwd",
		"~/.ssh/authorized_keys", "etc/cron.d/*", "etc/letsencrypt/**",
		"**/cert.pem", "srv/?/id_*", "README", "~/.config/**/token" };
	AUTO(match) struct match *m = match_new(&host);
	struct err e;
	uint32_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(globs); i++)
		assert_ok(match_add(m, str_from(globs[i]), i, &e), &e);
	for (i = 0; i < MU_COUNT(t); i++)
		if (places_of(m, t[i].path) != t[i].want)
			fail_msg("%s: %x, want %x", t[i].path,
			    places_of(m, t[i].path), t[i].want);
}

static void
match_below__tells_what_an_unread_directory_may_hide(void **state)
{
	static const struct {
		const char *glob, *dir;
		bool want;
	} t[] = {
		{ "etc/ssh/*_key", "etc/ssh", true },
		{ "etc/ssh/*_key", "etc", true },
		{ "etc/ssh/*_key", "", true },
		{ "etc/ssh/*_key", "etc/ssh/x", false },
		{ "etc/ssh/*_key", "var", false },
		{ "**/x", "var/lib", true },
		{ "etc/**", "etc/a/b", true },
		{ "etc/*/b/x", "etc/a", true },
		{ "etc/*/b/x", "etc/a/c", false },
		{ "~/.aws/credentials", "root", true },
		{ "~/.aws/credentials", "root/.aws", true },
		{ "~/.aws/credentials", "root/.ssh", false },
		{ "~/.aws/credentials", "home", true },
		{ "~/.aws/credentials", "home/bob", false },
		{ "~/.aws/credentials", "home/ada", true },
		{ "~/.aws/credentials", "var", false },
	};
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		AUTO(match) struct match *m = match_new(&host);
		bool seen = false;

		assert_ok(match_add(m, str_from(t[i].glob), 0, &e), &e);
		match_below(m, str_from(t[i].dir), &seen, 1);
		if (seen != t[i].want)
			fail_msg("%s below '%s'", t[i].glob, t[i].dir);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(match__tells_the_places_of_a_path),
		TEST(match_below__tells_what_an_unread_directory_may_hide),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
