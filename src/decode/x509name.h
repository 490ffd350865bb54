/*
 * decode/x509name.h: the names in a certificate, as text.
 *
 * Source:   RFC 5280 sections 4.1.2.4 and 4.2.1.6; RFC 4514 (once 2253).
 * Floor:    decode. Pure.
 * Memory:   results live in the arena given.
 * Secrets:  none.
 * Fuzz:     fuzz/x509_fuzz.c
 *
 * Errors:   MU_ELIMIT (the arena is full), everywhere.
 */

#ifndef DECODE_X509NAME_H
#define DECODE_X509NAME_H

#include "decode/pkey.h"

struct x509name_list {
	struct str *names; /* lower case, sorted, each once */
	size_t n;
	bool malformed; /* a subjectAltName that is none */
	bool cut;       /* more than REC_NAMES_MAX, or X509_NAMES_MAX_BYTES */
};

/**
 * x509name_text(name, a, out, e):
 * ${name} in the form of RFC 2253, in UTF-8, control characters escaped, no
 * longer than X509_TEXT_MAX.
 */
int x509name_text(const X509_NAME *name, struct arena *a, struct str *out,
    struct err *e) MU_MUST_CHECK;

/**
 * x509name_common(name, a, out, e):
 * The last commonName of ${name}, which is the most specific one, made safe as
 * by vis_add; "" where there is none.
 */
int x509name_common(const X509_NAME *name, struct arena *a, struct str *out,
    struct err *e) MU_MUST_CHECK;

/**
 * x509name_alt(c, cn, a, out, e):
 * The subject's alternative names: DNS names and addresses as they are, others
 * with a prefix ("email:", "uri:", "upn:"); ${cn} where the certificate has no
 * subjectAltName. Each is made safe as by vis_add.
 */
int x509name_alt(const X509 *c, struct str cn, struct arena *a,
    struct x509name_list *out, struct err *e) MU_MUST_CHECK;

#endif
