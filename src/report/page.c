#include "report/page.h"

#include "base/digest.h"
#include "base/embed.h"
#include "base/vis.h"
#include "report/runway.h"
#include "report/says.h"
#include "report/words.h"

#define PAGE_TEXT_MAX 1048576
#define PAGE_LIST_MAX 20000 /* rows of one table; the rest is counted */
#define DAY_S         86400
#define SOON_DAYS     90

extern const struct embed_file page_css[];

/* A sentence of report/says.h, which is safe for a terminal, as HTML. */
struct page {
	const struct audit *d;
	struct buf *out;
	struct buf text;
};

/*
 * The sentences are escaped by base/vis already; doing it again would double
 * each backslash, so only what HTML minds is escaped here. What `code` marks
 * in them becomes an element.
 */
static void
page_said(struct page *p)
{
	bool code = false;
	size_t i;
	char c;

	for (i = 0; i < p->text.n; i++) {
		c = p->text.p[i];
		if (c == '`') {
			buf_adds(p->out, code ? "</code>" : "<code>");
			code = !code;
		} else if (c == '<') {
			buf_adds(p->out, "&lt;");
		} else if (c == '>') {
			buf_adds(p->out, "&gt;");
		} else if (c == '&') {
			buf_adds(p->out, "&amp;");
		} else if (c == '"') {
			buf_adds(p->out, "&quot;");
		} else {
			buf_addc(p->out, c);
		}
	}
	if (code)
		buf_adds(p->out, "</code>");
	buf_reset(&p->text);
}

static void
page_fact(struct page *p, const char *name)
{

	if (p->text.n == 0)
		return;
	buf_addf(p->out, "<dt>%s</dt><dd>", name);
	page_said(p);
	buf_adds(p->out, "</dd>\n");
}

static void
page_style(struct buf *out)
{
	struct str css = str_of(page_css[0].text, page_css[0].n);
	struct digest d = digest_sha256(css);

	buf_adds(out, "<meta http-equiv=\"Content-Security-Policy\" "
		      "content=\"default-src 'none'; base-uri 'none'; "
		      "form-action 'none'; style-src 'sha256-");
	digest_base64(out, digest_str(&d), true);
	buf_adds(out, "'\">\n<style>");
	buf_add(out, css);
	buf_adds(out, "</style>\n");
}

/* "web01", or "3 hosts". */
static void
page_hosts(const struct page *p, struct buf *b)
{

	if (p->d->assets.n == 1)
		buf_add(b, p->d->assets.v[0].name.n != 0 ?
			       p->d->assets.v[0].name :
			       p->d->assets.v[0].key);
	else
		words_count(b, (int64_t)p->d->assets.n, "host", "hosts");
}

static void
page_head(struct page *p)
{
	AUTO(buf) struct buf hosts;

	buf_init(&hosts, PAGE_TEXT_MAX);
	page_hosts(p, &hosts);
	buf_adds(p->out,
	    "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1\">\n"
	    "<meta name=\"referrer\" content=\"no-referrer\">\n<title>"
	    "Machine identities of ");
	table_html(p->out, buf_str(&hosts));
	buf_adds(p->out, ", ");
	words_day(p->out, p->d->now_s);
	buf_adds(p->out, "</title>\n");
	page_style(p->out);
	buf_adds(p->out,
	    "</head>\n<body>\n"
	    "<a class=\"skip\" href=\"#main\">To the contents</a>\n"
	    "<header>\n<h1>Machine identities of ");
	table_html(p->out, buf_str(&hosts));
	buf_adds(p->out, "</h1>\n<p class=\"soft\">");
	words_day(p->out, p->d->now_s);
	buf_adds(p->out, ". Keys, certificates, tokens and service accounts: "
			 "everything that is not a person and can log "
			 "in.</p>\n<p class=\"lead\">");
	says_headline(&p->text, p->d);
	page_said(p);
	buf_adds(p->out, "</p>\n</header>\n<main id=\"main\">\n");
}

