/*
 * decode/asn1.h: DER, one value at a time, as views of the bytes.
 *
 * Only what private keys and containers need: definite lengths and tags of one
 * byte. Nothing is copied, so that a secret stays where it is.
 *
 * Source:   X.690, sections 8.1 and 10.1.
 * Floor:    decode. Pure: no file, no network, no clock, no global.
 * Memory:   views borrow from the input.
 * Secrets:  looked over, never copied.
 * Fuzz:     fuzz/privkey_fuzz.c
 */

#ifndef DECODE_ASN1_H
#define DECODE_ASN1_H

#include "base/buf.h"

/* The identifier octets met here. */
#define TAG_INTEGER  0x02
#define TAG_BITS     0x03
#define TAG_OCTETS   0x04
#define TAG_NULL     0x05
#define TAG_OID      0x06
#define TAG_SEQUENCE 0x30
#define TAG_CONTEXT0 0xa0
#define TAG_CONTEXT1 0xa1

struct asn1 {
	unsigned tag;    /* the identifier octet */
	struct str body; /* the contents */
	struct str all;  /* with identifier and length */
};

/**
 * asn1_next(rest, out):
 * Take the next value off ${rest}. False, and ${rest} as it was, where there
 * is none: nothing left, a tag of several bytes, an indefinite length, or a
 * length beyond the end.
 */
bool asn1_next(struct str *rest, struct asn1 *out);

/**
 * asn1_take(rest, tag, body):
 * Take the next value off ${rest} where it is a ${tag}, and give its contents;
 * false, and ${rest} as it was, where it is not.
 */
bool asn1_take(struct str *rest, unsigned tag, struct str *body);

/** asn1_put(b, tag, body): append one value with its identifier and length. */
void asn1_put(struct buf *b, unsigned tag, struct str body);

#endif
