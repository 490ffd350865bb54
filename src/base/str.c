#include "base/str.h"

/* Words up to this long are looked for in strides of so many bytes. */
#define STR_SHORT  16
#define STR_STRIDE 256

struct str
str_from(const char *c)
{

	return c != NULL ? (struct str){ c, strlen(c) } : STR_NONE;
}

struct str
str_of(const void *p, size_t n)
{

	MU_ASSERT(p != NULL || n == 0);
	return (struct str){ p, n };
}

bool
str_eq(struct str a, struct str b)
{

	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static unsigned char
str_fold(char c)
{

	return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool
str_eq_nocase(struct str a, struct str b)
{
	size_t i;

	if (a.n != b.n)
		return false;
	for (i = 0; i < a.n; i++)
		if (str_fold(a.p[i]) != str_fold(b.p[i]))
			return false;
	return true;
}

int
str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c;

	c = n != 0 ? memcmp(a.p, b.p, n) : 0;
	if (c != 0)
		return c;
	return a.n < b.n ? -1 : a.n > b.n;
}

bool
str_starts(struct str s, struct str head)
{

	return s.n >= head.n && str_eq(str_head(s, head.n), head);
}

bool
str_ends(struct str s, struct str tail)
{

	return s.n >= tail.n && str_eq(str_skip(s, s.n - tail.n), tail);
}

/*
 * Whether any of STR_STRIDE bytes is ${a} with ${b} so far after it. A loop
 * without branches and of fixed length, which compilers make vectors of.
 */
static bool
str_pair(const char *p, size_t far, char a, char b)
{
	unsigned char hit = 0;
	size_t i;

	for (i = 0; i < STR_STRIDE; i++)
		hit |= (unsigned char)((p[i] == a) & (p[i + far] == b));
	return hit != 0;
}

/*
 * Short words are looked for by their first and middle byte, a stride at a
 * time: most bytes of most files are only ever searched for what is not there.
 */
size_t
str_find(struct str s, struct str what)
{
	const char *at = NULL;
	size_t i = 0, far, mid = what.n / 2;

	if (what.n == 0)
		return 0;
	if (s.n < what.n)
		return SIZE_MAX;
	far = what.n - 1;
	while (far < STR_SHORT && s.n - i >= STR_STRIDE + far && at == NULL) {
		if (str_pair(s.p + i, mid, what.p[0], what.p[mid]))
			at = memmem(s.p + i, STR_STRIDE + far, what.p, what.n);
		i += STR_STRIDE;
	}
	if (at == NULL)
		at = memmem(s.p + i, s.n - i, what.p, what.n);
	return at != NULL ? (size_t)(at - s.p) : SIZE_MAX;
}

size_t
str_chr(struct str s, char c)
{
	const char *at = s.n != 0 ? memchr(s.p, c, s.n) : NULL;

	return at != NULL ? (size_t)(at - s.p) : SIZE_MAX;
}

size_t
str_rchr(struct str s, char c)
{
	const char *at = s.n != 0 ? memrchr(s.p, c, s.n) : NULL;

	return at != NULL ? (size_t)(at - s.p) : SIZE_MAX;
}

struct str
str_skip(struct str s, size_t n)
{

	if (n >= s.n)
		return (struct str){ s.n != 0 ? s.p + s.n : s.p, 0 };
	return (struct str){ s.p + n, s.n - n };
}

struct str
str_head(struct str s, size_t n)
{

	return (struct str){ s.p, n < s.n ? n : s.n };
}

static bool
str_blank(char c)
{

	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str
str_trim(struct str s)
{

	while (s.n != 0 && str_blank(s.p[0]))
		s = str_skip(s, 1);
	while (s.n != 0 && str_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool
str_cut(struct str s, char c, struct str *head, struct str *rest)
{
	size_t at = str_chr(s, c);

	if (at == SIZE_MAX) {
		*head = s;
		*rest = str_skip(s, s.n);
		return false;
	}
	*head = str_head(s, at);
	*rest = str_skip(s, at + 1);
	return true;
}

bool
str_line(struct str *text, struct str *line)
{

	if (text->n == 0)
		return false;
	(void)str_cut(*text, '\n', line, text);
	if (line->n != 0 && line->p[line->n - 1] == '\r')
		line->n--;
	return true;
}

bool
str_word(struct str *text, struct str *word)
{
	size_t n = 0;

	while (text->n != 0 && str_blank(text->p[0]))
		*text = str_skip(*text, 1);
	while (n < text->n && !str_blank(text->p[n]))
		n++;
	*word = str_head(*text, n);
	*text = str_skip(*text, n);
	return n != 0;
}

bool
str_i64(struct str s, int64_t min, int64_t max, int64_t *out)
{
	bool minus = s.n != 0 && s.p[0] == '-';
	uint64_t v = 0, cap = minus ? (uint64_t)INT64_MAX + 1 : INT64_MAX;
	int64_t r;
	size_t i;

	if (minus)
		s = str_skip(s, 1);
	if (s.n == 0 || s.n > 19 || (s.n > 1 && s.p[0] == '0'))
		return false;
	for (i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		v = v * 10 + (uint64_t)(s.p[i] - '0');
	}
	if (v > cap)
		return false;
	r = minus ? (v == cap ? INT64_MIN : -(int64_t)v) : (int64_t)v;
	if (r < min || r > max)
		return false;
	*out = r;
	return true;
}

bool
str_has_nul(struct str s)
{

	return str_chr(s, '\0') != SIZE_MAX;
}

/*= RFC 3629 section 4: the well-formed byte sequences, as a table. */
static size_t
str_utf8_len(const unsigned char *p, size_t n)
{
	static const struct {
		unsigned char first, last, lo, hi;
		size_t len;
	} seq[] = {
		{ 0x00, 0x7f, 0x00, 0x00, 1 },
		{ 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 },
		{ 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 },
		{ 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 },
		{ 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};
	size_t i, k;

	for (i = 0; i < MU_COUNT(seq); i++)
		if (p[0] >= seq[i].first && p[0] <= seq[i].last)
			break;
	if (i == MU_COUNT(seq) || seq[i].len > n)
		return 0;
	if (seq[i].len > 1 && (p[1] < seq[i].lo || p[1] > seq[i].hi))
		return 0;
	for (k = 2; k < seq[i].len; k++)
		if ((p[k] & 0xc0) != 0x80)
			return 0;
	return seq[i].len;
}

bool
str_utf8(struct str s)
{
	size_t len;

	while (s.n != 0) {
		len = str_utf8_len((const unsigned char *)s.p, s.n);
		if (len == 0)
			return false;
		s = str_skip(s, len);
	}
	return true;
}

/* One component: "*" and "?" only. Backtracks to the last star alone. */
static bool
str_glob_part(struct str pat, struct str s)
{
	size_t p = 0, i = 0, star = SIZE_MAX, mark = 0;

	while (i < s.n) {
		if (p < pat.n && pat.p[p] == '*') {
			star = p++;
			mark = i;
		} else if (p < pat.n &&
			   (pat.p[p] == '?' || pat.p[p] == s.p[i])) {
			p++;
			i++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			i = ++mark;
		} else {
			return false;
		}
	}
	while (p < pat.n && pat.p[p] == '*')
		p++;
	return p == pat.n;
}

bool
str_glob(struct str pattern, struct str path)
{
	struct str ph, pr, sh, sr, star_p = STR_NONE, star_s = STR_NONE;
	bool star = false;

	/* The same single backtrack, a component at a time. */
	for (;;) {
		(void)str_cut(pattern, '/', &ph, &pr);
		if (str_eq(ph, STR("**"))) {
			if (pr.n == 0)
				return true;
			star = true;
			star_p = pattern = pr;
			star_s = path;
			continue;
		}
		if (path.n == 0 && pattern.n == 0)
			return true;
		(void)str_cut(path, '/', &sh, &sr);
		if (path.n != 0 && pattern.n != 0 && str_glob_part(ph, sh)) {
			pattern = pr;
			path = sr;
			continue;
		}
		if (!star || star_s.n == 0)
			return false;
		(void)str_cut(star_s, '/', &sh, &star_s);
		pattern = star_p;
		path = star_s;
	}
}
