#include "decode/pkcs.h"

#include <openssl/err.h>
#include <openssl/pkcs7.h>
#include <openssl/x509.h>

#include "decode/privkey.h"
#include "decode/x509.h"
#include "decode/x509name.h"

static void
pkcs_request_auto(X509_REQ **r)
{

	X509_REQ_free(*r);
}

static void
pkcs_bundle_auto(PKCS7 **p)
{

	PKCS7_free(*p);
}

static int
pkcs_fits(struct str der, struct err *e)
{

	pkey_start();
	if (der.n <= PKCS_BYTES_MAX)
		return MU_OK;
	return err_set(e, MU_ELIMIT, "longer than %d bytes", PKCS_BYTES_MAX);
}

/* "certificate request for NAME": the commonName, or the whole subject. */
static int
pkcs_title(const X509_REQ *q, struct arena *a, struct str *out, struct err *e)
{
	const X509_NAME *subject = X509_REQ_get_subject_name(q);
	struct str name;

	TRY(x509name_common(subject, a, &name, e));
	if (name.n == 0)
		TRY(x509name_text(subject, a, &name, e));
	if (name.n == 0)
		name = STR("no name");
	return arena_fmt(a, out, e, "certificate request for " STR_FMT,
	    STR_ARG(name));
}

/*= RFC 2986 section 4. */
int
pkcs_request(const struct decode_in *in, struct str der, size_t block,
    struct err *e)
{
	AUTO(pkcs_request) X509_REQ *q = NULL;
	AUTO(pkey_bytes) unsigned char *spki = NULL;
	const unsigned char *p = (const unsigned char *)der.p;
	struct str detail;
	int n = 0;

	TRY(pkcs_fits(der, e));
	q = d2i_X509_REQ(NULL, &p, (long)der.n);
	if (q != NULL)
		n = i2d_X509_PUBKEY(X509_REQ_get_X509_PUBKEY(q), &spki);
	ERR_clear_error();
	if (n <= 0)
		return err_set(e, MU_EFORMAT,
		    "no certificate request as in RFC 2986, section 4");
	TRY(pkcs_title(q, in->job, &detail, e));
	return privkey_public_in(in, str_of(spki, (size_t)n), detail, block, e);
}

int
pkcs_certificate(const struct decode_in *in, const X509 *c, size_t block,
    struct err *e)
{
	AUTO(pkey_bytes) unsigned char *der = NULL;
	int n = i2d_X509(c, &der);

	if (n <= 0)
		return err_set(e, MU_EFORMAT,
		    "no certificate as in RFC 5280, section 4.1");
	return x509_put(in, str_of(der, (size_t)n), block, e);
}

/*= RFC 2315 sections 9.1 and 11.1: the two kinds that carry certificates. */
static STACK_OF(X509) * pkcs_certificates(PKCS7 *p)
{

	if (PKCS7_type_is_signed(p) && p->d.sign != NULL)
		return p->d.sign->cert;
	if (PKCS7_type_is_signedAndEnveloped(p) &&
	    p->d.signed_and_enveloped != NULL)
		return p->d.signed_and_enveloped->cert;
	return NULL;
}

int
pkcs_bundle(const struct decode_in *in, struct str der, size_t block,
    struct err *e)
{
	AUTO(pkcs_bundle) PKCS7 *bundle = NULL;
	const unsigned char *p = (const unsigned char *)der.p;
	STACK_OF(X509) * all;
	int i;

	TRY(pkcs_fits(der, e));
	bundle = d2i_PKCS7(NULL, &p, (long)der.n);
	ERR_clear_error();
	if (bundle == NULL)
		return err_set(e, MU_EFORMAT,
		    "no bundle of certificates as in RFC 2315, section 7");
	all = pkcs_certificates(bundle);
	if (sk_X509_num(all) > PKCS_CERTIFICATES_MAX)
		return err_set(e, MU_ELIMIT, "more than %d certificates",
		    PKCS_CERTIFICATES_MAX);
	for (i = 0; i < sk_X509_num(all); i++)
		TRY(pkcs_certificate(in, sk_X509_value(all, i), block, e));
	return MU_OK;
}

/*= RFC 5280 section 5.1. */
int
pkcs_crl(const struct decode_in *in, struct str der, size_t block,
    struct err *e)
{
	const unsigned char *p = (const unsigned char *)der.p;
	X509_CRL *crl;

	(void)in;
	(void)block;
	TRY(pkcs_fits(der, e));
	crl = d2i_X509_CRL(NULL, &p, (long)der.n);
	ERR_clear_error();
	if (crl == NULL)
		return err_set(e, MU_EFORMAT,
		    "no revocation list as in RFC 5280, section 5.1");
	X509_CRL_free(crl);
	return MU_OK;
}
