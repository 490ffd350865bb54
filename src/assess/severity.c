#include "assess/severity.h"

#include "assess/checkfile.h"

#define DAY_S 86400

/* Steps that all escalators together may add. */
#define STEPS_MAX 2

/* As in MUS-INV-001: how long a new identity may wait for its owner, days. */
#define OWNER_DAYS 14

/* From this many systems on, sharing makes a finding worse. */
#define SHARED_BY 3

enum fact {
	FACT_PRIVILEGED,
	FACT_INTERNET,
	FACT_DATA,
	FACT_SHARED,
	FACT_OWNER,
	FACT_FRESH,
	FACTS,
};

static const struct {
	const char *yes, *unknown;
} words[] = {
	[FACT_PRIVILEGED] = { "privileged", "privileges" },
	[FACT_INTERNET] = { "usable from the internet",
	    "use from the internet" },
	[FACT_DATA] = { "reaches personal data", "personal data" },
	[FACT_SHARED] = { "shared by three systems or more", "sharing" },
	[FACT_OWNER] = { "nobody owns it", "owner" },
	[FACT_FRESH] = { "new", "age" },
};

/* What a check itself reports does not make it worse. */
static const struct {
	const char *check;
	enum fact fact;
} itself[] = {
	{ "MUS-INV-001", FACT_OWNER },
	{ "MUS-PRV-001", FACT_PRIVILEGED },
	{ "MUS-PRV-002", FACT_PRIVILEGED },
	{ "MUS-PRV-007", FACT_PRIVILEGED },
};

static enum tri
yes_no(bool yes)
{

	return yes ? TRI_YES : TRI_NO;
}

/* New: it came after the first audit, and not longer ago than fresh_days. */
static enum tri
is_fresh(const struct work *w, const struct work_found *f)
{
	int64_t days;

	if (!checkfile_param(&w->checks[f->check], STR("fresh_days"), &days))
		return TRI_NO;
	if (f->since_at == REC_NO_INT)
		return TRI_UNKNOWN;
	if (f->asset != WORK_NONE &&
	    f->since_at <= w->assets.v[f->asset].baseline_at)
		return TRI_NO;
	return yes_no(f->since_at >= w->now_s - days * DAY_S);
}

/*
 * Nobody owns it; but of one that was found the other day nobody has been
 * asked yet, so that is not known, unless it is privileged.
 */
static enum tri
is_ownerless(const struct work *w, const struct work_identity *i)
{

	if (i->owned)
		return TRI_NO;
	if (i->privileged == TRI_YES ||
	    i->first_seen <= w->now_s - OWNER_DAYS * DAY_S)
		return TRI_YES;
	return TRI_UNKNOWN;
}

static void
find_facts(const struct work *w, const struct work_found *f,
    enum tri facts[FACTS])
{
	const struct work_identity *i = &w->identities.v[f->identity];
	size_t k;

	facts[FACT_PRIVILEGED] = i->privileged;
	facts[FACT_INTERNET] = i->internet;
	facts[FACT_DATA] = TRI_UNKNOWN;
	facts[FACT_SHARED] = yes_no(i->systems >= SHARED_BY);
	facts[FACT_OWNER] = is_ownerless(w, i);
	facts[FACT_FRESH] = is_fresh(w, f);
	for (k = 0; k < MU_COUNT(itself); k++)
		if (str_eq(w->checks[f->check].id, str_from(itself[k].check)))
			facts[itself[k].fact] = TRI_NO;
}

/* Whether less than ${days} days, or a ${part} of the life if that is shorter,
 * are left. */
static bool
is_short(const struct work *w, const struct work_found *f, int64_t days,
    int64_t part)
{
	int64_t left = f->expires_at - w->now_s;

	if (f->expires_at == REC_NO_INT || left >= days * DAY_S)
		return false;
	return f->created_at == REC_NO_INT ||
	       left < (f->expires_at - f->created_at) / part;
}

/* The severity of the head, or a worse one by the check's own limits. */
static enum severity
grade(const struct work *w, const struct work_found *f)
{
	const struct check *c = &w->checks[f->check];
	enum severity s = c->severity;
	int64_t limit;

	if ((checkfile_param(c, STR("high_days"), &limit) &&
		is_short(w, f, limit, 6)) ||
	    (checkfile_param(c, STR("high_below"), &limit) &&
		f->value != REC_NO_INT && f->value < limit))
		s = s > SEV_HIGH ? s : SEV_HIGH;
	if ((checkfile_param(c, STR("critical_days"), &limit) &&
		is_short(w, f, limit, 12)) ||
	    (checkfile_param(c, STR("critical_below"), &limit) &&
		f->value != REC_NO_INT && f->value < limit))
		s = SEV_CRITICAL;
	return s;
}

static void
add_words(struct buf *b, const char *between, const char *head,
    const char *text)
{

	if (b->n != 0)
		buf_adds(b, between);
	buf_adds(b, head);
	buf_adds(b, text);
}

/* "not known: privileges, personal data" */
static void
add_unknown(struct buf *b, const enum tri facts[FACTS])
{
	bool first = true;
	int k;

	for (k = 0; k < FACTS; k++) {
		if (facts[k] != TRI_UNKNOWN)
			continue;
		add_words(b, first ? "; " : ", ", first ? "not known: " : "",
		    words[k].unknown);
		first = false;
	}
}

/* A credential that lives less than a day is one step milder. */
static bool
is_brief(const struct work_found *f)
{

	return f->created_at != REC_NO_INT && f->expires_at != REC_NO_INT &&
	       f->expires_at > f->created_at &&
	       f->expires_at - f->created_at < DAY_S;
}

int
severity_grade(const struct work *w, struct work_found *f, struct err *e)
{
	AUTO(buf) struct buf b = { 0 };
	enum tri facts[FACTS];
	int k, up = 0, s;

	buf_init(&b, REC_LINE_MAX);
	f->base = w->checks[f->check].severity;
	s = (int)grade(w, f);
	if (s != (int)f->base)
		add_words(&b, "", "graded ",
		    assess_severity_word((enum severity)s));
	find_facts(w, f, facts);
	for (k = 0; k < FACTS; k++) {
		if (facts[k] != TRI_YES || up == STEPS_MAX)
			continue;
		add_words(&b, ", ", "+1 ", words[k].yes);
		up++;
	}
	s += up;
	if (is_brief(f)) {
		add_words(&b, ", ", "-1 ", "lives less than a day");
		s--;
	}
	s = s < SEV_INFO ? SEV_INFO : s > SEV_CRITICAL ? SEV_CRITICAL : s;
	f->severity = (enum severity)s;
	add_unknown(&b, facts);
	return arena_str(w->a, buf_str(&b), &f->reasons, e);
}
