#include "assess/assess.h"

#include "assess/checkfile.h"
#include "base/embed.h"

/* Most checks that are compiled in, and the room for their joined texts. */
#define CHECKS_MAX   128
#define CHECKS_BYTES ((size_t)1 << 20)

/* Written by tools/embed.py from checks/. */
extern const struct embed_file embed_checks[];

const char *
assess_severity_word(enum severity s)
{
	static const char *const words[] = { "info", "low", "medium", "high",
		"critical" };

	_Static_assert(MU_COUNT(words) == SEVS, "severities");
	MU_ASSERT((size_t)s < MU_COUNT(words));
	return words[s];
}

int
assess_check_parse(const char *name, struct str text, struct arena *a,
    struct check *out, struct err *e)
{

	return checkfile_parse(name, text, a, out, e);
}

/*
 * The compiled-in files are read once and live as long as the process. One
 * that cannot be read is a fault of ours, which the unit tests find.
 */
const struct check *
assess_checks(size_t *n)
{
	static struct check list[CHECKS_MAX];
	static size_t count;
	static struct arena *texts;
	const struct embed_file *f;
	struct err e;

	if (texts == NULL) {
		texts = arena_new(CHECKS_BYTES);
		for (f = embed_checks; f->name != NULL; f++) {
			MU_ASSERT(count < CHECKS_MAX);
			MU_ASSERT(checkfile_parse(f->name,
				      str_of(f->text, f->n), texts,
				      &list[count++], &e) == MU_OK);
		}
	}
	*n = count;
	return list;
}
