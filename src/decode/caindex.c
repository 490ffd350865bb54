#include "decode/caindex.h"

#include "decode/certfile.h"
#include "decode/lines.h"
#include "decode/peek.h"

/* How much of the names of missing certificates is told, bytes. */
#define CAINDEX_TOLD_MAX 120

#define CAINDEX_SERIAL_MAX 64
#define CAINDEX_LINE_MAX   8192

struct row {
	char state; /* V, R or E */
	int64_t expires_s, revoked_s;
	struct str reason, serial, subject;
};

/* A folder beside the ledger in which certificates lie by their serial. */
struct folder {
	const char *below; /* "" for the ledger's own */
	struct str *names;
	size_t n;
};

struct ledger {
	const struct decode_in *in;
	struct lines lines;
	struct str dir; /* with its slash */
	struct folder folders[5];
	size_t looks, missing;
	struct buf told; /* the first names of those that are missing */
};

static bool
caindex_digits(struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n != 0;
}

static unsigned
caindex_two(struct str s, size_t at)
{

	return (unsigned)(s.p[at] - '0') * 10 + (unsigned)(s.p[at + 1] - '0');
}

/*= RFC 5280 section 4.1.2.5: YYMMDDHHMMSSZ to 2049, or YYYYMMDDHHMMSSZ. */
static bool
caindex_time(struct str s, int64_t *at_s)
{
	struct clock_utc u = { 0 };

	if ((s.n != 13 && s.n != 15) || s.p[s.n - 1] != 'Z' ||
	    !caindex_digits(str_head(s, s.n - 1)))
		return false;
	if (s.n == 15) {
		u.year = (int64_t)caindex_two(s, 0) * 100;
		s = str_skip(s, 2);
		u.year += caindex_two(s, 0);
	} else {
		u.year = caindex_two(s, 0);
		u.year += u.year >= 50 ? 1900 : 2000;
	}
	u.month = caindex_two(s, 2);
	u.day = caindex_two(s, 4);
	u.hour = caindex_two(s, 6);
	u.minute = caindex_two(s, 8);
	u.second = caindex_two(s, 10);
	if (u.year == 0 || u.month == 0 || u.month > 12 || u.day == 0 ||
	    u.day > 31 || u.hour > 23 || u.minute > 59 || u.second > 60)
		return false;
	*at_s = clock_join(&u);
	return true;
}

static bool
caindex_serial(struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') ||
			(s.p[i] >= 'A' && s.p[i] <= 'F') ||
			(s.p[i] >= 'a' && s.p[i] <= 'f')))
			return false;
	return s.n != 0 && s.n <= CAINDEX_SERIAL_MAX;
}

/* State, expiry, revocation, serial, file (always "unknown"), subject. */
static bool
caindex_row(struct str line, struct row *out)
{
	struct row r = { .revoked_s = CLOCK_NONE };
	struct str state, expires, revoked, at, file;

	if (line.n > CAINDEX_LINE_MAX || str_has_nul(line) ||
	    !str_cut(line, '\t', &state, &line) ||
	    !str_cut(line, '\t', &expires, &line) ||
	    !str_cut(line, '\t', &revoked, &line) ||
	    !str_cut(line, '\t', &r.serial, &line) ||
	    !str_cut(line, '\t', &file, &r.subject))
		return false;
	r.state = state.n == 1 ? state.p[0] : '\0';
	if ((r.state != 'V' && r.state != 'R' && r.state != 'E') ||
	    !caindex_time(expires, &r.expires_s) || !caindex_serial(r.serial) ||
	    !str_starts(r.subject, STR("/")))
		return false;
	(void)str_cut(revoked, ',', &at, &r.reason);
	(void)str_cut(r.reason, ',', &r.reason, &file);
	if ((r.state == 'R') != (at.n != 0) ||
	    (at.n != 0 && !caindex_time(at, &r.revoked_s)))
		return false;
	*out = r;
	return true;
}

/* The commonName of a subject as openssl prints it on one line. */
static struct str
caindex_common(struct str subject)
{
	size_t at = str_find(subject, STR("/CN="));
	struct str name, rest;

	if (at == SIZE_MAX)
		return subject;
	(void)str_cut(str_skip(subject, at + 4), '/', &name, &rest);
	return name;
}

/* The certificate of ${serial} in one folder, or "". */
static int
caindex_in(struct ledger *l, const struct folder *f, struct str serial,
    struct str *key, struct err *e)
{
	static const char *const endings[] = { "pem", "crt" };
	struct str name, path;
	struct x509 x;
	size_t i, k;
	int r;

	for (i = 0; i < f->n; i++) {
		name = f->names[i];
		if (name.n != serial.n + 4 ||
		    !str_eq_nocase(str_head(name, serial.n), serial))
			continue;
		for (k = 0; k < MU_COUNT(endings); k++)
			if (str_ends(name, str_from(endings[k])))
				break;
		if (k == MU_COUNT(endings))
			continue;
		l->looks++;
		TRY(arena_fmt(l->in->job, &path, e, STR_FMT "%s" STR_FMT,
		    STR_ARG(l->dir), f->below, STR_ARG(name)));
		TRY(r = certfile_first(l->in, path, &x, e));
		if (r == 0)
			continue;
		*key = x.key;
		return MU_OK;
	}
	return MU_OK;
}

static int
caindex_find(struct ledger *l, struct str serial, struct str *key,
    struct err *e)
{
	size_t i;

