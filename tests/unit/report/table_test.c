#include "../test.h"
#include "report/table.h"

static const struct table_col cols[] = {
	{ "id", "Id", CELL_ID, false },
	{ "name", "Name", CELL_TEXT, true },
	{ "count", "Count", CELL_INT, false },
	{ "expires", "Expires", CELL_DAY, false },
	{ "severity", "Severity", CELL_SEVERITY, false },
	{ "key", NULL, CELL_TEXT, false },
};

/* A name with an escape sequence, a bidirectional control and a comma. */
#define HOSTILE "=cmd,\"\x1b[31m|<b>\xe2\x80\xae"

static void
fill(struct table *t, bool rows)
{
	const struct table_cell row[2][6] = {
		{ CELL_S(STR("ab12cd34")), CELL_S(STR("www.example.org")),
		    CELL_I(7), CELL_T(1795301434), CELL_S(STR("high")),
		    CELL_S(STR("tls:1")) },
		{ CELL_S(STR("zz")), CELL_S(STR(HOSTILE)), CELL_I(-1200),
		    CELL_NONE, CELL_NONE, CELL_S(STR("")) },
	};
	struct err e = { 0 };

	table_init(t, "things", cols, MU_COUNT(cols), "Nothing is here.");
	if (!rows)
		return;
	assert_ok(table_row(t, row[0], &e), &e);
	assert_ok(table_row(t, row[1], &e), &e);
	assert_int_equal(table_rows(t), 2);
}

static void
want(bool rows, enum table_format f, struct table_style style,
    const char *expected)
{
	AUTO(table) struct table t;
	AUTO(buf) struct buf b;
	struct err e = { 0 };

	buf_init(&b, 1 << 20);
	fill(&t, rows);
	assert_ok(table_print(&t, f, &style, &b, &e), &e);
	assert_str(buf_str(&b), expected);
}

#define PLAIN ((struct table_style){ 0 })

static void
table_print__aligns_text_and_escapes_it(void **state)
{

	(void)state;
	want(true, TABLE_TEXT, PLAIN,
	    "Id        Name                            Count  Expires"
	    "     Severity\n"
	    "ab12cd34  www.example.org                     7  2026-11-21"
	    "  high\n"
	    "zz        =cmd,\"\\x1b[31m|<b>\\xe2\\x80\\xae  -1200  -         "
	    "  -\n");
}

static void
table_print__cuts_text_to_the_columns_of_a_terminal(void **state)
{

	(void)state;
	want(true, TABLE_TEXT, (struct table_style){ .columns = 51 },
	    "Id        Name          Count  Expires     Severity\n"
	    "ab12cd34  www.example\xe2\x80\xa6      7  2026-11-21  high\n"
	    "zz        =cmd,\"\\x1b[\xe2\x80\xa6  -1200  -           -\n");
}

/* Name, owner and host of two rows, on a terminal of ${columns}. */
static void
want_thin(size_t columns, const char *host, const char *expected)
{
	static const struct table_col thin[] = {
		{ "name", "Name", CELL_TEXT, true },
		{ "owner", "Owner", CELL_TEXT, true },
		{ "used", "Used", CELL_DAY, false },
		{ "kind", "Kind", CELL_TEXT, true },
		{ "host", "Host", CELL_TEXT, TABLE_SPARE },
	};
	AUTO(table) struct table t = { 0 };
	AUTO(buf) struct buf b = { 0 };
	struct err e = { 0 };
	struct table_style style = { .columns = columns };

	buf_init(&b, 1 << 16);
	table_init(&t, "things", thin, MU_COUNT(thin), "");
	assert_ok(table_row(&t,
		      (struct table_cell[]){ CELL_S(STR("www.example.org")),
			  CELL_S(STR_NONE), CELL_NONE, CELL_S(STR("token")),
			  CELL_S(STR("web01")) },
		      &e),
	    &e);
	assert_ok(table_row(&t,
		      (struct table_cell[]){ CELL_S(STR("ftp.example.org")),
			  CELL_S(STR_NONE), CELL_NONE, CELL_S(STR("token")),
			  CELL_S(str_from(host)) },
		      &e),
	    &e);
	assert_ok(table_print(&t, TABLE_TEXT, &style, &b, &e), &e);
	assert_str(buf_str(&b), expected);
}

