#include "base/digest.h"

#include <sodium.h>

#include "base/mem.h"

static const unsigned char *
digest_p(struct str s)
{

	return (const unsigned char *)(s.n != 0 ? s.p : "");
}

struct digest
digest_sha256_2(struct str a, struct str b)
{
	crypto_hash_sha256_state st;
	struct digest d;

	(void)crypto_hash_sha256_init(&st);
	(void)crypto_hash_sha256_update(&st, digest_p(a), a.n);
	(void)crypto_hash_sha256_update(&st, digest_p(b), b.n);
	(void)crypto_hash_sha256_final(&st, d.b);
	return d;
}

struct digest
digest_sha256(struct str s)
{

	return digest_sha256_2(s, STR_NONE);
}

struct digest
digest_hmac(struct str key, struct str a, struct str b)
{
	crypto_auth_hmacsha256_state st;
	struct digest d;

	(void)crypto_auth_hmacsha256_init(&st, digest_p(key), key.n);
	(void)crypto_auth_hmacsha256_update(&st, digest_p(a), a.n);
	(void)crypto_auth_hmacsha256_update(&st, digest_p(b), b.n);
	(void)crypto_auth_hmacsha256_final(&st, d.b);
	mem_wipe(&st, sizeof(st));
	return d;
}

/*= RFC 5869 sections 2.2 and 2.3: one block is all we ever take. */
struct digest
digest_hkdf(struct str key, struct str info)
{
	static const unsigned char zero[DIGEST_BYTES];
	struct digest prk, okm;

	prk = digest_hmac(str_of(zero, sizeof(zero)), key, STR_NONE);
	okm = digest_hmac(digest_str(&prk), info, STR("\x01"));
	mem_wipe(&prk, sizeof(prk));
	return okm;
}

struct str
digest_str(const struct digest *d)
{

	return str_of(d->b, sizeof(d->b));
}

void
digest_random(void *p, size_t n)
{

	MU_ASSERT(sodium_init() >= 0);
	randombytes_buf(p, n);
}

void
digest_hex(struct buf *b, struct str s)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < s.n; i++) {
		buf_addc(b, digits[(unsigned char)s.p[i] >> 4]);
		buf_addc(b, digits[(unsigned char)s.p[i] & 15]);
	}
}

static int
digest_nibble(char c)
{

	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

size_t
digest_unhex(struct str s, void *out, size_t room)
{
	unsigned char *o = out;
	size_t i;
	int hi, lo;

	if (s.n % 2 != 0 || s.n / 2 > room)
		return SIZE_MAX;
	for (i = 0; i < s.n / 2; i++) {
		hi = digest_nibble(s.p[2 * i]);
		lo = digest_nibble(s.p[2 * i + 1]);
		if (hi < 0 || lo < 0)
			return SIZE_MAX;
		o[i] = (unsigned char)(hi << 4 | lo);
	}
	return s.n / 2;
}

void
digest_base32(struct buf *b, struct str s)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
	uint32_t acc = 0;
	unsigned bits = 0;
	size_t i;

	for (i = 0; i < s.n; i++) {
		acc = (acc << 8 | (unsigned char)s.p[i]) & 0xfff;
		bits += 8;
		while (bits >= 5) {
			bits -= 5;
			buf_addc(b, letters[acc >> bits & 31]);
		}
	}
	if (bits != 0)
		buf_addc(b, letters[acc << (5 - bits) & 31]);
}

void
digest_base64(struct buf *b, struct str s, bool pad)
{
	int variant = pad ? sodium_base64_VARIANT_ORIGINAL :
			    sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
	size_t room = sodium_base64_encoded_len(s.n, variant);
	char *at = buf_room(b, room);

	if (at == NULL)
		return;
	(void)sodium_bin2base64(at, room, digest_p(s), s.n, variant);
	buf_took(b, strlen(at));
}

static int
digest_sextet(char c)
{

	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool
digest_unbase64(struct str s, struct buf *out)
{
	size_t i, was = out->n, signs = 0;
	uint32_t acc = 0;
	unsigned bits = 0;
	bool end = false;
	int v;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] == ' ' || (s.p[i] >= '\t' && s.p[i] <= '\r'))
			continue;
		if (s.p[i] == '=') {
			end = true;
			continue;
		}
		if (end || (v = digest_sextet(s.p[i])) < 0)
			break;
		signs++;
		acc = (acc << 6 | (uint32_t)v) & 0xffffff;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			buf_addc(out, (char)(unsigned char)(acc >> bits));
		}
	}
	if (i < s.n || signs % 4 == 1) {
		buf_cut(out, was);
		return false;
	}
	return true;
}
