#include "report/card.h"

#include "base/vis.h"
#include "decode/json.h"
#include "report/screen.h"
#include "report/words.h"

#define CARD_TEXT_MAX  1048576
#define CARD_NAMES_MAX 8

static int
card_keep(struct arena *a, struct str *const *text, size_t n, struct err *e)
{
	size_t i;

	for (i = 0; i < n; i++)
		TRY(arena_str(a, *text[i], text[i], e));
	return MU_OK;
}

static int
card_full(bool pushed, struct err *e)
{

	if (pushed)
		return MU_OK;
	return err_set(e, MU_ELIMIT, "it has more than %d rows of one kind",
	    CARD_ROWS_MAX);
}

static int
card_on_identity(void *cookie, const struct read_identity *r, struct err *e)
{
	struct card *c = cookie;
	struct read_identity *m = &c->who;
	struct str *const text[] = { &m->shown, &m->key, &m->name, &m->asset,
		&m->asset_key, &m->context, &m->purpose, &m->owner,
		&m->owner_by, &m->state, &m->risk_parts, &m->severity };

	*m = *r;
	return card_keep(c->arena, text, MU_COUNT(text), e);
}

static int
card_on_credential(void *cookie, const struct read_credential *r, struct err *e)
{
	struct read_credential m = *r;
	struct str *const text[] = { &m.shown, &m.names_json, &m.rec.key,
		&m.rec.alg, &m.rec.spki, &m.rec.ssh_fp, &m.rec.fp,
		&m.rec.subject, &m.rec.issuer, &m.rec.serial, &m.rec.sig,
		&m.rec.usage, &m.rec.preview, &m.rec.hash, &m.rec.identity };
	struct card *c = cookie;

	TRY(card_keep(c->arena, text, MU_COUNT(text), e));
	m.rec.names = NULL;
	m.rec.n_names = 0;
	return card_full(vec_push(&c->credentials, CARD_ROWS_MAX, m), e);
}

static int
card_on_sighting(void *cookie, const struct read_sighting *r, struct err *e)
{
	struct read_sighting m = *r;
	struct str *const text[] = { &m.asset_name, &m.rec.credential,
		&m.rec.asset, &m.rec.place, &m.rec.locator, &m.rec.owner,
		&m.rec.group, &m.rec.context, &m.rec.account, &m.rec.detail };
	struct card *c = cookie;

	TRY(card_keep(c->arena, text, MU_COUNT(text), e));
	return card_full(vec_push(&c->sightings, CARD_ROWS_MAX, m), e);
}

static int
card_on_grant(void *cookie, const struct read_grant *r, struct err *e)
{
	struct read_grant m = *r;
	struct str *const text[] = { &m.asset_name, &m.rec.identity,
		&m.rec.target, &m.rec.asset, &m.rec.place, &m.rec.locator };
	struct card *c = cookie;

	TRY(card_keep(c->arena, text, MU_COUNT(text), e));
	return card_full(vec_push(&c->grants, CARD_ROWS_MAX, m), e);
}

static int
card_on_edge(void *cookie, const struct read_edge *r, struct err *e)
{
	struct read_edge m = *r;
	struct str *const text[] = { &m.other_shown, &m.other_key,
		&m.other_name, &m.evidence };
	struct card *c = cookie;

	TRY(card_keep(c->arena, text, MU_COUNT(text), e));
	return card_full(vec_push(&c->edges, CARD_ROWS_MAX, m), e);
}

static int
card_on_finding(void *cookie, const struct read_finding *r, struct err *e)
{
	struct read_finding m = *r;
	struct str *const text[] = { &m.fid, &m.check, &m.severity,
		&m.base_severity, &m.reasons, &m.detail, &m.state, &m.shown,
		&m.key, &m.name, &m.owner, &m.owner_by, &m.credential, &m.asset,
		&m.asset_key, &m.place, &m.locator };
	struct card *c = cookie;

	TRY(card_keep(c->arena, text, MU_COUNT(text), e));
	return card_full(vec_push(&c->findings, CARD_ROWS_MAX, m), e);
}

void
card_done(struct card *c)
{

	vec_free(&c->credentials);
	vec_free(&c->sightings);
	vec_free(&c->grants);
	vec_free(&c->edges);
	vec_free(&c->findings);
}

int
card_gather(struct store *s, int64_t id, int64_t now_s, struct arena *a,
    struct card *out, struct err *e)
{
	struct read_filter f = { .identity = id };

