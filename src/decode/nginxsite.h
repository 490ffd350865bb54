/*
 * decode/nginxsite.h: the servers of one http, stream or mail block, and what
 * they have of their own or of the block.
 *
 * Source:   nginx.org, "listen", "server_name", "ssl_certificate".
 * Floor:    decode. Pure.
 * Memory:   in the arena given.
 * Fuzz:     fuzz/nginx_fuzz.c
 */

#ifndef DECODE_NGINXSITE_H
#define DECODE_NGINXSITE_H

#include "decode/web.h"

/* Most ports of one server that are told. */
#define NGINXSITE_PORTS_MAX 8

enum nginxsite_what {
	NGINXSITE_CERT,
	NGINXSITE_CLIENT,
	NGINXSITE_TRUSTED,
};

/* A file that a directive names. */
struct nginxsite_item {
	enum nginxsite_what what;
	struct web_line at;
	struct str path;
	struct nginxsite_item *next;
};

struct nginxsite_listen {
	struct str where; /* "*:443", "[::]:443", "unix:/x" */
	struct str port;
	bool tls;
	struct nginxsite_listen *next;
};

struct nginxsite_text {
	struct str s;
	struct nginxsite_text *next;
};

/* A server, or what the block around them says for all. */
struct nginxsite {
	struct nginxsite_text *names;
	struct nginxsite_listen *listens;
	struct nginxsite_item *items, **last;
	size_t n_names;
	enum tri tls; /* by "ssl on" or "starttls on" */
	struct nginxsite *next;
};

struct nginxsite_top {
	struct nginxsite all; /* the block itself */
	struct nginxsite *servers, **last;
};

/** nginxsite_top(top, all, a, e): a new block, and its own site. MU_ELIMIT. */
int nginxsite_top(struct nginxsite_top **top, struct nginxsite **all,
    struct arena *a, struct err *e) MU_MUST_CHECK;

/** nginxsite_server(top, out, a, e): a new server in ${top}. MU_ELIMIT. */
int nginxsite_server(struct nginxsite_top *top, struct nginxsite **out,
    struct arena *a, struct err *e) MU_MUST_CHECK;

/** nginxsite_name(s, name, a, e): add a name, borrowed. MU_ELIMIT. */
int nginxsite_name(struct nginxsite *s, struct str name, struct arena *a,
    struct err *e) MU_MUST_CHECK;

/** nginxsite_listen(s, v, n, a, e): add the ${n} words of "listen".
 * MU_ELIMIT. */
int nginxsite_listen(struct nginxsite *s, const struct str *v, size_t n,
    struct arena *a, struct err *e) MU_MUST_CHECK;

/** nginxsite_keep(s, item, a, e): add a copy of ${item}. MU_ELIMIT. */
int nginxsite_keep(struct nginxsite *s, const struct nginxsite_item *item,
    struct arena *a, struct err *e) MU_MUST_CHECK;

/**
 * nginxsite_tell(top, w, e):
 * The block has ended: hand what is in use to web_add().
 *
 * Errors: MU_ELIMIT.
 */
int nginxsite_tell(struct nginxsite_top *top, struct web *w,
    struct err *e) MU_MUST_CHECK;

#endif
