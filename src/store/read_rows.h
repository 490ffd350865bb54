/*
 * store/read_rows.h: what the reads share: filters as parameters, cells as
 * values.
 *
 * Floor:    store, and private to it.
 */

#ifndef STORE_READ_ROWS_H
#define STORE_READ_ROWS_H

#include "store/read.h"

/* Parameters that a filter makes: see read_rows_params(). */
#define READ_ROWS_PARAMS 20

/* SQL: the worse the severity, the greater. */
#define READ_ROWS_SEVERITY(column)                                   \
	"CASE " column " WHEN 'critical' THEN 5 WHEN 'high' THEN 4 " \
	"WHEN 'medium' THEN 3 WHEN 'low' THEN 2 WHEN 'info' THEN 1 " \
	"ELSE 0 END"

/* SQL: rows of the asset that the filter names, or of any. */
#define READ_ROWS_ASSET(alias) \
	"(:asset = '' OR " alias ".key = :asset OR " alias ".name = :asset)"

/* SQL: whether the identity i belongs to the asset named, or was seen there. */
#define READ_ROWS_AT                                                        \
	"(:asset = '' OR i.asset_id IN (SELECT id FROM assets "             \
	"WHERE key = :asset OR name = :asset) OR EXISTS (SELECT 1 "         \
	"FROM identities m JOIN credentials c ON c.identity_id = m.id "     \
	"JOIN sightings s ON s.credential_id = c.id AND s.gone_at IS NULL " \
	"JOIN assets sa ON sa.id = s.asset_id WHERE m.same_as = i.id "      \
	"AND (sa.key = :asset OR sa.name = :asset))) "

/* A query in the making: its parameters, and the row function behind. */
struct read_rows {
	struct store_param params[READ_ROWS_PARAMS];
	size_t n;
	struct buf text;   /* the text searched for, in lower case */
	void (*row)(void); /* a row function of read.h, as read_rows_fn() */
	void *cookie;
};

/* A row function of any type, for struct read_rows. */
#define read_rows_fn(row) ((void (*)(void))(row))

/** read_rows_auto(w): for AUTO(read_rows). */
static inline void
read_rows_auto(struct read_rows *w)
{

	buf_free(&w->text);
}

/**
 * read_rows_params(w, f):
 * Begin ${w} with :kind :asset :owner :state :text :check :severity :fid
 * :identity :context :gone :persons :rank :limit from ${f}.
 */
void read_rows_params(struct read_rows *w, const struct read_filter *f);

/** read_rows_int(w, name, v): one parameter more. */
void read_rows_int(struct read_rows *w, const char *name, int64_t v);

/** read_rows_str(w, name, v): one parameter more. */
void read_rows_str(struct read_rows *w, const char *name, struct str v);

/** read_rows_get_int(c): a number, REC_NO_INT for NULL. */
int64_t read_rows_get_int(const struct store_cell *c);

/** read_rows_get_str(c): a text, empty for NULL. */
struct str read_rows_get_str(const struct store_cell *c);

/**
 * read_rows_get_word(list, c, out, e):
 * Put the value of a word of ${list} into ${out}.
 *
 * Errors: MU_EFORMAT (no word of the list: the register is damaged).
 */
int read_rows_get_word(const struct word_list *list, const struct store_cell *c,
    int *out, struct err *e) MU_MUST_CHECK;

/**
 * read_rows_get_when(c, out, e):
 * Put the time of two cells, seconds and evidence, into ${out}.
 *
 * Errors: as read_rows_get_word.
 */
int read_rows_get_when(const struct store_cell *c, struct when *out,
    struct err *e) MU_MUST_CHECK;

#endif
