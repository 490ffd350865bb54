#include "decode/sshput.h"

/* What an e-mail address in a comment says of the owner, in hundredths. */
#define SSHPUT_OWNER_PCT 60

struct str
sshput_comment(struct str s)
{

	(void)str_cut(s, '\0', &s, &(struct str){ 0 });
	s = str_trim(s);
	if (s.n <= SSHPUT_COMMENT_MAX)
		return s;
	s.n = SSHPUT_COMMENT_MAX;
	while (s.n != 0 && ((unsigned char)s.p[s.n] & 0xc0) == 0x80)
		s.n--;
	return str_trim(s);
}

static bool
sshput_word(struct str s)
{
	size_t i;
	char c;

	for (i = 0; i < s.n; i++) {
		c = s.p[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') && c != '.' && c != '_' &&
		    c != '-' && c != '+')
			return false;
	}
	return s.n != 0;
}

/*
 * Names that a mailbox or an account has for what it does, not for who it is:
 * RFC 2142, the first users of cloud images, and jobs. In bytewise order.
 */
static const char *const sshput_roles[] = { "abuse", "admin", "administrator",
	"ansible", "azureuser", "backup", "backups", "centos", "ci",
	"cloud-user", "core", "cron", "debian", "deploy", "deployer", "dev",
	"devops", "ec2-user", "fedora", "ftp", "git", "gitlab", "hostmaster",
	"info", "it", "jenkins", "marketing", "monitor", "monitoring", "nagios",
	"news", "noc", "opc", "ops", "pi", "postmaster", "root", "rsync",
	"runner", "sales", "security", "service", "support", "sysadmin", "test",
	"ubuntu", "usenet", "user", "uucp", "vagrant", "webmaster", "www",
	"www-data", "zabbix" };

/* Whether ${user} is a person, as far as this host and the words tell. */
static bool
sshput_person(const struct decode_in *in, struct str user)
{
	const struct account *a = host_named(in->host, user);
	size_t i;

	if (a != NULL)
		return a->person;
	for (i = 0; i < MU_COUNT(sshput_roles); i++)
		if (str_eq_nocase(user, str_from(sshput_roles[i])))
			return false;
	return !str_starts(user, STR("svc-")) && !str_starts(user, STR("svc_"));
}

struct str
sshput_owner(const struct decode_in *in, struct str comment)
{
	struct str user, host;

	if (!str_cut(sshput_comment(comment), '@', &user, &host) ||
	    !sshput_word(user) || !sshput_word(host) ||
	    !sshput_person(in, user))
		return STR_NONE;
	return user;
}

int
sshput_file(const struct decode_in *in, struct str *out, struct err *e)
{
	const struct account *who = host_home(in->host, in->file->path);
	struct str base = in->file->path;
	size_t slash = str_rchr(base, '/');

	if (slash != SIZE_MAX)
		base = str_skip(base, slash + 1);
	if (who == NULL)
		who = host_user(in->host, in->file->uid);
	if (who == NULL)
		return arena_str(in->job, base, out, e);
	return arena_fmt(in->job, out, e, STR_FMT " of " STR_FMT, STR_ARG(base),
	    STR_ARG(who->name));
}

static int
sshput_name(const struct decode_in *in, const struct sshput *what,
    struct str *out, struct err *e)
{
	struct str comment = sshput_comment(what->comment);

	if (comment.n != 0)
		return arena_str(in->job, comment, out, e);
	if (what->name.n != 0)
		return arena_str(in->job, what->name, out, e);
	return sshput_file(in, out, e);
}

static void
sshput_begin(const struct decode_in *in, struct rec *r, enum id_kind kind)
{

	rec_init(r, REC_IDENTITY);
	r->identity.kind = kind;
	r->identity.asset = in->host->key;
	r->identity.context = in->file->context;
}

int
sshput_server(const struct decode_in *in, struct str *out, struct err *e)
{
	struct rec r;

	sshput_begin(in, &r, ID_HOST_KEY);
	TRY(arena_fmt(in->job, &r.identity.key, e, "sshd:" STR_FMT,
	    STR_ARG(in->host->key)));
	TRY(arena_fmt(in->job, &r.identity.name, e, "SSH server on " STR_FMT,
	    STR_ARG(in->host->name)));
	TRY(decode_put(in, &r, e));
	*out = r.identity.key;
	return MU_OK;
}

int
sshput_identity(const struct decode_in *in, const struct sshput *what,
    struct str *out, struct err *e)
{
	struct rec r;

	if (in->kind == ID_HOST_KEY)
		return sshput_server(in, out, e);
	sshput_begin(in, &r, in->kind == ID_KINDS ? ID_SSH_KEY : in->kind);
	r.identity.key = what->key->key;
	r.identity.privileged = what->privileged;
	r.identity.owner = sshput_owner(in, what->comment);
	if (r.identity.owner.n != 0) {
		r.identity.owner_by = STR("comment of the key");
		r.identity.owner_pct = SSHPUT_OWNER_PCT;
	}
	TRY(sshput_name(in, what, &r.identity.name, e));
	TRY(decode_put(in, &r, e));
	*out = r.identity.key;
	return MU_OK;
}

int
sshput_credential(const struct decode_in *in, const struct sshput *what,
    struct str identity, struct err *e)
{
	struct rec r;

	rec_init(&r, REC_CREDENTIAL);
	r.credential.key = what->key->key;
	r.credential.identity = identity;
	r.credential.kind = CRED_KEYPAIR;
	r.credential.alg = what->key->alg;
	r.credential.bits = what->key->bits;
	r.credential.spki = what->key->spki;
	r.credential.ssh_fp = what->key->ssh_fp;
	r.credential.encrypted = what->encrypted;
	r.credential.expires = what->expires;
	return decode_put(in, &r, e);
}

int
sshput_sighting(const struct decode_in *in, const struct sshput *what,
    struct str credential, struct err *e)
{
	struct rec r;

	TRY(decode_sighting(in, &r, credential, what->role, what->mark, what->n,
	    e));
	r.sighting.account = what->account;
	r.sighting.detail = what->detail;
	return decode_put(in, &r, e);
}

int
sshput_all(const struct decode_in *in, const struct sshput *what, struct err *e)
{
	struct str identity;

	TRY(sshput_identity(in, what, &identity, e));
	TRY(sshput_credential(in, what, identity, e));
	return sshput_sighting(in, what, what->key->key, e);
}
