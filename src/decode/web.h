/*
 * decode/web.h: what the configurations of web servers have in common: which
 * certificate is shown by which server under which names.
 *
 * A certificate that a server is configured with has a sighting "in_use" at
 * the line that says so, and an edge to the server's unit. All places of one
 * line are gathered first, since a snippet may be included by many servers.
 *
 * Source:   docs/formats/observation.md, "Words" and "Keys".
 * Floor:    decode. Pure.
 * Memory:   in the job of the file that is decoded.
 * Secrets:  none here: decode/websecret.h.
 * Fuzz:     fuzz/nginx_fuzz.c, fuzz/apache_fuzz.c
 */

#ifndef DECODE_WEB_H
#define DECODE_WEB_H

#include "base/map.h"
#include "base/vec.h"
#include "decode/decode.h"
#include "decode/x509.h"

/* Longest file that a configuration names, bytes. */
#define WEB_FILE_MAX ((size_t)1 << 20)

/* Most lines with a certificate, and most gaps, of one configuration. */
#define WEB_USES_MAX 4096
#define WEB_GAPS_MAX 50

/* Most trust anchors of one file that are told; more are a public bundle. */
#define WEB_ANCHORS_MAX 64

enum web_how {
	WEB_SERVES, /* the server proves with it who it is */
	WEB_CLIENT, /* it signs in with it at another server */
	WEB_TRUSTS, /* it checks others with it */
};

/* A directive: the file that it stands in, and its line from 1. */
struct web_line {
	const struct decode_in *in;
	size_t n;
};

/* One server: borrowed until web_done(). */
struct web_site {
	const struct str *names; /* "" and "_" stand for any other name */
	size_t n_names;
	struct str ports; /* "443, 8443", or "" */
};

struct web_who {
	const struct web_site *site;
	struct web_who *next;
};

/* A line that names certificates, and for which servers it counts. */
struct web_use {
	struct web_line at;
	struct str path;
	enum web_how how;
	const char *note; /* a word more on it, or NULL */
	struct web_who *who;
	size_t n_names;
};

struct web {
	const struct decode_in *in; /* the main configuration */
	const char *product;        /* "nginx" */
	struct str unit;            /* the key of its service */
	struct str user;            /* its workers' account, or "" */
	bool unit_put, full;
	size_t gaps;
	struct map *index; /* of uses and files, by their names */
	VEC(struct web_use) uses;
};

/**
 * web_start(w, in, product, unit_name, e):
 * Begin; ${in} and ${product} are borrowed. web_free() gives ${w} back.
 *
 * Errors: MU_ELIMIT.
 */
int web_start(struct web *w, const struct decode_in *in, const char *product,
    const char *unit_name, struct err *e) MU_MUST_CHECK;

/** web_free(w): give back what ${w} holds. */
void web_free(struct web *w);

/** web_auto(w): for AUTO(web). */
static inline void
web_auto(struct web *w)
{

	web_free(w);
}

/**
 * web_open(in, path, max_bytes, out, e):
 * As peek_file(); of a file that is reached by a link the context is dropped:
 * somebody put the link there.
 *
 * Errors: as peek_file().
 */
int web_open(const struct decode_in *in, struct str path, size_t max_bytes,
    struct decode_in *out, struct err *e) MU_MUST_CHECK;

/**
 * web_gap(w, at, reason, e, fmt, ...):
 * Put a gap at a line, WEB_GAPS_MAX of them at most; the rest are counted.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int web_gap(struct web *w, const struct web_line *at, enum gap_reason reason,
    struct err *e, const char *fmt, ...) MU_PRINTF(5, 6) MU_MUST_CHECK;

/**
 * web_lost(w, at, path, code, why, e):
 * Put the gap for a file that could not be opened: ${code} is 0 or the error
 * of web_open(), and ${why} its words. After MU_ELIMIT nothing more is opened.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int web_lost(struct web *w, const struct web_line *at, struct str path,
    int code, const struct err *why, struct err *e) MU_MUST_CHECK;

/**
 * web_add(w, at, path, how, site, note, e):
 * The file ${path} is used at ${at} for ${site} (NULL: for all of them). What
 * is known of one line is told once, by web_done(). ${note} is a constant or
 * NULL.
 *
 * Errors: MU_ELIMIT (WEB_USES_MAX, or the job is full).
 */
int web_add(struct web *w, const struct web_line *at, struct str path,
    enum web_how how, const struct web_site *site, const char *note,
    struct err *e) MU_MUST_CHECK;

/**
 * web_consumed(w, at, identity, e):
 * Put that the server uses ${identity}, because the line ${at} says so.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int web_consumed(struct web *w, const struct web_line *at, struct str identity,
    struct err *e) MU_MUST_CHECK;

/**
 * web_workload(w, e):
 * Put the server's unit as a workload, once: before what refers to it.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int web_workload(struct web *w, struct err *e) MU_MUST_CHECK;

/** web_head(s, n): ${s}, cut at a character's end to ${n} bytes; "?" for what
 * is no text. */
struct str web_head(struct str s, size_t n);

/**
 * web_done(w, e):
 * Put what web_add() gathered, and one gap for those that were only counted.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int web_done(struct web *w, struct err *e) MU_MUST_CHECK;

#endif
