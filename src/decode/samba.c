#include "decode/samba.h"

#include "decode/hostinfo.h"
#include "decode/lines.h"
#include "decode/pick.h"
#include "decode/tdb.h"

/* Longest name of a domain or account, bytes. */
#define SAMBA_NAME_MAX 255

/*= pdb_tdb.c: what a user's record is packed of. */
#define SAMBA_NUMBERS   7 /* times; the fifth is of the last change */
#define SAMBA_CHANGED   4
#define SAMBA_TEXTS     12
#define SAMBA_DISABLED  0x1U
#define SAMBA_NO_CHANGE 0x7fffffffU

struct domain {
	struct str name, password;
	int64_t changed; /* CLOCK_NONE: not said */
};

struct samba {
	const struct decode_in *in;
	struct domain domains[SAMBA_DOMAINS_MAX];
	size_t n, accounts;
};

static struct str
samba_text(struct str s)
{

	return str_head(str_head(s, str_chr(s, '\0')), SAMBA_NAME_MAX);
}

static struct when
samba_when(uint32_t at)
{

	if (at == 0 || at >= SAMBA_NO_CHANGE)
		return WHEN_NONE;
	return (struct when){ (int64_t)at, BY_IN_BAND };
}

/* The domain ${name}, made where it is new; NULL beyond the cap. */
static struct domain *
samba_domain(struct samba *s, struct str name)
{
	size_t i;

	name = samba_text(name);
	for (i = 0; i < s->n; i++)
		if (str_eq(s->domains[i].name, name))
			return &s->domains[i];
	if (s->n == SAMBA_DOMAINS_MAX)
		return NULL;
	s->domains[s->n] = (struct domain){ name, STR_NONE, CLOCK_NONE };
	return &s->domains[s->n++];
}

static bool
samba_after(struct str key, struct str head, struct str *rest)
{

	*rest = str_skip(key, head.n);
	return str_starts(key, head) && rest->n != 0;
}

/* What is told once the file is read: a password and its day are two records. */
static int
samba_secret(struct samba *s, struct str key, struct str value)
{
	struct domain *d;
	struct str rest;

	if (samba_after(key, STR("SECRETS/MACHINE_PASSWORD/"), &rest)) {
		d = samba_domain(s, rest);
		if (d != NULL)
			d->password = str_head(value, str_chr(value, '\0'));
	} else if (samba_after(key, STR("SECRETS/MACHINE_LAST_CHANGE_TIME/"),
		       &rest)) {
		d = samba_domain(s, rest);
		if (d != NULL && value.n >= 4)
			d->changed = samba_when(tdb_u32(value, 0)).at;
	}
	return MU_OK;
}

/* The password of ${name}: its account's credential. */
static int
samba_account(struct samba *s, struct str name, struct when changed,
    bool disabled, bool blank, char mark, size_t n, struct err *e)
{
	const struct decode_in *in = s->in;
	struct rec r;
	struct str key, cred;

	name = samba_text(name);
	if (name.n == 0)
		return MU_OK;
	if (s->accounts++ == SAMBA_ACCOUNTS_MAX)
		return err_set(e, MU_ELIMIT, "more than %d accounts",
		    SAMBA_ACCOUNTS_MAX);
	TRY(hostinfo_key(in->host, name, in->job, &key, e));
	TRY(arena_fmt(in->job, &cred, e, STR_FMT "#smb", STR_ARG(key)));
	if (host_named(in->host, name) == NULL) {
		rec_init(&r, REC_IDENTITY);
		r.identity.key = key;
		r.identity.kind = ID_SERVICE_ACCOUNT;
		r.identity.name = name;
		r.identity.asset = in->host->key;
		TRY(decode_put(in, &r, e));
	}
	rec_init(&r, REC_CREDENTIAL);
	r.credential.key = cred;
	r.credential.identity = key;
	r.credential.kind = CRED_PASSWORD;
	r.credential.changed = changed;
	if (blank)
		r.credential.weak = WEAK_BLANK;
	else
		r.credential.hash = STR("nt");
	TRY(decode_put(in, &r, e));
	TRY(decode_sighting(in, &r, cred, ROLE_STORED, mark, n, e));
	r.sighting.detail =
	    disabled ? STR("for SMB, disabled") : STR("for SMB");
	return decode_put(in, &r, e);
}

/* Take a length and as many bytes off ${s}. */
static bool
samba_take(struct str *s, struct str *out)
{
	size_t n;

	if (s->n < 4)
		return false;
	n = tdb_u32(*s, 0);
	*s = str_skip(*s, 4);
	if (n > s->n)
		return false;
	*out = str_head(*s, n);
	*s = str_skip(*s, n);
	return true;
}

static int
samba_user(struct samba *s, struct str v, struct err *e)
{
	struct str name = STR_NONE, one, nt;
	uint32_t changed, flags = 0;
	size_t i;

	if (v.n < 4 * SAMBA_NUMBERS)
		return decode_gap(s->in, '\0', 0, GAP_MALFORMED, e,
		    "an account of Samba is cut short");
	changed = tdb_u32(v, 4 * (size_t)SAMBA_CHANGED);
	v = str_skip(v, 4 * (size_t)SAMBA_NUMBERS);
	for (i = 0; i < SAMBA_TEXTS; i++) {
		if (!samba_take(&v, &one))
			return decode_gap(s->in, '\0', 0, GAP_MALFORMED, e,
			    "an account of Samba is cut short");
		if (i == 0)
			name = one;
	}
	v = str_skip(v, 8); /* numbers of user and group */
	if (!samba_take(&v, &one) || !samba_take(&v, &nt) ||
	    !samba_take(&v, &one))
		return decode_gap(s->in, '\0', 0, GAP_MALFORMED, e,
		    "an account of Samba is cut short");
	if (v.n >= 4)
		flags = tdb_u32(v, 0);
	if (nt.n == 0)
		return MU_OK;
	return samba_account(s, name, samba_when(changed),
	    (flags & SAMBA_DISABLED) != 0, false, '\0', 0, e);
}

