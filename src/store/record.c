#include "store/record.h"

#include "base/jwrite.h"
#include "base/mem.h"
#include "store/stream.h"
#include "store/tuple.h"

/* Longest list of names of one credential, bytes of JSON. */
#define RECORD_NAMES_MAX (2u * REC_LINE_MAX)

/* A row in the making; the first error stays. */
struct row {
	struct ingest *g;
	struct store_cell cells[NOUN_COLUMNS_MAX];
	size_t n;
	int r;
	struct err *e;
};

static void
row_cell(struct row *w, struct store_cell c)
{

	MU_ASSERT(w->n < NOUN_COLUMNS_MAX);
	w->cells[w->n++] = c;
}

static void
row_int(struct row *w, int64_t v)
{

	row_cell(w,
	    (struct store_cell){
		v == REC_NO_INT ? STORE_NULL : STORE_INT, v, STR_NONE });
}

/* ASCII without a zero byte: nearly every text, and seen eight bytes a time: a
 * byte of 0 borrows from the top bit when 1 is taken from it. */
static bool
record_plain(struct str s)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t w, bad = 0;
	size_t i;

	for (i = 0; i + sizeof(w) <= s.n; i += sizeof(w)) {
		mem_copy(&w, sizeof(w), s.p + i, sizeof(w));
		bad |= w | (w - ones);
	}
	for (; i < s.n; i++)
		bad |= (uint64_t)(unsigned char)s.p[i] |
		       ((uint64_t)(unsigned char)s.p[i] - 1);
	return (bad & (ones << 7)) == 0;
}

/*
 * Text that every database takes: no zero byte, and UTF-8. Records that came
 * as JSON are UTF-8 already; what is not has U+FFFD for each bad byte.
 */
int
record_clean(struct ingest *g, struct str *s, struct err *e)
{
	AUTO(buf) struct buf b = { 0 };
	size_t i, n;

	if (record_plain(*s) || (!str_has_nul(*s) && str_utf8(*s)))
		return MU_OK;
	buf_init(&b, INGEST_RECORD_MAX);
	for (i = 0; i < s->n; i += n) {
		for (n = 1; n < 4 && i + n < s->n; n++)
			if (str_utf8(str_of(s->p + i, n)))
				break;
		if (s->p[i] == '\0' || !str_utf8(str_of(s->p + i, n))) {
			n = 1;
			buf_adds(&b, "\xef\xbf\xbd");
			continue;
		}
		buf_add(&b, str_of(s->p + i, n));
	}
	TRY(buf_check(&b, "a text", e));
	return arena_str(g->job, buf_str(&b), s, e);
}

static void
row_text(struct row *w, struct str s)
{
	int r = record_clean(w->g, &s, w->e);

	w->r = w->r < 0 ? w->r : r;
	row_cell(w, (struct store_cell){ STORE_TEXT, 0, s });
}

static void
row_word(struct row *w, const struct word_list *list, int value)
{

	row_cell(w, (struct store_cell){
			STORE_TEXT, 0, str_from(word_of(list, value)) });
}

static void
row_when(struct row *w, struct when t)
{

	row_int(w, t.at == CLOCK_NONE ? REC_NO_INT : t.at);
	row_word(w, &word_when_by, (int)(t.at == CLOCK_NONE ? BY_NONE : t.by));
}

static int
row_put(struct row *w, enum noun noun, struct str extra, int64_t *id)
{

	row_text(w, extra);
	MU_ASSERT(w->r < 0 || w->n == noun_defs[noun].n);
	if (w->r < 0)
		return w->r;
	return ingest_row(w->g, noun, w->cells, id, w->e);
}

/*
 * A fingerprint under a key that died with its run means nothing to another
 * run: the run's name becomes a part of the key, so that it joins nothing.
 */
static int
record_key(struct ingest *g, struct str *key, struct err *e)
{

	TRY(record_clean(g, key, e));
	if (!g->run.ephemeral || !str_starts(*key, STR("secret:")) ||
	    ingest_passing(*key))
		return MU_OK;
	return arena_fmt(g->job, key, e, "secret:ephemeral:%s:" STR_FMT,
	    g->run.name, STR_ARG(str_skip(*key, sizeof("secret:") - 1)));
}

