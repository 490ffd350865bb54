#include "decode/sshcert.h"

#include "decode/sshput.h"
#include "decode/sshwire.h"

#define CERT_TAIL "-cert-v01@openssh.com"

/* 9999-12-31T23:59:59Z: a later time is no time that anybody meant. */
#define SSHCERT_TIME_MAX INT64_C(253402300799)

bool
sshcert_is(struct str type)
{

	return str_ends(type, STR(CERT_TAIL));
}

/* "sk-ssh-ed25519-cert-v01@openssh.com" is of "sk-ssh-ed25519@openssh.com". */
static int
sshcert_plain(struct str type, struct arena *a, struct str *out, struct err *e)
{
	struct str stem = str_head(type, type.n - (sizeof(CERT_TAIL) - 1));

	TRY(arena_fmt(a, out, e, STR_FMT "%s", STR_ARG(stem),
	    str_starts(stem, STR("sk-")) ? "@openssh.com" : ""));
	if (!sshkey_known(*out))
		return err_set(e, MU_EUNSUPPORTED,
		    "an SSH certificate of a type not known");
	return MU_OK;
}

/* The key in the certificate, put together as it would stand alone. */
static int
sshcert_key(struct sshwire *w, struct str plain, struct arena *a,
    struct sshkey *out, struct err *e)
{
	AUTO(buf) struct buf blob;
	struct str from = w->left;
	size_t i;

	buf_init(&blob, SSHKEY_BLOB_MAX);
	for (i = 0; i < sshkey_parts(plain); i++)
		(void)sshwire_string(w);
	buf_add(&blob, STR("\0\0\0"));
	buf_addc(&blob, (char)plain.n);
	buf_add(&blob, plain);
	buf_add(&blob, str_head(from, from.n - w->left.n));
	TRY(buf_check(&blob, "the key in the certificate", e));
	return sshkey_blob(buf_str(&blob), a, out, e);
}

static int
sshcert_order(const void *a, const void *b)
{

	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/*= PROTOCOL.certkeys: "zero or more principals as strings packed inside". */
static int
sshcert_names(struct str packed, struct arena *a, struct sshcert *out,
    struct err *e)
{
	struct sshwire w = { packed, false };
	size_t i, n;

	for (n = 0; w.left.n != 0 && !w.bad; n++)
		(void)sshwire_string(&w);
	if (w.bad)
		return err_set(e, MU_EFORMAT,
		    "the certificate's principals do not fill their field");
	if (n > REC_NAMES_MAX || packed.n > SSHCERT_NAMES_MAX)
		return err_set(e, MU_ELIMIT,
		    "the certificate has %zu principals in %zu bytes", n,
		    packed.n);
	out->names = arena_take(a, n, sizeof(*out->names));
	if (out->names == NULL)
		return err_set(e, MU_ELIMIT, "no room for %zu principals", n);
	w = (struct sshwire){ packed, false };
	for (i = 0; i < n; i++)
		TRY(arena_str(a, sshput_comment(sshwire_string(&w)),
		    &out->names[i], e));
	out->n_names = n;
	qsort(out->names, n, sizeof(*out->names), sshcert_order);
	return MU_OK;
}

static int64_t
sshcert_time(uint64_t v, uint64_t none)
{

	if (v == none || v > (uint64_t)SSHCERT_TIME_MAX)
		return CLOCK_NONE;
	return (int64_t)v;
}

/* Names of options or extensions, each with its data. */
static void
sshcert_options(struct sshwire *w)
{
	struct sshwire o = { sshwire_string(w), false };

	while (o.left.n != 0 && !o.bad) {
		(void)sshwire_string(&o);
		(void)sshwire_string(&o);
	}
	if (o.bad)
		w->bad = true;
}

/* What follows the key: PROTOCOL.certkeys, in its order. */
static int
sshcert_rest(struct sshwire *w, struct arena *a, struct sshcert *out,
    struct err *e)
{
	struct str names, id, ca;
	struct sshwire sig;
	uint64_t serial;

	serial = sshwire_u64(w);
	out->type = (enum sshcert_type)sshwire_u32(w);
	id = sshwire_string(w);
	names = sshwire_string(w);
	out->after_s = sshcert_time(sshwire_u64(w), 0);
	out->before_s = sshcert_time(sshwire_u64(w), UINT64_MAX);
	sshcert_options(w);
	sshcert_options(w);
	(void)sshwire_string(w); /* reserved */
	ca = sshwire_string(w);
	sig = (struct sshwire){ sshwire_string(w), false };
	if (!sshwire_done(w) || ca.n == 0)
		return err_set(e, MU_EFORMAT,
		    "the lengths in the certificate do not fill it");
	if (out->type != SSHCERT_USER && out->type != SSHCERT_HOST)
		return err_set(e, MU_EFORMAT,
		    "the certificate is neither a user's nor a host's");
	TRY(arena_str(a, sshput_comment(id), &out->id, e));
	TRY(arena_fmt(a, &out->serial, e, "%llx", (unsigned long long)serial));
	TRY(arena_str(a, sshput_comment(sshwire_string(&sig)), &out->sig, e));
	TRY(sshkey_fp(ca, a, &out->ca_fp, e));
	return sshcert_names(names, a, out, e);
}

int
sshcert_blob(struct str blob, struct arena *a, struct sshcert *out,
    struct err *e)
{
	struct sshcert c = { .after_s = CLOCK_NONE, .before_s = CLOCK_NONE };
	struct sshwire w = { blob, false };
	struct str type, plain, fp;

	if (blob.n > SSHCERT_BLOB_MAX)
		return err_set(e, MU_ELIMIT,
		    "the certificate is longer than %d bytes",
		    SSHCERT_BLOB_MAX);
	type = sshwire_string(&w);
	(void)sshwire_string(&w); /* the nonce */
	if (w.bad || type.n > SSHKEY_TYPE_MAX || !sshcert_is(type))
		return err_set(e, MU_EFORMAT,
		    "the certificate does not begin with the name of its type");
	TRY(sshcert_plain(type, a, &plain, e));
	TRY(sshcert_key(&w, plain, a, &c.key, e));
	TRY(sshcert_rest(&w, a, &c, e));
	TRY(sshkey_fp(blob, a, &fp, e));
	TRY(arena_fmt(a, &c.cred, e, "ssh:" STR_FMT, STR_ARG(fp)));
	*out = c;
	return MU_OK;
}
