#include "decode/pkey.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/provider.h>

#include "decode/asn1.h"
#include "model/key.h"
#include "model/rec.h"

enum shape {
	SHAPE_RSA,
	SHAPE_EC,
	SHAPE_DSA,
	SHAPE_RAW,
};

/* clang-format off */
#define OID(lit) { (lit), sizeof(lit) - 1 }

/*
 * The algorithms of nearly every key, read here: OpenSSL's own way to a key
 * takes as long as all else that is done with a certificate. Edwards keys have
 * the size of their encoding, as other tools say it; OpenSSL counts 253.
 */
static const struct alg {
	struct str oid;
	const char *word;
	enum shape shape;
	int64_t bits;
	size_t bytes; /* of the key itself */
} algs[] = {
	{ OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"), "rsa", SHAPE_RSA, 0, 0 },
	{ OID("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a"), "rsa", SHAPE_RSA, 0, 0 },
	{ OID("\x2a\x86\x48\xce\x3d\x02\x01"), "ec", SHAPE_EC, 0, 0 },
	{ OID("\x2a\x86\x48\xce\x38\x04\x01"), "dsa", SHAPE_DSA, 0, 0 },
	{ OID("\x2b\x65\x70"), "ed25519", SHAPE_RAW, 256, 32 },
	{ OID("\x2b\x65\x71"), "ed448", SHAPE_RAW, 456, 57 },
	{ OID("\x2b\x65\x6e"), "x25519", SHAPE_RAW, 256, 32 },
	{ OID("\x2b\x65\x6f"), "x448", SHAPE_RAW, 448, 56 },
};

/*= RFC 5480 section 2.1.1.1: the curves in use; OpenSSL knows the others. */
static const struct {
	struct str oid;
	int64_t bits;
	size_t bytes; /* of one coordinate */
} curves[] = {
	{ OID("\x2a\x86\x48\xce\x3d\x03\x01\x07"), 256, 32 },
	{ OID("\x2b\x81\x04\0\x22"), 384, 48 },
	{ OID("\x2b\x81\x04\0\x23"), 521, 66 },
	{ OID("\x2b\x81\x04\0\x21"), 224, 28 },
	{ OID("\x2b\x81\x04\0\x0a"), 256, 32 },
};

/* Words for what OpenSSL has to read. */
static const struct {
	int id;
	const char *word;
} others[] = {
	{ EVP_PKEY_EC, "ec" },
	{ EVP_PKEY_SM2, "sm2" },
	{ EVP_PKEY_DH, "dh" },
	{ EVP_PKEY_DHX, "dh" },
};
/* clang-format on */

/* A SubjectPublicKeyInfo in its parts. */
struct parts {
	struct str oid, params, key;
};

static CRYPTO_ONCE once = CRYPTO_ONCE_STATIC_INIT;
static OSSL_LIB_CTX *bare;

static void
pkey_make_bare(void)
{

	bare = OSSL_LIB_CTX_new();
	if (bare != NULL)
		(void)OSSL_PROVIDER_load(bare, "null");
}

void
pkey_start(void)
{

	(void)OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
	(void)CRYPTO_THREAD_run_once(&once, pkey_make_bare);
}

OSSL_LIB_CTX *
pkey_bare(void)
{

	return bare;
}

/*= RFC 5280 section 4.1: algorithm (an OID and more), then a bit string. */
static bool
pkey_parts(struct str spki, struct parts *p)
{
	struct str body, alg, bits;

	if (!asn1_take(&spki, TAG_SEQUENCE, &body) || spki.n != 0 ||
	    !asn1_take(&body, TAG_SEQUENCE, &alg) ||
	    !asn1_take(&alg, TAG_OID, &p->oid) ||
	    !asn1_take(&body, TAG_BITS, &bits) || body.n != 0 || bits.n == 0)
		return false;
	p->params = alg;
	p->key = str_skip(bits, 1);
	return true;
}

/* The bits of the number that ${at} begins with; false for none above 0. */
static bool
pkey_count(struct str *at, int64_t *bits)
{
	struct str n;
	unsigned top;

	if (!asn1_take(at, TAG_INTEGER, &n) || n.n == 0 ||
	    ((unsigned char)n.p[0] & 0x80) != 0)
		return false;
	while (n.n != 0 && n.p[0] == 0)
		n = str_skip(n, 1);
	if (n.n == 0)
		return false;
	*bits = 8 * (int64_t)(n.n - 1);
	for (top = (unsigned char)n.p[0]; top != 0; top >>= 1)
		++*bits;
	return true;
}

/*= RFC 8017 appendix A.1.1: the modulus, then the exponent. */
static bool
pkey_rsa(const struct parts *p, int64_t *bits)
{
	struct str at = p->key, body;
	int64_t exponent;

	return asn1_take(&at, TAG_SEQUENCE, &body) && pkey_count(&body, bits) &&
	       pkey_count(&body, &exponent);
}

/*= RFC 3279 section 2.3.2: p is the first; all three may be left out. */
static bool
pkey_dsa(const struct parts *p, int64_t *bits)
{
	struct str at = p->params, body;

	if (asn1_take(&at, TAG_SEQUENCE, &body))
		return pkey_count(&body, bits);
	return true;
}

/*= SEC 1 section 2.3.3: 04 and two coordinates, or 02 or 03 and one. */
static bool
pkey_point(struct str key, size_t bytes)
{

	if (key.n == 0)
		return false;
	if (key.p[0] == 2 || key.p[0] == 3)
		return key.n == 1 + bytes;
	return key.p[0] == 4 && key.n == 1 + 2 * bytes;
}

/* What OpenSSL makes of a key; false where it makes nothing of it. */
static bool
pkey_ask(struct str spki, struct pkey *k)
{
	AUTO(pkey) EVP_PKEY *key = NULL;
	const unsigned char *p = (const unsigned char *)spki.p;
	unsigned long why;
	size_t i;

	ERR_clear_error();
	key = d2i_PUBKEY(NULL, &p, (long)spki.n);
	why = ERR_peek_last_error();
	ERR_clear_error();
	if (key == NULL)
		return ERR_GET_LIB(why) == ERR_LIB_X509 &&
		       ERR_GET_REASON(why) == X509_R_UNSUPPORTED_ALGORITHM;
	for (i = 0; i < MU_COUNT(others); i++) {
		if (EVP_PKEY_get_base_id(key) != others[i].id)
			continue;
		k->alg = str_from(others[i].word);
		k->bits = EVP_PKEY_get_bits(key);
	}
	return true;
}

/* A curve that nobody knows is no error; one that is written out is read. */
static bool
pkey_ec(const struct parts *p, struct str spki, struct pkey *k)
{
	struct str at = p->params, oid;
	size_t i;

	if (!asn1_take(&at, TAG_OID, &oid))
		return pkey_ask(spki, k);
	for (i = 0; i < MU_COUNT(curves); i++)
		if (str_eq(oid, curves[i].oid)) {
			k->bits = curves[i].bits;
			return pkey_point(p->key, curves[i].bytes);
		}
	(void)pkey_ask(spki, k);
	return true;
}

static bool
pkey_facts(const struct parts *p, struct str spki, struct pkey *k)
{
	const struct alg *a = NULL;
	size_t i;

	for (i = 0; i < MU_COUNT(algs) && a == NULL; i++)
		if (str_eq(p->oid, algs[i].oid))
			a = &algs[i];
	if (a == NULL) {
		(void)pkey_ask(spki, k);
		return true;
	}
	k->alg = str_from(a->word);
	switch (a->shape) {
	case SHAPE_RSA:
		return pkey_rsa(p, &k->bits);
	case SHAPE_EC:
		return pkey_ec(p, spki, k);
	case SHAPE_DSA:
		return pkey_dsa(p, &k->bits);
	case SHAPE_RAW:
		k->bits = a->bits;
		return p->key.n == a->bytes;
	}
	return false;
}

int
pkey_hash(struct str spki, struct arena *a, struct pkey *out, struct err *e)
{
	struct pkey k = { .bits = REC_NO_INT };

	TRY(key_hex(STR_NONE, spki, a, &k.spki, e));
	*out = k;
	return MU_OK;
}

int
pkey_read(struct str spki, struct arena *a, struct pkey *out, struct err *e)
{
	struct parts p;
	struct pkey k = { .bits = REC_NO_INT };

	if (spki.n > PKEY_BYTES_MAX)
		return err_set(e, MU_ELIMIT,
		    "a public key is longer than %d bytes", PKEY_BYTES_MAX);
	if (!pkey_parts(spki, &p))
		return err_set(e, MU_EFORMAT,
		    "no public key as in RFC 5280, "
		    "section 4.1.2.7");
	pkey_start();
	if (!pkey_facts(&p, spki, &k))
		return err_set(e, MU_EFORMAT,
		    "the public key is none of its algorithm");
	TRY(key_hex(STR_NONE, spki, a, &k.spki, e));
	*out = k;
	return MU_OK;
}
