/*
 * tests/unit/store/feed.h: streams as text into a store, and rows out of it as
 * text, so that a test reads like the two of them.
 */

#ifndef UNIT_STORE_FEED_H
#define UNIT_STORE_FEED_H

#include "../test.h"

#include "base/mem.h"
#include "decode/obs.h"
#include "store/store.h"

/* A stream's first line; the run's number makes its id and its time. */
#define RUN_OF(n, at, asset, eph)                                 \
	"{\"type\":\"run\",\"schema\":\"muster.observation/1\","  \
	"\"tool\":\"muster 0\",\"run\":\"000000000000000" n "\"," \
	"\"asset\":\"" asset "\",\"at\":" at ",\"euid\":0,"       \
	"\"ephemeral\":" eph ",\"sources\":\"reader\"}\n"
#define RUN(n, at) RUN_OF(n, at, "host:a", "false")
#define HOST                                                        \
	"{\"type\":\"asset\",\"key\":\"host:a\",\"kind\":\"host\"," \
	"\"name\":\"alpha\"}\n"
#define IDENT(key, kind, more)                                        \
	"{\"type\":\"identity\",\"key\":\"" key "\",\"kind\":\"" kind \
	"\"" more "}\n"
#define CRED(key, ident, kind, more)                                         \
	"{\"type\":\"credential\",\"key\":\"" key "\",\"identity\":\"" ident \
	"\",\"kind\":\"" kind "\"" more "}\n"
#define LOOSE(key, kind, more)                                          \
	"{\"type\":\"credential\",\"key\":\"" key "\",\"kind\":\"" kind \
	"\"" more "}\n"
#define SEEN(cred, place, at, role, more)                                   \
	"{\"type\":\"sighting\",\"credential\":\"" cred                     \
	"\",\"place\":\"" place "\",\"asset\":\"host:a\",\"locator\":\"" at \
	"\",\"role\":\"" role "\"" more "}\n"
#define GRANT(ident, target, place, at)                                       \
	"{\"type\":\"grant\",\"identity\":\"" ident "\",\"target\":\"" target \
	"\",\"capability\":\"data_admin\",\"asset\":\"host:a\",\"place\":"    \
	"\"" place "\",\"locator\":\"" at "\"}\n"
#define EDGE(kind, src, dst)                                      \
	"{\"type\":\"edge\",\"kind\":\"" kind "\",\"src\":\"" src \
	"\",\"dst\":\"" dst "\",\"evidence\":\"said so\"}\n"
#define COVER(place, state)                                                    \
	"{\"type\":\"coverage\",\"place\":\"" place "\",\"asset\":\"host:a\"," \
	"\"state\":\"" state "\",\"files\":1,\"gaps\":0}\n"
#define GAP(place, at, why)                                         \
	"{\"type\":\"gap\",\"asset\":\"host:a\",\"place\":\"" place \
	"\",\"locator\":\"" at "\",\"reason\":\"" why "\"}\n"
#define END "{\"type\":\"end\",\"at\":9000,\"counts\":{}}\n"

/* Give one stream to the open ingest. */
static inline int
feed_lines(struct store *s, const char *text, struct err *e)
{
	AUTO(json) struct json *p = json_new(REC_LINE_MAX);
	AUTO(arena) struct arena *a = arena_new(4 * REC_LINE_MAX);
	struct str rest = str_from(text), line;
	struct rec r;

	while (str_line(&rest, &line)) {
		arena_reset(a);
		TRY(obs_read(p, line, a, &r, e));
		TRY(sink_put(store_sink(s), &r, e));
	}
	return MU_OK;
}

static inline struct store_delta
feed(struct store *s, const char *text)
{
	struct store_delta d = { 0 };
	struct err e = { 0 };

	assert_ok(store_begin(s, &e), &e);
	assert_ok(feed_lines(s, text, &e), &e);
	assert_ok(store_end(s, &d, &e), &e);
	return d;
}

static inline struct store *
feed_store(void)
{
	struct store *s = NULL;
	struct err e = { 0 };

	assert_ok(store_open(NULL, STORE_MEMORY, &s, &e), &e);
	return s;
}

static inline int
feed_row(void *cookie, const struct store_cell *c, size_t n, struct err *e)
{
	struct buf *b = cookie;
	size_t i;

	(void)e;
	for (i = 0; i < n; i++) {
		if (i != 0)
			buf_addc(b, '|');
		if (c[i].kind == STORE_INT)
			buf_addf(b, "%lld", (long long)c[i].i);
		else if (c[i].kind == STORE_TEXT)
			buf_add(b, c[i].s);
		else
			buf_addc(b, '-');
	}
	buf_addc(b, '\n');
	return MU_OK;
}

/* The rows of ${sql} must read as ${want}, cells with | between. */
static inline void
feed_want(struct store *s, const char *sql, const char *want)
{
	AUTO(buf) struct buf b;
	struct err e = { 0 };

	buf_init(&b, 1 << 20);
	assert_ok(store_query(s, sql, NULL, 0, feed_row, &b, &e), &e);
	assert_str(buf_str(&b), want);
}

#endif
