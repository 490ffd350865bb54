/*
 * Places whose format is names and values: the rules that ship with Muster,
 * over a file as the program writes or documents it.
 *
 * tests/cases/places/ID/ has the file as `sample`, and in `want` its path and
 * one line for each identity: kind, a tab, key, a tab, name. Where no public
 * part names it the key is "secret:...", which stands for any fingerprint.
 * Every secret of a sample has "s3cret" in it, or is one of those that want
 * lists as weak by a fourth column.
 */

#include <sys/stat.h>
#include <dirent.h>

#include "../decode/seen.h"
#include "collect/collect.h"
#include "collect/match.h"

static const struct place *
place_named(const char *id)
{
	const struct place *p;

	for (p = collect_places; p->id != NULL; p++)
		if (strcmp(p->id, id) == 0)
			return p;
	fail_msg("no place %s", id);
	return NULL;
}

static const struct decoder *
decoder_of(const struct place *p)
{
	const struct decoder *d = decode_find(str_from(p->decoder));

	if (d == NULL)
		fail_msg("%s: no decoder %s", p->id, p->decoder);
	return d;
}

/* Whether one of the globs of ${p} takes ${path}; "~/" is the home of root. */
static bool
place_takes(const struct place *p, struct str path, struct arena *a)
{
	struct str glob;
	struct err e;
	size_t i;

	for (i = 0; p->globs[i] != NULL; i++) {
		glob = str_from(p->globs[i]);
		if (str_starts(glob, STR("~/")))
			assert_ok(arena_fmt(a, &glob, &e, "root/" STR_FMT,
				      STR_ARG(str_skip(glob, 2))),
			    &e);
		if (str_glob(glob, path))
			return true;
	}
	return false;
}

static void
check_identity(const struct seen *s, struct str line, const char *id)
{
	struct str kind, key, name, weak, all = buf_str(&s->text), one;
	char want[3][512];
	bool found = false;

	(void)str_cut(line, '\t', &kind, &line);
	(void)str_cut(line, '\t', &key, &line);
	(void)str_cut(line, '\t', &name, &weak);
	if (str_eq(key, STR("secret:...")))
		key.n -= 3;
	(void)snprintf(want[0], 512, "\"key\":\"" STR_FMT "%s", STR_ARG(key),
	    str_ends(key, STR(":")) ? "" : "\"");
	(void)snprintf(want[1], 512, "\"kind\":\"" STR_FMT "\"", STR_ARG(kind));
	(void)snprintf(want[2], 512, "\"name\":\"" STR_FMT "\"", STR_ARG(name));
	while (!found && str_line(&all, &one))
		found = str_starts(one, STR("{\"type\":\"identity\"")) &&
			str_find(one, str_from(want[0])) != SIZE_MAX &&
			str_find(one, str_from(want[1])) != SIZE_MAX &&
			str_find(one, str_from(want[2])) != SIZE_MAX;
	if (!found)
		fail_msg("%s: no identity %s %s %s among\n" STR_FMT, id,
		    want[0], want[1], want[2], STR_ARG(buf_str(&s->text)));
}

static void
check_place(const char *id)
{
	const struct place *p = place_named(id);
	AUTO(buf) struct buf want = { 0 };
	struct str text, line;
	struct seen s;
	char path[128];
	size_t n = 0, weak = 0;

	seen_init(&s, "root:x:0:0::/root:/bin/sh\n", NULL, NULL);
	s.place = str_from(id);
	s.picks = p->picks;
	buf_init(&want, (size_t)1 << 20);
	(void)snprintf(path, sizeof(path), "places/%s/want", id);
	buf_add(&want, seen_case(&s, path));
	text = buf_str(&want);
	assert_true(str_line(&text, &line));
	if (!place_takes(p, line, s.job))
		fail_msg("%s: no glob for " STR_FMT, id, STR_ARG(line));
	s.file.path = line;
	(void)snprintf(path, sizeof(path), "places/%s/sample", id);
	if (seen_read(&s, decoder_of(p), seen_case(&s, path)) < 0)
		fail_msg("%s: %s", id, s.e.text);
	while (str_line(&text, &line)) {
		n++;
		check_identity(&s, line, id);
		weak += str_ends(line, STR("\tweak"));
	}
	if (seen_count(&s, "\"type\":\"identity\"") != n)
		fail_msg("%s: not %zu identities in\n" STR_FMT, id, n,
		    STR_ARG(buf_str(&s.text)));
	assert_count(&s, "s3cret", 0);
	assert_count(&s, "\"type\":\"gap\"", 0);
	assert_count(&s, "\"weak\":", weak);
	if (weak != n && str_find(buf_str(&s.bytes), STR("s3cret")) == SIZE_MAX)
		fail_msg("%s: no s3cret in its sample", id);
	seen_free(&s);
}

static void
places__find_what_their_samples_hold(void **state)
{
	char path[128];
	struct dirent *d;
	DIR *dir;
	size_t n = 0;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/tests/cases/places",
	    getenv("SRCDIR"));
	dir = opendir(path);
	assert_non_null(dir);
	while ((d = readdir(dir)) != NULL) {
		if (d->d_name[0] == '.')
			continue;
		check_place(d->d_name);
		n++;
	}
	(void)closedir(dir);
	assert_true(n > 10);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(places__find_what_their_samples_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
