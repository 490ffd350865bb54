/*
 * decode/htpasswd.h: password files of web servers: who may sign in to pages.
 *
 * Source:   htpasswd(1), htdigest(1); nginx, ngx_http_auth_basic_module; RFC
 *           2307 section 5.3 for "{SCHEME}".
 * Floor:    decode. Pure.
 * Memory:   in the job of the file.
 * Secrets:  of a hash its method alone.
 * Fuzz:     fuzz/htpasswd_fuzz.c
 */

#ifndef DECODE_HTPASSWD_H
#define DECODE_HTPASSWD_H

#include "decode/decode.h"

/* Longest file, bytes, and line; most users of one file. */
#define HTPASSWD_BYTES_MAX ((size_t)4 << 20)
#define HTPASSWD_LINE_MAX  4096
#define HTPASSWD_USERS_MAX 65536

/* The place of such files, whoever found them. */
#define HTPASSWD_PLACE "web.htpasswd"

/**
 * htpasswd_each(in, one, cookie, e):
 * Put the records of every user of the file ${in}, and call ${one} with the
 * key of each, which lives in the job. ${one} may be NULL.
 *
 * Errors: MU_ELIMIT (HTPASSWD_USERS_MAX); those of ${one}; the sink's.
 */
int htpasswd_each(const struct decode_in *in,
    int (*one)(void *cookie, struct str identity, struct err *e), void *cookie,
    struct err *e) MU_MUST_CHECK;

extern const struct decoder decode_htpasswd;

#endif
