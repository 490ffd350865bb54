/*
 * The one C++ file: simdjson's DOM behind decode/json.h. Built without
 * exceptions and RTTI, so nothing can be thrown through C.
 *
 * simdjson stops at the first fault without saying where it is; jtext_check()
 * reads a text again only after it was refused.
 */

#include <new>
#include <simdjson.h>

/* A word of C that C++ spells otherwise. */
#define _Noreturn [[noreturn]]
extern "C" {
#include "base/map.h"
#include "base/mem.h"
#include "decode/json.h"
}

namespace dom = simdjson::dom;

/* Least room taken at once, bytes. */
static const size_t ROOM_MIN = 4096;

struct json {
	dom::parser parser;
	char *text;  /* a copy, with simdjson's padding after it */
	size_t room; /* bytes of text that fit */
	size_t cap;
};

static_assert(sizeof(json_val) == sizeof(dom::element), "element");
static_assert(sizeof(json_val) == sizeof(dom::object::iterator), "member");
static_assert(sizeof(json_val) == sizeof(dom::array::iterator), "item");
static_assert(__is_trivially_copyable(dom::element), "element");

/* simdjson's places in a document are a pointer and an index, as ours. */
template <typename T>
static T
as(json_val v)
{

	return __builtin_bit_cast(T, v);
}

template <typename T>
static json_val
val(T t)
{

	return __builtin_bit_cast(json_val, t);
}

static str
view(std::string_view s)
{

	return str_of(s.data(), s.size());
}

static void
json_wipe(struct json *p)
{

	if (p->text != nullptr)
		mem_wipe(p->text, p->room);
	mem_free(p->text);
	p->text = nullptr;
	p->room = 0;
}

void
json_free(struct json *p)
{

	if (p == nullptr)
		return;
	json_wipe(p);
	p->~json();
	mem_free(p);
}

struct json *
json_new(size_t cap_bytes)
{
	struct json *p = new (mem_new(1, sizeof(struct json)))
	    json{ dom::parser(), nullptr, 0, cap_bytes };

	return p;
}

/* Room for ${n} bytes of text in all that a parse needs. */
static int
json_room(struct json *p, size_t n, err *e)
{
	size_t room = p->room != 0 ? p->room : ROOM_MIN;

	if (n > p->cap)
		return err_set(e, MU_ELIMIT,
		    "the JSON text is longer than %zu bytes", p->cap);
	if (p->text != nullptr && n <= p->room)
		return MU_OK;
	while (room < n)
		room *= 2;
	json_wipe(p);
	p->text =
	    static_cast<char *>(mem_new(room + simdjson::SIMDJSON_PADDING, 1));
	p->room = room;
	/* One more than our depth: the limit that is refused, in simdjson. */
	if (p->parser.allocate(room, JSON_DEPTH_MAX + 1) != simdjson::SUCCESS)
		return err_set(e, MU_ELIMIT, "no memory to parse JSON");
	return MU_OK;
}

/* Say where and why simdjson refused the text. */
static int
json_fault(const json *p, str text, simdjson::error_code code, err *e)
{
	const char *why;
	size_t at = 0;

	if (code == simdjson::MEMALLOC || code == simdjson::CAPACITY)
		return err_set(e, MU_ELIMIT, "no memory to parse JSON");
	why = jtext_check(str_of(p->text, text.n), &at);
	if (why == nullptr)
		return err_set(e, MU_EFORMAT,
		    "a number in the JSON text is out of range");
	return err_set(e, why == jtext_deep ? MU_ELIMIT : MU_EFORMAT,
	    "no JSON at line %zu, byte %zu: %s", jtext_line(text, at), at + 1,
	    why);
}

