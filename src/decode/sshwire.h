/*
 * decode/sshwire.h: take SSH's wire data types off a run of bytes.
 *
 * Source:   RFC 4251 section 5.
 * Floor:    decode. Pure.
 * Memory:   what is taken are views of the bytes given.
 * Threads:  any function, any thread.
 * Fuzz:     fuzz/sshkey_fuzz.c
 */

#ifndef DECODE_SSHWIRE_H
#define DECODE_SSHWIRE_H

#include "base/str.h"

/* A reader goes bad at the first wrong length, and stays so: what is taken
 * from then on is empty or zero. One check at the end is enough. */
struct sshwire {
	struct str left;
	bool bad;
};

/** sshwire_u8(w): the next byte. */
uint8_t sshwire_u8(struct sshwire *w);

/** sshwire_u32(w): the next four bytes, the most significant first. */
uint32_t sshwire_u32(struct sshwire *w);

/** sshwire_u64(w): the next eight bytes, the most significant first. */
uint64_t sshwire_u64(struct sshwire *w);

/** sshwire_bytes(w, n): the next ${n} bytes. */
struct str sshwire_bytes(struct sshwire *w, size_t n);

/** sshwire_string(w): the next "string": its length, then its bytes. */
struct str sshwire_string(struct sshwire *w);

/**
 * sshwire_mpint(w, bits_max):
 * The magnitude of the next "mpint", without leading zero bytes. A number
 * that is negative, zero or of more than ${bits_max} bits makes ${w} bad.
 */
struct str sshwire_mpint(struct sshwire *w, size_t bits_max);

/** sshwire_bits(magnitude): the bits of what sshwire_mpint() gave. */
size_t sshwire_bits(struct str magnitude);

/** sshwire_done(w): whether all was well and nothing is left. */
bool sshwire_done(const struct sshwire *w);

#endif
