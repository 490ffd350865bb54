#include "decode/privkey.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>

#include "decode/asn1.h"
#include "decode/pkey.h"
#include "decode/sshput.h"

/* Longest private number of a curve or of DSA, bytes: 571 bits is the most. */
#define PRIVKEY_NUMBER_MAX 72

/* Room for a public half in its wrappings. */
#define PRIVKEY_SPKI_MAX (PRIVKEY_BYTES_MAX + 64)

/* The [1] of RFC 5958, an implicit bit string. */
#define PRIVKEY_PUBLIC 0x81

/* What a PrivateKeyInfo holds, as views. */
struct parts {
	struct str alg;    /* the AlgorithmIdentifier, whole */
	struct str oid;    /* in it, contents alone */
	struct str params; /* in it, whole, or "" */
	struct str key;    /* the algorithm's own form of the key */
	struct str pub;    /* the public half as a bit string, or "" */
	int id;            /* OpenSSL's number of the algorithm */
};

static void
privkey_bn_auto(BIGNUM **n)
{

	BN_clear_free(*n);
}

static void
privkey_ctx_auto(BN_CTX **c)
{

	BN_CTX_free(*c);
}

static void
privkey_group_auto(EC_GROUP **g)
{

	EC_GROUP_free(*g);
}

static void
privkey_point_auto(EC_POINT **p)
{

	EC_POINT_clear_free(*p);
}

/*= RFC 5280 section 4.1.2.7: the algorithm, and the key as a bit string. */
static void
privkey_wrap(struct buf *out, struct str alg, struct str key)
{
	AUTO(buf) struct buf bits = { 0 }, body = { 0 };

	buf_init(&bits, PRIVKEY_SPKI_MAX);
	buf_init(&body, PRIVKEY_SPKI_MAX);
	buf_addc(&bits, '\0');
	buf_add(&bits, key);
	buf_add(&body, alg);
	asn1_put(&body, TAG_BITS, buf_str(&bits));
	asn1_put(out, TAG_SEQUENCE, buf_str(&body));
}

/* Numbers ${v}[0..n) as a sequence, each in its shortest form. */
static void
privkey_numbers(struct buf *out, const struct str *v, size_t n)
{
	AUTO(buf) struct buf body = { 0 };
	size_t i;

	buf_init(&body, PRIVKEY_SPKI_MAX);
	for (i = 0; i < n; i++)
		asn1_put(&body, TAG_INTEGER, v[i]);
	asn1_put(out, TAG_SEQUENCE, buf_str(&body));
}

/* Take ${n} numbers off ${at}. */
static bool
privkey_take(struct str *at, struct str *v, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!asn1_take(at, TAG_INTEGER, &v[i]) || v[i].n == 0)
			return false;
	return true;
}

/*= RFC 8017 appendix A.1.2: version, n, e, d and five more. */
static int
privkey_rsa_half(const struct parts *p, struct buf *out, struct err *e)
{
	AUTO(buf) struct buf pub = { 0 };
	struct str at = p->key, body, v[9];

	if (!asn1_take(&at, TAG_SEQUENCE, &body) ||
	    !privkey_take(&body, v, MU_COUNT(v)))
		return err_set(e, MU_EFORMAT,
		    "no RSA key as in RFC 8017, "
		    "appendix A.1.2");
	buf_init(&pub, PRIVKEY_SPKI_MAX);
	privkey_numbers(&pub, &v[1], 2);
	privkey_wrap(out, p->alg, buf_str(&pub));
	return MU_OK;
}

/* The point of ${number} on the curve that the OID ${params} names. */
static int
privkey_point(struct str params, struct str number, struct buf *out,
    struct err *e)
{
	AUTO(privkey_bn) BIGNUM *n = BN_secure_new();
	AUTO(privkey_ctx) BN_CTX *ctx = BN_CTX_secure_new();
	AUTO(privkey_group) EC_GROUP *group = NULL;
	AUTO(privkey_point) EC_POINT *point = NULL;
	const unsigned char *p = (const unsigned char *)params.p;
	ASN1_OBJECT *oid = d2i_ASN1_OBJECT(NULL, &p, (long)params.n);
	unsigned char raw[2 * PRIVKEY_NUMBER_MAX + 1];
	size_t len = 0;

