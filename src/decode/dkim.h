/*
 * decode/dkim.h: private keys that sign mail, with the domain and the selector
 * under which the DNS has their public half.
 *
 * The key is read as PEM. Domain and selector come from OpenDKIM's KeyTable, or
 * its Domain, Selector and KeyFile, where they name the file; else from the
 * path: opendkim-genkey makes DOMAIN/SELECTOR.private, rspamd wants
 * DOMAIN.SELECTOR.key.
 *
 * Source:   opendkim.conf(5), opendkim-genkey(8), rspamd's dkim_signing; RFC
 *           6376 for the words.
 * Floor:    decode. Pure; asks for other files by decode/peek.h.
 * Memory:   results live in ${in}->job.
 * Secrets:  as of decode/pem.h.
 * Fuzz:     fuzz/dkim_fuzz.c
 */

#ifndef DECODE_DKIM_H
#define DECODE_DKIM_H

#include "decode/decode.h"

#define DKIM_BYTES_MAX ((size_t)1 << 20)

extern const struct decoder decode_dkim;

#endif