static void
row_key(struct row *w, struct str key)
{
	int r = record_key(w->g, &key, w->e);

	w->r = w->r < 0 ? w->r : r;
	row_cell(w, (struct store_cell){ STORE_TEXT, 0, key });
}

static int record_ref(struct ingest *g, enum noun noun, struct str key,
    int64_t *id, struct err *e);

/* A reference to a row of ${noun}; empty is none. */
static void
row_ref(struct row *w, enum noun noun, struct str key)
{
	int64_t id = REC_NO_INT;
	int r = MU_OK;

	if (key.n != 0 && w->r >= 0)
		r = record_ref(w->g, noun, key, &id, w->e);
	w->r = w->r < 0 ? w->r : r;
	row_int(w, id);
}

/* The asset named, or the run's own. */
static void
row_asset(struct row *w, struct str key)
{
	int64_t id = w->g->run.asset_id;
	int r = MU_OK;

	if (key.n != 0 && w->r >= 0)
		r = stream_asset_id(w->g, key, &id, w->e);
	w->r = w->r < 0 ? w->r : r;
	row_int(w, id);
}

static void
record_identity(struct row *w, const struct rec_identity *r)
{

	row_key(w, r->key);
	row_word(w, &word_id_kind, (int)r->kind);
	row_text(w, r->name);
	if (r->asset.n != 0)
		row_asset(w, r->asset);
	else
		row_int(w, REC_NO_INT);
	row_text(w, r->context);
	row_text(w, r->purpose);
	row_text(w, r->owner);
	row_text(w, r->owner_by);
	row_int(w, r->owner_pct);
	row_int(w, (int64_t)r->privileged);
	row_int(w, (int64_t)r->internet);
	row_int(w, r->uid);
}

/* The names as a JSON array, or nothing. */
static void
record_names(struct row *w, const struct rec_credential *r)
{
	AUTO(buf) struct buf b;
	struct str s = STR_NONE;
	struct jwrite j;
	size_t i;
	int c;

	buf_init(&b, RECORD_NAMES_MAX);
	if (r->n_names != 0) {
		jwrite_init(&j, &b);
		jwrite_arr(&j);
		for (i = 0; i < r->n_names; i++)
			jwrite_str(&j, r->names[i]);
		jwrite_end(&j);
	}
	c = buf_check(&b, "the list of names", w->e);
	if (c >= 0)
		c = arena_str(w->g->job, buf_str(&b), &s, w->e);
	w->r = w->r < 0 ? w->r : c;
	row_cell(w, (struct store_cell){ STORE_TEXT, 0, s });
}

static void
record_credential(struct row *w, const struct rec_credential *r)
{
	const struct str texts[] = { r->spki, r->ssh_fp, r->fp, r->subject,
		r->issuer, r->serial, r->sig, r->usage, r->preview, r->hash };
	const struct when times[] = { r->created, r->expires, r->changed,
		r->last_used };
	size_t i;

	row_key(w, r->key);
	row_ref(w, NOUN_IDENTITY, r->identity);
	row_word(w, &word_cred_kind, (int)r->kind);
	row_text(w, r->alg);
	row_int(w, r->bits);
	for (i = 0; i < MU_COUNT(texts); i++)
		row_text(w, texts[i]);
	record_names(w, r);
	row_int(w, (int64_t)r->ca);
	row_int(w, (int64_t)r->self_signed);
	row_int(w, (int64_t)r->encrypted);
	row_word(w, &word_weak, (int)r->weak);
	row_int(w, r->length);
	for (i = 0; i < MU_COUNT(times); i++)
		row_when(w, times[i]);
}

static void
record_sighting(struct row *w, const struct rec_sighting *r)
{

	row_ref(w, NOUN_CREDENTIAL, r->credential);
	row_asset(w, r->asset);
	row_text(w, r->locator);
	row_word(w, &word_role, (int)r->role);
	row_text(w, r->place);
	row_word(w, &word_readers, (int)r->readers);
	row_int(w, r->mode);
	row_int(w, r->uid);
	row_int(w, r->gid);
	row_text(w, r->owner);
	row_text(w, r->group);
	row_text(w, r->context);
	row_text(w, r->account);
	row_text(w, r->detail);
	row_when(w, r->mtime);
}

