#include "decode/pkcs12.h"

#include <openssl/err.h>
#include <openssl/pkcs12.h>

#include "decode/der.h"
#include "decode/pkcs.h"
#include "decode/pkey.h"
#include "decode/privkey.h"

struct store {
	const struct decode_in *in;
	bool open; /* ${password} fits, or nothing says it does not */
	const char
	    *password;  /* "", or NULL: even its two zero bytes left out */
	int64_t rounds; /* left to spend */
	size_t bags;    /* looked into so far */
	bool sealed;    /* something stayed closed */
};

static void
pkcs12_auto(PKCS12 **p)
{

	PKCS12_free(*p);
}

static void
pkcs12_safes_auto(STACK_OF(PKCS7) * *s)
{

	sk_PKCS7_pop_free(*s, PKCS7_free);
}

static void
pkcs12_bags_auto(STACK_OF(PKCS12_SAFEBAG) * *s)
{

	sk_PKCS12_SAFEBAG_pop_free(*s, PKCS12_SAFEBAG_free);
}

static void
pkcs12_key_auto(PKCS8_PRIV_KEY_INFO **k)
{

	PKCS8_PRIV_KEY_INFO_free(*k);
}

/* Take ${n} rounds off what is left; false where that is too much. */
static bool
pkcs12_spend(struct store *s, const ASN1_INTEGER *n)
{
	int64_t rounds = 1;

	if (n != NULL && ASN1_INTEGER_get_int64(&rounds, n) != 1)
		return false;
	if (rounds < 1 || rounds > s->rounds)
		return false;
	s->rounds -= rounds;
	return true;
}

/*= RFC 8018 appendix A.2: the count of PBKDF2; scrypt is not tried. */
static bool
pkcs12_pbes2(struct store *s, const ASN1_TYPE *type)
{
	PBE2PARAM *p =
	    ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBE2PARAM), type);
	PBKDF2PARAM *k = NULL;
	bool ok = false;

	if (p != NULL && OBJ_obj2nid(p->keyfunc->algorithm) == NID_id_pbkdf2)
		k = ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBKDF2PARAM),
		    p->keyfunc->parameter);
	if (k != NULL)
		ok = pkcs12_spend(s, k->iter);
	PBKDF2PARAM_free(k);
	PBE2PARAM_free(p);
	return ok;
}

/* Whether what ${alg} encrypts may be tried: its count is known and small. */
static bool
pkcs12_may(struct store *s, const X509_ALGOR *alg)
{
	PBEPARAM *p;
	bool ok;

	if (!s->open || alg == NULL || alg->parameter == NULL)
		return false;
	if (OBJ_obj2nid(alg->algorithm) == NID_pbes2)
		return pkcs12_pbes2(s, alg->parameter);
	p = ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBEPARAM), alg->parameter);
	ok = p != NULL && pkcs12_spend(s, p->iter);
	PBEPARAM_free(p);
	return ok;
}

/*= RFC 7292 section 5.1: the MAC says whether a password fits. */
static void
pkcs12_try(struct store *s, PKCS12 *p)
{
	static const char *const passwords[] = { "", NULL };
	const ASN1_INTEGER *rounds = NULL;
	size_t i;

	s->open = !PKCS12_mac_present(p);
	s->password = passwords[0];
	if (s->open)
		return;
	PKCS12_get0_mac(NULL, NULL, NULL, &rounds, p);
	for (i = 0; i < MU_COUNT(passwords) && !s->open; i++) {
		if (!pkcs12_spend(s, rounds))
			return;
		s->password = passwords[i];
		s->open = PKCS12_verify_mac(p, passwords[i], 0) == 1;
	}
}

static int
pkcs12_key(struct store *s, const PKCS8_PRIV_KEY_INFO *key, struct err *e)
{
	unsigned char *der = NULL;
	int n = i2d_PKCS8_PRIV_KEY_INFO(key, &der), r;

	if (n <= 0)
		return err_set(e, MU_EFORMAT,
		    "no private key as in RFC 5958, section 2");
	r = privkey_put(s->in, str_of(der, (size_t)n), 0, e);
	OPENSSL_clear_free(der, (size_t)n);
	return r;
}

/*= RFC 7292 section 4.2.2. */
static int
pkcs12_shrouded(struct store *s, const PKCS12_SAFEBAG *bag, struct err *e)
{
	AUTO(pkcs12_key) PKCS8_PRIV_KEY_INFO *key = NULL;
	const X509_SIG *sig = PKCS12_SAFEBAG_get0_pkcs8(bag);
	const X509_ALGOR *alg = NULL;

	if (sig != NULL)
		X509_SIG_get0(sig, &alg, NULL);
	if (pkcs12_may(s, alg))
		key = PKCS12_decrypt_skey(bag, s->password, 0);
	if (key != NULL)
		return pkcs12_key(s, key, e);
	s->sealed = true;
	return MU_OK;
}

/*= RFC 7292 section 4.2.3. */
static int
pkcs12_certificate(struct store *s, const PKCS12_SAFEBAG *bag, struct err *e)
{
	AUTO(pkey_x509) X509 *c = NULL;

	if (PKCS12_SAFEBAG_get_bag_nid(bag) != NID_x509Certificate)
		return MU_OK;
	c = PKCS12_SAFEBAG_get1_cert(bag);
	if (c == NULL)
		return err_set(e, MU_EFORMAT,
		    "no certificate as in RFC 5280, section 4.1");
	return pkcs_certificate(s->in, c, 0, e);
}

