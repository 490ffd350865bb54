#include "report/table.h"

#include "base/jwrite.h"
#include "base/vis.h"

#define TABLE_COLS_MAX  32
#define TABLE_GAP       2
#define TABLE_NARROWEST 10 /* columns that a cut column keeps */
#define TABLE_WIDEST    80 /* columns that are padded for where nothing cuts */
#define TABLE_SCRATCH   16777216

static const char *const format_words[] = { "table", "json", "ndjson", "csv",
	"markdown", "html" };

_Static_assert(MU_COUNT(format_words) == TABLE_FORMATS, "format_words");

enum table_format
table_format_of(struct str word)
{
	size_t i;

	for (i = 0; i < TABLE_FORMATS; i++)
		if (str_eq(word, str_from(format_words[i])))
			return (enum table_format)i;
	return TABLE_FORMATS;
}

void
table_init(struct table *t, const char *what, const struct table_col *cols,
    size_t n, const char *empty)
{

	MU_ASSERT(n != 0 && n <= TABLE_COLS_MAX);
	*t = (struct table){
		.what = what, .cols = cols, .n_cols = n, .empty = empty
	};
}

void
table_done(struct table *t)
{

	vec_free(&t->cells);
}

int
table_row(struct table *t, const struct table_cell *cells, struct err *e)
{
	size_t i;

	for (i = 0; i < t->n_cols; i++)
		if (!vec_push(&t->cells, TABLE_CELLS_MAX, cells[i]))
			return err_set(e, MU_ELIMIT,
			    "the table has more than %d cells",
			    TABLE_CELLS_MAX);
	return MU_OK;
}

size_t
table_rows(const struct table *t)
{

	return t->cells.n / t->n_cols;
}

void
table_severity(struct buf *b, struct str word, bool color)
{
	static const struct {
		const char *word, *on;
	} t[] = {
		{ "critical", "\x1b[1;31m" },
		{ "high", "\x1b[31m" },
		{ "medium", "\x1b[33m" },
		{ "low", "\x1b[34m" },
	};
	const char *on = NULL;
	size_t i;

	for (i = 0; color && i < MU_COUNT(t); i++)
		if (str_eq(word, str_from(t[i].word)))
			on = t[i].on;
	if (on != NULL)
		buf_adds(b, on);
	vis_add(b, word);
	if (on != NULL)
		buf_adds(b, "\x1b[0m");
}

void
table_thousands(struct buf *b, int64_t n)
{
	char digits[24];
	int len, i;

	len = snprintf(digits, sizeof(digits), "%lld", (long long)n);
	for (i = 0; i < len; i++) {
		if (i > (n < 0) && (len - i) % 3 == 0)
			buf_addc(b, ',');
		buf_addc(b, digits[i]);
	}
}

void
table_html(struct buf *b, struct str s)
{
	AUTO(buf) struct buf safe;
	size_t i;

	buf_init(&safe, TABLE_SCRATCH);
	vis_add(&safe, s);
	for (i = 0; i < safe.n; i++) {
		if (safe.p[i] == '&')
			buf_adds(b, "&amp;");
		else if (safe.p[i] == '<')
			buf_adds(b, "&lt;");
		else if (safe.p[i] == '>')
			buf_adds(b, "&gt;");
		else if (safe.p[i] == '"')
			buf_adds(b, "&quot;");
		else if (safe.p[i] == '\'')
			buf_adds(b, "&#39;");
		else
			buf_addc(b, safe.p[i]);
	}
}

void
table_markdown(struct buf *b, struct str s)
{
	AUTO(buf) struct buf safe;
	size_t i;

	buf_init(&safe, TABLE_SCRATCH);
	vis_add(&safe, s);
	for (i = 0; i < safe.n; i++) {
		if (safe.p[i] == '&') {
			buf_adds(b, "&amp;");
			continue;
		}
		if (strchr("\\`*_[]<>|~#!", safe.p[i]) != NULL)
			buf_addc(b, '\\');
		buf_addc(b, safe.p[i]);
	}
}

/* A spreadsheet takes a field that begins so for a formula. */
static bool
table_formula(struct str s)
{

	return s.n != 0 && strchr("=+-@\t\r", s.p[0]) != NULL && s.p[0] != '\0';
}

void
table_csv(struct buf *b, struct str s)
{
	AUTO(buf) struct buf safe;
	bool quote = false;
	size_t i;

	buf_init(&safe, TABLE_SCRATCH);
	if (table_formula(s))
		buf_addc(&safe, '\'');
	vis_add(&safe, s);
	for (i = 0; i < safe.n && !quote; i++)
		quote = safe.p[i] == '"' || safe.p[i] == ',';
	if (quote)
		buf_addc(b, '"');
	for (i = 0; i < safe.n; i++) {
		if (safe.p[i] == '"')
			buf_addc(b, '"');
		buf_addc(b, safe.p[i]);
	}
	if (quote)
		buf_addc(b, '"');
}