static void
table_print__leaves_out_what_tells_nothing_before_it_cuts(void **state)
{

	(void)state;
	/* All fits; then the empty columns go, from the right, as needed. */
	want_thin(42, "web01",
	    "Name             Owner  Used  Kind   Host\n"
	    "www.example.org  -      -     token  web01\n"
	    "ftp.example.org  -      -     token  web01\n");
	want_thin(36, "web01",
	    "Name             Owner  Kind   Host\n"
	    "www.example.org  -      token  web01\n"
	    "ftp.example.org  -      token  web01\n");
	want_thin(30, "web01",
	    "Name             Kind   Host\n"
	    "www.example.org  token  web01\n"
	    "ftp.example.org  token  web01\n");
	/* A host that all have goes too, a kind that all have does not. */
	want_thin(24, "web01",
	    "Name             Kind\n"
	    "www.example.org  token\n"
	    "ftp.example.org  token\n");
	/* What differs is cut. */
	want_thin(24, "web02",
	    "Name        Kind   Host\n"
	    "www.examp\xe2\x80\xa6  token  web01\n"
	    "ftp.examp\xe2\x80\xa6  token  web02\n");
}

static void
table_print__colours_the_word_of_a_severity(void **state)
{

	(void)state;
	want(true, TABLE_TEXT, (struct table_style){ 51, true },
	    "\x1b[1mId        Name          Count  Expires     Severity"
	    "\x1b[0m\n"
	    "ab12cd34  www.example\xe2\x80\xa6      7  2026-11-21  "
	    "\x1b[31mhigh\x1b[0m\n"
	    "zz        =cmd,\"\\x1b[\xe2\x80\xa6  -1200  -           -\n");
}

static void
table_print__writes_json(void **state)
{

	(void)state;
	want(true, TABLE_JSON, PLAIN,
	    "{\"schema\":\"muster.things/1\",\"things\":[{\"id\":\"ab12cd34\","
	    "\"name\":\"www.example.org\",\"count\":7,"
	    "\"expires\":\"2026-11-21T22:50:34Z\",\"severity\":\"high\","
	    "\"key\":\"tls:1\"},{\"id\":\"zz\","
	    "\"name\":\"=cmd,\\\"\\u001b[31m|<b>\xe2\x80\xae\","
	    "\"count\":-1200,\"expires\":null,\"severity\":null,"
	    "\"key\":\"\"}]}\n");
	want(false, TABLE_JSON, PLAIN,
	    "{\"schema\":\"muster.things/1\",\"things\":[]}\n");
}

static void
table_print__writes_one_json_object_a_line(void **state)
{

	(void)state;
	want(true, TABLE_NDJSON, PLAIN,
	    "{\"id\":\"ab12cd34\",\"name\":\"www.example.org\",\"count\":7,"
	    "\"expires\":\"2026-11-21T22:50:34Z\",\"severity\":\"high\","
	    "\"key\":\"tls:1\"}\n{\"id\":\"zz\","
	    "\"name\":\"=cmd,\\\"\\u001b[31m|<b>\xe2\x80\xae\","
	    "\"count\":-1200,\"expires\":null,\"severity\":null,"
	    "\"key\":\"\"}\n");
	want(false, TABLE_NDJSON, PLAIN, "");
}

static void
table_print__writes_csv_that_no_spreadsheet_runs(void **state)
{

	(void)state;
	want(true, TABLE_CSV, PLAIN,
	    "id,name,count,expires,severity,key\r\n"
	    "ab12cd34,www.example.org,7,2026-11-21T22:50:34Z,high,tls:1\r\n"
	    "zz,\"'=cmd,\"\"\\x1b[31m|<b>\\xe2\\x80\\xae\",-1200,,,\r\n");
	want(false, TABLE_CSV, PLAIN, "id,name,count,expires,severity,key\r\n");
}

