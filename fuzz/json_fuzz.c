/*
 * JSON: what simdjson and jtext_check() say of a text must be the same, every
 * value must be reachable, and the raw members must match the parsed ones.
 */

#include "decode/json.h"
#include "fuzz.h"

#define FUZZ_CAP ((size_t)1 << 20)

static size_t
walk(struct json_val v)
{
	struct json_iter it = json_each(v);
	struct str name, s;
	struct json_val in;
	size_t n = 1;
	int64_t i;
	bool b;

	if (json_kind_of(v) == JSON_STR)
		MU_ASSERT(json_str(v, &s) && str_utf8(s));
	MU_ASSERT((json_kind_of(v) == JSON_INT) == json_i64(v, &i));
	MU_ASSERT((json_kind_of(v) == JSON_BOOL) == json_bool(v, &b));
	while (json_next(&it, &name, &in)) {
		MU_ASSERT(str_utf8(name));
		n += walk(in);
	}
	return n;
}

static void
members(struct json_val root, struct str text)
{
	AUTO(json) struct json *q = json_new(FUZZ_CAP);
	struct json_iter it = json_each(root);
	struct json_val v, again;
	struct str name, raw_name, raw_value, s;
	struct err e;

	while (json_next(&it, &name, &v)) {
		MU_ASSERT(jtext_member(&text, &raw_name, &raw_value));
		MU_ASSERT(json_parse(q, raw_name, &again, &e) == MU_OK);
		MU_ASSERT(json_str(again, &s) && str_eq(s, name));
		MU_ASSERT(json_parse(q, raw_value, &again, &e) == MU_OK);
		MU_ASSERT(json_kind_of(again) == json_kind_of(v));
		MU_ASSERT(walk(again) == walk(v));
	}
	MU_ASSERT(!jtext_member(&text, &raw_name, &raw_value));
}

void
fuzz_one(struct str in)
{
	AUTO(json) struct json *p = json_new(FUZZ_CAP);
	struct json_val root;
	struct str name;
	struct err e;
	const char *why;
	size_t at = 0;
	int code;

	if (in.n > FUZZ_CAP)
		return;
	if (json_parse_lax(p, in, &root, &e) == MU_OK)
		(void)walk(root);
	code = json_parse(p, in, &root, &e);
	if (str_starts(in, STR("\xef\xbb\xbf")))
		in = str_skip(in, 3);
	why = jtext_check(in, &at);
	MU_ASSERT(at <= in.n);
	MU_ASSERT((why == NULL) ==
		  (code == MU_OK || strstr(e.text, "out of range") != NULL));
	MU_ASSERT((why == jtext_deep) == (code == MU_ELIMIT));
	if (code != MU_OK)
		return;
	(void)walk(root);
	(void)json_repeat(root, &name);
	if (json_kind_of(root) == JSON_OBJ)
		members(root, in);
}
