/*
 * decode/openvpn.h: OpenVPN: the static keys and logins of its settings, and
 * which certificates it uses.
 *
 * Certificates and private keys in inline blocks are PEM, and told as such by
 * decode/pem.h; here are what PEM does not know: static keys (tls-auth,
 * tls-crypt, secret), tls-crypt-v2 keys, and auth-user-pass. A static key is
 * its bytes: the same one inline and in a file, here and on another machine, is
 * one identity.
 *
 * Source:   openvpn(8), INLINE FILE SUPPORT, TLS mode options
 * Floor:    decode. Pure.
 * Memory:   all in ${in}->job but the bytes of a static key, which are wiped.
 * Secrets:  a value leaves as length, fingerprint and weakness alone.
 * Fuzz:     fuzz/openvpn_fuzz.c
 */

#ifndef DECODE_OPENVPN_H
#define DECODE_OPENVPN_H

#include "decode/decode.h"

/* Most static keys and logins of one file. */
#define OPENVPN_SECRETS_MAX 64

extern const struct decoder decode_openvpn;

#endif