	*out = (struct card){ .arena = a, .now_s = now_s };
	out->words.checks = assess_checks(&out->words.n_checks);
	TRY(read_identity(s, id, card_on_identity, out, e));
	TRY(read_credentials(s, id, card_on_credential, out, e));
	TRY(read_sightings(s, id, card_on_sighting, out, e));
	TRY(read_grants(s, id, card_on_grant, out, e));
	TRY(read_edges(s, id, card_on_edge, out, e));
	return read_findings(s, &f, card_on_finding, out, e);
}

struct face {
	const struct card *c;
	const struct table_style *style;
	struct buf *out;
	struct buf text;
};

static void
card_line(struct face *f, const char *lead)
{

	if (f->text.n != 0)
		screen_para(f->out, lead, buf_str(&f->text), f->style);
	buf_reset(&f->text);
}

static void
card_heading(struct face *f, const char *words)
{

	buf_addf(f->out, "\n%s%s%s\n", f->style->color ? "\x1b[1m" : "", words,
	    f->style->color ? "\x1b[0m" : "");
}

static void
card_fact(struct face *f, const char *lead, struct str foreign)
{

	vis_add(&f->text, foreign);
	card_line(f, lead);
}

static void
card_filled(struct face *f, const char *lead, struct str text, struct str where)
{
	AUTO(buf) struct buf b;

	buf_init(&b, CARD_TEXT_MAX);
	words_fill(&b, text, where);
	card_fact(f, lead, buf_str(&b));
}

static void
card_time(struct face *f, const char *what, struct when w)
{

	if (w.at == CLOCK_NONE)
		return;
	buf_addf(&f->text, "; %s ", what);
	words_when(&f->text, f->c->now_s, w.at);
	if (w.by != BY_IN_BAND && w.by != BY_NONE)
		buf_addf(&f->text, ", %s", words_by(w.by));
}

static void
card_owner(struct face *f)
{
	const struct read_identity *r = &f->c->who;

	if (r->owner.n == 0) {
		buf_adds(&f->text, "nobody is known");
	} else {
		vis_add(&f->text, r->owner);
		if (r->owner_by.n != 0) {
			buf_adds(&f->text, ", as ");
			vis_add(&f->text, r->owner_by);
			buf_adds(&f->text, " hints");
		}
		if (r->owner_pct != REC_NO_INT)
			buf_addf(&f->text, " (%lld %% sure)",
			    (long long)r->owner_pct);
	}
	card_line(f, "Owner          ");
}

static void
card_seen(struct face *f)
{
	const struct read_identity *r = &f->c->who;

	buf_addf(&f->text, STR_FMT, STR_ARG(r->state));
	if (r->baseline)
		buf_adds(&f->text, ", there since the first audit");
	buf_adds(&f->text, "; first seen ");
	words_day(&f->text, r->first_seen);
	buf_adds(&f->text, ", last seen ");
	words_day(&f->text, r->last_seen);
	if (r->gone_at != CLOCK_NONE) {
		buf_adds(&f->text, "; GONE since ");
		words_day(&f->text, r->gone_at);
	}
	card_line(f, "State          ");
}

static const char *
card_tri(enum tri t)
{
	static const char *const words[] = { "not known", "no", "yes" };

	MU_ASSERT((size_t)t < MU_COUNT(words));
	return words[t];
}

static void
card_head(struct face *f)
{
	const struct read_identity *r = &f->c->who;

	if (f->style->color)
		buf_adds(f->out, "\x1b[1m");
	vis_add(f->out, r->name.n != 0 ? r->name : r->key);
	if (f->style->color)
		buf_adds(f->out, "\x1b[0m");
	buf_addf(f->out, ", %s  [", word_id_plain(r->kind));
	vis_add(f->out, r->shown);
	buf_adds(f->out, "]\n\n");
	if (r->risk != REC_NO_INT) {
		buf_addf(&f->text, "%lld of 100", (long long)r->risk);
		if (r->risk_parts.n != 0)
			buf_adds(&f->text, " = ");
		vis_add(&f->text, r->risk_parts);
		card_line(f, "Risk           ");
	}
	card_owner(f);
	card_fact(f, "Purpose        ", r->purpose);
	card_fact(f, "Host           ", r->asset);
	card_seen(f);
	buf_addf(&f->text, "privileged: %s; usable from the internet: %s",
	    card_tri(r->privileged), card_tri(r->internet));
	card_line(f, "Power          ");
	card_fact(f, "Not listed     ", r->context);
	card_fact(f, "Key            ", r->key);
}

