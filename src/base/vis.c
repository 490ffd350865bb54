#include "base/vis.h"

/* Decode one character; its length, or 0 where the bytes are malformed. */
static size_t
vis_char(struct str s, uint32_t *c)
{
	unsigned char b = (unsigned char)s.p[0];
	size_t n = b < 0x80 ? 1 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4, i;

	if (n > s.n || !str_utf8(str_head(s, n)))
		return 0;
	*c = n == 1 ? b : b & (0xffu >> (n + 1));
	for (i = 1; i < n; i++)
		*c = *c << 6 | ((unsigned char)s.p[i] & 0x3f);
	return n;
}

/* Controls, bidirectional controls, invisible joiners, line separators. */
static bool
vis_unsafe(uint32_t c)
{
	static const uint32_t bad[][2] = {
		{ 0x0000, 0x001f },
		{ 0x007f, 0x009f },
		{ 0x00ad, 0x00ad },
		{ 0x061c, 0x061c },
		{ 0x180e, 0x180e },
		{ 0x200b, 0x200f },
		{ 0x2028, 0x202e },
		{ 0x2060, 0x206f },
		{ 0xfeff, 0xfeff },
		{ 0xfff9, 0xfffb },
		{ 0xe0000, 0xe007f },
	};
	size_t i;

	for (i = 0; i < MU_COUNT(bad); i++)
		if (c >= bad[i][0] && c <= bad[i][1])
			return true;
	return false;
}

void
vis_add(struct buf *b, struct str s)
{
	uint32_t c = 0;
	size_t n, i, bytes;

	while (s.n != 0) {
		n = vis_char(s, &c);
		bytes = n != 0 ? n : 1;
		if (n != 0 && c == '\\')
			buf_adds(b, "\\\\");
		else if (n != 0 && !vis_unsafe(c))
			buf_add(b, str_head(s, n));
		else
			for (i = 0; i < bytes; i++)
				buf_addf(b, "\\x%02x", (unsigned char)s.p[i]);
		s = str_skip(s, bytes);
	}
}

/* Two columns, one, or none for a combining mark. */
static size_t
vis_columns(uint32_t c)
{
	static const uint32_t wide[][2] = {
		{ 0x1100, 0x115f },
		{ 0x2e80, 0x303e },
		{ 0x3041, 0x33ff },
		{ 0x3400, 0x4dbf },
		{ 0x4e00, 0x9fff },
		{ 0xa000, 0xa4cf },
		{ 0xa960, 0xa97f },
		{ 0xac00, 0xd7a3 },
		{ 0xf900, 0xfaff },
		{ 0xfe30, 0xfe6f },
		{ 0xff00, 0xff60 },
		{ 0xffe0, 0xffe6 },
		{ 0x1f300, 0x1f64f },
		{ 0x1f680, 0x1f6ff },
		{ 0x1f900, 0x1f9ff },
		{ 0x20000, 0x3fffd },
	};
	static const uint32_t none[][2] = {
		{ 0x0300, 0x036f },
		{ 0x0483, 0x0489 },
		{ 0x0591, 0x05bd },
		{ 0x064b, 0x065f },
		{ 0x1ab0, 0x1aff },
		{ 0x1dc0, 0x1dff },
		{ 0x20d0, 0x20ff },
		{ 0xfe00, 0xfe0f },
		{ 0xfe20, 0xfe2f },
	};
	size_t i;

	for (i = 0; i < MU_COUNT(none); i++)
		if (c >= none[i][0] && c <= none[i][1])
			return 0;
	for (i = 0; i < MU_COUNT(wide); i++)
		if (c >= wide[i][0] && c <= wide[i][1])
			return 2;
	return 1;
}

size_t
vis_width(struct str s)
{
	size_t w = 0, n;
	uint32_t c = 0;

	while (s.n != 0) {
		n = vis_char(s, &c);
		w += n != 0 ? vis_columns(c) : 1;
		s = str_skip(s, n != 0 ? n : 1);
	}
	return w;
}

void
vis_fit(struct buf *b, struct str s, size_t columns)
{
	size_t w = 0, n, one;
	uint32_t c = 0;

	if (vis_width(s) <= columns) {
		buf_add(b, s);
		return;
	}
	if (columns == 0)
		return;
	while (s.n != 0) {
		n = vis_char(s, &c);
		one = n != 0 ? vis_columns(c) : 1;
		if (w + one > columns - 1)
			break;
		w += one;
		buf_add(b, str_head(s, n != 0 ? n : 1));
		s = str_skip(s, n != 0 ? n : 1);
	}
	buf_adds(b, "\xe2\x80\xa6");
}
