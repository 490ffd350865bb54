/*
 * base/opt.h: options of a command, as a table; help and completion come from
 * the same rows.
 *
 * Floor:    base.
 */

#ifndef BASE_OPT_H
#define BASE_OPT_H

#include "base/buf.h"

enum opt_kind {
	OPT_FLAG, /* bool: takes no value */
	OPT_STR,  /* struct str: the last one counts */
	OPT_I64,  /* int64_t within min..max */
	OPT_LIST, /* struct opt_list: may be repeated */
	OPT_WORD, /* struct str out of words */
};

#define OPT_LIST_MAX 64

struct opt_list {
	struct str v[OPT_LIST_MAX];
	size_t n;
};

struct opt {
	const char *name; /* long name without dashes; NULL ends a table */
	char letter;      /* short name, or 0 */
	enum opt_kind kind;
	size_t at;         /* offset of the target in the options struct */
	const char *value; /* its name in the help: "DIR", "SECONDS" */
	const char *help;  /* one sentence without a full stop */
	const char *words; /* OPT_WORD: "table json", by blanks */
	int64_t min, max;  /* OPT_I64 */
};

/** OPT_AT(type, field): the offset for struct opt.at. */
#define OPT_AT(type, field) offsetof(type, field)

/**
 * opt_parse(tables, argc, argv, into, rest, e):
 * Read the words ${argv}[0..argc) by the NULL-ended list of ${tables}; values
 * go to the struct ${into} of the first table that has the name, where
 * ${into} is a list as long as ${tables}. What is no option goes to ${rest},
 * in order; after "--" all does. Views borrow from ${argv}.
 *
 * Errors: MU_EFORMAT (unknown option, with the nearest name; a value missing,
 * unwanted or out of range), MU_ELIMIT (more than OPT_LIST_MAX).
 */
int opt_parse(const struct opt *const *tables, int argc, char *const *argv,
    void *const *into, struct opt_list *rest, struct err *e) MU_MUST_CHECK;

/** opt_help(b, table): append the table's help, a row or two each. */
void opt_help(struct buf *b, const struct opt *table);

/**
 * opt_near(word, names, n):
 * Return the name of ${names} nearest to ${word} (edit distance at most 2 and
 * under half its length), or NULL.
 */
const char *opt_near(struct str word, const char *const *names, size_t n);

#endif
