#include "report/runway.h"

#include "report/words.h"

#define DAY_S     86400
#define WEEK_S    (7 * DAY_S)
#define BAR_W     44 /* SVG units */
#define BAR_GAP   8
#define BAR_H_MAX 110
#define TOP       22

void
runway_count(const struct audit *d, struct runway *out)
{
	int64_t at, week;
	size_t i;

	*out = (struct runway){ 0 };
	for (i = 0; i < d->all.n; i++) {
		at = d->all.v[i].expires.at;
		if (at == CLOCK_NONE) {
			out->never++;
			continue;
		}
		week = (at - d->now_s) / WEEK_S;
		if (at < d->now_s)
			out->overdue++;
		else if (week < RUNWAY_WEEKS)
			out->weeks[week]++;
		else
			out->later++;
	}
}

static int64_t
runway_most(const struct runway *r)
{
	int64_t most = r->overdue;
	size_t i;

	for (i = 0; i < RUNWAY_WEEKS; i++)
		if (r->weeks[i] > most)
			most = r->weeks[i];
	return most;
}

static void
runway_bar(struct buf *out, size_t i, int64_t n, int64_t most, bool overdue)
{
	int64_t h = most != 0 ? n * BAR_H_MAX / most : 0;
	size_t x = i * (BAR_W + BAR_GAP);

	if (n != 0 && h < 3)
		h = 3;
	buf_addf(out,
	    "<rect class=\"%s\" x=\"%zu\" y=\"%lld\" width=\"%d\" "
	    "height=\"%lld\"/>",
	    overdue ? "bar over" : "bar", x, (long long)(TOP + BAR_H_MAX - h),
	    BAR_W, (long long)h);
	if (n != 0)
		buf_addf(out,
		    "<text class=\"n\" x=\"%zu\" y=\"%lld\">%lld</text>",
		    x + BAR_W / 2, (long long)(TOP + BAR_H_MAX - h - 6),
		    (long long)n);
}

static void
runway_label(struct buf *out, size_t i, const char *text)
{

	buf_addf(out, "<text class=\"w\" x=\"%zu\" y=\"%d\">%s</text>",
	    i * (BAR_W + BAR_GAP) + BAR_W / 2, TOP + BAR_H_MAX + 18, text);
}

static void
runway_week_label(struct buf *out, const struct audit *d, size_t i)
{
	AUTO(buf) struct buf b;

	buf_init(&b, 64);
	words_day(&b, d->now_s + (int64_t)i * WEEK_S);
	/* "21 Nov 2026": the day and the month are enough on an axis. */
	buf_cut(&b, b.n > 5 ? b.n - 5 : b.n);
	buf_addc(&b, '\0');
	runway_label(out, i + 1, b.p);
}

static void
runway_sentence(const struct runway *r, struct buf *out)
{
	int64_t soon = 0;
	size_t i;

	for (i = 0; i < RUNWAY_WEEKS; i++)
		soon += r->weeks[i];
	words_count(out, r->overdue, "identity has", "identities have");
	buf_adds(out, " expired, ");
	words_count(out, soon, "expires", "expire");
	buf_adds(out, " within 13 weeks, ");
	words_count(out, r->later, "expires", "expire");
	buf_adds(out, " later, ");
	words_count(out, r->never, "has", "have");
	buf_adds(out, " no date of expiry");
}

static void
runway_table(const struct audit *d, const struct runway *r, struct buf *out)
{
	size_t i;

	buf_adds(out, "<details><summary>The same as a table</summary>\n"
		      "<table>\n<thead><tr><th scope=\"col\">Week from</th>"
		      "<th scope=\"col\" class=\"num\">Expire</th></tr>"
		      "</thead>\n<tbody>\n");
	buf_addf(out,
	    "<tr><th scope=\"row\">Expired already</th>"
	    "<td class=\"num\">%lld</td></tr>\n",
	    (long long)r->overdue);
	for (i = 0; i < RUNWAY_WEEKS; i++) {
		buf_adds(out, "<tr><th scope=\"row\">");
		words_day(out, d->now_s + (int64_t)i * WEEK_S);
		buf_addf(out, "</th><td class=\"num\">%lld</td></tr>\n",
		    (long long)r->weeks[i]);
	}
	buf_addf(out,
	    "<tr><th scope=\"row\">Later</th><td class=\"num\">%lld</td></tr>\n"
	    "</tbody>\n</table>\n</details>\n",
	    (long long)r->later);
}

void
runway_html(const struct audit *d, struct buf *out)
{
	struct runway r;
	int64_t most;
	size_t i;

	runway_count(d, &r);
	most = runway_most(&r);
	buf_adds(out, "<p>");
	runway_sentence(&r, out);
	buf_adds(out, ".</p>\n");
	if (most != 0) {
		buf_addf(out,
		    "<svg class=\"runway\" role=\"img\" viewBox=\"0 0 %d %d\" "
		    "aria-label=\"",
		    (RUNWAY_WEEKS + 1) * (BAR_W + BAR_GAP),
		    TOP + BAR_H_MAX + 26);
		runway_sentence(&r, out);
		buf_adds(out, "\">");
		runway_bar(out, 0, r.overdue, most, true);
		runway_label(out, 0, "expired");
		for (i = 0; i < RUNWAY_WEEKS; i++) {
			runway_bar(out, i + 1, r.weeks[i], most, false);
			runway_week_label(out, d, i);
		}
		buf_addf(out,
		    "<line class=\"axis\" x1=\"0\" y1=\"%d\" x2=\"%d\" "
		    "y2=\"%d\"/></svg>\n",
		    TOP + BAR_H_MAX, (RUNWAY_WEEKS + 1) * (BAR_W + BAR_GAP),
		    TOP + BAR_H_MAX);
	}
	runway_table(d, &r, out);
}
