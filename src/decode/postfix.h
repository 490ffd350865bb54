/*
 * decode/postfix.h: Postfix: logins to relays, and which certificates it uses.
 *
 * main.cf names the tables of logins, which are asked for; such a table is also
 * read by itself, since one that nothing names any more still holds its
 * passwords. A compiled table (.db, .lmdb) is a copy and passed over.
 *
 * Source:   postconf(5), smtp_sasl_password_maps, smtpd_tls_cert_file,
 *           smtpd_tls_chain_files; SASL_README; DATABASE_README
 * Floor:    decode. Pure.
 * Memory:   all in ${in}->job.
 * Secrets:  a password leaves as length, fingerprint and weakness alone.
 * Fuzz:     fuzz/postfix_fuzz.c
 */

#ifndef DECODE_POSTFIX_H
#define DECODE_POSTFIX_H

#include "decode/decode.h"

/* Longest setting, bytes; most logins of one table. */
#define POSTFIX_VALUE_MAX  8192
#define POSTFIX_LOGINS_MAX 1000

extern const struct decoder decode_postfix;

#endif
