#include "assess/checkfile.h"

#include "base/buf.h"

/* Parameters that grade a finding in assess and need not be in the SQL. */
static const char *const grading[] = { "critical_below", "critical_days",
	"fresh_days", "high_below", "high_days" };

struct reader {
	const char *name;
	size_t line; /* of what is being read, from 1 */
	struct arena *a;
	struct check *out;
	unsigned seen; /* bit i: keys[i] was there */
};

#define BAD(r, e, fmt, ...)                                            \
	err_set((e), MU_EFORMAT, "%s:%zu: " fmt, (r)->name, (r)->line, \
	    ##__VA_ARGS__)

static bool
is_name(char c, bool first)
{

	return (c >= 'a' && c <= 'z') ||
	       (!first && ((c >= '0' && c <= '9') || c == '_'));
}

/* The name at the head of ${s}: a lower-case letter, then letters, digits and
 * underscores. */
static struct str
name_head(struct str s)
{
	size_t n = 0;

	while (n < s.n && is_name(s.p[n], n == 0))
		n++;
	return str_head(s, n);
}

static int
read_id(struct reader *r, struct str v, struct err *e)
{
	size_t i;
	char c;

	for (i = 0; i < v.n; i++) {
		c = v.p[i];
		if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
		    c != '-')
			break;
	}
	if (i != v.n || v.n < 3 || v.n > 32)
		return BAD(r, e,
		    "an id is 3 to 32 capital letters, digits and dashes");
	r->out->id = v;
	return MU_OK;
}

static int
read_kinds(struct reader *r, struct str v, struct err *e)
{
	struct str all = v, word;

	while (str_word(&v, &word))
		if (word_find(&word_id_kind, word) < 0)
			return BAD(r, e, "'" STR_FMT "' is no identity kind",
			    STR_ARG(word));
	r->out->kinds = all;
	return MU_OK;
}

static int
read_severity(struct reader *r, struct str v, struct err *e)
{
	int s;

	for (s = 0; s < SEVS; s++) {
		if (!str_eq(v,
			str_from(assess_severity_word((enum severity)s))))
			continue;
		r->out->severity = (enum severity)s;
		return MU_OK;
	}
	return BAD(r, e, "a severity is info, low, medium, high or critical");
}

static bool
is_place(struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (!is_name(s.p[i], false) && s.p[i] != '.' && s.p[i] != '-')
			return false;
	return s.n != 0;
}

static int
read_needs(struct reader *r, struct str v, struct err *e)
{
	struct str word;

	while (str_word(&v, &word)) {
		if (!is_place(word))
			return BAD(r, e, "'" STR_FMT "' is no id of a place",
			    STR_ARG(word));
		if (r->out->n_needs == CHECK_NEEDS_MAX)
			return BAD(r, e, "more than %d places",
			    CHECK_NEEDS_MAX);
		r->out->needs[r->out->n_needs++] = word;
	}
	return MU_OK;
}

/* name = 14  (help) */
static int
read_param(struct reader *r, struct str v, struct err *e)
{
	struct str name = name_head(v), number, help;
	int64_t value;

	v = str_trim(str_skip(v, name.n));
	if (name.n == 0 || str_eq(name, STR("now")) || !str_starts(v, STR("=")))
		return BAD(r, e, "a parameter is 'name = number  (help)'");
	(void)str_cut(str_skip(v, 1), '(', &number, &help);
	if (!str_i64(str_trim(number), -CHECK_PARAM_MAX, CHECK_PARAM_MAX,
		&value))
		return BAD(r, e, "'" STR_FMT "' has no whole number",
		    STR_ARG(name));
	if (!str_ends(help, STR(")")) || help.n < 2)
		return BAD(r, e, "'" STR_FMT "' has no help in brackets",
		    STR_ARG(name));
	if (checkfile_param(r->out, name, &(int64_t){ 0 }))
		return BAD(r, e, "'" STR_FMT "' is there twice", STR_ARG(name));
	if (r->out->n_params == CHECK_PARAMS_MAX)
		return BAD(r, e, "more than %d parameters", CHECK_PARAMS_MAX);
	help.n--;
	r->out->params[r->out->n_params].name = name;
	r->out->params[r->out->n_params].value = value;
	r->out->params[r->out->n_params++].help = help;
	return MU_OK;
}

static int
read_baseline(struct reader *r, struct str v, struct err *e)
{

	if (!str_eq(v, STR("count")) && !str_eq(v, STR("raise")))
		return BAD(r, e, "baseline is 'count' or 'raise'");
	r->out->baseline_counts = str_eq(v, STR("count"));
	return MU_OK;
}