static int pkcs12_bags(struct store *s, const STACK_OF(PKCS12_SAFEBAG) * bags,
    unsigned depth, struct err *e);

static int
pkcs12_bag(struct store *s, const PKCS12_SAFEBAG *bag, unsigned depth,
    struct err *e)
{
	const PKCS8_PRIV_KEY_INFO *key;

	switch (PKCS12_SAFEBAG_get_nid(bag)) {
	case NID_keyBag:
		key = PKCS12_SAFEBAG_get0_p8inf(bag);
		return key != NULL ? pkcs12_key(s, key, e) : MU_OK;
	case NID_pkcs8ShroudedKeyBag:
		return pkcs12_shrouded(s, bag, e);
	case NID_certBag:
		return pkcs12_certificate(s, bag, e);
	case NID_secretBag:
		s->sealed = true;
		return MU_OK;
	case NID_safeContentsBag:
		return pkcs12_bags(s, PKCS12_SAFEBAG_get0_safes(bag), depth + 1,
		    e);
	default:
		return MU_OK;
	}
}

static int
pkcs12_bags(struct store *s, const STACK_OF(PKCS12_SAFEBAG) * bags,
    unsigned depth, struct err *e)
{
	int i;

	for (i = 0; i < sk_PKCS12_SAFEBAG_num(bags); i++) {
		if (++s->bags > PKCS12_BAGS_MAX || depth > PKCS12_DEPTH_MAX)
			return err_set(e, MU_ELIMIT,
			    "a keystore of more than "
			    "%d bags, or %d deep",
			    PKCS12_BAGS_MAX, PKCS12_DEPTH_MAX);
		TRY(pkcs12_bag(s, sk_PKCS12_SAFEBAG_value(bags, i), depth, e));
	}
	return MU_OK;
}

/*= RFC 7292 section 4.1: a part in clear, or under the password. */
static int
pkcs12_safe(struct store *s, PKCS7 *p, struct err *e)
{
	AUTO(pkcs12_bags) STACK_OF(PKCS12_SAFEBAG) *bags = NULL;
	const PKCS7_ENC_CONTENT *c = NULL;

	if (PKCS7_type_is_data(p)) {
		bags = PKCS12_unpack_p7data(p);
		if (bags == NULL)
			return err_set(e, MU_EFORMAT,
			    "no keystore as in RFC "
			    "7292, section 4.2");
		return pkcs12_bags(s, bags, 0, e);
	}
	if (PKCS7_type_is_encrypted(p) && p->d.encrypted != NULL)
		c = p->d.encrypted->enc_data;
	if (c != NULL && c->enc_data != NULL && pkcs12_may(s, c->algorithm))
		bags = PKCS12_unpack_p7encdata(p, s->password, 0);
	if (bags != NULL)
		return pkcs12_bags(s, bags, 0, e);
	s->sealed = true;
	return MU_OK;
}

static int
pkcs12_walk(struct store *s, PKCS12 *p, struct err *e)
{
	AUTO(pkcs12_safes) STACK_OF(PKCS7) *safes = NULL;
	int i;

	pkcs12_try(s, p);
	safes = PKCS12_unpack_authsafes(p);
	if (safes == NULL)
		return err_set(e, MU_EUNSUPPORTED,
		    "a keystore under a public key (RFC 7292, section 3.1)");
	for (i = 0; i < sk_PKCS7_num(safes); i++)
		TRY(pkcs12_safe(s, sk_PKCS7_value(safes, i), e));
	return MU_OK;
}

static int
pkcs12_read(const struct decode_in *in, struct err *e)
{
	AUTO(pkcs12) PKCS12 *p = NULL;
	const unsigned char *at = (const unsigned char *)in->bytes.p;
	struct store s = { .in = in, .rounds = PKCS12_ROUNDS_MAX };
	int r;

	pkey_start();
	p = d2i_PKCS12(NULL, &at, (long)in->bytes.n);
	r = p != NULL ?
		pkcs12_walk(&s, p, e) :
		err_set(e, MU_EFORMAT, "no keystore as in RFC 7292, section 4");
	ERR_clear_error();
	TRY(r);
	return s.sealed ? privkey_sealed(in, in->bytes, 0, e) : MU_OK;
}

/*= RFC 7292 section 4: version 3, then a PKCS#7 structure: data or signed. */
static bool
pkcs12_sniff(struct str head)
{
	struct str inner;
	size_t at;

	if (!der_shape(head, &inner) ||
	    !str_starts(inner, STR("\x02\x01\x03\x30")))
		return false;
	at = str_find(str_head(inner, 24),
	    STR("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"));
	return at != SIZE_MAX && at <= 9 && inner.n > at + 10 &&
	       (inner.p[at + 10] == 1 || inner.p[at + 10] == 2);
}

const struct decoder decode_pkcs12 = {
	.name = "pkcs12",
	.place = "file.pkcs12",
	.sees = "Keystores: certificates and private keys",
	.source = "RFC 7292",
	.max_bytes = PKCS12_BYTES_MAX,
	.sniff = pkcs12_sniff,
	.read = pkcs12_read,
};
