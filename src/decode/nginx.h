/*
 * decode/nginx.h: what nginx serves with which certificate, whom it lets in,
 * and the secrets in its configuration.
 *
 * Source:   nginx.org: core, ngx_http_core, ngx_http_ssl, ngx_http_proxy,
 *           ngx_http_auth_basic, ngx_stream_ssl, ngx_mail_ssl modules.
 * Floor:    decode. Pure: what is included or named is asked for (peek.h).
 * Memory:   in the job.
 * Secrets:  decode/websecret.h
 * Fuzz:     fuzz/nginx_fuzz.c
 */

#ifndef DECODE_NGINX_H
#define DECODE_NGINX_H

#include "decode/decode.h"

/* Longest file; all of them together, bytes. */
#define NGINX_FILE_MAX  ((size_t)4 << 20)
#define NGINX_BYTES_MAX ((size_t)8 << 20)

/* Deepest nesting of blocks, and of files that include files. */
#define NGINX_DEPTH_MAX   64
#define NGINX_INCLUDE_MAX 16

/* Most words of one directive. */
#define NGINX_WORDS_MAX 16384

/* The decoder "nginx". */
extern const struct decoder decode_nginx;

#endif
