/*
 * base/digest.h: SHA-256, HMAC-SHA-256, HKDF, hexadecimal, base32, base64.
 *
 * Source:   FIPS 180-4; RFC 2104; RFC 5869; RFC 4648. The hashes are
 *           libsodium's.
 * Floor:    base.
 */

#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/arena.h"
#include "base/buf.h"

#define DIGEST_BYTES     32
#define DIGEST_HEX_BYTES 64

struct digest {
	unsigned char b[DIGEST_BYTES];
};

/** digest_sha256(s): the hash of ${s}. */
struct digest digest_sha256(struct str s);

/** digest_sha256_2(a, b): the hash of ${a} followed by ${b}. */
struct digest digest_sha256_2(struct str a, struct str b);

/** digest_hmac(key, a, b): HMAC-SHA-256 under ${key} of ${a} then ${b}. */
struct digest digest_hmac(struct str key, struct str a, struct str b);

/**
 * digest_hkdf(key, info):
 * 32 bytes of HKDF-SHA-256 (RFC 5869) from ${key}, without salt, for ${info}
 * (at most 256 bytes).
 */
struct digest digest_hkdf(struct str key, struct str info);

/** digest_str(d): a view of the 32 bytes of ${d}. */
struct str digest_str(const struct digest *d);

/** digest_random(p, n): ${n} bytes from the system's generator. */
void digest_random(void *p, size_t n);

/** digest_hex(b, s): append ${s} in lower-case hexadecimal. */
void digest_hex(struct buf *b, struct str s);

/** digest_unhex(s, out, room): bytes read, or SIZE_MAX where ${s} is no even
 * run of hexadecimal digits or ${room} is too small. */
size_t digest_unhex(struct str s, void *out, size_t room);

/** digest_base32(b, s): append ${s} in RFC 4648 base32, lower case, unpadded.*/
void digest_base32(struct buf *b, struct str s);

/** digest_base64(b, s, pad): append ${s} in RFC 4648 base64. */
void digest_base64(struct buf *b, struct str s, bool pad);

/**
 * digest_unbase64(s, out):
 * Append the bytes that the base64 text ${s} stands for; blanks and line ends
 * in it are passed over, padding may be missing. False where a byte is not of
 * the alphabet or the length cannot be: ${out} is then as it was.
 */
bool digest_unbase64(struct str s, struct buf *out);

#endif
