/*
 * decode/bytes.h: numbers and runs of bytes off the front of a binary file.
 *
 * What is taken beyond the end is zero or empty and makes the cursor bad, and
 * it stays so: one look at the end of a structure is enough.
 *
 * Floor:    decode. Pure: no file, no network, no clock, no global.
 * Memory:   views borrow from the input.
 * Fuzz:     fuzz/jks_fuzz.c
 */

#ifndef DECODE_BYTES_H
#define DECODE_BYTES_H

#include "base/str.h"

struct bytes {
	struct str rest;
	bool little; /* the least significant byte of a number comes first */
	bool bad;
};

/** bytes_take(b, n): the next ${n} bytes. */
struct str bytes_take(struct bytes *b, size_t n);

/** bytes_u8(b): the next byte. */
uint8_t bytes_u8(struct bytes *b);

/** bytes_u16(b): the next two bytes as a number. */
uint16_t bytes_u16(struct bytes *b);

/** bytes_u32(b): the next four bytes as a number. */
uint32_t bytes_u32(struct bytes *b);

/** bytes_u64(b): the next eight bytes as a number. */
uint64_t bytes_u64(struct bytes *b);

#endif
