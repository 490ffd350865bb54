/*
 * tests/unit/decode/seen.h: run a decoder on bytes and look at the records that
 * come, as lines of muster.observation/1.
 */

#ifndef UNIT_DECODE_SEEN_H
#define UNIT_DECODE_SEEN_H

#include <fcntl.h>
#include <stdlib.h>

#include "base/fd.h"
#include "decode/hostinfo.h"
#include "test.h"

struct seen {
	struct sink sink;
	struct arena *job;
	struct host host;
	struct file file; /* change it before seen_read() */
	struct str place;
	const struct pick *picks; /* rules of the place; NULL: none */
	struct buf text;          /* the records, one a line */
	struct buf bytes;         /* of seen_case() */
	struct err e;
};

static inline int
seen_put(struct sink *sink, const struct rec *r, struct err *e)
{
	struct seen *s = (struct seen *)(void *)sink;

	(void)e;
	rec_write(&s->text, r);
	assert_false(s->text.bad);
	return MU_OK;
}

/* A host named "box" with the accounts and groups of the texts given. */
static inline void
seen_init(struct seen *s, const char *passwd, const char *shadow,
    const char *group)
{
	struct hostinfo_files f = { .asset = STR("box") };

	*s = (struct seen){ .sink = { .put = seen_put } };
	s->job = arena_new((size_t)64 << 20);
	buf_init(&s->text, (size_t)64 << 20);
	buf_init(&s->bytes, (size_t)64 << 20);
	s->file = (struct file){ .path = STR("etc/file"),
		.mode = 0640,
		.uid = 0,
		.gid = 42,
		.mtime_s = 1000,
		.birth_s = CLOCK_NONE };
	s->place = STR("the.place");
	f.file[HOSTINFO_PASSWD].bytes = str_from(passwd);
	f.file[HOSTINFO_SHADOW].bytes = str_from(shadow);
	f.file[HOSTINFO_SHADOW].read = shadow != NULL;
	f.file[HOSTINFO_GROUP].bytes = str_from(group);
	assert_ok(hostinfo_build(&f, s->job, &s->host, &s->e), &s->e);
}

static inline void
seen_free(struct seen *s)
{

	arena_free(s->job);
	buf_free(&s->text);
	buf_free(&s->bytes);
}

/* Run ${d}; the records stand in ${s}->text, the code is returned. */
static inline int
seen_read(struct seen *s, const struct decoder *d, struct str bytes)
{
	struct decode_in in = { .bytes = bytes,
		.file = &s->file,
		.host = &s->host,
		.place = s->place,
		.kind = ID_KINDS,
		.picks = s->picks,
		.fp_key = STR("0123456789abcdef0123456789abcdef"),
		.job = s->job,
		.out = &s->sink };

	buf_reset(&s->text);
	return d->read(&in, &s->e);
}

/* The bytes of tests/cases/${path}, until the next call. */
static inline struct str
seen_case(struct seen *s, const char *path)
{
	char full[512];

	(void)snprintf(full, sizeof(full), "%s/tests/cases/%s",
	    getenv("SRCDIR"), path);
	buf_reset(&s->bytes);
	assert_ok(fd_read_file(AT_FDCWD, full, &s->bytes, &s->e), &s->e);
	return buf_str(&s->bytes);
}

/* How often ${what} stands in the records. */
static inline size_t
seen_count(const struct seen *s, const char *what)
{
	struct str rest = buf_str(&s->text);
	size_t at, n = 0;

	while ((at = str_find(rest, str_from(what))) != SIZE_MAX) {
		rest = str_skip(rest, at + strlen(what));
		n++;
	}
	return n;
}

/* Fail, showing the records, unless ${line} is one of them, whole. */
#define assert_record(s, line)                                           \
	do {                                                             \
		struct str all_ = buf_str(&(s)->text), one_;             \
		bool found_ = false;                                     \
		while (str_line(&all_, &one_))                           \
			found_ = found_ || str_eq(one_, str_from(line)); \
		if (!found_)                                             \
			fail_msg("no record\n%s\namong\n" STR_FMT, line, \
			    STR_ARG(buf_str(&(s)->text)));               \
	} while (0)

/* Fail, showing the records, unless ${what} stands in them ${n} times. */
#define assert_count(s, what, want)                                         \
	do {                                                                \
		size_t n_ = seen_count(s, what);                            \
		if (n_ != (want))                                           \
			fail_msg("%zu times, not %zu: %s in\n" STR_FMT, n_, \
			    (size_t)(want), what,                           \
			    STR_ARG(buf_str(&(s)->text)));                  \
	} while (0)

#endif
