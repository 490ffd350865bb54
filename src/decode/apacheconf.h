/*
 * decode/apacheconf.h: what the files of the decoder "apache" share: the
 * configuration on its way, its directives, and its hosts at the end.
 *
 * Source:   as of decode/apache.h
 * Floor:    decode, and private to apache*.c.
 * Memory:   in the job.
 * Fuzz:     fuzz/apache_fuzz.c
 */

#ifndef DECODE_APACHECONF_H
#define DECODE_APACHECONF_H

#include "decode/apache.h"
#include "decode/apachelex.h"
#include "decode/website.h"

/* Certificates that mod_md renews: the first name is that of the folder. */
struct apache_domain {
	struct str name;
	struct web_line at;
};

struct apache {
	struct web web;
	struct apachelex_vars vars;
	struct str root;  /* "etc/apache2/" */
	struct str store; /* of mod_md, or "" */
	struct website_top *top;
	struct website *all, *site; /* the main server, and the one at hand */
	VEC(struct str) words;
	VEC(struct str) https; /* ports, each once */
	VEC(struct apache_domain) domains;
	struct map *names; /* of domains and ports: the number of a domain */
	size_t bytes, includes;
	bool macro; /* within <Macro> */
	bool lost;  /* too deep: nothing more is included */
};

/* A directive: where it stands and its words without its name. */
struct apache_said {
	struct web_line at;
	const struct str *v;
	size_t n;
};

/**
 * apachesaid_path(p, path, out, e): ${path} below ServerRoot, unless it begins
 * with a slash. MU_ELIMIT.
 */
int apachesaid_path(const struct apache *p, struct str path, struct str *out,
    struct err *e) MU_MUST_CHECK;

/**
 * apachesaid_take(p, s, e):
 * Take the directive ${p}->words; one that is of no interest is passed over.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int apachesaid_take(struct apache *p, const struct apache_said *s,
    struct err *e) MU_MUST_CHECK;

/**
 * apachehost_finish(p, e):
 * All was read: put which host shows which certificate.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int apachehost_finish(struct apache *p, struct err *e) MU_MUST_CHECK;

#endif