	group =
	    oid != NULL ? EC_GROUP_new_by_curve_name(OBJ_obj2nid(oid)) : NULL;
	ASN1_OBJECT_free(oid);
	if (group == NULL)
		return err_set(e, MU_EUNSUPPORTED,
		    "an EC key without its "
		    "public half, on a curve that is not known");
	point = EC_POINT_new(group);
	if (n == NULL || ctx == NULL || point == NULL)
		return err_set(e, MU_ESYSTEM, "OpenSSL has no memory");
	if (number.n <= PRIVKEY_NUMBER_MAX &&
	    BN_bin2bn((const unsigned char *)number.p, (int)number.n, n) !=
		NULL &&
	    EC_POINT_mul(group, point, n, NULL, NULL, ctx) == 1)
		len = EC_POINT_point2oct(group, point,
		    POINT_CONVERSION_UNCOMPRESSED, raw, sizeof(raw), ctx);
	if (len == 0)
		return err_set(e, MU_EFORMAT,
		    "the private number is none of "
		    "its curve (RFC 5915, section 3)");
	buf_add(out, str_of(raw, len));
	return MU_OK;
}

/*= RFC 5915 section 3: version, number, [0] the curve, [1] the point. */
static int
privkey_ec_half(const struct parts *p, struct buf *out, struct err *e)
{
	AUTO(buf) struct buf point = { 0 }, alg = { 0 }, body = { 0 };
	struct str at = p->key, seq, version, number, params = STR_NONE;
	struct str box, bits = STR_NONE;

	buf_init(&point, PRIVKEY_SPKI_MAX);
	buf_init(&alg, PRIVKEY_SPKI_MAX);
	buf_init(&body, PRIVKEY_SPKI_MAX);
	if (!asn1_take(&at, TAG_SEQUENCE, &seq) ||
	    !asn1_take(&seq, TAG_INTEGER, &version) ||
	    !asn1_take(&seq, TAG_OCTETS, &number))
		return err_set(e, MU_EFORMAT,
		    "no EC key as in RFC 5915, section 3");
	(void)asn1_take(&seq, TAG_CONTEXT0, &params);
	if (asn1_take(&seq, TAG_CONTEXT1, &box))
		(void)asn1_take(&box, TAG_BITS, &bits);
	if (p->params.n != 0)
		params = p->params;
	if (params.n == 0)
		return err_set(e, MU_EFORMAT,
		    "an EC key without its curve "
		    "(RFC 5915, section 3)");
	if (bits.n > 1)
		buf_add(&point, str_skip(bits, 1));
	else
		TRY(privkey_point(params, number, &point, e));
	buf_adds(&body, "\x06\x07\x2a\x86\x48\xce\x3d\x02\x01");
	buf_add(&body, params);
	asn1_put(&alg, TAG_SEQUENCE, buf_str(&body));
	privkey_wrap(out, buf_str(&alg), buf_str(&point));
	return MU_OK;
}

/*= RFC 8410 section 7: the number as an octet string, and nothing else. */
static int
privkey_raw_half(const struct parts *p, struct buf *out, struct err *e)
{
	AUTO(pkey) EVP_PKEY *key = NULL;
	struct str at = p->key, number = STR_NONE;
	unsigned char raw[64];
	size_t n = sizeof(raw);

	if (asn1_take(&at, TAG_OCTETS, &number))
		key = EVP_PKEY_new_raw_private_key(p->id, NULL,
		    (const unsigned char *)number.p, number.n);
	if (key == NULL || EVP_PKEY_get_raw_public_key(key, raw, &n) != 1)
		return err_set(e, MU_EFORMAT,
		    "no private key as in RFC 8410, section 7");
	privkey_wrap(out, p->alg, str_of(raw, n));
	return MU_OK;
}