	*key = STR_NONE;
	for (i = 0; i < MU_COUNT(l->folders) && key->n == 0; i++)
		TRY(caindex_in(l, &l->folders[i], serial, key, e));
	return MU_OK;
}

/* "issued by this authority; revoked 2026-11-22, keyCompromise". */
static int
caindex_detail(struct ledger *l, const struct row *r, struct str *out,
    struct err *e)
{
	AUTO(buf) struct buf b = { 0 };

	buf_init(&b, CAINDEX_LINE_MAX);
	buf_adds(&b,
	    r->state == 'E' ? "issued here; marked expired" : "issued here");
	if (r->state == 'R') {
		buf_adds(&b, "; revoked ");
		clock_day(&b, r->revoked_s);
		if (r->reason.n != 0) {
			buf_adds(&b, ", ");
			buf_add(&b, str_head(r->reason, 64));
		}
	}
	return arena_str(l->in->job, buf_str(&b), out, e);
}

/* Out there, as far as the ledger knows: not revoked, and not over when it was
 * last written. */
static void
caindex_missing(struct ledger *l, const struct row *r)
{
	struct str name = str_head(caindex_common(r->subject), 64);

	if (r->state != 'V' || r->expires_s <= l->in->file->mtime_s)
		return;
	l->missing++;
	if (l->told.n + name.n + 2 > CAINDEX_TOLD_MAX)
		return;
	if (l->told.n != 0)
		buf_adds(&l->told, ", ");
	buf_add(&l->told, name);
}

static int
caindex_line(struct ledger *l, struct str line, struct err *e)
{
	struct row row = { .state = 'E' };
	struct str key;
	struct rec r;

	if (!caindex_row(line, &row))
		return lines_gap(&l->lines, l->lines.at, GAP_MALFORMED,
		    "no line of a ledger of certificates", e);
	if (l->looks >= CAINDEX_LOOKS_MAX)
		return MU_OK;
	TRY(caindex_find(l, row.serial, &key, e));
	if (key.n == 0) {
		caindex_missing(l, &row);
		return MU_OK;
	}
	TRY(decode_sighting(l->in, &r, key, ROLE_STORED, ':', l->lines.at, e));
	TRY(caindex_detail(l, &row, &r.sighting.detail, e));
	return decode_put(l->in, &r, e);
}

/* The folder of the ledger, and what lies beside it. */
static int
caindex_start(struct ledger *l, struct err *e)
{
	static const char *const below[MU_COUNT(l->folders)] = { "",
		"newcerts/", "certs_by_serial/", "revoked/certs_by_serial/",
		"certs/" };
	struct str path = l->in->file->path;
	size_t i, slash = str_rchr(path, '/');

	l->dir = slash == SIZE_MAX ? STR_NONE : str_head(path, slash + 1);
	for (i = 0; i < MU_COUNT(below); i++) {
		l->folders[i].below = below[i];
		TRY(arena_fmt(l->in->job, &path, e, STR_FMT "%s",
		    STR_ARG(l->dir), below[i]));
		if (peek_list(l->in, path, &l->folders[i].names,
			&l->folders[i].n, NULL) < 0)
			l->folders[i].n = 0;
	}
	return MU_OK;
}

static int
caindex_end(struct ledger *l, struct err *e)
{

	TRY(lines_done(&l->lines, e));
	if (l->looks >= CAINDEX_LOOKS_MAX)
		TRY(decode_gap(l->in, '#', 0, GAP_LIMIT, e,
		    "more than %d certificates lie beside the ledger",
		    CAINDEX_LOOKS_MAX));
	if (l->missing == 0)
		return MU_OK;
	return decode_gap(l->in, '#', 0, GAP_UNSUPPORTED, e,
	    "%zu valid certificate%s of this authority "
	    "%s not kept beside its ledger: " STR_FMT,
	    l->missing, l->missing == 1 ? "" : "s",
	    l->missing == 1 ? "is" : "are", STR_ARG(buf_str(&l->told)));
}

static int
caindex_read(const struct decode_in *in, struct err *e)
{
	struct ledger l = { .in = in };
	struct str line;
	int r;

	/* "index.txt.old" is what it was one line ago. */
	if (str_ends(in->file->path, STR(".old")))
		return MU_OK;
	buf_init(&l.told, 2 * (size_t)CAINDEX_TOLD_MAX);
	lines_init(&l.lines, in);
	r = caindex_start(&l, e);
	while (r >= 0 && lines_next(&l.lines, &line))
		if (line.n != 0)
			r = caindex_line(&l, line, e);
	if (r >= 0)
		r = caindex_end(&l, e);
	buf_free(&l.told);
	return r;
}

/* The first line is a whole row of a ledger. */
static bool
caindex_sniff(struct str head)
{
	struct str line;
	struct row r;

	if (head.n < 20 || head.p[1] != '\t' ||
	    (head.p[0] != 'V' && head.p[0] != 'R' && head.p[0] != 'E'))
		return false;
	return str_line(&head, &line) && caindex_row(line, &r);
}

const struct decoder decode_caindex = {
	.name = "caindex",
	.place = "file.ca_index",
	.sees = "What a private certificate authority issued and revoked",
	.source = "OpenSSL 3.0, openssl-ca(1); EasyRSA 3",
	.max_bytes = CAINDEX_BYTES_MAX,
	.sniff = caindex_sniff,
	.read = caindex_read,
};
