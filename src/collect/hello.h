/*
 * collect/hello.h: one TLS ClientHello, for a server to answer in plain.
 *
 * It offers TLS 1.2 and older: a server of TLS 1.3 sends its certificate
 * encrypted, and nothing here has a key. It names no host.
 *
 * Source:   RFC 5246, section 7.4.1.2; RFC 8422; RFC 5746; RFC 7627
 * Floor:    collect. Pure but for 32 random bytes.
 */

#ifndef COLLECT_HELLO_H
#define COLLECT_HELLO_H

#include "base/buf.h"

/* Longest hello, bytes. */
#define HELLO_BYTES_MAX 512

/** hello_write(out): append one hello, a TLS record, to ${out}. */
void hello_write(struct buf *out);

#endif