/* The cell as text: for people a day and "-", for machines a stamp and "". */
static void
table_plain(struct buf *b, const struct table_col *col,
    const struct table_cell *c, bool people)
{

	if (people && (c->none || (col->kind == CELL_TEXT && c->s.n == 0)))
		buf_addc(b, '-');
	if (c->none)
		return;
	switch (col->kind) {
	case CELL_TEXT:
	case CELL_SEVERITY:
	case CELL_ID:
		buf_add(b, c->s);
		break;
	case CELL_INT:
		buf_addf(b, "%lld", (long long)c->i);
		break;
	case CELL_DAY:
		if (people)
			clock_day(b, c->i);
		else
			clock_stamp(b, c->i);
		break;
	}
}

/* Text for the terminal: what table_plain() gives, made safe. */
static void
table_shown(struct buf *b, struct buf *raw, const struct table_col *col,
    const struct table_cell *c)
{

	buf_reset(raw);
	buf_reset(b);
	table_plain(raw, col, c, true);
	vis_add(b, buf_str(raw));
}

struct shape {
	size_t width[TABLE_COLS_MAX];
	bool hidden[TABLE_COLS_MAX];
	size_t last; /* the last column that is shown */
	struct buf raw, safe;
};

static void
table_last(const struct table *t, struct shape *s)
{
	size_t i;

	for (i = 0; i < t->n_cols; i++)
		if (!s->hidden[i])
			s->last = i;
}

static size_t
table_total(const struct table *t, const struct shape *s)
{
	size_t i, total = 0;

	for (i = 0; i < t->n_cols; i++)
		if (!s->hidden[i])
			total += s->width[i] + (i != s->last ? TABLE_GAP : 0);
	return total;
}

/* Whether no row says anything in a column. */
static bool
table_blank(const struct table *t, size_t col)
{
	size_t i;

	for (i = col; i < t->cells.n; i += t->n_cols)
		if (!t->cells.v[i].none && (t->cols[col].kind == CELL_INT ||
					       t->cols[col].kind == CELL_DAY ||
					       t->cells.v[i].s.n != 0))
			return false;
	return true;
}

/* Whether all rows, of which there are several, say the same. */
static bool
table_same(const struct table *t, size_t col)
{
	const struct table_cell *first = &t->cells.v[col], *c;
	size_t i;

	for (i = col; i < t->cells.n; i += t->n_cols) {
		c = &t->cells.v[i];
		if (c->none != first->none || c->i != first->i ||
		    !str_eq(c->s, first->s))
			return false;
	}
	return t->cells.n > t->n_cols;
}

/* Leave columns out that tell nothing, the last first, until the line fits. */
static void
table_thin(const struct table *t, struct shape *s, size_t columns, bool same)
{
	size_t i;

	for (i = t->n_cols; i-- > 0 && table_total(t, s) > columns;) {
		if (s->hidden[i])
			continue;
		s->hidden[i] =
		    same ? t->cols[i].gives == TABLE_SPARE && table_same(t, i) :
			   table_blank(t, i);
		table_last(t, s);
	}
}

/* Cut the widest of the giving columns until the line fits. */
static void
table_squeeze(const struct table *t, struct shape *s, size_t columns)
{
	size_t i, total, widest;

	table_thin(t, s, columns, false);
	table_thin(t, s, columns, true);
	total = table_total(t, s);
	while (total > columns) {
		widest = SIZE_MAX;
		for (i = 0; i < t->n_cols; i++)
			if (t->cols[i].gives != 0 && !s->hidden[i] &&
			    s->width[i] > TABLE_NARROWEST &&
			    (widest == SIZE_MAX ||
				s->width[i] > s->width[widest]))
				widest = i;
		if (widest == SIZE_MAX)
			return;
		s->width[widest]--;
		total--;
	}
}

static void
table_measure(const struct table *t, size_t columns, struct shape *s)
{
	size_t i, w;

	for (i = 0; i < t->n_cols; i++) {
		s->hidden[i] = t->cols[i].head == NULL;
		if (!s->hidden[i])
			s->width[i] = strlen(t->cols[i].head);
	}
	table_last(t, s);
	for (i = 0; i < t->cells.n; i++) {
		if (t->cols[i % t->n_cols].head == NULL)
			continue;
		table_shown(&s->safe, &s->raw, &t->cols[i % t->n_cols],
		    &t->cells.v[i]);
		w = vis_width(buf_str(&s->safe));
		if (columns == 0 && w > TABLE_WIDEST)
			w = TABLE_WIDEST;
		if (w > s->width[i % t->n_cols])
			s->width[i % t->n_cols] = w;
	}
	if (columns != 0)
		table_squeeze(t, s, columns);
}

