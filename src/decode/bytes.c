#include "decode/bytes.h"

struct str
bytes_take(struct bytes *b, size_t n)
{
	struct str out = str_head(b->rest, n);

	if (b->bad || n > b->rest.n) {
		b->bad = true;
		return STR_NONE;
	}
	b->rest = str_skip(b->rest, n);
	return out;
}

static uint64_t
bytes_number(struct bytes *b, size_t n)
{
	struct str s = bytes_take(b, n);
	uint64_t v = 0;
	size_t i;

	for (i = 0; i < s.n; i++)
		v = v << 8 | (unsigned char)s.p[b->little ? s.n - 1 - i : i];
	return v;
}

uint8_t
bytes_u8(struct bytes *b)
{

	return (uint8_t)bytes_number(b, 1);
}

uint16_t
bytes_u16(struct bytes *b)
{

	return (uint16_t)bytes_number(b, 2);
}

uint32_t
bytes_u32(struct bytes *b)
{

	return (uint32_t)bytes_number(b, 4);
}

uint64_t
bytes_u64(struct bytes *b)
{

	return bytes_number(b, 8);
}
