#include "decode/decode.h"

#include "base/digest.h"

#include <stdarg.h>

#define DECODE_WORDS_MAX 200
#define DECODE_SPOT_MAX  65536

const struct decoder *
decode_find(struct str name)
{
	size_t i;

	for (i = 0; decode_list[i] != NULL; i++)
		if (str_eq(name, str_from(decode_list[i]->name)))
			return decode_list[i];
	return NULL;
}

static int
decode_locator(const struct decode_in *in, char mark, size_t n, struct str *out,
    struct err *e)
{

	if (n == 0)
		return arena_str(in->job, in->file->path, out, e);
	return arena_fmt(in->job, out, e, STR_FMT "%c%zu",
	    STR_ARG(in->file->path), mark, n);
}

int
decode_sighting(const struct decode_in *in, struct rec *r,
    struct str credential, enum role role, char mark, size_t n, struct err *e)
{
	const struct account *user = host_user(in->host, in->file->uid);
	const struct group *group = host_group(in->host, in->file->gid);

	rec_init(r, REC_SIGHTING);
	r->sighting.credential = credential;
	r->sighting.asset = in->host->key;
	r->sighting.place = in->place;
	r->sighting.role = role;
	r->sighting.mode = in->file->mode;
	r->sighting.uid = in->file->uid;
	r->sighting.gid = in->file->gid;
	r->sighting.readers = host_readers(in->file->mode, in->file->reach);
	r->sighting.context = in->file->context;
	if (user != NULL)
		r->sighting.owner = user->name;
	if (group != NULL)
		r->sighting.group = group->name;
	r->sighting.mtime = (struct when){ in->file->mtime_s, BY_MTIME };
	return decode_locator(in, mark, n, &r->sighting.locator, e);
}

/* 16 hex digits of where a value lies. */
static void
decode_spot(const struct decode_in *in, struct str label, struct buf *out)
{
	AUTO(buf) struct buf b;
	struct digest d = digest_sha256(label);

	buf_init(&b, DECODE_SPOT_MAX);
	buf_add(&b, in->host->key);
	buf_addc(&b, '\0');
	buf_add(&b, in->file->path);
	buf_addc(&b, '\0');
	buf_add(&b, digest_str(&d));
	d = digest_sha256(buf_str(&b));
	digest_hex(out, str_head(digest_str(&d), 8));
}

int
decode_secret(const struct decode_in *in, struct str value, struct str label,
    struct str *key, struct str *fp, struct err *e)
{
	AUTO(buf) struct buf spot = { 0 };

	TRY(key_secret(in->fp_key, value, in->job, key, e));
	*fp = str_skip(*key, strlen("secret:"));
	if (value.n >= DECODE_JOIN_MIN)
		return MU_OK;
	buf_init(&spot, DECODE_SPOT_MAX);
	decode_spot(in, label, &spot);
	TRY(buf_check(&spot, "the key", e));
	return arena_fmt(in->job, key, e, STR_FMT ":" STR_FMT, STR_ARG(*key),
	    STR_ARG(buf_str(&spot)));
}

int
decode_put(const struct decode_in *in, const struct rec *r, struct err *e)
{

	return sink_put(in->out, r, e);
}

int
decode_gap(const struct decode_in *in, char mark, size_t n,
    enum gap_reason reason, struct err *e, const char *fmt, ...)
{
	char words[DECODE_WORDS_MAX];
	struct rec r;
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(words, sizeof(words), fmt, ap);
	va_end(ap);
	rec_init(&r, REC_GAP);
	r.gap.asset = in->host->key;
	r.gap.place = in->place;
	r.gap.reason = reason;
	r.gap.detail = str_from(words);
	TRY(decode_locator(in, mark, n, &r.gap.locator, e));
	return decode_put(in, &r, e);
}
