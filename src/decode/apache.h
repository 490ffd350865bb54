/*
 * decode/apache.h: what Apache serves with which certificate, whom it lets in,
 * and the secrets in its configuration.
 *
 * Source:   httpd.apache.org/docs/2.4: core, mod_ssl, mod_md, mod_proxy,
 *           mod_headers, mod_authn_file, mod_authnz_ldap.
 * Floor:    decode. Pure: what is included or named is asked for (peek.h).
 * Memory:   in the job.
 * Secrets:  decode/websecret.h
 * Fuzz:     fuzz/apache_fuzz.c
 */

#ifndef DECODE_APACHE_H
#define DECODE_APACHE_H

#include "decode/decode.h"

/* Longest file; all of them together, bytes. */
#define APACHE_FILE_MAX  ((size_t)4 << 20)
#define APACHE_BYTES_MAX ((size_t)8 << 20)

/* Deepest nesting of files and folders that include each other. */
#define APACHE_INCLUDE_MAX 16

/* Most words of one directive; most names that mod_md manages. */
#define APACHE_WORDS_MAX 4096
#define APACHE_NAMES_MAX 65536

/* The decoder "apache". */
extern const struct decoder decode_apache;

#endif
