/*
 * decode/json.h: JSON in: one parser, kept for many texts, and values by value.
 *
 * Source:   RFC 8259. Parsed by simdjson; this header is all that the rest of
 *           the tree sees of it.
 * Floor:    decode. Pure.
 * Memory:   a parser owns its copy of the text and what it parsed; it grows
 *           with the texts it is given, up to the cap of its birth. A value
 *           borrows from its parser and is void at the next parse.
 * Threads:  one parser, one thread.
 * Fuzz:     fuzz/json_fuzz.c
 */

#ifndef DECODE_JSON_H
#define DECODE_JSON_H

#include "decode/jtext.h"

/* Deepest nesting of arrays and objects; an empty one does not count. */
#define JSON_DEPTH_MAX JTEXT_DEPTH_MAX

struct json;

enum json_kind {
	JSON_NULL,
	JSON_BOOL,
	JSON_INT,  /* a whole number that int64_t holds */
	JSON_REAL, /* any other number */
	JSON_STR,
	JSON_ARR,
	JSON_OBJ,
};

struct json_val {
	const void *doc;
	size_t at;
};

/* Where json_next() stands in an array or object. */
struct json_iter {
	struct json_val at, end;
	bool named; /* an object: members have names */
};

/** json_free(p): wipe the text and give all back. NULL is allowed. */
void json_free(struct json *p);

/**
 * json_new(cap_bytes):
 * Return a parser for texts of at most ${cap_bytes}, owned by the caller
 * (json_free). It takes memory when it is first given a text.
 */
struct json *json_new(size_t cap_bytes) MU_OWNED(json_free);

/** json_auto(p): for AUTO(json). */
static inline void
json_auto(struct json **p)
{

	json_free(*p);
}

/**
 * json_parse(p, text, root, e):
 * Parse ${text}, of which a byte order mark at the beginning is passed over,
 * and give its value in ${root}, valid until the next parse. Nothing of
 * ${text} is borrowed.
 *
 * Errors: MU_EFORMAT (no JSON, or a number that no double holds; the text names
 * line and byte, both counted from 1, and quotes nothing), MU_ELIMIT (longer
 * than the cap, nested deeper than JSON_DEPTH_MAX, or no memory).
 */
int json_parse(struct json *p, struct str text, struct json_val *root,
    struct err *e) MU_MUST_CHECK;

/**
 * json_parse_lax(p, text, root, e):
 * The same for JSON with comments of both kinds and with commas before closing
 * brackets.
 *
 * Errors: as json_parse.
 */
int json_parse_lax(struct json *p, struct str text, struct json_val *root,
    struct err *e) MU_MUST_CHECK;

/** json_kind_of(v): what ${v} is. */
enum json_kind json_kind_of(struct json_val v);

/** json_str(v, out): the text of a string, which may hold NUL; else false. */
bool json_str(struct json_val v, struct str *out);

/** json_i64(v, out): the number of a JSON_INT; else false. */
bool json_i64(struct json_val v, int64_t *out);

/** json_bool(v, out): a JSON_BOOL; else false. */
bool json_bool(struct json_val v, bool *out);

/**
 * json_get(v, name, out):
 * The first member ${name} of the object ${v}; false where ${v} is no object or
 * has none. Takes time by the number of members.
 */
bool json_get(struct json_val v, struct str name, struct json_val *out);

/**
 * json_text(v, name):
 * The text of the first member ${name} of ${v}, or "" where it is no string or
 * not there.
 */
struct str json_text(struct json_val v, const char *name);

/**
 * json_repeat(v, name):
 * Whether two members of the object ${v} have the same name, and which:
 * json_get() gives the first of them, and the text may mean another.
 */
bool json_repeat(struct json_val v, struct str *name);

/** json_each(v): before the first element or member; a scalar has none. */
struct json_iter json_each(struct json_val v);

/**
 * json_next(it, name, out):
 * Step to the next element or member: its value in ${out}, its name (empty in
 * an array) in ${name}, which may be NULL. False when none is left.
 */
bool json_next(struct json_iter *it, struct str *name, struct json_val *out);

#endif