static void
card_finding(struct face *f, const struct read_finding *r)
{
	const struct check *check = audit_check(&f->c->words, r->check);

	buf_adds(f->out, "  ");
	table_severity(f->out, r->severity, f->style->color);
	buf_adds(f->out, ": ");
	vis_add(&f->text, audit_title(&f->c->words, r->check));
	if (r->detail.n != 0) {
		buf_adds(&f->text, " (");
		vis_add(&f->text, r->detail);
		buf_addc(&f->text, ')');
	}
	buf_addf(&f->text, "  [");
	vis_add(&f->text, r->fid);
	buf_adds(&f->text, "] ");
	vis_add(&f->text, r->check);
	buf_add(f->out, buf_str(&f->text));
	buf_reset(&f->text);
	buf_addc(f->out, '\n');
	card_fact(f, "    Because  ", check != NULL ? check->why : STR_NONE);
	words_where(&f->text, r->locator);
	if (r->locator.n == 0)
		buf_reset(&f->text);
	else {
		AUTO(buf) struct buf safe;

		buf_init(&safe, CARD_TEXT_MAX);
		vis_add(&safe, buf_str(&f->text));
		buf_reset(&f->text);
		buf_add(&f->text, buf_str(&safe));
	}
	card_line(f, "    Where    ");
	card_filled(f, "    Do       ",
	    check != NULL ? check->remedy : STR_NONE, r->locator);
	card_filled(f, "    Check by ",
	    check != NULL ? check->verify : STR_NONE, r->locator);
	card_fact(f, "    Graded   ", r->reasons);
}

/* The first few names of a certificate; JSON holds them all. */
static void
card_names(struct face *f, struct str json)
{
	AUTO(json) struct json *p = NULL;
	struct err e = { 0 };
	struct json_iter it;
	struct json_val v;
	struct str name;
	int64_t n = 0;

	p = json_new(REC_LINE_MAX);
	if (json.n == 0 || json_parse(p, json, &v, &e) < 0)
		return;
	it = json_each(v);
	while (json_next(&it, NULL, &v)) {
		if (n++ >= CARD_NAMES_MAX || !json_str(v, &name))
			continue;
		buf_adds(&f->text, n > 1 ? ", " : "");
		vis_add(&f->text, name);
	}
	if (n > CARD_NAMES_MAX)
		buf_addf(&f->text, " and %lld more",
		    (long long)n - CARD_NAMES_MAX);
	card_line(f, "    names    ");
}

static void
card_credential(struct face *f, const struct read_credential *r)
{
	const struct rec_credential *c = &r->rec;

	buf_adds(&f->text, words_cred(c->kind));
	if (c->alg.n != 0) {
		buf_addc(&f->text, ' ');
		vis_add(&f->text, c->alg);
	}
	if (c->bits != REC_NO_INT)
		buf_addf(&f->text, ", %lld bits", (long long)c->bits);
	if (c->length != REC_NO_INT)
		buf_addf(&f->text, ", %lld bytes long", (long long)c->length);
	if (c->weak != WEAK_NONE)
		buf_addf(&f->text, "; WEAK: %s",
		    word_of(&word_weak, (int)c->weak));
	card_time(f, "made", c->created);
	card_time(f, "expires", c->expires);
	card_time(f, "changed", c->changed);
	card_time(f, "last used", c->last_used);
	if (c->encrypted == TRI_YES)
		buf_adds(&f->text, "; encrypted");
	if (r->gone_at != CLOCK_NONE)
		buf_adds(&f->text, "; GONE");
	card_line(f, "  ");
	card_fact(f, "    subject  ", c->subject);
	card_fact(f, "    issuer   ", c->issuer);
	card_names(f, r->names_json);
	card_fact(f, "    shown as ", c->preview);
	card_fact(f, "    ", c->ssh_fp);
	card_fact(f, "    ", c->key);
}

static void
card_sighting(struct face *f, const struct read_sighting *r)
{
	AUTO(buf) struct buf where;

	buf_init(&where, CARD_TEXT_MAX);
	words_where(&where, r->rec.locator);
	vis_add(&f->text, buf_str(&where));
	buf_addf(&f->text, ": %s", words_role(r->rec.role));
	if (r->rec.owner.n != 0) {
		buf_adds(&f->text, "; file of ");
		vis_add(&f->text, r->rec.owner);
	}
	if (r->rec.readers != READERS_UNKNOWN)
		buf_addf(&f->text, ", readable by %s",
		    words_readers(r->rec.readers));
	if (r->rec.detail.n != 0) {
		buf_adds(&f->text, "; ");
		vis_add(&f->text, r->rec.detail);
	}
	buf_adds(&f->text, "; on ");
	vis_add(&f->text, r->asset_name);
	if (r->gone_at != CLOCK_NONE)
		buf_adds(&f->text, "; GONE");
	card_line(f, "  ");
}

