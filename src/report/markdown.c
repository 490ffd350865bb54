#include "report/markdown.h"

#include "report/says.h"

#define MARKDOWN_TEXT_MAX 1048576

struct note {
	const struct audit *d;
	struct buf *out;
	struct buf text;
};

/* A sentence of report/says.h; base/vis has been over it, so a backslash of
 * its own would be doubled again by table_markdown(). */
static void
markdown_said(struct note *n, const char *lead)
{
	size_t i;

	if (n->text.n != 0) {
		buf_adds(n->out, lead);
		for (i = 0; i < n->text.n; i++) {
			if (n->text.p[i] == '&' || n->text.p[i] == '<') {
				buf_adds(n->out,
				    n->text.p[i] == '&' ? "&amp;" : "&lt;");
				continue;
			}
			if (strchr("\\*_[]|", n->text.p[i]) != NULL)
				buf_addc(n->out, '\\');
			buf_addc(n->out, n->text.p[i]);
		}
		buf_addc(n->out, '\n');
	}
	buf_reset(&n->text);
}

static void
markdown_item(struct note *n, size_t i)
{
	const struct read_identity *r = &n->d->top.v[i];

	buf_addf(n->out, "%zu. **", i + 1);
	table_markdown(n->out, r->name.n != 0 ? r->name : r->key);
	buf_addf(n->out, "**, %s: ", word_id_plain(r->kind));
	table_markdown(n->out, r->severity);
	buf_addf(n->out, ", risk %lld of 100 (", (long long)r->risk);
	table_markdown(n->out, r->shown);
	buf_adds(n->out, ")\n");
	says_why(&n->text, n->d, r);
	markdown_said(n, "   - Why: ");
	says_where(&n->text, n->d, r);
	markdown_said(n, "   - Where: ");
	says_do(&n->text, n->d, r);
	markdown_said(n, "   - Do: ");
}

static void
markdown_facts(struct note *n)
{
	size_t i;

	says_looked(&n->text, n->d);
	markdown_said(n, "- Looked at: ");
	says_not_seen(&n->text, n->d);
	markdown_said(n, "- Could not see: ");
	says_rights(&n->text, n->d);
	markdown_said(n, "- To see more: ");
	says_change(&n->text, n->d);
	markdown_said(n, "- Changes: ");
	says_findings(&n->text, n->d);
	markdown_said(n, "- Findings: ");
	for (i = 0; i < n->d->next.n; i++) {
		says_expiry(&n->text, n->d, &n->d->next.v[i]);
		markdown_said(n, "- Expires: ");
	}
}

int
markdown_print(const struct audit *d, struct buf *out, struct err *e)
{
	struct note n = { .d = d, .out = out };
	const struct table_style plain = { 0 };
	AUTO(table) struct table t = { 0 };
	size_t i;

	buf_init(&n.text, MARKDOWN_TEXT_MAX);
	says_headline(&n.text, d);
	markdown_said(&n, "# ");
	buf_addc(out, '\n');
	markdown_facts(&n);
	if (d->top.n != 0)
		buf_adds(out, "\n## What to do first\n\n");
	for (i = 0; i < d->top.n; i++)
		markdown_item(&n, i);
	buf_adds(out, "\n## All findings\n\n");
	says_context(&n.text, d);
	markdown_said(&n, "Not listed: ");
	buf_addc(out, '\n');
	buf_free(&n.text);
	TRY(audit_table(d, &t, e));
	TRY(table_print(&t, TABLE_MARKDOWN, &plain, out, e));
	return buf_check(out, "the audit", e);
}
