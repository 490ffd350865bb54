/*
 * tests/unit/decode/seen.h: run a decoder on bytes and look at the records that
 * come, as lines of muster.observation/1.
 */

#ifndef UNIT_DECODE_SEEN_H
#define UNIT_DECODE_SEEN_H

#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/fd.h"
#include "decode/hostinfo.h"
#include "decode/peek.h"
#include "test.h"

/* Another file of the root, for a decoder that asks for it. */
struct seen_file {
	const char *path;  /* relative */
	const char *bytes; /* NULL: nobody may read it */
};

#define SEEN_FILES 32

struct seen {
	struct sink sink;
	struct peek peek;
	struct seen_file tree[SEEN_FILES]; /* to the first without a path */
	struct file others[SEEN_FILES];    /* how peek.file() tells them */
	struct arena *job;
	struct host host;
	struct file file; /* change it before seen_read() */
	struct str place;
	const struct pick *picks; /* rules of the place; NULL: none */
	struct decode_span *span; /* of a log; NULL: nobody asks */
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

static inline struct seen *
seen_of(struct peek *p)
{

	return (struct seen *)(void *)((char *)p - offsetof(struct seen, peek));
}

static inline struct str
seen_relative(struct str path)
{

	while (str_starts(path, STR("/")))
		path = str_skip(path, 1);
	return path;
}

static inline int
seen_peek_file(struct peek *p, struct str path, size_t max_bytes,
    struct arena *a, struct str *bytes, struct file *file, struct err *e)
{
	struct seen *s = seen_of(p);
	size_t i;

	(void)a;
	path = seen_relative(path);
	for (i = 0; i < SEEN_FILES && s->tree[i].path != NULL; i++) {
		if (!str_eq(path, str_from(s->tree[i].path)))
			continue;
		if (s->tree[i].bytes == NULL)
			return err_set(e, MU_EDENIED, "no right");
		*bytes = str_from(s->tree[i].bytes);
		if (bytes->n > max_bytes)
			return err_set(e, MU_ELIMIT, "too long");
		*file = s->file;
		if (s->others[i].mode != 0)
			*file = s->others[i];
		file->path = str_from(s->tree[i].path);
		return 1;
	}
	return 0;
}

/* The names straight below ${path}; ${s}->tree is sorted by the test. */
static inline int
seen_peek_list(struct peek *p, struct str path, struct arena *a,
    struct str **names, size_t *n, struct err *e)
{
	struct seen *s = seen_of(p);
	struct str name, rest;
	size_t i;

	(void)e;
	path = seen_relative(path);
	if (str_ends(path, STR("/")))
		path.n--;
	*names = arena_take(a, SEEN_FILES, sizeof(**names));
	assert_non_null(*names);
	*n = 0;
	for (i = 0; i < SEEN_FILES && s->tree[i].path != NULL; i++) {
		rest = str_from(s->tree[i].path);
		if (path.n != 0 &&
		    (!str_starts(rest, path) || rest.n <= path.n ||
			rest.p[path.n] != '/'))
			continue;
		(void)str_cut(str_skip(rest, path.n + (path.n != 0)), '/',
		    &name, &rest);
		if (*n == 0 || !str_eq((*names)[*n - 1], name))
			(*names)[(*n)++] = name;
	}
	return *n != 0;
}

/* A host named "box" with the accounts and groups of the texts given. */
static inline void
seen_init(struct seen *s, const char *passwd, const char *shadow,
    const char *group)
{
	struct hostinfo_files f = { .asset = STR("box") };

	*s = (struct seen){ .sink = { .put = seen_put },
		.peek = { .file = seen_peek_file, .list = seen_peek_list } };
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
		.span = s->span,
		.fp_key = STR("0123456789abcdef0123456789abcdef"),
		.peek = &s->peek,
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