/* The account of "account:host:1f2e:root" is "the account root". */
static void
card_target(struct face *f, struct str target)
{
	size_t at = str_rchr(target, ':');

	if (str_starts(target, STR("account:")) && at != SIZE_MAX) {
		buf_adds(&f->text, "the account ");
		target = str_skip(target, at + 1);
	}
	vis_add(&f->text, target);
}

static void
card_grant(struct face *f, const struct read_grant *r)
{
	AUTO(buf) struct buf where = { 0 };

	card_target(f, r->rec.target);
	buf_addf(&f->text, ": %s", words_capability(r->rec.capability));
	buf_addf(&f->text, "; limited to addresses: %s; to one command: %s",
	    card_tri(r->rec.from_limited), card_tri(r->rec.command_limited));
	if (r->rec.locator.n != 0) {
		buf_init(&where, CARD_TEXT_MAX);
		words_where(&where, r->rec.locator);
		buf_adds(&f->text, "; by ");
		vis_add(&f->text, buf_str(&where));
	}
	if (r->gone_at != CLOCK_NONE)
		buf_adds(&f->text, "; GONE");
	card_line(f, "  ");
}

static void
card_edge(struct face *f, const struct read_edge *r)
{

	/* A certificate and its key are one identity: no news for people. */
	if (str_eq(r->other_key, f->c->who.key))
		return;
	buf_adds(&f->text, words_edge(r->kind, r->out));
	buf_addc(&f->text, ' ');
	vis_add(&f->text, r->other_name.n != 0 ? r->other_name : r->other_key);
	buf_addf(&f->text, " (%s)  [", word_id_plain(r->other_kind));
	vis_add(&f->text, r->other_shown);
	buf_addc(&f->text, ']');
	if (r->evidence.n != 0) {
		AUTO(buf) struct buf by;

		buf_init(&by, CARD_TEXT_MAX);
		/* A place of the machine, or words. */
		if (str_chr(r->evidence, '/') != SIZE_MAX &&
		    str_chr(r->evidence, ' ') == SIZE_MAX)
			words_where(&by, r->evidence);
		else
			buf_add(&by, r->evidence);
		buf_adds(&f->text, " by ");
		vis_add(&f->text, buf_str(&by));
	}
	if (r->gone_at != CLOCK_NONE)
		buf_adds(&f->text, "; GONE");
	card_line(f, "  ");
}

static void
card_wrong(struct face *f)
{
	size_t i;

	if (f->c->findings.n == 0) {
		buf_adds(f->out, "\nNo check found anything wrong with it.\n");
		return;
	}
	card_heading(f, "What is wrong");
	for (i = 0; i < f->c->findings.n; i++)
		card_finding(f, &f->c->findings.v[i]);
}

void
card_findings(const struct card *c, const struct table_style *style,
    struct buf *out)
{
	struct face f = { .c = c, .style = style, .out = out };

	buf_init(&f.text, CARD_TEXT_MAX);
	vis_add(out, c->who.name.n != 0 ? c->who.name : c->who.key);
	buf_addf(out, ", %s  [", word_id_plain(c->who.kind));
	vis_add(out, c->who.shown);
	buf_adds(out, "]\n");
	card_wrong(&f);
	buf_free(&f.text);
}

void
card_text(const struct card *c, const struct table_style *style,
    struct buf *out)
{
	struct face f = { .c = c, .style = style, .out = out };
	size_t i;

	buf_init(&f.text, CARD_TEXT_MAX);
	card_head(&f);
	card_wrong(&f);
	if (c->credentials.n != 0)
		card_heading(&f, "What proves it");
	for (i = 0; i < c->credentials.n; i++)
		card_credential(&f, &c->credentials.v[i]);
	if (c->sightings.n != 0)
		card_heading(&f, "Where it was seen");
	for (i = 0; i < c->sightings.n; i++)
		card_sighting(&f, &c->sightings.v[i]);
	if (c->grants.n != 0)
		card_heading(&f, "What it may do");
	for (i = 0; i < c->grants.n; i++)
		card_grant(&f, &c->grants.v[i]);
	if (c->edges.n != 0)
		card_heading(&f, "What hangs together with it, and may break "
				 "when it changes");
	for (i = 0; i < c->edges.n; i++)
		card_edge(&f, &c->edges.v[i]);
	buf_free(&f.text);
}