static void
page_coverage(struct page *p)
{

	buf_adds(p->out, "<h2>What was looked at</h2>\n<div class=\"scope\">"
			 "<dl class=\"fact\">\n");
	says_host(&p->text, p->d);
	page_fact(p, "Host");
	says_looked(&p->text, p->d);
	page_fact(p, "Looked at");
	says_not_seen(&p->text, p->d);
	page_fact(p, "Could not see");
	says_rights(&p->text, p->d);
	page_fact(p, "To see more");
	says_change(&p->text, p->d);
	page_fact(p, "Changes");
	says_context(&p->text, p->d);
	page_fact(p, "Not listed");
	buf_adds(p->out, "</dl>\n<p class=\"soft\">Where a place was not read, "
			 "finding nothing there means nothing.</p></div>\n");
}

static void
page_tile(struct page *p, int64_t n, const char *one, const char *words)
{

	buf_adds(p->out, "<li><b>");
	table_thousands(p->out, n);
	buf_addf(p->out, "</b> %s</li>\n", n == 1 ? one : words);
}

static int64_t
page_soon(const struct audit *d)
{
	int64_t n = 0, at;
	size_t i;

	for (i = 0; i < d->all.n; i++) {
		at = d->all.v[i].expires.at;
		n += at != CLOCK_NONE && at >= d->now_s &&
		     at < d->now_s + SOON_DAYS * DAY_S;
	}
	return n;
}

static void
page_numbers(struct page *p)
{
	const struct read_counts *c = &p->d->counts;

	buf_adds(p->out, "<h2>In numbers</h2>\n<ul class=\"tiles\">\n");
	page_tile(p, c->identities, "machine identity", "machine identities");
	page_tile(p, c->unowned, "that nobody is known to own",
	    "that nobody is known to own");
	page_tile(p, c->critical + c->high,
	    "finding to act on now (critical or high)",
	    "findings to act on now (critical or high)");
	page_tile(p, page_soon(p->d), "expires within 90 days",
	    "expire within 90 days");
	page_tile(p, c->unconfirmed, "not yet confirmed by a person",
	    "not yet confirmed by a person");
	buf_adds(p->out, "</ul>\n<p>Findings: ");
	says_findings(&p->text, p->d);
	page_said(p);
	buf_adds(p->out, ".</p>\n");
}

static void
page_item(struct page *p, size_t i)
{
	const struct read_identity *r = &p->d->top.v[i];

	buf_adds(p->out, "<li class=\"");
	table_html(p->out, r->severity);
	buf_addf(p->out, "\"><h3>%zu. ", i + 1);
	table_html(p->out, r->name.n != 0 ? r->name : r->key);
	buf_addf(p->out, "</h3>\n<p class=\"soft\"><span class=\"sev ");
	table_html(p->out, r->severity);
	buf_adds(p->out, "\">");
	table_html(p->out, r->severity);
	buf_addf(p->out,
	    "</span> %s; risk %lld of 100%s; id <span "
	    "class=\"id\">",
	    word_id_plain(r->kind), (long long)r->risk,
	    r->pinned ? ", always first" : "");
	table_html(p->out, r->shown);
	buf_adds(p->out, "</span></p>\n<dl class=\"fact\">\n");
	says_why(&p->text, p->d, r);
	page_fact(p, "Why");
	says_where(&p->text, p->d, r);
	page_fact(p, "Where");
	vis_add(&p->text, r->owner);
	if (r->owner.n == 0)
		buf_adds(&p->text, "nobody is known");
	page_fact(p, "Owner");
	says_do(&p->text, p->d, r);
	page_fact(p, "Do");
	vis_add(&p->text, r->risk_parts);
	page_fact(p, "Risk");
	buf_adds(p->out, "</dl></li>\n");
}

static void
page_top(struct page *p)
{
	size_t i;

	buf_adds(p->out, "<h2>What to do first</h2>\n");
	if (p->d->top.n == 0) {
		buf_adds(p->out, "<p class=\"empty\">No check found anything "
				 "wrong in what was read.</p>\n");
		return;
	}
	buf_adds(p->out, "<ol class=\"top\">\n");
	for (i = 0; i < p->d->top.n; i++)
		page_item(p, i);
	buf_adds(p->out, "</ol>\n");
}

