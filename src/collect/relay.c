#include "collect/relay.h"

#include <unistd.h>

#include "base/digest.h"
#include "decode/obs.h"

#define ARENA_BYTES  ((size_t)16 << 20)
#define RUN_ID_BYTES 8

void
relay_init(struct relay *s, const struct collect_opts *o, struct sink *out)
{

	*s = (struct relay){ .o = o, .out = out };
	s->json = json_new(REC_LINE_MAX + 1);
	s->line = arena_new(ARENA_BYTES);
	s->keep = arena_new(ARENA_BYTES);
}

void
relay_free(struct relay *s)
{

	json_free(s->json);
	arena_free(s->line);
	arena_free(s->keep);
}

static int
emit(struct relay *s, const struct rec *rec, struct err *e)
{
	int ok = sink_put(s->out, rec, e);

	s->failed = ok < 0;
	if (rec->type == REC_GAP)
		s->gaps++;
	return ok;
}

int
relay_gap(struct relay *s, enum gap_reason why, struct str place,
    struct str locator, const char *text, struct err *e)
{
	AUTO(buf) struct buf b;
	struct rec rec;

	buf_init(&b, REC_LINE_MAX);
	rec_init(&rec, REC_GAP);
	rec.gap.asset = s->asset;
	rec.gap.place = place;
	rec.gap.locator = locator;
	rec.gap.reason = why;
	rec.gap.detail = str_from(text);
	rec_write(&b, &rec);
	TRY(obs_read(s->json, buf_str(&b), s->line, &rec, e));
	return emit(s, &rec, e);
}

static int
emit_run(struct relay *s, struct err *e)
{
	unsigned char id[RUN_ID_BYTES];
	AUTO(buf) struct buf hex;
	struct rec rec;

	buf_init(&hex, 2 * RUN_ID_BYTES);
	digest_random(id, sizeof(id));
	digest_hex(&hex, str_of(id, sizeof(id)));
	rec_init(&rec, REC_RUN);
	rec.run.schema = STR(REC_SCHEMA);
	rec.run.tool = STR("muster " MUSTER_VERSION);
	rec.run.run = buf_str(&hex);
	rec.run.asset = s->asset;
	rec.run.root = str_from(s->o->root);
	rec.run.fp_key = s->o->fp_key_id;
	rec.run.sources = s->live ? STR("reader witness") : STR("reader");
	rec.run.at = s->o->now_s;
	rec.run.euid = geteuid();
	rec.run.ephemeral = s->o->ephemeral;
	return emit(s, &rec, e);
}

/* The first asset opens the stream; a later reader says the same again. */
static int
take_asset(struct relay *s, const struct rec *rec, struct err *e)
{

	if (s->asset.n != 0)
		return str_eq(s->asset, rec->asset.key) ?
			   MU_OK :
			   err_set(e, MU_EFORMAT, "another asset than before");
	TRY(arena_str(s->keep, rec->asset.key, &s->asset, e));
	TRY(emit_run(s, e));
	return emit(s, rec, e);
}

/*
 * What a reader may say: records of the asset that it reads, and nothing of
 * what is for its parent to say.
 */
static int
take_record(struct relay *s, const struct rec *rec, struct err *e)
{
	struct str asset = s->asset;

	if (rec->type == REC_ASSET)
		return take_asset(s, rec, e);
	if (s->asset.n == 0)
		return err_set(e, MU_EFORMAT, "a record before the asset");
	if (rec->type == REC_SIGHTING)
		asset = rec->sighting.asset;
	else if (rec->type == REC_GAP)
		asset = rec->gap.asset;
	else if (rec->type == REC_GRANT)
		asset = rec->grant.asset;
	else if (rec->type != REC_IDENTITY && rec->type != REC_CREDENTIAL &&
		 rec->type != REC_EDGE)
		return err_set(e, MU_EFORMAT, "not for a reader to say");
	if (asset.n != 0 && !str_eq(asset, s->asset))
		return err_set(e, MU_EFORMAT, "of another asset");
	return emit(s, rec, e);
}

/* A line that is wrong is a gap; what the sink refuses ends the run. */
int
relay_line(struct relay *s, struct str line, struct err *e)
{
	struct err why = { 0 };
	struct rec rec;
	int ok;

	arena_reset(s->line);
	ok = obs_read(s->json, line, s->line, &rec, &why);
	if (ok == MU_OK)
		ok = take_record(s, &rec, &why);
	if (ok < 0 && s->failed) {
		*e = why;
		return ok;
	}
	if (ok < 0 && s->asset.n != 0)
		return relay_gap(s, GAP_MALFORMED, STR_NONE, STR_NONE,
		    "the reader wrote a line that is no record", e);
	return MU_OK;
}

static enum cover_state
cover_of(const struct place *p, const struct board_count *c)
{

	if (c->gaps == 0 && !c->hidden)
		return c->files != 0 ? COVER_READ : COVER_ABSENT;
	if (c->files == 0 && c->gaps != 0 && (p->globs[0] != NULL || p->live))
		return COVER_UNREAD;
	return COVER_PARTLY;
}

int
relay_coverage(struct relay *s, const struct atlas *atlas,
    const struct board_count *counts, struct err *e)
{
	const struct board_count *c;
	struct rec rec;
	size_t i;

	for (i = 0; i < atlas->rows.n; i++) {
		if (atlas->rows.v[i].place.live && !s->live)
			continue;
		c = &counts[i];
		rec_init(&rec, REC_COVERAGE);
		rec.coverage.place = str_from(atlas->rows.v[i].place.id);
		rec.coverage.asset = s->asset;
		rec.coverage.files = c->files;
		rec.coverage.gaps = c->gaps;
		if (c->counted != 0)
			rec.coverage.counted = c->counted;
		rec.coverage.state = cover_of(&atlas->rows.v[i].place, c);
		TRY(emit(s, &rec, e));
	}
	return MU_OK;
}

int
relay_end(struct relay *s, struct err *e)
{
	struct rec rec;
	size_t i;

	rec_init(&rec, REC_END);
	for (i = 0; i < REC_TYPES; i++)
		rec.end.counts[i] = s->out->counts[i];
	rec.end.at = s->o->now_s;
	return emit(s, &rec, e);
}