static int
samba_record(void *cookie, struct str key, struct str value, struct err *e)
{
	struct samba *s = cookie;

	if (str_starts(key, STR("USER_")))
		return samba_user(s, value, e);
	return samba_secret(s, key, value);
}

/* "WEB1$": a machine's account has its name in capitals. */
static int
samba_machine(const struct samba *s, struct str *out, struct err *e)
{
	struct str name =
	    str_head(s->in->host->name, str_chr(s->in->host->name, '.'));
	char *to;
	size_t i;

	TRY(arena_fmt(s->in->job, out, e, STR_FMT "$", STR_ARG(name)));
	to = arena_take(s->in->job, out->n + 1, 1);
	if (to == NULL)
		return err_set(e, MU_ELIMIT, "no room for a name");
	for (i = 0; i < out->n; i++)
		to[i] = (char)(out->p[i] >= 'a' && out->p[i] <= 'z' ?
				   out->p[i] - 'a' + 'A' :
				   out->p[i]);
	*out = str_of(to, out->n);
	return MU_OK;
}

static int
samba_put(struct samba *s, const struct domain *d, struct err *e)
{
	const struct decode_in *in = s->in;
	struct str machine;
	struct rec i, c, g;

	rec_init(&i, REC_IDENTITY);
	rec_init(&c, REC_CREDENTIAL);
	TRY(samba_machine(s, &machine, e));
	TRY(key_login(STR("ad"), machine, d->name, STR_NONE, STR_NONE, in->job,
	    &i.identity.key, e));
	TRY(arena_fmt(in->job, &i.identity.name, e,
	    "machine account " STR_FMT " of " STR_FMT, STR_ARG(machine),
	    STR_ARG(d->name)));
	i.identity.kind = ID_SERVICE_ACCOUNT;
	i.identity.asset = in->host->key;
	TRY(decode_put(in, &i, e));
	TRY(decode_secret(in, d->password, d->name, &c.credential.key,
	    &c.credential.fp, e));
	c.credential.identity = i.identity.key;
	c.credential.kind = CRED_PASSWORD;
	c.credential.length = (int64_t)d->password.n;
	if (d->changed != CLOCK_NONE)
		c.credential.changed = (struct when){ d->changed, BY_IN_BAND };
	TRY(decode_put(in, &c, e));
	TRY(decode_sighting(in, &g, c.credential.key, ROLE_PRIVATE, '\0', 0,
	    e));
	g.sighting.detail = STR("password of the machine in its domain");
	return decode_put(in, &g, e);
}

static int
samba_tdb(struct samba *s, struct err *e)
{
	size_t i;

	TRY(tdb_each(s->in->bytes, samba_record, s, e));
	for (i = 0; i < s->n; i++)
		if (s->domains[i].password.n != 0)
			TRY(samba_put(s, &s->domains[i], e));
	return MU_OK;
}

/* "LCT-6B025F05": seconds in hexadecimal. */
static struct when
samba_lct(struct str s)
{
	uint32_t v = 0;
	size_t i;
	char c;

	if (!str_starts(s, STR("LCT-")) || s.n != 12)
		return WHEN_NONE;
	for (i = 4; i < s.n; i++) {
		c = s.p[i];
		if (c >= '0' && c <= '9')
			v = v << 4 | (uint32_t)(c - '0');
		else if (c >= 'A' && c <= 'F')
			v = v << 4 | (uint32_t)(c - 'A' + 10);
		else
			return WHEN_NONE;
	}
	return samba_when(v);
}

/*= smbpasswd(5): name:uid:LANMAN:NT:[flags]:LCT-time: */
static int
samba_line(struct samba *s, struct str line, size_t at, struct err *e)
{
	struct str f[6];
	bool none, blank;
	size_t i;

	for (i = 0; i < MU_COUNT(f); i++)
		(void)str_cut(line, ':', &f[i], &line);
	blank = str_chr(f[4], 'N') != SIZE_MAX;
	none = f[3].n != 32 || str_chr(f[3], 'X') != SIZE_MAX;
	if (none && !blank)
		return MU_OK;
	return samba_account(s, f[0], samba_lct(f[5]),
	    str_chr(f[4], 'D') != SIZE_MAX, blank, ':', at, e);
}

static int
samba_lines(struct samba *s, struct err *e)
{
	struct lines l;
	struct str line;

	lines_init(&l, s->in);
	while (lines_next(&l, &line))
		if (line.n != 0 && line.p[0] != '#')
			TRY(samba_line(s, line, l.at, e));
	return MU_OK;
}

static int
samba_read(const struct decode_in *in, struct err *e)
{
	struct samba s = { .in = in };

	if (tdb_is(in->bytes))
		return samba_tdb(&s, e);
	return samba_lines(&s, e);
}

const struct decoder decode_samba = {
	.name = "samba",
	.place = NULL,
	.sees = "Samba's machine account and the passwords of its accounts",
	.source = "smbpasswd(5); TDB",
	.max_bytes = (size_t)64 << 20,
	.read = samba_read,
};