static void
page_expiry(struct page *p)
{
	size_t i;

	buf_adds(p->out, "<h2>What expires when</h2>\n");
	runway_html(p->d, p->out);
	if (p->d->next.n == 0)
		return;
	buf_adds(p->out, "<p>Next:</p>\n<ul>\n");
	for (i = 0; i < p->d->next.n; i++) {
		buf_adds(p->out, "<li>");
		says_expiry(&p->text, p->d, &p->d->next.v[i]);
		page_said(p);
		buf_adds(p->out, "</li>\n");
	}
	buf_adds(p->out, "</ul>\n");
}

static int
page_table(struct page *p, const char *id, const char *title, struct table *t,
    int64_t left_out, struct err *e)
{
	const struct table_style plain = { 0 };

	buf_addf(p->out,
	    "<h2 id=\"%s\">%s</h2>\n<div class=\"wide\" tabindex=\"0\" "
	    "role=\"region\" aria-labelledby=\"%s\">\n",
	    id, title, id);
	TRY(table_print(t, TABLE_HTML, &plain, p->out, e));
	buf_adds(p->out, "</div>\n");
	if (left_out > 0) {
		buf_adds(p->out, "<p class=\"soft\">And ");
		words_count(p->out, left_out, "row", "rows");
		buf_adds(p->out, " more: a CSV file holds them all.</p>\n");
	}
	return MU_OK;
}

static int
page_findings(struct page *p, struct err *e)
{
	AUTO(table) struct table t = { 0 };

	TRY(audit_table(p->d, &t, e));
	return page_table(p, "findings", "All findings", &t, 0, e);
}

static int
page_inventory(struct page *p, struct err *e)
{
	static const struct table_col cols[] = {
		{ "name", "Identity", CELL_TEXT, false },
		{ "kind", "Kind", CELL_TEXT, false },
		{ "owner", "Owner", CELL_TEXT, false },
		{ "expires", "Expires", CELL_DAY, false },
		{ "found", "Places", CELL_INT, false },
		{ "risk", "Risk", CELL_INT, false },
		{ "worst", "Worst finding", CELL_SEVERITY, false },
		{ "id", "Id", CELL_ID, false },
	};
	AUTO(table) struct table t = { 0 };
	const struct read_identity *r;
	size_t i;

	table_init(&t, "identities", cols, MU_COUNT(cols),
	    "No machine identity was found in what was read.");
	for (i = 0; i < p->d->all.n && i < PAGE_LIST_MAX; i++) {
		r = &p->d->all.v[i];
		TRY(table_row(&t,
		    (struct table_cell[]){
			CELL_S(r->name.n != 0 ? r->name : r->key),
			CELL_S(str_from(word_id_plain(r->kind))),
			CELL_S(r->owner), CELL_T(r->expires.at),
			CELL_I(r->sightings), CELL_T(r->risk),
			r->severity.n != 0 ? CELL_S(r->severity) : CELL_NONE,
			CELL_S(r->shown) },
		    e));
	}
	return page_table(p, "inventory", "All machine identities", &t,
	    (int64_t)p->d->all.n - (int64_t)i, e);
}

static int
page_gaps(struct page *p, struct err *e)
{
	static const struct table_col cols[] = {
		{ "where", "Where (the first)", CELL_TEXT, false },
		{ "why", "Why", CELL_TEXT, false },
		{ "detail", "Detail", CELL_TEXT, false },
		{ "place", "Place", CELL_TEXT, false },
		{ "count", "How many", CELL_INT, false },
	};
	AUTO(table) struct table t = { 0 };
	const struct read_gap *g;
	struct str where;
	size_t i;

	table_init(&t, "gaps", cols, MU_COUNT(cols),
	    "Everything that Muster looked for could be read.");
	for (i = 0; i < p->d->gaps.n && i < PAGE_LIST_MAX; i++) {
		g = &p->d->gaps.v[i];
		words_where(&p->text, g->locator);
		TRY(arena_str(p->d->arena, buf_str(&p->text), &where, e));
		buf_reset(&p->text);
		TRY(table_row(&t,
		    (struct table_cell[]){ CELL_S(where),
			CELL_S(str_from(words_gap(g->reason))),
			CELL_S(g->detail), CELL_S(g->place), CELL_I(g->count) },
		    e));
	}
	return page_table(p, "gaps", "What could not be seen", &t,
	    (int64_t)p->d->gaps.n - (int64_t)i, e);
}

