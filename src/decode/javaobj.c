#include "decode/javaobj.h"

#define HANDLE_FIRST 0x7e0000

/*= Section 6.4.2: the marks of what comes. */
enum {
	TC_NULL = 0x70,
	TC_REFERENCE = 0x71,
	TC_CLASSDESC = 0x72,
	TC_OBJECT = 0x73,
	TC_STRING = 0x74,
	TC_ARRAY = 0x75,
	TC_ENDBLOCKDATA = 0x78,
};

#define SC_WRITE_METHOD 0x01 /* it writes more than its fields: not followed */
#define SC_SERIALIZABLE 0x02
#define NO_CLASS        SIZE_MAX

/* What has been met, by its handle: a class, or something else. */
struct javaclass {
	bool is;
	struct str name;
	char types[JAVAOBJ_FIELDS_MAX];
	size_t fields;
	size_t super; /* handle, or NO_CLASS */
};

struct javaobj {
	struct bytes *b;
	struct javaclass met[JAVAOBJ_HANDLES_MAX];
	size_t n;
	unsigned depth;
};

static bool javaobj_value(struct javaobj *j);

/* A new handle, in ${out}. */
static bool
javaobj_handle(struct javaobj *j, size_t *out)
{

	if (j->n == JAVAOBJ_HANDLES_MAX)
		return false;
	*out = j->n;
	j->met[j->n++] = (struct javaclass){ .super = NO_CLASS };
	return true;
}

static struct str
javaobj_text(struct bytes *b)
{

	return bytes_take(b, bytes_u16(b));
}

/* Bytes of a field whose value stands in place; 0: an object. */
static size_t
javaobj_size(char type)
{

	switch (type) {
	case 'B':
	case 'Z':
		return 1;
	case 'C':
	case 'S':
		return 2;
	case 'I':
	case 'F':
		return 4;
	case 'D':
	case 'J':
		return 8;
	default:
		return 0;
	}
}

/* Names and types of the fields of the class ${h}. */
static bool
javaobj_fields(struct javaobj *j, size_t h)
{
	size_t n = bytes_u16(j->b), i;
	char type;

	if (n > JAVAOBJ_FIELDS_MAX)
		return false;
	j->met[h].fields = n;
	for (i = 0; i < n; i++) {
		type = (char)bytes_u8(j->b);
		(void)javaobj_text(j->b);
		j->met[h].types[i] = type;
		if (javaobj_size(type) != 0)
			continue;
		/* The type's name is a text, which may be a reference. */
		if ((type != 'L' && type != '[') || !javaobj_value(j))
			return false;
	}
	return !j->b->bad;
}

/* A handle that is written down, of a class. */
static bool
javaobj_back(struct javaobj *j, size_t *h)
{
	size_t to = bytes_u32(j->b);

	if (to < HANDLE_FIRST || to - HANDLE_FIRST >= j->n)
		return false;
	*h = to - HANDLE_FIRST;
	return true;
}

/* classDesc: new, known or none. */
static bool
javaobj_class(struct javaobj *j, size_t *h)
{
	uint8_t mark = bytes_u8(j->b), flags;
	struct str name;
	size_t super = NO_CLASS;

	*h = NO_CLASS;
	if (mark == TC_NULL)
		return !j->b->bad;
	if (mark == TC_REFERENCE)
		return javaobj_back(j, h) && j->met[*h].is;
	if (mark != TC_CLASSDESC || ++j->depth > JAVAOBJ_DEPTH_MAX)
		return false;
	name = javaobj_text(j->b);
	(void)bytes_u64(j->b);
	if (!javaobj_handle(j, h))
		return false;
	j->met[*h].is = true;
	j->met[*h].name = name;
	flags = bytes_u8(j->b);
	if (flags != SC_SERIALIZABLE || !javaobj_fields(j, *h) ||
	    bytes_u8(j->b) != TC_ENDBLOCKDATA || !javaobj_class(j, &super))
		return false;
	/* A class comes before what is above it, so that no chain is a ring. */
	if (super != NO_CLASS && super <= *h)
		return false;
	j->met[*h].super = super;
	j->depth--;
	return true;
}

/* The values of the fields of ${h}, those of the class above it first. */
static bool
javaobj_data(struct javaobj *j, size_t h)
{
	size_t i, size;

	if (h == NO_CLASS)
		return true;
	if (++j->depth > JAVAOBJ_DEPTH_MAX || !javaobj_data(j, j->met[h].super))
		return false;
	for (i = 0; i < j->met[h].fields; i++) {
		size = javaobj_size(j->met[h].types[i]);
		if (size != 0)
			(void)bytes_take(j->b, size);
		else if (!javaobj_value(j))
			return false;
	}
	j->depth--;
	return !j->b->bad;
}

/* An array: of bytes alone. */
static bool
javaobj_array(struct javaobj *j)
{
	size_t h, own;

	if (!javaobj_class(j, &h) || h == NO_CLASS ||
	    !str_eq(j->met[h].name, STR("[B")) || !javaobj_handle(j, &own))
		return false;
	(void)bytes_take(j->b, bytes_u32(j->b));
	return !j->b->bad;
}

static bool
javaobj_object(struct javaobj *j)
{
	size_t h, own;

	return javaobj_class(j, &h) && h != NO_CLASS &&
	       javaobj_handle(j, &own) && javaobj_data(j, h);
}

static bool
javaobj_value(struct javaobj *j)
{
	size_t h;
	bool ok;

	if (++j->depth > JAVAOBJ_DEPTH_MAX)
		return false;
	switch (bytes_u8(j->b)) {
	case TC_NULL:
		ok = !j->b->bad;
		break;
	case TC_REFERENCE:
		ok = javaobj_back(j, &h);
		break;
	case TC_STRING:
		ok = javaobj_handle(j, &h);
		(void)javaobj_text(j->b);
		break;
	case TC_ARRAY:
		ok = javaobj_array(j);
		break;
	case TC_OBJECT:
		ok = javaobj_object(j);
		break;
	default:
		return false;
	}
	j->depth--;
	return ok && !j->b->bad;
}

bool
javaobj_skip(struct bytes *b, struct str *whole)
{
	struct javaobj j = { .b = b };
	struct str from = b->rest;

	/*= Section 6.4.2: the magic word and version 5. */
	if (bytes_u32(b) != 0xaced0005 || !javaobj_value(&j))
		return false;
	*whole = str_head(from, from.n - b->rest.n);
	return true;
}