static void
table_pad(struct buf *out, size_t n)
{

	while (n-- > 0)
		buf_addc(out, ' ');
}

static void
table_text_cell(struct buf *out, const struct table_col *col, struct str safe,
    size_t width, bool cut, bool last, bool color)
{
	size_t w = vis_width(safe), pad;

	if (cut && w > width)
		w = width;
	pad = w < width ? width - w : 0;
	if (col->kind == CELL_INT)
		table_pad(out, pad);
	if (col->kind == CELL_SEVERITY)
		table_severity(out, safe, color);
	else if (cut)
		vis_fit(out, safe, width);
	else
		buf_add(out, safe);
	if (!last && col->kind != CELL_INT)
		table_pad(out, pad);
	if (!last)
		table_pad(out, TABLE_GAP);
}

static void
table_text_head(const struct table *t, const struct shape *s, bool color,
    struct buf *out)
{
	size_t i, pad;

	if (color)
		buf_adds(out, "\x1b[1m");
	for (i = 0; i <= s->last; i++) {
		if (s->hidden[i])
			continue;
		pad = s->width[i] - strlen(t->cols[i].head);
		if (t->cols[i].kind == CELL_INT)
			table_pad(out, pad);
		buf_adds(out, t->cols[i].head);
		if (i != s->last && t->cols[i].kind != CELL_INT)
			table_pad(out, pad);
		if (i != s->last)
			table_pad(out, TABLE_GAP);
	}
	if (color)
		buf_adds(out, "\x1b[0m");
	buf_addc(out, '\n');
}

static void
table_text(const struct table *t, const struct table_style *style,
    struct buf *out)
{
	struct shape s = { .last = 0 };
	size_t i, k;

	if (t->cells.n == 0) {
		buf_addf(out, "%s\n", t->empty);
		return;
	}
	buf_init(&s.raw, TABLE_SCRATCH);
	buf_init(&s.safe, TABLE_SCRATCH);
	table_measure(t, style->columns, &s);
	table_text_head(t, &s, style->color, out);
	for (i = 0; i < t->cells.n; i++) {
		k = i % t->n_cols;
		if (s.hidden[k])
			continue;
		table_shown(&s.safe, &s.raw, &t->cols[k], &t->cells.v[i]);
		table_text_cell(out, &t->cols[k], buf_str(&s.safe), s.width[k],
		    style->columns != 0, k == s.last, style->color);
		if (k == s.last)
			buf_addc(out, '\n');
	}
	buf_free(&s.raw);
	buf_free(&s.safe);
}

static void
table_json_row(const struct table *t, const struct table_cell *row,
    struct jwrite *j)
{
	AUTO(buf) struct buf b;
	size_t i;

	buf_init(&b, TABLE_SCRATCH);
	jwrite_obj(j);
	for (i = 0; i < t->n_cols; i++) {
		jwrite_key(j, t->cols[i].key);
		buf_reset(&b);
		table_plain(&b, &t->cols[i], &row[i], false);
		if (row[i].none)
			jwrite_null(j);
		else if (t->cols[i].kind == CELL_INT)
			jwrite_i64(j, row[i].i);
		else
			jwrite_str(j, buf_str(&b));
	}
	jwrite_end(j);
}

static void
table_json(const struct table *t, struct buf *out)
{
	struct jwrite j;
	size_t i;

	jwrite_init(&j, out);
	jwrite_obj(&j);
	jwrite_key(&j, "schema");
	buf_addf(out, "\"muster.%s/1\"", t->what);
	j.comma = true;
	jwrite_key(&j, t->what);
	jwrite_arr(&j);
	for (i = 0; i < t->cells.n; i += t->n_cols)
		table_json_row(t, &t->cells.v[i], &j);
	jwrite_end(&j);
	jwrite_end(&j);
	buf_addc(out, '\n');
}

static void
table_ndjson(const struct table *t, struct buf *out)
{
	struct jwrite j;
	size_t i;

	for (i = 0; i < t->cells.n; i += t->n_cols) {
		jwrite_init(&j, out);
		table_json_row(t, &t->cells.v[i], &j);
		buf_addc(out, '\n');
	}
}

