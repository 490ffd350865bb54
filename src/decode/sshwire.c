#include "decode/sshwire.h"

struct str
sshwire_bytes(struct sshwire *w, size_t n)
{
	struct str got;

	if (w->bad || n > w->left.n) {
		w->bad = true;
		return STR_NONE;
	}
	got = str_head(w->left, n);
	w->left = str_skip(w->left, n);
	return got;
}

static uint64_t
sshwire_number(struct sshwire *w, size_t n)
{
	struct str s = sshwire_bytes(w, n);
	uint64_t v = 0;
	size_t i;

	for (i = 0; i < s.n; i++)
		v = v << 8 | (unsigned char)s.p[i];
	return v;
}

uint8_t
sshwire_u8(struct sshwire *w)
{

	return (uint8_t)sshwire_number(w, 1);
}

uint32_t
sshwire_u32(struct sshwire *w)
{

	return (uint32_t)sshwire_number(w, 4);
}

uint64_t
sshwire_u64(struct sshwire *w)
{

	return sshwire_number(w, 8);
}

struct str
sshwire_string(struct sshwire *w)
{
	uint32_t n = sshwire_u32(w);

	return sshwire_bytes(w, n);
}

/*= RFC 4251 section 5: the most significant bit is the sign. */
struct str
sshwire_mpint(struct sshwire *w, size_t bits_max)
{
	struct str s = sshwire_string(w);

	if (s.n != 0 && (unsigned char)s.p[0] >= 0x80)
		w->bad = true;
	while (s.n != 0 && s.p[0] == 0)
		s = str_skip(s, 1);
	if (s.n == 0 || sshwire_bits(s) > bits_max)
		w->bad = true;
	return w->bad ? STR_NONE : s;
}

size_t
sshwire_bits(struct str magnitude)
{
	size_t bits = magnitude.n * 8;
	unsigned first;

	if (magnitude.n == 0)
		return 0;
	for (first = (unsigned char)magnitude.p[0]; first < 0x80; first <<= 1) {
		if (first == 0)
			return bits - 8;
		bits--;
	}
	return bits;
}

bool
sshwire_done(const struct sshwire *w)
{

	return !w->bad && w->left.n == 0;
}
