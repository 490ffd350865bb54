#include "report/screen.h"

#include "base/vis.h"
#include "report/says.h"
#include "report/words.h"

#define SCREEN_COLUMNS     80
#define SCREEN_COLUMNS_MAX 110 /* a longer line is hard to read */
#define SCREEN_TEXT_MAX    1048576
#define SCREEN_WHY_LINES   3
#define SCREEN_DO_LINES    2
#define SCREEN_NAME_COLS   44

#define LABEL_FMT "%-15s"

struct screen {
	const struct audit *d;
	const struct table_style *style;
	struct buf *out;
	struct buf text; /* one paragraph at a time */
};

static size_t
screen_width(const struct table_style *style)
{

	if (style->columns == 0)
		return SCREEN_COLUMNS;
	return style->columns > SCREEN_COLUMNS_MAX ? SCREEN_COLUMNS_MAX :
						     style->columns;
}

/* The next word; a command between backquotes is one, that it can be copied. */
static bool
screen_word(struct str *text, struct str *word)
{
	struct str next;
	size_t i, marks = 0;

	if (!str_word(text, word))
		return false;
	for (i = 0; i < word->n; i++)
		marks += word->p[i] == '`';
	while (marks % 2 == 1 && str_word(text, &next)) {
		for (i = 0; i < next.n; i++)
			marks += next.p[i] == '`';
		word->n = (size_t)(next.p - word->p) + next.n;
	}
	return true;
}

/* At most ${lines} lines; what is cut ends in U+2026. */
static void
screen_lines(struct buf *out, const char *lead, struct str text,
    const struct table_style *style, size_t lines)
{
	size_t indent = strlen(lead), at = indent, w, i;
	size_t width = screen_width(style);
	bool first = true;
	struct str word;

	buf_adds(out, lead);
	while (screen_word(&text, &word)) {
		w = vis_width(word);
		if (lines == 1 && !first && text.n != 0 &&
		    at + 1 + w + 2 > width) {
			buf_adds(out, " \xe2\x80\xa6");
			break;
		}
		if (!first && at + 1 + w > width) {
			lines--;
			buf_addc(out, '\n');
			for (i = 0; i < indent; i++)
				buf_addc(out, ' ');
			at = indent;
		} else if (!first) {
			buf_addc(out, ' ');
			at++;
		}
		first = false;
		buf_add(out, word);
		at += w;
	}
	buf_addc(out, '\n');
}

void
screen_para(struct buf *out, const char *lead, struct str text,
    const struct table_style *style)
{

	screen_lines(out, lead, text, style, SIZE_MAX);
}

static void
screen_bold(const struct screen *s, const char *on)
{

	if (s->style->color)
		buf_adds(s->out, on);
}

/* Print the gathered paragraph under ${label}, and begin a new one. */
static void
screen_label(struct screen *s, const char *label)
{
	char lead[32];

	(void)snprintf(lead, sizeof(lead), LABEL_FMT, label);
	if (s->text.n != 0)
		screen_para(s->out, lead, buf_str(&s->text), s->style);
	buf_reset(&s->text);
}

static void
screen_head(struct screen *s)
{

	screen_bold(s, "\x1b[1m");
	says_headline(&s->text, s->d);
	screen_para(s->out, "", buf_str(&s->text), s->style);
	buf_reset(&s->text);
	screen_bold(s, "\x1b[0m");
	buf_addc(s->out, '\n');
}

static void
screen_facts(struct screen *s)
{
	size_t i;

	says_host(&s->text, s->d);
	screen_label(s, "Host");
	says_looked(&s->text, s->d);
	screen_label(s, "Looked at");
	says_not_seen(&s->text, s->d);
	screen_label(s, "Could not see");
	says_rights(&s->text, s->d);
	screen_label(s, "");
	says_change(&s->text, s->d);
	screen_label(s, "Changes");
	says_findings(&s->text, s->d);
	screen_label(s, "Findings");
	for (i = 0; i < s->d->next.n; i++) {
		says_expiry(&s->text, s->d, &s->d->next.v[i]);
		screen_label(s, i == 0 ? "Expires next" : "");
	}
}

/* " 1   81  critical  SSH key  deploy@ci   ab12cd34" */
static void
screen_item_head(struct screen *s, size_t i, const struct read_identity *r)
{
	AUTO(buf) struct buf name;

	buf_init(&name, SCREEN_TEXT_MAX);
	buf_addf(s->out, "%2zu. ", i + 1);
	screen_bold(s, "\x1b[1m");
	vis_add(&name, r->name);
	if (name.n == 0)
		vis_add(&name, r->key);
	vis_fit(s->out, buf_str(&name), SCREEN_NAME_COLS);
	screen_bold(s, "\x1b[0m");
	buf_addf(s->out, ", %s: ", word_id_plain(r->kind));
	table_severity(s->out, r->severity, s->style->color);
	buf_addf(s->out, ", risk %lld of 100%s  [", (long long)r->risk,
	    r->pinned ? ", always first" : "");
	vis_add(s->out, r->shown);
	buf_adds(s->out, "]\n");
}

static void
screen_item(struct screen *s, size_t i)
{
	const struct read_identity *r = &s->d->top.v[i];

	screen_item_head(s, i, r);
	says_why(&s->text, s->d, r);
	screen_lines(s->out, "    Why    ", buf_str(&s->text), s->style,
	    SCREEN_WHY_LINES);
	buf_reset(&s->text);
	says_where(&s->text, s->d, r);
	if (s->text.n != 0)
		screen_para(s->out, "    Where  ", buf_str(&s->text), s->style);
	buf_reset(&s->text);
	says_do(&s->text, s->d, r);
	if (s->text.n != 0)
		screen_lines(s->out, "    Do     ", buf_str(&s->text), s->style,
		    SCREEN_DO_LINES);
	buf_reset(&s->text);
}

static void
screen_top(struct screen *s)
{
	size_t i;

	if (s->d->top.n == 0)
		return;
	screen_bold(s, "\x1b[1m");
	buf_addf(s->out, "\n%s\n",
	    s->d->top.n == 1 ? "The one to begin with" : "Begin with these");
	screen_bold(s, "\x1b[0m");
	for (i = 0; i < s->d->top.n; i++)
		screen_item(s, i);
}

void
screen_print(const struct audit *d, const struct table_style *style,
    struct buf *out)
{
	struct screen s = { .d = d, .style = style, .out = out };

	buf_init(&s.text, SCREEN_TEXT_MAX);
	screen_head(&s);
	screen_facts(&s);
	screen_top(&s);
	buf_addc(out, '\n');
	says_context(&s.text, d);
	if (s.text.n != 0)
		screen_para(out, "Not listed: ", buf_str(&s.text), style);
	buf_reset(&s.text);
	says_next(&s.text, d);
	screen_para(out, "Next: ", buf_str(&s.text), style);
	buf_free(&s.text);
}