static void
record_grant(struct row *w, const struct rec_grant *r)
{

	row_ref(w, NOUN_IDENTITY, r->identity);
	row_text(w, r->target);
	row_asset(w, r->asset);
	row_text(w, r->locator);
	row_text(w, r->place);
	row_word(w, &word_capability, (int)r->capability);
	row_int(w, (int64_t)r->from_limited);
	row_int(w, (int64_t)r->command_limited);
}

static void
record_edge(struct row *w, const struct rec_edge *r)
{

	row_ref(w, NOUN_IDENTITY, r->src);
	row_ref(w, NOUN_IDENTITY, r->dst);
	row_word(w, &word_edge_kind, (int)r->kind);
	row_text(w, r->evidence);
}

/* A row that holds a key and no more, for its record to fill. */
static int
record_hollow(struct ingest *g, enum noun noun, struct str key, int64_t *id,
    struct err *e)
{
	struct row w = { .g = g, .e = e };
	struct rec r;

	if (noun == NOUN_IDENTITY) {
		rec_init(&r, REC_IDENTITY);
		r.identity.key = key;
		record_identity(&w, &r.identity);
		w.cells[1].s = STR_NONE;
	} else {
		rec_init(&r, REC_CREDENTIAL);
		r.credential.key = key;
		record_credential(&w, &r.credential);
		w.cells[2].s = STR_NONE;
	}
	row_text(&w, STR_NONE);
	return w.r < 0 ? w.r : ingest_hollow(g, noun, w.cells, id, e);
}

static int
record_ref(struct ingest *g, enum noun noun, struct str key, int64_t *id,
    struct err *e)
{
	int r;

	TRY(record_key(g, &key, e));
	TRY(r = tuple_ref(g, noun, key, id, e));
	if (r != 0)
		return MU_OK;
	TRY(record_hollow(g, noun, key, id, e));
	tuple_named(g, noun, key, *id);
	return MU_OK;
}

int
record_noun(struct ingest *g, const struct rec *r, int64_t *id, struct err *e)
{
	struct row w = { .g = g, .e = e };
	enum noun noun = (enum noun)((int)r->type - REC_IDENTITY);

	switch (noun) {
	case NOUN_IDENTITY:
		record_identity(&w, &r->identity);
		break;
	case NOUN_CREDENTIAL:
		record_credential(&w, &r->credential);
		break;
	case NOUN_SIGHTING:
		record_sighting(&w, &r->sighting);
		break;
	case NOUN_GRANT:
		record_grant(&w, &r->grant);
		break;
	case NOUN_EDGE:
		record_edge(&w, &r->edge);
		break;
	case NOUNS:
		break;
	}
	TRY(row_put(&w, noun, r->extra, id));
	if (noun <= NOUN_CREDENTIAL)
		tuple_named(g, noun, w.cells[0].s, *id);
	return MU_OK;
}

int
record_put(struct ingest *g, const struct rec *r, struct err *e)
{
	int64_t id;

	if (r->type == REC_RUN)
		return stream_run(g, r, e);
	if (!g->run.open || g->run.ended)
		return err_set(e, MU_EFORMAT,
		    "the stream holds a record of type '%s' outside a run",
		    word_of(&word_rec_type, (int)r->type));
	switch (r->type) {
	case REC_IDENTITY:
	case REC_CREDENTIAL:
	case REC_SIGHTING:
	case REC_GRANT:
	case REC_EDGE:
		return record_noun(g, r, &id, e);
	case REC_ASSET:
		return stream_asset(g, r, e);
	case REC_COVERAGE:
		return stream_coverage(g, r, e);
	case REC_GAP:
		return stream_gap(g, r, e);
	case REC_END:
		return stream_end(g, r, e);
	case REC_RUN:
	case REC_TYPES:
		break;
	}
	return err_set(e, MU_EBUG, "no record type %d", (int)r->type);
}
