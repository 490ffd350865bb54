/*
 * tests/unit/decode/web.h: a host with certificates, for the decoders of web
 * servers. Keys wanted are of openssl: openssl x509 -in FILE -outform DER |
 * sha256sum, of tests/cases/x509; fingerprints as in unit_test.c.
 */

#ifndef UNIT_DECODE_WEB_H
#define UNIT_DECODE_WEB_H

#include "seen.h"

#define SERVER  \
	"x509:" \
	"d6cc90908fc9dfc71e489c7fbf76fa3a93bb53fc3c770306593f643c89059932"
#define BOTH    \
	"x509:" \
	"873a2c05421ceffdfe381776de12d83301a32d821f4f67cf07b3bfddb73e2f34"
#define CLIENT  \
	"x509:" \
	"12bb72b3c8d26209c7b01e93a7b7db0db1b26369294754a5b033e5dbaec0c6ba"
#define ROOT    \
	"x509:" \
	"00c6d0f9b3a06723ba777b09e8ffad3abcdc40026c8e87a4dc7fe8062b34b6ad"
#define HUNTER \
	"09940c5bfd18a84b9f80c3b107584f7fff000ca86f06daddbccbc25accebb127"
#define BOBS "7da4c0d174161d0f835dd23aec7976f69dbe162a96a14f1971933ec2d693e7b9"

struct web_test {
	struct seen s;
	size_t n;
};

static inline void
web_file(struct web_test *t, const char *path, const char *bytes)
{

	assert_true(t->n < SEEN_FILES);
	t->s.tree[t->n++] = (struct seen_file){ path, bytes };
}

/* A file of the tree that is the case ${name} of x509. */
static inline void
web_cert(struct web_test *t, const char *path, const char *name)
{
	char from[64];
	struct str copy;

	(void)snprintf(from, sizeof(from), "x509/%s.pem", name);
	assert_ok(arena_str(t->s.job, seen_case(&t->s, from), &copy, &t->s.e),
	    &t->s.e);
	web_file(t, path, copy.p);
}

static inline void
web_test_start(struct web_test *t, const char *place, const char *path)
{

	*t = (struct web_test){ .n = 0 };
	seen_init(&t->s,
	    "root:x:0:0:::/bin/sh\nwww-data:x:33:33:::/usr/sbin/nologin\n",
	    NULL, "");
	t->s.place = str_from(place);
	t->s.file.path = str_from(path);
}

/* Whether one record has all of the three texts in it. */
static inline bool
web_has(const struct web_test *t, const char *a, const char *b, const char *c)
{
	struct str all = buf_str(&t->s.text), one;

	while (str_line(&all, &one))
		if (str_find(one, str_from(a)) != SIZE_MAX &&
		    str_find(one, str_from(b)) != SIZE_MAX &&
		    str_find(one, str_from(c)) != SIZE_MAX)
			return true;
	return false;
}

#define assert_has(t, a, b, c)                                              \
	do {                                                                \
		if (!web_has((t), (a), (b), (c)))                           \
			fail_msg("no record with %s, %s, %s in\n" STR_FMT,  \
			    (a), (b), (c), STR_ARG(buf_str(&(t)->s.text))); \
	} while (0)

#endif
