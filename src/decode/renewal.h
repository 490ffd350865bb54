/*
 * decode/renewal.h: what renews certificates by itself: certbot, acme.sh, lego
 * and Caddy, by the file that each keeps for a certificate.
 *
 * The certificate lies elsewhere and is found there; this says of its identity
 * what renews it, and whose mail address the account has, which is a hint to
 * its owner. acme.sh also keeps the tokens of DNS providers in its files.
 *
 * Source:   certbot 2.1, renewal configuration files; acme.sh, _savedomainconf
 *           and _saveaccountconf; lego 4, Resource; Caddy 2 (CertMagic),
 *           CertificateResource.
 * Floor:    decode. Pure; asks for other files by decode/peek.h.
 * Memory:   results live in ${in}->job.
 * Secrets:  tokens in acme.sh's files, by decode/token.h.
 * Fuzz:     fuzz/renewal_fuzz.c
 */

#ifndef DECODE_RENEWAL_H
#define DECODE_RENEWAL_H

#include "decode/decode.h"

#define RENEWAL_BYTES_MAX ((size_t)1 << 20)

/* Most tokens of one file. */
#define RENEWAL_TOKENS_MAX 256

extern const struct decoder decode_renewal;

#endif