/* CE: CE-UAC-CREATE, CE-UAC-3P; CAF: A3.a */
static int
read_maps(struct reader *r, struct str v, struct err *e)
{
	struct str rest = v, one, ids;

	while (rest.n != 0) {
		(void)str_cut(rest, ';', &one, &rest);
		if (!str_cut(str_trim(one), ':', &one, &ids) || one.n == 0 ||
		    str_trim(ids).n == 0)
			return BAD(r, e,
			    "a mapping is 'framework: ids', with ';' between");
	}
	r->out->maps = v;
	return MU_OK;
}

/* A key; without read(), its value is kept as it is at ${text} of the check. */
static const struct key {
	const char *name;
	int (*read)(struct reader *r, struct str v, struct err *e);
	size_t text;
	bool must, many;
} keys[] = {
	{ "id", read_id, 0, true, false },
	{ "title", NULL, offsetof(struct check, title), true, false },
	{ "kinds", read_kinds, 0, true, false },
	{ "severity", read_severity, 0, true, false },
	{ "needs", read_needs, 0, false, false },
	{ "param", read_param, 0, false, true },
	{ "baseline", read_baseline, 0, false, false },
	{ "trigger", NULL, offsetof(struct check, trigger), true, false },
	{ "why", NULL, offsetof(struct check, why), true, false },
	{ "remedy", NULL, offsetof(struct check, remedy), true, false },
	{ "verify", NULL, offsetof(struct check, verify), false, false },
	{ "maps", read_maps, 0, false, false },
};

static int
take_value(struct reader *r, struct str key, struct str v, struct err *e)
{
	size_t i;

	for (i = 0; i < MU_COUNT(keys); i++)
		if (str_eq(key, str_from(keys[i].name)))
			break;
	if (i == MU_COUNT(keys))
		return BAD(r, e, "unknown key '" STR_FMT "'", STR_ARG(key));
	if ((r->seen & 1u << i) != 0 && !keys[i].many)
		return BAD(r, e, "'%s' is there twice", keys[i].name);
	r->seen |= 1u << i;
	if (v.n == 0 && keys[i].must)
		return BAD(r, e, "'%s' is empty", keys[i].name);
	if (keys[i].read != NULL)
		return keys[i].read(r, v, e);
	*(struct str *)(void *)((char *)r->out + keys[i].text) = v;
	return MU_OK;
}

/* Whether ${line} goes on with the value before it: "--" and two blanks. */
static bool
goes_on(struct str line)
{

	return str_starts(line, STR("--  ")) || str_starts(line, STR("--\t"));
}

/*
 * Take one "-- key: value" off ${text}, with the lines that go on with it, each
 * joined by one blank.
 */
static int
take_key(struct reader *r, struct str *text, size_t *lines, struct err *e)
{
	AUTO(buf) struct buf b = { 0 };
	struct str line, key, v, ahead;

	(void)str_line(text, &line);
	*lines = 1;
	line = str_skip(line, 2);
	if (str_trim(line).n == 0)
		return MU_OK;
	if (!str_cut(line, ':', &key, &v))
		return BAD(r, e, "the head wants '-- key: value'");
	key = str_trim(key);
	v = str_trim(v);
	buf_init(&b, CHECKFILE_MAX);
	buf_add(&b, v);
	for (ahead = *text; str_line(&ahead, &line) && goes_on(line);
	     ++*lines) {
		buf_addc(&b, ' ');
		buf_add(&b, str_trim(str_skip(line, 2)));
		*text = ahead;
	}
	if (*lines > 1)
		TRY(arena_str(r->a, str_trim(buf_str(&b)), &v, e));
	return take_value(r, key, v, e);
}

static int
read_head(struct reader *r, struct str *text, struct err *e)
{
	struct str line, ahead;
	size_t i, lines;

	for (r->line = 1; text->n != 0; r->line += lines) {
		ahead = *text;
		(void)str_line(&ahead, &line);
		lines = 1;
		if (str_trim(line).n == 0)
			*text = ahead;
		else if (!str_starts(line, STR("--")))
			break;
		else
			TRY(take_key(r, text, &lines, e));
	}
	for (i = 0; i < MU_COUNT(keys); i++)
		if (keys[i].must && (r->seen & 1u << i) == 0)
			return BAD(r, e, "the head has no '%s'", keys[i].name);
	return MU_OK;
}