static int
page_places(struct page *p, struct err *e)
{
	static const struct table_col cols[] = {
		{ "place", "Kind of place", CELL_TEXT, false },
		{ "state", "Read?", CELL_TEXT, false },
		{ "files", "Files", CELL_INT, false },
		{ "gaps", "Gaps", CELL_INT, false },
		{ "host", "Host", CELL_TEXT, false },
	};
	static const char *const states[] = { "wholly", "in part", "no",
		"not on this machine" };
	AUTO(table) struct table t = { 0 };
	const struct read_coverage *c;
	size_t i;

	_Static_assert(MU_COUNT(states) == COVER_STATES, "states");
	table_init(&t, "coverage", cols, MU_COUNT(cols),
	    "No place was looked at.");
	for (i = 0; i < p->d->coverage.n && i < PAGE_LIST_MAX; i++) {
		c = &p->d->coverage.v[i];
		TRY(table_row(&t,
		    (struct table_cell[]){ CELL_S(c->place),
			CELL_S(str_from(states[c->state])), CELL_I(c->files),
			CELL_I(c->gaps), CELL_S(c->asset) },
		    e));
	}
	return page_table(p, "places", "Every kind of place", &t,
	    (int64_t)p->d->coverage.n - (int64_t)i, e);
}

static void
page_made(struct page *p)
{
	const struct read_asset *a;
	size_t i;

	buf_adds(p->out, "<h2>How this was made</h2>\n<dl class=\"fact\">\n");
	buf_adds(&p->text, "Muster " MUSTER_VERSION);
	page_fact(p, "Program");
	buf_addf(&p->text, "%zu, each with its reason and what to do about it",
	    p->d->n_checks);
	page_fact(p, "Checks");
	clock_stamp(&p->text, p->d->now_s);
	page_fact(p, "Judged as of");
	for (i = 0; i < p->d->assets.n; i++) {
		a = &p->d->assets.v[i];
		buf_adds(p->out, "<dt>");
		table_html(p->out, a->name.n != 0 ? a->name : a->key);
		buf_adds(p->out, "</dt><dd>read ");
		clock_stamp(p->out, a->run_at);
		buf_adds(p->out,
		    a->euid == 0 ? " as root" : " as an ordinary account");
		buf_adds(p->out, a->partial ? "; the reading broke off" : "");
		buf_adds(p->out, "</dd>\n");
	}
	buf_adds(p->out,
	    "</dl>\n<p>The files of the machine were read by a process that "
	    "could write nothing and reach no network. No secret is in this "
	    "report: keys and tokens are named by what is public of them. "
	    "Risk is a sum of printed parts; a part that is not known counts "
	    "half and has a question mark.</p>\n"
	    "</main>\n<footer><p>This report supports, and does not replace, "
	    "an assessment by a person. Treat it as confidential: it says "
	    "where the weak places are.</p></footer>\n</body>\n</html>\n");
}

int
page_html(const struct audit *d, struct buf *out, struct err *e)
{
	struct page p = { .d = d, .out = out };
	int r;

	buf_init(&p.text, PAGE_TEXT_MAX);
	page_head(&p);
	page_coverage(&p);
	page_numbers(&p);
	page_top(&p);
	page_expiry(&p);
	r = page_findings(&p, e);
	if (r == MU_OK)
		r = page_inventory(&p, e);
	if (r == MU_OK)
		r = page_gaps(&p, e);
	if (r == MU_OK)
		r = page_places(&p, e);
	page_made(&p);
	buf_free(&p.text);
	return r < 0 ? r : buf_check(out, "the report", e);
}
