/*
 * decode/tlsflight.h: the first flight of a TLS server, as it came off the
 * wire: which certificates it sent in plain.
 *
 * A server that speaks TLS 1.2 or older answers a ClientHello with ServerHello,
 * Certificate, perhaps ServerKeyExchange and CertificateRequest, and
 * ServerHelloDone, all in plain. Nothing is verified here.
 *
 * Source:   RFC 5246, sections 6.2, 7.2 and 7.4.
 * Floor:    decode. Pure.
 * Memory:   results live in the arena given.
 * Secrets:  none in a server's first flight.
 * Fuzz:     fuzz/tlsflight_fuzz.c
 */

#ifndef DECODE_TLSFLIGHT_H
#define DECODE_TLSFLIGHT_H

#include "base/arena.h"

/* Most certificates of one chain. */
#define TLSFLIGHT_CERTS_MAX 32

/* Alerts that tell something (RFC 5246, section 7.2; RFC 6066, section 3). */
#define TLSFLIGHT_NO_ALERT        (-1)
#define TLSFLIGHT_ALERT_HANDSHAKE 40
#define TLSFLIGHT_ALERT_VERSION   70
#define TLSFLIGHT_ALERT_NAME      112

struct tlsflight {
	struct str *certs; /* DER, in the order sent: the server's own first */
	size_t n;
	int alert;  /* description of the alert that ended it, or NO_ALERT */
	bool hello; /* a ServerHello came */
	bool done;  /* a ServerHelloDone came: nothing is missing */
	const char *fault; /* what is wrong with the bytes, or NULL */
};

/**
 * tlsflight_read(bytes, a, out, e):
 * Read what a server sent. Bytes that break off are no error: ${out}->done is
 * then false. What is wrong is named in ${out}->fault, and the certificates
 * before it are there.
 *
 * Errors: MU_EFORMAT (the bytes do not begin with a TLS record), MU_ELIMIT
 * (the arena is full).
 */
int tlsflight_read(struct str bytes, struct arena *a, struct tlsflight *out,
    struct err *e) MU_MUST_CHECK;

#endif