static void
table_csv_all(const struct table *t, struct buf *out)
{
	AUTO(buf) struct buf b;
	size_t i, k;

	buf_init(&b, TABLE_SCRATCH);
	for (k = 0; k < t->n_cols; k++)
		buf_addf(out, "%s%s", k != 0 ? "," : "", t->cols[k].key);
	buf_adds(out, "\r\n");
	for (i = 0; i < t->cells.n; i++) {
		k = i % t->n_cols;
		if (k != 0)
			buf_addc(out, ',');
		buf_reset(&b);
		table_plain(&b, &t->cols[k], &t->cells.v[i], false);
		if (t->cols[k].kind == CELL_INT)
			buf_add(out, buf_str(&b));
		else
			table_csv(out, buf_str(&b));
		if (k == t->n_cols - 1)
			buf_adds(out, "\r\n");
	}
}

static void
table_markdown_head(const struct table *t, struct buf *out)
{
	size_t k;

	for (k = 0; k < t->n_cols; k++)
		if (t->cols[k].head != NULL)
			buf_addf(out, "| %s ", t->cols[k].head);
	buf_adds(out, "|\n");
	for (k = 0; k < t->n_cols; k++)
		if (t->cols[k].head != NULL)
			buf_adds(out,
			    t->cols[k].kind == CELL_INT ? "|---:" : "|---");
	buf_adds(out, "|\n");
}

static void
table_markdown_all(const struct table *t, struct buf *out)
{
	AUTO(buf) struct buf b = { 0 };
	size_t i, k;

	if (t->cells.n == 0) {
		table_markdown(out, str_from(t->empty));
		buf_addc(out, '\n');
		return;
	}
	buf_init(&b, TABLE_SCRATCH);
	table_markdown_head(t, out);
	for (i = 0; i < t->cells.n; i++) {
		k = i % t->n_cols;
		if (t->cols[k].head != NULL) {
			buf_reset(&b);
			table_plain(&b, &t->cols[k], &t->cells.v[i], true);
			buf_adds(out, "| ");
			table_markdown(out, buf_str(&b));
			buf_addc(out, ' ');
		}
		if (k == t->n_cols - 1)
			buf_adds(out, "|\n");
	}
}

static void
table_html_cell(const struct table_col *col, const struct table_cell *c,
    struct buf *raw, struct buf *out)
{

	buf_reset(raw);
	table_plain(raw, col, c, true);
	if (col->kind == CELL_SEVERITY && !c->none) {
		buf_adds(out, "<td><span class=\"sev ");
		table_html(out, buf_str(raw));
		buf_adds(out, "\">");
		table_html(out, buf_str(raw));
		buf_adds(out, "</span></td>");
		return;
	}
	buf_adds(out, col->kind == CELL_INT ? "<td class=\"num\">" :
		      col->kind == CELL_ID  ? "<td class=\"id\">" :
		      col->kind == CELL_DAY ? "<td class=\"day\">" :
					      "<td>");
	table_html(out, buf_str(raw));
	buf_adds(out, "</td>");
}

static void
table_html_all(const struct table *t, struct buf *out)
{
	AUTO(buf) struct buf b = { 0 };
	size_t i, k;

	if (t->cells.n == 0) {
		buf_adds(out, "<p class=\"empty\">");
		table_html(out, str_from(t->empty));
		buf_adds(out, "</p>\n");
		return;
	}
	buf_init(&b, TABLE_SCRATCH);
	buf_adds(out, "<table>\n<thead><tr>");
	for (k = 0; k < t->n_cols; k++)
		if (t->cols[k].head != NULL)
			buf_addf(out, "<th scope=\"col\"%s>%s</th>",
			    t->cols[k].kind == CELL_INT ? " class=\"num\"" : "",
			    t->cols[k].head);
	buf_adds(out, "</tr></thead>\n<tbody>\n");
	for (i = 0; i < t->cells.n; i++) {
		k = i % t->n_cols;
		if (k == 0)
			buf_adds(out, "<tr>");
		if (t->cols[k].head != NULL)
			table_html_cell(&t->cols[k], &t->cells.v[i], &b, out);
		if (k == t->n_cols - 1)
			buf_adds(out, "</tr>\n");
	}
	buf_adds(out, "</tbody>\n</table>\n");
}

int
table_print(const struct table *t, enum table_format format,
    const struct table_style *style, struct buf *out, struct err *e)
{

	switch (format) {
	case TABLE_TEXT:
		table_text(t, style, out);
		break;
	case TABLE_JSON:
		table_json(t, out);
		break;
	case TABLE_NDJSON:
		table_ndjson(t, out);
		break;
	case TABLE_CSV:
		table_csv_all(t, out);
		break;
	case TABLE_MARKDOWN:
		table_markdown_all(t, out);
		break;
	case TABLE_HTML:
		table_html_all(t, out);
		break;
	case TABLE_FORMATS:
		return err_set(e, MU_EBUG, "no such format");
	}
	return buf_check(out, "the table", e);
}
