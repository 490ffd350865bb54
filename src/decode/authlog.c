#include "decode/authlog.h"

#include "base/map.h"
#include "base/vec.h"
#include "decode/lines.h"

/* Characters of a SHA-256 in base64 without its padding. */
#define AUTHLOG_FP_CHARS 43

/* A clock that was set back by less did not begin a new year. */
#define AUTHLOG_BACK_DAYS 2

#define AUTHLOG_DAY_S 86400

/* When a line was written; without a year it is so many years after the first
 * line of the file. */
struct stamp {
	bool whole; /* at_s is known, the year was there */
	int64_t at_s;
	struct clock_utc u;
	unsigned years;
};

struct use {
	struct str fp; /* "SHA256:..." */
	struct stamp when;
};

struct authlog {
	const struct decode_in *in;
	struct lines lines;
	struct map *at; /* fingerprint to its place in uses */
	VEC(struct use) uses;
	struct stamp first, last; /* of the lines with a time */
	struct stamp yearless;    /* the last of those without a year */
	bool any, heard;
	int day; /* of the last line without a year: 31 a month */
	unsigned years;
};

/* ${n} digits at ${at}, in ${out}. */
static bool
digits(struct str s, size_t at, size_t n, unsigned *out)
{
	size_t i;

	if (s.n < at + n)
		return false;
	*out = 0;
	for (i = at; i < at + n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		*out = *out * 10 + (unsigned)(s.p[i] - '0');
	}
	return true;
}

/* "22:50:34" at ${at}. */
static bool
time_of_day(struct str s, size_t at, struct clock_utc *u)
{

	return digits(s, at, 2, &u->hour) && digits(s, at + 3, 2, &u->minute) &&
	       digits(s, at + 6, 2, &u->second) && s.p[at + 2] == ':' &&
	       s.p[at + 5] == ':' && u->hour < 24 && u->minute < 60 &&
	       u->second <= 60;
}

/* "Nov  1 22:50:34 ": RFC 3164. */
static bool
bsd_time(struct str *line, struct stamp *t)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct str s = *line;
	size_t at;

	if (s.n < 16 || s.p[3] != ' ' || s.p[6] != ' ' || s.p[15] != ' ')
		return false;
	at = str_find(str_from(months), str_head(s, 3));
	if (at == SIZE_MAX || at % 3 != 0)
		return false;
	t->u = (struct clock_utc){ .month = (unsigned)at / 3 + 1 };
	if (!digits(s, s.p[4] == ' ' ? 5 : 4, s.p[4] == ' ' ? 1 : 2,
		&t->u.day) ||
	    t->u.day < 1 || t->u.day > 31 || !time_of_day(s, 7, &t->u))
		return false;
	t->whole = false;
	*line = str_skip(s, 16);
	return true;
}

/* "Z" or "+01:00" and a blank. */
static bool
zone(struct str *s, int64_t *east_s)
{
	unsigned hour, minute;

	*east_s = 0;
	if (str_starts(*s, STR("Z "))) {
		*s = str_skip(*s, 2);
		return true;
	}
	if (s->n < 7 || (s->p[0] != '+' && s->p[0] != '-') ||
	    !digits(*s, 1, 2, &hour) || s->p[3] != ':' ||
	    !digits(*s, 4, 2, &minute) || s->p[6] != ' ' || hour > 23 ||
	    minute > 59)
		return false;
	*east_s = (int64_t)hour * 3600 + (int64_t)minute * 60;
	if (s->p[0] == '-')
		*east_s = -*east_s;
	*s = str_skip(*s, 7);
	return true;
}

/* "2026-11-21T22:50:34.123456+01:00 ": RFC 3339. */
static bool
iso_time(struct str *line, struct stamp *t)
{
	struct str s = *line;
	int64_t east_s;
	unsigned year;

	if (s.n < 20 || s.p[4] != '-' || s.p[7] != '-' || s.p[10] != 'T' ||
	    !digits(s, 0, 4, &year) || !digits(s, 5, 2, &t->u.month) ||
	    !digits(s, 8, 2, &t->u.day) || !time_of_day(s, 11, &t->u) ||
	    t->u.month < 1 || t->u.month > 12 || t->u.day < 1 || t->u.day > 31)
		return false;
	s = str_skip(s, 19);
	if (str_starts(s, STR(".")))
		do
			s = str_skip(s, 1);
		while (s.n != 0 && s.p[0] >= '0' && s.p[0] <= '9');
	if (!zone(&s, &east_s))
		return false;
	t->u.year = year;
	t->at_s = clock_join(&t->u) - east_s;
	t->whole = true;
	*line = s;
	return true;
}

