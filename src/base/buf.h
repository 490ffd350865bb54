/*
 * base/buf.h: a growing run of bytes, with a cap given at birth.
 *
 * Floor:    base.
 * Memory:   on the heap; a full buf goes bad and stays so: what is added is
 *           dropped, and buf_bad() tells. One check at the end is enough.
 */

#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

struct buf {
	char *p;
	size_t n, room, cap; /* bytes */
	bool bad;            /* the cap was reached; nothing more is added */
};

/** buf_init(b, cap_bytes): an empty buf that will hold ${cap_bytes} at most. */
void buf_init(struct buf *b, size_t cap_bytes);

/** buf_free(b): give the memory back; ${b} is empty and can be used again. */
void buf_free(struct buf *b);

/** buf_auto(b): for AUTO(buf) on a struct buf. */
static inline void
buf_auto(struct buf *b)
{

	buf_free(b);
}

/** buf_reset(b): forget the bytes and the badness, keep the memory. */
void buf_reset(struct buf *b);

/** buf_cut(b, n): shorten to ${n} bytes, no more than it has. */
void buf_cut(struct buf *b, size_t n);

/** buf_drop(b, n): take the first ${n} bytes away, no more than it has. */
void buf_drop(struct buf *b, size_t n);

/** buf_add(b, s): append ${s}. */
void buf_add(struct buf *b, struct str s);

/** buf_addc(b, c): append one byte. */
void buf_addc(struct buf *b, char c);

/** buf_adds(b, c): append the C string ${c}. */
void buf_adds(struct buf *b, const char *c);

/** buf_addf(b, fmt, ...): append printed text. */
void buf_addf(struct buf *b, const char *fmt, ...) MU_PRINTF(2, 3);

/**
 * buf_room(b, n):
 * Return a place for ${n} more bytes after what ${b} holds, or NULL (and bad)
 * at the cap; buf_took() says how many were written there.
 */
char *buf_room(struct buf *b, size_t n) MU_MUST_CHECK;

/** buf_took(b, n): count ${n} bytes written at buf_room()'s place. */
void buf_took(struct buf *b, size_t n);

/** buf_str(b): a view of the bytes, valid until the next change. */
struct str buf_str(const struct buf *b);

/**
 * buf_check(b, what, e):
 * MU_OK, or MU_ELIMIT with "${what} is longer than N bytes" for a bad buf.
 */
int
buf_check(const struct buf *b, const char *what, struct err *e) MU_MUST_CHECK;

#endif
