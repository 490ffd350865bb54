#include "decode/ssh_public.h"

#include "decode/sshcert.h"
#include "decode/sshline.h"
#include "decode/sshput.h"

static int
ssh_public_cert_record(const struct decode_in *in, const struct sshcert *c,
    struct str identity, struct err *e)
{
	struct rec r;

	rec_init(&r, REC_CREDENTIAL);
	r.credential.key = c->cred;
	r.credential.identity = identity;
	r.credential.kind = CRED_SSH_CERT;
	r.credential.alg = c->key.alg;
	r.credential.bits = c->key.bits;
	r.credential.spki = c->key.spki;
	r.credential.ssh_fp = c->key.ssh_fp;
	r.credential.subject = c->id;
	r.credential.issuer = c->ca_fp;
	r.credential.serial = c->serial;
	r.credential.sig = c->sig;
	r.credential.usage =
	    c->type == SSHCERT_HOST ? STR("host") : STR("user");
	r.credential.names = c->names;
	r.credential.n_names = c->n_names;
	r.credential.self_signed =
	    str_eq(c->ca_fp, c->key.ssh_fp) ? TRI_YES : TRI_NO;
	if (c->after_s != CLOCK_NONE)
		r.credential.created = (struct when){ c->after_s, BY_IN_BAND };
	if (c->before_s != CLOCK_NONE)
		r.credential.expires = (struct when){ c->before_s, BY_IN_BAND };
	return decode_put(in, &r, e);
}

static int
ssh_public_cert(struct sshline *l, struct str comment, struct err *e)
{
	struct sshput what = { .role = ROLE_PUBLIC,
		.mark = ':',
		.n = l->lines.at,
		.comment = comment,
		.expires = WHEN_NONE };
	struct sshcert c;
	struct str identity;
	struct err why = { 0 };

	if (sshcert_blob(buf_str(&l->blob), l->job, &c, &why) < 0)
		return sshline_fault(l, &why, e);
	what.key = &c.key;
	what.name = c.id;
	TRY(sshput_identity(&l->in, &what, &identity, e));
	TRY(ssh_public_cert_record(&l->in, &c, identity, e));
	return sshput_sighting(&l->in, &what, c.cred, e);
}

static int
ssh_public_line(struct sshline *l, struct str line, struct err *e)
{
	struct sshput what = { .role = ROLE_PUBLIC,
		.mark = ':',
		.n = l->lines.at,
		.expires = WHEN_NONE };
	struct sshkey key;
	struct str type, rest = line;
	struct err why = { 0 };

	(void)str_word(&rest, &type);
	if (!sshline_key(&line, &l->blob))
		return lines_gap(&l->lines, l->lines.at, GAP_MALFORMED,
		    "the line is no SSH public key", e);
	if (sshcert_is(type))
		return ssh_public_cert(l, line, e);
	if (sshkey_blob(buf_str(&l->blob), l->job, &key, &why) < 0)
		return sshline_fault(l, &why, e);
	what.key = &key;
	what.comment = line;
	return sshput_all(&l->in, &what, e);
}

static int
ssh_public_read(const struct decode_in *in, struct err *e)
{
	struct decode_in rest = *in;

	/* A byte order mark, as editors of another system leave it. */
	if (str_starts(rest.bytes, STR("\xef\xbb\xbf")))
		rest.bytes = str_skip(rest.bytes, 3);
	return sshline_each(&rest, ssh_public_line, NULL, e);
}

const struct decoder decode_ssh_public = {
	.name = "ssh_public",
	.place = "ssh.public_key",
	.sees = "Public keys and certificates of OpenSSH",
	.source = "sshd(8); PROTOCOL.certkeys",
	.max_bytes = SSHLINE_FILE_MAX,
	.sniff = sshline_sniff,
	.read = ssh_public_read,
};
