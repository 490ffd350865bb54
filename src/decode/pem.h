/*
 * decode/pem.h: armour: base64 between BEGIN and END lines, in any file.
 *
 * What stands between blocks is passed over, and so is indentation. A block
 * may be the value of a string in another file: its line ends are then "\n"
 * with a backslash. A marker without base64 after it is prose, not armour.
 *
 * Source:   RFC 7468; RFC 1421 section 4.6 for the headers of encrypted keys.
 * Floor:    decode. Pure.
 * Memory:   views borrow from the file.
 * Secrets:  a private key's decoded bytes live in one buffer, which is wiped
 *           after each block.
 * Fuzz:     fuzz/pem_fuzz.c
 */

#ifndef DECODE_PEM_H
#define DECODE_PEM_H

#include "decode/decode.h"

/* Most blocks of one file: the largest public bundles have some 400. */
#define PEM_BLOCKS_MAX 4096

/* Longest base64 text of one block, bytes. */
#define PEM_BODY_MAX ((size_t)1 << 20)

/* Longest label, bytes. */
#define PEM_LABEL_MAX 64

/* Most lines of headers in one block. */
#define PEM_HEADERS_MAX 32

enum pem_state {
	PEM_WHOLE,
	PEM_OPEN,    /* no END line before the next BEGIN line or the end */
	PEM_CROSSED, /* the END line has another label */
};

struct pem_block {
	struct str label;   /* "RSA PRIVATE KEY" */
	struct str headers; /* the lines of "Name: value", or "" */
	struct str body;    /* base64 with its line ends */
	size_t n;           /* of the block in the file, from 1 */
	size_t line;        /* of its BEGIN line, from 1 */
	enum pem_state state;
};

/* Where a walk over a file stands: { .rest = bytes } at its start. */
struct pem {
	struct str rest;
	size_t blocks, lines; /* passed so far */
};

/**
 * pem_next(at, out):
 * Give the next block of armour in ${out}; false where there is none left.
 * The whole walk takes time linear in the file.
 */
bool pem_next(struct pem *at, struct pem_block *out);

/**
 * pem_bytes(b, out, e):
 * Append the bytes that the body of ${b} stands for to ${out}, which is grown
 * once, before the first is written.
 *
 * Errors: MU_EFORMAT (no base64, or ${b} is not whole), MU_ELIMIT (longer than
 * PEM_BODY_MAX, or than ${out} may hold).
 */
int pem_bytes(const struct pem_block *b, struct buf *out,
    struct err *e) MU_MUST_CHECK;

/** pem_sealed(b): whether the headers of ${b} say that it is encrypted. */
bool pem_sealed(const struct pem_block *b);

/* Certificates and keys in armour. */
extern const struct decoder decode_pem;

#endif
