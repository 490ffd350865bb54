#include "decode/traefik.h"

#include "base/digest.h"
#include "base/mem.h"
#include "decode/json.h"
#include "decode/pem.h"
#include "decode/privkey.h"
#include "decode/token.h"
#include "decode/x509.h"

struct traefik {
	const struct decode_in *in;
	struct str mail; /* of the account, or "" */
	size_t n;        /* of the account or certificate, from 1 */
};

/* The first of two spellings that ${v} has: Traefik 2's, then 1's. */
static bool
traefik_get(struct json_val v, const char *now, const char *then,
    struct json_val *out)
{

	return json_get(v, str_from(now), out) ||
	       json_get(v, str_from(then), out);
}

/* What cannot be read is a gap, and the next item is read. */
static int
traefik_gap(struct traefik *t, int r, const struct err *why, struct err *e)
{

	if (r == MU_EFORMAT || r == MU_EUNSUPPORTED)
		return decode_gap(t->in, '#', t->n,
		    r == MU_EFORMAT ? GAP_MALFORMED : GAP_UNSUPPORTED, e, "%s",
		    why->text);
	if (r < 0 && e != NULL)
		*e = *why;
	return r;
}

/* One block of a chain or a key. */
static int
traefik_block(struct traefik *t, struct str label, struct str der,
    const struct x509_how *how, struct err *e)
{
	struct err why = { 0 };
	int r = MU_OK;

	if (str_eq(label, STR("CERTIFICATE")))
		r = x509_put_in(t->in, der, how, t->n, NULL, &why);
	else if (str_eq(label, STR("RSA PRIVATE KEY")))
		r = privkey_rsa(t->in, der, t->n, &why);
	else if (str_eq(label, STR("EC PRIVATE KEY")))
		r = privkey_ec(t->in, der, t->n, &why);
	else if (str_eq(label, STR("PRIVATE KEY")))
		r = privkey_put(t->in, der, t->n, &why);
	return traefik_gap(t, r, &why, e);
}

/* Each block of ${text}, which is PEM. */
static int
traefik_blocks(struct traefik *t, struct str text, const struct x509_how *how,
    struct err *e)
{
	AUTO(buf) struct buf der = { 0 };
	struct pem at = { .rest = text };
	struct pem_block block;
	struct err why = { 0 };
	int r = MU_OK;

	buf_init(&der, TRAEFIK_PEM_MAX);
	while (r >= 0 && pem_next(&at, &block)) {
		r = pem_bytes(&block, &der, &why);
		r = r < 0 ?
			traefik_gap(t, r, &why, e) :
			traefik_block(t, block.label, buf_str(&der), how, e);
		if (der.p != NULL)
			mem_wipe(der.p, der.n);
		buf_reset(&der);
	}
	return r;
}

/* A member that is PEM in base64. */
static int
traefik_pem(struct traefik *t, struct json_val v, const struct x509_how *how,
    struct err *e)
{
	AUTO(buf) struct buf plain = { 0 };
	struct str coded;
	int r;

	if (!json_str(v, &coded) || coded.n == 0)
		return MU_OK;
	buf_init(&plain, TRAEFIK_PEM_MAX);
	if (!digest_unbase64(coded, &plain) || plain.bad)
		return decode_gap(t->in, '#', t->n, GAP_MALFORMED, e,
		    "a certificate or key that is no base64");
	r = traefik_blocks(t, buf_str(&plain), how, e);
	if (plain.p != NULL)
		mem_wipe(plain.p, plain.n);
	return r;
}

static int
traefik_certificate(struct traefik *t, struct json_val item, struct err *e)
{
	struct x509_how how = { .detail = STR("renewed by Traefik"),
		.purpose = STR("renewed by Traefik") };
	struct json_val v;

	if (++t->n > TRAEFIK_ITEMS_MAX)
		return err_set(e, MU_ELIMIT, "more than %d certificates",
		    TRAEFIK_ITEMS_MAX);
	if (t->mail.n != 0) {
		how.owner = t->mail;
		TRY(arena_fmt(t->in->job, &how.owner_by, e,
		    "contact of the ACME account in " STR_FMT,
		    STR_ARG(t->in->file->path)));
	}
	if (traefik_get(item, "certificate", "Certificate", &v))
		TRY(traefik_pem(t, v, &how, e));
	if (traefik_get(item, "key", "Key", &v))
		TRY(traefik_pem(t, v, &how, e));
	return MU_OK;
}

/* The account's own key: DER in base64, an RSA key or one in PKCS#8. */
static int
traefik_account(struct traefik *t, struct json_val v, struct err *e)
{
	AUTO(buf) struct buf der = { 0 };
	struct str mail = json_text(v, "Email");
	struct str coded = json_text(v, "PrivateKey");
	struct err why = { 0 };
	int r;

	t->mail = STR_NONE;
	if (mail.n <= TOKEN_NAME_MAX && str_chr(mail, '@') != SIZE_MAX &&
	    !str_has_nul(mail))
		t->mail = mail;
	if (coded.n == 0)
		return MU_OK;
	t->n++;
	buf_init(&der, TRAEFIK_PEM_MAX);
	if (!digest_unbase64(coded, &der) || der.bad)
		return decode_gap(t->in, '#', t->n, GAP_MALFORMED, e,
		    "an account's key that is no base64");
	r = privkey_rsa(t->in, buf_str(&der), t->n, &why);
	if (r == MU_EFORMAT)
		r = privkey_put(t->in, buf_str(&der), t->n, &why);
	if (r == MU_EFORMAT)
		r = privkey_ec(t->in, buf_str(&der), t->n, &why);
	mem_wipe(der.p, der.n);
	return traefik_gap(t, r, &why, e);
}

/* One resolver: { "Account": {...}, "Certificates": [...] }. */
static int
traefik_resolver(struct traefik *t, struct json_val v, struct err *e)
{
	struct json_val account, list, item;
	struct json_iter it;

	if (json_get(v, STR("Account"), &account) &&
	    json_kind_of(account) == JSON_OBJ)
		TRY(traefik_account(t, account, e));
	if (!json_get(v, STR("Certificates"), &list) ||
	    json_kind_of(list) != JSON_ARR)
		return MU_OK;
	for (it = json_each(list); json_next(&it, NULL, &item);)
		if (json_kind_of(item) == JSON_OBJ)
			TRY(traefik_certificate(t, item, e));
	return MU_OK;
}

static int
traefik_read(const struct decode_in *in, struct err *e)
{
	AUTO(json) struct json *p = json_new(TRAEFIK_BYTES_MAX);
	struct traefik t = { .in = in };
	struct json_val root, v;
	struct json_iter it;

	if (str_trim(in->bytes).n == 0)
		return MU_OK; /* as it is made, before the first certificate */
	TRY(json_parse(p, in->bytes, &root, e));
	if (json_get(root, STR("Certificates"), &v))
		return traefik_resolver(&t, root, e);
	for (it = json_each(root); it.named && json_next(&it, NULL, &v);)
		if (json_kind_of(v) == JSON_OBJ)
			TRY(traefik_resolver(&t, v, e));
	return MU_OK;
}

const struct decoder decode_traefik = {
	.name = "traefik",
	.place = NULL,
	.sees = "Certificates, keys and accounts that Traefik got by ACME",
	.source = "Traefik 2 and 3, ACME storage",
	.max_bytes = TRAEFIK_BYTES_MAX,
	.read = traefik_read,
};
