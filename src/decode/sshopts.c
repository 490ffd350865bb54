#include "decode/sshopts.h"

/* In the order in which sshopts_words() lists them. */
static const char *const names[] = {
	"cert-authority",
	"from",
	"command",
	"expiry-time",
	"principals",
	"environment",
	"permitopen",
	"permitlisten",
	"tunnel",
	"restrict",
	"agent-forwarding",
	"no-agent-forwarding",
	"port-forwarding",
	"no-port-forwarding",
	"pty",
	"no-pty",
	"user-rc",
	"no-user-rc",
	"X11-forwarding",
	"no-X11-forwarding",
	"touch-required",
	"no-touch-required",
	"verify-required",
	"no-verify-required",
};

static int
sshopts_index(struct str name)
{
	size_t i;

	for (i = 0; i < MU_COUNT(names); i++)
		if (str_eq_nocase(name, str_from(names[i])))
			return (int)i;
	return -1;
}

bool
sshopts_has(const struct sshopts *o, struct str name)
{
	int i = sshopts_index(name);

	return i >= 0 && (o->seen >> i & 1) != 0;
}

/* ${n} digits off the front of ${s}, 00 where it is at its end. */
static bool
sshopts_digits(struct str *s, size_t n, unsigned min, unsigned max,
    unsigned *out)
{
	size_t i;

	*out = 0;
	for (i = 0; s->n != 0 && i < n; i++) {
		if (s->p[i] < '0' || s->p[i] > '9')
			return false;
		*out = *out * 10 + (unsigned)(s->p[i] - '0');
	}
	*s = str_skip(*s, n);
	return *out >= min && *out <= max;
}

/* A 30th of February is what sshd takes too: a day that comes in March. */
bool
sshopts_time(struct str s, int64_t *at_s)
{
	struct clock_utc u;
	unsigned year;

	if (s.n > 3 && str_eq_nocase(str_skip(s, s.n - 3), STR("UTC")))
		s.n -= 3;
	else if (s.n > 1 && str_eq_nocase(str_skip(s, s.n - 1), STR("Z")))
		s.n -= 1;
	if (s.n != 8 && s.n != 12 && s.n != 14)
		return false;
	if (!sshopts_digits(&s, 4, 1970, 9998, &year) ||
	    !sshopts_digits(&s, 2, 1, 12, &u.month) ||
	    !sshopts_digits(&s, 2, 1, 31, &u.day) ||
	    !sshopts_digits(&s, 2, 0, 23, &u.hour) ||
	    !sshopts_digits(&s, 2, 0, 59, &u.minute) ||
	    !sshopts_digits(&s, 2, 0, 60, &u.second))
		return false;
	u.year = year;
	*at_s = clock_join(&u);
	return true;
}

/* What stands between the quotes at the front of ${s}, taken off. */
static bool
sshopts_quoted(struct str *s, struct str *value)
{
	size_t i;

	if (s->n == 0 || s->p[0] != '"')
		return false;
	for (i = 1; i < s->n && s->p[i] != '"'; i++)
		if (s->p[i] == '\\' && i + 1 < s->n && s->p[i + 1] == '"')
			i++;
	if (i >= s->n)
		return false;
	*value = str_of(s->p + 1, i - 1);
	*s = str_skip(*s, i + 1);
	return true;
}

static int
sshopts_value(struct sshopts *o, struct str name, struct str value,
    struct arena *a, struct err *e)
{
	int64_t at;

	if (str_eq_nocase(name, STR("from")))
		return arena_str(a, str_trim(value), &o->from, e);
	if (!str_eq_nocase(name, STR("expiry-time")))
		return MU_OK;
	if (!sshopts_time(value, &at))
		return err_set(e, MU_EFORMAT, "expiry-time is no time");
	/* Of two times sshd takes the earlier. */
	if (o->expires.at == CLOCK_NONE || at < o->expires.at)
		o->expires = (struct when){ at, BY_IN_BAND };
	return MU_OK;
}

/* One option off the front of ${s}. */
static int
sshopts_one(struct str *s, struct arena *a, struct sshopts *o, struct err *e)
{
	struct str name, value = STR_NONE;
	size_t n = 0;
	int i;

	while (n < s->n && str_chr(STR(",= \t\""), s->p[n]) == SIZE_MAX)
		n++;
	name = str_head(*s, n);
	*s = str_skip(*s, n);
	if (n == 0 && s->p[0] != ',')
		return err_set(e, MU_EFORMAT, "an option has no name");
	if (n == 0)
		return MU_OK;
	if (str_starts(*s, STR("="))) {
		*s = str_skip(*s, 1);
		if (!sshopts_quoted(s, &value))
			return err_set(e, MU_EFORMAT,
			    "the value of an option is not in quotes");
	}
	i = sshopts_index(name);
	if (i < 0)
		o->unknown = true;
	else
		o->seen |= UINT64_C(1) << i;
	return sshopts_value(o, name, value, a, e);
}

int
sshopts_take(struct str *line, struct arena *a, struct sshopts *out,
    struct err *e)
{
	struct sshopts o = { .expires = WHEN_NONE };
	struct str s = *line;

	/* Between commas there may be nothing: sshd lets it. */
	while (s.n != 0 && s.p[0] != ' ' && s.p[0] != '\t') {
		TRY(sshopts_one(&s, a, &o, e));
		if (str_starts(s, STR(",")))
			s = str_skip(s, 1);
		else if (s.n != 0 && s.p[0] != ' ' && s.p[0] != '\t')
			return err_set(e, MU_EFORMAT,
			    "options stand without a comma between them");
	}
	*line = str_trim(s);
	*out = o;
	return MU_OK;
}

enum tri
sshopts_from(const struct sshopts *o)
{
	static const char *const all[] = { "*", "0.0.0.0/0", "::/0" };
	struct str rest = o->from, one;
	size_t i;

	if (!sshopts_has(o, STR("from")))
		return TRI_NO;
	while (rest.n != 0) {
		(void)str_cut(rest, ',', &one, &rest);
		for (i = 0; i < MU_COUNT(all); i++)
			if (str_eq(str_trim(one), str_from(all[i])))
				return TRI_NO;
	}
	return TRI_YES;
}

enum tri
sshopts_command(const struct sshopts *o)
{

	return sshopts_has(o, STR("command")) ? TRI_YES : TRI_NO;
}

int
sshopts_words(const struct sshopts *o, struct arena *a, struct str *out,
    struct err *e)
{
	AUTO(buf) struct buf b;
	size_t i;

	buf_init(&b, SSHOPTS_WORDS_MAX);
	for (i = 0; i < MU_COUNT(names); i++) {
		if ((o->seen >> i & 1) == 0)
			continue;
		buf_adds(&b, b.n != 0 ? ", " : "");
		buf_adds(&b, names[i]);
		if (o->from.n != 0 && str_eq(str_from(names[i]), STR("from")))
			buf_addf(&b, "=" STR_FMT,
			    STR_ARG(str_head(o->from, SSHOPTS_WORDS_MAX / 2)));
	}
	if (o->unknown)
		buf_addf(&b, "%san option not known", b.n != 0 ? ", " : "");
	return arena_str(a, buf_str(&b), out, e);
}