/* "<38>1 ": RFC 5424. */
static bool
is_5424(struct str *line)
{
	size_t i = 1;

	if (!str_starts(*line, STR("<")))
		return false;
	while (i < line->n && i < 5 && line->p[i] >= '0' && line->p[i] <= '9')
		i++;
	if (!str_starts(str_skip(*line, i), STR(">1 ")))
		return false;
	*line = str_skip(*line, i + 3);
	return true;
}

static bool
is_sshd(struct str name)
{

	return str_eq(name, STR("sshd")) || str_eq(name, STR("sshd-session"));
}

/* Past "HOST sshd[123]: ", or "HOST sshd 123 - - ". */
static bool
sshd_said(struct str *line, bool new_form)
{
	struct str host, tag, rest, word;
	int i;

	if (!str_cut(*line, ' ', &host, &rest) ||
	    !str_cut(rest, ' ', &tag, &rest))
		return false;
	*line = rest;
	if (!new_form) {
		if (!str_ends(tag, STR(":")))
			return false;
		tag.n--;
		(void)str_cut(tag, '[', &tag, &rest);
		return is_sshd(tag);
	}
	for (i = 0; i < 3; i++)
		if (!str_cut(*line, ' ', &word, line))
			return false;
	if (str_starts(*line, STR("\xef\xbb\xbf")))
		*line = str_skip(*line, 3);
	return is_sshd(tag) && str_eq(word, STR("-"));
}