static void
table_print__writes_markdown(void **state)
{

	(void)state;
	want(true, TABLE_MARKDOWN, PLAIN,
	    "| Id | Name | Count | Expires | Severity |\n"
	    "|---|---|---:|---|---|\n"
	    "| ab12cd34 | www.example.org | 7 | 2026-11-21 | high |\n"
	    "| zz | =cmd,\"\\\\x1b\\[31m\\|\\<b\\>\\\\xe2\\\\x80\\\\xae | "
	    "-1200 | - | - |\n");
	want(false, TABLE_MARKDOWN, PLAIN, "Nothing is here.\n");
}

static void
table_print__writes_a_piece_of_html(void **state)
{

	(void)state;
	want(true, TABLE_HTML, PLAIN,
	    "<table>\n<thead><tr><th scope=\"col\">Id</th>"
	    "<th scope=\"col\">Name</th>"
	    "<th scope=\"col\" class=\"num\">Count</th>"
	    "<th scope=\"col\">Expires</th><th scope=\"col\">Severity</th>"
	    "</tr></thead>\n<tbody>\n"
	    "<tr><td class=\"id\">ab12cd34</td><td>www.example.org</td>"
	    "<td class=\"num\">7</td><td class=\"day\">2026-11-21</td>"
	    "<td><span class=\"sev high\">high</span></td></tr>\n"
	    "<tr><td class=\"id\">zz</td>"
	    "<td>=cmd,&quot;\\x1b[31m|&lt;b&gt;\\xe2\\x80\\xae</td>"
	    "<td class=\"num\">-1200</td><td class=\"day\">-</td><td>-</td>"
	    "</tr>\n</tbody>\n</table>\n");
	want(false, TABLE_HTML, PLAIN,
	    "<p class=\"empty\">Nothing is here.</p>\n");
}

static void
table_csv__guards_each_way_a_formula_begins(void **state)
{
	static const struct {
		const char *in, *out;
	} t[] = {
		{ "=1", "'=1" },
		{ "+1", "'+1" },
		{ "-1", "'-1" },
		{ "@a", "'@a" },
		{ "\ta", "'\\x09a" },
		{ "a=1", "a=1" },
		{ "a,b", "\"a,b\"" },
		{ "a\"b", "\"a\"\"b\"" },
		{ "a\nb", "a\\x0ab" },
		{ "", "" },
	};
	AUTO(buf) struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, 4096);
	for (i = 0; i < MU_COUNT(t); i++) {
		buf_reset(&b);
		table_csv(&b, str_from(t[i].in));
		assert_str(buf_str(&b), t[i].out);
	}
}

static void
table_thousands__groups_by_three(void **state)
{
	static const struct {
		int64_t n;
		const char *out;
	} t[] = {
		{ 0, "0" },
		{ 999, "999" },
		{ 1000, "1,000" },
		{ 48211, "48,211" },
		{ 1234567, "1,234,567" },
		{ -999, "-999" },
		{ -1000, "-1,000" },
	};
	AUTO(buf) struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, 64);
	for (i = 0; i < MU_COUNT(t); i++) {
		buf_reset(&b);
		table_thousands(&b, t[i].n);
		assert_str(buf_str(&b), t[i].out);
	}
}

static void
table_print__refuses_a_buffer_that_is_too_small(void **state)
{
	AUTO(table) struct table t;
	AUTO(buf) struct buf b;
	struct err e = { 0 };

	(void)state;
	buf_init(&b, 40);
	fill(&t, true);
	assert_int_equal(table_print(&t, TABLE_JSON, &PLAIN, &b, &e),
	    MU_ELIMIT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(table_print__aligns_text_and_escapes_it),
		TEST(table_print__cuts_text_to_the_columns_of_a_terminal),
		TEST(table_print__leaves_out_what_tells_nothing_before_it_cuts),
		TEST(table_print__colours_the_word_of_a_severity),
		TEST(table_print__writes_json),
		TEST(table_print__writes_one_json_object_a_line),
		TEST(table_print__writes_csv_that_no_spreadsheet_runs),
		TEST(table_print__writes_markdown),
		TEST(table_print__writes_a_piece_of_html),
		TEST(table_csv__guards_each_way_a_formula_begins),
		TEST(table_thousands__groups_by_three),
		TEST(table_print__refuses_a_buffer_that_is_too_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
