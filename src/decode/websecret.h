/*
 * decode/websecret.h: secrets that the configuration of a web server holds or
 * names: what it sends on, and whom it lets in.
 *
 * Source:   RFC 7617, RFC 6750 for "Basic" and "Bearer".
 * Floor:    decode. Pure.
 * Memory:   in the job of the file that is decoded.
 * Secrets:  fingerprinted in place; what was unwrapped is wiped.
 * Fuzz:     fuzz/nginx_fuzz.c, fuzz/apache_fuzz.c
 */

#ifndef DECODE_WEBSECRET_H
#define DECODE_WEBSECRET_H

#include "decode/web.h"

/**
 * websecret_header(w, at, label, value, e):
 * ${value} is sent as the header or variable ${label}: put its secret, if it
 * is one ("Basic ..." and "Bearer ..." are undone first).
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int websecret_header(struct web *w, const struct web_line *at, struct str label,
    struct str value, struct err *e) MU_MUST_CHECK;

/** websecret_value(w, at, label, value, e): the same for ${value} as it is. */
int websecret_value(struct web *w, const struct web_line *at, struct str label,
    struct str value, struct err *e) MU_MUST_CHECK;

/**
 * websecret_url(w, at, label, url, e):
 * Put the login that stands in ${url}, if there is one.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int websecret_url(struct web *w, const struct web_line *at, struct str label,
    struct str url, struct err *e) MU_MUST_CHECK;

/**
 * websecret_users(w, at, path, e):
 * Put the users of the password file ${path}, and that the server lets them
 * in. A file is read once.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int websecret_users(struct web *w, const struct web_line *at, struct str path,
    struct err *e) MU_MUST_CHECK;

/**
 * websecret_keys(w, at, path, e):
 * Put the passphrases of private keys in the file ${path}, one a line.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int websecret_keys(struct web *w, const struct web_line *at, struct str path,
    struct err *e) MU_MUST_CHECK;

#endif