/* y = g^x mod p, in constant time, where the numbers are of a usable size. */
static int
privkey_power(const struct str pqg[3], struct str number, struct buf *out,
    struct err *e)
{
	AUTO(privkey_bn) BIGNUM *p = NULL;
	AUTO(privkey_bn) BIGNUM *g = NULL;
	AUTO(privkey_bn) BIGNUM *x = BN_secure_new();
	AUTO(privkey_bn) BIGNUM *y = BN_new();
	AUTO(privkey_ctx) BN_CTX *ctx = BN_CTX_secure_new();
	unsigned char raw[PRIVKEY_DSA_BITS_MAX / 8 + 8] = { 0 };
	int n = 0;

	if (pqg[0].n > PRIVKEY_DSA_BITS_MAX / 8 + 1 || pqg[2].n > pqg[0].n ||
	    number.n > PRIVKEY_NUMBER_MAX)
		return err_set(e, MU_ELIMIT, "a DSA key of more than %d bits",
		    PRIVKEY_DSA_BITS_MAX);
	p = BN_bin2bn((const unsigned char *)pqg[0].p, (int)pqg[0].n, NULL);
	g = BN_bin2bn((const unsigned char *)pqg[2].p, (int)pqg[2].n, NULL);
	if (p == NULL || g == NULL || x == NULL || y == NULL || ctx == NULL ||
	    BN_bin2bn((const unsigned char *)number.p, (int)number.n, x) ==
		NULL)
		return err_set(e, MU_ESYSTEM, "OpenSSL has no memory");
	BN_set_flags(x, BN_FLG_CONSTTIME);
	if (BN_is_odd(p) && BN_mod_exp(y, g, x, p, ctx) == 1)
		n = BN_bn2bin(y, raw + 1);
	if (n == 0)
		return err_set(e, MU_EFORMAT,
		    "the numbers of a DSA key are "
		    "none (RFC 3279, section 2.3.2)");
	/* A number is signed: one zero byte where its top bit is set. */
	asn1_put(out, TAG_INTEGER,
	    raw[1] & 0x80 ? str_of(raw, (size_t)n + 1) :
			    str_of(raw + 1, (size_t)n));
	return MU_OK;
}

/*= RFC 3279 section 2.3.2: p, q, g with the algorithm; the key is x alone. */
static int
privkey_dsa_half(const struct parts *p, struct buf *out, struct err *e)
{
	AUTO(buf) struct buf y = { 0 };
	struct str at = p->params, key = p->key, body, pqg[3], x;

	if (!asn1_take(&at, TAG_SEQUENCE, &body) ||
	    !privkey_take(&body, pqg, MU_COUNT(pqg)) ||
	    !privkey_take(&key, &x, 1))
		return err_set(e, MU_EFORMAT,
		    "no DSA key as in RFC 3279, section 2.3.2");
	buf_init(&y, PRIVKEY_SPKI_MAX);
	TRY(privkey_power(pqg, x, &y, e));
	privkey_wrap(out, p->alg, buf_str(&y));
	return MU_OK;
}

/* clang-format off */
#define OID(lit) { (lit), sizeof(lit) - 1 }

