/*
 * One identity an account. A system account that nobody can sign in to, as a
 * package makes them by the dozen, is context: it is counted and not judged,
 * unless a group makes it as good as root.
 */

#include "decode/passwd.h"

#include "decode/hostinfo.h"
#include "decode/lines.h"
#include "decode/shadow.h"

#define PASSWD_NOBODY      65534
#define PASSWD_PURPOSE_MAX 255

struct passwd {
	const struct decode_in *in;
	struct lines lines;
	struct map *index;  /* of the host's accounts, by name */
	struct map *seen;   /* names of earlier lines */
	struct map *rooted; /* by hostinfo_rooted() */
	struct shadow shadow;
};

/*
 * The account of a line as the host knows it. A line beyond the host's cap is
 * judged by itself, its password unknown.
 */
static int
passwd_account(struct passwd *p, struct account *a, struct str field,
    struct err *e)
{
	const struct account *known;

	known = hostinfo_named(p->in->host, p->index, a->name);
	if (known != NULL && known->uid == a->uid) {
		a->key = known->key;
		a->password = known->password;
	} else {
		TRY(hostinfo_key(p->in->host, a->name, p->in->job, &a->key, e));
		a->password = str_eq(field, STR("x"))        ? TRI_UNKNOWN :
			      hostinfo_scheme(field) != NULL ? TRI_YES :
							       TRI_NO;
	}
	a->login_shell = hostinfo_login_shell(a->shell);
	a->person = hostinfo_person(p->in->host, a);
	return MU_OK;
}

static struct str
passwd_context(const struct passwd *p, const struct account *a)
{
	bool system = a->uid < p->in->host->uid_min || a->uid == PASSWD_NOBODY;

	if (!system || hostinfo_is_rooted(p->rooted, a))
		return STR_NONE;
	if (a->login_shell) /* by a key, by su or by cron, if by no password */
		return STR_NONE;
	return STR("system account without a login");
}

/* The name in GECOS says what a service is for; a person's says nothing new. */
static struct str
passwd_purpose(const struct account *a)
{
	struct str full, rest;

	(void)str_cut(a->gecos, ',', &full, &rest);
	full = str_trim(full);
	if (a->person || str_eq_nocase(full, a->name))
		return STR_NONE;
	return str_head(full, PASSWD_PURPOSE_MAX);
}

static int
passwd_put(struct passwd *p, const struct account *a, struct err *e)
{
	struct rec r;

	rec_init(&r, REC_IDENTITY);
	r.identity.key = a->key;
	r.identity.kind = a->person ? ID_PERSON : ID_SERVICE_ACCOUNT;
	r.identity.name = a->name;
	r.identity.asset = p->in->host->key;
	r.identity.context = passwd_context(p, a);
	r.identity.purpose = passwd_purpose(a);
	r.identity.privileged =
	    hostinfo_is_rooted(p->rooted, a) ? TRI_YES : TRI_NO;
	r.identity.uid = a->uid;
	return decode_put(p->in, &r, e);
}

/* What a line that is no account is. NULL: nothing to speak of. */
static const char *
passwd_excuse(struct str line, enum gap_reason *reason)
{

	*reason = GAP_MALFORMED;
	line = str_trim(line);
	if (line.n == 0 || line.p[0] == '#')
		return NULL;
	if (line.p[0] != '+' && line.p[0] != '-')
		return "no line of passwd(5)";
	*reason = GAP_UNSUPPORTED;
	return "accounts come from NIS; they cannot be listed";
}

static int
passwd_line(struct passwd *p, struct str line, struct err *e)
{
	enum gap_reason reason;
	const char *excuse;
	struct account a;
	struct str field;
	int new;

	if (!hostinfo_account(line, &a, &field)) {
		excuse = passwd_excuse(line, &reason);
		return excuse == NULL ?
			   MU_OK :
			   lines_gap(&p->lines, p->lines.at, reason, excuse, e);
	}
	new = map_put(p->seen, a.name, 1, NULL);
	if (new < 0)
		return err_set(e, MU_ELIMIT, "more than %d accounts",
		    HOST_ACCOUNTS_MAX);
	if (new == 0)
		return lines_gap(&p->lines, p->lines.at, GAP_MALFORMED,
		    "the account is on an earlier line already", e);
	if (str_has_nul(line))
		TRY(lines_gap(&p->lines, p->lines.at, GAP_MALFORMED,
		    "a zero byte ends the line early", e));
	TRY(passwd_account(p, &a, field, e));
	TRY(passwd_put(p, &a, e));
	return str_eq(field, STR("x")) ?
		   MU_OK :
		   shadow_put(&p->shadow, a.key, field, WHEN_NONE, WHEN_NONE,
		       p->lines.at, e);
}

static int
passwd_read(const struct decode_in *in, struct err *e)
{
	AUTO(map) struct map *index = hostinfo_index(in->host);
	AUTO(map) struct map *seen = map_new(HOST_ACCOUNTS_MAX);
	AUTO(map) struct map *rooted = hostinfo_rooted(in->host);
	struct passwd p = {
		.in = in, .index = index, .seen = seen, .rooted = rooted
	};
	struct str line;

	lines_init(&p.lines, in);
	TRY(shadow_begin(&p.shadow, in, e));
	while (lines_next(&p.lines, &line))
		TRY(passwd_line(&p, line, e));
	return lines_done(&p.lines, e);
}

const struct decoder decode_passwd = {
	.name = "passwd",
	.place = "os.passwd",
	.sees = "Accounts, and which of them are no persons",
	.source = "passwd(5), login.defs(5)",
	.max_bytes = HOSTINFO_BYTES_MAX,
	.read = passwd_read,
};
