#include "decode/authorized_keys.h"

#include "decode/sshcert.h"
#include "decode/sshline.h"
#include "decode/sshopts.h"
#include "decode/sshput.h"

/* Characters of a fingerprint that name a key without a comment. */
#define AUTHORIZED_KEYS_FP_CHARS 12

/* Whose logins a file decides: found once for the file. */
struct target {
	const struct account *a[AUTHORIZED_KEYS_SHARED_MAX];
	size_t n;
	bool root; /* one of them is uid 0 */
};

const struct account *
authorized_keys_account(const struct host *h, struct str path)
{
	const struct account *a = host_home(h, path);
	struct str dir = path, base = path;
	size_t slash;
	int up;

	for (up = 0; a == NULL && up < 2 && dir.n != 0; up++) {
		slash = str_rchr(dir, '/');
		base = slash == SIZE_MAX ? dir : str_skip(dir, slash + 1);
		dir = slash == SIZE_MAX ? STR_NONE : str_head(dir, slash);
		a = host_named(h, base);
	}
	return a;
}

/* Accounts with the same home share its keys. */
static struct target
authorized_keys_target(const struct decode_in *in)
{
	const struct host *h = in->host;
	const struct account *a;
	struct target t = { .n = 0 };
	size_t i;

	a = authorized_keys_account(h, in->file->path);
	if (a == NULL)
		return t;
	t.a[t.n++] = a;
	t.root = a->uid == 0;
	if (host_home(h, in->file->path) != a)
		return t;
	for (i = 0; i < h->n_accounts && t.n < MU_COUNT(t.a); i++) {
		if (&h->accounts[i] == a ||
		    !str_eq(h->accounts[i].home, a->home))
			continue;
		t.a[t.n++] = &h->accounts[i];
		t.root = t.root || h->accounts[i].uid == 0;
	}
	return t;
}

/*
 * A nologin shell keeps a shell out, and lets forwarding and sftp through: how
 * much that is cannot be said from here.
 */
static enum capability
authorized_keys_capability(const struct account *a)
{

	if (a == NULL)
		return CAP_UNKNOWN;
	if (a->uid == 0)
		return CAP_DATA_ADMIN;
	return a->login_shell ? CAP_DATA_WRITE : CAP_UNKNOWN;
}

static int
authorized_keys_grant(const struct sshline *l, struct str identity,
    const struct account *a, const struct sshopts *o, struct err *e)
{
	struct rec r;

	rec_init(&r, REC_GRANT);
	r.grant.identity = identity;
	r.grant.target = a != NULL ? a->key : l->in.host->key;
	r.grant.asset = l->in.host->key;
	r.grant.place = l->in.place;
	r.grant.capability = authorized_keys_capability(a);
	r.grant.from_limited = sshopts_from(o);
	r.grant.command_limited = sshopts_command(o);
	TRY(arena_fmt(l->job, &r.grant.locator, e, STR_FMT ":%zu",
	    STR_ARG(l->in.file->path), l->lines.at));
	return decode_put(&l->in, &r, e);
}

static int
authorized_keys_edge(const struct sshline *l, struct str identity,
    const struct account *a, struct err *e)
{
	struct rec r;

	rec_init(&r, REC_EDGE);
	r.edge.kind = EDGE_AUTHENTICATES_AS;
	r.edge.src = identity;
	r.edge.dst = a->key;
	r.edge.evidence = l->in.file->path;
	return decode_put(&l->in, &r, e);
}

static int
authorized_keys_grants(const struct sshline *l, struct str identity,
    const struct sshopts *o, struct err *e)
{
	const struct target *t = l->cookie;
	size_t i;

	if (t->n == 0)
		return authorized_keys_grant(l, identity, NULL, o, e);
	for (i = 0; i < t->n; i++) {
		TRY(authorized_keys_grant(l, identity, t->a[i], o, e));
		TRY(authorized_keys_edge(l, identity, t->a[i], e));
	}
	return MU_OK;
}

static int
authorized_keys_put(struct sshline *l, const struct sshkey *key,
    const struct sshopts *o, struct str comment, struct err *e)
{
	const struct target *t = l->cookie;
	struct sshput what = { .key = key,
		.comment = comment,
		.role = ROLE_AUTHORIZED,
		.mark = ':',
		.n = l->lines.at,
		.account = t->n != 0 ? t->a[0]->key : STR_NONE,
		.privileged = t->root ? TRI_YES : TRI_UNKNOWN,
		.expires = o->expires };
	struct str fp, identity = STR_NONE;

	fp = str_skip(key->ssh_fp, sizeof("SHA256:") - 1);
	TRY(arena_fmt(l->job, &what.name, e, "key without comment " STR_FMT,
	    STR_ARG(str_head(fp, AUTHORIZED_KEYS_FP_CHARS))));
	TRY(sshopts_words(o, l->job, &what.detail, e));
	if (sshopts_has(o, STR("cert-authority"))) {
		what.role = ROLE_TRUSTED;
		TRY(sshput_credential(&l->in, &what, STR_NONE, e));
		return sshput_sighting(&l->in, &what, key->key, e);
	}
	TRY(sshput_identity(&l->in, &what, &identity, e));
	TRY(sshput_credential(&l->in, &what, identity, e));
	TRY(sshput_sighting(&l->in, &what, key->key, e));
	return authorized_keys_grants(l, identity, o, e);
}

static int
authorized_keys_gap(struct sshline *l, enum gap_reason reason,
    const char *words, struct err *e)
{

	return lines_gap(&l->lines, l->lines.at, reason, words, e);
}

/* "1024 65537 1234...": what protocol 1 had, bits, exponent and modulus. */
static bool
authorized_keys_old(struct str line)
{
	struct str word;
	int64_t v;
	int i;

	for (i = 0; i < 2; i++)
		if (!str_word(&line, &word) || !str_i64(word, 1, INT64_MAX, &v))
			return false;
	return true;
}

/* As sshd: a key, and where there is none, options and then a key. */
static int
authorized_keys_line(struct sshline *l, struct str line, struct err *e)
{
	struct sshopts o = { .expires = WHEN_NONE };
	struct err why = { 0 };
	struct sshkey key;

	if (!sshline_key(&line, &l->blob)) {
		if (authorized_keys_old(line))
			return authorized_keys_gap(l, GAP_UNSUPPORTED,
			    "a key of SSH protocol 1, which sshd passes over",
			    e);
		if (sshopts_take(&line, l->job, &o, &why) < 0)
			return sshline_fault(l, &why, e);
		if (!sshline_key(&line, &l->blob))
			return authorized_keys_gap(l, GAP_MALFORMED,
			    "no SSH public key stands on the line", e);
	}
	if (sshkey_blob(buf_str(&l->blob), l->job, &key, &why) < 0)
		return sshline_fault(l, &why, e);
	return authorized_keys_put(l, &key, &o, line, e);
}

static int
authorized_keys_read(const struct decode_in *in, struct err *e)
{
	struct target t = authorized_keys_target(in);

	return sshline_each(in, authorized_keys_line, &t, e);
}

const struct decoder decode_authorized_keys = {
	.name = "authorized_keys",
	.place = "ssh.authorized_keys",
	.sees = "Keys that may log in by SSH",
	.source = "sshd(8), AUTHORIZED_KEYS FILE FORMAT",
	.max_bytes = SSHLINE_FILE_MAX,
	.read = authorized_keys_read,
};
