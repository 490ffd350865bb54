/*
 * tests/unit/decode/ssh.h: a host, a file and a sink for the tests of the
 * decoders of SSH's files.
 *
 * What is expected stands in tests/cases/sshkey/want.tsv, by ssh-keygen and
 * openssl.
 */

#ifndef UNIT_DECODE_SSH_H
#define UNIT_DECODE_SSH_H

#include <fcntl.h>
#include <unistd.h>

#include "../test.h"

#include "base/digest.h"
#include "base/fd.h"
#include "base/mem.h"
#include "decode/decode.h"

static struct account ssh_accounts[] = {
	{ .name = { "root", 4 },
	    .home = { "/root", 5 },
	    .shell = { "/bin/bash", 9 },
	    .key = { "account:host:t:root", 19 },
	    .login_shell = true },
	{ .name = { "ada", 3 },
	    .home = { "/home/ada", 9 },
	    .shell = { "/bin/sh", 7 },
	    .key = { "account:host:t:ada", 18 },
	    .uid = 1000,
	    .gid = 1000,
	    .login_shell = true,
	    .person = true },
	{ .name = { "backup", 6 },
	    .home = { "/var/backups", 12 },
	    .shell = { "/usr/sbin/nologin", 17 },
	    .key = { "account:host:t:backup", 21 },
	    .uid = 34,
	    .gid = 34 },
};

static const struct host ssh_host = {
	.key = { "host:t", 6 },
	.name = { "web1", 4 },
	.accounts = ssh_accounts,
	.n_accounts = MU_COUNT(ssh_accounts),
	.uid_min = 1000,
	.uid_max = 60000,
};

/* One run of a decoder, and the lines that came of it. */
struct ssh_run {
	struct sink sink;
	struct buf text, out;
	struct arena *job;
	struct file file;
	struct decode_in in;
	struct err e;
};

static int
ssh_put(struct sink *s, const struct rec *r, struct err *e)
{
	struct ssh_run *t = (struct ssh_run *)(void *)s;

	(void)e;
	rec_write(&t->out, r);
	assert_false(t->out.bad);
	assert_true(str_utf8(buf_str(&t->out)));
	return MU_OK;
}

/* A run over ${bytes} as the file ${path}, of ada's with mode 0600. */
MU_UNUSED static struct ssh_run *
ssh_new(struct str bytes, const char *path)
{
	struct ssh_run *t = mem_new(1, sizeof(*t));

	t->sink.put = ssh_put;
	buf_init(&t->text, (size_t)8 << 20);
	buf_init(&t->out, (size_t)8 << 20);
	buf_add(&t->text, bytes);
	t->job = arena_new((size_t)64 << 20);
	t->file = (struct file){ .path = str_from(path),
		.mode = 0600,
		.uid = 1000,
		.gid = 1000,
		.mtime_s = 1700000000,
		.birth_s = CLOCK_NONE };
	t->in = (struct decode_in){ .bytes = buf_str(&t->text),
		.file = &t->file,
		.host = &ssh_host,
		.place = STR("ssh.test"),
		.kind = ID_KINDS,
		.job = t->job,
		.out = &t->sink };
	return t;
}

MU_UNUSED static void
ssh_free(struct ssh_run *t)
{

	buf_free(&t->text);
	buf_free(&t->out);
	arena_free(t->job);
	mem_free(t);
}

/* Whether a line of the output holds all of the texts, which end with NULL. */
MU_UNUSED static bool
ssh_has(const struct ssh_run *t, const char *const *texts)
{
	struct str all = buf_str(&t->out), line;
	size_t i;

	while (str_line(&all, &line)) {
		for (i = 0; texts[i] != NULL; i++)
			if (str_find(line, str_from(texts[i])) == SIZE_MAX)
				break;
		if (texts[i] == NULL)
			return true;
	}
	return false;
}

#define assert_line(t, ...)                                             \
	do {                                                            \
		const char *const texts_[] = { __VA_ARGS__, NULL };     \
		if (!ssh_has((t), texts_))                              \
			fail_msg("no line with %s in:\n" STR_FMT,       \
			    #__VA_ARGS__, STR_ARG(buf_str(&(t)->out))); \
	} while (0)

#define assert_no_line(t, ...)                                                 \
	do {                                                                   \
		const char *const texts_[] = { __VA_ARGS__, NULL };            \
		if (ssh_has((t), texts_))                                      \
			fail_msg("a line with %s in:\n" STR_FMT, #__VA_ARGS__, \
			    STR_ARG(buf_str(&(t)->out)));                      \
	} while (0)

/* Append the file ${name} of tests/cases to ${b}. */
MU_UNUSED static void
ssh_case(struct buf *b, const char *name)
{
	AUTO(buf) struct buf path;
	struct err e = { 0 };

	buf_init(&path, 4096);
	buf_init(b, (size_t)1 << 20);
	buf_addf(&path, "%s/tests/cases/%s", getenv("SRCDIR"), name);
	buf_addc(&path, '\0');
	assert_ok(fd_read_file(AT_FDCWD, path.p, b, &e), &e);
}

/* The blob of the public key file ${name} of tests/cases. */
MU_UNUSED static void
ssh_blob(struct buf *b, const char *name)
{
	AUTO(buf) struct buf text;
	struct str s, word;

	ssh_case(&text, name);
	s = buf_str(&text);
	assert_true(str_word(&s, &word));
	assert_true(str_word(&s, &word));
	buf_init(b, (size_t)1 << 20);
	assert_true(digest_unbase64(word, b));
}

/* The body of the armoured file ${name} of tests/cases. */
MU_UNUSED static void
ssh_body(struct buf *b, const char *name)
{
	AUTO(buf) struct buf text, body;
	struct str s, line;

	ssh_case(&text, name);
	buf_init(&body, (size_t)1 << 20);
	s = buf_str(&text);
	while (str_line(&s, &line))
		if (!str_starts(line, STR("-----")))
			buf_add(&body, line);
	buf_init(b, (size_t)1 << 20);
	assert_true(digest_unbase64(buf_str(&body), b));
}

/* One line of want.tsv. */
struct ssh_want {
	struct str name, bits, fp, spki, comment;
};

MU_UNUSED static bool
ssh_next(struct str *text, struct ssh_want *w)
{
	struct str line;

	if (!str_line(text, &line))
		return false;
	(void)str_cut(line, '\t', &w->name, &line);
	(void)str_cut(line, '\t', &w->bits, &line);
	(void)str_cut(line, '\t', &w->fp, &line);
	(void)str_cut(line, '\t', &w->spki, &w->comment);
	return true;
}

/* "sshkey/NAME" ${tail} with a zero byte, in ${b}. */
MU_UNUSED static const char *
ssh_path(struct buf *b, const struct ssh_want *w, const char *tail)
{

	buf_reset(b);
	buf_addf(b, "sshkey/" STR_FMT "%s", STR_ARG(w->name), tail);
	buf_addc(b, '\0');
	return b->p;
}

#endif
