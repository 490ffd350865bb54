/*
 * decode/md5.h: MD5, to tell a package's own file from an edited one.
 *
 * Source:   RFC 1321, by OpenSSL; the sums of dpkg are MD5. It proves nothing
 *           against an attacker and is used for context alone.
 * Floor:    decode. Pure.
 */

#ifndef DECODE_MD5_H
#define DECODE_MD5_H

#include "base/str.h"

#define MD5_BYTES 16

/**
 * md5_sum(s, out):
 * Write the sum of ${s}. False, and nothing is written, where OpenSSL has no
 * MD5 (a FIPS configuration). The first call makes OpenSSL read its
 * configuration: a process that will lose its rights calls it before.
 */
bool md5_sum(struct str s, unsigned char out[MD5_BYTES]);

#endif
