/*
 * base/jwrite.h: JSON out, streamed into a buf; no tree.
 *
 * Source:   RFC 8259. Text that is not UTF-8 has each bad byte written as
 *           U+FFFD, so that what is written can always be read. Controls,
 *           U+0080 to U+009F among them, are escaped: JSON on a terminal is
 *           safe.
 * Floor:    base.
 *
 *	struct jwrite j;
 *	jwrite_init(&j, &b);
 *	jwrite_obj(&j);
 *	jwrite_key(&j, "name"); jwrite_str(&j, s);
 *	jwrite_end(&j);
 */

#ifndef BASE_JWRITE_H
#define BASE_JWRITE_H

#include "base/buf.h"

#define JWRITE_DEPTH_MAX 32

struct jwrite {
	struct buf *out;
	unsigned depth;
	bool comma;                   /* a comma is due before the next */
	char close[JWRITE_DEPTH_MAX]; /* what ends each open level */
	unsigned indent;              /* spaces a level; 0: one line */
};

/** jwrite_init(j, out): write to ${out}, on one line. */
void jwrite_init(struct jwrite *j, struct buf *out);

/** jwrite_obj(j): open an object. */
void jwrite_obj(struct jwrite *j);

/** jwrite_arr(j): open an array. */
void jwrite_arr(struct jwrite *j);

/** jwrite_end(j): close the innermost object or array. */
void jwrite_end(struct jwrite *j);

/** jwrite_key(j, name): the name of the next value of an object. */
void jwrite_key(struct jwrite *j, const char *name);

/** jwrite_keystr(j, name): the same with a view; it is escaped. */
void jwrite_keystr(struct jwrite *j, struct str name);

/** jwrite_str(j, s): a string. */
void jwrite_str(struct jwrite *j, struct str s);

/** jwrite_i64(j, v): a whole number. */
void jwrite_i64(struct jwrite *j, int64_t v);

/** jwrite_bool(j, v): true or false. */
void jwrite_bool(struct jwrite *j, bool v);

/** jwrite_null(j): null. */
void jwrite_null(struct jwrite *j);

/** jwrite_raw(j, json): a value that is JSON already. */
void jwrite_raw(struct jwrite *j, struct str json);

/** jwrite_quote(b, s): append ${s} as a JSON string to ${b}. */
void jwrite_quote(struct buf *b, struct str s);

#endif