/* The bytes of the comment, string or quoted name at the head of ${s}; 0 where
 * there is none, SIZE_MAX where it has no end. */
static size_t
skip_quoted(struct str s)
{
	size_t end;

	if (str_starts(s, STR("--"))) {
		end = str_chr(s, '\n');
		return end == SIZE_MAX ? s.n : end + 1;
	}
	if (str_starts(s, STR("/*"))) {
		end = str_find(str_skip(s, 2), STR("*/"));
		return end == SIZE_MAX ? end : end + 4;
	}
	if (s.p[0] != '\'' && s.p[0] != '"' && s.p[0] != '`')
		return 0;
	end = str_chr(str_skip(s, 1), s.p[0]);
	return end == SIZE_MAX ? end : end + 2;
}

static void
count_lines(struct reader *r, struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		r->line += s.p[i] == '\n';
}

/* A ':' at the head of ${s}: it must be ":now" or a declared parameter. */
static int
read_use(struct reader *r, struct str s, unsigned *used, struct err *e)
{
	struct str name = name_head(str_skip(s, 1));
	size_t i;

	if (name.n == 0)
		return BAD(r, e, "a ':' without the name of a parameter");
	if (str_eq(name, STR("now")))
		return MU_OK;
	for (i = 0; i < r->out->n_params; i++) {
		if (!str_eq(name, r->out->params[i].name))
			continue;
		*used |= 1u << i;
		return MU_OK;
	}
	return BAD(r, e, "':" STR_FMT "' is no parameter of the head",
	    STR_ARG(name));
}

static int
read_char(struct reader *r, struct str s, unsigned *used, struct err *e)
{

	switch (s.p[0]) {
	case ':':
		return read_use(r, s, used, e);
	case ';':
		if (str_trim(str_skip(s, 1)).n == 0)
			return MU_OK;
		return BAD(r, e, "more than one statement");
	case '?':
	case '@':
	case '$':
		return BAD(r, e, "a parameter is written :name");
	default:
		return MU_OK;
	}
}

static int
read_unused(struct reader *r, unsigned used, struct err *e)
{
	const struct check *c = r->out;
	size_t i, k;

	for (i = 0; i < c->n_params; i++) {
		if ((used & 1u << i) != 0)
			continue;
		for (k = 0; k < MU_COUNT(grading); k++)
			if (str_eq(c->params[i].name, str_from(grading[k])))
				break;
		if (k == MU_COUNT(grading))
			return BAD(r, e, "parameter '" STR_FMT "' is not used",
			    STR_ARG(c->params[i].name));
	}
	return MU_OK;
}

static int
read_sql(struct reader *r, struct str sql, struct err *e)
{
	struct str s = sql;
	unsigned used = 0;
	size_t n;

	if (!str_eq_nocase(str_head(s, 6), STR("select")) || s.n < 7 ||
	    (s.p[6] != ' ' && s.p[6] != '\n' && s.p[6] != '\t'))
		return BAD(r, e, "after the head comes one SELECT");
	r->out->sql_line = r->line;
	for (; s.n != 0; s = str_skip(s, n)) {
		n = skip_quoted(s);
		if (n == SIZE_MAX)
			return BAD(r, e, "a quote or comment without an end");
		if (n == 0) {
			TRY(read_char(r, s, &used, e));
			n = 1;
		}
		count_lines(r, str_head(s, n));
	}
	TRY(read_unused(r, used, e));
	return arena_str(r->a, sql, &r->out->sql, e);
}

int
checkfile_parse(const char *name, struct str text, struct arena *a,
    struct check *out, struct err *e)
{
	struct check c = { .file = name, .guarded = true };
	struct reader r = { .name = name, .line = 1, .a = a, .out = &c };

	if (text.n > CHECKFILE_MAX)
		return err_set(e, MU_ELIMIT, "%s: longer than %d bytes", name,
		    CHECKFILE_MAX);
	if (str_has_nul(text) || !str_utf8(text))
		return BAD(&r, e, "this is no text in UTF-8");
	TRY(read_head(&r, &text, e));
	TRY(read_sql(&r, str_trim(text), e));
	*out = c;
	return MU_OK;
}

bool
checkfile_param(const struct check *c, struct str name, int64_t *value)
{
	size_t i;

	for (i = 0; i < c->n_params; i++) {
		if (!str_eq(c->params[i].name, name))
			continue;
		*value = c->params[i].value;
		return true;
	}
	return false;
}