static int
json_read(struct json *p, str text, bool lax, json_val *root, err *e)
{
	dom::element top;
	simdjson::error_code code;

	if (text.n >= 3 && str_eq(str_head(text, 3), str_from("\xef\xbb\xbf")))
		text = str_skip(text, 3);
	TRY(json_room(p, text.n, e));
	mem_copy(p->text, p->room, text.p, text.n);
	if (lax)
		jtext_lax(p->text, text.n);
	for (size_t i = 0; i < simdjson::SIMDJSON_PADDING; i++)
		p->text[text.n + i] = ' ';
	code = p->parser.parse(p->text, text.n, false).get(top);
	if (code != simdjson::SUCCESS)
		return json_fault(p, text, code, e);
	*root = val(top);
	return MU_OK;
}

int
json_parse(struct json *p, struct str text, struct json_val *root,
    struct err *e)
{

	return json_read(p, text, false, root, e);
}

int
json_parse_lax(struct json *p, struct str text, struct json_val *root,
    struct err *e)
{

	return json_read(p, text, true, root, e);
}

enum json_kind
json_kind_of(struct json_val v)
{

	switch (as<dom::element>(v).type()) {
	case dom::element_type::ARRAY:
		return JSON_ARR;
	case dom::element_type::OBJECT:
		return JSON_OBJ;
	case dom::element_type::INT64:
		return JSON_INT;
	case dom::element_type::UINT64:
	case dom::element_type::DOUBLE:
		return JSON_REAL;
	case dom::element_type::STRING:
		return JSON_STR;
	case dom::element_type::BOOL:
		return JSON_BOOL;
	case dom::element_type::NULL_VALUE:
		return JSON_NULL;
	}
	return JSON_NULL;
}

bool
json_str(struct json_val v, struct str *out)
{
	std::string_view s;

	if (as<dom::element>(v).get(s) != simdjson::SUCCESS)
		return false;
	*out = view(s);
	return true;
}

bool
json_i64(struct json_val v, int64_t *out)
{
	dom::element el = as<dom::element>(v);

	return el.is<int64_t>() && el.get(*out) == simdjson::SUCCESS;
}

bool
json_bool(struct json_val v, bool *out)
{

	return as<dom::element>(v).get(*out) == simdjson::SUCCESS;
}

struct json_iter
json_each(struct json_val v)
{
	dom::element el = as<dom::element>(v);
	dom::object obj;
	dom::array arr;

	if (el.get(obj) == simdjson::SUCCESS)
		return { val(obj.begin()), val(obj.end()), true };
	if (el.get(arr) == simdjson::SUCCESS)
		return { val(arr.begin()), val(arr.end()), false };
	return { v, v, false };
}

bool
json_next(struct json_iter *it, struct str *name, struct json_val *out)
{

	if (it->at.at == it->end.at)
		return false;
	if (it->named) {
		auto member = as<dom::object::iterator>(it->at);

		if (name != nullptr)
			*name = view(member.key());
		*out = val(member.value());
		it->at = val(++member);
	} else {
		auto item = as<dom::array::iterator>(it->at);

		if (name != nullptr)
			*name = str{ nullptr, 0 };
		*out = val(*item);
		it->at = val(++item);
	}
	return true;
}

bool
json_get(struct json_val v, struct str name, struct json_val *out)
{
	struct json_iter it = json_each(v);
	struct json_val member;
	struct str s;

	while (it.named && json_next(&it, &s, &member))
		if (str_eq(s, name)) {
			*out = member;
			return true;
		}
	return false;
}

struct str
json_text(struct json_val v, const char *name)
{
	struct json_val member;
	struct str s = { nullptr, 0 };

	if (json_get(v, str_from(name), &member))
		(void)json_str(member, &s);
	return s;
}

bool
json_repeat(struct json_val v, struct str *name)
{
	struct json_iter it = json_each(v);
	struct json_val member;
	AUTO(map) struct map *seen = nullptr;

	if (!it.named)
		return false;
	/* A member takes four bytes of text at the least. */
	seen = map_new(SIZE_MAX);
	while (json_next(&it, name, &member))
		if (map_put(seen, *name, 0, nullptr) == 0)
			return true;
	return false;
}
