#include "base/opt.h"

#include <stddef.h>

#include "base/mem.h"

#define OPT_NAMES_MAX 128
#define OPT_WORD_MAX  40

/* Levenshtein distance of short words, one row at a time. */
static size_t
opt_distance(struct str a, struct str b)
{
	size_t row[OPT_WORD_MAX + 1], i, k, left, up, best;

	if (a.n > OPT_WORD_MAX || b.n > OPT_WORD_MAX)
		return SIZE_MAX;
	for (k = 0; k <= b.n; k++)
		row[k] = k;
	for (i = 0; i < a.n; i++) {
		left = row[0];
		row[0] = i + 1;
		for (k = 0; k < b.n; k++) {
			up = row[k + 1];
			best = left + (a.p[i] != b.p[k]);
			if (up + 1 < best)
				best = up + 1;
			if (row[k] + 1 < best)
				best = row[k] + 1;
			left = up;
			row[k + 1] = best;
		}
	}
	return row[b.n];
}

const char *
opt_near(struct str word, const char *const *names, size_t n)
{
	const char *best = NULL;
	size_t i, d, least = 3;

	for (i = 0; i < n; i++) {
		d = opt_distance(word, str_from(names[i]));
		if (d < least && d * 2 < word.n + 1) {
			least = d;
			best = names[i];
		}
	}
	return best;
}

struct found {
	const struct opt *o;
	char *target;
};

static bool
opt_find(const struct opt *const *tables, void *const *into, struct str name,
    bool letter, struct found *out)
{
	const struct opt *o;
	size_t t;

	for (t = 0; tables[t] != NULL; t++) {
		for (o = tables[t]; o->name != NULL; o++) {
			if (letter ? o->letter != '\0' && name.n == 1 &&
					 o->letter == name.p[0] :
				     str_eq(name, str_from(o->name))) {
				*out = (struct found){ o,
					(char *)into[t] + o->at };
				return true;
			}
		}
	}
	return false;
}

static int
opt_unknown(const struct opt *const *tables, const char *dash, struct str name,
    struct err *e)
{
	const char *names[OPT_NAMES_MAX], *near;
	const struct opt *o;
	size_t t, n = 0;

	for (t = 0; tables[t] != NULL; t++)
		for (o = tables[t]; o->name != NULL; o++)
			if (n < OPT_NAMES_MAX)
				names[n++] = o->name;
	near = opt_near(name, names, n);
	if (near != NULL)
		return err_set(e, MU_EFORMAT,
		    "unknown option '%s" STR_FMT "'; did you mean '--%s'?",
		    dash, STR_ARG(name), near);
	return err_set(e, MU_EFORMAT, "unknown option '%s" STR_FMT "'", dash,
	    STR_ARG(name));
}

static bool
opt_is_word(const char *words, struct str v)
{
	struct str all = str_from(words), w;

	while (str_word(&all, &w))
		if (str_eq(w, v))
			return true;
	return false;
}

static int
opt_put(const struct found *f, struct str v, struct err *e)
{
	struct opt_list *list;

	switch (f->o->kind) {
	case OPT_FLAG:
		*(bool *)(void *)f->target = true;
		return MU_OK;
	case OPT_WORD:
		if (!opt_is_word(f->o->words, v))
			return err_set(e, MU_EFORMAT,
			    "--%s takes one of: %s; not '" STR_FMT "'",
			    f->o->name, f->o->words, STR_ARG(v));
		*(struct str *)(void *)f->target = v;
		return MU_OK;
	case OPT_STR:
		*(struct str *)(void *)f->target = v;
		return MU_OK;
	case OPT_I64:
		if (!str_i64(v, f->o->min, f->o->max,
			(int64_t *)(void *)f->target))
			return err_set(e, MU_EFORMAT,
			    "--%s takes a whole number from %lld to %lld; "
			    "not '" STR_FMT "'",
			    f->o->name, (long long)f->o->min,
			    (long long)f->o->max, STR_ARG(v));
		return MU_OK;
	case OPT_LIST:
		list = (struct opt_list *)(void *)f->target;
		if (list->n == OPT_LIST_MAX)
			return err_set(e, MU_ELIMIT,
			    "--%s may be given %d times", f->o->name,
			    OPT_LIST_MAX);
		list->v[list->n++] = v;
		return MU_OK;
	}
	return err_set(e, MU_EBUG, "option kind of --%s", f->o->name);
}

/* One option word; ${next} is the word after it, ${used} whether it was. */
static int
opt_one(const struct opt *const *tables, void *const *into, struct str word,
    struct str next, bool *used, struct err *e)
{
	bool letter = !str_starts(word, STR("--")), eq;
	const char *dash = letter ? "-" : "--";
	struct str name, value;
	struct found f;

	*used = false;
	eq = str_cut(str_skip(word, letter ? 1 : 2), '=', &name, &value);
	if (!opt_find(tables, into, name, letter, &f))
		return opt_unknown(tables, dash, name, e);
	if (f.o->kind == OPT_FLAG) {
		if (eq)
			return err_set(e, MU_EFORMAT, "--%s takes no value",
			    f.o->name);
		return opt_put(&f, STR_NONE, e);
	}
	if (!eq) {
		if (next.p == NULL)
			return err_set(e, MU_EFORMAT, "--%s needs a %s",
			    f.o->name, f.o->value);
		value = next;
		*used = true;
	}
	return opt_put(&f, value, e);
}

int
opt_parse(const struct opt *const *tables, int argc, char *const *argv,
    void *const *into, struct opt_list *rest, struct err *e)
{
	bool plain = false, used;
	struct str w;
	int i;

	for (i = 0; i < argc; i++) {
		w = str_from(argv[i]);
		if (!plain && str_eq(w, STR("--"))) {
			plain = true;
		} else if (!plain && w.n > 1 && w.p[0] == '-') {
			TRY(opt_one(tables, into, w,
			    i + 1 < argc ? str_from(argv[i + 1]) : STR_NONE,
			    &used, e));
			i += used;
		} else if (rest->n == OPT_LIST_MAX) {
			return err_set(e, MU_ELIMIT, "more than %d arguments",
			    OPT_LIST_MAX);
		} else {
			rest->v[rest->n++] = w;
		}
	}
	return MU_OK;
}

void
opt_help(struct buf *b, const struct opt *table)
{
	const struct opt *o;
	size_t was, w;

	for (o = table; o->name != NULL; o++) {
		was = b->n;
		if (o->letter != '\0')
			buf_addf(b, "  -%c, ", o->letter);
		else
			buf_adds(b, "      ");
		buf_addf(b, "--%s", o->name);
		if (o->kind != OPT_FLAG)
			buf_addf(b, " %s", o->value);
		for (w = b->n - was; w < 30; w++)
			buf_addc(b, ' ');
		buf_addf(b, " %s", o->help);
		if (o->kind == OPT_WORD)
			buf_addf(b, ": %s", o->words);
		buf_addc(b, '\n');
	}
}