/* "SHA256:..." at the head of ${s}, whole. */
static bool
fingerprint(struct str s, struct str *fp)
{
	size_t i;
	char c;

	(void)str_cut(s, ' ', fp, &s);
	if (!str_starts(*fp, STR("SHA256:")) ||
	    fp->n != sizeof("SHA256:") - 1 + AUTHLOG_FP_CHARS)
		return false;
	for (i = sizeof("SHA256:") - 1; i < fp->n; i++) {
		c = fp->p[i];
		if (!(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z') &&
		    !(c >= '0' && c <= '9') && c != '+' && c != '/')
			return false;
	}
	return true;
}

static size_t
last_of(struct str s, struct str what)
{
	size_t at = SIZE_MAX, from = 0, i;

	while ((i = str_find(str_skip(s, from), what)) != SIZE_MAX) {
		at = from + i;
		from = at + 1;
	}
	return at;
}

static int
put_use(struct authlog *a, struct str fp, const struct stamp *when,
    struct err *e)
{
	uint64_t at;

	if (map_get(a->at, fp, &at)) {
		a->uses.v[at].when = *when;
		return MU_OK;
	}
	if (map_put(a->at, fp, a->uses.n, NULL) < 0 ||
	    !vec_push(&a->uses, AUTHLOG_KEYS_MAX, (struct use){ fp, *when }))
		return err_set(e, MU_ELIMIT, "more than %d keys",
		    AUTHLOG_KEYS_MAX);
	return MU_OK;
}

/*
 * "Accepted publickey for U from A port N ssh2: ED25519 SHA256:...", and for a
 * certificate "... ID text (serial 7) CA RSA SHA256:...": both keys were used.
 */
static int
accepted(struct authlog *a, struct str said, const struct stamp *when,
    struct err *e)
{
	static const struct str how = { "Accepted publickey for ", 23 };
	struct str type, fp, rest;
	size_t at;

	if (!str_starts(said, STR("Accepted ")))
		return MU_OK;
	a->heard = true;
	if (!str_starts(said, how))
		return MU_OK;
	at = str_find(said, STR(" ssh2: "));
	if (at == SIZE_MAX)
		return MU_OK;
	rest = str_skip(said, at + 7);
	if (!str_cut(rest, ' ', &type, &rest) || !fingerprint(rest, &fp))
		return lines_gap(&a->lines, a->lines.at, GAP_UNSUPPORTED,
		    "a key that is not named by its SHA-256", e);
	TRY(put_use(a, fp, when, e));
	at = last_of(rest, STR(" CA "));
	if (at == SIZE_MAX || !str_ends(type, STR("-CERT")))
		return MU_OK;
	rest = str_skip(rest, at + 4);
	if (!str_cut(rest, ' ', &type, &rest) || !fingerprint(rest, &fp))
		return MU_OK;
	return put_use(a, fp, when, e);
}

/* Lines come in their order, so an earlier day is one of the next year. */
static void
count_years(struct authlog *a, struct stamp *t)
{
	int day;

	if (!t->whole) {
		day = (int)(t->u.month * 31 + t->u.day);
		a->years += a->day - day > AUTHLOG_BACK_DAYS;
		a->day = day;
		t->years = a->years;
		a->yearless = *t;
	}
	if (!a->any)
		a->first = *t;
	a->last = *t;
	a->any = true;
}

static int
one_line(struct authlog *a, struct str line, struct err *e)
{
	bool new_form = is_5424(&line);
	struct stamp t = { .at_s = 0 };

	if (!(iso_time(&line, &t) || (!new_form && bsd_time(&line, &t))))
		return MU_OK;
	count_years(a, &t);
	return sshd_said(&line, new_form) ? accepted(a, line, &t, e) : MU_OK;
}

/*
 * The last line without a year is of the year that lets it be older than the
 * file's own time, but for a day: its zone is not known. No line is younger
 * than the file.
 */
static int64_t
resolve(const struct authlog *a, const struct stamp *t)
{
	int64_t mtime_s = a->in->file->mtime_s, at_s = t->at_s;
	struct clock_utc u = a->yearless.u;
	int64_t year;

	if (!t->whole) {
		u.year = clock_split(mtime_s).year;
		u.year -= clock_join(&u) > mtime_s + AUTHLOG_DAY_S;
		year = u.year - (int64_t)(a->yearless.years - t->years);
		u = t->u;
		u.year = year;
		at_s = clock_join(&u);
	}
	return at_s < mtime_s ? at_s : mtime_s;
}

static int
emit(const struct authlog *a, struct err *e)
{
	const struct use *u;
	struct rec r;
	size_t i;

	for (i = 0; i < a->uses.n; i++) {
		u = &a->uses.v[i];
		rec_init(&r, REC_CREDENTIAL);
		TRY(arena_fmt(a->in->job, &r.credential.key, e, "ssh:" STR_FMT,
		    STR_ARG(u->fp)));
		r.credential.kind = CRED_KEYPAIR;
		r.credential.ssh_fp = u->fp;
		r.credential.last_used =
		    (struct when){ resolve(a, &u->when), BY_IN_BAND };
		TRY(decode_put(a->in, &r, e));
	}
	return MU_OK;
}

static int
run(struct authlog *a, struct err *e)
{
	struct str line;

	lines_init(&a->lines, a->in);
	while (lines_next(&a->lines, &line))
		TRY(one_line(a, line, e));
	TRY(lines_done(&a->lines, e));
	if (!a->any)
		return err_set(e, MU_EFORMAT,
		    "no line begins with a time, so this is no log");
	if (a->in->span != NULL)
		*a->in->span = (struct decode_span){ resolve(a, &a->first),
			resolve(a, &a->last), a->heard };
	return emit(a, e);
}

/* What rotation packs: gzip, bzip2, xz, zstd. */
static bool
is_packed(struct str s)
{

	return str_starts(s, STR("\x1f\x8b")) || str_starts(s, STR("BZh")) ||
	       str_starts(s, STR("\xfd"
				 "7zXZ")) ||
	       str_starts(s, STR("\x28\xb5\x2f\xfd"));
}

static int
authlog_read(const struct decode_in *in, struct err *e)
{
	struct authlog a = { .in = in };
	int r;

	if (in->bytes.n == 0)
		return MU_OK;
	if (is_packed(in->bytes))
		return err_set(e, MU_EUNSUPPORTED,
		    "a packed log is not read yet");
	a.at = map_new(AUTHLOG_KEYS_MAX);
	r = run(&a, e);
	map_free(a.at);
	vec_free(&a.uses);
	return r;
}

const struct decoder decode_authlog = {
	.name = "authlog",
	.place = NULL,
	.sees = "Which SSH keys were used to sign in, and when last",
	.source = "sshd(8); RFC 3164, RFC 5424",
	.max_bytes = (size_t)64 << 20,
	.read = authlog_read,
};
