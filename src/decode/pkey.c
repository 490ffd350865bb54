#include "decode/pkey.h"

#include <openssl/err.h>
#include <openssl/x509err.h>

#include "base/digest.h"
#include "decode/asn1.h"
#include "model/key.h"
#include "model/rec.h"

/*
 * Muster's words for OpenSSL's algorithms. Edwards keys have the size of their
 * encoding, as every other tool says it; OpenSSL counts 253 for Ed25519.
 */
static const struct {
	int id;
	const char *word;
	int64_t bits; /* 0: OpenSSL counts */
} algs[] = {
	{ EVP_PKEY_RSA, "rsa", 0 },
	{ EVP_PKEY_RSA_PSS, "rsa", 0 },
	{ EVP_PKEY_EC, "ec", 0 },
	{ EVP_PKEY_SM2, "sm2", 0 },
	{ EVP_PKEY_DSA, "dsa", 0 },
	{ EVP_PKEY_ED25519, "ed25519", 256 },
	{ EVP_PKEY_ED448, "ed448", 456 },
	{ EVP_PKEY_X25519, "x25519", 256 },
	{ EVP_PKEY_X448, "x448", 448 },
	{ EVP_PKEY_DH, "dh", 0 },
	{ EVP_PKEY_DHX, "dh", 0 },
};

void
pkey_start(void)
{

	(void)OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
}

int
pkey_of(const EVP_PKEY *key, struct str spki, struct arena *a, struct pkey *out,
    struct err *e)
{
	struct pkey k = { .bits = REC_NO_INT };
	size_t i;

	for (i = 0; key != NULL && i < MU_COUNT(algs); i++) {
		if (EVP_PKEY_get_base_id(key) != algs[i].id)
			continue;
		k.alg = str_from(algs[i].word);
		k.bits =
		    algs[i].bits != 0 ? algs[i].bits : EVP_PKEY_get_bits(key);
	}
	TRY(key_hex(STR_NONE, spki, a, &k.spki, e));
	*out = k;
	return MU_OK;
}

/*= RFC 5280 section 4.1: algorithm (an OID and more), then a bit string. */
static bool
pkey_shape(struct str spki)
{
	struct str body, alg, oid, bits;

	return asn1_take(&spki, TAG_SEQUENCE, &body) && spki.n == 0 &&
	       asn1_take(&body, TAG_SEQUENCE, &alg) &&
	       asn1_take(&alg, TAG_OID, &oid) &&
	       asn1_take(&body, TAG_BITS, &bits) && body.n == 0;
}

int
pkey_read(struct str spki, struct arena *a, struct pkey *out, struct err *e)
{
	AUTO(pkey) EVP_PKEY *key = NULL;
	const unsigned char *p = (const unsigned char *)spki.p;
	unsigned long why;
	bool unknown;

	if (spki.n > PKEY_BYTES_MAX)
		return err_set(e, MU_ELIMIT,
		    "a public key is longer than %d bytes", PKEY_BYTES_MAX);
	if (!pkey_shape(spki))
		return err_set(e, MU_EFORMAT,
		    "no public key as in RFC 5280, "
		    "section 4.1.2.7");
	pkey_start();
	ERR_clear_error();
	key = d2i_PUBKEY(NULL, &p, (long)spki.n);
	why = ERR_peek_last_error();
	unknown = ERR_GET_LIB(why) == ERR_LIB_X509 &&
		  ERR_GET_REASON(why) == X509_R_UNSUPPORTED_ALGORITHM;
	ERR_clear_error();
	if (key == NULL && !unknown)
		return err_set(e, MU_EFORMAT,
		    "the public key is none of its algorithm");
	return pkey_of(key, spki, a, out, e);
}
