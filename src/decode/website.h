/*
 * decode/website.h: the servers of one configuration, or of one block of it,
 * and what they have of their own or of what is said for all.
 *
 * Source:   nginx.org, "listen", "server_name", "ssl_certificate".
 * Floor:    decode. Pure.
 * Memory:   in the arena given.
 * Fuzz:     fuzz/nginx_fuzz.c, fuzz/apache_fuzz.c
 */

#ifndef DECODE_WEBSITE_H
#define DECODE_WEBSITE_H

#include "decode/web.h"

/* Most ports of one server that are told. */
#define WEBSITE_PORTS_MAX 8

enum website_what {
	WEBSITE_CERT,
	WEBSITE_CLIENT,
	WEBSITE_TRUSTED,
};

/* A file that a directive names. */
struct website_item {
	enum website_what what;
	struct web_line at;
	struct str path;
	const char *note; /* as of web_add() */
	struct website_item *next;
};

struct website_listen {
	struct str where; /* "*:443", "[::]:443", "unix:/x" */
	struct str port;
	bool tls;
	struct website_listen *next;
};

struct website_text {
	struct str s;
	struct website_text *next;
};

/* A server, or what the block around them says for all. */
struct website {
	struct website_text *names;
	struct website_listen *listens;
	struct website_item *items, **last;
	size_t n_names;
	enum tri tls; /* by "ssl on" or "starttls on" */
	struct website *next;
};

struct website_top {
	struct website all; /* the block itself */
	struct website *servers, **last;
};

/** website_top(top, all, a, e): a new block, and its own site. MU_ELIMIT. */
int website_top(struct website_top **top, struct website **all, struct arena *a,
    struct err *e) MU_MUST_CHECK;

/** website_server(top, out, a, e): a new server in ${top}. MU_ELIMIT. */
int website_server(struct website_top *top, struct website **out,
    struct arena *a, struct err *e) MU_MUST_CHECK;

/** website_name(s, name, a, e): add a name, borrowed. MU_ELIMIT. */
int website_name(struct website *s, struct str name, struct arena *a,
    struct err *e) MU_MUST_CHECK;

/** website_listen(s, v, n, a, e): add the ${n} words of "listen".
 * MU_ELIMIT. */
int website_listen(struct website *s, const struct str *v, size_t n,
    struct arena *a, struct err *e) MU_MUST_CHECK;

/** website_keep(s, item, a, e): add a copy of ${item}. MU_ELIMIT. */
int website_keep(struct website *s, const struct website_item *item,
    struct arena *a, struct err *e) MU_MUST_CHECK;

/** website_forget(s, what): drop what ${s} has of ${what}. */
void website_forget(struct website *s, enum website_what what);

/**
 * website_tell(top, w, e):
 * The block has ended: hand what is in use to web_add().
 *
 * Errors: MU_ELIMIT.
 */
int website_tell(struct website_top *top, struct web *w,
    struct err *e) MU_MUST_CHECK;

#endif
