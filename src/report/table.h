/*
 * report/table.h: rows of typed cells, printed in six formats.
 *
 * A command fills the cells once. Foreign text reaches a terminal, a
 * spreadsheet or a page only in the escaped form of its format.
 *
 * Source:   RFC 8259 (json, ndjson), RFC 4180 (csv), CommonMark tables
 *           (markdown), HTML Living Standard (html); docs/formats/output.md.
 * Floor:    report. Pure.
 * Memory:   text of cells is borrowed; it must live until the table is
 *           printed.
 */

#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/vec.h"

enum table_format {
	TABLE_TEXT,
	TABLE_JSON,
	TABLE_NDJSON,
	TABLE_CSV,
	TABLE_MARKDOWN,
	TABLE_HTML,
	TABLE_FORMATS,
};

enum table_kind {
	CELL_TEXT,
	CELL_INT,
	CELL_DAY,      /* seconds UTC: a day for people, a stamp for machines */
	CELL_SEVERITY, /* a word: info, low, medium, high, critical */
	CELL_ID,
};

struct table_col {
	const char *key;  /* of json and csv */
	const char *head; /* of the others; NULL: for machines alone */
	enum table_kind kind;
	/* Where the terminal is too narrow: 0 stays, 1 (true) is cut,
	 * TABLE_SPARE is left out where all rows say the same, else cut. */
	unsigned char gives;
};

#define TABLE_SPARE 2

struct table_cell {
	struct str s; /* text, severity, id */
	int64_t i;    /* int, day */
	bool none;    /* no value: null, or "-" */
};

#define CELL_S(text)  ((struct table_cell){ (text), 0, false })
#define CELL_I(value) ((struct table_cell){ STR_NONE, (value), false })
#define CELL_NONE     ((struct table_cell){ STR_NONE, 0, true })
/* A time that may be CLOCK_NONE, a number that may be REC_NO_INT. */
#define CELL_T(value) \
	((struct table_cell){ STR_NONE, (value), (value) == INT64_MIN })

/* Most cells of one table. */
#define TABLE_CELLS_MAX 67108864

struct table {
	const char *what; /* "identities": schema muster.identities/1 */
	const struct table_col *cols;
	size_t n_cols;
	const char *empty; /* for people, where there is no row */
	VEC(struct table_cell) cells;
};

struct table_style {
	size_t columns; /* of the terminal; 0: no limit */
	bool color;
};

/** table_init(t, what, cols, n, empty): a table without rows. */
void table_init(struct table *t, const char *what, const struct table_col *cols,
    size_t n, const char *empty);

/** table_done(t): give the cells back. */
void table_done(struct table *t);

/** table_auto(t): for AUTO(table) on a struct table. */
static inline void
table_auto(struct table *t)
{

	table_done(t);
}

/**
 * table_row(t, cells, e):
 * Append one row: as many ${cells} as there are columns.
 *
 * Errors: MU_ELIMIT (TABLE_CELLS_MAX).
 */
int table_row(struct table *t, const struct table_cell *cells,
    struct err *e) MU_MUST_CHECK;

/** table_rows(t): the number of rows. */
size_t table_rows(const struct table *t);

/**
 * table_print(t, format, style, out, e):
 * Append ${t} as ${format} to ${out}; ${style} counts for TABLE_TEXT alone.
 * JSON is one document, also without rows.
 *
 * Errors: MU_ELIMIT (${out} is full).
 */
int table_print(const struct table *t, enum table_format format,
    const struct table_style *style, struct buf *out,
    struct err *e) MU_MUST_CHECK;

/** table_format_of(word): the format of that name, or TABLE_FORMATS. */
enum table_format table_format_of(struct str word);

/**
 * table_severity(b, word, color):
 * Append the severity ${word}, coloured where ${color}: the word is always
 * there, colour never carries it alone.
 */
void table_severity(struct buf *b, struct str word, bool color);

/** table_html(b, s): append foreign text ${s} escaped for HTML, by base/vis. */
void table_html(struct buf *b, struct str s);

/** table_csv(b, s): append foreign text ${s} as one field of RFC 4180. */
void table_csv(struct buf *b, struct str s);

/** table_markdown(b, s): append foreign text ${s} as plain Markdown. */
void table_markdown(struct buf *b, struct str s);

/** table_thousands(b, n): append ${n} as "48,211". */
void table_thousands(struct buf *b, int64_t n);

#endif