static const struct form {
	struct str oid;
	int (*half)(const struct parts *p, struct buf *out, struct err *e);
	int id;
} forms[] = {
	{ OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"), privkey_rsa_half, 0 },
	{ OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a"), privkey_rsa_half, 0 },
	{ OID("\x2a\x86\x48\xce\x3d\x02\x01"), privkey_ec_half, 0 },
	{ OID("\x2a\x86\x48\xce\x38\x04\x01"), privkey_dsa_half, 0 },
	{ OID("\x2b\x65\x70"), privkey_raw_half, EVP_PKEY_ED25519 },
	{ OID("\x2b\x65\x71"), privkey_raw_half, EVP_PKEY_ED448 },
	{ OID("\x2b\x65\x6e"), privkey_raw_half, EVP_PKEY_X25519 },
	{ OID("\x2b\x65\x6f"), privkey_raw_half, EVP_PKEY_X448 },
};
/* clang-format on */

/* The algorithm of RSA keys: RFC 3279 section 2.3.1 wants the NULL. */
static const struct str rsa_alg =
    OID("\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00");

/*= RFC 5958 section 2: version, algorithm, key, [0] attributes, [1] public. */
static bool
privkey_parts(struct str der, struct parts *p)
{
	struct str body, version, at;
	struct asn1 v;

	*p = (struct parts){ .id = 0 };
	if (!asn1_take(&der, TAG_SEQUENCE, &body) ||
	    !asn1_take(&body, TAG_INTEGER, &version) || !asn1_next(&body, &v) ||
	    v.tag != TAG_SEQUENCE)
		return false;
	p->alg = v.all;
	at = v.body;
	if (!asn1_take(&at, TAG_OID, &p->oid))
		return false;
	p->params = at;
	if (!asn1_take(&body, TAG_OCTETS, &p->key))
		return false;
	while (asn1_next(&body, &v))
		if (v.tag == PRIVKEY_PUBLIC && v.body.n > 1)
			p->pub = str_skip(v.body, 1);
	return true;
}

int
privkey_spki(struct str der, struct buf *out, struct err *e)
{
	struct parts p;
	size_t i;
	int r;

	if (der.n > PRIVKEY_BYTES_MAX)
		return err_set(e, MU_ELIMIT,
		    "a private key is longer than %d bytes", PRIVKEY_BYTES_MAX);
	if (!privkey_parts(der, &p))
		return err_set(e, MU_EFORMAT,
		    "no private key as in RFC 5958, section 2");
	pkey_start();
	for (i = 0; i < MU_COUNT(forms); i++)
		if (str_eq(p.oid, forms[i].oid))
			break;
	if (i < MU_COUNT(forms)) {
		p.id = forms[i].id;
		r = forms[i].half(&p, out, e);
		ERR_clear_error();
		return r;
	}
	if (p.pub.n == 0)
		return err_set(e, MU_EUNSUPPORTED,
		    "a private key of an "
		    "algorithm that is not known");
	privkey_wrap(out, p.alg, p.pub);
	return MU_OK;
}

/* One key in the words of a record. */
struct pair {
	struct str key; /* of credential and identity */
	struct pkey pkey;
	struct str fp;
	enum role role;
	enum tri encrypted;
	enum weak weak;
	struct str name, detail;
	struct when created;
};

static enum id_kind
privkey_kind(const struct decode_in *in)
{
	struct str path = in->file->path;

	if (in->kind != ID_KINDS)
		return in->kind;
	if (str_starts(path, STR(".ssh/")) ||
	    str_find(path, STR("/.ssh/")) != SIZE_MAX)
		return ID_SSH_KEY;
	return ID_SIGNING_KEY;
}

static int
privkey_identity(const struct decode_in *in, const struct pair *p,
    struct str *out, struct err *e)
{
	struct str path = in->file->path;
	size_t slash = str_rchr(path, '/');
	struct rec r;

	if (in->kind == ID_HOST_KEY)
		return sshput_server(in, out, e);
	rec_init(&r, REC_IDENTITY);
	r.identity.key = *out = p->key;
	r.identity.kind = privkey_kind(in);
	r.identity.name = slash == SIZE_MAX ? path : str_skip(path, slash + 1);
	if (p->name.n != 0)
		r.identity.name = p->name;
	if (r.identity.kind == ID_SSH_KEY)
		TRY(sshput_file(in, &r.identity.name, e));
	r.identity.asset = in->host->key;
	r.identity.context = in->file->context;
	return decode_put(in, &r, e);
}

static int
privkey_records(const struct decode_in *in, const struct pair *p, size_t block,
    struct err *e)
{
	struct str identity = STR_NONE;
	struct rec r;

	if (p->role == ROLE_PRIVATE)
		TRY(privkey_identity(in, p, &identity, e));
	rec_init(&r, REC_CREDENTIAL);
	r.credential.key = p->key;
	r.credential.identity = identity;
	r.credential.kind = CRED_KEYPAIR;
	r.credential.alg = p->pkey.alg;
	r.credential.bits = p->pkey.bits;
	r.credential.spki = p->pkey.spki;
	r.credential.fp = p->fp;
	r.credential.encrypted = p->encrypted;
	r.credential.weak = p->weak;
	r.credential.created = p->created;
	TRY(decode_put(in, &r, e));
	TRY(decode_sighting(in, &r, p->key, p->role, '#', block, e));
	r.sighting.detail = p->detail;
	return decode_put(in, &r, e);
}

/* A pair whose public half is known: ${spki}. */
static int
privkey_known(const struct decode_in *in, struct str spki, enum role role,
    struct str detail, size_t block, struct err *e)
{
	struct pair p = { .role = role,
		.detail = detail,
		.created = WHEN_NONE,
		.encrypted = role == ROLE_PRIVATE ? TRI_NO : TRI_UNKNOWN };

	TRY(pkey_read(spki, in->job, &p.pkey, e));
	TRY(arena_fmt(in->job, &p.key, e, "spki:" STR_FMT,
	    STR_ARG(p.pkey.spki)));
	return privkey_records(in, &p, block, e);
}

/* A pair that its bytes alone tell from others. */
static int
privkey_unknown(const struct decode_in *in, struct str bytes,
    enum tri encrypted, struct str detail, size_t block, struct err *e)
{
	struct pair p = { .role = ROLE_PRIVATE,
		.encrypted = encrypted,
		.detail = detail,
		.created = WHEN_NONE,
		.pkey.bits = REC_NO_INT };

	TRY(key_secret(in->fp_key, bytes, in->job, &p.key, e));
	p.fp = str_skip(p.key, sizeof("secret:") - 1);
	return privkey_records(in, &p, block, e);
}

int
privkey_put(const struct decode_in *in, struct str der, size_t block,
    struct err *e)
{
	AUTO(buf) struct buf spki = { 0 };
	int r;

	buf_init(&spki, PRIVKEY_SPKI_MAX);
	r = privkey_spki(der, &spki, e);
	if (r == MU_EUNSUPPORTED)
		return privkey_unknown(in, der, TRI_NO,
		    STR("public half not known"), block, e);
	TRY(r);
	TRY(buf_check(&spki, "a public key", e));
	return privkey_known(in, buf_str(&spki), ROLE_PRIVATE, STR_NONE, block,
	    e);
}

/* The older forms are the inner part of a PrivateKeyInfo, alone. */
static int
privkey_bare(const struct decode_in *in, const struct parts *p,
    int (*half)(const struct parts *p, struct buf *out, struct err *e),
    size_t block, struct err *e)
{
	AUTO(buf) struct buf spki = { 0 };
	int r;

	if (p->key.n > PRIVKEY_BYTES_MAX)
		return err_set(e, MU_ELIMIT,
		    "a private key is longer than %d bytes", PRIVKEY_BYTES_MAX);
	buf_init(&spki, PRIVKEY_SPKI_MAX);
	pkey_start();
	r = half(p, &spki, e);
	ERR_clear_error();
	if (r == MU_EUNSUPPORTED)
		return privkey_unknown(in, p->key, TRI_NO,
		    STR("public half not known"), block, e);
	TRY(r);
	TRY(buf_check(&spki, "a public key", e));
	return privkey_known(in, buf_str(&spki), ROLE_PRIVATE, STR_NONE, block,
	    e);
}

int
privkey_rsa(const struct decode_in *in, struct str der, size_t block,
    struct err *e)
{
	struct parts p = { .alg = rsa_alg, .key = der };

	return privkey_bare(in, &p, privkey_rsa_half, block, e);
}

int
privkey_ec(const struct decode_in *in, struct str der, size_t block,
    struct err *e)
{
	struct parts p = { .key = der };

	return privkey_bare(in, &p, privkey_ec_half, block, e);
}

/* OpenSSL's own form: version, p, q, g, y, x. */
static int
privkey_dsa_old_half(const struct parts *p, struct buf *out, struct err *e)
{
	AUTO(buf) struct buf alg = { 0 }, body = { 0 }, y = { 0 };
	struct str at = p->key, seq, v[6];

	if (!asn1_take(&at, TAG_SEQUENCE, &seq) ||
	    !privkey_take(&seq, v, MU_COUNT(v)))
		return err_set(e, MU_EFORMAT, "no DSA key in OpenSSL's form");
	buf_init(&alg, PRIVKEY_SPKI_MAX);
	buf_init(&body, PRIVKEY_SPKI_MAX);
	buf_init(&y, PRIVKEY_SPKI_MAX);
	buf_adds(&body, "\x06\x07\x2a\x86\x48\xce\x38\x04\x01");
	privkey_numbers(&body, &v[1], 3);
	asn1_put(&alg, TAG_SEQUENCE, buf_str(&body));
	asn1_put(&y, TAG_INTEGER, v[4]);
	privkey_wrap(out, buf_str(&alg), buf_str(&y));
	return MU_OK;
}

int
privkey_dsa(const struct decode_in *in, struct str der, size_t block,
    struct err *e)
{
	struct parts p = { .key = der };

	return privkey_bare(in, &p, privkey_dsa_old_half, block, e);
}

int
privkey_sealed(const struct decode_in *in, struct str bytes, size_t block,
    struct err *e)
{

	return privkey_unknown(in, bytes, TRI_YES, STR("encrypted"), block, e);
}

int
privkey_closed(const struct decode_in *in, const struct privkey_closed *what,
    size_t block, struct err *e)
{
	struct pair p = { .role = ROLE_PRIVATE,
		.pkey = *what->pkey,
		.encrypted = TRI_YES,
		.weak = what->weak,
		.name = what->name,
		.detail = what->detail,
		.created = what->created };

	TRY(arena_fmt(in->job, &p.key, e, "spki:" STR_FMT,
	    STR_ARG(p.pkey.spki)));
	return privkey_records(in, &p, block, e);
}

int
privkey_public(const struct decode_in *in, struct str der, size_t block,
    struct err *e)
{

	return privkey_known(in, der, ROLE_PUBLIC, STR_NONE, block, e);
}

int
privkey_public_in(const struct decode_in *in, struct str der, struct str detail,
    size_t block, struct err *e)
{

	return privkey_known(in, der, ROLE_PUBLIC, detail, block, e);
}

/*= RFC 8017 appendix A.1.1: n and e. */
int
privkey_rsa_public(const struct decode_in *in, struct str der, size_t block,
    struct err *e)
{
	AUTO(buf) struct buf pub = { 0 }, spki = { 0 };
	struct str body, v[2];

	if (der.n > PRIVKEY_BYTES_MAX)
		return err_set(e, MU_ELIMIT,
		    "a public key is longer than %d bytes", PRIVKEY_BYTES_MAX);
	if (!asn1_take(&der, TAG_SEQUENCE, &body) ||
	    !privkey_take(&body, v, MU_COUNT(v)))
		return err_set(e, MU_EFORMAT,
		    "no RSA key as in RFC 8017, appendix A.1.1");
	buf_init(&pub, PRIVKEY_SPKI_MAX);
	buf_init(&spki, PRIVKEY_SPKI_MAX);
	privkey_numbers(&pub, v, MU_COUNT(v));
	privkey_wrap(&spki, rsa_alg, buf_str(&pub));
	return privkey_known(in, buf_str(&spki), ROLE_PUBLIC, STR_NONE, block,
	    e);
}
