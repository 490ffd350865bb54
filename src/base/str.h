/*
 * base/str.h: a view of bytes, by value. Borrowed; never freed; may hold NUL.
 *
 * Floor:    base. Pure.
 */

#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/err.h"

struct str {
	const char *p; /* may be NULL only when n is 0 */
	size_t n;      /* bytes */
};

#define STR(lit) ((struct str){ (lit), sizeof(lit) - 1 })
#define STR_FMT  "%.*s"
#define STR_ARG(s) \
	(int)((s).n > INT32_MAX ? INT32_MAX : (s).n), ((s).n ? (s).p : "")
#define STR_NONE ((struct str){ NULL, 0 })

/** str_from(c): a view of the C string ${c}; NULL gives the empty view. */
struct str str_from(const char *c);

/** str_of(p, n): a view of ${n} bytes at ${p}. */
struct str str_of(const void *p, size_t n);

/** str_eq(a, b): whether the bytes are the same. Not for secrets. */
bool str_eq(struct str a, struct str b);

/** str_eq_nocase(a, b): the same, ASCII letters folded. */
bool str_eq_nocase(struct str a, struct str b);

/** str_cmp(a, b): bytewise order: negative, 0 or positive; shorter first. */
int str_cmp(struct str a, struct str b);

/** str_starts(s, head): whether ${s} begins with ${head}. */
bool str_starts(struct str s, struct str head);

/** str_ends(s, tail): whether ${s} ends with ${tail}. */
bool str_ends(struct str s, struct str tail);

/**
 * str_find(s, what):
 * Return the offset of the first ${what} in ${s}, or SIZE_MAX; an empty
 * ${what} is found at 0.
 */
size_t str_find(struct str s, struct str what);

/** str_chr(s, c): the offset of the first byte ${c}, or SIZE_MAX. */
size_t str_chr(struct str s, char c);

/** str_rchr(s, c): the offset of the last byte ${c}, or SIZE_MAX. */
size_t str_rchr(struct str s, char c);

/** str_skip(s, n): ${s} without its first ${n} bytes (all, if it has fewer). */
struct str str_skip(struct str s, size_t n);

/** str_head(s, n): the first ${n} bytes of ${s} (all, if it has fewer). */
struct str str_head(struct str s, size_t n);

/** str_trim(s): without blanks (space, tab, CR, LF, VT, FF) at both ends. */
struct str str_trim(struct str s);

/**
 * str_cut(s, c, head, rest):
 * Split at the first byte ${c}: ${head} is what stands before it and ${rest}
 * what comes after. Without one, ${head} is all, ${rest} is empty, and the
 * return is false. ${head} or ${rest} may be &s itself.
 */
bool str_cut(struct str s, char c, struct str *head, struct str *rest);

/**
 * str_line(text, line):
 * Take the next line off ${text} into ${line}, without its LF or CRLF. Return
 * false when nothing is left.
 */
bool str_line(struct str *text, struct str *line);

/**
 * str_word(text, word):
 * Take the next run of non-blank bytes off ${text} into ${word}. Return false
 * when only blanks are left.
 */
bool str_word(struct str *text, struct str *word);

/**
 * str_i64(s, min, max, out):
 * Read the decimal number that is the whole of ${s} (optional minus; no plus,
 * blank or leading zero beyond "0"). Return false, ${out} untouched, where it
 * is none or lies outside ${min} to ${max}.
 */
bool str_i64(struct str s, int64_t min, int64_t max, int64_t *out);

/** str_has_nul(s): whether a zero byte lies in ${s}. */
bool str_has_nul(struct str s);

/** str_utf8(s): whether ${s} is well-formed UTF-8 (RFC 3629). */
bool str_utf8(struct str s);

/**
 * str_glob(pattern, path):
 * Whether the slash-separated ${path} matches ${pattern}: "*" and "?" match
 * within one component, "**" as a whole component matches any number of
 * components, also none; [..] is not special. Runs in O(n*m) at worst.
 */
bool str_glob(struct str pattern, struct str path);

#endif
