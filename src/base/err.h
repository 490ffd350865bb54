/*
 * base/err.h: what went wrong, and what the caller can do about it.
 *
 * Floor:    base.
 * Memory:   struct err lives on the caller's stack and never allocates.
 * Secrets:  a text never holds one.
 */

#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/defs.h"

enum mu_code {
	MU_OK = 0,
	MU_EFORMAT = -1,      /* the bytes are not what they claim: report */
	MU_ELIMIT = -2,       /* a declared cap was reached: report, go on */
	MU_ENOTFOUND = -3,    /* it is not there: often the answer */
	MU_EDENIED = -4,      /* no right to see it: a coverage gap */
	MU_ECONFLICT = -5,    /* somebody changed it first: read again */
	MU_ERETRY = -6,       /* the other side is ill: try later */
	MU_EUNSUPPORTED = -7, /* known, and not handled: a coverage gap */
	MU_ESYSTEM = -8,      /* the machine said no; see err.sys */
	MU_EBUG = -9,         /* ours: file it */
};

#define ERR_TEXT_BYTES 232

struct err {
	enum mu_code code;
	int sys; /* errno, or 0 when it has none */
	const char *file;
	int line;
	char text[ERR_TEXT_BYTES]; /* one sentence, no full stop, no secret */
};

/**
 * err_set(e, code, fmt, ...):
 * Fill ${e} (NULL is allowed) with ${code} and the text, and return ${code}.
 * A text that is too long is cut at a character's end.
 */
#define err_set(e, code, ...) \
	err_at((e), (code), 0, __FILE__, __LINE__, __VA_ARGS__)

/**
 * err_sys(e, no, fmt, ...):
 * As err_set with the errno value ${no}: its own words are added to the text,
 * and the code is MU_EDENIED for EACCES and EPERM, MU_ENOTFOUND for ENOENT and
 * ENOTDIR, MU_ESYSTEM for all else.
 */
#define err_sys(e, no, ...) \
	err_sys_at((e), (no), __FILE__, __LINE__, __VA_ARGS__)

/**
 * err_wrap(e, fmt, ...):
 * Put an outer fact before the text that ${e} holds ("outer: inner") and
 * return the code that it holds.
 */
int err_wrap(struct err *e, const char *fmt, ...) MU_PRINTF(2, 3);

/** err_at(e, code, sys, file, line, fmt, ...): the body of err_set. */
int err_at(struct err *e, enum mu_code code, int sys, const char *file,
    int line, const char *fmt, ...) MU_PRINTF(6, 7);

/** err_sys_at(e, no, file, line, fmt, ...): the body of err_sys. */
int err_sys_at(struct err *e, int no, const char *file, int line,
    const char *fmt, ...) MU_PRINTF(5, 6);

/**
 * err_word(code):
 * Return a short lower-case name of ${code}, "format" for MU_EFORMAT and so on.
 */
const char *err_word(enum mu_code code);

/* Return at once with the code of a call that failed. */
#define TRY(call)                    \
	do {                         \
		int try_ = (call);   \
		if (try_ < 0)        \
			return try_; \
	} while (0)

#endif
