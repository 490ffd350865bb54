#include "decode/sshline.h"

#include "base/digest.h"
#include "decode/sshkey.h"
#include "decode/sshwire.h"

bool
sshline_key(struct str *line, struct buf *blob)
{
	struct str rest = *line, type, word;
	struct sshwire w;

	buf_reset(blob);
	if (!str_word(&rest, &type) || !str_word(&rest, &word) ||
	    type.n > SSHKEY_TYPE_MAX || !digest_unbase64(word, blob) ||
	    blob->bad)
		return false;
	w = (struct sshwire){ buf_str(blob), false };
	if (!str_eq(sshwire_string(&w), type) || w.bad)
		return false;
	*line = rest;
	return true;
}

bool
sshline_sniff(struct str head)
{
	AUTO(buf) struct buf b;
	struct str type, word;
	struct sshwire w;

	buf_init(&b, SSHKEY_TYPE_MAX * 2);
	head = str_trim(str_head(head, SSHKEY_TYPE_MAX * 64));
	if (!str_word(&head, &type) || !str_word(&head, &word) ||
	    type.n > SSHKEY_TYPE_MAX || !str_starts(word, STR("AAAA")))
		return false;
	/* The length and the name, to the last group of four characters. */
	word = str_head(word, (type.n + 4 + 2) / 3 * 4);
	if (!digest_unbase64(word, &b))
		return false;
	w = (struct sshwire){ buf_str(&b), false };
	return str_eq(sshwire_string(&w), type) && !w.bad;
}

int
sshline_fault(struct sshline *l, const struct err *why, struct err *e)
{
	enum gap_reason reason = GAP_MALFORMED;

	if (why->code == MU_ELIMIT)
		reason = GAP_LIMIT;
	else if (why->code == MU_EUNSUPPORTED)
		reason = GAP_UNSUPPORTED;
	return lines_gap(&l->lines, l->lines.at, reason, why->text, e);
}

static int
sshline_one(struct sshline *l, struct str line, sshline_fn *fn, struct err *e)
{

	if (line.n > SSHLINE_MAX)
		return lines_gap(&l->lines, l->lines.at, GAP_LIMIT,
		    "the line is longer than 1 MiB", e);
	(void)str_cut(line, '\0', &line, &(struct str){ 0 });
	line = str_trim(line);
	if (line.n == 0 || line.p[0] == '#')
		return MU_OK;
	return fn(l, line, e);
}

static int
sshline_walk(struct sshline *l, sshline_fn *fn, struct err *e)
{
	struct str line;

	while (lines_next(&l->lines, &line)) {
		arena_reset(l->job);
		TRY(sshline_one(l, line, fn, e));
	}
	return lines_done(&l->lines, e);
}

int
sshline_each(const struct decode_in *in, sshline_fn *fn, const void *cookie,
    struct err *e)
{
	AUTO(arena) struct arena *job = arena_new(SSHLINE_JOB_BYTES);
	struct sshline l = { .in = *in, .job = job, .cookie = cookie };
	int r;

	l.in.job = job;
	lines_init(&l.lines, &l.in);
	buf_init(&l.blob, SSHLINE_MAX);
	r = sshline_walk(&l, fn, e);
	buf_free(&l.blob);
	return r;
}
