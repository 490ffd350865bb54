#include "report/words.h"

#include "report/table.h"

#define DAY_S       86400
#define MONTHS_FROM 90  /* days from which a span is said in months */
#define YEARS_FROM  730 /* and in years */
#define MONTH_DAYS  30
#define YEAR_DAYS   365

void
words_day(struct buf *b, int64_t at_s)
{
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct clock_utc u;

	if (at_s == CLOCK_NONE) {
		buf_addc(b, '-');
		return;
	}
	u = clock_split(at_s);
	buf_addf(b, "%u %s %lld", u.day, months[(u.month - 1) % 12],
	    (long long)u.year);
}

void
words_count(struct buf *b, int64_t n, const char *one, const char *many)
{

	table_thousands(b, n);
	buf_addf(b, " %s", n == 1 ? one : many);
}

void
words_span(struct buf *b, int64_t s)
{
	int64_t days = s / DAY_S;

	if (days < 1)
		buf_adds(b, "less than a day");
	else if (days < MONTHS_FROM)
		words_count(b, days, "day", "days");
	else if (days < YEARS_FROM)
		words_count(b, days / MONTH_DAYS, "month", "months");
	else
		words_count(b, days / YEAR_DAYS, "year", "years");
}

/* The day before or after counts by the calendar, not by 24 hours. */
void
words_when(struct buf *b, int64_t now_s, int64_t at_s)
{
	int64_t now_day, at_day;

	if (at_s == CLOCK_NONE) {
		buf_addc(b, '-');
		return;
	}
	now_day = now_s / DAY_S - (now_s % DAY_S < 0);
	at_day = at_s / DAY_S - (at_s % DAY_S < 0);
	if (at_day == now_day) {
		buf_adds(b, "today");
	} else if (at_day > now_day) {
		buf_adds(b, "in ");
		words_span(b, (at_day - now_day) * DAY_S);
	} else {
		words_span(b, (now_day - at_day) * DAY_S);
		buf_adds(b, " ago");
	}
	buf_adds(b, " (");
	words_day(b, at_s);
	buf_addc(b, ')');
}

const char *
words_gap(enum gap_reason r)
{
	static const char *const t[] = { "no right to read it",
		"damaged, or not what it claims to be", "too large",
		"a format that Muster does not read", "encrypted",
		"gone while it was read", "reading it failed",
		"reading it took too long" };

	_Static_assert(MU_COUNT(t) == GAP_REASONS, "gaps");
	MU_ASSERT((size_t)r < MU_COUNT(t));
	return t[r];
}

const char *
words_gaps(enum gap_reason r, bool one)
{
	static const char *const t[][2] = {
		{ "that this account may not read",
		    "that this account may not read" },
		{ "damaged or not what they claim to be",
		    "damaged or not what it claims to be" },
		{ "too large", "too large" },
		{ "of a format that Muster does not read",
		    "of a format that Muster does not read" },
		{ "encrypted", "encrypted" },
		{ "gone while they were read", "gone while it was read" },
		{ "on which the reader failed", "on which the reader failed" },
		{ "that took too long", "that took too long" },
	};

	_Static_assert(MU_COUNT(t) == GAP_REASONS, "gaps");
	MU_ASSERT((size_t)r < MU_COUNT(t));
	return t[r][one];
}

const char *
words_role(enum role r)
{
	static const char *const t[] = { "the private key or secret itself",
		"the public half", "may log in here", "trusted here",
		"used by a service", "stored", "served to visitors" };

	_Static_assert(MU_COUNT(t) == ROLES, "roles");
	MU_ASSERT((size_t)r < MU_COUNT(t));
	return t[r];
}

const char *
words_readers(enum readers r)
{
	static const char *const t[] = { "not known", "its owner alone",
		"its owner and a group", "everybody on the machine" };

	_Static_assert(MU_COUNT(t) == READERS_KINDS, "readers");
	MU_ASSERT((size_t)r < MU_COUNT(t));
	return t[r];
}

const char *
words_cred(enum cred_kind k)
{
	static const char *const t[] = { "certificate", "key pair",
		"SSH certificate", "password", "token" };

	_Static_assert(MU_COUNT(t) == CRED_KINDS, "credentials");
	MU_ASSERT((size_t)k < MU_COUNT(t));
	return t[k];
}

