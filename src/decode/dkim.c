#include "decode/dkim.h"

#include "decode/peek.h"
#include "decode/pem.h"

/* Longest domain name, and longest selector, bytes (RFC 1035). */
#define DKIM_NAME_MAX 253

struct dkim {
	struct sink sink; /* between the decoder of PEM and the real one */
	const struct decode_in *in;
	struct str domain, selector; /* "" where they are not known */
	struct str name, purpose;
};

static int
dkim_put(struct sink *sink, const struct rec *r, struct err *e)
{
	struct dkim *d = (struct dkim *)(void *)sink;
	struct rec c = *r;

	if (r->type == REC_IDENTITY && r->identity.kind == ID_SIGNING_KEY) {
		c.identity.name = d->name;
		c.identity.purpose = d->purpose;
	}
	return decode_put(d->in, &c, e);
}

/* A name as the DNS takes it. */
static bool
dkim_is_name(struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') ||
			(s.p[i] >= 'A' && s.p[i] <= 'Z') ||
			(s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-' ||
			s.p[i] == '_' || s.p[i] == '.'))
			return false;
	return s.n != 0 && s.n <= DKIM_NAME_MAX;
}

static bool
dkim_set(struct dkim *d, struct str domain, struct str selector)
{

	if (!dkim_is_name(domain) || !dkim_is_name(selector))
		return false;
	d->domain = domain;
	d->selector = selector;
	return true;
}

/* Whether ${path}, as settings name it, is the file that is read. */
static bool
dkim_same(const struct dkim *d, struct str path)
{

	while (str_starts(path, STR("/")))
		path = str_skip(path, 1);
	return str_eq(path, d->in->file->path);
}

/*= opendkim.conf(5), KeyTable: a name, then DOMAIN:SELECTOR:PATH. */
static bool
dkim_table(struct dkim *d, struct str path)
{
	struct decode_in other;
	struct str line, rest, word, domain, selector;

	if (str_starts(path, STR("refile:")) || str_starts(path, STR("file:")))
		path = str_skip(path, str_chr(path, ':') + 1);
	if (peek_file(d->in, path, DKIM_BYTES_MAX, &other, NULL) <= 0)
		return false;
	for (rest = other.bytes; str_line(&rest, &line);) {
		if (str_starts(line, STR("#")) || !str_word(&line, &word))
			continue;
		line = str_trim(line);
		if (str_cut(line, ':', &domain, &line) &&
		    str_cut(line, ':', &selector, &line) &&
		    dkim_same(d, line) && dkim_set(d, domain, selector))
			return true;
	}
	return false;
}

/* OpenDKIM's settings: names and values with blanks between. */
static bool
dkim_settings(struct dkim *d)
{
	struct decode_in other;
	struct str line, rest, name, domain = STR_NONE, selector = STR_NONE;
	struct str file = STR_NONE, table = STR_NONE;

	if (peek_file(d->in, STR("etc/opendkim.conf"), DKIM_BYTES_MAX, &other,
		NULL) <= 0)
		return false;
	for (rest = other.bytes; str_line(&rest, &line);) {
		if (!str_word(&line, &name))
			continue;
		line = str_trim(line);
		if (str_eq_nocase(name, STR("Domain")))
			domain = line;
		else if (str_eq_nocase(name, STR("Selector")))
			selector = line;
		else if (str_eq_nocase(name, STR("KeyFile")))
			file = line;
		else if (str_eq_nocase(name, STR("KeyTable")))
			table = line;
	}
	if (table.n != 0 && dkim_table(d, table))
		return true;
	return file.n != 0 && dkim_same(d, file) &&
	       dkim_set(d, domain, selector);
}

/* ".../DOMAIN/SELECTOR.private", ".../DOMAIN.SELECTOR.key". */
static void
dkim_path(struct dkim *d)
{
	struct str path = d->in->file->path, name, folder = STR_NONE;
	size_t slash = str_rchr(path, '/'), dot;

	name = slash == SIZE_MAX ? path : str_skip(path, slash + 1);
	if (slash != SIZE_MAX)
		folder = str_head(path, slash);
	slash = str_rchr(folder, '/');
	if (slash != SIZE_MAX)
		folder = str_skip(folder, slash + 1);
	dot = str_rchr(name, '.');
	if (dot == SIZE_MAX)
		return;
	if (str_eq(str_skip(name, dot), STR(".private"))) {
		if (str_chr(folder, '.') != SIZE_MAX)
			(void)dkim_set(d, folder, str_head(name, dot));
		else if (dkim_is_name(str_head(name, dot)))
			d->selector = str_head(name, dot);
		return;
	}
	name = str_head(name, dot);
	dot = str_rchr(name, '.');
	if (dot != SIZE_MAX && str_chr(str_head(name, dot), '.') != SIZE_MAX)
		(void)dkim_set(d, str_head(name, dot), str_skip(name, dot + 1));
}

static int
dkim_words(struct dkim *d, struct err *e)
{

	d->purpose = STR("signs mail");
	if (d->domain.n != 0)
		TRY(arena_fmt(d->in->job, &d->purpose, e,
		    "signs the mail of " STR_FMT, STR_ARG(d->domain)));
	return arena_fmt(d->in->job, &d->name, e,
	    "DKIM key%s" STR_FMT "%s" STR_FMT, d->selector.n != 0 ? " " : "",
	    STR_ARG(d->selector), d->domain.n != 0 ? " of " : "",
	    STR_ARG(d->domain));
}

static int
dkim_read(const struct decode_in *in, struct err *e)
{
	struct dkim d = { .sink = { .put = dkim_put }, .in = in };
	struct decode_in inner = *in;

	if (!dkim_settings(&d) &&
	    !dkim_table(&d, STR("etc/opendkim/KeyTable")) &&
	    !dkim_table(&d, STR("etc/dkimkeys/KeyTable")))
		dkim_path(&d);
	TRY(dkim_words(&d, e));
	inner.out = &d.sink;
	return decode_pem.read(&inner, e);
}

const struct decoder decode_dkim = {
	.name = "dkim",
	.place = NULL,
	.sees = "Keys that sign mail, with their domain and selector",
	.source = "opendkim.conf(5), opendkim-genkey(8); RFC 6376",
	.max_bytes = DKIM_BYTES_MAX,
	.read = dkim_read,
};
