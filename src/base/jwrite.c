#include "base/jwrite.h"

void
jwrite_init(struct jwrite *j, struct buf *out)
{

	*j = (struct jwrite){ .out = out };
}

static void
jwrite_newline(struct jwrite *j)
{
	unsigned i;

	if (j->indent == 0)
		return;
	buf_addc(j->out, '\n');
	for (i = 0; i < j->depth * j->indent; i++)
		buf_addc(j->out, ' ');
}

/* What stands before a value: nothing after a key, else comma and line. */
static void
jwrite_lead(struct jwrite *j)
{

	if (j->out->n != 0 && j->out->p[j->out->n - 1] == ':' && !j->comma)
		return;
	if (j->comma)
		buf_addc(j->out, ',');
	if (j->depth != 0)
		jwrite_newline(j);
}

static void
jwrite_open(struct jwrite *j, char open, char close)
{

	MU_ASSERT(j->depth < JWRITE_DEPTH_MAX);
	jwrite_lead(j);
	buf_addc(j->out, open);
	j->close[j->depth++] = close;
	j->comma = false;
}

void
jwrite_obj(struct jwrite *j)
{

	jwrite_open(j, '{', '}');
}

void
jwrite_arr(struct jwrite *j)
{

	jwrite_open(j, '[', ']');
}

void
jwrite_end(struct jwrite *j)
{

	MU_ASSERT(j->depth != 0);
	j->depth--;
	if (j->comma)
		jwrite_newline(j);
	buf_addc(j->out, j->close[j->depth]);
	j->comma = true;
}

void
jwrite_keystr(struct jwrite *j, struct str name)
{

	if (j->comma)
		buf_addc(j->out, ',');
	jwrite_newline(j);
	jwrite_quote(j->out, name);
	buf_addc(j->out, ':');
	j->comma = false;
}

void
jwrite_key(struct jwrite *j, const char *name)
{

	jwrite_keystr(j, str_from(name));
}

void
jwrite_str(struct jwrite *j, struct str s)
{

	jwrite_lead(j);
	jwrite_quote(j->out, s);
	j->comma = true;
}

void
jwrite_raw(struct jwrite *j, struct str json)
{

	jwrite_lead(j);
	buf_add(j->out, json);
	j->comma = true;
}

void
jwrite_i64(struct jwrite *j, int64_t v)
{
	char text[24];
	int n = snprintf(text, sizeof(text), "%lld", (long long)v);

	jwrite_raw(j, str_of(text, (size_t)n));
}

void
jwrite_bool(struct jwrite *j, bool v)
{

	jwrite_raw(j, v ? STR("true") : STR("false"));
}

void
jwrite_null(struct jwrite *j)
{

	jwrite_raw(j, STR("null"));
}

static size_t
jwrite_utf8(struct str s)
{
	size_t n;

	for (n = 1; n <= 4 && n <= s.n; n++)
		if (str_utf8(str_head(s, n)))
			return n;
	return 0;
}

static void
jwrite_escape(struct buf *b, unsigned char c)
{
	static const char shorts[] = "\b\t\n\f\r\"\\";
	static const char words[] = "btnfr\"\\";
	const char *at = c != '\0' ? strchr(shorts, c) : NULL;

	if (at != NULL)
		buf_addf(b, "\\%c", words[at - shorts]);
	else
		buf_addf(b, "\\u%04x", c);
}

void
jwrite_quote(struct buf *b, struct str s)
{
	size_t run = 0, n;
	unsigned char c;
	bool c1; /* U+0080 to U+009F: a terminal obeys them */

	buf_addc(b, '"');
	while (run < s.n) {
		c = (unsigned char)s.p[run];
		if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
			run++;
			continue;
		}
		n = c < 0x80 ? 1 : jwrite_utf8(str_skip(s, run));
		c1 = n == 2 && c == 0xc2 && (unsigned char)s.p[run + 1] < 0xa0;
		if (c >= 0x80 && n != 0 && !c1) {
			run += n;
			continue;
		}
		buf_add(b, str_head(s, run));
		if (c < 0x80)
			jwrite_escape(b, c);
		else if (c1)
			buf_addf(b, "\\u%04x", (unsigned char)s.p[run + 1]);
		else
			buf_adds(b, "\xef\xbf\xbd");
		s = str_skip(s, run + (c1 ? 2 : 1));
		run = 0;
	}
	buf_add(b, s);
	buf_addc(b, '"');
}