const char *
words_edge(enum edge_kind k, bool out)
{
	static const char *const t[][2] = {
		{ "is logged in to with", "logs in as" },
		{ "is run as by", "runs as" },
		{ "has the member", "is a member of" },
		{ "can be taken on by", "can take on" },
		{ "has issued", "is issued by" },
		{ "is trusted by", "trusts" },
		{ "uses", "is used by" },
		{ "owns", "is owned by" },
		{ "was replaced by", "replaces" },
		{ "is the same as", "is the same as" },
	};

	_Static_assert(MU_COUNT(t) == EDGE_KINDS, "edges");
	MU_ASSERT((size_t)k < MU_COUNT(t));
	return t[k][out];
}

const char *
words_capability(enum capability c)
{
	static const char *const t[] = { "not known what", "nothing",
		"may see what there is", "may read", "may change",
		"may do everything" };

	_Static_assert(MU_COUNT(t) == CAPS, "capabilities");
	MU_ASSERT((size_t)c < MU_COUNT(t));
	return t[c];
}

const char *
words_by(enum when_by by)
{
	static const char *const t[] = { "", "says the credential itself",
		"says its provider", "says a public register",
		"when the file was made", "when the file was last changed",
		"says version control", "when Muster first saw it" };

	_Static_assert(MU_COUNT(t) == BY_KINDS, "evidence");
	MU_ASSERT((size_t)by < MU_COUNT(t));
	return t[by];
}

struct str
words_kind(struct str word)
{
	int k = word_find(&word_id_kind, word);

	return k < 0 ? word : str_from(word_id_plain((enum id_kind)k));
}

struct str
words_sentence(struct str s)
{
	size_t i;

	s = str_trim(s);
	for (i = 1; i + 2 < s.n; i++)
		if (s.p[i] == '.' && s.p[i - 1] != '.' && s.p[i + 1] == ' ' &&
		    s.p[i + 2] >= 'A' && s.p[i + 2] <= 'Z')
			return str_head(s, i);
	return str_ends(s, STR(".")) ? str_head(s, s.n - 1) : s;
}

void
words_where(struct buf *b, struct str locator)
{
	size_t slash = str_chr(locator, '/'), colon = str_chr(locator, ':');

	if (locator.n == 0) {
		buf_addc(b, '-');
		return;
	}
	/* "tcp:127.0.0.1:443", "unit:x": a word, a colon, and no path. */
	if (locator.p[0] != '/' && locator.p[0] != '[' &&
	    (colon == SIZE_MAX || slash < colon))
		buf_addc(b, '/');
	buf_add(b, locator);
}

/* The path of a locator without its ":12" or "#1"; "" where it is none. */
static struct str
words_path(struct str locator)
{
	size_t slash = str_chr(locator, '/'), colon = str_chr(locator, ':');
	size_t n = locator.n;

	if (locator.n == 0 || slash == SIZE_MAX || colon < slash ||
	    locator.p[0] == '[')
		return STR_NONE;
	while (n > 0 && locator.p[n - 1] >= '0' && locator.p[n - 1] <= '9')
		n--;
	if (n > 1 && n < locator.n && strchr(":#", locator.p[n - 1]) != NULL)
		return str_head(locator, n - 1);
	return locator;
}

/* 0: safe in a command as it is; 1: between quotes; 2: not to be typed. */
static int
words_typed(struct str path)
{
	static const char plain[] = "/._-+@,=:%";
	int worst = 0;
	size_t i;
	char c;

	for (i = 0; i < path.n; i++) {
		c = path.p[i];
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || strchr(plain, c) != NULL)
			continue;
		if (c < ' ' || c > '~' || c == '\'' || c == '\\' || c == '`')
			return 2;
		worst = 1;
	}
	return worst;
}

void
words_fill(struct buf *b, struct str text, struct str locator)
{
	struct str path = words_path(locator);
	int typed = words_typed(path);
	size_t at;

	while (path.n != 0 && typed < 2 &&
	       (at = str_find(text, STR("FILE"))) != SIZE_MAX) {
		buf_add(b, str_head(text, at));
		buf_adds(b, typed == 1 ? "'" : "");
		words_where(b, path);
		buf_adds(b, typed == 1 ? "'" : "");
		text = str_skip(text, at + 4);
	}
	buf_add(b, text);
}

void
words_ratio(struct buf *b, int64_t machines, int64_t people)
{

	words_count(b, machines, "machine identity", "machine identities");
	if (people == 0) {
		buf_adds(b, " and no people");
		return;
	}
	buf_adds(b, ", ");
	words_count(b, people, "person", "people");
	buf_adds(b, ": ");
	table_thousands(b, (machines + people / 2) / people);
	buf_adds(b, " to 1");
}
